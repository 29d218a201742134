// Translating and reviewing the sample article with the keyboard.

import assert from "node:assert/strict";
import test from "node:test";
import { activeRow, assisted, field, goTo, leaveDialog, offer, openDocument, pageSaved, rows, until, versions, write } from "./editing.mjs";
import { complaintsOf, eventually, logIn, lull, people, person, shoot, stage, violations } from "./lib.mjs";

const zwnj = "\u200c";
/** Follows a key at once; an answer of the server later. */
const text = (page) => field(page).innerText();
const current = (page) => activeRow(page).getAttribute("data-index").then((i) => Number(i) + 1);
const focused = (page) => field(page).evaluate((e) => e === document.activeElement);

/** Presses keys as a Persian keyboard does: the place says KeyK, the sign says ن. */
async function persianKey(page, code, key, { ctrl = false, alt = false, shift = false } = {}) {
  const session = await page.context().newCDPSession(page);
  const modifiers = (alt ? 1 : 0) + (ctrl ? 2 : 0) + (shift ? 8 : 0);
  const windowsVirtualKeyCode = code.startsWith("Key") ? code.charCodeAt(3) : code.startsWith("Digit") ? code.charCodeAt(5) : 0;
  await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", modifiers, code, key, windowsVirtualKeyCode });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", modifiers, code, key, windowsVirtualKeyCode });
  await session.detach();
}

test("the editor by keyboard", { timeout: 900_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const translator = await person(browser, server.url, { locale: "fa" });
  const page = translator;
  await logIn(translator, ...people.translator);
  await openDocument(translator);
  const reviewer = await person(browser, server.url);
  await logIn(reviewer, ...people.reviewer);
  await openDocument(reviewer);
  let number = 0;
  await page.evaluate(() => {
    /** The space between neighbouring rows. */
    globalThis.gaps = () => {
      const boxes = [...document.querySelectorAll(".ed-row")].filter((r, i, all) => i === 0 || Number(r.dataset.index) === Number(all[i - 1].dataset.index) + 1).map((r) => r.getBoundingClientRect());
      return boxes.slice(1).map((box, i) => Math.round(box.top - boxes[i].bottom));
    };
  });
  const step = (name, run) =>
    t.test(name, { timeout: 180_000 }, async () => {
      number++;
      try {
        await run();
      } catch (error) {
        await shoot(translator, `failed-editor-${number}-translator`);
        await shoot(reviewer, `failed-editor-${number}-reviewer`);
        throw error;
      }
    });

  await step("texts keep their direction in both languages of the interface", async () => {
    for (const [who, dir] of [[translator, "rtl"], [reviewer, "ltr"]]) {
      assert.equal(await who.locator("html").getAttribute("dir"), dir);
      const source = activeRow(who).locator(".ed-source");
      assert.deepEqual([await source.getAttribute("lang"), await source.getAttribute("dir")], ["en", "ltr"]);
      assert.deepEqual([await field(who).getAttribute("lang"), await field(who).getAttribute("dir")], ["fa", "rtl"]);
      assert.equal(await field(who).evaluate((e) => getComputedStyle(e).direction), "rtl");
      assert.equal(await source.evaluate((e) => getComputedStyle(e).direction), "ltr");
      const other = who.locator(".ed-row:not(.ed-active) .ed-text").first();
      assert.deepEqual([await other.getAttribute("lang"), await other.getAttribute("dir")], ["fa", "rtl"]);
      const columns = await who.evaluate(() => {
        const row = document.querySelector(".ed-row.ed-active");
        return [row.querySelector(".ed-source"), row.querySelector(".ed-target")].map((e) => e.getBoundingClientRect().left);
      });
      assert.equal(columns[0] < columns[1], dir === "ltr", "the source stands first in reading direction");
    }
  });

  await step("Ctrl+1 inserts the first match, on a Persian layout too", async () => {
    await goTo(page, 23);
    await page.locator(".ed-matches .ed-card").first().waitFor();
    const match = await page.locator(".ed-matches .ed-card .ed-card-target").first().innerText();
    await persianKey(page, "Digit1", "۱", { ctrl: true });
    assert.equal(await text(page), match);
    const saved = await until(page, (all) => all[22].target.text === match, "the match is not saved");
    assert.equal(saved[22].state, "draft");
    assert.ok(saved[22].filled > 50 && saved[22].filled < 100, `filled ${saved[22].filled}`);
    await shoot(page, "editor-fuzzy.fa");
    await write(page, "");
    await page.keyboard.press("Control+1");
    assert.equal(await text(page), match);
  });

  await step("Alt+1 inserts the first term", async () => {
    await goTo(page, 5);
    await page.locator(".ed-terms .ed-card").first().waitFor();
    const term = await page.locator(".ed-terms .ed-card .ed-term.ed-form-preferred").first().innerText();
    await persianKey(page, "Digit1", "۱", { alt: true });
    assert.equal((await text(page)).trim(), term);
    await page.keyboard.press("Control+Shift+1");
    assert.equal((await text(page)).trim(), `${term} ${term}`, "terms written one after the other grow together");
    await write(page, "");
  });

  await step("Shift+Space writes a half-space, in the field only", async () => {
    await goTo(page, 12);
    await page.keyboard.insertText("سیل");
    await page.keyboard.press("Shift+Space");
    await page.keyboard.insertText("های ۲۰۱۹");
    assert.equal(await text(page), `سیل${zwnj}های ۲۰۱۹`);
    await until(page, (all) => all[11].target.text === `سیل${zwnj}های ۲۰۱۹`, "the half-space is not saved");
    await page.keyboard.press("Control+f");
    await page.keyboard.type("a");
    await page.keyboard.press("Shift+Space");
    assert.equal(await page.locator(".ed-bar input[type=search]").inputValue(), "a ");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".ed-bar input[type=search]").inputValue(), "", "Escape does not clear the search");
    await lull(page, 250); // the list follows the box after a pause
    assert.equal(await page.locator(".ed-found").innerText(), "");
  });

  await step("Ctrl+K looks a selection up in the memories", async () => {
    await goTo(page, 24);
    await activeRow(page).locator(".ed-source").evaluate((cell) => {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node; (node = walker.nextNode()); ) {
        const at = node.data.indexOf("open");
        if (at < 0) continue;
        document.activeElement.blur();
        getSelection().setBaseAndExtent(node, at, node, at + 4);
        return;
      }
    });
    await persianKey(page, "KeyK", "ن", { ctrl: true });
    const query = page.locator(".ed-concordance input");
    assert.equal(await query.inputValue(), "open");
    await page.locator(".ed-results .ed-card .ed-hit").first().waitFor();
    await query.fill("رود");
    await page.locator(".ed-concordance select").selectOption("target");
    await page.locator(".ed-results .ed-hit", { hasText: "رود" }).first().waitFor();
    assert.equal(await query.getAttribute("dir"), "rtl");
    await shoot(page, "editor-concordance-target.fa");
    await page.keyboard.press("Escape");
    assert.equal(await focused(page), true);
  });

  await step("codes: a confirmed segment that lacks one says so; F8 inserts them", async () => {
    await assisted(page);
    await goTo(page, 8);
    await write(page, "«ما پل قدیم را می‌خواستیم، با هر سنگی که می‌شد نجات داد.»");
    await page.keyboard.press("Control+Enter");
    const confirmed = await until(page, (all) => all[7].state === "translated", "not confirmed");
    assert.ok(confirmed[7].errors > 0, "a missing code is no error");
    await (await offer(page, "show")).waitFor();
    await shoot(page, "editor-confirmed-with-error.fa");
    await goTo(page, 8);
    await page.locator(".ed-issues .ed-card").first().waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("F8");
    await page.keyboard.press("F8");
    assert.equal(await field(page).locator(".ed-code").count(), 2);
    await page.locator(".ed-codes").waitFor({ state: "detached" });
    await page.keyboard.press("Control+Enter");
    const fixed = await until(page, (all) => all[7].state === "translated" && all[7].target.codes?.length === 2, "the codes are not saved");
    assert.equal(fixed[7].errors, 0);
  });

  await step("confirming goes to the next segment that needs work", async () => {
    await goTo(page, 17);
    await write(page, "«یازده هفته طول کشید.»");
    await page.keyboard.press("Control+Enter");
    assert.equal(await current(page), 18);
    await page.keyboard.press("Control+Enter"); // a draft filled from the memory
    assert.equal(await current(page), 19);
    const all = await until(page, (all) => all[16].state === "translated" && all[17].state === "translated", "not confirmed");
    assert.equal(all[17].target.text, "گام بعدی چیست");
    await goTo(page, 22);
    await page.keyboard.press("Control+Enter");
    assert.equal(await current(page), 22, "an empty segment is not confirmed");
    await page.keyboard.press("Alt+ArrowUp");
    assert.equal(await current(page), 21);
  });

  await step("repetitions are filled, and taken back", async () => {
    await goTo(page, 1);
    const title = "پل قدیم دزفول پس از سه سال مرمت بازگشایی شد";
    await write(page, title);
    await page.keyboard.press("Control+Enter");
    const filled = await until(page, (all) => all[2].target.text === title, "the repetition is not filled");
    assert.deepEqual([filled[2].state, filled[2].filledBy], ["translated", "repetition"]);
    await (await offer(page, "undo")).waitFor();
    await shoot(page, "editor-repetition.fa");
    await page.keyboard.press("Alt+z");
    const back = await until(page, (all) => all[2].target.text === "", "the repetition is not taken back");
    assert.deepEqual([back[2].state, back[0].state], ["new", "translated"]);
  });

  await step("the history keeps versions and gives them back", async () => {
    await goTo(page, 16);
    const first = "«غواص‌ها آن‌ها را یکی‌یکی بالا آوردند.» او گفت.";
    await write(page, first);
    await page.keyboard.press("Control+s");
    await pageSaved(page);
    await write(page, "او گفت: «غواص‌ها یکی‌یکی بالا آوردندشان.»");
    await page.keyboard.press("Control+Enter");
    const all = await until(page, (all) => all[15].state === "translated", "not confirmed");
    assert.ok((await versions(page, all[15].id)).some((v) => v.target.text === first), "the first version is not in the history");
    await goTo(page, 16);
    await page.keyboard.press("Alt+h");
    const cards = page.locator(".ed-history .ed-card");
    await cards.nth(1).waitFor();
    await shoot(page, "editor-history.fa");
    await cards.filter({ has: page.getByRole("button") }).first().getByRole("button").click();
    const restored = await until(page, (all) => all[15].target.text === first, "the old version is not restored");
    assert.equal(restored[15].state, "draft");
    await eventually(() => text(page), first, "the field does not show the old version");
    await page.keyboard.press("Alt+a");
  });

  await step("search and filters narrow the list", async () => {
    const shown = () => page.locator(".ed-place").innerText();
    await page.keyboard.press("Control+f");
    await page.keyboard.type("museum");
    await page.waitForFunction(() => document.querySelectorAll(".ed-row").length <= 2);
    await eventually(() => page.locator(".ed-row .ed-hit").first().innerText(), /museum/i, "not found");
    await eventually(() => page.locator(".ed-found").innerText(), /[۰-۹]/, "no count of what was found");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelectorAll(".ed-row").length > 8);
    await page.keyboard.press("Control+f");
    await page.keyboard.insertText("سيلهاي 2019"); // other letters, no half-space, other digits
    await page.waitForFunction(() => document.querySelectorAll(".ed-row .ed-hit, .ed-row.ed-active").length > 0 && document.querySelectorAll(".ed-row").length <= 2);
    assert.match(await page.locator(".ed-row", { hasText: "Floods in 2019" }).innerText(), /Floods/);
    await page.keyboard.press("Escape");
    const chip = page.locator(".ed-filter-translated");
    const working = () => activeRow(page).locator(".ed-index").innerText();
    const before = await working();
    await chip.click();
    assert.equal(await working(), before, "the active segment stays, whatever the filter");
    assert.equal(await field(page).isVisible(), true);
    const count = (await rows(page)).filter((r) => r.state === "translated").length;
    await page.waitForFunction((n) => [...document.querySelectorAll(".ed-row")].filter((r) => r.classList.contains("ed-state-translated")).length === n, count);
    const place = await shown();
    assert.match(place, /[۰-۹]/);
    await shoot(page, "editor-filter.fa");
    await goTo(page, 27);
    assert.equal(await current(page), 27, "a segment that the filter hides is shown when gone to");
    await page.waitForFunction(() => document.querySelectorAll(".ed-row.ed-state-new").length > 5);
    await page.waitForFunction(() => gaps().every((gap) => Math.abs(gap) < 2)).catch(async () => assert.fail(`rows do not touch: ${await page.evaluate(() => gaps())}`));
    await page.locator(".ed-filter-all[aria-pressed=true]").waitFor();
    await eventually(shown, (now) => now !== place, "the place does not change with the filter");
  });

  await step("help opens by key and gives the focus back", async () => {
    await field(page).focus();
    const before = await text(page);
    await page.keyboard.press("F1");
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor();
    assert.ok((await dialog.locator("dt").count()) > 20);
    assert.deepEqual(await violations(page), []);
    await leaveDialog(page);
    assert.equal(await focused(page), true);
    await page.keyboard.press("F6");
    await persianKey(page, "Slash", "؟", { shift: true });
    await dialog.waitFor();
    await leaveDialog(page);
    await field(page).focus();
    assert.equal(await text(page), before);
  });

  await step("go to takes Persian digits", async () => {
    await persianKey(page, "KeyJ", "ت", { ctrl: true });
    await page.locator("#ed-goto").waitFor();
    await page.keyboard.insertText("۲۵");
    await page.keyboard.press("Enter");
    await page.locator('.ed-row.ed-active[data-index="24"]').waitFor();
    assert.equal(await focused(page), true);
  });

  await step("the reviewer rejects with a reason, and the translator reads it", async () => {
    await openDocument(reviewer);
    const mode = reviewer.locator(".ed-mode").nth(1);
    await mode.click();
    await reviewer.locator(".ed-mode:nth-child(2)[aria-pressed=true]").waitFor();
    await goTo(reviewer, 17);
    await reviewer.keyboard.press("Control+Shift+Enter");
    await reviewer.locator("dialog[open]").waitFor();
    await shoot(reviewer, "editor-reject.en");
    assert.deepEqual(await violations(reviewer), []);
    await reviewer.keyboard.press("6");
    const reason = await reviewer.locator("#ed-reason").inputValue();
    assert.equal(reason, "A number or date is wrong.");
    await reviewer.keyboard.press("Enter");
    await until(reviewer, (all) => all[16].state === "rejected", "not rejected");
    await reviewer.locator('.ed-row[data-index="16"].ed-state-rejected:not(.ed-active)').waitFor();
    await goTo(page, 17);
    const shown = page.locator(".ed-row.ed-active .ed-reason");
    await shown.waitFor();
    assert.match(await shown.innerText(), /عدد یا تاریخی نادرست است\./, "the translator reads it in Persian");
    await shoot(page, "editor-rejected.fa");
    await write(page, "«این کار ۱۱ هفته طول کشید.»");
    await page.keyboard.press("Control+Enter");
    await until(page, (all) => all[16].state === "translated", "the rejected segment is not confirmed again");
  });

  await step("an approved segment is read-only for the translator", async () => {
    await goTo(reviewer, 18);
    await reviewer.keyboard.press("Control+Enter");
    const all = await until(reviewer, (all) => all[17].state === "approved", "not approved");
    await reviewer.locator('.ed-row[data-index="17"].ed-state-approved:not(.ed-active)').waitFor();
    await goTo(page, 18);
    await page.locator(".ed-row.ed-active.ed-state-approved").waitFor();
    await field(page).focus();
    await page.keyboard.insertText("دیگر");
    await page.keyboard.press("Control+1");
    await page.keyboard.press("Control+i");
    await page.keyboard.press("Control+s");
    assert.equal(await text(page), all[17].target.text);
    await page.locator(".ed-locked").waitFor();
    await shoot(page, "editor-locked.fa");
    const status = await page.evaluate(async ({ id, revision }) => {
      const body = JSON.stringify({ revision, target: { text: "دیگر", codes: [] }, state: "draft", filled: 0, filledBy: "" });
      return (await fetch(`${location.pathname}/segments/${id}`, { method: "PUT", body, headers: { "Content-Type": "application/json" } })).status;
    }, all[17]);
    assert.ok(status === 403 || status === 409, `the server answers ${status}`);
    assert.equal((await rows(page))[17].target.text, all[17].target.text);
    await goTo(reviewer, 18);
    await reviewer.keyboard.press("Alt+o");
    await until(reviewer, (all) => all[17].state === "translated", "not reopened");
    await reviewer.locator(".ed-row.ed-active.ed-state-translated").waitFor();
  });

  await step("an error stands in the way of an approval, a reason overrides it", async () => {
    await goTo(page, 9);
    await write(page, "بنیاد میراث رودخانه ۶۰ درصد هزینهٔ تعمیرات را پرداخت.");
    await page.keyboard.press("Control+Enter");
    await until(page, (all) => all[8].state === "translated" && all[8].errors > 0, "the forbidden name is no error");
    await goTo(reviewer, 9);
    await reviewer.locator(".ed-row.ed-active.ed-state-translated").waitFor();
    await reviewer.keyboard.press("Control+Enter");
    const gate = reviewer.locator("dialog[open]");
    await gate.waitFor();
    assert.deepEqual(await violations(reviewer), []);
    assert.equal((await rows(reviewer))[8].state, "translated");
    // What is typed at once is the reason: no space presses a button and no letter reaches the field.
    await reviewer.keyboard.type("The foundation wrote it this way itself.");
    assert.equal(await gate.locator("#ed-reason").inputValue(), "The foundation wrote it this way itself.");
    await gate.locator("#ed-reason").press("Enter");
    const all = await until(reviewer, (all) => all[8].state === "approved", "the reason does not override");
    assert.ok((await versions(reviewer, all[8].id)).some((v) => v.reason === "The foundation wrote it this way itself."));
  });

  assert.deepEqual(complaintsOf(translator), []);
  assert.deepEqual(complaintsOf(reviewer), []);
});
