// The list of the issues of a document: decisions, the way into the editor, the
// typography of everything at once; and the times of the pages.

import assert from "node:assert/strict";
import test from "node:test";
import { activeRow, field, openDocument, pageSaved, write } from "./editing.mjs";
import { complaintsOf, done, follow, logIn, people, person, stage, violations } from "./lib.mjs";

const issues = "/projects/1/documents/1/issues";

/** Writes a first segment with a Latin comma and a space where a half-space belongs. */
async function faulty(browser, server) {
  const page = await person(browser, server.url);
  await logIn(page, ...people.translator);
  await openDocument(page);
  await write(page, "پل قدیم دزفول, پس از سه سال باز می شود");
  await pageSaved(page);
  return page;
}

test("issues of a document", { timeout: 600_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const page = await faulty(browser, server);
  const comma = page.locator("li.issue", { has: page.locator("mark", { hasText: /^,$/ }) });

  await t.test("from the editor and back to the segment", async () => {
    await follow(page, page.locator(`a[href="${issues}"]`));
    await follow(page, comma.locator("a.issue-number"));
    await field(page).waitFor();
    assert.equal(await activeRow(page).getAttribute("data-index"), "0");
  });

  await t.test("let be with a reason, and undo", async () => {
    await page.goto(issues);
    await comma.locator("summary").click();
    await comma.locator("input[name=reason]").fill("as in the quotation");
    await done(page, comma.locator("form button"));
    assert.equal(await comma.count(), 0);
    await follow(page, page.locator(".flash-ok button"));
    await comma.waitFor();
  });

  await t.test("filter by a check", async () => {
    await page.selectOption("select[name=code]", "latin_comma");
    await follow(page, page.locator("form.filter button"));
    await comma.waitFor();
    assert.equal(await page.locator("li.issue").count(), 1);
  });

  await t.test("mend the typography, and undo", async () => {
    await page.goto("/projects/1/documents/1/typography");
    const boxes = page.locator("input[name=segment]");
    await page.locator("[data-tick-all] input").uncheck();
    assert.equal(await page.locator("input[name=segment]:checked").count(), 0);
    await page.locator("[data-tick-all] input").check();
    assert.equal(await page.locator("input[name=segment]:checked").count(), await boxes.count());
    await done(page, page.locator("main form button.button-main"));
    await follow(page, page.locator(".flash-ok button"));
    await boxes.first().waitFor();
  });
  assert.deepEqual(complaintsOf(page), []);

  for (const [locale, dark] of [["en", false], ["fa", true]]) {
    await t.test(`accessible and narrow (${locale})`, async () => {
      const reader = await person(browser, server.url, { locale, dark, width: 360, height: 740 });
      await logIn(reader, ...people.reviewer);
      for (const path of [issues, "/projects/1/documents/1/typography"]) {
        await reader.goto(path);
        await reader.locator("ol.issues > li").first().waitFor();
        assert.deepEqual(await violations(reader), [], path);
        assert.ok(await reader.evaluate(() => document.documentElement.scrollWidth <= 360), `${path} is wider than 360 px`);
      }
      assert.deepEqual(complaintsOf(reader), []);
    });
  }
});

test("times are those of the browser", { timeout: 300_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const context = await browser.newContext({ baseURL: server.url, locale: "fa-IR", timezoneId: "Asia/Tehran" });
  const page = await context.newPage();
  await logIn(page, ...people.admin);
  await page.goto("/projects/1/activity");
  const time = page.locator("time[data-time=moment]").first();
  const at = new Date(await time.getAttribute("datetime"));
  const clock = new Intl.DateTimeFormat("fa", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Tehran" }).format(at);
  assert.ok((await time.textContent()).endsWith(`، ${clock}`), `${await time.textContent()} is not at ${clock}`);
  assert.match(await time.getAttribute("title"), /UTC/);
});
