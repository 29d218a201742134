// Word diff of two texts for the conflict dialog; the server sends the others.

import type { Diff } from "./types";

/** Words, runs of space and single signs. */
function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}\u200c]+|\s+|[^]/gu) ?? [];
}

/** From `before` to `after`: joining same and deleted gives before, same and inserted after. */
export function wordDiff(before: string, after: string): Diff[] {
  const a = tokens(before);
  const b = tokens(after);
  const common = longestCommon(a, b);
  const diff: Diff[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = a[i];
    const y = b[j];
    if (x !== undefined && x === y) {
      push(diff, "same", x);
      i++;
      j++;
    } else if (x !== undefined && (y === undefined || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      push(diff, "deleted", x);
      i++;
    } else if (y !== undefined) {
      push(diff, "inserted", y);
      j++;
    }
  }
  return diff;
}

/** Length of the longest common part of a[i:] and b[j:], for all i and j. */
function longestCommon(a: string[], b: string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = rows[i] as Uint16Array;
    const below = rows[i + 1] as Uint16Array;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

function push(diff: Diff[], kind: Diff["kind"], text: string): void {
  const last = diff[diff.length - 1];
  if (last?.kind === kind) last.text += text;
  else diff.push({ kind, text });
}
