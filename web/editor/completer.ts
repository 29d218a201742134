// The list of terms under the word that is being typed. It opens by itself and
// takes Tab, Enter, the arrows and Escape only while it is open.

import { isolateHistory } from "@codemirror/commands";
import { Prec, StateEffect, StateField, type EditorState, type Extension, type Transaction } from "@codemirror/state";
import { EditorView, ViewPlugin, keymap, type ViewUpdate } from "@codemirror/view";
import { completions, offer, runs } from "./completions";
import { fill, h } from "./dom";
import { putBeside } from "./float";
import type { Completion, Language, Term } from "./types";

export interface CompleterOptions {
  language: Language;
  /** Names the list, and what a status or type is called. */
  label: string;
  word: (key: string) => string;
  /** Terms of the glossaries that go on a text; "" never asks. */
  ask: (before: string, signal: AbortSignal) => Promise<Completion[]>;
  /** For screen readers: the list has opened. */
  opened: (items: Completion[]) => void;
}

interface List {
  /** The text before the cursor that it is for. */
  before: string;
  items: Completion[];
  selected: number;
}

interface Completing {
  /** Of the source of the segment. */
  terms: Term[];
  list: List | undefined;
}

const setTerms = StateEffect.define<Term[]>();
const setOthers = StateEffect.define<{ before: string; items: Completion[] }>();
const choose = StateEffect.define<number>();
const close = StateEffect.define<null>();

const patience = 150;
/** Of what was typed, as much as terms are long. */
const asked = 120;
/** More at once is pasted, or written by a program. */
const mostTyped = 20;

const field = StateField.define<Completing>({
  create: () => ({ terms: [], list: undefined }),
  update(value, tr) {
    let { terms, list } = value;
    if (tr.docChanged) list = isTyping(tr, list !== undefined) ? opening(textBefore(tr.newDoc.toString(), tr.newSelection.main.head), terms) : undefined;
    else if (tr.selection) list = undefined;
    for (const effect of tr.effects) {
      if (effect.is(setTerms)) terms = effect.value;
      else if (effect.is(close)) list = undefined;
      else if (effect.is(choose) && list) list = { ...list, selected: effect.value };
      else if (effect.is(setOthers)) list = joined(effect.value, list, terms);
    }
    return terms === value.terms && list === value.list ? value : { terms, list };
  },
  provide: (self) => EditorView.contentAttributes.from(self, ({ list }) => attributes(list)),
});

/** What is typed at the end of a word opens the list; what is deleted only keeps it open. */
function isTyping(tr: Transaction, open: boolean): boolean {
  const { main } = tr.newSelection;
  const doc = tr.newDoc.toString();
  if (!main.empty || /^[\p{L}\p{N}\p{M}\u200c]/u.test(doc.slice(main.head))) return false;
  if (open && tr.isUserEvent("delete.backward")) return true;
  return tr.isUserEvent("input.type") && tr.newDoc.length - tr.startState.doc.length <= mostTyped;
}

/** The text before the cursor, back to the last code. */
function textBefore(doc: string, head: number): string {
  return /[^\ue000-\uf8ff]*$/.exec(doc.slice(Math.max(0, head - asked), head))?.[0] ?? "";
}

function opening(before: string, terms: Term[]): List | undefined {
  const items = offer(before, completions(before, terms));
  return items.length > 0 ? { before, items, selected: 0 } : undefined;
}

/** The answer of the server belongs to the text it was asked for; what is selected stays. */
function joined(others: { before: string; items: Completion[] }, list: List | undefined, terms: Term[]): List | undefined {
  const items = offer(others.before, completions(others.before, terms), others.items);
  return items.length > 0 ? { before: others.before, items, selected: list?.selected ?? 0 } : undefined;
}

const listID = "ed-completions";
const optionID = (index: number) => `ed-completion-${index}`;

function attributes(list: List | undefined): Record<string, string> {
  const always = { "aria-autocomplete": "list", "aria-haspopup": "listbox" };
  return list ? { ...always, "aria-controls": listID, "aria-activedescendant": optionID(list.selected) } : always;
}

/** Whether the list is open: then Escape is for it. */
export function completing(state: EditorState): boolean {
  return state.field(field, false)?.list !== undefined;
}

/** The terms of the source of the segment in the field. */
export function sourceTerms(terms: Term[]): StateEffect<Term[]> {
  return setTerms.of(terms);
}

export function completer(options: CompleterOptions): Extension {
  return [field, drawing(options), EditorView.domEventHandlers({ blur: (_, view) => void shut(view) }), Prec.highest(keymap.of(keys))];
}

const keys = [
  { key: "Tab", run: accept },
  { key: "Enter", run: accept },
  { key: "ArrowDown", run: (view: EditorView) => step(view, 1) },
  { key: "ArrowUp", run: (view: EditorView) => step(view, -1) },
  { key: "Escape", run: shut },
];

function shut(view: EditorView): boolean {
  if (!completing(view.state)) return false;
  view.dispatch({ effects: close.of(null) });
  return true;
}

function step(view: EditorView, by: 1 | -1): boolean {
  const { list } = view.state.field(field);
  if (!list) return false;
  view.dispatch({ effects: choose.of((list.selected + by + list.items.length) % list.items.length) });
  return true;
}

function accept(view: EditorView): boolean {
  const { list } = view.state.field(field);
  const item = list?.items[list.selected];
  if (!item || view.state.readOnly) return false;
  const { head } = view.state.selection.main;
  // A step of its own in undo: taking it back leaves what was typed.
  view.dispatch({ changes: { from: head - item.typed, to: head, insert: item.text }, selection: { anchor: head - item.typed + item.text.length }, userEvent: "input.complete", annotations: isolateHistory.of("full"), scrollIntoView: true });
  return true;
}

function drawing(options: CompleterOptions): Extension {
  return ViewPlugin.fromClass(
    class {
      readonly box = h("ul", { class: "ed-float ed-completions", id: listID, role: "listbox", "aria-label": options.label, hidden: true });
      drawn: List | undefined;
      timer: ReturnType<typeof setTimeout> | undefined;
      running: AbortController | undefined;

      constructor(readonly view: EditorView) {
        this.box.addEventListener("mousedown", (event) => this.click(event));
        addEventListener("resize", this.resized);
      }

      update(update: ViewUpdate): void {
        const typed = update.docChanged && update.transactions.some((tr) => isTyping(tr, this.drawn !== undefined));
        const shut = update.transactions.some((tr) => tr.effects.some((effect) => effect.is(close)));
        // An answer to what stood there before must not open the list again.
        if (update.docChanged || update.selectionSet || shut) this.forget();
        if (typed) this.timer = setTimeout(() => void this.ask(), patience);
        const { list } = update.state.field(field);
        if (list !== this.drawn) this.draw(list);
        if (list) this.place(list);
      }

      destroy(): void {
        this.forget();
        this.box.remove();
        removeEventListener("resize", this.resized);
      }

      forget(): void {
        clearTimeout(this.timer);
        this.running?.abort();
      }

      async ask(): Promise<void> {
        const before = textBefore(this.view.state.doc.toString(), this.view.state.selection.main.head);
        if (runs(before).length === 0) return;
        const { signal } = (this.running = new AbortController());
        try {
          const items = await options.ask(before, signal);
          if (!signal.aborted && this.view.hasFocus && items.length > 0) this.view.dispatch({ effects: setOthers.of({ before, items }) });
        } catch {
          // The terms of the source are there all the same.
        }
      }

      draw(list: List | undefined): void {
        if (list && !this.drawn) options.opened(list.items);
        const same = list?.items === this.drawn?.items;
        this.drawn = list;
        if (!same) fill(this.box, ...(list?.items ?? []).map((item, i) => option(options, item, i)));
        this.box.hidden = list === undefined;
        [...this.box.children].forEach((child, i) => child.setAttribute("aria-selected", String(i === list?.selected)));
        this.box.children[list?.selected ?? 0]?.scrollIntoView?.({ block: "nearest" });
      }

      readonly resized = () => (this.drawn ? this.place(this.drawn) : undefined);

      /** Positions are known only after the text is drawn. */
      place(list: List): void {
        const { view, box } = this;
        view.requestMeasure({
          key: this,
          read: () => view.coordsAtPos(view.state.selection.main.head - (list.items[list.selected]?.typed ?? 0), 1),
          write: (at) => {
            const root = view.dom.closest(".ed");
            if (root && box.parentElement !== root) root.append(box);
            if (at) putBeside(box, at, options.language.dir);
          },
        });
      }

      /** The field keeps the focus. */
      click(event: MouseEvent): void {
        event.preventDefault();
        const index = [...this.box.children].findIndex((child) => event.target instanceof Node && child.contains(event.target));
        if (index < 0) return;
        this.view.dispatch({ effects: choose.of(index) });
        accept(this.view);
      }
    },
  );
}

function option(options: CompleterOptions, item: Completion, index: number): HTMLElement {
  const { tag, dir } = options.language;
  return h(
    "li",
    { class: "ed-completion", role: "option", id: optionID(index), "aria-selected": "false" },
    h("span", { class: "ed-completion-text", lang: tag, dir }, item.text),
    h("span", { class: "ed-completion-source" }, h("bdi", {}, item.source)),
    item.status === "preferred" ? null : h("span", { class: `ed-status-${item.status}` }, options.word(`status_${item.status}`)),
  );
}
