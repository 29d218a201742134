import assert from "node:assert/strict";
import { test } from "node:test";
import { likely, nearest, places } from "./places";

/** The parts between the places. */
function parts(text: string): string[] {
  const cuts = [0, ...places(text), text.length];
  return cuts.slice(1).map((to, i) => text.slice(cuts[i], to));
}

test("a source is cut where words begin", () => {
  const cases: [string, string[]][] = [
    ["Bread costs more.", ["Bread ", "costs ", "more."]],
    ["  Bread  costs ", ["  Bread  ", "costs "]],
    ["Bread", ["Bread"]],
    ["", [""]],
    ["می‌رود و برمی‌گردد.", ["می‌رود ", "و ", "برمی‌گردد."]],
    ["نشد.او گفت", ["نشد.", "او ", "گفت"]],
    ["He left.She stayed.", ["He ", "left.", "She ", "stayed."]],
    ["See www.example.com, U.S. and 3.5.", ["See ", "www.example.com, ", "U.S. ", "and ", "3.5."]],
    ["🕊 peace", ["🕊 ", "peace"]],
  ];
  for (const [text, want] of cases) assert.deepEqual(parts(text), want, text);
});

test("a click takes the place next to it", () => {
  assert.equal(nearest([6, 12], 7), 6);
  assert.equal(nearest([6, 12], 11), 12);
  assert.equal(nearest([], 3), undefined);
});

test("the likely place is the end of a sentence, else the middle", () => {
  const cases: [string, string][] = [
    ["It rained. The market in the old town closed early.", "The market in the old town closed early."],
    ["او گفت: «می‌آیم.» اما نیامد و کسی هم چیزی نگفت.", "اما نیامد و کسی هم چیزی نگفت."],
    ["one two three four", "three four"],
  ];
  for (const [text, want] of cases) assert.equal(text.slice(likely(text)), want);
  assert.equal(likely("One"), undefined);
});
