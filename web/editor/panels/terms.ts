// Terms of the glossaries found in the active source.

import type { App } from "../app";
import { button, fill, h } from "../dom";
import { keyHint } from "../keymap";
import { distinctTerms, termInfo, typeName } from "../terminfo";
import type { Term } from "../types";
import { heading, inLanguage, keyCap, note, type Panel } from "./common";

export function termsPanel(app: App): Panel {
  const element = h("section", { class: "ed-panel ed-terms" });
  const update = () => {
    const assist = app.assist();
    const terms = distinctTerms(assist?.terms ?? []);
    const empty = note(app.words.t(assist ? "terms_none" : "loading"));
    fill(element, heading(app, "terms", terms.length), terms.length === 0 ? empty : h("ol", { class: "ed-cards" }, ...terms.map((t, i) => card(app, t, i))), addButton(app));
  };
  return { element, update };
}

function card(app: App, term: Term, index: number): HTMLElement {
  return h(
    "li",
    { class: `ed-card ed-term-card${term.proposed ? " ed-term-proposed" : ""}` },
    h(
      "div",
      { class: "ed-card-head" },
      inLanguage(app, "source", "ed-term-source", term.source),
      h("span", { class: "ed-kind" }, typeName(app, term.type)),
      index < 9 && app.editable() ? keyCap(keyHint("insertTerm", index + 1)) : null,
    ),
    term.proposed ? h("p", { class: "ed-term-note" }, app.words.t("term_waits")) : null,
    ...termInfo(app, term, app.editable() ? (text) => app.insertWords(text) : undefined),
  );
}

function addButton(app: App): HTMLElement | null {
  const { can } = app.data;
  if (!can.propose) return null;
  const title = `${app.words.t("command_addTerm")} (${keyHint("addTerm")})`;
  return button(app.words.t(can.terms ? "add_title" : "add_title_propose"), () => app.run("addTerm"), { class: "ed-button ed-quiet ed-add-term", title });
}
