import assert from "node:assert/strict";
import { test } from "node:test";
import { lean } from "./lean";

test("a note has the direction of most of its letters", () => {
  const cases: Record<string, "ltr" | "rtl" | "auto"> = {
    "پیوست means attachment.": "ltr",
    "MEK نام کوتاه سازمان است و در متن باز می‌شود.": "rtl",
    "Only the family name in headlines.": "ltr",
    "شورا، نه شهرداری.": "rtl",
    "1988–1367": "auto",
    "": "auto",
  };
  for (const [text, want] of Object.entries(cases)) assert.equal(lean(text), want, text);
});
