// A slow server and a busy browser: what comes late must not undo what people
// did meanwhile. Answers are held back until the page was used again.

import assert from "node:assert/strict";
import test from "node:test";
import { activeRow, assisted, field, goTo, openDocument, pageSaved, rows, until, write } from "./editing.mjs";
import { complaintsOf, eventually, logIn, lull, people, person, stage } from "./lib.mjs";

const text = (page) => field(page).innerText();
const focused = (page) => field(page).evaluate((e) => e === document.activeElement);
const search = (page) => page.locator(".ed-bar input[type=search]");

/** Holds back what is asked for at an address; `asked` waits for it, `release` lets it go on and all that follow. */
async function hold(page, address, method = "GET") {
  let release;
  let count = 0;
  const gate = new Promise((open) => (release = open));
  const handler = async (route) => {
    if (route.request().method() !== method) return route.fallback();
    count++;
    await gate;
    await route.continue().catch(() => undefined); // nobody waits for it any more
  };
  await page.route(address, handler);
  return { asked: (wanted = 1) => eventually(() => count, wanted, `requests for ${address}`), count: () => count, release: () => (release(), page.unroute(address, handler)) };
}

/** Runs in the page when the event that ends a dialog has come: a busy browser is late with it. */
const untilDialogEnds = (page, run) =>
  page.evaluate((run) => document.querySelector("dialog").addEventListener("close", () => document.querySelector(run).focus(), { capture: true }), run);

test("late answers and busy pages", { timeout: 900_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const page = await person(browser, server.url);
  await logIn(page, ...people.reviewer);
  await openDocument(page);

  await t.test("a list that was closed is not opened by a late answer", async () => {
    const at = (await rows(page)).findIndex((row) => row.source.text.includes("Maryam Keshavarz, the engineer"));
    await goTo(page, at + 1);
    await assisted(page);
    await write(page, "");
    const answer = await hold(page, "**/terms/complete?*");
    await page.keyboard.type("مریم");
    await page.locator(".ed-completions").waitFor();
    await answer.asked();
    await page.keyboard.press("Escape");
    await page.locator(".ed-completions").waitFor({ state: "hidden" });
    await answer.release();
    await lull(page, 500); // time for an answer nobody waits for any more
    assert.equal(await page.locator(".ed-completions").isVisible(), false);
    await page.keyboard.press("Enter");
    assert.equal(await text(page), "مریم");
    await write(page, "");
    await pageSaved(page);
  });

  await t.test("a dialog that ends does not take the focus from what got it since", async () => {
    await goTo(page, 5);
    await page.keyboard.press("Control+j");
    await page.locator("#ed-goto:focus").waitFor();
    await untilDialogEnds(page, ".ed-bar input[type=search]");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    assert.equal(await search(page).evaluate((e) => e === document.activeElement), true);
    await page.keyboard.press("Control+j");
    await page.locator("#ed-goto:focus").waitFor();
    await page.keyboard.type("6");
    await page.keyboard.press("Enter");
    await page.locator("dialog").waitFor({ state: "detached" });
    assert.equal(await activeRow(page).getAttribute("data-index"), "5");
    assert.equal(await focused(page), true, "the search that the dialog was opened from has the focus");
  });

  await t.test("a button that would be drawn anew under the mouse is clicked", async () => {
    await goTo(page, 9);
    await assisted(page);
    const insert = page.locator(".ed-terms .ed-term").first();
    const term = (await insert.innerText()).trim();
    await insert.hover();
    await page.mouse.down();
    await page.keyboard.insertText("متن ");
    await page.keyboard.press("Control+s");
    await pageSaved(page); // its answer draws the panels
    await page.mouse.up();
    await eventually(() => text(page), `متن ${term}`, "the click is lost");
    await write(page, "");
    await pageSaved(page);
  });

  await t.test("what is typed while an approval is on its way is not lost", async () => {
    await goTo(page, 17);
    await write(page, "«یازده هفته طول کشید.»");
    await page.locator(".ed-mode:nth-child(2)").click();
    const answer = await hold(page, "**/approve", "POST");
    await page.keyboard.press("Control+Enter");
    await answer.asked();
    await field(page).focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText(" او گفت.");
    const typed = await text(page);
    await answer.release();
    await until(page, (all) => all[16].state === "approved", "not approved");
    await goTo(page, 17);
    assert.equal(await text(page), typed);
    await page.locator(".ed-save.ed-save-conflict, .ed-save.ed-save-refused").waitFor();
    assert.equal((await rows(page))[16].target.text, "«یازده هفته طول کشید.»");
  });

  await t.test("help that did not come is asked for again", async () => {
    let refused = 0;
    await page.route("**/assist", async (route) => (refused++ === 0 ? route.fulfill({ status: 503, contentType: "application/json", body: '{"code":"busy","message":"busy"}' }) : route.continue()));
    await goTo(page, 24);
    await page.locator(".ed-matches .ed-card").first().waitFor();
    assert.ok(refused > 1);
    await page.unroute("**/assist");
  });

  await t.test("a key pressed twice opens one dialog, and one term is added", async () => {
    await goTo(page, 14);
    const draft = await hold(page, "**/segments/*/terms?*");
    await page.keyboard.press("Alt+n");
    await draft.asked();
    await page.keyboard.press("Alt+n");
    await draft.release();
    await page.locator("dialog.ed-add").waitFor();
    await page.fill("#ed-add-source", "slow river");
    await page.fill("#ed-add-target", "رود کند");
    const added = await hold(page, "**/segments/*/terms", "POST");
    await page.keyboard.press("Enter");
    await added.asked();
    await page.keyboard.press("Enter");
    await added.release();
    await page.locator("dialog").waitFor({ state: "detached" });
    assert.equal(added.count(), 1);
    assert.equal(draft.count(), 1);
  });
  assert.deepEqual(complaintsOf(page), []);
});
