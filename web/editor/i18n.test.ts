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
