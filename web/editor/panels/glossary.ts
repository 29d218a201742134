// Searching the glossaries for terms, in either language.

import type { App } from "../app";
import { isAbort } from "../api";
import { fill, h } from "../dom";
import { bestForm, spoken, termInfo, typeName } from "../terminfo";
import type { Entry } from "../types";
import { heading, inLanguage, note, type Panel } from "./common";

export interface GlossaryPanel extends Panel {
  /** Searches for the words and moves the focus to the search box. */
  search(words: string): void;
}

const patience = 200;

export function glossaryPanel(app: App): GlossaryPanel {
  const { words } = app;
  const query = h("input", { type: "search", class: "ed-input", "aria-label": words.t("glossary_query"), placeholder: words.t("glossary_query"), autocomplete: "off", dir: "auto" });
  const results = h("div", { class: "ed-results", "aria-live": "polite" }, note(words.t("glossary_hint")));
  const element = h("section", { class: "ed-panel ed-glossary" }, heading(app, "glossary"), h("div", { class: "ed-search-row" }, query), results);
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let entries: Entry[] = [];
  let chosen = 0;
  let found = "";

  const load = async () => {
    clearTimeout(timer);
    running?.abort();
    const { signal } = (running = new AbortController());
    const q = query.value.trim();
    if (q === "") return show([], false, words.t("glossary_hint"));
    try {
      const answer = await app.api.terms(q, signal);
      if (signal.aborted) return;
      found = q;
      show(answer.entries, answer.more, words.t("glossary_none"));
    } catch (error) {
      if (!isAbort(error)) show([], false, app.problem(error));
    }
  };
  const show = (list: Entry[], more: boolean, otherwise: string) => {
    entries = list;
    const cards = list.map((entry) => card(app, entry));
    const rest = more ? note(words.t("glossary_more")) : null;
    if (list.length === 0) fill(results, note(otherwise));
    else fill(results, h("ol", { class: "ed-cards" }, ...cards), rest);
    choose(0);
  };
  const choose = (index: number) => {
    chosen = index;
    const cards = [...results.querySelectorAll(".ed-card")];
    cards.forEach((other, i) => other.classList.toggle("ed-chosen", i === chosen));
    cards[chosen]?.scrollIntoView({ block: "nearest" });
  };
  /** What is chosen goes into the translation; the answer to the newest words is waited for. */
  const insert = async () => {
    const segment = app.store.active;
    if (query.value.trim() !== found) await load();
    if (query.value.trim() !== found || app.store.active !== segment) return;
    const entry = entries[chosen];
    const text = entry && bestForm(entry);
    if (text && app.editable()) app.insertWords(text);
  };
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), patience);
  });
  query.addEventListener("keydown", (event) => {
    const by = event.code === "ArrowDown" ? 1 : event.code === "ArrowUp" ? -1 : 0;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (by !== 0 && entries.length > 0) {
      choose((chosen + by + entries.length) % entries.length);
      const entry = entries[chosen];
      if (entry) app.notices.say(`${entry.forms[0]?.text ?? ""}: ${spoken(app, entry)}`);
    } else if (event.code === "Enter" || event.code === "NumpadEnter") void insert();
    else return;
    event.preventDefault();
  });
  const search = (text: string) => {
    if (text !== "") query.value = text;
    query.focus();
    query.select();
    void load();
  };
  return { element, update: () => undefined, search };
}

function card(app: App, entry: Entry): HTMLElement {
  const source = entry.forms.filter((form) => form.side === "source" && form.status !== "forbidden");
  const heads = source.map((form) => inLanguage(app, "source", "ed-term-source", form.text));
  const insert = app.editable() ? (text: string) => app.insertWords(text) : undefined;
  return h(
    "li",
    { class: "ed-card ed-term-card" },
    h("div", { class: "ed-card-head" }, h("div", { class: "ed-term-sources" }, ...heads), h("span", { class: "ed-kind" }, typeName(app, entry.type))),
    ...termInfo(app, entry, insert),
  );
}
