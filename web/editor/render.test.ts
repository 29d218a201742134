import assert from "node:assert/strict";
import { test } from "node:test";
import { invisibleClass, invisiblePattern, pieces } from "./render";
import type { Code } from "./types";

const code = (pos: number): Code => ({ pos, kind: "alone", id: 1, type: "note", data: "" });
const shape = (text: string, codes: Code[], ...marks: [number, number, string][]) =>
  pieces({ text, codes }, marks.map(([start, end, name]) => ({ start, end, class: name }))).map((p) => ("code" in p ? "□" : `${p.text}:${p.marks.map((m) => m.class).join("+")}`));

test("cuts text at codes and marks", () => {
  assert.deepEqual(shape("abcd", [], [1, 3, "x"]), ["a:", "bc:x", "d:"]);
  assert.deepEqual(shape("abcd", [code(2)], [1, 3, "x"]), ["a:", "b:x", "□", "c:x", "d:"]);
  assert.deepEqual(shape("abcd", [], [0, 3, "x"], [2, 4, "y"]), ["ab:x", "c:x+y", "d:y"]);
  assert.deepEqual(shape("", [code(0)]), ["□"]);
  assert.deepEqual(shape("ab", [code(2)], [1, 9, "x"]), ["a:", "b:x", "□"]);
});

test("finds what nobody sees", () => {
  const names = [..."می‌رود\u200f  و\u00a0".matchAll(invisiblePattern)].map((m) => invisibleClass(m[0]));
  assert.deepEqual(names, ["ed-inv ed-inv-zwnj", "ed-inv ed-inv-rlm", "ed-inv ed-inv-space", "ed-inv ed-inv-nbsp"]);
});
