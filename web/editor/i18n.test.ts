import assert from "node:assert/strict";
import { test } from "node:test";
import { Words } from "./i18n";

const english = new Words({ hello: "Segment {{.number}} of {{.name}}", "left.one": "{{.count}} left over", "left.other": "{{.count}} left" }, "en");
const persian = new Words({ "left.one": "{{.count}} قطعه", "left.other": "{{.count}} قطعه" }, "fa");

test("fills placeholders: numbers in the digits of the locale, texts isolated", () => {
  assert.equal(english.t("hello", { number: 1200, name: "نامه" }), "Segment 1,200 of \u2068نامه\u2069");
  assert.equal(persian.n("left", 1200), "۱٬۲۰۰ قطعه");
});

test("chooses the plural form", () => {
  assert.equal(english.n("left", 1), "1 left over");
  assert.equal(english.n("left", 0), "0 left");
});

test("a key without a sentence and an unknown placeholder stay visible", () => {
  assert.equal(english.t("nowhere"), "nowhere");
  assert.equal(english.t("hello", { number: 3 }), "Segment 3 of {{.name}}");
});

test("Persian dates are those of the Solar Hijri calendar", () => {
  assert.match(persian.date("2026-03-21T12:00:00Z"), /۱ فروردین ۱۴۰۵/);
  assert.equal(persian.date(""), "");
});

test("canned reasons are read in the language of the reader, others as they were written", () => {
  const words = new Words({ reason_1: "Something is missing.", "said.en.reason_1": "Something is missing.", "said.fa.reason_1": "چیزی جا افتاده است." }, "en");
  assert.equal(words.reason("چیزی جا افتاده است."), "Something is missing.");
  assert.equal(words.reason("Something is missing."), "Something is missing.");
  assert.equal(words.reason("نام شهر جا افتاده است."), "نام شهر جا افتاده است.");
});

test("percent keeps its sign on the same side at the start of a line as after a word", () => {
  assert.equal(new Words({}, "en").percent(0.76), "76%");
  assert.equal(new Words({}, "fa").percent(0.76), "\u061c۷۶٪");
});
