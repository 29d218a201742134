import assert from "node:assert/strict";
import { test } from "node:test";
import { wordDiff } from "./diff";

test("says which words were taken out and put in", () => {
  assert.deepEqual(wordDiff("the old bridge", "the new bridge"), [
    { kind: "same", text: "the " },
    { kind: "deleted", text: "old" },
    { kind: "inserted", text: "new" },
    { kind: "same", text: " bridge" },
  ]);
});

test("gives both texts back", () => {
  const pairs = [["", ""], ["", "تازه"], ["پل می‌ریزد.", "پل ریخت."], ["one two three", "three two one"], ["a 🕊 b", "a b"]] as const;
  for (const [before, after] of pairs) {
    const diff = wordDiff(before, after);
    const join = (kind: string) => diff.filter((d) => d.kind === "same" || d.kind === kind).map((d) => d.text).join("");
    assert.equal(join("deleted"), before);
    assert.equal(join("inserted"), after);
  }
});
