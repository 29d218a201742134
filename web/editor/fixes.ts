// What the fixes of issues do to the editing document. Pure.

import type { Issue } from "./types";

/** A change of the editing document. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** Only the translation can be changed here; the source belongs to its document. */
export function canFix(issue: Issue): boolean {
  return issue.fix !== undefined && issue.side === "target";
}

/**
 * The fixes that can be made together, in the order of the text: of those that
 * overlap the first, and of those at the same place the one listed first.
 */
export function together(issues: Issue[]): Issue[] {
  const chosen: Issue[] = [];
  for (const issue of issues.filter(canFix).sort((a, b) => a.start - b.start)) {
    const last = chosen.at(-1);
    if (!last || issue.start > last.end || (issue.start === last.end && issue.start < issue.end)) chosen.push(issue);
  }
  return chosen;
}

/**
 * Writes a fix over from..to of the document, as little as needed: what both
 * begin or end with stays, so that codes there stay, and codes inside stand
 * behind what is written.
 */
export function smallest(doc: string, from: number, to: number, fix: string, isCode: (char: string) => boolean): Edit {
  const old = doc.slice(from, to);
  let head = 0;
  while (head < old.length && head < fix.length && old[head] === fix[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < fix.length - head && old.at(-1 - tail) === fix.at(-1 - tail)) tail++;
  const codes = old.slice(head, old.length - tail).split("").filter(isCode).join("");
  return { from: from + head, to: to - tail, insert: fix.slice(head, fix.length - tail) + codes };
}
