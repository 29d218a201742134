// Cutting a segment in two, and joining it with the next one of its paragraph.

import type { App } from "./app";
import { isEmpty } from "./content";
import { h } from "./dom";
import { openModal } from "./modal";
import { inLanguage } from "./panels/common";
import { places } from "./places";
import { failed, settle } from "./settle";
import { splitDialog } from "./splitdialog";
import type { Segment, SegmentList } from "./types";

export function canSplit(app: App): boolean {
  const segment = app.active();
  return segment !== undefined && app.editable() && places(segment.source.text).length > 0;
}

export function canMerge(app: App): boolean {
  const segment = app.active();
  const next = segment && app.store.following(segment.id);
  return app.editable() && next !== undefined && next.block === segment?.block && next.state !== "approved";
}

/** Cuts where the source was clicked; asks for the place when it was not, and for a yes when a translation is cut along. */
export function startSplit(app: App): void {
  const segment = app.active();
  if (!segment || !canSplit(app)) return app.notices.alarm(app.words.t("split_not"));
  const at = app.splitPoint();
  const run = (place: number) => void split(app, segment, place);
  if (at !== undefined && isEmpty(app.target.content())) run(at);
  else splitDialog(app, segment, at, run);
}

async function split(app: App, { id }: Segment, at: number): Promise<void> {
  await recut(app, [id], "split_done", (revision) => app.api.split(id, { revision, at }));
}

export async function merge(app: App): Promise<void> {
  const segment = app.active();
  const next = segment && app.store.following(segment.id);
  if (!segment || !next || !canMerge(app)) return app.notices.alarm(app.words.t("merge_not"));
  await recut(app, [segment.id, next.id], "merge_done", (revision) => app.api.merge(segment.id, { revision }));
}

/** Both start from saved text and answer with the whole list. */
async function recut(app: App, ids: [number, ...number[]], done: string, call: (revision: number) => Promise<SegmentList>): Promise<void> {
  if (!(await settle(app, ids))) return;
  try {
    app.replaceList(await call(app.store.get(ids[0])?.revision ?? 0));
    app.target.view.focus();
    app.notices.say(app.words.t(done));
  } catch (error) {
    failed(app, error);
  }
}

/** What was being typed in a segment that somebody else joined with another: it has no row any more. */
export function goneDialog(app: App, text: string): void {
  const { words } = app;
  const insert = h("button", { class: "ed-button ed-primary" }, words.t("conflict_insert"));
  const form = h("form", {}, h("p", {}, words.t("gone_text")), inLanguage(app, "target", "ed-conflict-text", text), h("div", { class: "ed-dialog-foot" }, insert));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    app.insertText(text);
  });
  const dialog = openModal(app, words.t("gone_title"), "ed-gone", form);
}
