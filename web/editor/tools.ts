// The buttons under the target field, and both texts of a conflict.

import type { App } from "./app";
import type { CommandName } from "./commands";
import { canMerge, canSplit } from "./cut";
import { wordDiff } from "./diff";
import { button, fill, h, hidden, iconButton, type Child } from "./dom";
import { keyHint } from "./keymap";
import { inLanguage } from "./panels/common";
import { unpressed } from "./pressed";
import { renderDiff } from "./render";

export interface Tools {
  /** Under the field. */
  element: HTMLElement;
  /** Under the whole row. */
  below: HTMLElement;
  update(): void;
}

interface Sign {
  text: string;
  /** Written behind the selection, for signs that come in pairs. */
  close?: string;
  label: string;
  /** Key of the catalogue. */
  name: string;
}

const persianSigns: Sign[] = [
  { text: "«", close: "»", label: "«»", name: "sign_quotes" },
  { text: "؟", label: "؟", name: "sign_question" },
  { text: "؛", label: "؛", name: "sign_semicolon" },
  { text: "٪", label: "٪", name: "sign_percent" },
  { text: "\u200c", label: "ZWNJ", name: "sign_zwnj" },
];

/** Seldom wanted: behind a button, so that the others and the one to confirm fit on one line. */
const rareSigns: Sign[] = [
  { text: "\u200e", label: "LRM", name: "sign_lrm" },
  { text: "\u200f", label: "RLM", name: "sign_rlm" },
];

const latinSigns: Sign[] = [
  { text: "“", close: "”", label: "“”", name: "sign_quotes" },
  { text: "–", label: "–", name: "sign_dash" },
  { text: "\u00a0", label: "NBSP", name: "sign_nbsp" },
];

export function tools(app: App): Tools {
  const element = h("div", { class: "ed-tools" });
  const below = h("div", { class: "ed-below" });
  const more = { open: false };
  let drawn = "";
  const update = () => {
    const segment = app.active();
    const key = `${segment?.id} ${segment?.state} ${segment?.reason} ${app.mode} ${app.saver.status(segment?.id ?? 0) === "conflict"} ${app.target.missing().length} ${canSplit(app)} ${canMerge(app)}`;
    if (key !== drawn) fill(element, ...content(app, more));
    drawn = key;
    fill(below, ...conflict(app));
  };
  return { element, below, update: unpressed(element, unpressed(below, update)) };
}

/** Whether the seldom wanted signs are shown: a choice for the whole visit. */
interface More {
  open: boolean;
}

function content(app: App, more: More): Child[] {
  const segment = app.active();
  const { words } = app;
  const reason = segment?.state === "rejected" && segment.reason ? h("p", { class: "ed-reason" }, words.t("reason_was", { reason: words.reason(segment.reason) })) : null;
  if (!app.editable()) return [reason, h("div", { class: "ed-tool-row" }, ...locked(app))];
  const missing = app.target.missing().length;
  const codes = missing > 0 ? button(words.n("codes_missing", missing), () => app.run("nextCode"), { class: "ed-button ed-codes", title: tip(app, "nextCode") }) : null;
  const aids = h("div", { class: "ed-aids" }, palette(app, more), codes);
  return [reason, h("div", { class: "ed-tool-row" }, aids, h("div", { class: "ed-actions" }, ...actions(app)))];
}

function palette(app: App, more: More): HTMLElement {
  const copy = iconButton("copy", tip(app, "copySource"), () => app.run("copySource"), { class: "ed-sign" });
  return h("div", { class: "ed-palette", role: "group", "aria-label": app.words.t("palette") }, ...signsOf(app).map((sign) => signButton(app, sign)), ...rare(app, more), copy, ...cuts(app));
}

/** The seldom wanted signs, and the button that shows them. */
function rare(app: App, more: More): HTMLElement[] {
  if (app.data.target.dir !== "rtl") return [directionButton(app)];
  const signs = h("span", { class: "ed-rare", hidden: !more.open }, ...rareSigns.map((sign) => signButton(app, sign)), directionButton(app));
  const toggle = iconButton("more", app.words.t("sign_more"), () => {
    more.open = !more.open;
    signs.hidden = !more.open;
    toggle.setAttribute("aria-expanded", String(more.open));
  }, { class: "ed-sign", "aria-expanded": String(more.open) });
  keepFocus(toggle);
  return [toggle, signs];
}

function directionButton(app: App): HTMLElement {
  return iconButton("direction", tip(app, "direction"), () => app.run("direction"), { class: "ed-sign" });
}

/** In place of the palette for those who may not write here now. */
function locked(app: App): Child[] {
  const { review } = app.data.can;
  if (app.active()?.state === "approved") return [h("p", { class: "ed-locked" }, app.words.t(review ? "locked_review" : "locked")), review ? command(app, "reopen", "ed-button") : null];
  return [h("p", { class: "ed-locked" }, app.words.t("locked_view")), review ? h("div", { class: "ed-actions" }, ...actions(app)) : null];
}

function signsOf(app: App): Sign[] {
  return app.data.target.dir === "rtl" ? persianSigns : latinSigns;
}

function actions(app: App): Child[] {
  if (app.mode !== "review") return [command(app, "confirm", "ed-button ed-primary")];
  return [command(app, "reject", "ed-button"), command(app, "confirm", "ed-button ed-primary", "approve")];
}

/** The button of a command; `word` names it where the command means something else in this mode. */
function command(app: App, name: CommandName, className: string, word: string = name): HTMLElement {
  const title = `${app.words.t(`command_${word}`)} (${keyHint(name)})`;
  return button(app.words.t(`action_do_${word}`), () => app.run(name), { class: className, title });
}

/** Where they do not apply they stay in their places, so that nothing jumps. */
function cuts(app: App): HTMLElement[] {
  return [
    iconButton("split", tip(app, "split"), () => app.run("split"), { class: "ed-sign", disabled: !canSplit(app) }),
    iconButton("merge", tip(app, "merge"), () => app.run("merge"), { class: "ed-sign", disabled: !canMerge(app) }),
  ];
}

function tip(app: App, name: CommandName): string {
  return `${app.words.t(`command_${name}`)} (${keyHint(name)})`;
}

function signButton(app: App, sign: Sign): HTMLElement {
  const insert = () => app.insertText(sign.text, sign.close);
  const element = button(sign.label, insert, { class: "ed-sign", title: app.words.t(sign.name), dir: app.data.target.dir });
  element.append(hidden(app.words.t(sign.name)));
  keepFocus(element);
  return element;
}

/** The field keeps the focus and its selection while a button is clicked. */
function keepFocus(element: HTMLElement): void {
  element.addEventListener("mousedown", (event) => event.preventDefault());
}

/** Both texts, each with what it has that the other lacks. The field stays open for merging. */
function conflict(app: App): Child[] {
  const id = app.store.active;
  const theirs = app.saver.theirs(id);
  if (!theirs) return [];
  const { words } = app;
  const mine = app.target.content();
  const keepMine = () => {
    app.saver.resolve(id, { target: app.target.content(), state: "draft", filled: 0, filledBy: "" });
    app.notices.say(words.t("conflict_kept_mine"));
  };
  const takeTheirs = () => {
    app.write(theirs.target);
    app.saver.resolve(id, undefined);
    app.take(id, { segment: theirs, issues: [], propagated: [], change: 0 });
  };
  const insertTheirs = () => app.insertText(theirs.target.text);
  const ours = wordDiff(theirs.target.text, mine.text).filter((d) => d.kind !== "deleted");
  const their = wordDiff(mine.text, theirs.target.text).filter((d) => d.kind !== "deleted");
  return [
    h("p", { class: "ed-conflict-title", role: "alert" }, words.t("conflict_title", { author: theirs.author || words.t("somebody"), date: words.date(theirs.changed) })),
    h(
      "div",
      { class: "ed-conflict" },
      h("div", {}, h("h3", {}, words.t("conflict_theirs")), inLanguage(app, "target", "ed-conflict-text", renderDiff(their)), h("div", { class: "ed-tool-row" }, button(words.t("conflict_take_theirs"), takeTheirs), button(words.t("conflict_insert"), insertTheirs))),
      h("div", {}, h("h3", {}, words.t("conflict_mine")), inLanguage(app, "target", "ed-conflict-text", renderDiff(ours)), h("div", { class: "ed-tool-row" }, button(words.t("conflict_keep_mine"), keepMine, { class: "ed-button ed-primary" }))),
    ),
  ];
}
