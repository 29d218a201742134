// Phrases of segments that the memories hold, fetched when a segment without a
// good match has been open for a moment, or when asked for.

import { isAbort, type Api } from "./api";
import type { Assist, Fragment, FragmentTranslation } from "./types";

const freshFor = 60_000;
const remembered = 50;
const moment = 200;
/** With a match of this score there are no fragments unless asked for. */
const goodScore = 70;

interface Entry {
  at: number;
  source: string;
  fragments: Fragment[];
}

export class Fragments {
  private readonly known = new Map<number, Entry>();
  private running: { id: number; stop: () => void } | undefined;

  constructor(
    private readonly api: Pick<Api, "fragments">,
    private readonly arrived: () => void,
  ) {}

  get(id: number, source: string): Fragment[] | undefined {
    const entry = this.known.get(id);
    return entry?.source === source ? entry.fragments : undefined;
  }

  /** Whether an answer for the segment is on its way. */
  waits(id: number): boolean {
    return this.running?.id === id;
  }

  /** Fetches for the active segment, after a moment; answers for others are no longer wanted. */
  want(id: number, source: string, after = moment): void {
    const entry = this.known.get(id);
    if (entry?.source === source && Date.now() - entry.at < freshFor) return;
    if (after > 0 && this.waits(id)) return;
    this.cancel();
    const controller = new AbortController();
    const timer = setTimeout(() => void this.fetch(id, source, controller.signal), after);
    const stop = () => {
      clearTimeout(timer);
      controller.abort();
    };
    this.running = { id, stop };
  }

  /** Another segment was opened: only what is asked for it is wanted. */
  leaveFor(id: number): void {
    if (this.running && this.running.id !== id) this.cancel();
  }

  cancel(): void {
    this.running?.stop();
    this.running = undefined;
  }

  private async fetch(id: number, source: string, signal: AbortSignal): Promise<void> {
    let fragments: Fragment[] = [];
    try {
      fragments = (await this.api.fragments(id, signal)).fragments;
    } catch (error) {
      // Help that did not come is no news; the panel says that there is none.
      if (isAbort(error)) return;
    }
    if (signal.aborted) return;
    this.running = undefined;
    this.remember(id, { at: Date.now(), source, fragments });
    this.arrived();
  }

  private remember(id: number, entry: Entry): void {
    this.known.delete(id);
    this.known.set(id, entry);
    const oldest = this.known.keys().next().value;
    if (this.known.size > remembered && oldest !== undefined) this.known.delete(oldest);
  }
}

/** Whether fragments are of use without being asked for: no match is good. */
export function lacksMatch(assist: Assist): boolean {
  return assist.matches.every((match) => match.score < goodScore);
}

/** The best translation of the first fragment that has none of its own in the target yet. */
export function nextPiece(fragments: Fragment[], target: string): FragmentTranslation | undefined {
  return fragments.find((f) => !f.translations.some((t) => target.includes(t.text)))?.translations[0];
}
