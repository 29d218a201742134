// What the checks found in the active segment.

import type { App } from "../app";
import { addForm, termOf } from "../addterm";
import { button, fill, h, hidden, icon, iconButton } from "../dom";
import { canFix, together } from "../fixes";
import { keyHint } from "../keymap";
import { letBe, mayLetBe, takeUp } from "../letbe";
import { invisibleClasses } from "../render";
import type { Issue } from "../types";
import { heading, keyCap, type Panel } from "./common";

export function issuesPanel(app: App): Panel {
  const element = h("section", { class: "ed-panel ed-issues" });
  const update = () => {
    const issues = app.issues();
    const dismissed = app.dismissed();
    const unfolded = element.querySelector("details")?.open ?? false;
    element.hidden = issues.length + dismissed.length === 0;
    const fixable = issues.findIndex(canFix);
    const leavable = issues.findIndex((issue) => mayLetBe(app, issue));
    const cards = issues.map((issue, i) => issueCard(app, issue, i === fixable, addFormButton(app, issue), letBeButton(app, issue, i === leavable)));
    fill(element, heading(app, "issues", issues.length), h("ul", { class: "ed-cards" }, ...cards), fixAllButton(app, issues), dismissedList(app, dismissed, unfolded));
  };
  return { element, update };
}

/** One issue with its fix, and what else can be done about it; the first that can be fixed shows the key. */
export function issueCard(app: App, issue: Issue, first: boolean, ...more: (HTMLElement | null)[]): HTMLElement {
  return h(
    "li",
    { class: `ed-card ed-issue-card ed-issue-card-${issue.severity}` },
    severity(app, issue),
    message(app, issue),
    canFix(issue) ? fixButton(app, issue) : null,
    first ? keyCap(keyHint("fix")) : null,
    ...more,
  );
}

function severity(app: App, issue: Issue): HTMLElement {
  return h("span", { class: `ed-mark ed-mark-${issue.severity}` }, icon(issue.severity), hidden(app.words.t(`severity_${issue.severity}`)));
}

function message(app: App, issue: Issue): HTMLElement {
  return h("button", { type: "button", class: "ed-issue-message", on: { click: () => app.jump(issue) } }, issue.message);
}

function fixButton(app: App, issue: Issue): HTMLElement {
  const { words, data } = app;
  const fix = issue.fix ?? "";
  if (fix === "") return button(words.t("fix_delete"), () => app.fix(issue), { class: "ed-button ed-fix" });
  const sign = fix === " " ? "space" : invisibleClasses[fix];
  const shown = sign ? h("bdi", {}, words.t(`sign_${sign}`)) : h("bdi", { lang: data[issue.side].tag, class: "ed-fix-text" }, fix);
  const element = button("", () => app.fix(issue), { class: "ed-button ed-fix", title: words.t("fix_with", { text: sign ? words.t(`sign_${sign}`) : fix }) });
  fill(element, words.t("fix"), " ", shown);
  return element;
}

/** Another form of the term that is missing: what is selected in the translation. */
function addFormButton(app: App, issue: Issue): HTMLElement | null {
  if (!app.data.can.propose || !termOf(app, issue)) return null;
  return button(app.words.t("add_form"), () => addForm(app, issue), { class: "ed-button ed-quiet", title: app.words.t("add_form_tip") });
}

function letBeButton(app: App, issue: Issue, first: boolean): HTMLElement | null {
  if (!mayLetBe(app, issue)) return null;
  const label = app.words.t("let_be");
  return iconButton("leave", label, () => void letBe(app, issue), { class: "ed-icon-button ed-quiet", title: first ? `${label} (${keyHint("letBe")})` : label });
}

/** Worth a button only where it saves something. */
function fixAllButton(app: App, issues: Issue[]): HTMLElement | null {
  const count = together(issues).length;
  if (count < 2 || !app.editable()) return null;
  const element = button(app.words.n("fix_all", count), () => app.run("fixAll"), { class: "ed-button ed-fix-all" });
  element.append(" ", keyCap(keyHint("fixAll")));
  return element;
}

/** What somebody let be, with the reason, folded away. */
function dismissedList(app: App, issues: Issue[], open: boolean): HTMLElement | null {
  if (issues.length === 0) return null;
  const cards = issues.map((issue) => {
    const again = mayLetBe(app, issue) ? button(app.words.t("take_up"), () => void takeUp(app, issue), { class: "ed-button ed-quiet" }) : null;
    return h("li", { class: "ed-card ed-issue-card" }, severity(app, issue), message(app, issue), h("p", { class: "ed-reason" }, h("bdi", {}, app.words.reason(issue.dismissed))), again);
  });
  return h("details", { class: "ed-dismissed", open }, h("summary", {}, app.words.n("dismissed", issues.length)), h("ul", { class: "ed-cards" }, ...cards));
}
