import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { isUnfinished, Lull } from "./lull";

// The typings of node 20.9 know only the older form of enable.
const clock = mock.timers as unknown as { enable(options: { apis: string[] }): void; tick(ms: number): void; reset(): void };

test("what a half-written sentence lacks waits, what is wrong in it does not", () => {
  const cases: [string, "source" | "target", boolean][] = [
    ["length", "target", true],
    ["glossary_missing", "source", true],
    ["number_mismatch", "source", true],
    ["number_mismatch", "target", false],
    ["glossary_forbidden", "target", false],
    ["latin_question", "target", false],
    ["mi_space", "target", false],
    ["constructor", "target", false],
  ];
  for (const [code, side, want] of cases) assert.equal(isUnfinished({ code, side }), want, `${code} ${side}`);
});

test("typing lasts until two seconds without a key, or until the text is done", () => {
  clock.enable({ apis: ["setTimeout"] });
  const told: boolean[] = [];
  const lull: Lull = new Lull(() => told.push(lull.typing));
  lull.stir();
  clock.tick(1900);
  lull.stir();
  clock.tick(1900);
  assert.deepEqual(told, [true]);
  clock.tick(100);
  assert.deepEqual(told, [true, false]);
  lull.stir();
  lull.end();
  clock.tick(5000);
  assert.deepEqual(told, [true, false, true, false]);
  clock.reset();
});
