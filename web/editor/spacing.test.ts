import assert from "node:assert/strict";
import { test } from "node:test";
import { spaced } from "./spacing";

test("inserted words keep apart from the words beside them", () => {
  const cases: [string, string, string, string, string][] = [
    ["an empty field", "", "گراتس", "", "گراتس"],
    ["after a word", "پل", "رود دز", "", " رود دز"],
    ["after a space", "پل ", "رود دز", "", "رود دز"],
    ["before a word", "", "چهار", "دهانه", "چهار "],
    ["between two words", "در", "موزه", "ماند", " موزه "],
    ["before a full stop", "در ", "اتریش", ".", "اتریش"],
    ["after a comma", "گراتس،", "اتریش", "", " اتریش"],
    ["after an opening mark", "«", "پل قدیم", "»", "پل قدیم"],
    ["before an ending with a half-space", "از ", "مهندس", "‌ها", "مهندس"],
    ["after a half-space", "نیم‌", "فاصله", "", "فاصله"],
    ["after a hyphen", "Pol-e-", "Qadim", "", "Qadim"],
    ["beside an inline code", "\ue000", "پل", "\ue001", "پل"],
    ["after a number", "۲۰", "مهندس", "", " مهندس"],
    ["a sentence after a sentence", "The end.", "A new one.", "", " A new one."],
  ];
  for (const [name, before, text, after, want] of cases) assert.equal(spaced(before, text, after), want, name);
});
