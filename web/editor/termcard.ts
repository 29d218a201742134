// The card of a term of the active source: beside the term under the mouse, or
// one term after another by a key. The field keeps the focus.

import type { App } from "./app";
import { fill, h } from "./dom";
import { putBeside } from "./float";
import { keyHint } from "./keymap";
import { inLanguage, keyCap } from "./panels/common";
import { distinctTerms, sameTerm, spoken, termInfo, typeName } from "./terminfo";
import type { Term } from "./types";

export interface TermCard {
  element: HTMLElement;
  /** Place in the list of the term shown by the key; undefined for none. */
  shown(): number | undefined;
  /** Shows the next term of the segment; after the last one the card goes away. */
  next(): boolean;
  /** Takes the card away; false when there is none. */
  close(): boolean;
  /** Follows the mouse over an element that holds the sources. */
  watch(list: HTMLElement): void;
}

const comesAfter = 150;
const goesAfter = 250;

export function termCard(app: App): TermCard {
  const element = h("div", { class: "ed-float ed-term-float", role: "group", hidden: true });
  let index = -1;
  let byKey = false;
  let segment = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const terms = () => app.assist()?.terms ?? [];
  const known = () => distinctTerms(terms());
  const anchor = () => app.list.element.querySelector<HTMLElement>(`.ed-active .ed-source [data-term="${index}"]`);
  const later = (run: () => void, wait: number) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };

  const close = () => {
    clearTimeout(timer);
    if (element.hidden) return false;
    element.hidden = true;
    index = -1;
    byKey = false;
    app.list.refresh([segment]);
    return true;
  };
  const show = (wanted: number, key: boolean) => {
    const term = terms()[wanted];
    if (!term) return;
    [index, byKey, segment] = [wanted, key, app.store.active];
    element.hidden = false;
    const rank = known().findIndex((other) => sameTerm(other, term));
    element.setAttribute("aria-label", app.words.t("term_card", { number: rank + 1, total: known().length }));
    fill(element, ...content(app, term, rank));
    app.list.refresh([segment]);
    place();
  };
  const place = () => {
    const mark = anchor();
    const lines = mark?.getClientRects();
    if (lines?.[0]) putBeside(element, lines[0], app.data.source.dir);
    else close();
  };
  const next = () => {
    const rest = byKey && segment === app.store.active ? known().filter((term) => terms().indexOf(term) > index) : known();
    const [term] = rest;
    if (!term) {
      if (known().length === 0) app.notices.toast(app.words.t("terms_none"));
      close();
      return true;
    }
    app.list.reveal(app.store.active);
    show(terms().indexOf(term), true);
    app.notices.say(`${element.getAttribute("aria-label")}: ${app.words.t("term_chosen", { term: term.source, type: typeName(app, term.type), forms: spoken(app, term) })}`);
    return true;
  };

  const over = (event: MouseEvent) => {
    const mark = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-term]") : null;
    if (mark) later(() => show(Number(mark.dataset["term"]), false), element.hidden ? comesAfter : 0);
    else if (!byKey && !element.hidden) later(close, goesAfter);
  };
  const watch = (list: HTMLElement) => {
    list.addEventListener("mouseover", over);
    list.addEventListener("mouseleave", () => (byKey ? undefined : later(close, goesAfter)));
    list.addEventListener("scroll", () => (element.hidden ? undefined : byKey ? place() : close()), { passive: true });
    element.addEventListener("mouseenter", () => clearTimeout(timer));
    element.addEventListener("mouseleave", () => (byKey ? undefined : later(close, goesAfter)));
    addEventListener("resize", () => (element.hidden ? undefined : place()));
    // The field keeps the focus and its selection while a form is clicked.
    element.addEventListener("mousedown", (event) => event.preventDefault());
    app.store.subscribe((change) => (change.kind === "active" || change.kind === "list" ? close() : undefined));
  };
  return { element, shown: () => (byKey && segment === app.store.active ? index : undefined), next, close, watch };
}

function content(app: App, term: Term, index: number): HTMLElement[] {
  const insert = app.editable() ? (text: string) => app.insertWords(text) : undefined;
  const head = h(
    "div",
    { class: "ed-card-head" },
    inLanguage(app, "source", "ed-term-source", term.source),
    h("span", { class: "ed-kind" }, typeName(app, term.type)),
    index < 9 && insert ? keyCap(keyHint("insertTerm", index + 1)) : null,
  );
  const others = term.forms.filter((form) => form.side === "source" && form.text !== term.source && form.status !== "forbidden");
  const also = others.map((form) => inLanguage(app, "source", "ed-form-also", form.text));
  const info = termInfo(app, term, insert).filter((child) => child instanceof HTMLElement);
  return [head, ...(also.length > 0 ? [h("div", { class: "ed-variants" }, h("span", { class: "ed-label" }, app.words.t("term_also")), ...also)] : []), ...info];
}
