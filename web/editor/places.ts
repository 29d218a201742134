// Where a segment can be cut in two. Pure; offsets are UTF-16 units.

/** A word begins behind white space, or behind the end of a sentence whose space was forgotten: نشد.او */
const starts = /(?<=\s)(?=\S)|(?<=\p{Ll}[.!?…]["”’»)]?)(?=["“‘«(]?\p{Lu})|(?<=\p{Script=Arabic}[.!؟…؛]["”»)]?)(?=["“«(]?\p{Script=Arabic})/gu;

const sentenceEnd = /[.!?؟…؛;:]["”’»)\]]*\s*$/u;

/** The offsets a source can be cut before: at beginnings of words with text on both sides. */
export function places(text: string): number[] {
  return [...text.matchAll(starts)].map((found) => found.index).filter((at) => text.slice(0, at).trim() !== "" && text.slice(at).trim() !== "");
}

/** The place next to an offset; undefined when there is none. */
export function nearest(all: number[], at: number): number | undefined {
  return all.reduce<number | undefined>((best, place) => (best === undefined || Math.abs(place - at) < Math.abs(best - at) ? place : best), undefined);
}

/** Where one would cut: behind the end of a sentence, else in the middle. */
export function likely(text: string): number | undefined {
  const all = places(text);
  const ends = all.filter((at) => sentenceEnd.test(text.slice(0, at)));
  return nearest(ends.length > 0 ? ends : all, text.length / 2);
}
