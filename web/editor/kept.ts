// Drafts kept on this computer until the server has them.

import type { Content } from "./types";

/** What a translator wrote and wants the server to have. */
export interface Draft {
  target: Content;
  state: "draft" | "translated";
  filled: number;
  filledBy: string;
}

/** A draft in the browser's storage. */
export interface KeptDraft extends Draft {
  id: number;
  /** The revision it was based on. */
  revision: number;
  /** Grows with every change, so that drafts are sent in the order they were written. */
  order: number;
  /** Targets of saves that got no answer: the server may have one of them. */
  sent: Content[];
}

export type KeptStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** One storage key per segment, so that a keystroke writes one sentence and not all. */
export class Kept {
  private order: number;

  constructor(
    private readonly storage: KeptStorage | undefined,
    private readonly prefix: string,
  ) {
    this.order = Math.max(0, ...this.all().map((draft) => draft.order));
  }

  /** Writes at once; false when the browser has no room or no storage. */
  write(id: number, revision: number, draft: Draft, sent: Content[]): boolean {
    const kept: KeptDraft = { ...draft, id, revision, order: ++this.order, sent };
    try {
      this.storage?.setItem(this.keyOf(id), JSON.stringify(kept));
      return this.storage !== undefined;
    } catch {
      return false;
    }
  }

  remove(id: number): void {
    try {
      this.storage?.removeItem(this.keyOf(id));
    } catch {
      // A storage that cannot be written was not kept in either.
    }
  }

  /** All kept drafts in the order they were written. What does not read as a draft is left alone. */
  all(): KeptDraft[] {
    const drafts: KeptDraft[] = [];
    for (let i = 0; i < (this.storage?.length ?? 0); i++) {
      const key = this.storage?.key(i);
      const draft = key?.startsWith(this.prefix + ":") ? parse(this.storage?.getItem(key)) : undefined;
      if (draft) drafts.push(draft);
    }
    return drafts.sort((a, b) => a.order - b.order);
  }

  private keyOf(id: number): string {
    return `${this.prefix}:${id}`;
  }
}

function parse(text: string | null | undefined): KeptDraft | undefined {
  try {
    const draft = JSON.parse(text ?? "null") as KeptDraft | null;
    const usable = typeof draft?.id === "number" && typeof draft.revision === "number" && typeof draft.target?.text === "string" && Array.isArray(draft.target.codes);
    return usable ? { ...draft, sent: draft.sent ?? [] } : undefined;
  } catch {
    return undefined;
  }
}
