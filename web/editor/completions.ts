// Which terms go on what was typed. Pure.

import { keyOf } from "./search";
import type { Completion, Term } from "./types";

/** How many words of what was typed a term may begin with. */
const mostWords = 5;
/** How many letters must be there. */
const fewestLetters = 2;
/** How many completions are shown. */
const mostShown = 8;

/** The last words of a text, the longest run first, back to the last sign that ends a phrase. */
export function runs(before: string): string[] {
  const tail = /[\p{L}\p{N}\p{M}\u200c\u200d'’ -]*$/u.exec(before)?.[0] ?? "";
  if (tail === "" || tail.endsWith(" ")) return [];
  const starts = [...tail.matchAll(/(?<![\p{L}\p{N}\p{M}\u200c\u200d'’])[\p{L}\p{N}]/gu)].map((found) => found.index);
  return starts.slice(-mostWords).map((at) => tail.slice(at));
}

/** Terms of the source that begin like the end of a text, in the order of the source. */
export function completions(before: string, terms: Term[]): Completion[] {
  const found: Completion[] = [];
  for (const run of runs(before)) {
    const key = keyOf(run);
    if (key.length < fewestLetters) continue;
    for (const term of terms) {
      for (const text of term.targets) {
        if (!keyOf(text).startsWith(key)) continue;
        const status = term.forms.find((form) => form.side === "target" && form.text === text)?.status ?? "preferred";
        found.push({ typed: run.length, text, source: term.source, status, type: term.type, glossary: term.glossary });
      }
    }
  }
  return offer(before, found);
}

/** Those of the source before those of the glossaries, each once, and none that is written out already. */
export function offer(before: string, own: Completion[], others: Completion[] = []): Completion[] {
  const shown = new Map<string, Completion>();
  for (const one of [...own, ...others]) {
    const typed = before.slice(before.length - one.typed);
    const text = asTyped(one.text, typed);
    if (text !== typed && !shown.has(text) && shown.size < mostShown) shown.set(text, { ...one, text });
  }
  return [...shown.values()];
}

/** A term begun with a capital at the beginning of a sentence keeps it. */
function asTyped(text: string, typed: string): string {
  const [first = "", wanted = ""] = [text.charAt(0), typed.charAt(0)];
  const capital = wanted !== wanted.toLowerCase() && first !== first.toUpperCase() && first.toUpperCase() === wanted;
  return capital ? wanted + text.slice(1) : text;
}
