// What reviewers do: approve through the gate, reject with a reason, reopen.

import { ApiError } from "./api";
import type { App } from "./app";
import { confirmation } from "./confirm";
import { isEmpty } from "./content";
import { overrideDialog, rejectDialog } from "./dialogs";
import { failed as tell } from "./settle";
import type { Saved, Segment } from "./types";

/** Segments with an answer on its way: a second key press waits for it. */
const running = new Set<number>();

/** Approves the active segment and goes to the next to review; errors in the way are shown with their fixes. */
export async function approve(app: App, override = ""): Promise<void> {
  const segment = app.active();
  if (!segment || running.has(segment.id)) return;
  if (segment.state === "approved" && !app.store.edited(segment.id)) return app.advance();
  if (isEmpty(app.target.content())) return app.notices.alarm(app.words.t("approve_empty"));
  await guarded(app, segment.id, async () => {
    if (!(await settle(app, segment))) return;
    const answer = await app.api.approve(segment.id, { revision: revisionOf(app, segment), override });
    finish(app, segment.id, answer, "approved_left");
  });
}

export function openReject(app: App): void {
  const segment = app.active();
  if (!segment || isEmpty(app.target.content())) return app.notices.alarm(app.words.t("reject_empty"));
  rejectDialog(app, (reason) => void reject(app, segment, reason));
}

async function reject(app: App, segment: Segment, reason: string): Promise<void> {
  await guarded(app, segment.id, async () => {
    if (!(await app.saver.flush(segment.id))) return;
    const answer = await app.api.reject(segment.id, { revision: revisionOf(app, segment), reason });
    finish(app, segment.id, answer, "rejected_left");
  });
}

export async function reopen(app: App): Promise<void> {
  const segment = app.active();
  if (!segment) return;
  await guarded(app, segment.id, async () => {
    app.take(segment.id, await app.api.reopen(segment.id, { revision: segment.revision }));
    app.notices.say(app.words.t("reopened"));
  });
}

/** A reviewer's own changes, and text nobody confirmed, are confirmed before they are approved. */
async function settle(app: App, segment: Segment): Promise<boolean> {
  const draft = confirmation(app);
  const changed = segment.state !== "translated" || app.store.edited(segment.id);
  if (changed && draft && app.data.can.edit) {
    app.store.overlay(segment.id, draft);
    app.saver.confirm(segment.id, segment.revision, draft);
  }
  return app.saver.flush(segment.id);
}

function revisionOf(app: App, segment: Segment): number {
  return app.store.get(segment.id)?.revision ?? segment.revision;
}

function finish(app: App, id: number, answer: Saved, message: string): void {
  app.take(id, answer);
  const left = app.store.ids().filter((other) => app.store.get(other)?.state === "translated").length;
  app.notices.say(app.words.n(message, left));
  if (app.store.active === id) app.advance();
}

async function guarded(app: App, id: number, work: () => Promise<void>): Promise<void> {
  running.add(id);
  try {
    await work();
  } catch (error) {
    running.delete(id);
    failed(app, id, error);
  }
  running.delete(id);
}

function failed(app: App, id: number, error: unknown): void {
  const problem = error instanceof ApiError ? error.problem : undefined;
  if (problem?.issues && app.store.active === id) {
    overrideDialog(app, problem.issues, (reason) => void approve(app, reason));
  } else tell(app, error);
}
