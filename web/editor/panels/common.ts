// What panels share.

import type { Match } from "../types";
import { h } from "../dom";
import type { App } from "../app";

/** A part of the side column. */
export interface Panel {
  element: HTMLElement;
  /** Shows what belongs to the active segment. */
  update(): void;
}

/** A heading with a count in brackets. */
export function heading(app: App, key: string, count?: number): HTMLElement {
  return h("h2", { class: "ed-heading" }, app.words.t(key), count ? h("span", { class: "ed-count" }, app.words.number(count)) : null);
}

export function note(text: string): HTMLElement {
  return h("p", { class: "ed-note" }, text);
}

/** Text in the language of one side, never in that of the interface. */
export function inLanguage(app: App, side: "source" | "target", className: string, content: Node | string): HTMLElement {
  const language = app.data[side];
  return h("div", { class: className, lang: language.tag, dir: language.dir }, content);
}

/** Who, when and where a text comes from, each isolated for direction. */
export function origin(app: App, of: Pick<Match, "memory" | "author" | "changed" | "document">): HTMLElement {
  const parts = [of.author, app.words.date(of.changed), of.document, of.memory].filter((part) => part !== "");
  const items = parts.flatMap((part, i) => [i > 0 ? h("span", { "aria-hidden": "true" }, " · ") : null, h("bdi", {}, part)]);
  return h("div", { class: "ed-origin" }, ...items);
}

export function keyCap(text: string): HTMLElement {
  return h("kbd", { class: "ed-key", dir: "ltr" }, text);
}
