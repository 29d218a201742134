// Messages that come and go: for the eye, and for screen readers.

import { button, fill, h, iconButton } from "./dom";
import type { Words } from "./i18n";

const shownFor = 8000;

export interface Action {
  label: string;
  run: () => void;
}

export class Notices {
  readonly element: HTMLElement;
  readonly banner = h("div", { class: "ed-banner", role: "alert", hidden: true });
  private readonly polite = h("div", { class: "ed-hidden", "aria-live": "polite" });
  private readonly urgent = h("div", { class: "ed-hidden", role: "alert" });
  private readonly toasts = h("div", { class: "ed-toasts" });

  constructor(private readonly words: Words) {
    this.element = h("div", {}, this.polite, this.urgent, this.toasts);
  }

  /** For screen readers only: what everyone else sees happen. */
  say(text: string): void {
    // The same sentence twice is only read again when the text differs.
    this.polite.textContent = this.polite.textContent === text ? `${text}\u00a0` : text;
  }

  /** A short message, with something to do about it. Returns what takes it away when it is settled otherwise. */
  toast(text: string, action?: Action): () => void {
    this.say(text);
    return this.show(text, action, "");
  }

  /** Something went wrong or was not done. */
  alarm(text: string, action?: Action): void {
    this.urgent.textContent = text;
    this.show(text, action, "ed-toast-error");
  }

  /** A message that stays until the matter is over; undefined takes it away. */
  setBanner(...parts: (Node | string)[] | [undefined]): void {
    this.banner.hidden = parts[0] === undefined;
    fill(this.banner, ...parts);
  }

  private show(text: string, action: Action | undefined, extra: string): () => void {
    const close = () => toast.remove();
    const run = action && (() => (close(), action.run()));
    const toast = h(
      "div",
      { class: `ed-toast ${extra}` },
      h("span", {}, text),
      action && run ? button(action.label, run, { class: "ed-toast-action" }) : null,
      iconButton("close", this.words.t("close"), close),
    );
    for (const old of [...this.toasts.children].slice(0, -1)) old.remove();
    this.toasts.append(toast);
    this.expire(toast);
    return close;
  }

  /** A message under the mouse or with the focus stays. */
  private expire(toast: HTMLElement): void {
    setTimeout(() => {
      if (toast.matches(":hover, :focus-within")) this.expire(toast);
      else toast.remove();
    }, shownFor);
  }
}
