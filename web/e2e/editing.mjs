// Steps in the segment editor that several browser tests share.

import { eventually, frame, patience } from "./lib.mjs";

/** The article of the sample project. */
export const article = "bridge-reopens.en.html";

export const field = (page) => page.locator(".ed-field .cm-content");
export const activeRow = (page) => page.locator(".ed-row[aria-current=true]");

/** Opens a document of the first project, by its name. */
export async function openDocument(page, name = article) {
  await page.goto("/projects/1");
  await page.getByRole("link", { name, exact: true }).click();
  await field(page).waitFor();
}

/** The segments of the open document, as the server has them. */
export const rows = (page) =>
  page.evaluate(async () => (await (await fetch(location.pathname + "/segments")).json()).segments);

/** The versions of a segment, newest first, as the server has them. */
export const versions = (page, id) =>
  page.evaluate(async (id) => (await (await fetch(`${location.pathname}/segments/${id}/history`)).json()).versions, id);

/** Waits until a condition on the rows of the server holds, and returns the rows. What the page makes of the answer comes later. */
export const until = (page, wanted, what, wait = patience) => eventually(() => rows(page), wanted, what, wait);

/** Goes to a segment by its number, with the keyboard. */
export async function goTo(page, number) {
  await page.keyboard.press("Control+j");
  await page.locator("#ed-goto:focus").waitFor();
  await page.keyboard.type(String(number));
  await page.keyboard.press("Enter");
  await page.locator(`.ed-row[aria-current=true][data-index="${number - 1}"] .cm-focused`).waitFor();
  await page.locator("dialog").waitFor({ state: "detached" });
}

/** Types over whatever stands in the field. */
export async function write(page, text) {
  await field(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

/** Waits until the page says that everything is saved. What it says follows the keys by a frame. */
export async function pageSaved(page, timeout = patience) {
  await frame(page);
  await page.locator(".ed-save.ed-save-saved").waitFor({ timeout });
}

/** Leaves a dialog, and waits until it is gone. */
export async function leaveDialog(page) {
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
}

/** A sentence of the editor's catalogue, in the language of the page. */
export const word = (page, key) => page.evaluate((key) => JSON.parse(document.getElementById("editor-data").textContent).messages[key], key);

/** The message that offers to do what the word stands for. */
export const offer = async (page, key) => page.locator(".ed-toast", { has: page.locator(".ed-toast-action", { hasText: await word(page, key) }) }).last();

/** Waits until the help for the active segment is there. */
export async function assisted(page) {
  await page.locator("#ed-tab-assist").click();
  await field(page).focus();
  await page.waitForFunction(() => !/…$/.test(document.querySelector(".ed-matches .ed-note")?.textContent ?? ""));
}

/** Waits until nothing more comes for the active segment by itself: fragments come a moment after the rest. */
export async function helped(page) {
  await assisted(page);
  await page.waitForFunction(() => !/…$/.test(document.querySelector(".ed-fragments:not([hidden]) .ed-note")?.textContent ?? ""));
}
