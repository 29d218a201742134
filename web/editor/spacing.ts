// Spaces around words that are written into a text by a key or a click.

/** A word or a closing sign: what comes next begins a word of its own. */
const ends = /[\p{L}\p{M}\p{N},;:.!?،؛؟…%٪»”’)\]}]$/u;
const begins = /^[\p{L}\p{N}«“‘(\[{]/u;

/**
 * The text with the spaces it needs between what stands before and after it, so
 * that it does not grow together with a word: پل, then رود دز. After an
 * opening quotation mark, a hyphen, a half-space or an inline code it needs none.
 */
export function spaced(before: string, text: string, after: string): string {
  const lead = ends.test(before) && begins.test(text) ? " " : "";
  const trail = ends.test(text) && begins.test(after) ? " " : "";
  return lead + text + trail;
}
