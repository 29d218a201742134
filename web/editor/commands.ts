// Every command by name. A command answers whether it acted; if not, the key
// goes on to the browser.

import { addTerm } from "./addterm";
import type { App } from "./app";
import { completing } from "./completer";
import { confirmSegment, saveNow } from "./confirm";
import { isEmpty } from "./content";
import { merge, startSplit } from "./cut";
import { gotoDialog, helpDialog } from "./dialogs";
import { canFix } from "./fixes";
import { nextPiece } from "./fragments";
import { letBe, mayLetBe } from "./letbe";
import { approve, openReject, reopen } from "./review";
import { distinctTerms } from "./terminfo";
import { mendTypography } from "./typography";

export type CommandName =
  | "confirm" | "save" | "reject" | "reopen" | "copySource" | "fix" | "fixAll" | "letBe" | "split" | "merge" | "undoPropagation" | "typography"
  | "up" | "down" | "nextOpen" | "previousOpen" | "goto" | "search"
  | "insertMatch" | "insertOriginal" | "insertTerm" | "nextTerm" | "addTerm" | "nextCode" | "allCodes" | "concordance" | "glossary"
  | "insertFragment" | "zwnj" | "direction" | "invisibles" | "assist" | "history" | "panes" | "escape" | "help";

export type Command = (app: App, digit: number) => boolean;

export const commands: Record<CommandName, Command> = {
  confirm: (app) => act(() => (app.mode === "review" ? void approve(app) : confirmSegment(app))),
  save: (app) => act(() => saveNow(app)),
  reject: (app) => app.data.can.review && act(() => openReject(app)),
  reopen: (app) => app.data.can.review && app.active()?.state === "approved" && act(() => void reopen(app)),
  copySource: (app) => app.editable() && act(() => copySource(app)),
  fix: (app) => fixFirst(app),
  fixAll: (app) => app.editable() && act(() => app.fixAll()),
  letBe: (app) => letFirstBe(app),
  split: (app) => app.data.can.edit && act(() => startSplit(app)),
  merge: (app) => app.data.can.edit && act(() => void merge(app)),
  typography: (app) => app.data.can.edit && act(() => void mendTypography(app)),
  undoPropagation: (app) => app.undoPropagation(),

  up: (app) => step(app, -1),
  down: (app) => step(app, 1),
  nextOpen: (app) => find(app, 1),
  previousOpen: (app) => find(app, -1),
  goto: (app) => act(() => gotoDialog(app)),
  search: (app) => act(() => app.focusSearch()),

  insertMatch: (app, digit) => insertMatch(app, digit),
  insertOriginal: (app, digit) => insertOriginal(app, digit),
  insertTerm: (app, digit) => insertTerm(app, digit),
  nextTerm: (app) => app.nextTerm(),
  addTerm: (app) => addTerm(app),
  insertFragment: (app) => insertFragment(app),
  nextCode: (app) => insertCodes(app, 1),
  allCodes: (app) => insertCodes(app, Infinity),
  concordance: (app) => act(() => app.searchConcordance()),
  glossary: (app) => act(() => app.searchGlossary()),

  zwnj: (app) => app.editable() && act(() => app.insertText("\u200c")),
  direction: (app) => act(() => app.target.flip()),
  invisibles: (app) => act(() => app.setInvisibles(!app.invisibles)),
  assist: (app) => act(() => app.showTab("assist")),
  history: (app) => act(() => app.showTab("history")),
  panes: (app) => act(() => app.nextPane()),
  escape: (app) => !completing(app.target.view.state) && (app.closeTerm() || app.leavePane()),
  help: (app) => act(() => helpDialog(app)),
};

function act(run: () => void): true {
  run();
  return true;
}

function step(app: App, by: 1 | -1): boolean {
  const { store } = app;
  const place = store.place(store.active);
  const id = place < 0 ? store.next(store.active, () => true, by) : store.visible[place + by];
  if (id) app.open(id);
  return true;
}

function find(app: App, by: 1 | -1): boolean {
  const id = app.store.next(app.store.active, (segment) => app.needsWork(segment), by);
  if (id) app.open(id);
  else app.notices.say(app.words.t("none_left"));
  return true;
}

/** The source text with its codes, over an empty target or as one undoable change. */
function copySource(app: App): void {
  const source = app.active()?.source;
  if (source) app.write(source);
}

function fixFirst(app: App): boolean {
  const issue = app.issues().find(canFix);
  if (!issue || !app.editable()) return false;
  app.fix(issue);
  return true;
}

function letFirstBe(app: App): boolean {
  const issue = app.issues().find((found) => mayLetBe(app, found));
  return issue !== undefined && act(() => void letBe(app, issue));
}

function insertMatch(app: App, digit: number): boolean {
  const match = app.assist()?.matches[digit - 1];
  if (match && app.editable()) app.insertMatch(match);
  return true;
}

function insertOriginal(app: App, digit: number): boolean {
  const match = app.assist()?.matches[digit - 1];
  if (match?.original && app.editable()) app.insertOriginal(match);
  return true;
}

function insertTerm(app: App, digit: number): boolean {
  const term = distinctTerms(app.assist()?.terms ?? [])[digit - 1]?.targets[0];
  if (term && app.editable()) app.insertWords(term);
  return true;
}

function insertFragment(app: App): boolean {
  const segment = app.active();
  const known = segment && app.fragments.get(segment.id, segment.source.text);
  const piece = nextPiece(known ?? [], app.target.content().text);
  if (piece && app.editable()) app.insertWords(piece.text);
  else app.notices.say(app.words.t("fragments_none_left"));
  return true;
}

function insertCodes(app: App, count: number): boolean {
  const missing = app.target.missing();
  if (!app.editable()) return false;
  if (missing.length > 0) app.target.insertCodes(missing.slice(0, count));
  else app.notices.say(app.words.t(isEmpty(app.target.content()) ? "codes_none" : "codes_complete"));
  app.target.view.focus();
  return true;
}
