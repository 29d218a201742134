import assert from "node:assert/strict";
import { test } from "node:test";
import { smallest, together } from "./fixes";
import type { Issue } from "./types";

const issue = (start: number, end: number, fix: string | undefined, more: Partial<Issue> = {}): Issue => ({ code: "x", severity: "warning", side: "target", start, end, message: "", dismissed: "", ...(fix === undefined ? {} : { fix }), ...more });

test("fixes made together do not overlap", () => {
  const spans = (issues: Issue[]) => together(issues).map((i) => `${i.start}-${i.end}`);
  const cases: [string, Issue[], string[]][] = [
    ["none", [], []],
    ["in the order of the text", [issue(9, 10, "؟"), issue(2, 3, "ی")], ["2-3", "9-10"]],
    ["side by side", [issue(2, 4, "a"), issue(4, 6, "b")], ["2-4", "4-6"]],
    ["overlapping", [issue(2, 5, "a"), issue(4, 6, "b"), issue(6, 7, "c")], ["2-5", "6-7"]],
    ["the same span twice", [issue(2, 5, "a"), issue(2, 5, "b")], ["2-5"]],
    ["two insertions at one place", [issue(3, 3, " "), issue(3, 3, "x")], ["3-3"]],
    ["an insertion where a fix ends", [issue(1, 3, "a"), issue(3, 3, " ")], ["1-3"]],
    ["an insertion where one begins", [issue(3, 5, "a"), issue(3, 3, " ")], ["3-5"]],
    ["without a fix, or on the source", [issue(0, 1, undefined), issue(1, 2, "b", { side: "source" })], []],
    ["a fix that deletes", [issue(4, 5, "")], ["4-5"]],
  ];
  for (const [name, issues, want] of cases) assert.deepEqual(spans(issues), want, name);
});

test("a fix changes as little as it can and loses no code", () => {
  const isCode = (char: string) => char === "\ue000" || char === "\ue001";
  const cases: [string, string, string, { from: number; to: number; insert: string }][] = [
    ["a sign", "?", "؟", { from: 3, to: 4, insert: "؟" }],
    ["a half-space for a space", "می رود", "می\u200cرود", { from: 5, to: 6, insert: "\u200c" }],
    ["a doubled space", "  ", " ", { from: 4, to: 5, insert: "" }],
    ["nothing to change", "نان", "نان", { from: 6, to: 6, insert: "" }],
    ["a code at the edge stays where it is", "12\ue000", "۱۲\ue000", { from: 3, to: 5, insert: "۱۲" }],
    ["a code inside stands behind", "می\ue000 رود", "می\u200cرود", { from: 5, to: 7, insert: "\u200c\ue000" }],
  ];
  for (const [name, old, fix, want] of cases) assert.deepEqual(smallest(`abc${old}def`, 3, 3 + old.length, fix, isCode), want, name);
});
