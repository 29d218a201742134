// What panels, dialogs and commands may use of the editor.

import type { Api } from "./api";
import type { CommandName } from "./commands";
import type { Saver } from "./drafts";
import type { Fragments } from "./fragments";
import type { Words } from "./i18n";
import type { Notices } from "./notices";
import type { SegmentList as Rows } from "./segments";
import type { Store } from "./state";
import type { Target } from "./target";
import type { AddedTerm, Assist, Code, Content, EditorData, Issue, Match, Saved, Segment, SegmentList, Version } from "./types";

/** Translating moves to the next unconfirmed segment, reviewing to the next unapproved one. */
export type Mode = "translate" | "review";

export type Tab = "assist" | "history" | "concordance" | "glossary";

export interface App {
  readonly data: EditorData;
  readonly words: Words;
  readonly api: Api;
  readonly store: Store;
  readonly saver: Saver;
  readonly target: Target;
  readonly list: Rows;
  readonly notices: Notices;
  readonly fragments: Fragments;
  readonly mode: Mode;
  readonly invisibles: boolean;

  /** What a code is, in words: "2: bold, begins". */
  readonly codeName: (code: Code) => string;
  /** Runs a command as its key would; false when it does not apply now. */
  run(command: CommandName, digit?: number): boolean;
  active(): Segment | undefined;
  /** Whether this person may change the active target now. */
  editable(): boolean;
  /** Answers for the active segment; undefined while they are on their way. */
  assist(): Assist | undefined;
  /** Open issues of the active segment, the gravest first; while typing without those that may go away by it. */
  issues(): Issue[];
  /** Issues of the active segment that somebody let be. */
  dismissed(): Issue[];
  /** Where the source of the active segment was clicked or selected, at the beginning of a word. */
  splitPoint(): number | undefined;

  /** What was selected last in the source of the active segment. */
  selectedSource(): string;

  open(id: number, focus?: boolean): void;
  /** Goes to the next segment that needs this person, or says that none is left. */
  advance(): void;
  /** Whether the segment still needs this person in the present mode. */
  needsWork(segment: Segment): boolean;
  /** Writes over the selection, or around it when there is a closing part. */
  insertText(text: string, close?: string): void;
  /** Writes words over the selection, with a space where they would join the words beside it. */
  insertWords(words: string): void;
  insertMatch(match: Match): void;
  /** Writes what the memory holds for a match that was repaired. */
  insertOriginal(match: Match): void;
  /** Makes a text the target, as if typed. */
  write(content: Content): void;
  jump(issue: Issue): void;
  fix(issue: Issue): void;
  /** Makes every fix of the segment that can be made together. */
  fixAll(): void;
  restore(version: Version): Promise<void>;
  /** Puts an answer of the server on the page. */
  take(id: number, answer: Saved): void;
  /** Puts terms and issues on the page after a change of a glossary. */
  takeTerms(id: number, answer: AddedTerm): void;
  /** Puts rows on the page that changed together. */
  takeRows(segments: Segment[]): void;
  /** Puts another list on the page: segments were split or merged. */
  replaceList(list: SegmentList): void;
  /** Takes a change of several segments back. */
  takeBack(change: number): Promise<void>;

  setMode(mode: Mode): void;
  setInvisibles(on: boolean): void;
  showTab(tab: Tab): void;
  searchConcordance(): void;
  searchGlossary(): void;
  /** Shows the next term of the segment in its card. */
  nextTerm(): boolean;
  closeTerm(): boolean;
  focusSearch(): void;
  /** Moves the focus between field, panels and search. */
  nextPane(): void;
  leavePane(): boolean;
  undoPropagation(): boolean;
  /** Says that the log-in ran out; nothing is sent until the person is back. */
  sessionOver(): void;
  /** An error as a sentence for people. */
  problem(error: unknown): string;
}
