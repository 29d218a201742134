// The side column: help for the active segment, its history, concordance.

import type { App, Tab } from "./app";
import { h, iconButton } from "./dom";
import { keyHint } from "./keymap";
import { recall, remember } from "./prefs";
import { unpressed } from "./pressed";
import { concordancePanel } from "./panels/concordance";
import { fragmentsPanel } from "./panels/fragments";
import { glossaryPanel } from "./panels/glossary";
import { historyPanel } from "./panels/history";
import { issuesPanel } from "./panels/issues";
import { matchesPanel } from "./panels/matches";
import { termsPanel } from "./panels/terms";

export interface Side {
  element: HTMLElement;
  /** The active segment or what is known of it changed. */
  update(): void;
  show(tab: Tab): void;
  concordance(words: string, side: "source" | "target"): void;
  glossary(words: string): void;
  focus(): void;
}

const foldedKey = "tarjoman:folded";
const tabs: Tab[] = ["assist", "history", "concordance", "glossary"];

export function side(app: App): Side {
  const concordance = concordancePanel(app);
  const glossary = glossaryPanel(app);
  const parts = { assist: [issuesPanel(app), matchesPanel(app), termsPanel(app), fragmentsPanel(app)], history: [historyPanel(app)], concordance: [concordance], glossary: [glossary] };
  const sheets = new Map(tabs.map((tab) => [tab, h("div", { class: "ed-sheet", role: "tabpanel", id: `ed-sheet-${tab}`, "aria-labelledby": `ed-tab-${tab}`, tabindex: 0 }, ...parts[tab].map((p) => p.element))]));
  const heads = new Map(tabs.map((tab) => [tab, head(app, tab, () => show(tab))]));
  const bar = h("div", { class: "ed-tabs", role: "tablist", "aria-label": app.words.t("panels") }, ...heads.values());
  const fold = folding(app, () => element);
  const element: HTMLElement = h("aside", { class: "ed-side", "aria-label": app.words.t("panels") }, h("div", { class: "ed-side-head" }, bar, fold.button), ...sheets.values());
  let current: Tab = "assist";

  const update = () => parts[current].forEach((panel) => panel.update());
  const show = (tab: Tab) => {
    current = tab;
    for (const [name, sheet] of sheets) sheet.hidden = name !== tab;
    for (const [name, button] of heads) {
      button.setAttribute("aria-selected", String(name === tab));
      button.tabIndex = name === tab ? 0 : -1;
    }
    if (element.classList.contains("ed-folded")) fold.set(false);
    update();
  };
  bar.addEventListener("keydown", (event) => {
    const by = event.code === "ArrowRight" ? 1 : event.code === "ArrowLeft" ? -1 : 0;
    if (by === 0 || event.ctrlKey || event.altKey) return;
    const onward = getComputedStyle(bar).direction === "rtl" ? -by : by;
    const next = tabs[(tabs.indexOf(current) + onward + tabs.length) % tabs.length] ?? "assist";
    show(next);
    heads.get(next)?.focus();
  });
  show("assist");
  if (recall(foldedKey) === "true") fold.set(true);
  return {
    element,
    update: unpressed(element, update),
    show,
    focus: () => heads.get(current)?.focus(),
    concordance: (words, where) => {
      show("concordance");
      concordance.search(words, where);
    },
    glossary: (words) => {
      show("glossary");
      glossary.search(words);
    },
  };
}

/** Folds the column away where it stands under the list: on a phone it takes a third of the screen. */
function folding(app: App, element: () => HTMLElement): { button: HTMLElement; set: (folded: boolean) => void } {
  const set = (folded: boolean) => {
    element().classList.toggle("ed-folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
    remember(foldedKey, String(folded));
  };
  const button = iconButton("down", app.words.t("panels"), () => set(!element().classList.contains("ed-folded")), { class: "ed-icon-button ed-fold", "aria-expanded": "true" });
  return { button, set };
}

function head(app: App, tab: Tab, click: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "ed-tab", role: "tab", id: `ed-tab-${tab}`, "aria-controls": `ed-sheet-${tab}`, title: keyHint(tab), on: { click } }, app.words.t(`tab_${tab}`));
}
