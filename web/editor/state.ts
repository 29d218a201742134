// The segments on this page: what the server has, what is typed over it, which
// rows the filter shows and which is active. The only place that changes them.

import { sameContent } from "./content";
import { finder, type Span } from "./search";
import type { Content, Segment, State } from "./types";

export const states: State[] = ["new", "draft", "translated", "rejected", "approved"];

/** Which rows are shown. An empty set of states shows all. */
export interface Filter {
  states: Set<State>;
  issues: boolean;
  repetitions: boolean;
  text: string;
  side: "both" | "source" | "target";
}

export const everything = (): Filter => ({ states: new Set(), issues: false, repetitions: false, text: "", side: "both" });

/** What a person typed over the server's row. */
export type Overlay = Pick<Segment, "target" | "state" | "filled" | "filledBy">;

export interface Totals {
  segments: number;
  words: number;
  doneSegments: number;
  doneWords: number;
  issues: number;
  repetitions: number;
  byState: Record<State, number>;
}

export type Change = { kind: "rows"; ids: number[] } | { kind: "list" } | { kind: "active"; before: number };

export class Store {
  private readonly rows = new Map<number, Segment>();
  private readonly overlays = new Map<number, Overlay>();
  private order: number[] = [];
  private readonly listeners: ((change: Change) => void)[] = [];
  private places = new Map<number, number>();

  /** Ids of the rows shown, in the order of the document. */
  visible: number[] = [];
  filter: Filter = everything();
  active = 0;
  /** The active row when it is shown although the filter does not let it through, else 0. */
  private guest = 0;

  subscribe(listener: (change: Change) => void): void {
    this.listeners.push(listener);
  }

  /** Takes the first list. */
  load(segments: Segment[]): void {
    for (const segment of segments) this.rows.set(segment.id, segment);
    this.reorder();
    this.applyFilter();
  }

  /**
   * Takes a whole list in place of the one known: segments were split or merged.
   * Rows that were shown and new ones are shown; the active row stays, or the one
   * before it becomes active. What was typed stays, except over rows that
   * are gone: that is returned.
   */
  replace(segments: Segment[]): { id: number; overlay: Overlay }[] {
    const known = new Set(this.order);
    const shown = new Set(this.visible);
    const place = this.rows.get(this.active)?.index ?? 0;
    this.rows.clear();
    for (const segment of segments) this.rows.set(segment.id, segment);
    this.reorder();
    if (!this.rows.has(this.active)) this.active = this.order[Math.max(0, Math.min(place, this.order.length) - 1)] ?? 0;
    this.show((segment) => shown.has(segment.id) || !known.has(segment.id) || segment.id === this.active);
    const gone = [...this.overlays].filter(([id]) => !this.rows.has(id)).map(([id, overlay]) => ({ id, overlay }));
    for (const { id } of gone) this.overlays.delete(id);
    this.emit({ kind: "list" });
    return gone;
  }

  /** Whether rows from the server belong to another list than the one known: only the whole one helps then. */
  recut(segments: Segment[]): boolean {
    return segments.some((s) => {
      const known = this.rows.get(s.id);
      return !known || s.index !== known.index || !sameContent(s.source, known.source);
    });
  }

  /** The row behind this one in the document, shown or not. */
  following(id: number): Segment | undefined {
    return this.get(this.order[this.order.indexOf(id) + 1] ?? 0);
  }

  /** The segment as the person sees it: the server's row under what was typed. */
  get(id: number): Segment | undefined {
    const row = this.rows.get(id);
    const overlay = this.overlays.get(id);
    return row && overlay ? { ...row, ...overlay } : row;
  }

  edited(id: number): boolean {
    return this.overlays.has(id);
  }

  /** Position among the shown rows, or -1. */
  place(id: number): number {
    return this.places.get(id) ?? -1;
  }

  ids(): readonly number[] {
    return this.order;
  }

  /** News of known rows; older revisions than the known ones are ignored. Returns the ids that changed. */
  merge(segments: Segment[]): number[] {
    const changed = segments.filter((s) => this.isNews(s));
    for (const segment of changed) this.rows.set(segment.id, segment);
    const ids = changed.map((s) => s.id);
    if (ids.length > 0) this.emit({ kind: "rows", ids });
    return ids;
  }

  /** Shows what is typed; undefined shows the server's row again. */
  overlay(id: number, overlay: Overlay | undefined): void {
    if (overlay) this.overlays.set(id, overlay);
    else this.overlays.delete(id);
    this.emit({ kind: "rows", ids: [id] });
  }

  activate(id: number): void {
    const before = this.active;
    if (before === id || !this.rows.has(id)) return;
    this.active = id;
    this.emit({ kind: "active", before });
  }

  setFilter(filter: Filter): void {
    this.filter = filter;
    this.applyFilter();
    this.emit({ kind: "list" });
  }

  /** How many rows the filter lets through: those shown, but for an active one that only stays because it is active. */
  found(): number {
    return this.visible.length - (this.places.has(this.guest) ? 1 : 0);
  }

  /**
   * The next shown row after `from` that passes the test, going round once;
   * step -1 looks backwards. 0 when there is none.
   */
  next(from: number, test: (segment: Segment) => boolean, step: 1 | -1 = 1): number {
    const count = this.visible.length;
    const start = this.places.get(from) ?? this.nearest(from) - (step > 0 ? 1 : 0);
    for (let i = 1; i <= count; i++) {
      const id = this.visible[(((start + i * step) % count) + count) % count] ?? 0;
      const segment = this.get(id);
      if (id !== from && segment && test(segment)) return id;
    }
    return 0;
  }

  /** Where the search text stands in this row. */
  hits(segment: Segment, side: "source" | "target"): Span[] {
    if (this.filter.text === "" || (this.filter.side !== "both" && this.filter.side !== side)) return [];
    return finder(this.filter.text)(segment[side].text);
  }

  totals(): Totals {
    const totals: Totals = { segments: 0, words: 0, doneSegments: 0, doneWords: 0, issues: 0, repetitions: 0, byState: { new: 0, draft: 0, translated: 0, rejected: 0, approved: 0 } };
    for (const id of this.order) {
      const segment = this.get(id);
      if (segment) this.count(totals, segment);
    }
    return totals;
  }

  private count(totals: Totals, segment: Segment): void {
    const { words } = segment;
    const done = segment.state === "translated" || segment.state === "approved";
    totals.segments++;
    totals.words += words;
    totals.byState[segment.state]++;
    if (done) totals.doneSegments++;
    if (done) totals.doneWords += words;
    if (segment.errors + segment.warnings > 0) totals.issues++;
    if (segment.repetitions > 0) totals.repetitions++;
  }

  private isNews(segment: Segment): boolean {
    const known = this.rows.get(segment.id);
    if (!known) return false;
    if (segment.revision > known.revision) return true;
    return segment.revision === known.revision && !sameRow(segment, known);
  }

  private reorder(): void {
    this.order = [...this.rows.values()].sort((a, b) => a.index - b.index).map((s) => s.id);
  }

  /** The active row is always shown: commands act on it, and nobody may confirm what they cannot see. */
  private applyFilter(): void {
    const find = finder(this.filter.text);
    const searching = this.filter.text.trim() !== "";
    const fits = (segment: Segment) => this.passes(segment) && (!searching || this.contains(segment, find));
    const active = this.get(this.active);
    this.guest = active && !fits(active) ? active.id : 0;
    this.show((segment) => segment.id === this.guest || fits(segment));
  }

  private show(test: (segment: Segment) => boolean): void {
    this.visible = this.order.filter((id) => {
      const segment = this.get(id);
      return segment !== undefined && test(segment);
    });
    this.places = new Map(this.visible.map((id, place) => [id, place]));
  }

  private passes(segment: Segment): boolean {
    const { states: wanted, issues, repetitions } = this.filter;
    if (wanted.size > 0 && !wanted.has(segment.state)) return false;
    if (issues && segment.errors + segment.warnings === 0) return false;
    return !repetitions || segment.repetitions > 0;
  }

  private contains(segment: Segment, find: (text: string) => Span[]): boolean {
    const sides: Content[] = this.filter.side === "both" ? [segment.source, segment.target] : [segment[this.filter.side]];
    return sides.some((content) => find(content.text).length > 0);
  }

  /** Place of the first shown row behind a hidden one; an unknown row stands before all. */
  private nearest(id: number): number {
    const index = this.rows.get(id)?.index ?? -1;
    const place = this.visible.findIndex((other) => (this.rows.get(other)?.index ?? 0) > index);
    return place < 0 ? this.visible.length : place;
  }

  private emit(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}

function sameRow(a: Segment, b: Segment): boolean {
  return a.state === b.state && a.errors === b.errors && a.warnings === b.warnings && a.repetitions === b.repetitions && a.reason === b.reason && sameContent(a.target, b.target);
}
