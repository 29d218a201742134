// The versions of the active segment.

import type { App } from "../app";
import { isAbort } from "../api";
import { button, fill, h } from "../dom";
import { render, renderDiff } from "../render";
import type { Version } from "../types";
import { heading, inLanguage, note, type Panel } from "./common";

export function historyPanel(app: App): Panel {
  const element = h("section", { class: "ed-panel ed-history" });
  let running: AbortController | undefined;

  const update = async () => {
    running?.abort();
    const { signal } = (running = new AbortController());
    const id = app.store.active;
    fill(element, heading(app, "history"), note(app.words.t("loading")));
    try {
      const { versions } = await app.api.history(id, signal);
      if (!signal.aborted) fill(element, heading(app, "history", versions.length), versions.length === 0 ? note(app.words.t("history_none")) : list(app, versions));
    } catch (error) {
      if (!isAbort(error)) fill(element, heading(app, "history"), note(app.problem(error)));
    }
  };
  return { element, update: () => void update() };
}

function list(app: App, versions: Version[]): HTMLElement {
  return h("ol", { class: "ed-cards" }, ...versions.map((version, i) => card(app, version, i === 0)));
}

function card(app: App, version: Version, newest: boolean): HTMLElement {
  const { words } = app;
  const action = words.has(`action_${version.action}`) ? words.t(`action_${version.action}`) : version.action;
  const changed = version.diff.some((part) => part.kind !== "same");
  return h(
    "li",
    { class: "ed-card" },
    h(
      "div",
      { class: "ed-card-head" },
      h("span", { class: "ed-kind" }, action),
      h("bdi", { class: "ed-who" }, version.author),
      h("time", { class: "ed-when", datetime: version.at }, words.date(version.at)),
    ),
    inLanguage(app, "target", "ed-card-target", changed ? renderDiff(version.diff) : render(version.target, app.codeName)),
    version.reason ? h("p", { class: "ed-reason" }, words.t("reason_was", { reason: words.reason(version.reason) })) : null,
    newest || !app.editable() ? null : button(words.t("restore"), () => void app.restore(version), { class: "ed-button ed-small" }),
  );
}
