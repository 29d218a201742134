// Saving: from a keystroke to the server's answer, without losing a word.
//
// A change is kept on this computer within keepDelay, sent saveDelay after the
// last key and at the latest saveLimit after the first, and removed here only
// after a 2xx. All saves run one after the other, so they arrive in order.

import { ApiError } from "./api";
import { sameContent } from "./content";
import { Kept, type Draft, type KeptDraft, type KeptStorage } from "./kept";
import type { Content, Issue, Save, Saved, Segment } from "./types";

const keepDelay = 250;
const saveDelay = 700;
const saveLimit = 2000;
const firstRetry = 1000;
const lastRetry = 30_000;

/**
 * How safe the text of a segment is: "typing" before it is sent, "kept" when
 * only this computer has it for now, "refused" when the server will not take it.
 */
export type SaveStatus = "saved" | "typing" | "saving" | "kept" | "conflict" | "refused";

export interface SaverDeps {
  save(id: number, save: Save): Promise<Saved>;
  storage: KeptStorage | undefined;
  /** Prefix of the storage keys: one per account and document. */
  key: string;
  /** The status of a segment, or of the session, may have changed. */
  changed(id: number): void;
  /** The server has the draft; `more` tells that a newer one is waiting. */
  saved(id: number, answer: Saved, draft: Draft, more: boolean): void;
  /** Somebody else changed the segment; `current` is the server's. */
  conflict(id: number, mine: Draft, current: Segment): void;
  refused(id: number, error: ApiError): void;
}

interface Entry {
  /** Revision the pending draft is based on. */
  base: number;
  pending?: Draft;
  sending?: Draft;
  /** Targets of the saves that got no answer: the server may have one of them. */
  unanswered: Content[];
  status: SaveStatus;
  since: number;
  keepTimer?: ReturnType<typeof setTimeout>;
  saveTimer?: ReturnType<typeof setTimeout>;
  /** The server's segment while in conflict. */
  theirs?: Segment;
  waiting: (() => void)[];
}

export class Saver {
  private readonly kept: Kept;
  private readonly entries = new Map<number, Entry>();
  private lane: number[] = [];
  private busy = false;
  private failures = 0;
  private retryTimer?: ReturnType<typeof setTimeout>;
  /** The log-in ran out: nothing is sent until resume. */
  loggedOut = false;
  /** The browser could not keep a draft; only the open page has it. */
  unkept = false;

  constructor(private readonly deps: SaverDeps) {
    this.kept = new Kept(deps.storage, deps.key);
  }

  status(id: number): SaveStatus {
    return this.entries.get(id)?.status ?? "saved";
  }

  /** What the person wrote and the server does not have yet. */
  mine(id: number): Draft | undefined {
    const entry = this.entries.get(id);
    return entry?.pending ?? entry?.sending;
  }

  /** The server's side of a conflict. */
  theirs(id: number): Segment | undefined {
    return this.entries.get(id)?.theirs;
  }

  /** Segments the server does not have in full. */
  open(): { id: number; status: SaveStatus }[] {
    return [...this.entries].map(([id, entry]) => ({ id, status: entry.status })).filter((e) => e.status !== "saved");
  }

  /** The target changed; revision is that of the segment on screen. */
  edit(id: number, revision: number, draft: Draft): void {
    const entry = this.take(id, revision, draft);
    entry.keepTimer ??= setTimeout(() => this.keep(id, entry), keepDelay);
    if (entry.status === "conflict") return;
    clearTimeout(entry.saveTimer);
    const wait = Math.min(saveDelay, entry.since + saveLimit - Date.now());
    entry.saveTimer = setTimeout(() => this.enqueue(id, entry), Math.max(0, wait));
    this.turn(id, entry, "typing");
  }

  /** Sends at once; a draft that waits is superseded. */
  confirm(id: number, revision: number, draft: Draft): void {
    const entry = this.take(id, revision, draft);
    this.keep(id, entry);
    if (entry.status !== "conflict") this.enqueue(id, entry);
  }

  /** Sends what waits and resolves when the server has answered for good; false when it does not have the text. */
  async flush(id: number): Promise<boolean> {
    const entry = this.entries.get(id);
    if (!entry || entry.status === "saved") return true;
    if (entry.status === "conflict" || entry.status === "refused") return false;
    if (entry.pending) this.enqueue(id, entry);
    await new Promise<void>((resolve) => entry.waiting.push(resolve));
    return this.status(id) === "saved";
  }

  /** Drafts left from an earlier visit, oldest first. */
  left(): KeptDraft[] {
    return this.kept.all();
  }

  /** Takes up a draft of an earlier visit against the segment as the server has it now. */
  adopt(draft: KeptDraft, current: Segment): "same" | "sent" | "conflict" {
    if (sameContent(draft.target, current.target) && stateReached(draft, current)) {
      this.kept.remove(draft.id);
      return "same";
    }
    const ours = draft.revision === current.revision || sameContent(draft.target, current.target) || draft.sent.some((sent) => sameContent(sent, current.target));
    const entry = this.take(draft.id, ours ? current.revision : draft.revision, pick(draft));
    this.keep(draft.id, entry);
    if (ours) this.enqueue(draft.id, entry);
    else this.clash(draft.id, entry, current);
    return ours ? "sent" : "conflict";
  }

  /** Lets go of a segment that is no longer there. */
  drop(id: number): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    clearTimeout(entry.saveTimer);
    this.lane = this.lane.filter((other) => other !== id);
    this.entries.delete(id);
    this.finish(id, entry);
  }

  /** Ends a conflict: a draft becomes the new text over the server's, undefined leaves the server's. */
  resolve(id: number, draft: Draft | undefined): void {
    const entry = this.entries.get(id);
    if (!entry?.theirs) return;
    entry.base = entry.theirs.revision;
    entry.theirs = undefined;
    entry.pending = draft;
    if (draft) {
      this.keep(id, entry);
      this.enqueue(id, entry);
    } else this.finish(id, entry);
  }

  /** Tries again at once: the network is back, or the person asks for it. */
  retry(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    this.failures = 0;
    for (const [id, entry] of this.entries) {
      if (entry.status === "refused") this.enqueue(id, entry);
    }
    this.pump();
  }

  /** The person logged in again. */
  resume(): void {
    this.loggedOut = false;
    this.retry();
  }

  /** The page may go away now: keep everything and send it without waiting. */
  leave(): void {
    for (const [id, entry] of this.entries) {
      if (!entry.pending) continue;
      const sends = !entry.sending && entry.status !== "conflict" && entry.status !== "refused" && !this.loggedOut;
      if (sends) this.note(entry, entry.pending.target);
      this.keep(id, entry);
      if (!sends) continue;
      // The answer may come to nobody. If the page stays, the usual save finds
      // its own text on the server and is content.
      this.deps.save(id, saveOf(entry.base, entry.pending)).catch(() => undefined);
    }
  }

  private take(id: number, revision: number, draft: Draft): Entry {
    let entry = this.entries.get(id);
    if (!entry) this.entries.set(id, (entry = { base: revision, status: "saved", since: 0, unanswered: [], waiting: [] }));
    if (!entry.pending && !entry.sending) entry.base = revision;
    if (!entry.pending) entry.since = Date.now();
    entry.pending = draft;
    return entry;
  }

  /** Remembers what is sent until an answer comes. */
  private note(entry: Entry, target: Content): void {
    if (entry.unanswered.at(-1) !== target) entry.unanswered = [...entry.unanswered.slice(-4), target];
  }

  private keep(id: number, entry: Entry): void {
    clearTimeout(entry.keepTimer);
    entry.keepTimer = undefined;
    const draft = entry.pending ?? entry.sending;
    if (draft) this.unkept = !this.kept.write(id, entry.base, draft, entry.unanswered);
  }

  private enqueue(id: number, entry: Entry): void {
    clearTimeout(entry.saveTimer);
    entry.saveTimer = undefined;
    if (!entry.pending) return;
    if (!this.lane.includes(id)) this.lane.push(id);
    this.turn(id, entry, this.waiting() ? "kept" : "saving");
    this.pump();
  }

  private waiting(): boolean {
    return this.loggedOut || this.retryTimer !== undefined;
  }

  private pump(): void {
    if (this.busy || this.waiting()) return;
    const id = this.lane.shift();
    const entry = id === undefined ? undefined : this.entries.get(id);
    if (id === undefined) return;
    if (entry?.pending) void this.send(id, entry, entry.pending);
    else this.pump();
  }

  private async send(id: number, entry: Entry, draft: Draft): Promise<void> {
    this.busy = true;
    clearTimeout(entry.saveTimer);
    entry.saveTimer = undefined;
    entry.sending = draft;
    entry.pending = undefined;
    this.note(entry, draft.target);
    this.keep(id, entry);
    this.turn(id, entry, "saving");
    try {
      this.accept(id, entry, draft, await this.deps.save(id, saveOf(entry.base, draft)));
    } catch (error) {
      entry.sending = undefined;
      entry.pending ??= draft;
      this.fail(id, entry, draft, error instanceof ApiError ? error : new ApiError(0, { code: "network", message: String(error) }));
    }
    this.busy = false;
    this.pump();
  }

  private accept(id: number, entry: Entry, draft: Draft, answer: Saved): void {
    this.failures = 0;
    entry.base = answer.segment.revision;
    entry.sending = undefined;
    entry.unanswered = [];
    const more = entry.pending !== undefined;
    if (more) {
      this.keep(id, entry);
      if (!entry.saveTimer && !this.lane.includes(id)) this.enqueue(id, entry);
    }
    this.deps.saved(id, answer, draft, more);
    if (!more) this.finish(id, entry);
  }

  private fail(id: number, entry: Entry, draft: Draft, error: ApiError): void {
    if (error.status === 409 && error.problem.current) this.stale(id, entry, draft, error.problem.current);
    else if (error.status === 401) this.stop(id);
    else if (error.passing) this.later(id, error);
    else {
      this.turn(id, entry, "refused");
      this.deps.refused(id, error);
      this.answer(entry);
    }
  }

  /** Stale is no conflict when the server has our own text, whose answer was lost, or text that nobody wrote. */
  private stale(id: number, entry: Entry, draft: Draft, current: Segment): void {
    const same = sameContent(draft.target, current.target);
    const earlier = entry.unanswered.some((sent) => sameContent(sent, current.target));
    if (!same && !earlier && !propagated(current)) return this.clash(id, entry, current);
    if (same && stateReached(draft, current)) {
      if (entry.pending === draft) entry.pending = undefined;
      return this.accept(id, entry, draft, { segment: current, issues: unknownIssues, propagated: [], change: 0 });
    }
    if (entry.base === current.revision) return this.clash(id, entry, current);
    entry.base = current.revision;
    this.lane.unshift(id);
  }

  private clash(id: number, entry: Entry, current: Segment): void {
    clearTimeout(entry.saveTimer);
    entry.saveTimer = undefined;
    entry.theirs = current;
    entry.unanswered = [];
    this.turn(id, entry, "conflict");
    if (entry.pending) this.deps.conflict(id, entry.pending, current);
    this.answer(entry);
  }

  private stop(id: number): void {
    this.lane.unshift(id);
    this.loggedOut = true;
    this.holdAll();
  }

  private later(id: number, error: ApiError): void {
    this.lane.unshift(id);
    const backOff = Math.min(lastRetry, firstRetry * 2 ** this.failures++);
    this.retryTimer = setTimeout(() => {
      this.retryTimer = undefined;
      this.pump();
    }, error.retryAfter ?? backOff);
    this.holdAll();
  }

  private holdAll(): void {
    for (const id of this.lane) {
      const entry = this.entries.get(id);
      if (entry) this.turn(id, entry, "kept");
    }
  }

  private finish(id: number, entry: Entry): void {
    clearTimeout(entry.keepTimer);
    entry.keepTimer = undefined;
    this.kept.remove(id);
    this.turn(id, entry, "saved");
    this.answer(entry);
  }

  private answer(entry: Entry): void {
    for (const resolve of entry.waiting.splice(0)) resolve();
  }

  private turn(id: number, entry: Entry, status: SaveStatus): void {
    if (entry.status === "conflict" && status === "typing") return;
    entry.status = status;
    this.deps.changed(id);
  }
}

/** Stands for issues nobody sent: the caller keeps those it has. */
export const unknownIssues: Issue[] = [];

function pick(draft: Draft): Draft {
  return { target: draft.target, state: draft.state, filled: draft.filled, filledBy: draft.filledBy };
}

function saveOf(revision: number, draft: Draft): Save {
  return { revision, ...pick(draft) };
}

/** Filled by auto-propagation and judged by nobody since: what a person writes goes before it. */
function propagated(current: Segment): boolean {
  return current.filledBy === "repetition" && (current.state === "draft" || current.state === "translated");
}

/** A draft asks for nothing; a confirmation is reached once the segment is translated or further. */
function stateReached(draft: Draft, current: Segment): boolean {
  return draft.state === "draft" || current.state === "translated" || current.state === "approved";
}
