import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "./api";
import { Assists } from "./assist";
import type { Assist, Issue } from "./types";

const issue = (message: string): Issue => ({ code: "x", severity: "error", side: "target", start: 0, end: 1, message, dismissed: "" }) as Issue;
const help = (...messages: string[]): Assist => ({ matches: [], terms: [], issues: messages.map(issue) }) as unknown as Assist;

interface Call {
  id: number;
  aborted(): boolean;
  ok(assist: Assist): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** Help whose answers the test gives one by one; an aborted call fails as fetch does. */
function bench() {
  const calls: Call[] = [];
  const events: string[] = [];
  const assist = (id: number, signal?: AbortSignal) =>
    new Promise<Assist>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      const answer = async (give: () => void) => (give(), settle());
      calls.push({ id, aborted: () => signal?.aborted ?? false, ok: (a) => answer(() => resolve(a)), fail: (e) => answer(() => reject(e)) });
    });
  const assists = new Assists({ assist }, (id) => events.push(`arrived ${id}`), (id) => events.push(`failed ${id}`));
  return { assists, calls, events, issues: (id: number) => assists.get(id)?.issues.map((i) => i.message) };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

test("help comes for the segment that is open and then for the next", async () => {
  const { assists, calls, events } = bench();
  assists.want(1, 2);
  assert.deepEqual(calls.map((c) => c.id), [1]);
  await calls[0]?.ok(help("a"));
  assert.deepEqual(calls.map((c) => c.id), [1, 2]);
  assert.deepEqual(events, ["arrived 1"]);
});

test("issues of a save are not replaced by help that was asked for before it", async () => {
  const { assists, calls, issues } = bench();
  assists.want(1, 0);
  assists.setIssues(1, [issue("of the new text")]);
  await calls[0]?.ok(help("of the old text"));
  assert.deepEqual(issues(1), ["of the new text"]);
  assists.forget();
  assists.want(1, 0);
  await calls[1]?.ok(help("of the text now"));
  assert.deepEqual(issues(1), ["of the text now"]);
});

test("help that came with a new term is not replaced by older help", async () => {
  const { assists, calls, events, issues } = bench();
  assists.want(1, 0);
  assists.setAssist(1, help("with the term"));
  await calls[0]?.ok(help("without the term"));
  assert.deepEqual(issues(1), ["with the term"]);
  assert.deepEqual(events, []);
});

test("who goes away and comes back at once is helped", async () => {
  const { assists, calls, events } = bench();
  assists.want(1, 0);
  assists.want(2, 0);
  assists.want(1, 0);
  assert.deepEqual(calls.map((c) => [c.id, c.aborted()]), [[1, true], [2, true], [1, false]]);
  await settle();
  await calls[2]?.ok(help("a"));
  assert.deepEqual(events, ["arrived 1"]);
});

test("what was on its way when the memory learned something is asked for again", async () => {
  const { assists, calls, issues } = bench();
  assists.want(1, 0);
  assists.forget();
  await calls[0]?.ok(help("old"));
  assert.deepEqual(issues(1), ["old"]);
  assists.want(1, 0);
  assert.equal(calls.length, 2);
  await calls[1]?.ok(help("new"));
  assists.want(1, 0);
  assert.equal(calls.length, 2, "asked again though nothing changed");
});

test("answers about other texts are dropped; failures are told", async () => {
  const { assists, calls, events } = bench();
  assists.want(1, 0);
  assists.reset();
  await calls[0]?.ok(help("of another text"));
  assert.equal(assists.get(1), undefined);
  assists.want(1, 0);
  await calls[1]?.fail(new ApiError(503, { code: "busy", message: "" }));
  assert.deepEqual(events, ["failed 1"]);
});
