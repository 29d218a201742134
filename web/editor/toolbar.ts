// The bar above the list: document, filters with counts, search, mode.

import type { App } from "./app";
import { fill, h, icon, iconButton } from "./dom";
import { keyHint } from "./keymap";
import { unpressed } from "./pressed";
import { everything, states, type Filter } from "./state";
import type { State } from "./types";

export interface Toolbar {
  element: HTMLElement;
  /** Counts, pressed filters and mode changed. */
  update(): void;
  focusSearch(): void;
  searchBox: HTMLInputElement;
}

const patience = 150;

export function toolbar(app: App): Toolbar {
  const { words, data, store } = app;
  const chips = h("div", { class: "ed-filters", role: "group", "aria-label": words.t("filter_label") });
  const found = h("span", { class: "ed-found", "aria-live": "polite" });
  const searchBox = h("input", { type: "search", class: "ed-input", placeholder: words.t("search"), "aria-label": words.t("search"), title: keyHint("search"), autocomplete: "off" });
  const side = sideSelect(app);
  const modes = h("div", { class: "ed-modes", role: "group", "aria-label": words.t("mode_label") });
  const eye = iconButton("eye", words.t("command_invisibles"), () => app.run("invisibles"), { title: `${words.t("command_invisibles")} (${keyHint("invisibles")})` });
  const mend = data.can.edit ? iconButton("mend", `${words.t("command_typography")} (${keyHint("typography")})`, () => app.run("typography")) : null;
  const help = iconButton("help", words.t("command_help"), () => app.run("help"), { title: `${words.t("command_help")} (F1)` });
  let timer: ReturnType<typeof setTimeout> | undefined;

  const apply = (change: Partial<Filter>) => store.setFilter({ ...store.filter, ...change });
  const search = () => apply({ text: searchBox.value, side: side.value as Filter["side"] });
  searchBox.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, patience);
  });
  side.addEventListener("change", search);

  const toggle = (state: State) => {
    const wanted = new Set(store.filter.states);
    if (!wanted.delete(state)) wanted.add(state);
    apply({ states: wanted });
  };

  let drawn = "";
  const update = () => {
    const totals = store.totals();
    const { filter } = store;
    const key = JSON.stringify([totals, [...filter.states], filter.issues, filter.repetitions, filter.text, store.found(), app.mode, app.invisibles]);
    if (key === drawn) return;
    drawn = key;
    const all = filter.states.size === 0 && !filter.issues && !filter.repetitions;
    patch(chips, [
      chip(app, "all", all, totals.segments, () => store.setFilter({ ...everything(), text: filter.text, side: filter.side })),
      ...states.map((s) => chip(app, s, filter.states.has(s), totals.byState[s], () => toggle(s))),
      chip(app, "warning", filter.issues, totals.issues, () => apply({ issues: !filter.issues })),
      chip(app, "repeat", filter.repetitions, totals.repetitions, () => apply({ repetitions: !filter.repetitions })),
    ]);
    found.textContent = filter.text.trim() === "" ? "" : words.n("search_found", store.found());
    eye.setAttribute("aria-pressed", String(app.invisibles));
    if (data.can.edit && data.can.review) patch(modes, [modeButton(app, "translate"), modeButton(app, "review")]);
  };

  const title = h("div", { class: "ed-title" }, h("h1", {}, h("bdi", {}, data.document)));
  const element = h("header", { class: "ed-bar" }, title, h("div", { class: "ed-search" }, searchBox, side, found), modes, h("div", { class: "ed-bar-end" }, mend, eye, help), chips);
  return { element, update: unpressed(element, update), focusSearch: () => searchBox.select(), searchBox };
}

function sideSelect(app: App): HTMLSelectElement {
  const { words, data } = app;
  return h(
    "select",
    { class: "ed-select", "aria-label": words.t("search_side") },
    h("option", { value: "both" }, words.t("search_both")),
    h("option", { value: "source" }, data.source.name),
    h("option", { value: "target" }, data.target.name),
  );
}

/** Replaces the buttons but gives the focus to the one that stands where it was. */
function patch(group: HTMLElement, buttons: HTMLElement[]): void {
  const focused = [...group.children].indexOf(document.activeElement as Element);
  fill(group, ...buttons);
  if (focused >= 0) buttons[focused]?.focus();
}

function chip(app: App, name: State | "all" | "warning" | "repeat", pressed: boolean, count: number, click: () => void): HTMLElement {
  const label = app.words.t(name === "warning" || name === "repeat" || name === "all" ? `filter_${name}` : `state_${name}`);
  return h(
    "button",
    { type: "button", class: `ed-filter ed-filter-${name}`, "aria-pressed": String(pressed), on: { click } },
    name === "all" ? null : icon(name),
    h("span", {}, label),
    h("span", { class: "ed-count" }, app.words.number(count)),
  );
}

function modeButton(app: App, mode: "translate" | "review"): HTMLElement {
  return h("button", { type: "button", class: "ed-mode", "aria-pressed": String(app.mode === mode), on: { click: () => app.setMode(mode) } }, app.words.t(`mode_${mode}`));
}
