// Glossaries: an import looked at before anything is written, a concept edited
// with its history, a proposal from a translator to a reviewer; and how the
// pages look in both languages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { inspect, submitFiles } from "./inspect.mjs";
import { complaintsOf, done, follow, logIn, people, person, stage, turn } from "./lib.mjs";

const glossary = "/projects/1/glossaries/1";
const utf8 = (text) => new TextEncoder().encode(text);

const table = [
  "en,fa,target_variants,forbidden,type,note",
  "Graz,گراتس,,,place,",
  "museum,موزه,,نمایشگاه,term,the building",
  "museum,موزه,موزه‌خانه,,term,",
  "bank,بانک,,,term,money",
  "bank,کرانه,,,term,of a river",
  "bad\u0007term,واژه,,,term,",
].join("\n") + "\n";

/** The first English term of the glossary with its Persian one, and a table that contradicts it. */
async function contradiction(page) {
  await page.goto(glossary);
  const row = page.locator("table.concepts tbody tr").first();
  const english = await row.locator("td[lang=en] .term-text").first().innerText();
  return { english, table: table + `"${english}",واژه‌ای دیگر,,,,\n` };
}

async function preview(page) {
  const { english, table } = await contradiction(page);
  await submitFiles(page, glossary + "/preview", "file", [{ name: "desk.csv", bytes: utf8(table) }]);
  await page.locator(".figures").waitFor();
  return english;
}

/** Sends the form of the page, which must be taken. */
const save = (page) => done(page, page.locator(".form-end .button-main"));

async function fill(page, texts) {
  for (const [lang, text] of Object.entries(texts)) await page.locator(`input[name=term][lang=${lang}]`).last().fill(text);
}

/** A translator's wish for a new term, and one for a change of the first. */
async function propose(page, term) {
  await page.goto(glossary + "/concepts/new");
  await fill(page, { en: term, fa: "کوچهٔ بن‌بست" });
  await page.fill("textarea[name=comment]", "It stands in every second article.");
  await follow(page, page.locator(".form-end .button-main"));
  assert.match(page.url(), /proposals$/);
}

test("a glossary from import to approval", { timeout: 600_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const reviewer = await person(browser, server.url);
  await logIn(reviewer, ...people.reviewer);
  const translator = await person(browser, server.url);
  await logIn(translator, ...people.translator);
  const rows = reviewer.locator("table.concepts tbody tr");

  await t.test("import with a preview, a choice and a report", async () => {
    const english = await preview(reviewer);
    const conflict = reviewer.locator("li.conflict", { hasText: "واژه‌ای دیگر" });
    await conflict.locator("select").selectOption("theirs");
    const [download] = await Promise.all([reviewer.waitForEvent("download"), reviewer.locator("button[name=report]").click()]);
    const report = readFileSync(await download.path(), "utf8");
    assert.match(report, /conflict,.*واژه‌ای دیگر/);
    await save(reviewer);
    await reviewer.fill("input[name=q]", english);
    await follow(reviewer, reviewer.locator("form.filter button"));
    assert.match(await rows.first().innerText(), /واژه‌ای دیگر/);
  });

  await t.test("find across spellings", async () => {
    await reviewer.goto(glossary);
    await reviewer.fill("input[name=q]", "موزه خانه");
    await turn(reviewer, () => reviewer.keyboard.press("Enter"));
    assert.match(await reviewer.locator(".list-head").innerText(), /(^|\D)1 concept/);
    assert.match(await rows.first().innerText(), /museum/);
  });

  await t.test("edit a concept by keyboard, see its history, go back", async () => {
    await follow(reviewer, rows.first().locator("a.button"));
    await follow(reviewer, reviewer.locator("button[name=more][value=fa]"));
    await fill(reviewer, { fa: "گنج‌خانه" });
    await reviewer.locator("details.fold > summary").last().click();
    await reviewer.locator("input[name=until]").last().fill("1403/2/12");
    await turn(reviewer, () => reviewer.locator("input[name=term]").last().press("Enter"));
    assert.equal(await reviewer.locator(".flash-ok").count(), 1);
    assert.equal(await reviewer.locator("input[name=until]").last().inputValue(), "2024-05-01");
    const history = reviewer.locator(".history li.row");
    assert.match(await history.first().innerText(), /گنج‌خانه/);
    await done(reviewer, history.last().locator("button"));
    assert.equal(await reviewer.locator("input[name=term][value='گنج‌خانه']").count(), 0);
  });

  await t.test("a mistake is told at its field and loses nothing", async () => {
    await reviewer.goto(glossary + "/concepts/new");
    await fill(reviewer, { en: "alley", fa: "کوچه" });
    await reviewer.locator("details.fold > summary").first().click();
    await reviewer.locator("input[name=from]").first().fill("tomorrow");
    await follow(reviewer, reviewer.locator(".form-end .button-main"));
    await reviewer.locator("main [role=alert]").waitFor();
    assert.equal(await reviewer.locator(".term-bad input[name=term]").inputValue(), "alley");
    assert.equal(await reviewer.locator("input[name=term][lang=fa]").inputValue(), "کوچه");
  });

  await t.test("propose as translator, approve as reviewer, read the outcome", async () => {
    await propose(translator, "blind alley");
    assert.equal(await translator.locator("form[action$='/approve']").count(), 0);
    await reviewer.goto("/projects/1");
    assert.equal(await reviewer.locator(".tabs .count").innerText().then((s) => s.trim()[0]), "1");
    await reviewer.goto("/projects/1/proposals");
    await follow(reviewer, reviewer.locator("a.button[href*='/proposals/']"));
    await fill(reviewer, { fa: "بن‌بست" });
    await save(reviewer);
    await translator.goto("/projects/1/proposals");
    await translator.locator(".badge-ok").waitFor();
    await follow(translator, translator.locator("a.row-title", { hasText: "blind alley" }));
    assert.match(await translator.locator(".term-sides").innerText(), /بن‌بست/);
  });

  await t.test("merge two concepts, and undo", async () => {
    await reviewer.goto(glossary + "?q=bank");
    for (const box of await reviewer.locator("input[name=concept]").all()) await box.check();
    await follow(reviewer, reviewer.locator("#merge button"));
    await done(reviewer, reviewer.locator("main form .button-main"));
    assert.equal(await reviewer.locator("input[name=term][lang=fa]").count(), 2);
    await follow(reviewer, reviewer.locator(".flash-ok button"));
    await reviewer.goto(glossary + "?q=bank");
    assert.equal(await rows.count(), 2);
  });
  for (const page of [reviewer, translator]) assert.deepEqual(complaintsOf(page), []);
});

/** The pages of somebody who decides about terms. */
const pages = {
  "glossary-concepts": (page) => page.goto(glossary),
  "glossary-found": (page) => page.goto(glossary + "?q=bridge&status=preferred"),
  "glossary-nothing": (page) => page.goto(glossary + "?q=zzzz"),
  "glossary-import": async (page) => {
    await page.goto(glossary);
    await page.locator("[popovertarget=import]").first().click();
  },
  "glossary-export": async (page) => {
    await page.goto(glossary);
    await page.locator(".page-head details.menu > summary").click();
  },
  "glossary-preview": preview,
  "concept": (page) => page.goto(glossary + "/concepts/1"),
  "concept-open": async (page) => {
    await page.goto(glossary + "/concepts/1");
    await page.locator("details.fold > summary").first().click();
  },
  "concept-new": (page) => page.goto(glossary + "/concepts/new"),
  "concept-problem": async (page) => {
    await page.goto(glossary + "/concepts/new");
    await follow(page, page.locator(".form-end .button-main"));
    await page.locator("main [role=alert]").waitFor();
  },
  "concept-merge": (page) => page.goto(glossary + "/merge?concept=1&concept=2"),
  "proposals": (page) => page.goto("/projects/1/proposals"),
  "proposal-reject": async (page) => {
    await page.goto("/projects/1/proposals");
    await page.locator("[popovertarget^=reject]").first().click();
  },
  "proposal": async (page) => {
    await page.goto("/projects/1/proposals");
    await follow(page, page.locator("a.button[href*='/proposals/']").first());
  },
  "exceptions": (page) => page.goto("/projects/1/exceptions"),
  "glossaries": (page) => page.goto("/projects/1/glossaries"),
};

test("the pages of a glossary", { timeout: 1_200_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const first = await person(browser, server.url);
  await logIn(first, ...people.reviewer);
  await first.goto(glossary + "/concepts/1");
  await follow(first, first.locator("button[name=more][value=fa]"));
  await fill(first, { fa: "پلِ کهنه" });
  await first.locator("select[name=status]").last().selectOption("forbidden");
  await first.fill("textarea[name=note]", "Only of the bridge in Dezful.");
  await save(first);
  const wish = await person(browser, server.url);
  await logIn(wish, ...people.translator);
  await propose(wish, "blind alley");
  await wish.goto(glossary + "/concepts/2?propose=1");
  await wish.fill("input[name=domain]", "architecture");
  await follow(wish, wish.locator(".form-end .button-main"));
  await override(first);

  for (const lang of ["en", "fa"]) {
    const reviewer = await person(browser, server.url, { locale: lang });
    await logIn(reviewer, ...people.reviewer);
    const translator = await person(browser, server.url, { locale: lang });
    await logIn(translator, ...people.translator);
    for (const [name, way] of Object.entries(pages)) {
      await t.test(`${name} (${lang})`, async () => {
        await way(reviewer);
        assert.deepEqual(await inspect(reviewer, name, lang, { full: !/-import|-export|-reject/.test(name) }), []);
      });
    }
    const seen = { "concept-read": glossary + "/concepts/1", "concept-propose": glossary + "/concepts/1?propose=1", "proposals-translator": "/projects/1/proposals" };
    for (const [name, path] of Object.entries(seen)) {
      await t.test(`${name} (${lang})`, async () => {
        await translator.goto(path);
        assert.deepEqual(await inspect(translator, name, lang), []);
      });
    }
    const manager = await person(browser, server.url, { locale: lang });
    await logIn(manager, ...people.admin);
    await t.test(`settings and the date of a document (${lang})`, async () => {
      await manager.goto("/projects/1/settings");
      await manager.locator("details.fold > summary").first().click();
      assert.deepEqual(await inspect(manager, "settings-terms", lang), []);
      await manager.goto("/projects/1");
      await manager.locator("details.menu > summary").first().click();
      await manager.locator("[popovertarget^=date]").first().click();
      assert.deepEqual(await inspect(manager, "document-date", lang, { full: false }), []);
    });
  }
});

/** Approves a segment in spite of a term, for the report of exceptions. */
async function override(page) {
  await page.evaluate(async () => {
    const document = "/projects/1/documents/1";
    const call = async (method, path, body) => {
      const answer = await fetch(document + path, { method, headers: { "Content-Type": "application/json", Accept: "application/json" }, body: body && JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    };
    const { segments } = await call("GET", "/segments");
    for (const segment of segments.slice(0, 6)) {
      const saved = await call("PUT", `/segments/${segment.id}`, { revision: segment.revision, target: { text: "ترجمه‌ای بی هیچ نامی", codes: [] }, state: "translated", filled: 0, filledBy: "" });
      await call("POST", `/segments/${segment.id}/approve`, { revision: saved.segment.revision, override: "نام در سطر پیش آمده است." });
    }
  });
}
