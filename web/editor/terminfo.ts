// What is known about a term, drawn the same in the panel, the card and the
// results of a search.

import type { App } from "./app";
import { button, h, type Child } from "./dom";
import { lean } from "./lean";
import type { Entry, Term, TermForm } from "./types";

/** What the glossary says of a concept, whether found in a source or looked up. */
export type Known = Pick<Entry | Term, "type" | "domain" | "note" | "keep" | "glossary" | "link" | "forms">;

/** What a form is written into the translation by; undefined where it cannot be. */
export type Insert = ((text: string) => void) | undefined;

/** The forms to write, those not to write, and who says so. */
export function termInfo(app: App, term: Known, insert: Insert): Child[] {
  const { words } = app;
  const target = term.forms.filter((form) => form.side === "target");
  const shown = term.keep ? [...sourceAsIs(term), ...target] : target;
  return [
    shown.length > 0 ? h("ul", { class: "ed-forms" }, ...shown.map((form) => formItem(app, form, insert))) : null,
    term.keep ? h("p", { class: "ed-term-note" }, words.t("term_keep")) : null,
    term.note ? h("p", { class: "ed-term-note" }, h("bdi", { dir: lean(term.note) }, term.note)) : null,
    h("div", { class: "ed-origin" }, ...origin(app, term)),
  ];
}

/** Of a concept that is not translated the source terms stand in the target. */
function sourceAsIs(term: Known): TermForm[] {
  return term.forms.filter((form) => form.side === "source" && form.status !== "forbidden");
}

function formItem(app: App, form: TermForm, insert: Insert): HTMLElement {
  const { words, data } = app;
  const language = data[form.side];
  const text = form.status === "forbidden" || !insert
    ? h(form.status === "forbidden" ? "del" : "span", { class: `ed-form ed-form-${form.status}`, lang: language.tag, dir: language.dir }, form.text)
    : button(form.text, () => insert(form.text), { class: `ed-term ed-form-${form.status}`, lang: language.tag, dir: language.dir, title: words.t("insert") });
  const facts = [form.lasting, form.note].filter((fact) => fact !== "");
  return h("li", {}, text, h("span", { class: `ed-form-status ed-form-status-${form.status}` }, words.t(`status_${form.status}`)), ...facts.map((fact) => h("span", { class: "ed-form-fact" }, h("bdi", {}, fact))));
}

function origin(app: App, term: Known): Child[] {
  const link = h("a", { href: term.link, target: "_blank", rel: "noopener", title: app.words.t("term_open") }, h("bdi", {}, term.glossary));
  return [term.domain ? h("bdi", {}, term.domain) : null, term.domain ? h("span", { "aria-hidden": "true" }, " · ") : null, link];
}

export function typeName(app: App, type: string): string {
  return app.words.has(`type_${type}`) ? app.words.t(`type_${type}`) : type;
}

/** The forms of one side, the best first, for whoever hears them. */
export function spoken(app: App, term: Known): string {
  const { words } = app;
  const forms = term.forms.filter((form) => form.side === "target").map((form) => `${words.t(`status_${form.status}`)}: ${form.text}`);
  return words.list([...forms, ...[term.keep ? words.t("term_keep") : "", term.note, term.domain, term.glossary].filter((part) => part !== "")]);
}

/** Whether two terms of a source are the same concept with the same forms to write. */
export function sameTerm(a: Term, b: Term): boolean {
  return a.concept === b.concept && a.proposed === b.proposed && (a.concept !== 0 || a.source === b.source) && a.targets.join("\n") === b.targets.join("\n");
}

/** The terms of a source, each once, where it stands first. */
export function distinctTerms(terms: Term[]): Term[] {
  return terms.filter((term, i) => terms.findIndex((other) => sameTerm(other, term)) === i);
}

/** What to write for a concept: its preferred form, else an admitted one; undefined when there is none. */
export function bestForm(term: Known): string | undefined {
  const target = term.forms.filter((form) => form.side === "target");
  const best = target.find((form) => form.status === "preferred") ?? target.find((form) => form.status === "admitted");
  return (term.keep ? sourceAsIs(term)[0] : undefined)?.text ?? best?.text;
}
