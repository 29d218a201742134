// Terms in the segment editor: their card, completing what is typed, adding one
// from what is selected, looking one up, and the original of a repaired match.

import assert from "node:assert/strict";
import test from "node:test";
import { activeRow, assisted, field, goTo, helped, openDocument, pageSaved, rows, write } from "./editing.mjs";
import { inspect } from "./inspect.mjs";
import { complaintsOf, eventually, frame, logIn, people, person, stage } from "./lib.mjs";

const card = (page) => page.locator(".ed-term-float");
const list = (page) => page.locator(".ed-completions");
const mark = (page, text) => activeRow(page).locator(".ed-source .ed-term-mark", { hasText: text }).first();
const text = (page) => page.evaluate(() => document.querySelector(".ed-field .cm-content").innerText.replace(/\n$/, ""));

/** Opens the sample article at the first segment whose source has the words. */
async function openAt(page, words) {
  await openDocument(page);
  await assisted(page);
  const all = await rows(page);
  const at = all.findIndex((row) => row.source.text.includes(words));
  assert.ok(at >= 0, words);
  await goTo(page, at + 1);
  await assisted(page);
  return all[at];
}

/** Selects words of the source, as with the mouse; the page is told of it in its next frame. */
async function selectSource(page, words) {
  await page.evaluate((words) => {
    const source = document.querySelector(".ed-active .ed-source");
    const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const at = node.data.indexOf(words);
      if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
    }
    throw new Error(`no ${words} in ${source.textContent}`);
  }, words);
  await frame(page);
}

async function empty(page) {
  await field(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
}

test("terms while translating", { timeout: 900_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const reviewer = await person(browser, server.url);
  await logIn(reviewer, ...people.reviewer);
  const translator = await person(browser, server.url);
  await logIn(translator, ...people.translator);

  await t.test("the card of a term, by mouse and by key", async () => {
    await openAt(translator, "Maryam Keshavarz, the engineer");
    assert.equal(await mark(translator, "Maryam").getAttribute("title"), null);
    await mark(translator, "engineer").hover();
    await card(translator).waitFor();
    assert.match(await card(translator).innerText(), /مهندس/);
    await translator.mouse.move(5, 5);
    await card(translator).waitFor({ state: "hidden" });

    await field(translator).focus();
    await translator.keyboard.press("Alt+g");
    await card(translator).waitFor();
    assert.match(await card(translator).innerText(), /مریم کشاورز/);
    assert.equal(await card(translator).locator("del.ed-form-forbidden").innerText(), "مریم کشاورزی");
    assert.equal(await activeRow(translator).locator(".ed-term-shown").innerText(), "Maryam Keshavarz");
    assert.match(await translator.locator(".ed-hidden[aria-live=polite]").innerText(), /Term 1 of 2: .*Maryam Keshavarz.*Forbidden: مریم کشاورزی/su);
    await translator.keyboard.press("Alt+g");
    assert.match(await card(translator).innerText(), /engineer/);
    assert.ok(await field(translator).evaluate((e) => e === document.activeElement));
    await translator.keyboard.press("Escape");
    await card(translator).waitFor({ state: "hidden" });
    assert.equal(await activeRow(translator).locator(".ed-term-shown").count(), 0);
  });

  await t.test("what is typed is completed", async () => {
    await empty(translator);
    await translator.keyboard.type("مهندس مريم");
    await list(translator).waitFor();
    assert.equal(await list(translator).locator("[aria-selected=true] .ed-completion-text").innerText(), "مریم کشاورز");
    assert.equal(await field(translator).getAttribute("aria-activedescendant"), "ed-completion-0");
    await translator.keyboard.press("Tab");
    await list(translator).waitFor({ state: "hidden" });
    assert.equal(await text(translator), "مهندس مریم کشاورز");
    assert.ok(await field(translator).evaluate((e) => e === document.activeElement), "Tab left the field");
    await translator.keyboard.press("Control+z");
    assert.equal(await text(translator), "مهندس مريم");

    await empty(translator);
    await translator.keyboard.type("شورا");
    await list(translator).locator(".ed-completion", { hasText: "شورای شهر دزفول" }).waitFor();
    await translator.keyboard.press("ArrowDown");
    const second = await list(translator).locator("[aria-selected=true] .ed-completion-text").innerText();
    await translator.keyboard.press("Enter");
    assert.equal(await text(translator), second);

    await empty(translator);
    await translator.keyboard.type("مریم");
    await list(translator).waitFor();
    await translator.keyboard.press("Escape");
    await list(translator).waitFor({ state: "hidden" });
    await translator.keyboard.press("Enter");
    assert.equal(await text(translator), "مریم");
    await translator.keyboard.press("Tab");
    assert.ok(!(await field(translator).evaluate((e) => e === document.activeElement)), "Tab stays in the field though nothing is open");
  });

  await t.test("a glossary is searched and a form written, by keyboard alone", async () => {
    await empty(translator);
    await translator.keyboard.type("در ");
    await translator.keyboard.press("Alt+q");
    await translator.keyboard.type("اهوا");
    await translator.locator(".ed-glossary .ed-card", { hasText: "Ahvaz" }).waitFor();
    await translator.keyboard.press("Enter");
    await translator.waitForFunction(() => document.activeElement?.classList.contains("cm-content"));
    assert.equal(await text(translator), "در اهواز");
    await translator.keyboard.press("Alt+q");
    await translator.keyboard.press("Control+a");
    await translator.keyboard.type("zzzz");
    await translator.locator(".ed-glossary .ed-note", { hasText: "nothing like it" }).waitFor();
    await translator.keyboard.press("Escape");
    await empty(translator);
    await pageSaved(translator);
  });

  await t.test("a term from a selection in both columns", async () => {
    await openAt(reviewer, "Divers brought them up");
    await write(reviewer, "غواصان یک‌به‌یک آنها را بیرون کشیدند.");
    await selectSource(reviewer, "Divers");
    await field(reviewer).focus();
    await reviewer.keyboard.press("Control+Home");
    for (let i = 0; i < 6; i++) await reviewer.keyboard.press("Shift+ArrowLeft");
    assert.equal(await activeRow(reviewer).locator(".ed-picked").innerText(), "Divers");
    await reviewer.keyboard.press("Alt+n");
    await reviewer.locator("dialog.ed-add").waitFor();
    assert.equal(await reviewer.locator("#ed-add-source").inputValue(), "Divers");
    assert.equal(await reviewer.locator("#ed-add-target").inputValue(), "غواصان");
    await reviewer.fill("#ed-add-source", "diver");
    await reviewer.fill("#ed-add-target", "غواص");
    await reviewer.fill("#ed-add-note", "Not a frogman.");
    await reviewer.keyboard.press("Tab");
    await reviewer.locator(".ed-add .ed-primary").click();
    await reviewer.locator(".ed-toast", { hasText: "in the glossary now" }).waitFor();
    await reviewer.locator(".ed-terms .ed-card", { hasText: "diver" }).waitFor();
    await mark(reviewer, "Divers").waitFor();
  });

  await t.test("what is there already is shown, and takes another form", async () => {
    await empty(reviewer);
    await reviewer.keyboard.insertText("دیوکوچولوها یک‌به‌یک آنها را بیرون کشیدند.");
    const issue = reviewer.locator(".ed-issues .ed-issue-card", { hasText: "diver" }).or(reviewer.locator(".ed-issues .ed-issue-card", { hasText: "Divers" })).first();
    await issue.waitFor();
    await field(reviewer).focus();
    await reviewer.keyboard.press("Control+Home");
    for (let i = 0; i < 10; i++) await reviewer.keyboard.press("Shift+ArrowLeft");
    await issue.getByRole("button", { name: "Add a form" }).click();
    await reviewer.locator("dialog.ed-add").waitFor();
    assert.equal(await reviewer.locator(".ed-add input[type=radio]").first().isChecked(), true);
    assert.match(await reviewer.locator(".ed-add-same").innerText(), /Another form of .diver/su);
    await reviewer.fill("#ed-add-target", "دیوکوچولو");
    await reviewer.keyboard.press("Enter");
    await reviewer.locator("dialog").waitFor({ state: "detached" });
    await issue.waitFor({ state: "detached" });
    await eventually(() => reviewer.locator(".ed-terms .ed-card", { hasText: "diver" }).innerText(), /دیوکوچولو/, "the term lacks the new form");
  });

  await t.test("a translator proposes, and is told what is wrong", async () => {
    await openAt(translator, "examined the foundations");
    await field(translator).focus();
    await translator.keyboard.press("Alt+n");
    await translator.locator("dialog.ed-add").waitFor();
    await translator.fill("#ed-add-source", "foundations");
    await translator.locator(".ed-add .ed-primary").click();
    await translator.locator(".ed-add-problem:not([hidden])").waitFor();
    await translator.fill("#ed-add-target", "پی‌ها");
    await translator.fill("#ed-add-comment", "It is in every report.");
    await translator.locator(".ed-add .ed-primary").click();
    await translator.locator(".ed-toast", { hasText: "reviewer will decide" }).waitFor();
    assert.equal(await translator.locator(".ed-terms .ed-card", { hasText: "foundations" }).count(), 0);
    await translator.goto("/projects/1/proposals");
    await translator.locator("main", { hasText: "It is in every report." }).waitFor();
  });

  await t.test("a repaired match, and what the memory has", async () => {
    await openAt(translator, "By Sara Moradi");
    const match = translator.locator(".ed-matches .ed-card", { has: translator.locator(".ed-original") }).first();
    await match.waitFor();
    const place = await match.evaluate((e) => [...e.parentElement.children].indexOf(e) + 1);
    const original = (await match.locator(".ed-original .ed-card-source").innerText()).trim();
    const repaired = (await match.locator(".ed-card-target").innerText()).trim();
    assert.notEqual(original, repaired);
    await field(translator).focus();
    await translator.keyboard.press(`Control+${place}`);
    assert.equal(await text(translator), repaired);
    await translator.keyboard.press(`Alt+Shift+Digit${place}`);
    assert.equal(await text(translator), original);
  });
  for (const page of [reviewer, translator]) assert.deepEqual(complaintsOf(page), []);
});

/** What is looked at in both languages, in a segment with terms. */
const views = {
  "terms-panel": async () => undefined,
  "terms-card": async (page) => {
    await page.keyboard.press("Alt+g");
    await card(page).waitFor();
  },
  "terms-hover": async (page) => {
    await mark(page, "engineer").hover();
    await card(page).waitFor();
  },
  "terms-completing": async (page) => {
    await empty(page);
    await page.keyboard.type("به گفتهٔ مر");
    await list(page).waitFor();
  },
  "terms-search": async (page) => {
    await page.keyboard.press("Alt+q");
    await page.keyboard.type("dezful");
    await page.locator(".ed-glossary .ed-card").first().waitFor();
  },
  "terms-add": async (page) => {
    await empty(page);
    await page.keyboard.insertText("«نمی‌خواستیم پلی تازه بسازیم که کهنه بنماید»، مریم کشاورز، مهندسی که سرپرست کار بود، گفت.");
    await selectSource(page, "Maryam Keshavarz");
    await field(page).focus();
    await page.keyboard.press("Alt+n");
    await page.locator("dialog.ed-add .ed-add-same fieldset").waitFor();
  },
  "terms-add-new": async (page) => {
    await selectSource(page, "new bridge");
    await field(page).focus();
    await page.keyboard.press("Alt+n");
    await page.locator("dialog.ed-add").waitFor();
  },
};

test("how terms look", { timeout: 900_000 }, async (t) => {
  const { server, browser } = await stage(t);
  for (const lang of ["en", "fa"]) {
    const page = await person(browser, server.url, { locale: lang });
    await logIn(page, ...people.reviewer);
    for (const [name, way] of Object.entries(views)) {
      await t.test(`${name} (${lang})`, async () => {
        await openAt(page, "Maryam Keshavarz, the engineer");
        await helped(page);
        await way(page);
        assert.deepEqual(await inspect(page, name, lang, { full: false }), []);
        await page.keyboard.press("Escape");
      });
    }
  }
});
