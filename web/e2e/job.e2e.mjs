// The whole job on a real article, as people do it: a manager sets the project
// up, a translator translates by keyboard, a reviewer is stopped by a forbidden
// name, has it fixed, approves everything, and the documents come back.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { field, goTo, leaveDialog, rows, until, write } from "./editing.mjs";
import { complaintsOf, eventually, follow, launch, logIn, officePath, patience, people, person, serve, shared, shoot, tarjoman, temporary } from "./lib.mjs";

const skip = shared ? false : "SKIPPED: shared/data/seed is not beside the project";
const seed = (name) => readFileSync(join(shared, "data/seed", name), "utf8");

const sentences = (text, lang) =>
  tarjoman(["segment", "--jsonl"], JSON.stringify({ id: 1, lang, text }) + "\n").trim().split("\n").flatMap((l) => JSON.parse(l).segments);

const escapeHTML = (s) => s.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const paragraphs = (text) => text.split("\n").filter((l) => l.trim());

async function addMember(page, project, login, role) {
  await page.goto(`${project}/members`);
  const form = page.locator(`form[action="${project}/members"]`);
  await form.locator("input[name=login]").fill(login);
  await form.locator("select[name=role]").selectOption(role);
  await follow(page, form.locator("button"));
}

/** Confirms or approves the segment that is open, and waits until the server has it so. */
async function reach(page, index, state) {
  await page.keyboard.press("Control+Enter");
  await until(page, (all) => all[index].state === state, `segment ${index + 1} does not become ${state}`);
}

/** Sends files of this computer, and waits until all of them have arrived. */
async function upload(page, project, files) {
  await page.goto(project);
  await page.locator("#files").setInputFiles(files);
  await eventually(() => page.locator(".upload-list [data-done]").count(), files.length, "the upload does not arrive", 2 * patience);
}

/** Opens a document of the project by name. */
async function openDocument(page, project, name) {
  await page.goto(project);
  await follow(page, page.getByRole("link", { name, exact: true }));
  await field(page).waitFor();
}

test("an article comes in in English and goes out in Persian", { skip, timeout: 1_800_000 }, async (t) => {
  const dir = temporary(t);
  const server = await serve(join(dir, "data"), { demo: true });
  t.after(() => server.kill());
  const browser = await launch(t);
  const english = seed("news-article.en.txt");
  const source = sentences(english, "en");
  const target = sentences(seed("translation.fa.txt"), "fa");
  assert.equal(source.length, target.length);

  const files = join(dir, "files");
  mkdirSync(files);
  const txt = join(files, "news-article.en.txt");
  writeFileSync(txt, english);
  const html = join(files, "news-article.en.html");
  writeFileSync(html, `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Trial</title></head>\n<body>\n` +
    paragraphs(english).map((p) => `<p>${escapeHTML(p)}</p>\n`).join("") + "</body>\n</html>\n");
  const uploads = [txt, html];
  if (officePath) {
    execFileSync(officePath, ["--headless", "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML", "--outdir", files, html], { stdio: "ignore", env: { ...process.env, HOME: dir } });
    uploads.push(join(files, "news-article.en.docx"));
  } else t.diagnostic("SKIPPED: the DOCX, because there is no LibreOffice to make one");
  const half = join(files, "half.tsv");
  writeFileSync(half, "en\tfa\n" + source.slice(0, 20).map((s, i) => `${s}\t${target[i]}\n`).join(""));

  const manager = await person(browser, server.url);
  await logIn(manager, ...people.admin);
  await manager.goto("/projects/new");
  await manager.fill("input[name=name]", "Trial");
  assert.equal(await manager.inputValue("input[name=source]"), "en");
  assert.equal(await manager.inputValue("input[name=target]"), "fa");
  await follow(manager, manager.locator("main button.button-main"));
  assert.match(manager.url(), /\/projects\/\d+$/);
  const project = new URL(manager.url()).pathname;
  await addMember(manager, project, "translator", "translator");
  await addMember(manager, project, "reviewer", "reviewer");

  await manager.goto(`${project}/glossaries`);
  await follow(manager, manager.getByRole("link", { name: "Trial" }).last());
  const preview = manager.locator("form[action$='/preview']");
  await manager.locator("[popovertarget=import]").first().click();
  await preview.locator("input[type=file]").setInputFiles(join(shared, "data/seed/glossary.tsv"));
  await follow(manager, preview.locator("button.button-main"));
  assert.match(await manager.locator(".figures").innerText(), /76/);
  await shoot(manager, "glossary-preview.en");
  await follow(manager, manager.locator("form[action$='/import'] button.button-main"));
  assert.match(manager.url(), /glossaries\/\d+$/);

  await manager.goto(`${project}/memories`);
  await manager.locator("details.fold > summary").first().click();
  const load = manager.locator("form[action$='/import']");
  await load.locator("input[type=file]").setInputFiles(half);
  await follow(manager, load.locator("button"));
  const facts = async () => (await manager.goto(`${project}/memories`), manager.locator(".row-facts").first().innerText());
  await eventually(facts, /\b20\b/, "the memory does not fill", 2 * patience);

  await upload(manager, project, uploads.slice(0, 1));
  await manager.goto(project);
  await shoot(manager, "documents.en");

  // The translator: matches of the memory fill the first half.
  const translator = await person(browser, server.url, { locale: "fa" });
  await logIn(translator, ...people.translator);
  await openDocument(translator, project, "news-article.en.txt");
  assert.equal(await translator.locator("html").getAttribute("dir"), "rtl");
  const before = await rows(translator);
  assert.equal(before.length, source.length);
  assert.equal(before.filter((r) => r.filled >= 100).length, 20);
  await translator.locator(".ed-matches .ed-card").first().waitFor();
  await shoot(translator, "editor-match.fa");
  for (let i = 0; i < source.length; i++) {
    await goTo(translator, i + 1);
    if (!before[i].target.text && (await rows(translator))[i].state === "new") {
      const forbidden = i === 25 ? target[i].replace("مجاهدین خلق", "منافقین") : target[i];
      await write(translator, forbidden);
    }
    if ((await rows(translator))[i].state !== "translated") {
      await reach(translator, i, "translated");
    }
  }
  const planted = (await rows(translator)).findIndex((r) => r.errors > 0);
  assert.notEqual(planted, -1, "no segment shows the forbidden name");
  assert.deepEqual(complaintsOf(translator), []);

  // The reviewer is stopped at it.
  const reviewer = await person(browser, server.url);
  await logIn(reviewer, ...people.reviewer);
  await openDocument(reviewer, project, "news-article.en.txt");
  await goTo(reviewer, planted + 1);
  await reviewer.locator(".ed-issues").getByText("منافقین").first().waitFor();
  await reviewer.keyboard.press("Control+Enter");
  const gate = reviewer.locator("dialog[open]");
  await gate.waitFor();
  await shoot(reviewer, "gate.en");
  assert.equal((await rows(reviewer))[planted].state, "translated");
  await leaveDialog(reviewer);
  await write(reviewer, target[planted]);
  await reach(reviewer, planted, "approved");
  for (let i = 0; i < source.length; i++) {
    if ((await rows(reviewer))[i].state === "approved") continue;
    await goTo(reviewer, i + 1);
    await reach(reviewer, i, "approved");
  }
  await shoot(reviewer, "editor-approved.en");
  assert.deepEqual(complaintsOf(reviewer), []);

  // The other formats fill from what is in the memory now.
  await upload(manager, project, uploads.slice(1));
  for (const file of uploads.slice(1)) {
    const name = file.split("/").pop();
    await openDocument(reviewer, project, name);
    const all = await rows(reviewer);
    for (const state of ["translated", "approved"]) {
      if (state === "approved") await reviewer.getByRole("button", { name: "Review", exact: true }).click();
      for (let i = 0; i < all.length; i++) {
        if (!all[i].target.text || (await rows(reviewer))[i].state === state) continue;
        await goTo(reviewer, i + 1);
        await reach(reviewer, i, state);
      }
    }
    assert.ok(all.filter((r) => r.target.text).length >= source.length - 1, `only ${all.filter((r) => r.target.text).length} of ${all.length} filled in ${name}`);
  }

  const get = async (name, kind) => {
    await reviewer.goto(project);
    const link = await reviewer.getByRole("link", { name, exact: true }).getAttribute("href");
    const download = reviewer.waitForEvent("download");
    await reviewer.evaluate((to) => location.assign(to), `${link}/export?kind=${kind}&approved=1`);
    const file = join(files, `${kind}-` + (await download).suggestedFilename());
    await (await download).saveAs(file);
    return file;
  };
  const text = readFileSync(await get("news-article.en.txt", "document"), "utf8");
  assert.deepEqual(paragraphs(text), paragraphs(seed("translation.fa.txt")));
  const tmx = readFileSync(await get("news-article.en.txt", "tmx"), "utf8");
  assert.equal(tmx.split("<tu ").length - 1 || tmx.split("<tu>").length - 1, source.length);
  const bilingual = await reviewer.evaluate(async (href) => (await fetch(href)).text(),
    await reviewer.getByRole("link", { name: "news-article.en.txt", exact: true }).getAttribute("href") + "/export?kind=bilingual&approved=1");
  assert.ok(bilingual.includes('dir="rtl"') && bilingual.includes(escapeHTML(target[3]).slice(0, 20)));

  const page = readFileSync(await get("news-article.en.html", "document"), "utf8");
  assert.match(page, /<html lang="fa" dir="rtl">|<html dir="rtl" lang="fa">/);
  assert.ok(page.includes(target[3]));

  if (officePath) {
    const docx = await get("news-article.en.docx", "document");
    execFileSync(officePath, ["--headless", "--convert-to", "fodt", "--outdir", files, docx], { stdio: "ignore", env: { ...process.env, HOME: dir } });
    const fodt = readFileSync(docx.replace(/docx$/, "fodt"), "utf8");
    assert.ok(fodt.includes("گوهردشت"), "LibreOffice does not show the translation");
    const direction = new Set();
    for (const m of fodt.matchAll(/<style:style style:name="(P\d+)" style:family="paragraph".*?<\/style:style>/gs)) {
      if (m[0].includes('style:writing-mode="rl-tb"')) direction.add(m[1]);
    }
    const persian = [...fodt.matchAll(/<text:(?:p|h) text:style-name="(\w+)"[^>]*>(.*?)<\/text:(?:p|h)>/gs)].filter((m) => /[\u0600-\u06ff]{3}/.test(m[2]));
    assert.ok(persian.length >= 20, `${persian.length} Persian paragraphs`);
    const flipped = persian.filter((m) => !direction.has(m[1]));
    assert.deepEqual(flipped.map((m) => m[2].slice(0, 60)), [], "paragraphs that are not right to left");
  }
});
