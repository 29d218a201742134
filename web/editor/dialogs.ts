// The dialogs: shortcuts, go to a segment, reject, approve in spite of errors.

import type { App } from "./app";
import { h, type Child } from "./dom";
import { canFix } from "./fixes";
import { keymap, keyNames, type Binding, type KeyGroup } from "./keymap";
import { askReason, openModal, reasonForm } from "./modal";
import { issueCard } from "./panels/issues";
import type { Issue } from "./types";

const groups: KeyGroup[] = ["segment", "move", "insert", "text", "review", "view"];

export function helpDialog(app: App): void {
  const sections = groups.map((group) => helpGroup(app, group)).filter((section) => section !== null);
  openModal(app, app.words.t("help_title"), "ed-help", h("div", { class: "ed-help-groups" }, ...sections));
}

function helpGroup(app: App, group: KeyGroup): HTMLElement | null {
  const bindings = keymap.filter((b) => b.group === group && (!b.review || app.data.can.review) && (!b.persian || app.data.target.dir === "rtl"));
  const names = [...new Set(bindings.map((b) => b.command))];
  if (names.length === 0) return null;
  const rows = names.flatMap((name) => {
    const key = name === "confirm" && app.mode === "review" ? "command_approve" : `command_${name}`;
    return [h("dt", {}, app.words.t(key)), h("dd", {}, ...keysOf(app, bindings.filter((b) => b.command === name)))];
  });
  return h("section", {}, h("h3", {}, app.words.t(`keys_${group}`)), h("dl", {}, ...rows));
}

function keysOf(app: App, bindings: Binding[]): Child[] {
  const mac = /Mac/.test(navigator.platform);
  return bindings.flatMap((b) => b.keys).flatMap((key, i) => [
    i > 0 ? h("span", { class: "ed-or" }, app.words.t("or")) : null,
    h("span", { class: "ed-chord", dir: "ltr" }, ...keyNames(key, mac).map((part) => h("kbd", { class: "ed-key" }, part))),
  ]);
}

export function gotoDialog(app: App): void {
  const { words, store } = app;
  const last = store.ids().length;
  const input = h("input", { class: "ed-input", inputmode: "numeric", autocomplete: "off", id: "ed-goto", dir: "ltr" });
  const form = h("form", {}, h("label", { for: "ed-goto" }, words.t("goto_label", { last: last })), input, h("button", { class: "ed-button ed-primary" }, words.t("goto_go")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    const id = store.ids()[latinNumber(input.value) - 1];
    if (id) app.open(id);
  });
  const dialog = openModal(app, words.t("command_goto"), "ed-small-dialog", form);
  input.focus();
}

/** A number in Latin, Persian or Arabic digits. */
export function latinNumber(text: string): number {
  const latin = text.replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x06f0)).replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x0660));
  return Number.parseInt(latin, 10) || 0;
}

export function rejectDialog(app: App, done: (reason: string) => void): void {
  const { words } = app;
  askReason(app, { title: words.t("reject_title"), className: "ed-reject", reasons: "reason", label: words.t("reject_reason"), submit: words.t("reject_do"), button: "ed-danger" }, done);
}

/** The errors that stand in the way of an approval, with their fixes, or a written reason. */
export function overrideDialog(app: App, issues: Issue[], done: (reason: string) => void): void {
  const { words } = app;
  const text = h("textarea", { class: "ed-input", rows: 2, id: "ed-reason", dir: "auto", required: true });
  const fixable = issues.findIndex(canFix);
  const cards = h("ul", { class: "ed-cards" }, ...issues.map((issue, i) => issueCard(app, issue, i === fixable)));
  const form = reasonForm(app, text, { label: words.t("override_reason"), submit: words.t("override_do"), button: "ed-danger" }, (reason) => (dialog.close(), done(reason)));
  const dialog = openModal(app, words.t("override_title"), "ed-override", h("p", {}, words.t("override_text")), cards, form);
  // What somebody begins to type is the reason: on a button a space would press it.
  text.focus();
  cards.addEventListener("click", (event) => event.target instanceof Element && event.target.closest("button") && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.code !== "Enter" || !event.altKey || fixable < 0) return;
    event.preventDefault();
    dialog.close();
    app.fix(issues[fixable] as Issue);
  });
}
