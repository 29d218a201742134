// The small scripts of the pages other than the segment editor. Every page works
// without them; they only make it quicker.

import { followRowKeys } from "./rowkeys";

/** The few sentences the elements need, printed by the server into the page. */
function word(name: string): string {
  return document.getElementById("words")?.dataset[name] ?? "";
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Text of people, kept from turning the line around it. */
function isolated(text: string): HTMLElement {
  return element("bdi", {}, text);
}

// Times: the server writes them for Greenwich; here they move into the zone of
// the browser.

function localTimes(): void {
  const lang = document.documentElement.lang;
  const format = new Intl.DateTimeFormat(lang === "fa" ? "fa-u-ca-persian" : lang, {
    day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-time]")) {
    const parts = new Map<string, string>(format.formatToParts(new Date(time.dateTime)).map(({ type, value }) => [type, value]));
    if (time.dataset["time"] === "moment") time.title = time.textContent ?? "";
    time.textContent = word(time.dataset["time"] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => parts.get(name) ?? "");
  }
}

localTimes();

// On a narrow screen the tab of this page may stand outside the part that shows.

document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// Lists that are worked through by keyboard.

document.documentElement.classList.add("scripted");
followRowKeys(document);

// A box above a list of boxes ticks and clears them all.

for (const label of document.querySelectorAll<HTMLElement>("[data-tick-all]")) {
  const all = label.querySelector("input");
  const boxes = [...document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${label.dataset["tickAll"]}"]`)];
  if (!all) continue;
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  boxes.forEach((box) => box.addEventListener("change", show));
  label.hidden = false;
  show();
}

// Confirmation: a form with data-confirm asks before it is sent.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset["confirm"] || form.dataset["confirmed"]) return;
  event.preventDefault();
  const submitter = event instanceof SubmitEvent ? event.submitter : null;
  ask(form.dataset["confirm"], form.dataset["confirmButton"] ?? "").then((yes) => {
    if (!yes) return;
    form.dataset["confirmed"] = "yes";
    form.requestSubmit(submitter);
  });
});

/** Asks a question in a modal dialog; the safe answer has the focus. */
function ask(question: string, button: string): Promise<boolean> {
  const yes = element("button", { className: "button-danger", value: "yes" }, button);
  const no = element("button", { value: "no", autofocus: true }, word("cancel"));
  const form = element("form", { method: "dialog", className: "form" }, element("p", {}, question), element("div", { className: "actions" }, yes, no));
  const dialog = element("dialog", { className: "dialog" }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}

// Menus: one open at a time, closed by Escape and by a click elsewhere.

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!(event.target instanceof Node) || !menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector<HTMLDetailsElement>("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
});

/** <copy-text>: a read-only field with a button that copies it. A path becomes a whole address. */
class CopyText extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    if (!field || !button) return;
    field.value = new URL(field.value, location.href).href;
    button.hidden = false;
    button.addEventListener("click", () => {
      field.select();
      navigator.clipboard?.writeText(field.value).then(() => {
        button.textContent = word("copied");
      });
    });
  }
}

/** What the server tells about a job; jobJSON in web/jobs.go. */
interface Job {
  running: boolean;
  done: number;
  total: number;
  state: string;
  result: string;
}

/** <job-progress running>: follows the job of the page and reloads when it has ended. */
class JobProgress extends HTMLElement {
  connectedCallback(): void {
    if (this.hasAttribute("running")) this.later(500);
  }

  private later(wait: number): void {
    setTimeout(() => {
      if (this.isConnected) void this.look(Math.min(wait * 1.2, 3000));
    }, wait);
  }

  private async look(wait: number): Promise<void> {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "application/json" } });
      if (!answer.ok) return location.reload();
      const job = (await answer.json()) as Job;
      if (!job.running) return location.reload();
      this.show(job);
    } catch {
      // No connection for the moment: the next look may have one.
    }
    this.later(wait);
  }

  private show(job: Job): void {
    const bar = this.querySelector("progress");
    if (!bar || job.total === 0) return;
    bar.max = job.total;
    bar.value = job.done;
  }
}

/** What became of one file; uploadResult in web/upload.go. */
interface UploadResult {
  name: string;
  message: string;
  ok: boolean;
  link?: string;
  charsets?: { charset: string; sample: string }[];
  same?: number;
  free?: string;
}

/** <upload-zone>: files dropped or chosen are sent one by one, each with its progress and its answer. */
class UploadZone extends HTMLElement {
  private readonly list = element("ul", { className: "rows upload-list" });
  private readonly summary = element("p", { className: "lead", role: "status" });
  private queue: Promise<void> = Promise.resolve();

  connectedCallback(): void {
    const form = this.querySelector("form");
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!form || !input) return;
    input.addEventListener("change", () => {
      this.take(form.action, input.files);
      form.reset();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    input.classList.add("visually-hidden");
    form.querySelector("button")?.addEventListener("click", (event) => {
      event.preventDefault();
      input.click();
    });
    for (const kind of ["dragenter", "dragover"]) this.addEventListener(kind, (event) => this.hover(event, true));
    for (const kind of ["dragleave", "drop"]) this.addEventListener(kind, (event) => this.hover(event, false));
    this.addEventListener("drop", (event) => this.take(form.action, event.dataTransfer?.files ?? null));
  }

  private hover(event: Event, over: boolean): void {
    event.preventDefault();
    this.toggleAttribute("over", over);
  }

  private take(address: string, files: FileList | null): void {
    if (!files || files.length === 0) return;
    if (!this.list.isConnected) this.append(this.summary, this.list);
    for (const file of files) {
      const row = element("li", { className: "row" });
      this.list.append(row);
      this.send(address, file, row, {});
    }
  }

  /** Queues a file: one upload at a time keeps their progress honest. */
  private send(address: string, file: File, row: HTMLElement, answers: Record<string, string>): void {
    delete row.dataset["done"];
    if (file.size > Number(word("limit"))) {
      row.replaceChildren(told(file.name, word("large"), "text-error"));
      return this.count();
    }
    const bar = element("progress", { ariaLabel: `${word("sending")} ${file.name}`, value: 0 });
    const state = element("p", { className: "muted" }, word("waiting"));
    row.replaceChildren(element("div", { className: "row-main" }, element("p", { className: "row-title" }, isolated(file.name)), state), bar);
    this.queue = this.queue.then(async () => {
      state.textContent = word("sending");
      const result = await post(address, file, answers, (share) => {
        bar.value = share;
        if (share < 1) return;
        bar.removeAttribute("value"); // how long the server takes nobody knows
        state.textContent = word("reading");
      });
      this.show(address, file, row, result);
    });
    this.count();
  }

  /** Says how many of several files have arrived. */
  private count(): void {
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    const facts: Record<string, number> = { done: this.list.querySelectorAll("[data-done]").length, total: this.list.children.length };
    const text = word("summary").replace(/\{(\w+)\}/g, (_, name: string) => numbers.format(facts[name] ?? 0));
    this.summary.textContent = this.list.children.length > 1 ? text : "";
  }

  private show(address: string, file: File, row: HTMLElement, result: UploadResult | string): void {
    const again = (answers: Record<string, string>) => this.send(address, file, row, answers);
    if (typeof result === "string") {
      row.replaceChildren(told(file.name, result, "text-error"), button(word("again"), () => again({})));
      return;
    }
    const asks = result.charsets || result.same;
    row.replaceChildren(told(result.name, result.message, result.ok ? "text-ok" : asks ? "" : "text-error"));
    row.toggleAttribute("data-done", result.ok);
    this.count();
    if (result.link) row.append(element("a", { className: "button button-main", href: result.link }, word("open")));
    if (result.charsets) row.append(charsetQuestion(result.message, result.charsets, again));
    if (result.same) row.append(sameNameQuestion(result, again));
    if (result.ok) this.offerReload();
  }

  private offerReload(): void {
    if (this.querySelector("[data-reload]")) return;
    document.querySelector("main > .empty")?.remove(); // it says that there is no document
    const link = element("a", { className: "button", href: location.pathname }, word("reload"));
    link.dataset["reload"] = "";
    this.list.after(element("p", {}, link));
  }
}

function told(name: string, message: string, className: string): HTMLElement {
  return element(
    "div",
    { className: "row-main", role: "status" },
    element("p", { className: "row-title" }, isolated(name)),
    element("p", { className }, message),
  );
}

function button(text: string, action: () => void, className = ""): HTMLButtonElement {
  const made = element("button", { type: "button", className }, text);
  made.addEventListener("click", action);
  return made;
}

/** The same question as in upload.html. */
function charsetQuestion(question: string, charsets: { charset: string; sample: string }[], again: (answers: Record<string, string>) => void): HTMLElement {
  const choices = charsets.map(({ charset, sample }, i) => {
    const input = element("input", { type: "radio", name: "charset", value: charset, checked: i === 0 });
    const line = element("bdi", { className: "sample" }, sample);
    return element("label", { className: "choice" }, input, element("span", {}, line, element("small", { className: "code" }, charset)));
  });
  const send = element("button", { className: "button-main" }, word("upload"));
  const form = element("form", { className: "form upload-question" }, element("fieldset", { ariaLabel: question }, ...choices), send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    again({ charset: String(new FormData(form).get("charset")) });
  });
  return form;
}

function sameNameQuestion(result: UploadResult, again: (answers: Record<string, string>) => void): HTMLElement {
  const update = button(word("update"), () => again({ update: String(result.same) }), "button-main");
  const both = button(word("both"), () => again({ name: result.free ?? result.name }));
  return element("div", { className: "actions" }, update, both);
}

/** Sends one file; the answer is its result, or a sentence when it could not be sent. */
function post(address: string, file: File, answers: Record<string, string>, progress: (share: number) => void): Promise<UploadResult | string> {
  const body = new FormData();
  for (const [name, value] of Object.entries(answers)) body.append(name, value);
  body.append("files", file);
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) progress(event.loaded / event.total);
  });
  return new Promise((resolve) => {
    request.addEventListener("load", () => {
      const answer = request.response as { files?: UploadResult[]; message?: string } | null;
      resolve(answer?.files?.[0] ?? answer?.message ?? word("failed"));
    });
    request.addEventListener("error", () => resolve(word("failed")));
    request.send(body);
  });
}

customElements.define("copy-text", CopyText);
customElements.define("job-progress", JobProgress);
customElements.define("upload-zone", UploadZone);
