// What dialogs share: the frame, the question for a reason, one list of choices.

import type { App } from "./app";
import { button, h, iconButton, type Child } from "./dom";

/**
 * Opens a modal dialog; when it closes, the focus goes back to where it was, or to
 * the field. The browser gives it back at once; the event comes a frame later, when
 * the focus may be elsewhere already, and typing must not be torn away from there.
 */
export function openModal(app: App, title: string, className: string, ...children: Child[]): HTMLDialogElement {
  const close = () => dialog.close();
  const head = h("div", { class: "ed-dialog-head" }, h("h2", { id: "ed-dialog-title" }, title), iconButton("close", app.words.t("close"), close));
  const dialog = h("dialog", { class: `ed-dialog ${className}`, "aria-labelledby": "ed-dialog-title" }, head, ...children);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if ((document.activeElement ?? document.body) === document.body) app.target.view.focus();
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

export interface Question {
  title: string;
  className: string;
  /** What stands above the reasons. */
  about?: Child;
  /** Keys of the catalogue: the canned reasons are reasons_1 to reasons_9. */
  reasons: string;
  label: string;
  submit: string;
  /** Class of the button that submits. */
  button: string;
}

/** Asks why; digits choose a canned reason while nothing is typed. */
export function askReason(app: App, question: Question, done: (reason: string) => void): void {
  const { words } = app;
  const text = h("textarea", { class: "ed-input", rows: 3, id: "ed-reason", dir: "auto", required: true });
  const reasons = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((n) => words.has(`${question.reasons}_${n}`));
  const choose = (n: number) => {
    text.value = words.t(`${question.reasons}_${n}`);
    text.focus();
  };
  const list = h("ol", { class: "ed-reasons" }, ...reasons.map((n) => h("li", {}, button("", () => choose(n), { class: "ed-button ed-reason-button" }))));
  list.querySelectorAll("button").forEach((b, i) => b.append(h("kbd", { class: "ed-key" }, String(reasons[i])), ` ${words.t(`${question.reasons}_${reasons[i]}`)}`));
  const form = reasonForm(app, text, question, (reason) => (dialog.close(), done(reason)));
  const dialog = openModal(app, question.title, question.className, question.about, list, form);
  dialog.addEventListener("keydown", (event) => {
    const digit = Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]);
    if (!reasons.includes(digit) || event.ctrlKey || event.altKey || text.value.trim() !== "") return;
    event.preventDefault();
    choose(digit);
  });
  text.focus();
}

/** A text that must not be empty, sent by Enter. */
export function reasonForm(app: App, text: HTMLTextAreaElement, question: Pick<Question, "label" | "submit" | "button">, done: (reason: string) => void): HTMLElement {
  const form = h("form", {}, h("label", { for: "ed-reason" }, question.label), text, foot(app, question.submit, question.button));
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

/** The buttons under a form: what it does, and to leave it. */
export function foot(app: App, submit: string, className: string): HTMLElement {
  const row = h("div", { class: "ed-dialog-foot" }, h("button", { class: `ed-button ${className}` }, submit), button(app.words.t("cancel"), () => row.closest("dialog")?.close()));
  return row;
}
