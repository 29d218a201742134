import assert from "node:assert/strict";
import { test } from "node:test";
import { same } from "./letbe";
import type { Issue } from "./types";

const issue = (code: string, start: number, message: string, dismissed = ""): Issue => ({ code, severity: "warning", side: "target", start, end: start + 1, message, dismissed });

test("an issue is found again after the text was checked anew", () => {
  const wanted = issue("latin_digit", 10, "3");
  const cases: [string, Issue[], number | undefined][] = [
    ["at its place", [issue("latin_digit", 10, "3")], 0],
    ["moved by what was typed before it", [issue("latin_digit", 2, "7"), issue("latin_digit", 14, "3")], 1],
    ["the nearer of two alike", [issue("latin_digit", 40, "3"), issue("latin_digit", 12, "3")], 1],
    ["with another figure in its sentence", [issue("latin_comma", 10, "3"), issue("latin_digit", 11, "4")], 1],
    ["not one that was let be", [issue("latin_digit", 10, "3", "a quotation")], undefined],
    ["gone", [issue("latin_comma", 10, "3")], undefined],
  ];
  for (const [name, found, want] of cases) {
    assert.equal(same([...found], wanted), want === undefined ? undefined : found[want], name);
  }
});
