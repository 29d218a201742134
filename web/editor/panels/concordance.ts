// Searching the memories for words, in either language.

import type { App } from "../app";
import { isAbort } from "../api";
import { button, fill, h } from "../dom";
import { render } from "../render";
import type { Concordance } from "../types";
import { heading, inLanguage, note, origin, type Panel } from "./common";

type Hit = Concordance["hits"][number];

export interface ConcordancePanel extends Panel {
  /** Searches for the words of one side and moves the focus to the search box. */
  search(words: string, side: "source" | "target"): void;
}

const patience = 250;

export function concordancePanel(app: App): ConcordancePanel {
  const { words, data } = app;
  const query = h("input", { type: "search", class: "ed-input", "aria-label": words.t("concordance_query"), placeholder: words.t("concordance_query"), autocomplete: "off" });
  const side = h("select", { class: "ed-select", "aria-label": words.t("concordance_side") }, h("option", { value: "source" }, data.source.name), h("option", { value: "target" }, data.target.name));
  const results = h("div", { class: "ed-results", "aria-live": "polite" });
  const element = h("section", { class: "ed-panel ed-concordance" }, heading(app, "concordance"), h("div", { class: "ed-search-row" }, query, side), results);
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hits: Hit[] = [];

  const searched = (): "source" | "target" => (side.value === "target" ? "target" : "source");

  const load = async (offset: number) => {
    running?.abort();
    const { signal } = (running = new AbortController());
    const q = query.value.trim();
    if (q === "") return fill(results, note(words.t("concordance_hint")));
    try {
      const answer = await app.api.concordance(q, searched(), offset, signal);
      if (signal.aborted) return;
      hits = offset === 0 ? answer.hits : [...hits, ...answer.hits];
      show(answer.total, answer.more);
    } catch (error) {
      if (!isAbort(error)) fill(results, note(app.problem(error)));
    }
  };

  const show = (total: number, open: boolean) => {
    const more = hits.length < total || (open && hits.length > 0) ? button(words.t("concordance_more"), () => void load(hits.length)) : null;
    const count = h("p", { class: "ed-note" }, words.n(open ? "concordance_least" : "concordance_total", total));
    fill(results, count, h("ol", { class: "ed-cards" }, ...hits.map((hit) => card(app, hit, searched()))), more);
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(0), patience);
  };
  const turn = () => {
    query.lang = data[searched()].tag;
    query.dir = query.value === "" ? "" : data[searched()].dir;
  };
  query.addEventListener("input", () => (turn(), soon()));
  side.addEventListener("change", () => (turn(), void load(0)));

  const search = (text: string, where: "source" | "target") => {
    if (text !== "") {
      query.value = text;
      side.value = where;
      turn();
    }
    query.focus();
    query.select();
    void load(0);
  };
  return { element, update: () => undefined, search };
}

function card(app: App, hit: Hit, side: "source" | "target"): HTMLElement {
  const marks = hit.marks.map((mark) => ({ ...mark, class: "ed-hit" }));
  return h(
    "li",
    { class: "ed-card" },
    inLanguage(app, "source", "ed-card-source", render(hit.source, app.codeName, side === "source" ? marks : [])),
    inLanguage(app, "target", "ed-card-target", render(hit.target, app.codeName, side === "target" ? marks : [])),
    h("div", { class: "ed-card-foot" }, origin(app, hit), button(app.words.t("insert"), () => app.insertWords(hit.target.text), { class: "ed-insert" })),
  );
}
