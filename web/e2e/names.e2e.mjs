// Names of a project and how they are written, terms found in a text, and the
// exchange of a term everywhere: the work, and how the pages look.

import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "./inspect.mjs";
import { complaintsOf, done, eventually, follow, logIn, people, person, stage, turn } from "./lib.mjs";

const project = "/projects/1";
const glossary = project + "/glossaries/1";
const article = project + "/documents/1";

/** Translations by the beginnings of their sources; one name is written in two ways. */
const translations = {
  "The Old Bridge of Dezful opened": "پل قدیم دزفول پس از سه سال تعمیر روز سه‌شنبه به روی عابران پیاده باز شد.",
  "“We did not want": "مریم کشاورز، مهندسی که سرپرست کار بود، گفت: «ما پل تازه‌ای نمی‌خواستیم که کهنه به نظر برسد.»",
  "Maryam Keshavarz said": "مریم کشاورز گفت که بنیاد میراث رود ۳۴۰ سنگ افتاده در رود یافته است.",
  "Its director, Dr. Kamran Sohrabi": "مدیر آن، دکتر کامران صهرابی، گفت که دانش‌آموزان نخستین مهمانان خواهند بود.",
  "“A bridge is a promise": "کامران سهرابی گفت: «پل پیمانی است میان دو کرانه.»",
  "A small museum will open": "موزهٔ کوچکی در سال ۲۰۲۵ کنار پل گشایش می‌یابد.",
};

/** Confirms the translations; the segments named are approved. */
async function translate(page, approve = []) {
  await page.goto(project);
  await page.evaluate(async ({ article, translations, approve }) => {
    const call = async (method, path, body) => {
      const answer = await fetch(article + path, { method, headers: { "Content-Type": "application/json", Accept: "application/json" }, body: body && JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    };
    const { segments } = await call("GET", "/segments");
    for (const segment of segments) {
      const begin = Object.keys(translations).find((text) => segment.source.text.startsWith(text));
      if (!begin) continue;
      const target = { text: translations[begin], codes: [] };
      const saved = await call("PUT", `/segments/${segment.id}`, { revision: segment.revision, target, state: "translated", filled: 0, filledBy: "" });
      if (approve.includes(begin)) await call("POST", `/segments/${segment.id}/approve`, { revision: saved.segment.revision, override: "" });
    }
  }, { article, translations, approve });
}

async function targets(page) {
  return page.evaluate(async (article) => {
    const { segments } = await (await fetch(article + "/segments", { headers: { Accept: "application/json" } })).json();
    return segments.map((s) => [s.target.text, s.state]);
  }, article);
}

/** Gives the museum another Persian name. */
async function renameMuseum(page) {
  await page.goto(glossary + "?q=museum");
  await follow(page, page.locator("table.concepts tbody tr a.button").first());
  await page.locator("input[name=term][lang=fa]").first().fill("گنجینه");
  await done(page, page.locator(".form-end .button-main"));
}

for (const lang of ["en", "fa"]) {
  test(`names, extraction and exchange (${lang})`, { timeout: 600_000 }, async (t) => {
    const { server, browser } = await stage(t);
    const first = await person(browser, server.url);
    await logIn(first, ...people.translator);
    await translate(first);
    const page = await person(browser, server.url, { locale: lang });
    await logIn(page, ...people.reviewer);
    const look = async (name) => assert.deepEqual(await inspect(page, name, lang), []);

    await t.test("a name in two forms is found and becomes one", async () => {
      await page.goto(glossary + "?q=Sohrabi");
      await follow(page, page.locator("table.concepts tbody tr a.button").first());
      await follow(page, page.locator("form[action$='/delete'] button").first());
      await page.goto(project + "/glossaries");
      await follow(page, page.locator(".page-head a[href$='/names']"));
      const row = page.locator("tr.name-differs", { hasText: "Kamran Sohrabi" });
      assert.match(await row.innerText(), /کامران سهرابی[^]*کامران صهرابی|کامران صهرابی[^]*کامران سهرابی/);
      await row.locator("details.name-use summary").first().click();
      assert.match(await row.locator("details[open] a").first().getAttribute("href"), /documents\/1\?segment=\d+$/);
      await look("names");
      await page.goto(project + "/names?q=zzzz&memories=1");
      await look("names-nothing");
      await page.goto(project + "/names");
      await follow(page, page.locator("tr.name-differs .row-actions a").first());
      await look("name-merge");
      await page.locator("input[name=preferred][value='کامران سهرابی']").check();
      await page.locator("input[name=others][value=forbidden]").check();
      await done(page, page.locator(".form-end .button-main"));
      assert.match(await page.locator("tr", { hasText: "Kamran Sohrabi" }).locator("td").nth(3).innerText(), /کامران سهرابی/);
      await look("names-merged");
    });

    await t.test("what a merge forbids is exchanged, and taken back", async () => {
      await page.goto(project + "/names");
      await follow(page, page.locator("tr", { hasText: "Kamran Sohrabi" }).locator("td a[href*='/concepts/']").first());
      await follow(page, page.locator("a[href$='/use']"));
      await look("term-use");
      await follow(page, page.locator("td a.button[href*='/exchange']").first());
      assert.equal(await page.locator("input[name=place]:checked").count(), 1);
      await done(page, page.locator(".form-end .button-main"));
      assert.ok((await targets(page)).some(([text]) => text.includes("دکتر کامران سهرابی")));
      await done(page, page.locator(".flash-ok button"));
      assert.ok((await targets(page)).some(([text]) => text.includes("دکتر کامران صهرابی")));
    });

    await t.test("a changed term is shown everywhere, exchanged, undone", async () => {
      await translate(page, ["A small museum will open"]);
      const before = await targets(page);
      assert.ok(before.some(([text, state]) => text.startsWith("موزهٔ کوچکی") && state === "approved"));
      await renameMuseum(page);
      await look("concept-saved");
      await follow(page, page.locator(".flash-ok a"));
      const unit = page.locator("li", { hasText: "گنجینه هر روز" });
      assert.equal(await unit.locator("input[name=place]").isChecked(), true);
      assert.match(await page.locator("li", { hasText: "گنجینهٔ کوچکی" }).innerText(), /موزهٔ/);
      await look("exchange");
      await done(page, page.locator(".form-end .button-main"));
      assert.ok((await targets(page)).some(([text, state]) => text.startsWith("گنجینهٔ کوچکی") && state === "translated"));
      await look("exchange-done");
      await done(page, page.locator(".flash-ok button"));
      assert.deepEqual(await targets(page), before);
    });

    await t.test("terms are accepted by keyboard, rejected, and taken back", async () => {
      await page.goto(project);
      await page.locator("details.menu > summary").first().click();
      await follow(page, page.locator("a[href$='/extraction']").first());
      await look("offers");
      const rows = page.locator("[data-row]");
      const names = async () => (await rows.locator("b").allInnerTexts()).map((s) => s.trim());
      const start = await names();
      assert.ok(start.length > 3, start.join());
      await rows.first().locator("input[name^='target.']").fill("نخستین");
      await turn(page, () => page.keyboard.press("Enter"));
      await page.locator(".flash-ok").waitFor();
      assert.equal((await names()).includes(start[0]), false);
      const ready = () => eventually(() => page.evaluate(() => document.activeElement?.getAttribute("name")), "pick", "the first row does not have the focus");
      await ready();
      await turn(page, () => page.keyboard.press("a"));
      assert.equal((await names()).includes(start[1]), false);
      await page.locator(".flash-ok").waitFor();
      await ready();
      await turn(page, () => page.keyboard.press("r"));
      assert.equal((await names()).includes(start[2]), false);
      await look("offers-rejected");
      await done(page, page.locator(".flash-ok button").first());
      assert.ok((await names()).includes(start[2]));
      for (const box of (await rows.locator("input[name=pick]").all()).slice(0, 2)) await box.check();
      await follow(page, page.locator(".form-end .button-main"));
      await done(page, page.locator(".flash-ok button"));
      assert.equal((await names()).length, start.length - 2);
      await page.goto(project + "/memories/1/extraction");
      await look("offers-memory");
    });

    await t.test("without scripts", async () => {
      const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false, storageState: await page.context().storageState() });
      const plain = await context.newPage();
      await plain.goto(article + "/extraction");
      const name = await plain.locator("[data-row] b").first().innerText();
      await follow(plain, plain.locator("[data-row] button[name=one]").first());
      assert.equal(await plain.locator("[data-row] b", { hasText: name }).count(), 0);
      await context.close();
    });
    assert.deepEqual(complaintsOf(page), []);
  });
}

test("a translator proposes what a reviewer does", { timeout: 600_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const page = await person(browser, server.url);
  await logIn(page, ...people.translator);
  await translate(page);
  await page.goto(article + "/extraction");
  await done(page, page.locator("[data-row] button[name=one]").first());
  await page.goto(project + "/names");
  await follow(page, page.locator(".row-actions a").first());
  await follow(page, page.locator(".form-end .button-main"));
  assert.match(page.url(), /proposals$/);
  assert.equal(await page.locator("main li.row").count(), 2);
  assert.equal((await page.goto(glossary + "/concepts/1/exchange")).status(), 403);
});
