// Keys and what happens to the page: focus, network, leaving.

import type { App } from "./app";
import { hitsOf, type Binding } from "./keymap";
import { dialogOpen } from "./modal";

export interface PageHandlers {
  /** The window changed its size. */
  fit(): void;
  /** The person may have logged in again in another tab. */
  resume(): void;
}

export function listen(app: App, handlers: PageHandlers): void {
  const { saver } = app;
  document.addEventListener("keydown", (event) => press(app, event), true);
  addEventListener("online", () => saver.retry());
  addEventListener("pagehide", () => saver.leave());
  addEventListener("resize", handlers.fit);
  addEventListener("focus", () => saver.loggedOut && handlers.resume());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saver.leave());
  addEventListener("beforeunload", (event) => {
    saver.leave();
    // Only text that nothing but this page has is worth a question.
    if (saver.unkept && saver.open().length > 0) event.preventDefault();
  });
}

/** Runs the first command of the table that holds here and acts; other keys go on. */
function press(app: App, event: KeyboardEvent): void {
  if (dialogOpen() || event.isComposing) return;
  for (const { binding, digit } of hitsOf(event)) {
    if (!holds(app, binding, event) || !app.run(binding.command, digit)) continue;
    event.preventDefault();
    event.stopPropagation();
    return;
  }
}

function holds(app: App, binding: Binding, event: KeyboardEvent): boolean {
  if (binding.persian && app.data.target.dir !== "rtl") return false;
  if (binding.place === "target") return app.target.view.hasFocus;
  const typing = event.target instanceof HTMLElement && (event.target.isContentEditable || event.target.matches("input, textarea, select"));
  return binding.place === "anywhere" || !typing;
}
