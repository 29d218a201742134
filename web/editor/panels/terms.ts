// Terms of the glossaries found in the active source.

import type { App } from "../app";
import { button, fill, h } from "../dom";
import { keyHint } from "../keymap";
import type { Term } from "../types";
import { heading, inLanguage, keyCap, note, type Panel } from "./common";

export function termsPanel(app: App): Panel {
  const element = h("section", { class: "ed-panel ed-terms" });
  const update = () => {
    const assist = app.assist();
    const terms = assist?.terms ?? [];
    const empty = note(app.words.t(assist ? "terms_none" : "loading"));
    fill(element, heading(app, "terms", terms.length), terms.length === 0 ? empty : h("ol", { class: "ed-cards" }, ...terms.map((t, i) => card(app, t, i))));
  };
  return { element, update };
}

function card(app: App, term: Term, index: number): HTMLElement {
  const { words } = app;
  const [preferred, ...others] = term.targets;
  return h(
    "li",
    { class: "ed-card ed-term-card" },
    h(
      "div",
      { class: "ed-card-head" },
      inLanguage(app, "source", "ed-term-source", term.source),
      h("span", { class: "ed-kind" }, words.has(`type_${term.type}`) ? words.t(`type_${term.type}`) : term.type),
      index < 9 ? keyCap(keyHint("insertTerm", index + 1)) : null,
    ),
    preferred ? choice(app, preferred, true) : null,
    others.length > 0 ? h("div", { class: "ed-variants" }, h("span", { class: "ed-label" }, words.t("term_also")), ...others.map((o) => choice(app, o, false))) : null,
    term.forbidden.length > 0 ? forbidden(app, term.forbidden) : null,
    term.note ? h("p", { class: "ed-term-note" }, h("bdi", {}, term.note)) : null,
    h("div", { class: "ed-origin" }, h("bdi", {}, term.glossary)),
  );
}

function choice(app: App, text: string, preferred: boolean): HTMLElement {
  return button(text, () => app.insertText(text), { class: preferred ? "ed-term ed-term-preferred" : "ed-term", lang: app.data.target.tag, dir: app.data.target.dir, title: app.words.t("insert") });
}

function forbidden(app: App, texts: string[]): HTMLElement {
  const items = texts.map((text) => h("del", { class: "ed-forbidden", lang: app.data.target.tag, dir: app.data.target.dir }, text));
  return h("div", { class: "ed-variants" }, h("span", { class: "ed-label" }, app.words.t("term_forbidden")), ...items);
}
