// Typing pauses, and the issues that wait for one: half a sentence is always
// too short and lacks its numbers and terms.

import type { Issue } from "./types";

const pause = 2000;

/** Checks that mean something only for a whole sentence, and on which side. */
const unfinished: Record<string, Issue["side"] | "both"> = {
  length: "both", end_punctuation: "both", untranslated: "both", glossary_missing: "both", segment_count: "both", code_missing: "both",
  number_mismatch: "source", url_changed: "source",
};

/** Whether an issue may go away by writing on. */
export function isUnfinished(issue: Pick<Issue, "code" | "side">): boolean {
  const side = unfinished[issue.code];
  return side === "both" || side === issue.side;
}

/** Knows whether somebody is typing: from the first key until none came for a while. */
export class Lull {
  typing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: () => void) {}

  /** A key was pressed. */
  stir(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), pause);
    this.turn(true);
  }

  /** The text is done, whatever the clock says. */
  end(): void {
    clearTimeout(this.timer);
    this.turn(false);
  }

  private turn(typing: boolean): void {
    if (this.typing === typing) return;
    this.typing = typing;
    this.changed();
  }
}
