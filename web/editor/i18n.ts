// The words of the interface, and numbers and dates in its language.

/** Values for the {{.name}} placeholders of a sentence. */
export type Args = Record<string, string | number>;

/** Prints the sentences of one locale. A key without a sentence prints as itself. */
export class Words {
  private readonly plurals: Intl.PluralRules;
  private readonly numbers: Intl.NumberFormat;
  private readonly dates: Intl.DateTimeFormat;
  private readonly lists: Intl.ListFormat;
  /** Keys of the canned reasons by their text, in every language there is. */
  private readonly canned: Map<string, string>;

  constructor(
    private readonly messages: Record<string, string>,
    readonly locale: string,
  ) {
    const persian = locale.split("-")[0] === "fa";
    this.plurals = new Intl.PluralRules(locale);
    this.numbers = new Intl.NumberFormat(locale);
    // Iranian readers date by the Solar Hijri calendar: ۱ آذر ۱۴۰۵.
    this.dates = new Intl.DateTimeFormat(persian ? "fa-IR-u-ca-persian" : locale, { dateStyle: "medium", timeStyle: "short" });
    const said = Object.entries(messages).flatMap(([key, text]) => /^said\.[^.]+\.(.+)$/.exec(key)?.slice(1).map((own): [string, string] => [text, own]) ?? []);
    this.canned = new Map(said);
    this.lists = new Intl.ListFormat(locale, { type: "conjunction" });
  }

  has(key: string): boolean {
    return key in this.messages;
  }

  t(key: string, args: Args = {}): string {
    return this.interpolate(this.messages[key] ?? key, args);
  }

  /** The plural form of the sentence for count, which also fills {{.count}}. */
  n(key: string, count: number, args: Args = {}): string {
    const form = this.messages[`${key}.${this.plurals.select(count)}`] ?? this.messages[`${key}.other`] ?? this.messages[key] ?? key;
    return this.interpolate(form, { count, ...args });
  }

  /** A reason somebody gave: a canned one as this language says it, any other as it was written. */
  reason(text: string): string {
    return this.messages[this.canned.get(text) ?? ""] ?? text;
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  /** A share of one as percent; an Arabic letter mark keeps the Persian sign on the left of its number wherever it stands. */
  percent(share: number): string {
    const text = new Intl.NumberFormat(this.locale, { style: "percent", maximumFractionDigits: 0 }).format(share);
    return text.includes("٪") ? `\u061c${text}` : text;
  }

  /** An RFC 3339 time as people of the locale write it; "" stays "". */
  date(time: string): string {
    const at = new Date(time);
    return time === "" || Number.isNaN(at.getTime()) ? "" : this.dates.format(at);
  }

  list(parts: string[]): string {
    return this.lists.format(parts);
  }

  private interpolate(sentence: string, args: Args): string {
    return sentence.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (whole, name: string) => {
      const value = args[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? this.number(value) : isolate(value);
    });
  }
}

/** First-strong isolate around text of people, so that a Latin name cannot turn a Persian sentence around. */
export function isolate(text: string): string {
  return text === "" ? "" : `\u2068${text}\u2069`;
}
