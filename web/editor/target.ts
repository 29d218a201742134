// The target field: one CodeMirror that moves from row to row.

import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { Compartment, EditorState, Prec, StateEffect, StateField, Transaction, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, MatchDecorator, ViewPlugin, keymap, placeholder, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { chips, chipSettings } from "./chips";
import { sourceTerms } from "./completer";
import { codeTable, docRange, fromDoc, missingCodes, sameContent, toDoc, type CodeTable } from "./content";
import { smallest, together, type Edit } from "./fixes";
import { finder } from "./search";
import { invisibleClass, invisiblePattern, issueClass } from "./render";
import { spaced } from "./spacing";
import type { Code, Content, Issue, Language, Segment, Term } from "./types";

export interface TargetOptions {
  language: Language;
  nonce: string;
  placeholder: string;
  /** What CodeMirror tells screen readers, by its English words. */
  phrases: Record<string, string>;
  codeName: (code: Code) => string;
  /** The person changed the text. */
  changed: (content: Content) => void;
  /** Cursor or selection moved. */
  moved: () => void;
  /** What the field can do beside. */
  extensions: Extension;
}

const setIssues = StateEffect.define<{ from: number; to: number; class: string; title: string }[]>();

/** Underlines of issues; they move along while the text before them changes. */
const issueField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, tr) {
    marks = marks.map(tr.changes);
    for (const effect of tr.effects) {
      if (effect.is(setIssues)) marks = Decoration.set(effect.value.map(issueMark), true);
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function issueMark(issue: { from: number; to: number; class: string; title: string }, index: number): Range<Decoration> {
  return Decoration.mark({ class: issue.class, attributes: { title: issue.title }, index }).range(issue.from, issue.to);
}

const setTerms = StateEffect.define<string[]>();

interface TermMarks {
  words: string[];
  marks: DecorationSet;
}

/** Dotted lines under the terms of the glossary that the translation uses. */
const termField = StateField.define<TermMarks>({
  create: () => ({ words: [], marks: Decoration.none }),
  update(value, tr) {
    const words = tr.effects.find((effect) => effect.is(setTerms))?.value as string[] | undefined;
    if (!words && !tr.docChanged) return value;
    return { words: words ?? value.words, marks: termMarks(tr.newDoc.toString(), words ?? value.words) };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.marks),
});

const termMark = Decoration.mark({ class: "ed-term-mark" });

function termMarks(doc: string, words: string[]): DecorationSet {
  const spans = words.flatMap((word) => finder(word)(doc));
  return Decoration.set(spans.map(({ start, end }) => termMark.range(start, end)), true);
}

const matcher = new MatchDecorator({
  regexp: invisiblePattern,
  decoration: (found) => Decoration.mark({ class: invisibleClass(found[0]) }),
});

const invisiblesPlugin = ViewPlugin.fromClass(
  class {
    marks: DecorationSet;
    constructor(view: EditorView) {
      this.marks = matcher.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.marks = matcher.updateDeco(update, this.marks);
    }
  },
  { decorations: (plugin) => plugin.marks },
);

const rememberedStates = 50;

export class Target {
  readonly view: EditorView;
  private segment: Segment | undefined;
  private table: CodeTable = codeTable();
  private issues: Issue[] = [];
  /** The text the issues were found in. */
  private checked = "";
  /** Fields left behind, so that undo still works when one comes back. */
  private readonly left = new Map<number, { state: EditorState; table: CodeTable }>();
  private readonly direction = new Compartment();
  private readonly invisibles = new Compartment();
  private readonly lock = new Compartment();
  private flipped = false;
  private showing = false;
  private label = "";

  constructor(private readonly options: TargetOptions) {
    this.view = new EditorView({ state: EditorState.create({ extensions: EditorView.cspNonce.of(options.nonce) }), dispatchTransactions: (trs) => this.dispatch(trs) });
  }

  /** Shows a segment. `label` names the field for screen readers. */
  open(segment: Segment, label: string, readOnly: boolean): void {
    this.leave();
    this.segment = segment;
    this.label = label;
    this.flipped = false;
    this.issues = [];
    const old = this.left.get(segment.id);
    const kept = old && sameContent(fromDoc(old.state.doc.toString(), old.table), segment.target) ? old : undefined;
    this.table = kept?.table ?? codeTable(segment.source, segment.target);
    this.view.setState(kept?.state ?? this.create(toDoc(segment.target, this.table)));
    this.view.dispatch({
      effects: [this.lock.reconfigure(lockOf(readOnly)), this.direction.reconfigure(this.attributes()), this.invisibles.reconfigure(this.showing ? invisiblesPlugin : []), setIssues.of([])],
      selection: { anchor: this.view.state.doc.length },
    });
  }

  /** Shows a segment whose source is another one now: what was typed before cannot be undone into it. */
  renew(segment: Segment, label: string, readOnly: boolean): void {
    this.segment = undefined;
    this.left.delete(segment.id);
    this.open(segment, label, readOnly);
  }

  /** Names the field anew: its segment has another number. */
  rename(label: string): void {
    if (this.label === label) return;
    this.label = label;
    this.view.dispatch({ effects: this.direction.reconfigure(this.attributes()) });
  }

  /** Forgets the fields left behind. */
  forget(): void {
    this.left.clear();
  }

  get id(): number {
    return this.segment?.id ?? 0;
  }

  content(): Content {
    return fromDoc(this.view.state.doc.toString(), this.table);
  }

  /** Replaces the text as one step that undo takes back. */
  replace(content: Content): void {
    this.change(0, this.view.state.doc.length, toDoc(content, this.table), "input.complete");
  }

  /** Shows what the server has now; not a change of the person, and not in undo. */
  show(segment: Segment): void {
    const content = segment.target;
    if (sameContent(content, this.content())) return;
    if (content.codes.some((code) => !this.table.charOf(code))) return this.reopen(segment);
    const doc = toDoc(content, this.table);
    const head = Math.min(this.view.state.selection.main.head, doc.length);
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: doc }, selection: { anchor: head }, annotations: Transaction.addToHistory.of(false) });
  }

  /** Writes text over the selection; more than a sign is undone by itself. */
  insert(text: string): void {
    const { from, to } = this.view.state.selection.main;
    this.change(from, to, text, text.length > 1 ? "input.complete" : "input.type");
  }

  /** Writes words over the selection, apart from the words beside it. */
  insertWords(words: string): void {
    const { state } = this.view;
    const { from, to } = state.selection.main;
    this.insert(spaced(state.sliceDoc(Math.max(0, from - 2), from), words, state.sliceDoc(to, to + 2)));
  }

  /** Writes signs around the selection, which stays selected. */
  wrap(open: string, close: string): void {
    const { from, to } = this.view.state.selection.main;
    if (this.view.state.readOnly) return;
    const changes = [
      { from, insert: open },
      { from: to, insert: close },
    ];
    this.view.dispatch({ changes, selection: { anchor: from + open.length, head: to + open.length }, userEvent: "input.type", scrollIntoView: true });
  }

  /** Writes codes at the cursor. */
  insertCodes(codes: Code[]): void {
    const { from, to } = this.view.state.selection.main;
    this.change(from, to, codes.map((code) => this.table.charOf(code) ?? "").join(""), "input.complete");
  }

  /** Codes of the source that the field lacks. */
  missing(): Code[] {
    return this.segment ? missingCodes(this.segment.source, this.content()) : [];
  }

  selected(): string {
    const { from, to } = this.view.state.selection.main;
    return fromDoc(this.view.state.sliceDoc(from, to), this.table).text;
  }

  showIssues(issues: Issue[]): void {
    this.issues = issues.filter((issue) => issue.side === "target");
    const content = this.content();
    const length = this.view.state.doc.length;
    this.checked = this.view.state.doc.toString();
    const marks = this.issues.map((issue) => {
      const { from, to } = docRange(content, issue.start, issue.end);
      return { from: Math.min(from, length), to: Math.min(to, length), class: issueClass(issue), title: issue.message };
    });
    this.view.dispatch({ effects: setIssues.of(marks.filter((m) => m.from < m.to)) });
  }

  /** Marks where the approved forms of the terms of the source stand, and completes them. */
  showTerms(terms: Term[]): void {
    this.view.dispatch({ effects: [setTerms.of(terms.flatMap((term) => term.targets)), sourceTerms(terms)] });
  }

  /** Selects what the issue points at. */
  jump(issue: Issue): void {
    const range = this.rangeOf(issue);
    if (range) this.view.dispatch({ selection: { anchor: range.from, head: range.to }, scrollIntoView: true });
    this.view.focus();
  }

  /** Writes the fix of an issue over its span; false when the text there has changed since. */
  fix(issue: Issue): boolean {
    const edit = this.editOf(issue);
    if (!edit || this.view.state.readOnly) return false;
    this.change(edit.from, edit.to, edit.insert, "input.complete");
    return true;
  }

  /** Makes all fixes that can be made together, as one step that undo takes back; returns how many. */
  fixAll(issues: Issue[]): number {
    const changes = together(issues).flatMap((issue) => this.editOf(issue) ?? []);
    if (changes.length === 0 || this.view.state.readOnly) return 0;
    this.view.dispatch({ changes, userEvent: "input.complete", annotations: isolateHistory.of("full"), scrollIntoView: true });
    return changes.length;
  }

  /** Turns the field the other way round, for this segment only. */
  flip(): void {
    this.flipped = !this.flipped;
    this.view.dispatch({ effects: this.direction.reconfigure(this.attributes()) });
  }

  setInvisibles(on: boolean): void {
    this.showing = on;
    this.view.dispatch({ effects: this.invisibles.reconfigure(on ? invisiblesPlugin : []) });
  }

  setReadOnly(readOnly: boolean): void {
    if (this.view.state.readOnly !== readOnly) this.view.dispatch({ effects: this.lock.reconfigure(lockOf(readOnly)) });
  }

  private leave(): void {
    if (!this.segment) return;
    this.left.delete(this.segment.id);
    this.left.set(this.segment.id, { state: this.view.state, table: this.table });
    const oldest = this.left.keys().next().value;
    if (this.left.size > rememberedStates && oldest !== undefined) this.left.delete(oldest);
  }

  private create(doc: string): EditorState {
    const extensions: Extension[] = [
      EditorView.cspNonce.of(this.options.nonce),
      EditorState.lineSeparator.of("\n"),
      EditorView.lineWrapping,
      EditorView.perLineTextDirection.of(true),
      history(),
      Prec.high(keymap.of([{ key: "Enter", run: () => !this.segment?.source.text.includes("\n") }])),
      keymap.of([...historyKeymap, ...defaultKeymap.filter((b) => b.key !== "Mod-/" && b.key !== "Alt-A" && b.key !== "Mod-i")]),
      chipSettings.of({ table: this.table, name: this.options.codeName }),
      chips(),
      issueField,
      termField,
      this.options.extensions,
      placeholder(this.options.placeholder),
      EditorState.phrases.of(this.options.phrases),
      this.direction.of([]),
      this.invisibles.of([]),
      this.lock.of([]),
    ];
    return EditorState.create({ doc, extensions });
  }

  /** The direction comes from the language, never from the text: a Persian sentence may begin with a Latin name (PERSIAN.md G1). */
  private attributes(): Extension {
    const { tag, dir } = this.options.language;
    const other = dir === "rtl" ? "ltr" : "rtl";
    return EditorView.contentAttributes.of({ lang: tag, dir: this.flipped ? other : dir, spellcheck: "true", "aria-label": this.label });
  }

  private dispatch(trs: readonly Transaction[]): void {
    this.view.update(trs);
    if (trs.some((tr) => tr.docChanged && isPersons(tr))) this.options.changed(this.content());
    if (trs.some((tr) => tr.selection)) this.options.moved();
  }

  private change(from: number, to: number, insert: string, userEvent: string): void {
    if (this.view.state.readOnly) return;
    const annotations = userEvent === "input.complete" ? isolateHistory.of("full") : undefined;
    this.view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent, annotations, scrollIntoView: true });
  }

  /** A text with codes that are new to the field needs characters for them. */
  private reopen(segment: Segment): void {
    this.renew(segment, this.label, this.view.state.readOnly);
  }

  private editOf(issue: Issue): Edit | undefined {
    const range = issue.fix === undefined ? undefined : this.rangeOf(issue);
    if (!range) return undefined;
    return smallest(this.view.state.doc.toString(), range.from, range.to, issue.fix ?? "", (char) => this.table.codeOf(char) !== undefined);
  }

  /** Where the text of an issue stands now; undefined when it has changed since the issue was found. */
  private rangeOf(issue: Issue): { from: number; to: number } | undefined {
    const index = this.issues.indexOf(issue);
    let found: { from: number; to: number } | undefined;
    this.view.state.field(issueField).between(0, this.view.state.doc.length, (from, to, mark) => {
      if (mark.spec.index === index) found = { from, to };
    });
    const doc = this.view.state.doc.toString();
    if (!found) return doc === this.checked ? clip(docRange(this.content(), issue.start, issue.end), doc.length) : undefined;
    const before = fromDoc(this.checked, this.table).text.slice(issue.start, issue.end);
    return fromDoc(doc.slice(found.from, found.to), this.table).text === before ? found : undefined;
  }
}

function clip(range: { from: number; to: number }, length: number): { from: number; to: number } {
  return { from: Math.min(range.from, length), to: Math.min(range.to, length) };
}

function lockOf(readOnly: boolean): Extension {
  return [EditorState.readOnly.of(readOnly), EditorView.contentAttributes.of({ "aria-readonly": String(readOnly) })];
}

/** Whether a person caused the change: typing, pasting, inserting, undoing. */
function isPersons(tr: Transaction): boolean {
  return ["input", "delete", "move", "undo", "redo"].some((event) => tr.isUserEvent(event));
}
