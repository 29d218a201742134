// Content (text with stand-off codes) and the editing document, in which every
// code is one private-use character. Pure; offsets are UTF-16 units.

import type { Code, Content } from "./types";

const firstPrivate = 0xe000;
const lastPrivate = 0xf8ff;

/** Which character stands for which code while one segment is edited. */
export interface CodeTable {
  charOf(code: Code): string | undefined;
  codeOf(char: string): Code | undefined;
}

const keyOf = (code: Code): string => `${code.kind}${code.id}`;

/**
 * Gives every distinct code of the contents a private-use character that none
 * of their texts uses: symbol fonts put real text there (U+F0B7 is Word's bullet).
 */
export function codeTable(...contents: Content[]): CodeTable {
  const texts = contents.map((c) => c.text).join("");
  const chars = new Map<string, string>();
  const codes = new Map<string, Code>();
  let next = firstPrivate;
  for (const code of contents.flatMap((c) => c.codes)) {
    if (chars.has(keyOf(code))) continue;
    while (next <= lastPrivate && texts.includes(String.fromCharCode(next))) next++;
    if (next > lastPrivate) break;
    const char = String.fromCharCode(next++);
    chars.set(keyOf(code), char);
    codes.set(char, code);
  }
  return { charOf: (code) => chars.get(keyOf(code)), codeOf: (char) => codes.get(char) };
}

/** The editing document of a content. Codes the table does not know are left out. */
export function toDoc(content: Content, table: CodeTable): string {
  let doc = "";
  let at = 0;
  for (const code of content.codes) {
    doc += stripCodes(content.text.slice(at, code.pos), table) + (table.charOf(code) ?? "");
    at = Math.max(at, code.pos);
  }
  return doc + stripCodes(content.text.slice(at), table);
}

/** The inverse of toDoc. */
export function fromDoc(doc: string, table: CodeTable): Content {
  const content: Content = { text: "", codes: [] };
  for (const char of doc.split("")) {
    const code = table.codeOf(char);
    if (code) content.codes.push({ ...code, pos: content.text.length });
    else content.text += char;
  }
  return content;
}

/** Text without the characters that stand for codes: for the clipboard, both ways. */
export function stripCodes(text: string, table: CodeTable): string {
  return text
    .split("")
    .filter((char) => !table.codeOf(char))
    .join("");
}

/** The codes of the source that the target does not have, in the order of the source. */
export function missingCodes(source: Content, target: Content): Code[] {
  const have = new Map<string, number>();
  for (const code of target.codes) have.set(keyOf(code), (have.get(keyOf(code)) ?? 0) + 1);
  return source.codes.filter((code) => {
    const left = have.get(keyOf(code)) ?? 0;
    have.set(keyOf(code), left - 1);
    return left <= 0;
  });
}

/**
 * The document range of a span of the text. A code at an edge stays outside the
 * span; an empty span stands behind the codes at its offset.
 */
export function docRange(content: Content, start: number, end: number): { from: number; to: number } {
  const upTo = (test: (pos: number) => boolean) => content.codes.filter((c) => test(c.pos)).length;
  const from = start + upTo((pos) => pos <= start);
  const to = end + upTo((pos) => pos < end);
  return { from, to: Math.max(from, to) };
}

/** Whether both have the same text and the same codes at the same places; what the markup looks like does not count. */
export function sameContent(a: Content, b: Content): boolean {
  return (
    a.text === b.text &&
    a.codes.length === b.codes.length &&
    a.codes.every((code, i) => {
      const other = b.codes[i];
      return other !== undefined && keyOf(code) === keyOf(other) && code.pos === other.pos;
    })
  );
}

export function isEmpty(content: Content): boolean {
  return content.text.trim() === "" && content.codes.length === 0;
}

/** The part of a content from one offset to another; codes at the end of it belong to what follows. */
export function slice(content: Content, from: number, to: number): Content {
  const last = to >= content.text.length;
  const codes = content.codes.filter((c) => c.pos >= from && (c.pos < to || last)).map((c) => ({ ...c, pos: c.pos - from }));
  return { text: content.text.slice(from, to), codes };
}
