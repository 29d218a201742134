// Starts the segment editor on <main id="editor">. Read editor.ts next.

import { Api } from "./api";
import { button, fill, h } from "./dom";
import { Editor } from "./editor";
import { Words } from "./i18n";
import type { EditorData } from "./types";

async function start(root: HTMLElement, data: EditorData): Promise<void> {
  const words = new Words(data.messages, data.locale);
  fill(root, h("p", { class: "ed-loading", role: "status" }, words.t("loading")));
  try {
    const loaded = await new Api(data.api).segments();
    new Editor(root, data, storage()).start(loaded);
  } catch (error) {
    const again = button(words.t("try_again"), () => void start(root, data));
    fill(root, h("div", { class: "ed-loading", role: "alert" }, h("p", {}, words.t("load_failed")), again));
    console.error(error);
  }
}

/** The browser's storage; reading the property throws where storage is switched off. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

const root = document.getElementById("editor");
const data = document.getElementById("editor-data");
if (root && data) void start(root, JSON.parse(data.textContent ?? "") as EditorData);
