// Matches, terms and issues of segments, fetched ahead and kept for a while.

import { isAbort, type Api } from "./api";
import type { Assist, Issue } from "./types";

const freshFor = 60_000;
const remembered = 100;

interface Entry {
  at: number;
  assist: Assist;
}

export class Assists {
  private readonly known = new Map<number, Entry>();
  private readonly running = new Map<number, AbortController>();
  /** Issues that a save answered while help for the segment was on its way: that may be about the text before. */
  private readonly newer = new Map<number, Issue[]>();
  /** Grows when the memory learns something. */
  private lessons = 0;

  constructor(
    private readonly api: Pick<Api, "assist">,
    private readonly arrived: (id: number) => void,
    private readonly failed: (id: number, error: unknown) => void,
  ) {}

  get(id: number): Assist | undefined {
    return this.known.get(id)?.assist;
  }

  /** Fetches for the active segment and ahead for the next; answers for others are no longer wanted. */
  want(active: number, next: number): void {
    for (const id of this.running.keys()) {
      if (id !== active && id !== next) this.stop(id);
    }
    void this.fetch(active).then(() => (next ? this.fetch(next) : undefined));
  }

  /** Newer issues, as a save answered them. */
  setIssues(id: number, issues: Issue[]): void {
    const entry = this.known.get(id);
    if (entry) entry.assist = { ...entry.assist, issues };
    if (this.running.has(id)) this.newer.set(id, issues);
  }

  /** Terms changed: what is known about other segments may be out of date. */
  setAssist(id: number, assist: Assist): void {
    this.forget();
    this.stop(id);
    this.remember(id, { at: Date.now(), assist });
  }

  /** Sources or targets changed: what was fetched belongs to other texts. */
  reset(): void {
    for (const id of this.running.keys()) this.stop(id);
    this.known.clear();
  }

  /** The memory learned something: everything fetched may be out of date. */
  forget(): void {
    this.lessons++;
    for (const entry of this.known.values()) entry.at = 0;
  }

  private stop(id: number): void {
    this.running.get(id)?.abort();
    this.running.delete(id);
    this.newer.delete(id);
  }

  private async fetch(id: number): Promise<void> {
    const entry = this.known.get(id);
    if (this.running.has(id) || (entry && Date.now() - entry.at < freshFor)) return;
    const controller = new AbortController();
    const { lessons } = this;
    this.running.set(id, controller);
    const answer = await this.api.assist(id, controller.signal).catch((error: unknown) => ({ error }));
    if (this.running.get(id) !== controller) return; // not wanted any more
    const issues = this.newer.get(id);
    this.running.delete(id);
    this.newer.delete(id);
    if ("error" in answer) return isAbort(answer.error) ? undefined : this.failed(id, answer.error);
    this.remember(id, { at: lessons === this.lessons ? Date.now() : 0, assist: issues ? { ...answer, issues } : answer });
    this.arrived(id);
  }

  private remember(id: number, entry: Entry): void {
    this.known.delete(id);
    this.known.set(id, entry);
    const oldest = this.known.keys().next().value;
    if (this.known.size > remembered && oldest !== undefined) this.known.delete(oldest);
  }
}
