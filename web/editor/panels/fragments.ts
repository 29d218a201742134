// Phrases of the active source that the memories hold, as pieces to write with.

import type { App } from "../app";
import { button, fill, h } from "../dom";
import { lacksMatch } from "../fragments";
import { isolate } from "../i18n";
import { keyHint } from "../keymap";
import type { Fragment, FragmentTranslation } from "../types";
import { heading, inLanguage, keyCap, note, type Panel } from "./common";

export function fragmentsPanel(app: App): Panel {
  const element = h("section", { class: "ed-panel ed-fragments" });
  const update = () => {
    const segment = app.active();
    const assist = app.assist();
    element.hidden = !segment || !assist;
    if (!segment || !assist) return;
    const { id } = segment;
    app.fragments.leaveFor(id);
    if (lacksMatch(assist)) app.fragments.want(id, segment.source.text);
    const list = app.fragments.get(id, segment.source.text);
    const ask = () => {
      app.fragments.want(id, segment.source.text, 0);
      update();
    };
    fill(element, head(app, list?.length), list ? pieces(app, list) : app.fragments.waits(id) ? note(app.words.t("loading")) : button(app.words.t("fragments_show"), ask, { class: "ed-button" }));
  };
  return { element, update };
}

function head(app: App, count: number | undefined): HTMLElement {
  const element = heading(app, "fragments", count);
  if (count) element.append(" ", keyCap(keyHint("insertFragment")));
  return element;
}

function pieces(app: App, list: Fragment[]): HTMLElement {
  if (list.length === 0) return note(app.words.t("fragments_none"));
  return h("ol", { class: "ed-cards" }, ...list.map((fragment) => card(app, fragment)));
}

function card(app: App, fragment: Fragment): HTMLElement {
  const { words } = app;
  const count = words.n(fragment.more ? "fragment_units_more" : "fragment_units", fragment.count);
  return h(
    "li",
    { class: "ed-card ed-fragment" },
    h("div", { class: "ed-card-head" }, inLanguage(app, "source", "ed-term-source", fragment.source), h("span", { class: "ed-kind" }, count)),
    h("div", { class: "ed-variants" }, ...fragment.translations.map((translation) => choice(app, translation))),
  );
}

/** A translation to insert, with the number of units that have it; where it comes from is its tooltip. */
function choice(app: App, translation: FragmentTranslation): HTMLElement {
  const { words, data } = app;
  const { author, changed, document, memory } = translation;
  const from = [author, words.date(changed), document, memory].filter((part) => part !== "").map(isolate).join(" · ");
  const sure = words.t("fragment_sure", { percent: words.percent(Math.round(translation.confidence * 100) / 100) });
  const text = h("bdi", { lang: data.target.tag, dir: data.target.dir }, translation.text);
  const insert = () => app.insertWords(translation.text);
  const props = { type: "button", class: "ed-term", title: from === "" ? sure : `${sure}\n${from}`, on: { click: insert } } as const;
  return h("button", props, text, " ", h("span", { class: "ed-count" }, words.number(translation.count)));
}
