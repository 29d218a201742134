// Letting an issue be, with a reason, and taking that back.

import type { App } from "./app";
import { h } from "./dom";
import { askReason } from "./modal";
import { failed, settle } from "./settle";
import type { Issue } from "./types";

/** Glossary issues stand in the way of an approval: only reviewers decide about them. */
export function mayLetBe(app: App, issue: Issue): boolean {
  const may = issue.code.startsWith("glossary_") ? app.data.can.review : app.data.can.edit;
  return may && app.active()?.state !== "approved";
}

/** A second key press waits for the dialog of the first. */
let asking = false;

/** Asks for the reason. The decision is about saved text, so the draft is sent first. */
export async function letBe(app: App, issue: Issue): Promise<void> {
  if (asking) return;
  asking = true;
  const id = app.store.active;
  const now = await asSaved(app, issue).finally(() => (asking = false));
  if (!now) return;
  const { words } = app;
  const about = h("p", { class: "ed-about-issue" }, now.message);
  askReason(app, { title: words.t("let_be_title"), className: "ed-let-be", about, reasons: "let_be_reason", label: words.t("let_be_why"), submit: words.t("let_be"), button: "ed-primary" }, (reason) => void decide(app, id, now, reason));
}

/** Makes an issue count again. */
export async function takeUp(app: App, issue: Issue): Promise<void> {
  const id = app.store.active;
  const now = await asSaved(app, issue);
  if (now) await decide(app, id, now, "");
}

async function asSaved(app: App, issue: Issue): Promise<Issue | undefined> {
  const id = app.store.active;
  if (!(await settle(app, [id])) || app.store.active !== id) return undefined;
  const now = same(app.assist()?.issues ?? [], issue);
  if (!now) app.notices.alarm(app.words.t("issue_gone"));
  return now;
}

/** The issue as a newer check found it: by its code and side, then by its sentence, then by its place. */
export function same(issues: Issue[], issue: Issue): Issue | undefined {
  const rank = (other: Issue) => (other.message === issue.message ? 0 : 1e6) + Math.abs(other.start - issue.start);
  const alike = issues.filter((other) => other.code === issue.code && other.side === issue.side && (other.dismissed === "") === (issue.dismissed === ""));
  return alike.sort((a, b) => rank(a) - rank(b))[0];
}

async function decide(app: App, id: number, issue: Issue, reason: string): Promise<void> {
  const { code, side, start, end } = issue;
  try {
    const revision = app.store.get(id)?.revision ?? 0;
    app.take(id, await app.api.dismiss(id, { revision, code, side, start, end, reason }));
    app.notices.say(app.words.t(reason === "" ? "issue_taken_up" : "issue_let_be"));
  } catch (error) {
    failed(app, error);
  }
}
