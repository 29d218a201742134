// The dialogs: shortcuts, go to a segment, reject, approve in spite of errors.

import type { App } from "./app";
import { button, h, iconButton, type Child } from "./dom";
import { keymap, keyNames, type Binding, type KeyGroup } from "./keymap";
import { canFix, issueCard } from "./panels/issues";
import type { Issue } from "./types";

/** Opens a modal dialog; when it closes, the focus goes back to where it was. */
function open(app: App, title: string, className: string, ...children: Child[]): HTMLDialogElement {
  const before = document.activeElement;
  const close = () => dialog.close();
  const head = h("div", { class: "ed-dialog-head" }, h("h2", { id: "ed-dialog-title" }, title), iconButton("close", app.words.t("close"), close));
  const dialog = h("dialog", { class: `ed-dialog ${className}`, "aria-labelledby": "ed-dialog-title" }, head, ...children);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** True while a dialog is open: the keys belong to it. */
export function dialogOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}

const groups: KeyGroup[] = ["segment", "move", "insert", "text", "review", "view"];

export function helpDialog(app: App): void {
  const sections = groups.map((group) => helpGroup(app, group)).filter((section) => section !== null);
  open(app, app.words.t("help_title"), "ed-help", h("div", { class: "ed-help-groups" }, ...sections));
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
  const form = h("form", { method: "dialog" }, h("label", { for: "ed-goto" }, words.t("goto_label", { last: last })), input, h("button", { class: "ed-button ed-primary" }, words.t("goto_go")));
  form.addEventListener("submit", () => {
    const id = store.ids()[latinNumber(input.value) - 1];
    if (id) setTimeout(() => app.open(id));
  });
  open(app, words.t("command_goto"), "ed-small-dialog", form);
  input.focus();
}

/** A number in Latin, Persian or Arabic digits. */
export function latinNumber(text: string): number {
  const latin = text.replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x06f0)).replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x0660));
  return Number.parseInt(latin, 10) || 0;
}

/** Asks why; digits choose a canned reason while nothing is typed. */
export function rejectDialog(app: App, done: (reason: string) => void): void {
  const { words } = app;
  const text = h("textarea", { class: "ed-input", rows: 3, id: "ed-reason", dir: "auto", required: true });
  const reasons = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((n) => words.has(`reason_${n}`));
  const choose = (n: number) => {
    text.value = words.t(`reason_${n}`);
    text.focus();
  };
  const list = h("ol", { class: "ed-reasons" }, ...reasons.map((n) => h("li", {}, button("", () => choose(n), { class: "ed-button ed-reason-button" }))));
  list.querySelectorAll("button").forEach((b, i) => b.append(h("kbd", { class: "ed-key" }, String(reasons[i])), ` ${words.t(`reason_${reasons[i]}`)}`));
  const dialog = open(app, words.t("reject_title"), "ed-reject", list, reasonForm(app, text, words.t("reject_reason"), words.t("reject_do"), (reason) => (dialog.close(), done(reason))));
  dialog.addEventListener("keydown", (event) => {
    const digit = Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]);
    if (!reasons.includes(digit) || event.ctrlKey || event.altKey || text.value.trim() !== "") return;
    event.preventDefault();
    choose(digit);
  });
  dialog.querySelector<HTMLElement>(".ed-reason-button")?.focus();
}

/** The errors that stand in the way of an approval, with their fixes, or a written reason. */
export function overrideDialog(app: App, issues: Issue[], done: (reason: string) => void): void {
  const { words } = app;
  const text = h("textarea", { class: "ed-input", rows: 2, id: "ed-reason", dir: "auto", required: true });
  const fixable = issues.findIndex(canFix);
  const cards = h("ul", { class: "ed-cards" }, ...issues.map((issue, i) => issueCard(app, issue, i === fixable)));
  const form = reasonForm(app, text, words.t("override_reason"), words.t("override_do"), (reason) => (dialog.close(), done(reason)));
  const dialog = open(app, words.t("override_title"), "ed-override", h("p", {}, words.t("override_text")), cards, form);
  (cards.querySelector<HTMLElement>(".ed-fix") ?? text).focus();
  cards.addEventListener("click", (event) => event.target instanceof Element && event.target.closest("button") && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.code !== "Enter" || !event.altKey || fixable < 0) return;
    event.preventDefault();
    dialog.close();
    app.fix(issues[fixable] as Issue);
  });
}

function reasonForm(app: App, text: HTMLTextAreaElement, label: string, submit: string, done: (reason: string) => void): HTMLElement {
  const form = h("form", {}, h("label", { for: "ed-reason" }, label), text, h("div", { class: "ed-dialog-foot" }, h("button", { class: "ed-button ed-danger" }, submit), button(app.words.t("cancel"), () => form.closest("dialog")?.close())));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (text.value.trim() !== "") done(text.value.trim());
  });
  text.addEventListener("keydown", (event) => {
    if (event.code !== "Enter" || event.shiftKey || event.isComposing || event.altKey) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return form;
}
