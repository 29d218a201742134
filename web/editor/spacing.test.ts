import assert from "node:assert/strict";
import { test } from "node:test";
import { spaced } from "./spacing";

test("inserted words keep apart from the words beside them", () => {
  const cases: [string, string, string, string, string][] = [
    ["an empty field", "", "نوری", "", "نوری"],
    ["after a word", "نوری", "رژیم ایران", "", " رژیم ایران"],
    ["after a space", "نوری ", "رژیم ایران", "", "رژیم ایران"],
    ["before a word", "", "چهار", "جلسه", "چهار "],
    ["between two words", "در", "دادگاه", "گفت", " دادگاه "],
    ["before a full stop", "در ", "سوئد", ".", "سوئد"],
    ["after a comma", "دورس،", "آلبانی", "", " آلبانی"],
    ["after an opening mark", "«", "هیئت مرگ", "»", "هیئت مرگ"],
    ["before an ending with a half-space", "از ", "شاهد", "‌ها", "شاهد"],
    ["after a half-space", "نیم‌", "فاصله", "", "فاصله"],
    ["after a hyphen", "Mojahedin-e-", "Khalq", "", "Khalq"],
    ["beside an inline code", "\ue000", "پل", "\ue001", "پل"],
    ["after a number", "۲۰", "شاهد", "", " شاهد"],
    ["a sentence after a sentence", "The end.", "A new one.", "", " A new one."],
  ];
  for (const [name, before, text, after, want] of cases) assert.equal(spaced(before, text, after), want, name);
});
