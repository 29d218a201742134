import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Fragments, lacksMatch, nextPiece } from "./fragments";
import type { Assist, Fragment, Match } from "./types";

const fragment = (source: string, ...texts: string[]): Fragment => ({
  kind: "assembled", start: 0, end: source.length, source, count: 3, more: false,
  translations: texts.map((text) => ({ text, count: 2, confidence: 0.6, memory: "", author: "", changed: "", document: "" })),
});
const assist = (...scores: number[]): Assist => ({ matches: scores.map((score) => ({ score }) as Match), terms: [], issues: [] });

/** The clock of node:test as Node 20 has it; the types at hand describe an older one. */
const clock = mock.timers as unknown as { enable(options: { apis: string[] }): void; tick(ms: number): void; reset(): void };

/** Stops the clock: only the test moves it. */
function stopClock(t: { after(run: () => void): void }): void {
  clock.enable({ apis: ["setTimeout", "Date"] });
  t.after(() => clock.reset());
}

/** A server that answers 5 ms after it was asked. */
function server() {
  const asked: number[] = [];
  const aborted: number[] = [];
  const fragments = async (id: number, signal?: AbortSignal) => {
    asked.push(id);
    await new Promise<void>((resolve) => setTimeout(resolve, 5));
    if (signal?.aborted) {
      aborted.push(id);
      throw new DOMException("", "AbortError");
    }
    return { fragments: [fragment(`phrase ${id}`, "عبارت")] };
  };
  return { asked, aborted, api: { fragments } };
}

/** Moves the clock, and lets the promises that are ready run after every millisecond. */
async function pass(ms: number): Promise<void> {
  for (let i = 0; i < ms; i++) {
    clock.tick(1);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
}

test("fragments help where no match is good", () => {
  assert.equal(lacksMatch(assist()), true);
  assert.equal(lacksMatch(assist(69, 55)), true);
  assert.equal(lacksMatch(assist(70)), false);
});

test("the next piece is one that the target lacks", () => {
  const list = [fragment("hunger strike", "اعتصاب غذا"), fragment("Supreme Court", "دیوان عالی", "دادگاه عالی")];
  assert.equal(nextPiece(list, "")?.text, "اعتصاب غذا");
  assert.equal(nextPiece(list, "اعتصاب غذا در")?.text, "دیوان عالی");
  assert.equal(nextPiece(list, "اعتصاب غذا در دادگاه عالی"), undefined);
});

test("a segment is asked for once, and only when it stays open", async (t) => {
  stopClock(t);
  const { asked, api } = server();
  let arrived = 0;
  const fragments = new Fragments(api, () => arrived++);
  fragments.want(1, "one", 20);
  fragments.want(2, "two", 20);
  fragments.want(2, "two", 20);
  assert.equal(fragments.waits(2), true);
  await pass(19);
  assert.deepEqual(asked, []);
  await pass(10);
  assert.deepEqual(asked, [2]);
  assert.equal(arrived, 1);
  assert.equal(fragments.waits(2), false);
  assert.equal(fragments.get(2, "two")?.[0]?.source, "phrase 2");
  assert.equal(fragments.get(2, "another source"), undefined);
  fragments.want(2, "two", 0);
  await pass(20);
  assert.deepEqual(asked, [2]);
});

test("an answer that is no longer wanted is dropped", async (t) => {
  stopClock(t);
  const { asked, aborted, api } = server();
  const fragments = new Fragments(api, () => assert.fail("arrived"));
  fragments.want(1, "one", 1);
  await pass(4);
  fragments.cancel();
  await pass(20);
  assert.deepEqual(asked, [1]);
  assert.deepEqual(aborted, [1]);
  assert.equal(fragments.get(1, "one"), undefined);
});

test("a failure is an answer without fragments", async (t) => {
  stopClock(t);
  let arrived = 0;
  const fragments = new Fragments({ fragments: () => Promise.reject(new Error("down")) }, () => arrived++);
  fragments.want(1, "one", 0);
  await pass(10);
  assert.equal(arrived, 1);
  assert.deepEqual(fragments.get(1, "one"), []);
});
