// Matches of the memories for the active segment.

import type { App } from "../app";
import { wordDiff } from "../diff";
import { fill, h } from "../dom";
import { keyHint } from "../keymap";
import { render, renderDiff, type Mark } from "../render";
import { band } from "../segments";
import type { Content, Match } from "../types";
import { heading, inLanguage, keyCap, note, origin, type Panel } from "./common";

export function matchesPanel(app: App): Panel {
  const element = h("section", { class: "ed-panel ed-matches" });
  const update = () => {
    const assist = app.assist();
    const matches = assist?.matches ?? [];
    const empty = note(app.words.t(assist ? "matches_none" : "loading"));
    fill(element, heading(app, "matches", matches.length), matches.length === 0 ? empty : h("ol", { class: "ed-cards" }, ...matches.map((m, i) => card(app, m, i))));
  };
  return { element, update };
}

function card(app: App, match: Match, index: number): HTMLElement {
  const { words } = app;
  const insert = () => app.run("insertMatch", index + 1);
  const exact = match.diff.every((part) => part.kind === "same");
  return h(
    "li",
    { class: "ed-card" },
    h(
      "div",
      { class: "ed-card-head" },
      h("a", { class: `ed-badge ed-badge-${band(match.score, match.kind)}`, href: "/help/matches", target: "_blank", rel: "noopener", title: words.t("score_help") }, words.percent(match.score / 100)),
      h("span", { class: "ed-kind" }, words.t(match.original ? "kind_repaired" : `kind_${match.kind}`)),
      stateOf(app, match),
      index < 9 ? keyCap(keyHint("insertMatch", index + 1)) : null,
      h("button", { type: "button", class: "ed-insert", on: { click: insert }, "aria-label": words.t("insert_match", { number: index + 1 }) }, words.t("insert")),
    ),
    inLanguage(app, "source", "ed-card-source", exact ? render(match.source, app.codeName) : renderDiff(match.diff)),
    inLanguage(app, "target", "ed-card-target", render(match.target, app.codeName, repaired(match), app.invisibles)),
    match.original ? original(app, match.original, index) : null,
    match.penalties.length > 0 ? penalties(app, match) : null,
    origin(app, match),
  );
}

/** The words that the memory has otherwise. */
function repaired(match: Match): Mark[] {
  if (!match.original) return [];
  let at = 0;
  return wordDiff(match.original.text, match.target.text).flatMap(({ kind, text }) => {
    if (kind === "deleted") return [];
    const start = at;
    at += text.length;
    return kind === "inserted" ? [{ start, end: at, class: "ed-repaired" }] : [];
  });
}

/** What the memory holds, one key away. */
function original(app: App, content: Content, index: number): HTMLElement {
  const { words } = app;
  const insert = () => app.run("insertOriginal", index + 1);
  return h(
    "div",
    { class: "ed-original" },
    h(
      "div",
      { class: "ed-card-head" },
      h("span", { class: "ed-label" }, words.t("original")),
      index < 9 ? keyCap(keyHint("insertOriginal", index + 1)) : null,
      h("button", { type: "button", class: "ed-insert", on: { click: insert }, "aria-label": words.t("insert_original", { number: index + 1 }) }, words.t("insert")),
    ),
    inLanguage(app, "target", "ed-card-source", render(content, app.codeName)),
  );
}

function stateOf(app: App, match: Match): HTMLElement | null {
  return match.state === "approved" ? h("span", { class: "ed-approved" }, app.words.t("state_approved")) : null;
}

/** Why the score is what it is: "92 % alike − 3 numbers differ". */
function penalties(app: App, match: Match): HTMLElement {
  const raw = h("li", {}, app.words.t("raw_score", { score: match.raw }));
  const items = match.penalties.map((p) => h("li", {}, h("span", { class: "ed-points", dir: "ltr" }, app.words.number(-p.points)), " ", p.message));
  return h("ul", { class: "ed-penalties" }, raw, ...items);
}
