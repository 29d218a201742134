import assert from "node:assert/strict";
import { test } from "node:test";
import { everything, Store } from "./state";
import type { Segment, State } from "./types";

function segment(id: number, state: State, more: Partial<Segment> = {}): Segment {
  const plain = (text: string) => ({ text, codes: [] });
  return { id, index: id - 1, block: 1, source: plain(`Source ${id}`), target: plain(state === "new" ? "" : `متن ${id}`), state, revision: 1, author: "", changed: "", filled: 0, filledBy: "", words: 2, repetitions: 0, reason: "", errors: 0, warnings: 0, ...more };
}

function store(): Store {
  const s = new Store();
  s.load([segment(3, "translated"), segment(1, "new"), segment(2, "draft", { errors: 1 }), segment(4, "approved", { repetitions: 2 })]);
  return s;
}

test("shows what the filter lets through, in the order of the document", () => {
  const s = store();
  assert.deepEqual(s.visible, [1, 2, 3, 4]);
  s.setFilter({ ...everything(), states: new Set<State>(["new", "approved"]) });
  assert.deepEqual(s.visible, [1, 4]);
  s.setFilter({ ...everything(), issues: true });
  assert.deepEqual(s.visible, [2]);
  s.setFilter({ ...everything(), repetitions: true });
  assert.deepEqual(s.visible, [4]);
  s.setFilter({ ...everything(), text: "متن 3", side: "target" });
  assert.deepEqual(s.visible, [3]);
  s.setFilter({ ...everything(), text: "متن 3", side: "source" });
  assert.deepEqual(s.visible, []);
});

test("a row that no longer fits the filter stays until the filter is used again", () => {
  const s = store();
  s.setFilter({ ...everything(), states: new Set<State>(["new"]) });
  s.overlay(1, { target: { text: "تازه", codes: [] }, state: "translated", filled: 0, filledBy: "" });
  assert.deepEqual(s.visible, [1]);
});

test("the active row stays among those shown, but is not counted as found", () => {
  const s = store();
  s.activate(1);
  s.setFilter({ ...everything(), states: new Set<State>(["translated"]) });
  assert.deepEqual(s.visible, [1, 3]);
  assert.equal(s.found(), 1);
  s.setFilter({ ...everything(), text: "not written anywhere" });
  assert.deepEqual(s.visible, [1]);
  assert.equal(s.found(), 0);
  s.activate(2);
  s.setFilter(everything());
  assert.equal(s.found(), 4);
});

test("the row that becomes active when a list is cut anew is shown", () => {
  const s = store();
  s.activate(2);
  s.setFilter({ ...everything(), states: new Set<State>(["draft"]) });
  s.replace([segment(1, "draft", { revision: 2 }), segment(3, "translated", { index: 1 }), segment(4, "approved", { index: 2 })]);
  assert.equal(s.active, 1);
  assert.equal(s.place(1), 0);
});

test("what is typed lies over what the server has, until it is taken away", () => {
  const s = store();
  s.overlay(1, { target: { text: "تازه", codes: [] }, state: "draft", filled: 0, filledBy: "" });
  s.merge([segment(1, "draft", { revision: 5, target: { text: "دیگری", codes: [] } })]);
  assert.equal(s.get(1)?.target.text, "تازه");
  assert.equal(s.get(1)?.revision, 5);
  s.overlay(1, undefined);
  assert.equal(s.get(1)?.target.text, "دیگری");
});

test("older rows and rows without news change nothing", () => {
  const s = store();
  s.merge([segment(2, "draft", { revision: 7 })]);
  assert.deepEqual(s.merge([segment(2, "new", { revision: 6 })]), []);
  assert.deepEqual(s.merge([segment(2, "draft", { revision: 7 })]), []);
  assert.deepEqual(s.merge([segment(2, "draft", { revision: 7, errors: 2 })]), [2]);
});

test("the next row is looked for round the end, also from a hidden row", () => {
  const s = store();
  assert.equal(s.next(0, () => true), 1);
  assert.equal(s.next(3, (row) => row.state === "new"), 1);
  assert.equal(s.next(1, (row) => row.state === "new"), 0);
  assert.equal(s.next(1, () => true, -1), 4);
  s.setFilter({ ...everything(), states: new Set<State>(["new", "approved"]) });
  assert.equal(s.next(2, () => true), 4);
  assert.equal(s.next(2, () => true, -1), 1);
});

test("a list cut anew keeps what was shown, the active row and what was typed", () => {
  const s = store();
  s.setFilter({ ...everything(), states: new Set<State>(["new", "draft"]) });
  s.activate(2);
  const typed = { target: { text: "نیمه", codes: [] }, state: "draft" as State, filled: 0, filledBy: "" };
  s.overlay(1, typed);
  const cut = [segment(1, "new"), segment(2, "draft"), segment(9, "approved", { index: 2 }), segment(3, "translated", { index: 3 }), segment(4, "approved", { index: 4 })];
  assert.equal(s.recut(cut), true);
  assert.deepEqual(s.replace(cut), []);
  assert.equal(s.recut(cut), false);
  assert.deepEqual(s.ids(), [1, 2, 9, 3, 4]);
  assert.deepEqual(s.visible, [1, 2, 9]);
  assert.equal(s.active, 2);
  assert.equal(s.get(1)?.target.text, "نیمه");
  assert.equal(s.following(2)?.id, 9);
  assert.equal(s.following(4), undefined);
});

test("a row that is gone gives back what was typed in it, and the one before becomes active", () => {
  const s = store();
  s.activate(2);
  const typed = { target: { text: "نیمه", codes: [] }, state: "draft" as State, filled: 0, filledBy: "" };
  s.overlay(2, typed);
  assert.deepEqual(s.replace([segment(1, "draft", { revision: 2 }), segment(3, "translated", { index: 1 }), segment(4, "approved", { index: 2 })]), [{ id: 2, overlay: typed }]);
  assert.equal(s.active, 1);
  assert.equal(s.get(2), undefined);
});

test("a source that changed asks for the whole list, a new target does not", () => {
  const s = store();
  assert.equal(s.recut([segment(2, "draft", { revision: 9, target: { text: "نو", codes: [] } })]), false);
  assert.equal(s.recut([segment(2, "draft", { source: { text: "Source 2 and more", codes: [] } })]), true);
});

test("counts states, words and what is done", () => {
  const totals = store().totals();
  assert.deepEqual(totals.byState, { new: 1, draft: 1, translated: 1, rejected: 0, approved: 1 });
  assert.equal(totals.words, 8);
  assert.equal(totals.doneWords, 4);
  assert.equal(totals.doneSegments, 2);
});
