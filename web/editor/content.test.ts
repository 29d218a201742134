import assert from "node:assert/strict";
import { test } from "node:test";
import { codeTable, docRange, fromDoc, missingCodes, sameContent, slice, stripCodes, toDoc } from "./content";
import type { Code, Content } from "./types";

const code = (pos: number, kind: Code["kind"], id: number): Code => ({ pos, kind, id, type: "bold", data: "" });
const bold: Content = { text: "قیمت نان بالا رفت.", codes: [code(5, "open", 1), code(8, "close", 1), code(18, "alone", 2)] };

test("a content survives the way to the document and back", () => {
  const cases: Record<string, Content> = {
    "no codes": { text: "Bread costs more.", codes: [] },
    "codes inside and at the end": bold,
    "only codes": { text: "", codes: [code(0, "open", 1), code(0, "close", 1)] },
    "codes beside an emoji": { text: "🕊 peace", codes: [code(2, "alone", 1)] },
    "text that uses private characters": { text: "\ue000 bullet \uf0b7", codes: [code(0, "alone", 1)] },
    "the same code twice": { text: "ab", codes: [code(1, "alone", 1), code(2, "alone", 1)] },
  };
  for (const [name, content] of Object.entries(cases)) {
    const table = codeTable(content);
    assert.deepEqual(fromDoc(toDoc(content, table), table), content, name);
  }
});

test("every code is one character of the document", () => {
  const doc = toDoc(bold, codeTable(bold));
  assert.equal(doc.length, bold.text.length + 3);
});

test("codes the table does not know are left out, and their text stays", () => {
  const table = codeTable({ text: "", codes: [code(0, "open", 1), code(0, "close", 1)] });
  const doc = toDoc({ text: "ab", codes: [code(0, "open", 1), code(1, "alone", 7), code(2, "close", 1)] }, table);
  assert.deepEqual(fromDoc(doc, table).codes.map((c) => c.id), [1, 1]);
  assert.equal(fromDoc(doc, table).text, "ab");
});

test("text from outside brings no code characters in", () => {
  const table = codeTable(bold);
  const stray = table.charOf(code(0, "open", 1)) ?? "";
  assert.equal(stripCodes(`a${stray}b\uf0b7`, table), "ab\uf0b7");
  assert.equal(fromDoc(toDoc({ text: `x${stray}y`, codes: [] }, table), table).text, "xy");
});

test("missing codes come in the order of the source and are counted", () => {
  const source: Content = { text: "a b", codes: [code(0, "open", 1), code(1, "close", 1), code(3, "alone", 2)] };
  assert.deepEqual(missingCodes(source, { text: "", codes: [] }).map((c) => c.kind), ["open", "close", "alone"]);
  assert.deepEqual(missingCodes(source, { text: "x", codes: [code(0, "close", 1)] }).map((c) => `${c.kind}${c.id}`), ["open1", "alone2"]);
  assert.deepEqual(missingCodes(source, source), []);
});

test("a span of the text leaves the codes at its edges outside", () => {
  assert.deepEqual(docRange(bold, 5, 8), { from: 6, to: 9 });
  assert.deepEqual(docRange(bold, 0, 4), { from: 0, to: 4 });
  assert.deepEqual(docRange(bold, 0, 18), { from: 0, to: 20 });
});

test("contents are the same whatever the markup looks like", () => {
  const other = { ...bold, codes: bold.codes.map((c) => ({ ...c, data: "<b>" })) };
  assert.equal(sameContent(bold, other), true);
  assert.equal(sameContent(bold, { ...bold, codes: bold.codes.slice(1) }), false);
  assert.equal(sameContent(bold, { ...bold, text: bold.text + " " }), false);
});

test("parts of a content have every code once", () => {
  const parts = [slice(bold, 0, 5), slice(bold, 5, 8), slice(bold, 8, 18)];
  assert.deepEqual(parts.map((p) => p.text), ["قیمت ", "نان", " بالا رفت."]);
  assert.deepEqual(parts.map((p) => p.codes.map((c) => `${c.kind}${c.id}@${c.pos}`)), [[], ["open1@0"], ["close1@0", "alone2@10"]]);
});
