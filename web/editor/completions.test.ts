import assert from "node:assert/strict";
import test from "node:test";
import { completions, offer, runs } from "./completions";
import type { Completion, Term } from "./types";

const term = (source: string, ...targets: string[]): Term => ({
  start: 0, end: source.length, source, targets, forbidden: [], type: "term", note: "", glossary: "News", concept: 1, domain: "", keep: false, proposed: false, link: "",
  forms: targets.map((text, i) => ({ text, side: "target", status: i === 0 ? "preferred" : "admitted", note: "", lasting: "" })),
});
const terms = [term("Ayatollah", "آیت‌الله"), term("political prisoner", "زندانی سیاسی", "زندانی عقیدتی"), term("court", "the court", "tribunal")];
const texts = (before: string, list = terms) => completions(before, list).map((c) => c.text);

test("the last words, back to a sign", () => {
  const cases: [string, string[]][] = [
    ["او یک زندانی", ["او یک زندانی", "یک زندانی", "زندانی"]],
    ["گفت: زندانی س", ["زندانی س", "س"]],
    ["می‌رود", ["می‌رود"]],
    ["the well-known cou", ["the well-known cou", "well-known cou", "known cou", "cou"]],
    ["پایان. ", []],
    ["", []],
    ["one two three four five six", ["two three four five six", "three four five six", "four five six", "five six", "six"]],
  ];
  for (const [before, want] of cases) assert.deepEqual(runs(before), want, before);
});

test("terms that begin like it, however it is typed", () => {
  const cases: [string, string[]][] = [
    ["نام آیت", ["آیت‌الله"]],
    ["آيتال", ["آیت‌الله"]],
    ["آیت ال", ["آیت‌الله"]],
    ["یک زندانى", ["زندانی سیاسی", "زندانی عقیدتی"]],
    ["یک زندانی ع", ["زندانی عقیدتی"]],
    ["یک ز", []],
    ["زندانی سیاسی", []],
    ["زندانی سياسي", ["زندانی سیاسی"]],
    ["زندانی ", []],
    ["سیاسی", []],
  ];
  for (const [before, want] of cases) assert.deepEqual(texts(before), want, before);
});

test("a capital at the beginning of a sentence stays", () => {
  assert.deepEqual(texts("Trib"), ["Tribunal"]);
  assert.deepEqual(texts("a trib"), ["tribunal"]);
});

test("a completion knows how much it goes on", () => {
  assert.equal(completions("یک زندانی ع", terms)[0]?.typed, "زندانی ع".length);
});

test("those of the source first, each once", () => {
  const other = (text: string, typed: number): Completion => ({ text, typed, source: "", status: "admitted", type: "term", glossary: "" });
  const own = completions("زند", terms);
  assert.deepEqual(offer("زند", own, [other("زندانی سیاسی", 3), other("زنده‌رود", 3)]).map((c) => c.text), ["زندانی سیاسی", "زندانی عقیدتی", "زنده‌رود"]);
});
