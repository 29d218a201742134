// Finding text in the rows. The browser's own search sees only the rows that
// are drawn, so the editor brings its own.

/** A span of a text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** Persian and Arabic keyboards write these letters differently; readers see one: علي = علی. */
const folded: Record<string, string> = {
  "\u064a": "\u06cc", // ي → ی
  "\u0649": "\u06cc", // ى → ی
  "\u0643": "\u06a9", // ك → ک
  "\u0629": "\u0647", // ة → ه
  "\u06c0": "\u0647", // ۀ → ه
  "\u0623": "\u0627", // أ → ا
  "\u0625": "\u0627", // إ → ا
  "\u00a0": " ",
};

/** Half-space, tatweel, vowel signs and direction marks do not count: می‌رود is found by "میرود". */
const ignored = /[\u200c\u200d\u200e\u200f\u061c\u0640\u064b-\u065f\u0670\u2066-\u2069]/;

interface Folded {
  text: string;
  /** Offset in the original text of every unit of the folded text, and its length at the end. */
  at: number[];
}

function fold(text: string): Folded {
  const out: Folded = { text: "", at: [] };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    if (ignored.test(unit)) continue;
    for (const part of digit(folded[unit] ?? unit.toLowerCase())) {
      out.text += part;
      out.at.push(i);
    }
  }
  out.at.push(text.length);
  return out;
}

/** ۳ and ٣ are found by 3. */
function digit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code >= 0x06f0 && code <= 0x06f9) return String(code - 0x06f0);
  if (code >= 0x0660 && code <= 0x0669) return String(code - 0x0660);
  return unit;
}

/** A text as a key: words are alike however their letters, half-spaces and spaces are typed. */
export function keyOf(text: string): string {
  return fold(text).text.replaceAll(" ", "");
}

/** A function that finds every place of the query in a text; an empty query finds nothing. */
export function finder(query: string): (text: string) => Span[] {
  const wanted = fold(query.trim()).text;
  if (wanted === "") return () => [];
  return (text) => {
    const hay = fold(text);
    const spans: Span[] = [];
    for (let i = hay.text.indexOf(wanted); i >= 0; i = hay.text.indexOf(wanted, i + wanted.length)) {
      const last = hay.at[i + wanted.length - 1] ?? 0;
      spans.push({ start: hay.at[i] ?? 0, end: last + 1 });
    }
    return spans;
  };
}
