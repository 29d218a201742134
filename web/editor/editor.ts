// The segment editor: puts the parts together and keeps them in step.

import { Api, ApiError } from "./api";
import type { App, Mode, Tab } from "./app";
import { Assists } from "./assist";
import { commands, type CommandName } from "./commands";
import { completer } from "./completer";
import { sameContent } from "./content";
import { goneDialog } from "./cut";
import { fill, h } from "./dom";
import { Saver, unknownIssues } from "./drafts";
import { together } from "./fixes";
import { Fragments } from "./fragments";
import { Words } from "./i18n";
import type { Draft } from "./kept";
import { listen } from "./listen";
import { isUnfinished, Lull } from "./lull";
import { Notices } from "./notices";
import { nearest, places } from "./places";
import { poll } from "./poll";
import { recall, remember } from "./prefs";
import { issueClass, type Mark } from "./render";
import { SegmentList } from "./segments";
import { side, type Side } from "./side";
import { statusBar } from "./status";
import { everything, Store } from "./state";
import { Target } from "./target";
import { termCard, type TermCard } from "./termcard";
import { toolbar } from "./toolbar";
import { tools } from "./tools";
import type { AddedTerm, Assist, Code, Content, EditorData, Issue, Language, Match, Save, Saved, Segment, SegmentList as Loaded, Term, Version } from "./types";

/** The page to log in again; opened beside this one, which keeps its text. */
const logIn = "/login";

/** How long after a failure that passes help is asked for again. */
const askAgain = 5000;

/** The last change that filled repetitions, and how to take away the message that offers to undo it. */
interface Undoable {
  change: number;
  close: () => void;
}

export class Editor implements App {
  readonly words: Words;
  readonly api: Api;
  readonly store = new Store();
  readonly saver: Saver;
  readonly target: Target;
  readonly list: SegmentList;
  readonly notices: Notices;
  readonly fragments: Fragments;
  mode: Mode = "translate";
  invisibles = false;

  private readonly assists: Assists;
  private readonly tools = tools(this);
  private readonly bar;
  private readonly status;
  private readonly panels: Side;
  /** Match being written into the field: the change it causes is not an edit. */
  private filling: { score: number; kind: string } | undefined;
  /** Units whose matches were inserted, by segment, until a save has told of it. */
  private readonly inserted = new Map<number, number>();
  private undoable: Undoable | undefined;
  private readonly lull = new Lull(() => this.typingTurned());
  /** Where a source was clicked last, to be cut there. */
  private point: { id: number; at: number } | undefined;
  /** What was selected last in a source; drawn once the selection itself is elsewhere. */
  private picked: { id: number; start: number; end: number; drawn: boolean } | undefined;
  private readonly card: TermCard;
  private drawing = false;

  constructor(
    private readonly root: HTMLElement,
    readonly data: EditorData,
    storage: Storage | undefined,
  ) {
    this.words = new Words(data.messages, data.locale);
    this.api = new Api(data.api);
    this.notices = new Notices(this.words);
    this.saver = this.createSaver(storage);
    this.target = this.createTarget();
    this.assists = new Assists(this.api, (id) => this.arrived(id), (id, error) => this.assistFailed(id, error));
    this.fragments = new Fragments(this.api, () => this.panels.update());
    this.list = this.createList();
    this.card = termCard(this);
    this.card.watch(this.list.element);
    this.bar = toolbar(this);
    this.status = statusBar(this);
    this.panels = side(this);
  }

  /** Draws the page for the first list of segments. */
  start(loaded: Loaded): void {
    const work = h("div", { class: "ed-work" }, this.heads(), this.list.element);
    fill(this.root, this.notices.banner, this.bar.element, h("div", { class: "ed-body" }, work, this.panels.element), this.status.element, this.card.element, this.notices.element);
    this.root.classList.add("ed");
    this.fit();
    this.store.load(loaded.segments);
    this.mode = this.firstMode();
    this.list.start();
    this.store.subscribe(() => this.redraw());
    this.takeUpDrafts();
    document.addEventListener("selectionchange", () => this.selectionMoved());
    listen(this, { fit: () => this.fit(), resume: () => this.resume() });
    const wanted = this.data.segment;
    const first = this.store.get(wanted) ? wanted : this.store.next(0, (s) => this.needsWork(s)) || this.store.visible[0];
    if (first) this.open(first);
    poll(this, loaded.seq, (segments) => this.arrive(segments));
    this.redraw();
  }

  /** The names of the languages, each over the side where its text begins; they are words of the interface's language. */
  private heads(): HTMLElement {
    const { source, target } = this.data;
    const head = ({ name, dir }: Language) => h("span", { dir }, name);
    return h("div", { class: "ed-heads", "aria-hidden": "true" }, h("span"), head(source), head(target), h("span"));
  }

  readonly codeName = (code: Code): string => {
    const type = this.words.has(`code_${code.type}`) ? this.words.t(`code_${code.type}`) : code.type;
    return this.words.t(`code_is_${code.kind}`, { number: code.id, type });
  };

  run(command: CommandName, digit = 0): boolean {
    return commands[command](this, digit);
  }

  active(): Segment | undefined {
    return this.store.get(this.store.active);
  }

  editable(): boolean {
    return this.data.can.edit && this.active() !== undefined && this.active()?.state !== "approved";
  }

  assist(): Assist | undefined {
    return this.assists.get(this.store.active);
  }

  issues(): Issue[] {
    const gravity = { error: 0, warning: 1, info: 2 };
    const shown = this.openIssues(this.store.active).filter((issue) => !this.lull.typing || !isUnfinished(issue));
    return shown.sort((a, b) => gravity[a.severity] - gravity[b.severity]);
  }

  dismissed(): Issue[] {
    return (this.assist()?.issues ?? []).filter((issue) => issue.dismissed !== "");
  }

  splitPoint(): number | undefined {
    const segment = this.active();
    const point = this.point?.id === segment?.id ? this.point?.at : undefined;
    const at = this.list.sourceOffset() ?? point;
    return segment && at !== undefined ? nearest(places(segment.source.text), at) : undefined;
  }

  open(id: number, focus = true): void {
    const segment = this.store.get(id);
    if (!segment) return;
    if (this.store.place(id) < 0) this.showAll();
    if (this.store.active !== id) {
      // Drafts are sent in the order they were written.
      void this.saver.flush(this.store.active);
      this.lull.end();
      this.target.open(segment, this.label(segment), this.locked(segment));
      this.store.activate(id);
      this.showMarks();
      this.want();
      this.panels.update();
    }
    this.list.reveal(id);
    if (focus) this.target.view.focus();
    // A row measured for the first time may have moved the others.
    requestAnimationFrame(() => this.list.reveal(id));
  }

  advance(): void {
    const id = this.store.next(this.store.active, (segment) => this.needsWork(segment));
    if (id) this.open(id);
    else this.notices.toast(this.words.t(this.mode === "review" ? "review_finished" : "all_finished"));
  }

  needsWork(segment: Segment): boolean {
    if (this.mode === "review") return segment.state === "translated";
    return segment.state === "new" || segment.state === "draft" || segment.state === "rejected";
  }

  insertText(text: string, close?: string): void {
    if (!this.editable()) return;
    if (close === undefined) this.target.insert(text);
    else this.target.wrap(text, close);
    this.target.view.focus();
  }

  insertWords(words: string): void {
    if (!this.editable()) return;
    this.target.insertWords(words);
    this.target.view.focus();
  }

  insertMatch(match: Match): void {
    this.filling = { score: match.score, kind: match.kind };
    this.target.replace(match.target);
    this.filling = undefined;
    this.noteUse(match);
    this.target.view.focus();
    this.notices.say(this.words.t("match_inserted", { score: match.score }));
  }

  insertOriginal(match: Match): void {
    if (!match.original) return;
    this.filling = { score: Math.min(match.score, 99), kind: "fuzzy" };
    this.target.replace(match.original);
    this.filling = undefined;
    this.noteUse(match);
    this.target.view.focus();
    this.notices.say(this.words.t("original_inserted"));
  }

  write(content: Content): void {
    this.target.replace(content);
    this.target.view.focus();
  }

  jump(issue: Issue): void {
    if (issue.side === "target") this.target.jump(issue);
    else this.target.view.focus();
  }

  fix(issue: Issue): void {
    if (!this.target.fix(issue)) return;
    this.fixed([issue], this.words.t("fixed"));
  }

  fixAll(): void {
    const fixes = together(this.issues());
    const count = this.target.fixAll(fixes);
    if (count > 0) this.fixed(fixes, this.words.n("fixed_all", count));
  }

  async restore(version: Version): Promise<void> {
    const id = this.store.active;
    try {
      if (!(await this.saver.flush(id))) return;
      const revision = this.store.get(id)?.revision ?? 0;
      this.take(id, await this.api.restore(id, { revision, version: version.revision }));
      this.notices.toast(this.words.t("restored"));
    } catch (error) {
      this.notices.alarm(this.problem(error));
    }
  }

  take(id: number, answer: Saved): void {
    if (answer.issues !== unknownIssues) this.assists.setIssues(id, answer.issues);
    this.store.merge([answer.segment, ...answer.propagated]);
    // What was typed while the answer was on its way stays, and is saved or in conflict.
    if (!this.saver.mine(id)) this.store.overlay(id, undefined);
    this.refreshField();
    this.showMarks();
    this.panels.update();
    this.offerUndo(answer);
  }

  takeTerms(id: number, answer: AddedTerm): void {
    this.assists.setAssist(id, answer.assist);
    this.store.merge([answer.segment]);
    this.arrived(id);
  }

  takeRows(segments: Segment[]): void {
    this.store.merge(segments);
    this.assists.reset();
    this.refreshField();
    this.panels.update();
    this.want();
  }

  replaceList(list: Loaded): void {
    const before = this.active();
    for (const { id, overlay } of this.store.replace(list.segments)) {
      this.saver.drop(id);
      goneDialog(this, overlay.target.text);
    }
    const segment = this.active();
    if (!segment) return;
    this.point = undefined;
    this.assists.reset();
    this.target.forget();
    // Typing goes on undisturbed when the cut was elsewhere.
    if (before?.id === segment.id && sameContent(before.source, segment.source)) this.target.rename(this.label(segment));
    else this.target.renew(segment, this.label(segment), this.locked(segment));
    this.refreshField();
    this.list.reveal(segment.id);
    this.panels.update();
    this.want();
  }

  async takeBack(change: number): Promise<void> {
    try {
      this.takeRows((await this.api.undo(change)).segments);
      this.notices.say(this.words.t("undone"));
    } catch (error) {
      this.notices.alarm(this.problem(error));
    }
  }

  setMode(mode: Mode): void {
    this.mode = mode;
    remember(`${this.data.draftKey}:mode`, mode);
    this.redraw();
  }

  setInvisibles(on: boolean): void {
    this.invisibles = on;
    this.target.setInvisibles(on);
    this.list.setInvisibles(on);
    this.panels.update();
    this.redraw();
  }

  showTab(tab: Tab): void {
    this.panels.show(tab);
  }

  searchConcordance(): void {
    const inField = this.root.querySelector(".ed-field")?.contains(document.activeElement) ?? false;
    const selection = inField ? this.target.selected() : (getSelection()?.toString() ?? "");
    this.panels.concordance(selection.trim(), inField && selection !== "" ? "target" : "source");
  }

  searchGlossary(): void {
    const inField = this.root.querySelector(".ed-field")?.contains(document.activeElement) ?? false;
    const selection = (inField && this.target.selected()) || this.selectedSource() || (getSelection()?.toString() ?? "");
    this.panels.glossary(selection.trim());
  }

  selectedSource(): string {
    this.selectionMoved(); // the event comes a frame after the selection
    const { picked } = this;
    const segment = this.active();
    return segment && picked?.id === segment.id ? segment.source.text.slice(picked.start, picked.end).trim() : "";
  }

  nextTerm(): boolean {
    return this.card.next();
  }

  closeTerm(): boolean {
    return this.card.close();
  }

  focusSearch(): void {
    const selected = this.target.selected();
    if (selected && !this.bar.searchBox.value) this.bar.searchBox.value = selected;
    this.bar.focusSearch();
  }

  nextPane(): void {
    const { activeElement } = document;
    if (this.panels.element.contains(activeElement)) this.bar.focusSearch();
    else if (this.bar.element.contains(activeElement)) this.target.view.focus();
    else this.panels.focus();
  }

  /** A row that the filter hides cannot hold the field: it would stay in a row of another segment. */
  private showAll(): void {
    this.bar.searchBox.value = "";
    this.store.setFilter(everything());
  }

  leavePane(): boolean {
    if (this.target.view.hasFocus) return false;
    // The box may hold what the list was not searched for yet.
    if (document.activeElement === this.bar.searchBox && this.bar.searchBox.value !== "") {
      this.bar.searchBox.value = "";
      this.store.setFilter({ ...this.store.filter, text: "" });
    }
    this.open(this.store.active);
    return true;
  }

  undoPropagation(): boolean {
    const last = this.undoable;
    this.undoable = undefined;
    last?.close();
    if (last) void this.takeBack(last.change);
    return last !== undefined;
  }

  problem(error: unknown): string {
    if (error instanceof ApiError) {
      if (error.status === 401) this.sessionOver();
      if (error.status === 401) return this.words.t("session_over");
      if (error.problem.message) return error.problem.message;
      if (error.passing) return this.words.t("no_connection");
    }
    return this.words.t("unexpected");
  }

  private createSaver(storage: Storage | undefined): Saver {
    return new Saver({
      save: (id, save) => this.save(id, save),
      storage,
      key: this.data.draftKey,
      changed: (id) => this.saveChanged(id),
      saved: (id, answer, draft, more) => this.saved(id, answer, draft, more),
      conflict: (id) => this.conflicted(id),
      refused: (id, error) => this.refused(id, error),
    });
  }

  private noteUse(match: Match): void {
    const segment = this.active();
    if (segment && match.unit > 0) this.inserted.set(segment.id, match.unit);
  }

  /** Tells with the save whose match was inserted; a retry tells it again and is counted once. */
  private async save(id: number, save: Save): Promise<Saved> {
    const unit = this.inserted.get(id);
    const saved = await this.api.save(id, unit === undefined ? save : { ...save, unit });
    if (this.inserted.get(id) === unit) this.inserted.delete(id);
    return saved;
  }

  private createTarget(): Target {
    return new Target({
      language: this.data.target,
      nonce: this.data.nonce,
      placeholder: this.words.t("placeholder"),
      phrases: { "Selection deleted": this.words.t("selection_deleted") },
      codeName: this.codeName,
      changed: (content) => this.edited(content),
      moved: () => this.redraw(),
      extensions: this.createCompleter(),
    });
  }

  private createCompleter() {
    const { words } = this;
    return completer({
      language: this.data.target,
      label: words.t("completions"),
      word: (key) => words.t(key),
      ask: async (before, signal) => (await this.api.complete(before, signal)).completions,
      opened: (items) => this.notices.say(words.n("completions_found", items.length, { first: items[0]?.text ?? "" })),
    });
  }

  private createList(): SegmentList {
    return new SegmentList({
      data: this.data,
      words: this.words,
      store: this.store,
      codeName: this.codeName,
      field: h("div", { class: "ed-field" }, this.target.view.dom),
      tools: this.tools.element,
      below: this.tools.below,
      status: (id) => this.saver.status(id),
      sourceMarks: (id) => this.sourceMarks(id),
      chosen: (id, at) => this.chosen(id, at),
      issues: (segment) => this.issueCounts(segment),
    });
  }

  /** People who may do both start with what there is more of. */
  private firstMode(): Mode {
    const { edit, review } = this.data.can;
    if (!review) return "translate";
    if (!edit) return "review";
    const before = recall(`${this.data.draftKey}:mode`);
    if (before === "translate" || before === "review") return before;
    const { byState } = this.store.totals();
    return byState.translated > byState.new + byState.draft + byState.rejected ? "review" : "translate";
  }

  private edited(target: Content): void {
    const segment = this.active();
    if (!segment) return;
    const filled = { filled: this.filling?.score ?? 0, filledBy: this.filling?.kind ?? "" };
    const draft: Draft = { target, state: "draft", ...filled };
    this.point = undefined;
    this.lull.stir();
    this.store.overlay(segment.id, draft);
    this.saver.edit(segment.id, segment.revision, draft);
  }

  private saved(id: number, answer: Saved, draft: Draft, more: boolean): void {
    if (answer.issues !== unknownIssues) this.assists.setIssues(id, answer.issues);
    this.store.merge([answer.segment, ...answer.propagated]);
    if (!more) this.store.overlay(id, undefined);
    if (draft.state === "translated") this.assists.forget();
    if (draft.state === "translated" && id === this.store.active) this.lull.end();
    if (id === this.store.active && !more) {
      this.refreshField();
      this.showMarks();
      this.panels.update();
    }
    if (draft.state !== "translated") return;
    const left = this.store.ids().filter((other) => this.needsWork(this.store.get(other) as Segment)).length;
    this.notices.say(this.words.n("saved_left", left));
    this.offerUndo(answer);
    this.tellErrors(id, answer);
  }

  /** The person has moved on: errors in what was confirmed must not go unnoticed. */
  private tellErrors(id: number, answer: Saved): void {
    const errors = answer.issues.filter((issue) => issue.severity === "error" && issue.dismissed === "").length;
    if (errors === 0 || id === this.store.active || answer.propagated.length > 0) return;
    this.notices.toast(this.words.n("confirmed_with_errors", errors, { number: answer.segment.index + 1 }), { label: this.words.t("show"), run: () => this.open(id) });
  }

  private offerUndo(answer: Saved): void {
    if (answer.propagated.length === 0 || answer.change === 0) return;
    const { change } = answer;
    const takeBack = () => {
      if (this.undoable?.change === change) this.undoable = undefined;
      void this.takeBack(change);
    };
    this.undoable = { change, close: this.notices.toast(this.words.n("propagated", answer.propagated.length), { label: this.words.t("undo"), run: takeBack }) };
  }

  private conflicted(id: number): void {
    const segment = this.store.get(id);
    this.redraw();
    if (!segment || id === this.store.active) return;
    this.notices.alarm(this.words.t("conflict_in", { number: segment.index + 1 }), { label: this.words.t("show"), run: () => this.open(id) });
  }

  private refused(id: number, error: ApiError): void {
    const segment = this.store.get(id);
    if (!segment) return;
    const text = this.words.t("refused_in", { number: segment.index + 1, problem: this.problem(error) });
    this.notices.alarm(text, { label: this.words.t("show"), run: () => this.open(id) });
  }

  private saveChanged(id: number): void {
    this.list.refresh([id]);
    if (this.saver.loggedOut) this.sessionOver();
    this.redraw();
  }

  sessionOver(): void {
    this.saver.loggedOut = true;
    if (!this.notices.banner.hidden) return;
    const link = h("a", { href: logIn, target: "_blank", rel: "opener" }, this.words.t("log_in"));
    const again = h("button", { type: "button", class: "ed-button", on: { click: () => this.resume() } }, this.words.t("try_again"));
    this.notices.setBanner(this.words.t("session_over"), link, again);
  }

  private resume(): void {
    this.notices.setBanner(undefined);
    this.saver.resume();
  }

  /** Rows others changed. The active field follows unless it is being edited; then the next save tells. */
  private arrive(segments: Segment[]): void {
    if (this.store.recut(segments)) return void this.reload();
    if (this.store.merge(segments).includes(this.store.active)) {
      this.refreshField();
      this.panels.update();
    }
  }

  private async reload(): Promise<void> {
    try {
      this.replaceList(await this.api.segments());
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.sessionOver();
      else this.notices.alarm(this.problem(error));
    }
  }

  private label(segment: Segment): string {
    return this.words.t("field_label", { number: segment.index + 1, language: this.data.target.name });
  }

  private locked(segment: Segment): boolean {
    return segment.state === "approved" || !this.data.can.edit;
  }

  private selectionMoved(): void {
    const id = this.store.active;
    const range = this.list.sourceSelection();
    if (range) this.picked = { id, ...range, drawn: false };
    else if (this.picked && !this.picked.drawn && this.target.view.hasFocus) {
      this.picked.drawn = true;
      this.list.refresh([id]);
    }
  }

  private chosen(id: number, at: number | undefined): void {
    this.picked = undefined;
    const segment = this.store.get(id);
    this.open(id);
    const place = segment && at !== undefined && this.editable() ? nearest(places(segment.source.text), at) : undefined;
    this.point = place === undefined ? undefined : { id, at: place };
    this.list.refresh([id]);
  }

  /** After a fix the issue is over, whatever the next check finds. */
  private fixed(issues: Issue[], said: string): void {
    this.assists.setIssues(this.store.active, (this.assist()?.issues ?? []).filter((other) => !issues.includes(other)));
    this.lull.end();
    this.target.view.focus();
    this.panels.update();
    this.notices.say(said);
    void this.saver.flush(this.store.active);
  }

  /** What is wrong with a segment and was not let be. */
  private openIssues(id: number): Issue[] {
    return (this.assists.get(id)?.issues ?? []).filter((issue) => issue.dismissed === "");
  }

  private issueCounts(segment: Segment): { errors: number; warnings: number } {
    if (segment.id !== this.store.active || !this.lull.typing) return segment;
    const count = (severity: Issue["severity"]) => this.issues().filter((issue) => issue.severity === severity).length;
    return { errors: count("error"), warnings: count("warning") };
  }

  private typingTurned(): void {
    this.root.classList.toggle("ed-typing", this.lull.typing);
    this.panels.update();
    this.list.refresh([this.store.active]);
  }

  private refreshField(): void {
    const segment = this.active();
    if (!segment) return;
    if (!this.store.edited(segment.id)) this.target.show(segment);
    this.target.setReadOnly(!this.editable());
  }

  private takeUpDrafts(): void {
    let sent = 0;
    for (const draft of this.saver.left()) {
      const segment = this.store.get(draft.id);
      if (!segment) continue;
      const before = sameContent(draft.target, segment.target);
      this.store.overlay(draft.id, { target: draft.target, state: draft.state, filled: draft.filled, filledBy: draft.filledBy });
      const result = this.saver.adopt(draft, segment);
      if (result === "same") this.store.overlay(draft.id, undefined);
      else if (!before) sent++;
    }
    if (sent > 0) this.notices.toast(this.words.n("drafts_found", sent));
  }

  private want(): void {
    const id = this.store.active;
    this.assists.want(id, this.store.next(id, (segment) => this.needsWork(segment)));
  }

  private arrived(id: number): void {
    if (id !== this.store.active) return;
    this.showMarks();
    this.list.refresh([id]);
    this.panels.update();
  }

  private assistFailed(id: number, error: unknown): void {
    if (error instanceof ApiError && error.status === 401) this.sessionOver();
    else if (id !== this.store.active) return;
    else if (error instanceof ApiError && error.passing) setTimeout(() => id === this.store.active && this.want(), askAgain);
    else this.notices.say(this.problem(error));
  }

  /** Issues belong to the saved text: over what is being typed those that are drawn move along until the next answer. */
  private showMarks(): void {
    if (!this.store.edited(this.store.active)) this.target.showIssues(this.openIssues(this.store.active));
    this.target.showTerms(this.assist()?.terms ?? []);
  }

  private sourceMarks(id: number): Mark[] {
    const assist = this.assists.get(id);
    const shown = this.card.shown();
    const terms = (assist?.terms ?? []).map((t, i) => ({ start: t.start, end: t.end, class: termClass(t, i === shown), term: i }));
    const issues = this.openIssues(id).filter((i) => i.side === "source").map((i) => ({ start: i.start, end: i.end, class: issueClass(i), title: i.message }));
    const cut = this.point?.id === id ? [{ start: this.point.at - 1, end: this.point.at, class: "ed-cut" }] : [];
    const picked = this.picked?.id === id && this.picked.drawn ? [{ start: this.picked.start, end: this.picked.end, class: "ed-picked" }] : [];
    return [...terms, ...issues, ...cut, ...picked];
  }

  /** Bars and tools follow every change, at most once per frame. */
  private redraw(): void {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.bar.update();
      this.status.update();
      this.tools.update();
    });
  }

  /** The editor fills the window below what stands above it. */
  private fit(): void {
    const top = this.root.getBoundingClientRect().top + scrollY;
    this.root.style.setProperty("--ed-top", `${Math.round(top)}px`);
  }
}

/** The line under a term: what must be right, what only waits, what the card shows. */
function termClass(term: Term, shown: boolean): string {
  const name = ["person", "organization", "place", "religion", "date"].includes(term.type);
  return `ed-term-mark${name ? " ed-term-name" : ""}${term.proposed ? " ed-term-waits" : ""}${shown ? " ed-term-shown" : ""}`;
}
