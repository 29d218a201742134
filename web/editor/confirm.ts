// Confirming a segment as a translator.

import type { App } from "./app";
import { isEmpty } from "./content";
import type { Draft } from "./kept";

/** The active field as a save that confirms it. */
export function confirmation(app: App): Draft | undefined {
  const segment = app.active();
  if (!segment) return undefined;
  return { target: app.target.content(), state: "translated", filled: segment.filled, filledBy: segment.filledBy };
}

/** Confirms and moves on at once; the save follows, and a failure is told with the way back. */
export function confirmSegment(app: App): void {
  const { store, saver, words, notices } = app;
  const segment = app.active();
  const draft = confirmation(app);
  if (!segment || !draft) return;
  if (saver.status(segment.id) === "conflict") return notices.alarm(words.t("conflict_first"));
  if (!app.editable()) return app.advance();
  if (isEmpty(draft.target) && !isEmpty(segment.source)) return notices.alarm(words.t("confirm_empty"));
  if (segment.state !== "translated" || store.edited(segment.id)) {
    store.overlay(segment.id, draft);
    saver.confirm(segment.id, segment.revision, draft);
  }
  app.advance();
}

/** Sends the draft of the active segment without waiting for the pause. */
export function saveNow(app: App): void {
  void app.saver.flush(app.store.active);
  app.saver.retry();
}
