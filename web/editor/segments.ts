// The list of rows: only those near the screen exist (5,000 rows would take
// seconds to draw), and one of them holds the target field.

import { Virtualizer, elementScroll, measureElement, observeElementOffset, observeElementRect, type Range } from "@tanstack/virtual-core";
import type { SaveStatus } from "./drafts";
import { fill, h, hidden, icon, type IconName } from "./dom";
import type { Words } from "./i18n";
import { offsetIn, render, selectedIn, type Mark } from "./render";
import type { Store } from "./state";
import type { Code, EditorData, Segment } from "./types";

export interface ListOptions {
  data: EditorData;
  words: Words;
  store: Store;
  codeName: (code: Code) => string;
  /** The target field and the tools under it; they move to the active row. */
  field: HTMLElement;
  tools: HTMLElement;
  /** Stands under the whole active row. */
  below: HTMLElement;
  status: (id: number) => SaveStatus;
  /** Terms and issues of the active row's source. */
  sourceMarks: (id: number) => Mark[];
  /** A row was clicked, outside its field; `at` is the offset when it was on its source. */
  chosen: (id: number, at?: number) => void;
  /** How many open issues to show for a row. */
  issues: (segment: Segment) => { errors: number; warnings: number };
}

interface Row {
  element: HTMLElement;
  number: HTMLElement;
  source: HTMLElement;
  target: HTMLElement;
  text: HTMLElement;
  meta: HTMLElement;
  /** What each cell was last drawn from: a keystroke must not redraw the source under a selection. */
  drawn: Map<HTMLElement, string>;
}

export class SegmentList {
  readonly element: HTMLElement;
  private readonly space: HTMLElement;
  private readonly rows = new Map<number, Row>();
  private readonly virtual: Virtualizer<HTMLElement, HTMLElement>;
  private showing = false;
  /** About how wide a text is, in pixels. */
  private textWidth = 400;

  constructor(private readonly options: ListOptions) {
    const { words } = options;
    this.space = h("div", { class: "ed-rows", role: "list", "aria-label": words.t("list_label") });
    this.element = h("div", { class: "ed-list", tabindex: -1 }, this.space);
    this.virtual = new Virtualizer<HTMLElement, HTMLElement>({
      count: 0,
      getScrollElement: () => this.element,
      estimateSize: (index) => this.estimate(index),
      getItemKey: (index) => this.options.store.visible[index] ?? index,
      overscan: 6,
      scrollPaddingStart: 70,
      scrollPaddingEnd: 70,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      measureElement,
      rangeExtractor: (range) => this.range(range),
      onChange: () => this.draw(),
    });
    this.virtual._didMount();
    this.element.addEventListener("keydown", (event) => this.leap(event));
    options.store.subscribe((change) => {
      if (change.kind === "list") this.renew();
      else if (change.kind === "rows") this.refresh(change.ids);
      else this.moved(change.before);
    });
  }

  /** Draws for the first time; the element must be in the page. */
  start(): void {
    this.relist();
  }

  /** Brings a row into view: one from afar to the middle, a near one no further than needed. */
  reveal(id: number): void {
    const place = this.options.store.place(id);
    const range = this.virtual.range;
    const near = range !== null && place >= range.startIndex - 2 && place <= range.endIndex + 2;
    if (place >= 0) this.virtual.scrollToIndex(place, { align: near ? "auto" : "center" });
  }

  /** Where the caret or selection stands in the source of the active row; undefined when elsewhere. */
  sourceOffset(): number | undefined {
    const row = this.rows.get(this.options.store.active);
    return row && offsetIn(row.source);
  }

  /** What is selected in the source of the active row. */
  sourceSelection(): { start: number; end: number } | undefined {
    const row = this.rows.get(this.options.store.active);
    return row && selectedIn(row.source);
  }

  /** Home and End while the list has the focus. The browser's own scrolling would stop at the first row that is measured. */
  private leap(event: KeyboardEvent): void {
    const last = this.options.store.visible.length - 1;
    const place = event.code === "Home" ? 0 : event.code === "End" ? last : -1;
    if (place < 0 || event.target !== this.element) return;
    event.preventDefault();
    this.virtual.scrollToIndex(place, { align: place === 0 ? "start" : "end" });
  }

  refresh(ids: Iterable<number>): void {
    for (const id of ids) {
      const row = this.rows.get(id);
      if (row) this.paint(id, row);
    }
  }

  setInvisibles(on: boolean): void {
    this.showing = on;
    this.refresh(this.rows.keys());
  }

  /** Other rows than before: what the person works on stays in sight. */
  private renew(): void {
    this.relist();
    this.reveal(this.options.store.active);
  }

  private relist(): void {
    this.textWidth = Math.max(160, this.element.clientWidth / 2 - 70);
    this.virtual.setOptions({ ...this.virtual.options, count: this.options.store.visible.length });
    this.virtual._willUpdate();
    this.virtual.measure();
    this.draw();
    this.refresh(this.rows.keys());
    // Rows that stay do not change their size, so nothing would measure them again.
    for (const row of this.rows.values()) this.virtual.measureElement(row.element);
  }

  private moved(before: number): void {
    // A new function makes the virtualizer ask again which rows to draw: the
    // active one must exist before the field can move there and keep the focus.
    this.virtual.setOptions({ ...this.virtual.options, rangeExtractor: (range) => this.range(range) });
    this.draw();
    this.refresh([before, this.options.store.active]);
  }

  /** The active row stays in the page even when it is scrolled away: it holds the focus. */
  private range(range: Range): number[] {
    const first = Math.max(0, range.startIndex - range.overscan);
    const last = Math.min(range.count - 1, range.endIndex + range.overscan);
    const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
    const active = this.options.store.place(this.options.store.active);
    if (active >= 0 && (active < first || active > last)) places.push(active);
    return places.sort((a, b) => a - b);
  }

  /** A guess from the length of the text, so that the scroll bar hardly moves when rows are measured. */
  private estimate(index: number): number {
    const segment = this.options.store.get(this.options.store.visible[index] ?? 0);
    const lines = Math.ceil(((segment?.source.text.length ?? 40) * 8) / this.textWidth);
    return 20 + 30 * Math.max(1, lines);
  }

  private draw(): void {
    const items = this.virtual.getVirtualItems();
    const wanted = new Set(items.map((item) => this.options.store.visible[item.index]));
    this.space.style.blockSize = `${this.virtual.getTotalSize()}px`;
    for (const [id, row] of this.rows) {
      if (!wanted.has(id)) this.drop(id, row);
    }
    // Rows stand in the page in the order of the document, for screen readers.
    // Those that are there never move: moving one would take the focus from it.
    let next = this.space.firstElementChild;
    for (const item of items) {
      const id = this.options.store.visible[item.index];
      if (id === undefined) continue;
      const row = this.rows.get(id) ?? this.add(id, next);
      row.element.style.transform = `translateY(${item.start}px)`;
      if (row.element.dataset["index"] !== String(item.index)) this.place(row, item.index);
      next = row.element.nextElementSibling;
    }
  }

  private drop(id: number, row: Row): void {
    this.rows.delete(id);
    row.element.remove();
    this.virtual.measureElement(null);
  }

  private add(id: number, next: Element | null): Row {
    const row = this.build(id);
    this.rows.set(id, row);
    this.paint(id, row);
    this.space.insertBefore(row.element, next);
    return row;
  }

  private place(row: Row, index: number): void {
    row.element.dataset["index"] = String(index);
    row.element.setAttribute("aria-posinset", String(index + 1));
    row.element.setAttribute("aria-setsize", String(this.options.store.visible.length));
    this.virtual.measureElement(row.element);
  }

  private build(id: number): Row {
    const { data } = this.options;
    const number = h("div", { class: "ed-number" });
    const source = h("div", { class: "ed-source", lang: data.source.tag, dir: data.source.dir });
    const text = h("div", { class: "ed-text", lang: data.target.tag, dir: data.target.dir });
    const target = h("div", { class: "ed-target" }, text);
    const meta = h("div", { class: "ed-meta" });
    const element = h("div", { class: "ed-row", role: "listitem" }, number, source, target, meta);
    element.addEventListener("click", (event) => {
      const inField = event.target instanceof Node && this.options.field.contains(event.target);
      if (!inField && getSelection()?.isCollapsed !== false) this.options.chosen(id, offsetIn(source));
    });
    return { element, number, source, target, text, meta, drawn: new Map() };
  }

  private paint(id: number, row: Row): void {
    const { store } = this.options;
    const segment = store.get(id);
    if (!segment) return;
    const active = store.active === id;
    row.element.className = this.classes(segment, active);
    if (active) row.element.setAttribute("aria-current", "true");
    else row.element.removeAttribute("aria-current");
    const marks = this.sourceMarks(segment, active);
    cell(row, row.number, [segment.index, segment.state], () => this.numberCell(segment));
    cell(row, row.source, [segment.source, this.showing, marks], () => [render(segment.source, this.options.codeName, marks, this.showing)]);
    this.paintTarget(segment, row, active);
    const { filled, filledBy, repetitions } = segment;
    const { errors, warnings } = this.options.issues(segment);
    cell(row, row.meta, [filled, filledBy, errors, warnings, repetitions, this.options.status(id)], () => this.metaCell(segment));
  }

  private classes(segment: Segment, active: boolean): string {
    const { store } = this.options;
    const place = store.place(segment.id);
    const before = store.get(store.visible[place - 1] ?? 0);
    const first = before !== undefined && before.block !== segment.block;
    return `ed-row ed-state-${segment.state}${active ? " ed-active" : ""}${first ? " ed-first" : ""}`;
  }

  private sourceMarks(segment: Segment, active: boolean): Mark[] {
    const hits = this.options.store.hits(segment, "source").map((s) => ({ ...s, class: "ed-hit" }));
    return active ? [...this.options.sourceMarks(segment.id), ...hits] : hits;
  }

  private paintTarget(segment: Segment, row: Row, active: boolean): void {
    const { field, tools, below } = this.options;
    row.text.hidden = active;
    if (active) {
      if (field.parentElement !== row.target) {
        row.target.append(field, tools);
        row.element.append(below);
      }
      return;
    }
    const hits = this.options.store.hits(segment, "target").map((s) => ({ ...s, class: "ed-hit" }));
    cell(row, row.text, [segment.target, hits, this.showing], () => [render(segment.target, this.options.codeName, hits, this.showing)]);
  }

  private numberCell(segment: Segment): Node[] {
    const { words } = this.options;
    const state = words.t(`state_${segment.state}`);
    return [
      h("span", { class: "ed-index" }, words.number(segment.index + 1)),
      h("span", { class: `ed-state ed-state-icon-${segment.state}`, title: state }, icon(segment.state), hidden(state)),
    ];
  }

  private metaCell(segment: Segment): Node[] {
    const { words } = this.options;
    const marks: Node[] = [];
    const save = this.options.status(segment.id);
    const { errors, warnings } = this.options.issues(segment);
    if (segment.filled > 0) marks.push(this.badge(segment));
    if (errors > 0) marks.push(this.mark("error", words.n("errors", errors)));
    if (warnings > 0) marks.push(this.mark("warning", words.n("warnings", warnings)));
    if (segment.repetitions > 0 && segment.filledBy !== "repetition") marks.push(this.mark("repeat", words.n("repetitions", segment.repetitions)));
    if (save !== "saved") marks.push(this.mark(saveIcon[save], words.t(`save_${save}`), `ed-save-${save}`));
    return marks;
  }

  private badge(segment: Segment): HTMLElement {
    const { words } = this.options;
    const kind = words.t(`kind_${segment.filledBy || "exact"}`);
    const label = segment.filledBy === "repetition" ? kind : words.t("filled_by", { score: segment.filled, kind: kind });
    return h("span", { class: `ed-badge ed-badge-${band(segment.filled, segment.filledBy)}`, title: label }, segment.filledBy === "repetition" ? icon("repeat") : words.number(segment.filled), hidden(label));
  }

  private mark(name: IconName, label: string, extra = ""): HTMLElement {
    return h("span", { class: `ed-mark ed-mark-${name} ${extra}`, title: label }, icon(name), hidden(label));
  }
}

/** Draws a cell anew when what it is made from has changed. */
function cell(row: Row, element: HTMLElement, from: unknown[], build: () => Node[]): void {
  const key = JSON.stringify(from);
  if (row.drawn.get(element) === key) return;
  row.drawn.set(element, key);
  fill(element, ...build());
}

const saveIcon: Record<Exclude<SaveStatus, "saved">, IconName> = { typing: "draft", saving: "saving", kept: "kept", conflict: "conflict", refused: "error" };

/** Colour class of a match; its score is always written beside. */
export function band(score: number, kind: string): string {
  if (kind === "machine") return "machine";
  if (score > 100) return "context";
  if (score === 100) return "exact";
  return score >= 85 ? "high" : "low";
}
