// The dialog that shows a source with the places where it can be cut.

import type { App } from "./app";
import { isEmpty, slice } from "./content";
import { fill, h } from "./dom";
import { foot, openModal } from "./modal";
import { inLanguage } from "./panels/common";
import { likely, nearest, places } from "./places";
import { render } from "./render";
import type { Segment } from "./types";

/** Asks where to cut: a click or the arrow keys choose, Enter cuts. */
export function splitDialog(app: App, segment: Segment, at: number | undefined, done: (at: number) => void): void {
  const { words } = app;
  const text = segment.source.text;
  const all = places(text);
  let chosen = (at === undefined ? likely(text) : nearest(all, at)) ?? 0;
  const halves = h("div", { class: "ed-halves" });
  const gaps = all.map((place) => gap(app, segment, place));
  const choose = (index: number, focus: boolean) => {
    chosen = all[index] ?? chosen;
    gaps.forEach((element, i) => mark(element, i === index));
    if (focus) gaps[index]?.focus();
    fill(halves, ...[slice(segment.source, 0, chosen), slice(segment.source, chosen, text.length)].map((half) => inLanguage(app, "source", "ed-card ed-half", render(half, app.codeName))));
  };
  gaps.forEach((element, i) => element.addEventListener("click", () => choose(i, true)));

  const parts = [0, ...all].map((from, i) => render(slice(segment.source, from, all[i] ?? text.length), app.codeName));
  const source = inLanguage(app, "source", "ed-places", "");
  source.setAttribute("role", "radiogroup");
  source.setAttribute("aria-label", words.t("split_where"));
  fill(source, ...parts.flatMap((part, i) => (i === 0 ? [part] : [gaps[i - 1], part])));
  source.addEventListener("keydown", (event) => {
    const by = step(event.code, app.data.source.dir);
    if (by === 0) return;
    event.preventDefault();
    choose(Math.max(0, Math.min(all.length - 1, all.indexOf(chosen) + by)), true);
  });

  const note = isEmpty(segment.target) ? null : h("p", { class: "ed-note" }, words.t("split_target"));
  const form = h("form", { method: "dialog" }, source, halves, note, foot(app, words.t("split_do"), "ed-primary"));
  form.addEventListener("submit", () => setTimeout(() => done(chosen)));
  form.addEventListener("keydown", (event) => {
    // Enter on a place would click it: it is chosen already.
    if (event.code !== "Enter" || !(event.target instanceof Element && event.target.matches(".ed-gap"))) return;
    event.preventDefault();
    form.requestSubmit();
  });
  openModal(app, words.t("split_title"), "ed-split", h("p", {}, words.t("split_where")), form);
  choose(all.indexOf(chosen), true);
}

/** One place, named by the words around it. */
function gap(app: App, segment: Segment, place: number): HTMLElement {
  const text = segment.source.text;
  const before = /\S+\s*$/u.exec(text.slice(0, place))?.[0].trim() ?? "";
  const after = /^\S+/u.exec(text.slice(place))?.[0] ?? "";
  return h("button", { type: "button", class: "ed-gap", role: "radio", "aria-label": app.words.t("split_between", { before, after }) });
}

function mark(element: HTMLElement, chosen: boolean): void {
  element.setAttribute("aria-checked", String(chosen));
  element.tabIndex = chosen ? 0 : -1;
}

/** Where an arrow key leads in a text of this direction: 1 onwards, -1 back. */
function step(code: string, dir: "ltr" | "rtl"): number {
  const onward = dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  if (code === onward || code === "ArrowDown") return 1;
  return code === back || code === "ArrowUp" ? -1 : 0;
}
