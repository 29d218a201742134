// Mending the typography of the whole document: what would change, first.

import type { App } from "./app";
import { fill, h } from "./dom";
import { foot, openModal } from "./modal";
import { inLanguage } from "./panels/common";
import { renderDiff } from "./render";
import { settle } from "./settle";
import type { TypographyPreview } from "./types";

type Fix = TypographyPreview["fixes"][number];

/** A second click waits for the preview of the first. */
let asking = false;

export async function mendTypography(app: App): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const open = app.saver.open().map((entry) => entry.id);
    if (await settle(app, open)) show(app, (await app.api.typography()).fixes);
  } catch (error) {
    app.notices.alarm(app.problem(error));
  } finally {
    asking = false;
  }
}

function show(app: App, fixes: Fix[]): void {
  const { words } = app;
  if (fixes.length === 0) return nothing(app);
  const boxes = fixes.map((fix) => h("input", { type: "checkbox", id: `ed-mend-${fix.id}`, checked: true }));
  const all = h("input", { type: "checkbox", checked: true });
  const buttons = foot(app, "", "ed-primary");
  const submit = buttons.firstElementChild as HTMLButtonElement;
  const chosen = () => fixes.filter((_, i) => boxes[i]?.checked);
  const count = () => {
    const { length } = chosen();
    submit.textContent = words.n("mend_do", length);
    submit.disabled = length === 0;
    all.checked = length === fixes.length;
    all.indeterminate = length > 0 && length < fixes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  const rows = fixes.map((fix, i) => row(app, fix, boxes[i] as HTMLInputElement));
  const list = h("ul", { class: "ed-mends", on: { change: count } }, ...rows);
  const form = h("form", { method: "dialog" }, h("label", { class: "ed-check" }, all, h("span", {}, words.t("mend_all"))), list, buttons);
  form.addEventListener("submit", () => void apply(app, chosen()));
  count();
  openModal(app, words.t("command_typography"), "ed-mend", h("p", {}, words.n("mend_found", fixes.length)), form);
  submit.focus();
}

function row(app: App, fix: Fix, box: HTMLInputElement): HTMLElement {
  const number = h("span", { class: "ed-index" }, app.words.number(fix.index + 1));
  const text = inLanguage(app, "target", "ed-mend-text", renderDiff(fix.diff, true));
  return h("li", {}, h("label", { for: box.id, class: "ed-check" }, box, number, text));
}

function nothing(app: App): void {
  const { words } = app;
  const form = h("form", { method: "dialog" });
  fill(form, h("p", {}, words.t("mend_nothing")), h("div", { class: "ed-dialog-foot" }, h("button", { class: "ed-button ed-primary" }, words.t("close"))));
  openModal(app, words.t("command_typography"), "ed-mend", form);
}

/** Segments that somebody changed since the preview are left alone by the server. */
async function apply(app: App, fixes: Fix[]): Promise<void> {
  try {
    const { segments, change } = await app.api.fixTypography({ segments: fixes.map(({ id, revision }) => ({ id, revision })) });
    app.takeRows(segments);
    const undo = { label: app.words.t("undo"), run: () => void app.takeBack(change) };
    app.notices.toast(app.words.n("mended", segments.length), segments.length > 0 ? undo : undefined);
  } catch (error) {
    app.notices.alarm(app.problem(error));
  }
}
