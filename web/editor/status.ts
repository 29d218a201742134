// The line at the bottom: where one is, how much is done, how safe the text is.

import type { App } from "./app";
import type { SaveStatus } from "./drafts";
import { fill, h, icon, type IconName } from "./dom";
import { invisibleClasses } from "./render";

export interface StatusBar {
  element: HTMLElement;
  update(): void;
}

type PageState = "saved" | "saving" | "kept" | "conflict" | "refused" | "session" | "unkept";

const icons: Record<PageState, IconName> = { saved: "saved", saving: "saving", kept: "kept", conflict: "conflict", refused: "error", session: "kept", unkept: "error" };

export function statusBar(app: App): StatusBar {
  const save = h("div", { class: "ed-save" });
  const place = h("div", { class: "ed-place" });
  const signs = h("div", { class: "ed-signs" });
  const done = h("div", { class: "ed-done" });
  const bar = h("div", { class: "ed-progress", role: "progressbar", "aria-label": app.words.t("progress"), "aria-valuemin": 0, "aria-valuemax": 100 });
  const filled = h("div", { class: "ed-progress-done" });
  bar.append(filled);
  const element = h("footer", { class: "ed-status" }, save, place, signs, done, bar);
  let shown = "";

  const update = () => {
    const { words, store } = app;
    const totals = store.totals();
    const state = pageState(app);
    const waiting = app.saver.open().length;
    if (shown !== state + waiting) {
      save.className = `ed-save ed-save-${state}`;
      fill(save, icon(icons[state]), h("span", {}, state === "kept" ? words.n("page_kept", waiting) : words.t(`page_${state}`)));
      shown = state + waiting;
    }
    const segment = app.active();
    fill(place, segment ? words.t(store.visible.length < totals.segments ? "place_filtered" : "place", { number: segment.index + 1, total: totals.segments, shown: store.visible.length }) : "");
    fill(signs, signCounts(app));
    const share = totals.words === 0 ? 0 : totals.doneWords / totals.words;
    fill(done, words.t("done", { words: totals.doneWords, allWords: totals.words, share: words.percent(Math.floor(share * 100) / 100) }));
    bar.setAttribute("aria-valuenow", String(Math.floor(share * 100)));
    filled.style.inlineSize = `${share * 100}%`;
  };
  return { element, update };
}

/** The most worrying of all segments' states. */
function pageState(app: App): PageState {
  if (app.saver.loggedOut) return "session";
  const open = app.saver.open();
  if (app.saver.unkept && open.length > 0) return "unkept";
  const has = (...wanted: SaveStatus[]) => open.some((entry) => wanted.includes(entry.status));
  if (has("conflict")) return "conflict";
  if (has("refused")) return "refused";
  if (has("kept")) return "kept";
  return has("typing", "saving") ? "saving" : "saved";
}

/** How many half-spaces and direction marks the field holds: nobody sees them otherwise. */
function signCounts(app: App): string {
  const counts = new Map<string, number>();
  for (const unit of app.target.content().text) {
    const name = invisibleClasses[unit];
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${app.words.t(`sign_${name}`)} ${app.words.number(count)}`).join(" · ");
}
