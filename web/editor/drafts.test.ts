import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ApiError } from "./api";
import { Saver } from "./drafts";
import { Kept, type Draft, type KeptStorage } from "./kept";
import type { Problem, Save, Saved, Segment } from "./types";

/** The clock of node:test as Node 20 has it; the types at hand describe an older one. */
const clock = mock.timers as unknown as { enable(options: { apis: string[] }): void; tick(ms: number): void; reset(): void };

const plain = (text: string) => ({ text, codes: [] });
const draft = (text: string, state: Draft["state"] = "draft"): Draft => ({ target: plain(text), state, filled: 0, filledBy: "" });

function segment(id: number, revision: number, text: string, state: Segment["state"] = "draft"): Segment {
  return { id, index: id, block: 0, source: plain("x"), target: plain(text), state, revision, author: "", changed: "", filled: 0, filledBy: "", words: 3, repetitions: 0, reason: "", errors: 0, warnings: 0 };
}

class Memory implements KeptStorage {
  readonly map = new Map<string, string>();
  full = false;
  get length(): number {
    return this.map.size;
  }
  key = (i: number) => [...this.map.keys()][i] ?? null;
  getItem = (key: string) => this.map.get(key) ?? null;
  removeItem = (key: string) => void this.map.delete(key);
  setItem(key: string, value: string): void {
    if (this.full) throw new Error("QuotaExceededError");
    this.map.set(key, value);
  }
}

interface Call {
  id: number;
  save: Save;
  ok(): Promise<void>;
  lose(): Promise<void>;
  fail(status: number, problem?: Partial<Problem>, retryAfter?: number): Promise<void>;
}

/** A saver whose calls the test answers one by one, with time standing still. */
function bench(t: { after(run: () => void): void }, storage: Memory = new Memory()) {
  clock.enable({ apis: ["setTimeout", "Date"] });
  t.after(() => clock.reset());
  const calls: Call[] = [];
  const events: string[] = [];
  const saver = new Saver({
    save: (id, save) => new Promise((resolve, reject) => calls.push(call(id, save, resolve, reject))),
    storage,
    key: "k",
    changed: () => undefined,
    saved: (id, _answer, d, more) => events.push(`saved ${id} ${d.target.text}${more ? " more" : ""}`),
    conflict: (id, mine, theirs) => events.push(`conflict ${id} ${mine.target.text}/${theirs.target.text}`),
    refused: (id, error) => events.push(`refused ${id} ${error.status}`),
  });
  return { saver, calls, events, storage, kept: () => new Kept(storage, "k").all() };
}

/** Lets the promises that are ready run. */
async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

function call(id: number, save: Save, resolve: (saved: Saved) => void, reject: (error: Error) => void): Call {
  const state = save.state === "draft" ? "draft" : "translated";
  return {
    id,
    save,
    ok: async () => (resolve({ segment: segment(id, save.revision + 1, save.target.text, state), issues: [], propagated: [], change: 0 }), settle()),
    lose: async () => (reject(new ApiError(0, { code: "network", message: "" })), settle()),
    fail: async (status, problem = {}, wait) => (reject(new ApiError(status, { code: "x", message: "", ...problem }, wait)), settle()),
  };
}

test("a change is kept within 300 ms and sent within a second of the last key", async (t) => {
  const { saver, calls, events, storage } = bench(t);
  saver.edit(1, 3, draft("ن"));
  clock.tick(300);
  assert.equal(storage.map.size, 1);
  assert.equal(calls.length, 0);
  clock.tick(700);
  assert.equal(calls[0]?.save.revision, 3);
  assert.equal(saver.status(1), "saving");
  assert.equal(storage.map.size, 1, "still kept while on its way");
  await calls[0]?.ok();
  assert.equal(saver.status(1), "saved");
  assert.equal(storage.map.size, 0);
  assert.deepEqual(events, ["saved 1 ن"]);
});

test("steady typing is sent every two seconds", (t) => {
  const { saver, calls } = bench(t);
  for (let i = 0; i < 19; i++) {
    saver.edit(1, 0, draft("x".repeat(i + 1)));
    clock.tick(100);
  }
  assert.equal(calls.length, 0);
  saver.edit(1, 0, draft("y"));
  clock.tick(100);
  assert.equal(calls.length, 1);
});

test("saves of one segment follow each other with the new revision", async (t) => {
  const { saver, calls, events } = bench(t);
  saver.edit(1, 0, draft("a"));
  clock.tick(1000);
  saver.edit(1, 0, draft("ab"));
  clock.tick(1000);
  assert.equal(calls.length, 1, "the second waits for the first");
  await calls[0]?.ok();
  assert.equal(calls[1]?.save.revision, 1);
  await calls[1]?.ok();
  assert.deepEqual(events, ["saved 1 a more", "saved 1 ab"]);
});

test("confirming supersedes the draft that waits", async (t) => {
  const { saver, calls } = bench(t);
  saver.edit(1, 0, draft("a"));
  saver.confirm(1, 0, draft("a", "translated"));
  assert.equal(calls.length, 1);
  assert.equal(calls[0]?.save.state, "translated");
  await calls[0]?.ok();
  clock.tick(5000);
  assert.equal(calls.length, 1);
});

test("without a network everything is kept, tried again ever later, and sent in order", async (t) => {
  const { saver, calls, events, kept } = bench(t);
  saver.confirm(1, 0, draft("یک", "translated"));
  await calls[0]?.lose();
  saver.confirm(2, 0, draft("دو", "translated"));
  saver.confirm(3, 0, draft("سه", "translated"));
  assert.deepEqual([1, 2, 3].map((id) => saver.status(id)), ["kept", "kept", "kept"]);
  assert.deepEqual(kept().map((d) => d.id), [1, 2, 3]);
  clock.tick(1000);
  await calls[1]?.lose();
  clock.tick(1999);
  assert.equal(calls.length, 2);
  clock.tick(1);
  assert.equal(calls.length, 3);
  await calls[2]?.ok();
  await calls[3]?.ok();
  await calls[4]?.ok();
  assert.deepEqual(events, ["saved 1 یک", "saved 2 دو", "saved 3 سه"]);
  assert.deepEqual(kept(), []);
});

test("Retry-After is respected, and coming online does not wait", async (t) => {
  const { saver, calls } = bench(t);
  saver.confirm(1, 0, draft("a"));
  await calls[0]?.fail(503, {}, 7000);
  clock.tick(6999);
  assert.equal(calls.length, 1);
  clock.tick(1);
  assert.equal(calls.length, 2);
  await calls[1]?.fail(429, {}, 60_000);
  saver.retry();
  assert.equal(calls.length, 3);
});

test("a conflict keeps both texts until one is chosen", async (t) => {
  const { saver, calls, events, kept } = bench(t);
  saver.confirm(1, 4, draft("من"));
  await calls[0]?.fail(409, { current: segment(1, 6, "او") });
  assert.deepEqual(events, ["conflict 1 من/او"]);
  assert.equal(saver.status(1), "conflict");
  saver.edit(1, 4, draft("من و او"));
  clock.tick(5000);
  assert.equal(calls.length, 1, "nothing is sent before the choice");
  assert.deepEqual(kept().map((d) => [d.target.text, d.revision]), [["من و او", 4]]);
  saver.resolve(1, draft("من و او"));
  assert.equal(calls[1]?.save.revision, 6);
  await calls[1]?.ok();
  assert.equal(saver.status(1), "saved");
});

test("taking the other text drops mine", async (t) => {
  const { saver, calls, kept } = bench(t);
  saver.confirm(1, 4, draft("من"));
  await calls[0]?.fail(409, { current: segment(1, 6, "او") });
  saver.resolve(1, undefined);
  assert.equal(saver.status(1), "saved");
  assert.deepEqual(kept(), []);
});

test("a save whose answer was lost is no conflict", async (t) => {
  const { saver, calls, events } = bench(t);
  saver.confirm(1, 0, draft("متن", "translated"));
  await calls[0]?.lose();
  clock.tick(1000);
  await calls[1]?.fail(409, { current: segment(1, 1, "متن", "translated") });
  assert.deepEqual(events, ["saved 1 متن"]);
  assert.equal(saver.status(1), "saved");
});

test("nor is text typed after a save whose answer was lost", async (t) => {
  const { saver, calls, events } = bench(t);
  saver.confirm(1, 0, draft("متن"));
  await calls[0]?.lose();
  saver.edit(1, 0, draft("متن تازه"));
  clock.tick(1000);
  await calls[1]?.fail(409, { current: segment(1, 1, "متن") });
  assert.equal(calls[2]?.save.revision, 1);
  await calls[2]?.ok();
  assert.deepEqual(events, ["saved 1 متن تازه"]);
});

test("text filled by auto-propagation gives way to what a person wrote", async (t) => {
  const { saver, calls, events } = bench(t);
  saver.confirm(1, 0, draft("متن من"));
  await calls[0]?.fail(409, { current: { ...segment(1, 1, "تکرار", "translated"), filled: 100, filledBy: "repetition" } });
  assert.equal(calls[1]?.save.revision, 1);
  await calls[1]?.ok();
  saver.confirm(1, 2, draft("متن دیگر"));
  await calls[2]?.fail(409, { current: { ...segment(1, 3, "تکرار", "approved"), filled: 100, filledBy: "repetition" } });
  assert.deepEqual(events, ["saved 1 متن من", "conflict 1 متن دیگر/تکرار"]);
});

test("when the session is over all is kept until the log-in", async (t) => {
  const { saver, calls } = bench(t);
  saver.confirm(1, 0, draft("a"));
  await calls[0]?.fail(401);
  assert.equal(saver.loggedOut, true);
  saver.confirm(2, 0, draft("b"));
  clock.tick(60_000);
  assert.equal(calls.length, 1);
  saver.resume();
  await calls[1]?.ok();
  await calls[2]?.ok();
  assert.deepEqual(calls.slice(1).map((c) => c.id), [1, 2]);
});

test("what the server refuses is kept and does not hold up the others", async (t) => {
  const { saver, calls, events, kept } = bench(t);
  saver.confirm(1, 0, draft("a"));
  saver.confirm(2, 0, draft("b"));
  await calls[0]?.fail(422);
  await calls[1]?.ok();
  assert.deepEqual(events, ["refused 1 422", "saved 2 b"]);
  assert.deepEqual(kept().map((d) => d.id), [1]);
});

test("flush tells whether the server has the text", async (t) => {
  const { saver, calls } = bench(t);
  assert.equal(await saver.flush(9), true);
  saver.edit(1, 0, draft("a"));
  const done = saver.flush(1);
  await calls[0]?.ok();
  assert.equal(await done, true);
  saver.edit(1, 1, draft("b"));
  const failed = saver.flush(1);
  await calls[1]?.fail(409, { current: segment(1, 5, "c") });
  assert.equal(await failed, false);
});

test("after a reload kept drafts are taken up, and a conflict stays one however often the page is loaded", async (t) => {
  const storage = new Memory();
  const before = bench(t, storage);
  before.saver.edit(1, 2, draft("mine"));
  before.saver.edit(2, 2, draft("mine"));
  before.saver.edit(3, 2, draft("mine"));
  clock.tick(300);
  clock.reset();
  for (const visit of [1, 2]) {
    const { saver, kept } = bench(t, storage);
    const [one, two, three] = saver.left();
    assert.ok(one && two);
    assert.equal(saver.adopt(two, segment(2, 9, "theirs")), "conflict", `visit ${visit}`);
    assert.equal(saver.adopt(one, segment(1, 2, "older")), "sent");
    if (three) assert.equal(saver.adopt(three, segment(3, 7, "mine")), "same");
    assert.deepEqual(kept().map((d) => d.id).sort(), [1, 2]);
    clock.reset();
  }
});

test("leaving the page keeps and sends what waits, and staying does no harm", async (t) => {
  const { saver, calls, events, kept } = bench(t);
  saver.edit(1, 0, draft("a"));
  saver.leave();
  assert.equal(kept().length, 1);
  assert.equal(calls.length, 1);
  await calls[0]?.ok();
  clock.tick(1000);
  await calls[1]?.fail(409, { current: segment(1, 1, "a") });
  assert.deepEqual(events, ["saved 1 a"]);
});

test("who comes back and types on at once is not in conflict with what was sent on leaving", async (t) => {
  const { saver, calls, events, kept } = bench(t);
  saver.edit(1, 0, draft("a"));
  saver.leave(); // beforeunload
  saver.leave(); // pagehide
  saver.edit(1, 0, draft("ab"));
  clock.tick(1000);
  assert.deepEqual(calls.map((c) => c.save.target.text), ["a", "a", "ab"]);
  await calls[0]?.ok();
  await calls[2]?.fail(409, { current: segment(1, 1, "a") });
  assert.deepEqual([calls[3]?.save.revision, calls[3]?.save.target.text], [1, "ab"]);
  await calls[3]?.ok();
  assert.deepEqual(events, ["saved 1 ab"]);
  assert.deepEqual(kept(), []);
});

test("a full storage is told", (t) => {
  const { saver, storage } = bench(t);
  storage.full = true;
  saver.edit(1, 0, draft("a"));
  clock.tick(300);
  assert.equal(saver.unkept, true);
});

test("kept drafts of other accounts and broken ones are left alone", () => {
  const storage = new Memory();
  storage.map.set("other:1", JSON.stringify({ id: 1, revision: 0, target: plain("x") }));
  storage.map.set("k:2", "{broken");
  assert.deepEqual(new Kept(storage, "k").all(), []);
  assert.equal(storage.map.size, 2);
});

test("a segment that is gone is let go of, whether its draft waits or is on its way", async (t) => {
  for (const sent of [false, true]) {
    const b = bench(t);
    b.saver.edit(1, 1, draft("نان"));
    clock.tick(sent ? 1000 : 300);
    b.saver.edit(2, 1, draft("آب"));
    assert.equal(b.calls.length, sent ? 1 : 0);
    b.saver.drop(1);
    assert.deepEqual(b.kept().map((k) => k.id), []);
    assert.equal(b.saver.status(1), "saved");
    clock.tick(2000);
    await b.calls[0]?.[sent ? "lose" : "ok"]();
    clock.tick(2000);
    await settle();
    await b.calls.at(-1)?.ok();
    assert.deepEqual(b.calls.map((c) => c.id), sent ? [1, 2] : [2]);
    assert.deepEqual(b.kept(), []);
    clock.reset();
  }
});
