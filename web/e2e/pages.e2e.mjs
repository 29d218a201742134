// Every page, in both languages of the interface: that it is accessible, speaks
// its language and only that, and fits wide and narrow screens.

import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { helped, openDocument } from "./editing.mjs";
import { inspect, submitFiles } from "./inspect.mjs";
import { complaintsOf, eventually, follow, logIn, people, person, serve, shoot, stage, temporary, turn, violations } from "./lib.mjs";

/** Text in Windows-1256, which writes ی as ي. */
function windows1256(text) {
  const decoder = new TextDecoder("windows-1256");
  const bytes = new Map(Array.from({ length: 256 }, (_, i) => [decoder.decode(Uint8Array.of(i)), i]));
  return Uint8Array.from([...text], (c) => bytes.get(c) ?? assert.fail(`${c} is not in Windows-1256`));
}

/** Too short for anybody to tell its charset by its letters. */
const persianTitle = windows1256("دزفول");
const notFound = ["/projects/999", "/nowhere", "/projects/1/documents/999"];

/** What the pages of a signed-in manager need once. */
async function prepare(page) {
  await page.goto("/projects/1");
  const utf8 = (text) => new TextEncoder().encode(text);
  await submitFiles(page, "/projects/1/documents", "files", [
    { name: "notice.en.txt", bytes: utf8("The museum is closed on Friday.\nEntry is free.\n") },
    { name: "old.en.md", bytes: utf8("# Old news\n\nEntry is free.\n") },
  ]);
  await page.goto("/projects/1");
  await turn(page, () => page.evaluate(() => {
    const row = [...document.querySelectorAll("li.row")].find((r) => r.textContent.includes("old.en.md"));
    row.querySelector("form[action$='/delete']").submit();
  }));
  const id = await makeProject(page, "Archive desk");
  await makeProject(page, "Gone desk");
  await page.goto("/projects/" + (id + 1) + "/settings");
  await page.fill("input[name=confirm]", "Gone desk");
  await follow(page, page.locator(".button-danger"));
}

async function makeProject(page, name) {
  await page.goto("/projects/new");
  await page.fill("input[name=name]", name);
  await follow(page, page.locator("main button.button-main"));
  assert.match(page.url(), /\/projects\/\d+$/);
  return Number(page.url().split("/").pop());
}

/** Adds an account and returns the link that sets its password. */
async function addAccount(page, login) {
  await page.goto("/admin/accounts");
  await page.fill("input[name=login]", login);
  await page.fill("input[name=name]", login === "mina" ? "Mina Rostami" : "مینا رستمی");
  await follow(page, page.locator("main form[action='/admin/accounts'] button.button-main"));
  return page.locator("copy-text input").inputValue();
}

/** The pages of a manager who is an administrator, each with the way to it. */
const managerPages = {
  "projects": (page) => page.goto("/projects"),
  "new-project": (page) => page.goto("/projects/new"),
  "new-project-problem": async (page) => {
    await page.goto("/projects/new");
    await page.fill("input[name=name]", "X");
    await page.fill("input[name=target]", "klingon!");
    await follow(page, page.locator("main button.button-main"));
    await page.locator("main [role=alert]").waitFor();
  },
  "documents": (page) => page.goto("/projects/1"),
  "documents-empty": (page) => page.goto("/projects/2"),
  "documents-menu": async (page) => {
    await page.goto("/projects/1");
    await page.locator("details.menu > summary").first().click();
  },
  "documents-export": async (page) => {
    await page.goto("/projects/1");
    await page.locator("[popovertarget^=export]").first().click();
  },
  "upload": async (page) => {
    await page.goto("/projects/1");
    await submitFiles(page, "/projects/1/documents", "files", [
      { name: "title.txt", bytes: persianTitle },
      { name: "notice.en.txt", bytes: new TextEncoder().encode("The museum is open.\n") },
      { name: "empty.docx", bytes: new Uint8Array([80, 75, 3, 4]) },
    ]);
    assert.equal(await page.locator("input[name=charset]").count() > 1, true, "no question about the charset");
    assert.match(await page.locator("form:has(input[name=charset])").innerText(), /دزفول/);
    assert.equal(await page.locator("button[name=update]").count(), 1, "no question about the same name");
  },
  "upload-zone": async (page) => {
    await page.goto("/projects/1");
    await page.locator("#files").setInputFiles([
      { name: "title.txt", mimeType: "text/plain", buffer: Buffer.from(persianTitle) },
      { name: "notice.en.txt", mimeType: "text/plain", buffer: Buffer.from("The museum is open.\n") },
    ]);
    await page.locator(".upload-question button").first().waitFor();
    await page.locator(".upload-list .actions .button-main").waitFor();
  },
  "editor": async (page) => {
    await openDocument(page);
    await helped(page);
    await page.locator(".ed-terms .ed-card").first().waitFor();
  },
  "editor-concordance": async (page) => {
    await openDocument(page);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("bridge");
    await page.locator(".ed-results .ed-card").first().waitFor();
  },
  "editor-help": async (page) => {
    await openDocument(page);
    await helped(page);
    await page.keyboard.press("F1");
    await page.locator("dialog[open]").waitFor();
  },
  "issues": (page) => page.goto("/projects/1/documents/1/issues"),
  "memories": (page) => page.goto("/projects/1/memories"),
  "memories-open": async (page) => {
    await page.goto("/projects/1/memories");
    await page.locator("details.fold > summary").first().click();
  },
  "memory": (page) => page.goto("/projects/1/memories/1"),
  "memory-search": (page) => page.goto("/projects/1/memories/1?q=bridge"),
  "memory-edit": async (page) => {
    await page.goto("/projects/1/memories/1");
    await follow(page, page.locator("table.units td.end a").first());
    await page.locator("textarea[name=target]").waitFor();
  },
  "glossaries": (page) => page.goto("/projects/1/glossaries"),
  "glossary": (page) => page.goto("/projects/1/glossaries/1"),
  "members": (page) => page.goto("/projects/1/members"),
  "analyses": (page) => page.goto("/projects/1/analyses"),
  "analysis": async (page) => {
    await page.goto("/projects/1/analyses");
    await follow(page, page.locator("main form.card button"));
    assert.match(page.url(), /jobs/);
    const listed = async () => (await page.goto("/projects/1/analyses"), page.locator("main .row-title").count());
    await eventually(listed, (count) => count > 0, "the analysis does not end");
    await follow(page, page.locator("main .row-title").first());
    await page.locator("table.numbers").first().waitFor();
  },
  "help-matches": (page) => page.goto("/help/matches"),
  "jobs": (page) => page.goto("/projects/1/jobs"),
  "job": async (page) => {
    await page.goto("/projects/1/jobs");
    await follow(page, page.locator("main .row-title").first());
    await page.locator("job-progress:not([running])").waitFor();
  },
  "activity": (page) => page.goto("/projects/1/activity"),
  "settings": (page) => page.goto("/projects/1/settings"),
  "trash": (page) => page.goto("/projects/1/documents/trash"),
  "projects-trash": (page) => page.goto("/projects/trash"),
  "account": (page) => page.goto("/account"),
  "admin-activity": (page) => page.goto("/admin/activity"),
  "accounts": (page) => page.goto("/admin/accounts"),
  "not-found": async (page, lang) => {
    for (const path of notFound) assert.equal((await page.goto(path)).status(), 404, path);
    assert.ok(lang);
  },
};

test("pages", { timeout: 1_800_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const admin = await person(browser, server.url);
  await logIn(admin, ...people.admin);
  await prepare(admin);

  /** One subtest for one page; the text of its failure lists everything. */
  const check = (page, name, lang, way, options) =>
    t.test(`${name} (${lang})`, async () => {
      await way(page, lang);
      assert.deepEqual(await inspect(page, name, lang, options), []);
    });

  for (const lang of ["en", "fa"]) {
    const stranger = await person(browser, server.url, { locale: lang });
    await check(stranger, "login", lang, (page) => page.goto("/login"));
    await check(stranger, "login-problem", lang, async (page) => {
      await page.goto("/login");
      await page.fill("input[name=login]", "nobody");
      await page.fill("input[name=password]", "not the password");
      await follow(page, page.locator("main button.button-main"));
      await page.locator("main [role=alert]").waitFor();
    });

    const manager = await person(browser, server.url, { locale: lang });
    await logIn(manager, ...people.admin);
    for (const [name, way] of Object.entries(managerPages)) await check(manager, name, lang, way, { full: !/^editor|-menu|-export|-edit|-add/.test(name) });

    let link = "";
    await check(manager, "accounts-link", lang, async (page) => {
      link = await addAccount(page, lang === "en" ? "mina" : "mina2");
      assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/password\//);
    });
    await check(stranger, "password-link", lang, (page) => page.goto(new URL(link).pathname));
    await check(stranger, "projects-empty", lang, async (page) => {
      await page.fill("input[name=password]", "a stone from the river bed");
      await follow(page, page.locator("main button.button-main"));
      await logIn(page, lang === "en" ? "mina" : "mina2", "a stone from the river bed");
      await page.goto("/projects");
      await page.locator(".empty").waitFor();
    });

    const translator = await person(browser, server.url, { locale: lang });
    await logIn(translator, ...people.translator);
    await check(translator, "forbidden", lang, async (page) => {
      assert.equal((await page.goto("/projects/1/settings")).status(), 403);
    });
    await check(translator, "documents-translator", lang, (page) => page.goto("/projects/1"));
  }
});

test("the setup link", { timeout: 300_000 }, async (t) => {
  const { browser } = await stage(t);
  const server = await serve(join(temporary(t), "empty"));
  t.after(() => server.kill());
  const path = /\/setup\/[\w-]+/.exec(server.printed())?.[0];
  assert.ok(path, server.printed());
  for (const lang of ["en", "fa"]) {
    const page = await person(browser, server.url, { locale: lang });
    await page.goto("/login");
    assert.deepEqual(await inspect(page, "login-first", lang), []);
    await page.goto(path);
    assert.deepEqual(await inspect(page, "setup", lang), []);
  }
  const page = await person(browser, server.url);
  await page.goto(path);
  await page.fill("input[name=login]", "first");
  await page.fill("input[name=name]", "First Person");
  await page.fill("input[name=password]", "fourteen arches and a river");
  await follow(page, page.locator("main button.button-main"));
  assert.doesNotMatch(new URL(page.url()).pathname, /^\/setup/);
  assert.equal((await page.goto(path)).status() >= 400, true, "the link works twice");
});

test("dark pages", { timeout: 600_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const page = await person(browser, server.url, { locale: "fa", dark: true });
  await logIn(page, ...people.admin);
  for (const name of ["documents", "editor", "glossary"]) {
    await managerPages[name](page);
    assert.deepEqual(await violations(page), [], name);
    await shoot(page, `${name}.fa.dark`);
  }
  assert.deepEqual(complaintsOf(page), []);
});
