// What the checks found in the active segment.

import type { App } from "../app";
import { button, fill, h, hidden, icon } from "../dom";
import { keyHint } from "../keymap";
import type { Issue } from "../types";
import { heading, keyCap, type Panel } from "./common";

export function issuesPanel(app: App): Panel {
  const element = h("section", { class: "ed-panel ed-issues" });
  const update = () => {
    const issues = app.issues();
    element.hidden = issues.length === 0;
    const fixable = issues.findIndex(canFix);
    fill(element, heading(app, "issues", issues.length), h("ul", { class: "ed-cards" }, ...issues.map((issue, i) => issueCard(app, issue, i === fixable))));
  };
  return { element, update };
}

/** Only the translation can be changed here; the source belongs to its document. */
export function canFix(issue: Issue): boolean {
  return issue.fix !== undefined && issue.side === "target";
}

/** One issue with its fix; the first that can be fixed shows the key. */
export function issueCard(app: App, issue: Issue, first: boolean): HTMLElement {
  const { words } = app;
  return h(
    "li",
    { class: `ed-card ed-issue-card ed-issue-card-${issue.severity}` },
    h("span", { class: `ed-mark ed-mark-${issue.severity}` }, icon(issue.severity), hidden(words.t(`severity_${issue.severity}`))),
    h("button", { type: "button", class: "ed-issue-message", on: { click: () => app.jump(issue) } }, issue.message),
    canFix(issue) ? fixButton(app, issue) : null,
    first ? keyCap(keyHint("fix")) : null,
  );
}

function fixButton(app: App, issue: Issue): HTMLElement {
  const { words, data } = app;
  const fix = issue.fix ?? "";
  if (fix === "") return button(words.t("fix_delete"), () => app.fix(issue), { class: "ed-button ed-fix" });
  const element = button("", () => app.fix(issue), { class: "ed-button ed-fix", title: words.t("fix_with", { text: fix }) });
  fill(element, words.t("fix"), " ", h("bdi", { lang: data[issue.side].tag, class: "ed-fix-text" }, fix));
  return element;
}
