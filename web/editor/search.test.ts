import assert from "node:assert/strict";
import { test } from "node:test";
import { finder } from "./search";

const found = (query: string, text: string) => finder(query)(text).map(({ start, end }) => text.slice(start, end));

test("finds words however they are typed", () => {
  const cases: [string, string, string, string[]][] = [
    ["case", "UNION", "The union met.", ["union"]],
    ["every place", "a", "banana", ["a", "a", "a"]],
    ["Arabic letters", "علي", "علی رفت", ["علی"]],
    ["without half-space", "میرود", "او می‌رود.", ["می‌رود"]],
    ["with half-space", "می‌رود", "او میرود.", ["میرود"]],
    ["Latin digits", "1405", "سال ۱۴۰۵ بود", ["۱۴۰۵"]],
    ["vowel signs", "محمد", "مُحَمَّد آمد", ["مُحَمَّد"]],
    ["nothing", "x", "abc", []],
    ["empty", "  ", "abc", []],
  ];
  for (const [name, query, text, want] of cases) assert.deepEqual(found(query, text), want, name);
});
