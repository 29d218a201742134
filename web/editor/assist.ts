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
    for (const [id, controller] of this.running) {
      if (id !== active && id !== next) controller.abort();
    }
    void this.fetch(active).then(() => (next ? this.fetch(next) : undefined));
  }

  /** Newer issues, as a save answered them. */
  setIssues(id: number, issues: Issue[]): void {
    const entry = this.known.get(id);
    if (entry) entry.assist = { ...entry.assist, issues };
  }

  /** Terms changed: what is known about other segments may be out of date. */
  setAssist(id: number, assist: Assist): void {
    this.forget();
    this.remember(id, assist);
  }

  /** Sources or targets changed: what was fetched belongs to other texts. */
  reset(): void {
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
    this.known.clear();
  }

  /** The memory learned something: everything fetched may be out of date. */
  forget(): void {
    for (const entry of this.known.values()) entry.at = 0;
  }

  private async fetch(id: number): Promise<void> {
    const entry = this.known.get(id);
    if (this.running.has(id) || (entry && Date.now() - entry.at < freshFor)) return;
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      this.remember(id, await this.api.assist(id, controller.signal));
      this.arrived(id);
    } catch (error) {
      if (!isAbort(error)) this.failed(id, error);
    } finally {
      this.running.delete(id);
    }
  }

  private remember(id: number, assist: Assist): void {
    this.known.delete(id);
    this.known.set(id, { at: Date.now(), assist });
    const oldest = this.known.keys().next().value;
    if (this.known.size > remembered && oldest !== undefined) this.known.delete(oldest);
  }
}
