// Read-only text with code chips, marks and visible invisibles, for the rows
// and the panels. The target field draws the same chips through CodeMirror.

import { h } from "./dom";
import { isUnfinished } from "./lull";
import type { Code, Content, Diff, Issue } from "./types";

/** A span of the text that is drawn with a class. */
export interface Mark {
  start: number;
  end: number;
  class: string;
  title?: string;
  /** Place of the term in the list, for its card. */
  term?: number;
}

/** A stretch of text under the same marks, or a code. */
export type Piece = { text: string; marks: Mark[] } | { code: Code };

/** Cuts a content at its codes and at the edges of the marks. Empty marks draw nothing. */
export function pieces(content: Content, marks: Mark[] = []): Piece[] {
  const length = content.text.length;
  const edges = new Set([0, length]);
  for (const mark of marks) edges.add(clamp(mark.start, length)).add(clamp(mark.end, length));
  for (const code of content.codes) edges.add(clamp(code.pos, length));
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.flatMap((from, i) => {
    const codes: Piece[] = content.codes.filter((c) => clamp(c.pos, length) === from).map((code) => ({ code }));
    const to = cuts[i + 1];
    if (to === undefined) return codes;
    const over = marks.filter((m) => m.start <= from && m.end >= to);
    return [...codes, { text: content.text.slice(from, to), marks: over }];
  });
}

const clamp = (offset: number, length: number): number => Math.max(0, Math.min(offset, length));

/** Draws a content; `name` says what a code is, for its tooltip. */
export function render(content: Content, name: (code: Code) => string, marks: Mark[] = [], invisibles = false): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const piece of pieces(content, marks)) {
    if ("code" in piece) fragment.append(chip(piece.code, name(piece.code)));
    else fragment.append(stretch(piece.text, piece.marks, invisibles));
  }
  return fragment;
}

/** The small numbered box that stands for a code. */
export function chip(code: Code, name: string): HTMLElement {
  return h("span", { class: `ed-code ed-code-${code.kind}`, title: name, role: "img", "aria-label": name, dir: "ltr" }, String(code.id));
}

function stretch(text: string, marks: Mark[], invisibles: boolean): Node {
  const inner = invisibles ? showInvisibles(text) : document.createTextNode(text);
  if (marks.length === 0) return inner;
  const title = marks.map((m) => m.title).filter(Boolean).join("\n");
  const term = marks.findLast((m) => m.term !== undefined)?.term;
  const element = h("span", { class: marks.map((m) => m.class).join(" "), title: title || undefined, "data-term": term });
  element.append(inner);
  return element;
}

/** The line under an issue; one that may go away by writing on is not drawn while somebody types. */
export function issueClass(issue: Issue): string {
  return `ed-issue ed-issue-${issue.severity}${isUnfinished(issue) ? " ed-unfinished" : ""}`;
}

/** Where the caret or the beginning of the selection stands in a text drawn by render; undefined when outside. */
export function offsetIn(element: HTMLElement): number | undefined {
  const selection = getSelection();
  if (!selection?.rangeCount) return undefined;
  const { startContainer, startOffset } = selection.getRangeAt(0);
  if (!element.contains(startContainer)) return undefined;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(startContainer, startOffset);
  const part = before.cloneContents();
  part.querySelectorAll(".ed-code").forEach((code) => code.remove());
  return part.textContent?.length ?? 0;
}

/** What is selected of a text drawn by render; undefined when nothing is, or when more than the text is. */
export function selectedIn(element: HTMLElement): { start: number; end: number } | undefined {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed || !element.contains(selection.focusNode)) return undefined;
  const range = selection.getRangeAt(0);
  const start = offsetIn(element);
  if (start === undefined || !element.contains(range.endContainer)) return undefined;
  const selected = range.cloneContents();
  selected.querySelectorAll(".ed-code").forEach((code) => code.remove());
  return { start, end: start + (selected.textContent?.length ?? 0) };
}

/** Characters nobody sees, and the class that makes each visible. */
export const invisibleClasses: Record<string, string> = {
  "\u200c": "zwnj", "\u200d": "zwj", "\u200e": "lrm", "\u200f": "rlm", "\u061c": "alm", "\u00a0": "nbsp", "\u202f": "nbsp", "\u200b": "zwsp", "\u00ad": "shy",
  "\u202a": "control", "\u202b": "control", "\u202c": "control", "\u202d": "control", "\u202e": "control",
  "\u2066": "control", "\u2067": "control", "\u2068": "control", "\u2069": "control",
};

/** One invisible character, or two and more spaces in a row. */
export const invisiblePattern = / {2,}|[\u200b-\u200f\u061c\u00a0\u202f\u00ad\u202a-\u202e\u2066-\u2069]/g;

export function invisibleClass(found: string): string {
  return `ed-inv ed-inv-${invisibleClasses[found] ?? "space"}`;
}

function showInvisibles(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(invisiblePattern)) {
    fragment.append(text.slice(at, found.index), h("span", { class: invisibleClass(found[0]) }, found[0]));
    at = found.index + found[0].length;
  }
  fragment.append(text.slice(at));
  return fragment;
}

/** Words that differ, struck out or underlined; ins and del say it to screen readers too. `invisibles` shows those that differ. */
export function renderDiff(diff: Diff[], invisibles = false): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of diff) {
    if (part.kind === "same") fragment.append(part.text);
    else fragment.append(h(part.kind === "deleted" ? "del" : "ins", { class: `ed-${part.kind}` }, invisibles ? showInvisibles(part.text) : part.text));
  }
  return fragment;
}
