// Typed calls to the server. Every failure is an ApiError.

import type { AddedTerm, AddTerm, Approve, Assist, Completions, Concordance, Dismiss, Fragments, History, Merge, Problem, Reject, Reopen, Restore, Save, Saved, SegmentList, Split, TermDraft, TermsFound, TypographyFix, TypographyFixed, TypographyPreview, Undone } from "./types";

/** Why a call failed. Status 0 means that no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    /** Milliseconds the server asked to wait, when it did. */
    readonly retryAfter?: number,
  ) {
    super(problem.message || problem.code);
  }

  /** Whether the same call may succeed later: no network, overload, a restart. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** True for a call that was aborted because its answer is no longer wanted. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

const patience = 15_000;
const keepaliveLimit = 60_000; // browsers refuse more than 64 KiB for keepalive

export class Api {
  constructor(private readonly base: string) {}

  segments(since?: number, signal?: AbortSignal): Promise<SegmentList> {
    return this.call("GET", since === undefined ? "/segments" : `/segments?since=${since}`, undefined, signal);
  }

  assist(id: number, signal?: AbortSignal): Promise<Assist> {
    return this.call("GET", `/segments/${id}/assist`, undefined, signal);
  }

  fragments(id: number, signal?: AbortSignal): Promise<Fragments> {
    return this.call("GET", `/segments/${id}/fragments`, undefined, signal);
  }

  save(id: number, save: Save): Promise<Saved> {
    return this.call("PUT", `/segments/${id}`, save);
  }

  approve(id: number, body: Approve): Promise<Saved> {
    return this.call("POST", `/segments/${id}/approve`, body);
  }

  reject(id: number, body: Reject): Promise<Saved> {
    return this.call("POST", `/segments/${id}/reject`, body);
  }

  reopen(id: number, body: Reopen): Promise<Saved> {
    return this.call("POST", `/segments/${id}/reopen`, body);
  }

  restore(id: number, body: Restore): Promise<Saved> {
    return this.call("POST", `/segments/${id}/restore`, body);
  }

  dismiss(id: number, body: Dismiss): Promise<Saved> {
    return this.call("POST", `/segments/${id}/dismiss`, body);
  }

  split(id: number, body: Split): Promise<SegmentList> {
    return this.call("POST", `/segments/${id}/split`, body);
  }

  merge(id: number, body: Merge): Promise<SegmentList> {
    return this.call("POST", `/segments/${id}/merge`, body);
  }

  typography(): Promise<TypographyPreview> {
    return this.call("GET", "/typography");
  }

  fixTypography(body: TypographyFix): Promise<TypographyFixed> {
    return this.call("POST", "/typography", body);
  }

  history(id: number, signal?: AbortSignal): Promise<History> {
    return this.call("GET", `/segments/${id}/history`, undefined, signal);
  }

  undo(change: number): Promise<Undone> {
    return this.call("POST", `/changes/${change}/undo`, {});
  }

  concordance(q: string, side: "source" | "target", offset: number, signal?: AbortSignal): Promise<Concordance> {
    const query = new URLSearchParams({ q, side, offset: String(offset) });
    return this.call("GET", `/concordance?${query}`, undefined, signal);
  }

  terms(q: string, signal?: AbortSignal): Promise<TermsFound> {
    return this.call("GET", `/terms?${new URLSearchParams({ q })}`, undefined, signal);
  }

  complete(q: string, signal?: AbortSignal): Promise<Completions> {
    return this.call("GET", `/terms/complete?${new URLSearchParams({ q })}`, undefined, signal);
  }

  draftTerm(id: number, source: string, target: string, signal?: AbortSignal): Promise<TermDraft> {
    return this.call("GET", `/segments/${id}/terms?${new URLSearchParams({ source, target })}`, undefined, signal);
  }

  addTerm(id: number, body: AddTerm): Promise<AddedTerm> {
    return this.call("POST", `/segments/${id}/terms`, body);
  }

  private async call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const late = AbortSignal.timeout(patience);
    let response: Response;
    try {
      response = await fetch(this.base + path, {
        method,
        headers: text === undefined ? { Accept: "application/json" } : { Accept: "application/json", "Content-Type": "application/json" },
        body: text,
        credentials: "same-origin",
        // A save on its way is not lost when the page goes away.
        keepalive: method !== "GET" && (text?.length ?? 0) * 3 < keepaliveLimit,
        redirect: "manual",
        signal: signal ? AbortSignal.any([signal, late]) : late,
      });
      if (response.ok) return (await response.json()) as T;
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ApiError(0, { code: "network", message: "" });
    }
    throw await failure(response);
  }
}

async function failure(response: Response): Promise<ApiError> {
  // A redirect of a JSON call can only lead to the log-in page.
  if (response.type === "opaqueredirect") return new ApiError(401, { code: "session", message: "" });
  const problem = await readProblem(response);
  return new ApiError(response.status, problem, retryAfter(response.headers.get("Retry-After")));
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    if (typeof body === "object" && body !== null && "code" in body) return body as Problem;
  } catch {
    // Not JSON: a proxy's page. The status says enough.
  }
  return { code: `http.${response.status}`, message: "" };
}

/** Retry-After in milliseconds: seconds or an HTTP date (RFC 9110 10.2.3). */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
