// Adding a term from what is selected in both columns, without leaving the
// segment; those who may not add it propose it.

import { isAbort } from "./api";
import type { App } from "./app";
import { button, fill, h, type Child } from "./dom";
import { isolate } from "./i18n";
import { foot, openModal } from "./modal";
import { inLanguage } from "./panels/common";
import { keyOf } from "./search";
import { settle } from "./settle";
import { termInfo, typeName } from "./terminfo";
import type { Entry, Issue, Term, TermDraft } from "./types";

/** What the dialog starts with. */
export interface Start {
  source: string;
  target: string;
  /** Concept that gets another form; 0 for a new one. */
  concept?: number;
}

/** Opens the dialog with what is selected in the two columns. */
export function addTerm(app: App): boolean {
  if (!app.data.can.propose || !app.active()) return false;
  void open(app, { source: app.selectedSource(), target: app.target.selected().trim() });
  return true;
}

/** Opens the dialog for another form of a term that the translation does not use as it should. */
export function addForm(app: App, issue: Issue): void {
  const term = termOf(app, issue);
  const found = issue.side === "target" ? (app.active()?.target.text.slice(issue.start, issue.end) ?? "") : "";
  void open(app, { source: "", target: app.target.selected().trim() || found, concept: term?.concept ?? 0 });
}

/** The term of the source that an issue complains about. */
export function termOf(app: App, issue: Issue): Term | undefined {
  const source = app.active()?.source.text ?? "";
  return app.assist()?.terms.find((term) => source.slice(term.start, term.end) === issue.term);
}

const patience = 250;

/** A second key press waits for the dialog of the first. */
let opening = false;

/** The answer is about saved text, so that what is typed is sent first. */
async function open(app: App, start: Start): Promise<void> {
  const id = app.store.active;
  if (opening) return;
  opening = true;
  try {
    if (!(await settle(app, [id])) || app.store.active !== id) return;
    const term = start.concept ? app.assist()?.terms.find((t) => t.concept === start.concept) : undefined;
    const draft = await app.api.draftTerm(id, start.source, start.target);
    if (app.store.active !== id) return;
    if (draft.glossaries.length === 0) return app.notices.alarm(app.words.t("add_nowhere"));
    new AddDialog(app, id, draft, start, term).show();
  } catch (error) {
    app.notices.alarm(app.problem(error));
  } finally {
    opening = false;
  }
}

class AddDialog {
  private readonly source: HTMLInputElement;
  private readonly target: HTMLInputElement;
  private readonly type = h("select", { class: "ed-select", id: "ed-add-type" });
  private readonly glossary = h("select", { class: "ed-select", id: "ed-add-glossary" });
  private readonly status = h("select", { class: "ed-select", id: "ed-add-status" });
  private readonly note = h("textarea", { class: "ed-input", id: "ed-add-note", rows: 2, dir: "auto" });
  private readonly comment = h("input", { class: "ed-input", id: "ed-add-comment", dir: "auto", autocomplete: "off" });
  private readonly same = h("div", { class: "ed-add-same", "aria-live": "polite" });
  private readonly names = h("div", { class: "ed-chips" });
  private readonly candidates = h("div", { class: "ed-chips" });
  private readonly problem = h("p", { class: "ed-add-problem", role: "alert", hidden: true });
  private running: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private concept: number;
  /** Whether the person chose the type, or the entry: then no guess replaces it. */
  private typed = false;
  private decided: boolean;
  /** A term sent twice would stand there twice. */
  private sending = false;

  constructor(
    private readonly app: App,
    private readonly segment: number,
    private draft: TermDraft,
    start: Start,
    private readonly term: Term | undefined,
  ) {
    this.source = this.input("source", "ed-add-source");
    this.target = this.input("target", "ed-add-target");
    this.source.value = start.source;
    this.target.value = start.target;
    this.concept = start.concept ?? 0;
    this.decided = this.concept !== 0;
  }

  show(): void {
    const { words, data } = this.app;
    const { can } = data;
    fill(this.type, ...this.draft.types.map((type) => h("option", { value: type }, typeName(this.app, type))));
    fill(this.glossary, ...this.draft.glossaries.map(({ id, name }) => h("option", { value: id }, isolate(name))));
    fill(this.status, ...["admitted", "preferred", "forbidden"].map((status) => h("option", { value: status }, words.t(`status_${status}`))));
    const form = h(
      "form",
      {},
      h("div", { class: "ed-add-pair" }, this.field("source", this.source, this.names), this.field("target", this.target, this.candidates)),
      this.same,
      h("div", { class: "ed-add-row ed-add-new" }, labelled(words.t("add_type"), this.type), labelled(words.t("add_glossary"), this.glossary)),
      h("div", { class: "ed-add-row ed-add-form" }, labelled(words.t("add_status"), this.status)),
      h("div", { class: "ed-add-new" }, labelled(words.t("add_note"), this.note)),
      can.terms ? null : labelled(words.t("add_comment"), this.comment),
      this.problem,
      foot(this.app, words.t(can.terms ? "add_do" : "add_do_propose"), "ed-primary"),
    );
    const dialog = openModal(this.app, words.t(can.terms ? "add_title" : "add_title_propose"), "ed-add", form);
    form.addEventListener("submit", (event) => (event.preventDefault(), void this.send(dialog)));
    this.type.addEventListener("change", () => (this.typed = true));
    for (const input of [this.source, this.target]) input.addEventListener("input", () => this.soon());
    dialog.addEventListener("close", () => (clearTimeout(this.timer), this.running?.abort()));
    this.redraw();
    (this.source.value === "" && this.concept === 0 ? this.source : this.target).focus();
  }

  private input(side: "source" | "target", id: string): HTMLInputElement {
    const { tag, dir } = this.app.data[side];
    return h("input", { class: "ed-input", id, lang: tag, dir, autocomplete: "off", spellcheck: "true" });
  }

  private field(side: "source" | "target", input: HTMLInputElement, below: HTMLElement): HTMLElement {
    const label = this.app.words.t("add_pair", { language: this.app.data[side].name });
    return h("div", {}, h("label", { for: input.id }, label), input, below);
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), patience);
  }

  /** What the glossaries have already, and better guesses, for what stands in the fields now. */
  private async look(): Promise<void> {
    this.running?.abort();
    const { signal } = (this.running = new AbortController());
    try {
      const draft = await this.app.api.draftTerm(this.segment, this.source.value.trim(), this.target.value.trim(), signal);
      if (signal.aborted) return;
      this.draft = draft;
      this.redraw();
    } catch (error) {
      if (!isAbort(error)) this.fail(error);
    }
  }

  private redraw(): void {
    const { words } = this.app;
    if (!this.typed) this.type.value = this.draft.type;
    fill(this.names, ...this.chips("source", "add_names", this.draft.names.filter((name) => name !== this.source.value), this.source));
    fill(this.candidates, ...this.chips("target", "add_candidates", this.draft.candidates.filter((text) => text !== this.target.value), this.target));
    const known: { concept: number; entry: Entry | Term }[] = this.draft.same.map((entry) => ({ concept: entry.concept, entry }));
    const { term } = this;
    if (term && !known.some(({ concept }) => concept === term.concept)) known.unshift({ concept: term.concept, entry: term });
    // Who selects a term that is there already most likely means another form of it.
    const source = keyOf(this.source.value);
    const same = known.find(({ entry }) => entry.forms.some((form) => form.side === "source" && keyOf(form.text) === source));
    if (!this.decided) this.concept = same?.concept ?? 0;
    if (!known.some(({ concept }) => concept === this.concept)) this.concept = 0;
    const items = known.map(({ concept, entry }) => this.choice(concept, words.t("add_variant_of", { term: nameOf(entry) }), entry));
    fill(this.same, ...(items.length > 0 ? [h("fieldset", {}, h("legend", {}, words.t("add_same")), ...items, this.choice(0, words.t("add_new")))] : []));
    this.follow();
  }

  private choice(concept: number, label: string, entry?: Entry | Term): HTMLElement {
    const input = h("input", { type: "radio", name: "ed-add-concept", value: concept, checked: concept === this.concept });
    input.addEventListener("change", () => {
      this.concept = concept;
      this.decided = true;
      this.follow();
    });
    const info = entry ? h("div", { class: "ed-add-known" }, ...termInfo(this.app, entry, undefined)) : null;
    return h("div", { class: "ed-add-choice" }, h("label", { class: "ed-check" }, input, h("span", {}, label)), info);
  }

  /** Type, note and glossary are those of the entry that is there; a status is only for another form. */
  private follow(): void {
    for (const part of this.source.form?.querySelectorAll<HTMLElement>(".ed-add-new") ?? []) part.hidden = this.concept !== 0;
    for (const part of this.source.form?.querySelectorAll<HTMLElement>(".ed-add-form") ?? []) part.hidden = this.concept === 0;
  }

  private chips(side: "source" | "target", key: string, texts: string[], into: HTMLInputElement): Child[] {
    if (texts.length === 0) return [];
    const take = (text: string) => {
      into.value = text;
      into.focus();
      void this.look();
    };
    const items = texts.map((text) => {
      const chip = button("", () => take(text), { class: "ed-button ed-chip" });
      chip.append(inLanguage(this.app, side, "", text));
      return chip;
    });
    return [h("span", { class: "ed-label" }, this.app.words.t(key)), ...items];
  }

  private async send(dialog: HTMLDialogElement): Promise<void> {
    const { app, segment } = this;
    if (this.sending) return;
    this.sending = true;
    try {
      const answer = await app.api.addTerm(segment, {
        concept: this.concept,
        glossary: Number(this.glossary.value),
        source: this.source.value.trim(),
        target: this.target.value.trim(),
        type: this.type.value,
        note: this.note.value.trim(),
        status: this.concept === 0 ? "preferred" : (this.status.value as "admitted"),
        comment: this.comment.value.trim(),
      });
      dialog.close();
      app.takeTerms(segment, answer);
      app.notices.toast(app.words.t(answer.proposed ? "added_proposal" : "added"));
    } catch (error) {
      this.fail(error);
    } finally {
      this.sending = false;
    }
  }

  /** What was typed stays. */
  private fail(error: unknown): void {
    this.problem.hidden = false;
    this.problem.textContent = this.app.problem(error);
  }
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  return h("div", {}, h("label", { for: control.id }, text), control);
}

/** What an entry is called: its first form. */
function nameOf(entry: Entry | Term): string {
  return entry.forms[0]?.text ?? "";
}
