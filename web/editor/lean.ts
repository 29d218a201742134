// The direction of notes in both scripts.

/**
 * The direction of most letters of a text; the first letter alone would turn
 * "پیوست means attachment". As LeanOf in web/lean.go.
 */
export function lean(text: string): "ltr" | "rtl" | "auto" {
  const letters = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const right = letters(/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/gu);
  const left = letters(/\p{L}/gu) - letters(/(?=\p{L})[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/gu);
  if (left === 0 && right === 0) return "auto";
  return right > left ? "rtl" : "ltr";
}
