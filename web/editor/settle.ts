// Before something that builds on the saved text, and when it fails.

import { ApiError } from "./api";
import type { App } from "./app";

const patience = 5000;

/** Brings what is typed in these segments to the server; false, and said so, when that does not work now. */
export async function settle(app: App, ids: number[]): Promise<boolean> {
  for (const id of ids) {
    if (await Promise.race([app.saver.flush(id), later()])) continue;
    const word = app.saver.loggedOut ? "session_over" : app.saver.status(id) === "conflict" ? "conflict_first" : "unsaved_first";
    app.notices.alarm(app.words.t(word));
    return false;
  }
  return true;
}

function later(): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), patience));
}

/** Tells why a change of a segment failed; one that somebody else changed is shown as it is now. */
export function failed(app: App, error: unknown): void {
  const current = error instanceof ApiError ? error.problem.current : undefined;
  if (!current) return app.notices.alarm(app.problem(error));
  app.store.merge([current]);
  app.notices.alarm(app.words.t("changed_meanwhile"));
}
