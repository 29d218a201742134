// What somebody typed is never lost (TRUST.md L5, L6): the server dies, the page
// closes, two people write at once, the session ends.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { article, field, goTo, openDocument, pageSaved, rows, until, versions, write } from "./editing.mjs";
import { complaintsOf, eventually, frame, launch, logIn, lull, patience, people, person, serve, shoot, temporary } from "./lib.mjs";

/** A port that nobody listens on, so that a server can come back to it. */
const freeAddress = () =>
  new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = `127.0.0.1:${probe.address().port}`;
      probe.close(() => found(address));
    });
  });

/** The texts that the browser keeps. */
const drafts = (page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => /^tarjoman-\d+-\d+:\d+$/.test(key)).map((key) => JSON.parse(localStorage[key]).target.text));

/** Whether the page says that everything is saved, after all the keys so far. */
async function saysSaved(page) {
  await frame(page);
  return (await page.locator(".ed-save.ed-save-saved").count()) > 0;
}

test("never lose a word", { timeout: 900_000 }, async (t) => {
  const data = join(temporary(t), "data");
  const address = await freeAddress();
  const start = () => serve(data, { demo: true, address });
  let server = await start();
  t.after(() => server.kill());
  const browser = await launch(t);
  const page = await person(browser, server.url);
  await logIn(page, ...people.translator);
  await openDocument(page);

  await t.test("the server dies while one types in many segments", async () => {
    const numbers = [2, 4, 5, 7, 9, 11, 12, 13, 14, 15];
    const sentence = (n) => `جملهٔ شمارهٔ ${n} که بی‌سرور نوشته شد.`;
    await server.kill();
    for (const n of numbers) {
      await goTo(page, n);
      await field(page).focus();
      await page.keyboard.type(sentence(n), { delay: 2 });
      assert.equal(await saysSaved(page), false, "saved without a server");
    }
    await page.locator(".ed-save.ed-save-kept").waitFor();
    await shoot(page, "lost-offline.en");
    await eventually(async () => (await drafts(page)).sort(), numbers.map(sentence).sort(), "not all is kept");
    server = await start();
    await pageSaved(page, 4 * patience);
    const all = await rows(page);
    for (const n of numbers) {
      assert.equal(all[n - 1].target.text, sentence(n), `segment ${n}`);
      assert.equal((await versions(page, all[n - 1].id)).length, 1, `versions of segment ${n}`);
    }
    assert.deepEqual(await drafts(page), [], "drafts stay behind");
  });

  await t.test("the page closes a second after the last key, without a server", async () => {
    await goTo(page, 16);
    const text = "«غواص‌ها آن‌ها را یکی‌یکی بالا آوردند.»";
    await server.kill();
    await page.keyboard.type(text, { delay: 2 });
    await lull(page, 1000);
    const context = page.context();
    // As a crash does: the page gets no chance to say goodbye.
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    session.send("Page.crash").catch(() => {});
    await crashed;
    server = await start();
    const again = await context.newPage();
    await openDocument(again);
    await again.locator(".ed-toast").first().waitFor({ timeout: 5000 }).catch(() => undefined); // for the picture; it goes by itself
    await shoot(again, "lost-drafts-found.en");
    const all = await until(again, (all) => all[15].target.text === text, "the draft does not arrive");
    assert.equal((await versions(again, all[15].id)).length, 1);
    await goTo(again, 16);
    assert.equal(await field(again).innerText(), text);
    await pageSaved(again);
    await again.close();
    await page.close().catch(() => {});
  });

  const mine = await context(browser, server.url, people.translator);
  const other = await context(browser, server.url, people.reviewer);

  await t.test("two people write in one segment", async () => {
    await Promise.all([goTo(mine, 17), goTo(other, 17)]);
    await field(mine).focus();
    await mine.keyboard.insertText("«یازده هفته زمان برد.»");
    await field(other).focus();
    await other.keyboard.insertText("«این کار ۱۱ هفته طول کشید.»");
    const conflicts = () => Promise.all([mine, other].map((p) => p.locator(".ed-conflict").count()));
    await eventually(conflicts, (counts) => counts.some((n) => n > 0), "nobody is told of the conflict");
    const loser = (await mine.locator(".ed-conflict").count()) ? mine : other;
    const both = await loser.locator(".ed-conflict").innerText();
    for (const part of [/یازده هفته/, /۱۱ هفته/]) assert.match(both, part);
    assert.equal(await loser.locator(".ed-save.ed-save-conflict").count(), 1);
    await shoot(loser, "lost-conflict.en");
    const kept = await field(loser).innerText();
    await loser.locator(".ed-conflict button.ed-primary").click();
    const all = await until(loser, (all) => all[16].target.text === kept, "the kept version is not saved");
    const texts = (await versions(loser, all[16].id)).map((v) => v.target.text);
    assert.deepEqual(texts.sort(), ["«این کار ۱۱ هفته طول کشید.»", "«یازده هفته زمان برد.»"].sort());
    await pageSaved(loser);
  });

  await t.test("the session ends while one types", async () => {
    await goTo(mine, 19);
    const tab = await mine.context().newPage();
    await tab.goto("/account");
    await Promise.all([tab.waitForURL(/login/), tab.click("form[action='/logout'] button")]);
    await field(mine).focus();
    const text = "پل هر روز از ۷ صبح تا ۹ شب باز است.";
    await mine.keyboard.type(text, { delay: 2 });
    await mine.locator(".ed-banner:not([hidden])").waitFor();
    await shoot(mine, "lost-session.en");
    assert.equal(await field(mine).innerText(), text);
    assert.equal(await saysSaved(mine), false);
    await eventually(() => drafts(mine), [text], "the text is not kept");
    await logIn(tab, ...people.translator);
    await tab.close();
    await mine.bringToFront();
    await mine.evaluate(() => dispatchEvent(new Event("focus"))); // what a person does by coming back to the tab
    const all = await until(mine, (all) => all[18].target.text === text, "the text is not saved after the log-in");
    assert.equal((await versions(mine, all[18].id)).length, 1);
    await pageSaved(mine);
    assert.equal(await mine.locator(".ed-banner:not([hidden])").count(), 0, "the banner stays");
  });

  await t.test("a busy server is asked again, and “saved” waits for its answer", async () => {
    await goTo(mine, 24);
    let refused = 0;
    let early = false;
    let letThrough;
    const gate = new Promise((open) => (letThrough = open));
    await mine.route("**/segments/*", async (route) => {
      if (route.request().method() !== "PUT") return route.continue();
      if (refused++ < 2) return route.fulfill({ status: 503, headers: { "Retry-After": "1" }, contentType: "application/json", body: '{"code":"busy","message":"busy"}' });
      await gate;
      return route.continue();
    });
    const text = "موزهٔ کوچکی در سال ۲۰۲۵ کنار پل گشوده خواهد شد.";
    await field(mine).focus();
    await mine.keyboard.insertText(text);
    const tries = async () => {
      if (await saysSaved(mine)) early = true;
      return refused;
    };
    await eventually(tries, 3, "not asked again");
    await lull(mine, 500);
    assert.equal(early || (await saysSaved(mine)), false, "“saved” before the answer");
    assert.equal((await rows(mine))[23].target.text, "");
    letThrough();
    const all = await until(mine, (all) => all[23].target.text === text, "not saved after the 503");
    await pageSaved(mine);
    assert.equal((await versions(mine, all[23].id)).length, 1);
    await mine.unroute("**/segments/*");
  });

  await t.test("a page that is closed while typing sends the text", async () => {
    await goTo(mine, 25);
    const text = "مدیر آن گفت نخستین مهمانان کلاس‌های مدرسه‌اند.";
    await write(mine, text);
    await mine.goto("/projects/1");
    await mine.getByRole("link", { name: article, exact: true }).click();
    await field(mine).waitFor();
    const all = await until(mine, (all) => all[24].target.text === text, "the text is lost");
    assert.equal((await versions(mine, all[24].id)).length, 1);
  });

  for (const p of [mine, other]) assert.deepEqual(complaintsOf(p), []);
});

/** A person in the article of the sample project. */
async function context(browser, url, who) {
  const page = await person(browser, url);
  await logIn(page, ...who);
  await openDocument(page);
  return page;
}
