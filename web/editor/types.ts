// The JSON the server and the segment editor exchange. Every offset counts
// UTF-16 units, the unit of JavaScript strings. web/editor.go is the other side;
// a Go test compares the field names of both.

/** State of a segment (tm.State). */
export type State = "new" | "draft" | "translated" | "rejected" | "approved";

/** An inline code that stands before offset `pos` of the text (tm.Code). */
export interface Code {
  pos: number;
  kind: "alone" | "open" | "close";
  id: number;
  type: string;
  data: string;
}

/** Plain text with its inline codes beside it (tm.Content). */
export interface Content {
  text: string;
  codes: Code[];
}

/** One row of the segment list. */
export interface Segment {
  id: number;
  index: number;
  /** Rows of one paragraph share the block. */
  block: number;
  source: Content;
  target: Content;
  state: State;
  revision: number;
  /** Who wrote the target last; "" for nobody. */
  author: string;
  /** RFC 3339 time of the last change; "" before the first. */
  changed: string;
  /** Score of the match that filled the target and was not edited since; 0 for none. */
  filled: number;
  /** Kind of that match, or "repetition" for auto-propagation; "" for none. */
  filledBy: string;
  /** Words of the source, as reports count them. */
  words: number;
  /** How many other segments of the document have the same source. */
  repetitions: number;
  /** The reviewer's reason while the state is "rejected"; else "". */
  reason: string;
  /** Open issues as last checked. */
  errors: number;
  warnings: number;
}

/** What may be wrong with a segment (tm.Issue), with its sentence. */
export interface Issue {
  code: string;
  severity: "error" | "warning" | "info";
  side: "source" | "target";
  start: number;
  end: number;
  /** A whole sentence in the language of the interface. */
  message: string;
  /** Replacement for start..end; absent when there is none. */
  fix?: string;
  /** Why somebody let it be; "" while it is open. */
  dismissed: string;
  /** Of a missing term: how the source has it. */
  term?: string;
}

export interface Penalty {
  code: string;
  points: number;
  /** The penalty in words. */
  message: string;
}

export interface Diff {
  kind: "same" | "deleted" | "inserted";
  text: string;
}

/** A unit of a memory offered for a segment (tm.Match). */
export interface Match {
  unit: number;
  kind: "context" | "exact" | "fuzzy" | "assembled" | "machine";
  score: number;
  raw: number;
  penalties: Penalty[];
  /** From the match's source to the segment's source. */
  diff: Diff[];
  source: Content;
  target: Content;
  memory: string;
  author: string;
  changed: string;
  document: string;
  state: State;
  /** What the memory holds, where the target was repaired. */
  original?: Content;
}

/** A term of a concept in one of the two languages. */
export interface TermForm {
  text: string;
  side: "source" | "target";
  status: "preferred" | "admitted" | "forbidden" | "proposed";
  /** When to use it. */
  note: string;
  /** For which time it holds, in words; "" for always. */
  lasting: string;
}

/** A term found in the source, with what to write for it. */
export interface Term {
  /** Offsets in the source, the ending included. */
  start: number;
  end: number;
  source: string;
  /** The approved form comes first, then the admitted ones. */
  targets: string[];
  forbidden: string[];
  type: string;
  note: string;
  glossary: string;
  concept: number;
  domain: string;
  /** Not to be translated. */
  keep: boolean;
  /** Waits for a reviewer: nobody has to use it. */
  proposed: boolean;
  /** Path of the page of the concept. */
  link: string;
  /** All forms, those of the source first, the preferred ones before the others. */
  forms: TermForm[];
}

/** A concept of a glossary. */
export interface Entry {
  concept: number;
  type: string;
  domain: string;
  note: string;
  keep: boolean;
  glossary: string;
  link: string;
  forms: TermForm[];
}

/** GET {api}/terms?q=…: what the glossaries have that is like the words, in either language. */
export interface TermsFound {
  entries: Entry[];
  /** There are others. */
  more: boolean;
}

/** A target term that begins with the end of what was typed. */
export interface Completion {
  /** How much of what was typed it goes on. */
  typed: number;
  text: string;
  source: string;
  status: TermForm["status"];
  type: string;
  glossary: string;
}

/** GET {api}/terms/complete?q=… */
export interface Completions {
  completions: Completion[];
}

/** A glossary that belongs to the project. */
export interface OwnGlossary {
  id: number;
  name: string;
}

/** GET {api}/segments/{id}/terms?source=…&target=…: what is known about a term before it is added. */
export interface TermDraft {
  /** A guess from the words. */
  type: string;
  /** What the glossaries have for these words. */
  same: Entry[];
  /** Names of the source that no glossary has. */
  names: string[];
  /** Ways to write the source term in the target. */
  candidates: string[];
  glossaries: OwnGlossary[];
  types: string[];
}

/** POST {api}/segments/{id}/terms: a new concept, or more forms of an old one (`concept` not 0). */
export interface AddTerm {
  concept: number;
  glossary: number;
  source: string;
  target: string;
  type: string;
  note: string;
  status: TermForm["status"];
  /** For the reviewer, where it is only proposed. */
  comment: string;
}

export interface AddedTerm {
  /** Whether a reviewer is to decide. */
  proposed: boolean;
  segment: Segment;
  assist: Assist;
}

/** GET {api}/segments[?since=N] */
export interface SegmentList {
  /** Pass it as `since` to get only rows that changed after this answer. */
  seq: number;
  segments: Segment[];
}

/** GET {api}/segments/{id}/assist */
export interface Assist {
  matches: Match[];
  terms: Term[];
  issues: Issue[];
}

/** GET {api}/segments/{id}/fragments: phrases of the source that the memories hold, in its order. */
export interface Fragments {
  fragments: Fragment[];
}

/** A phrase with its probable translations, learned from the memories: a piece to write with, never a match. */
export interface Fragment {
  kind: "assembled";
  /** Offsets in the source. */
  start: number;
  end: number;
  source: string;
  /** Units that hold it; with `more` there are more. */
  count: number;
  more: boolean;
  /** The best first; never none. */
  translations: FragmentTranslation[];
}

export interface FragmentTranslation {
  text: string;
  /** Units that have it, of those looked at. */
  count: number;
  /** How probable it is, 0 to 1; no score. */
  confidence: number;
  /** Where one of these units comes from. */
  memory: string;
  author: string;
  changed: string;
  document: string;
}

/** PUT {api}/segments/{id}. "draft" while typing, "translated" to confirm. */
export interface Save {
  revision: number;
  target: Content;
  state: "draft" | "translated";
  /** Score and kind of the match just inserted and not edited; 0 and "" otherwise. */
  filled: number;
  filledBy: string;
  /** The unit whose match was put into the target since the last save, to count its use. */
  unit?: number;
}

/** Answer to Save, Approve, Reject, Reopen and Restore. */
export interface Saved {
  segment: Segment;
  issues: Issue[];
  /** Rows that were filled or changed along with it, by auto-propagation. */
  propagated: Segment[];
  /** Pass to POST {api}/changes/{change}/undo to take the propagation back; 0 for none. */
  change: number;
}

/** POST {api}/segments/{id}/approve. 422 with `issues` while a glossary error stands and override is "". */
export interface Approve {
  revision: number;
  /** The written reason to approve although errors stand; "" for none. */
  override: string;
}

/** POST {api}/segments/{id}/reject */
export interface Reject {
  revision: number;
  reason: string;
}

/** POST {api}/segments/{id}/reopen: an approved segment goes back to translated (reviewers). */
export interface Reopen {
  revision: number;
}

/** POST {api}/segments/{id}/restore: make an old version the target again, as draft. */
export interface Restore {
  revision: number;
  version: number;
}

/**
 * POST {api}/segments/{id}/dismiss, answered with Saved: let an issue be until the
 * text changes. An empty reason takes the decision back. Glossary issues are for
 * reviewers only.
 */
export interface Dismiss {
  revision: number;
  code: string;
  side: "source" | "target";
  start: number;
  end: number;
  reason: string;
}

/** POST {api}/segments/{id}/split, answered with the whole SegmentList: cut the source before `at`. */
export interface Split {
  revision: number;
  at: number;
}

/** POST {api}/segments/{id}/merge, answered with the whole SegmentList: join it with the next one of its block. */
export interface Merge {
  revision: number;
}

/** GET {api}/typography with Accept: application/json: what the safe typographic fixes would change. */
export interface TypographyPreview {
  fixes: { id: number; index: number; revision: number; diff: Diff[] }[];
}

/** POST {api}/typography, answered with TypographyFixed: apply them to these segments, by id, at these revisions. */
export interface TypographyFix {
  segments: { id: number; revision: number }[];
}

export interface TypographyFixed {
  segments: Segment[];
  /** Pass to POST {api}/changes/{change}/undo to take all of it back. */
  change: number;
}

/** One version of a segment, newest first: GET {api}/segments/{id}/history */
export interface Version {
  revision: number;
  at: string;
  author: string;
  state: State;
  /** save, confirm, approve, reject, reopen, restore, pretranslate, propagate, typography, split, merge, undo */
  action: string;
  target: Content;
  reason: string;
  /** Word diff of the target from the version before. */
  diff: Diff[];
}

export interface History {
  versions: Version[];
}

/** POST {api}/changes/{id}/undo */
export interface Undone {
  segments: Segment[];
}

/** GET {api}/concordance?q=…&side=source|target&offset=N */
export interface Concordance {
  total: number;
  /** There are more hits than `total`, or may be. */
  more: boolean;
  hits: {
    source: Content;
    target: Content;
    /** Highlighted ranges of the searched side. */
    marks: { start: number; end: number }[];
    memory: string;
    author: string;
    changed: string;
    document: string;
  }[];
}

/** Body of every answer that is not 2xx. */
export interface Problem {
  /** Code of the error, e.g. "segment.stale". */
  code: string;
  /** A whole sentence in the language of the interface. */
  message: string;
  /** 409: the segment as it stands on the server. */
  current?: Segment;
  /** 422 of approve: what stands in the way. */
  issues?: Issue[];
}

export interface Language {
  tag: string;
  name: string;
  dir: "ltr" | "rtl";
}

/**
 * The start data, JSON in <script type="application/json" id="editor-data">.
 * `api` is the path of the document, e.g. "/projects/3/documents/7".
 */
export interface EditorData {
  api: string;
  document: string;
  project: string;
  source: Language;
  target: Language;
  /** Language of the interface. */
  locale: string;
  /** What this person may do here. */
  can: { edit: boolean; review: boolean; propose: boolean; terms: boolean };
  /** Key of locally kept drafts: differs by account and document. */
  draftKey: string;
  /** CSP nonce for the styles of CodeMirror. */
  nonce: string;
  /** Segment to open first; 0 for the first that needs work. */
  segment: number;
  /** Sentences of the catalogue below "editor.", with {{.Name}} placeholders. */
  messages: Record<string, string>;
}
