// Every page, in both languages of the interface: that it is accessible, speaks
// its language and only that, and fits wide and narrow screens.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { openDocument } from "./editing.mjs";
import { complaintsOf, logIn, people, person, root, serve, shoot, stage, temporary, violations } from "./lib.mjs";

const dirs = { en: "ltr", fa: "rtl" };
const catalogue = { en: sentences("en"), fa: sentences("fa") };

/** The sentences of a language, by key. */
function sentences(lang) {
  const found = new Map();
  let section = "";
  for (const line of readFileSync(join(root, `locales/active.${lang}.toml`), "utf8").split("\n")) {
    section = /^\[([\w.]+)\]$/.exec(line)?.[1] ?? section;
    const entry = /^(\w+) = "(.*)"$/.exec(line);
    if (entry) found.set(`${section}.${entry[1]}`, entry[2].replace(/\{\{.*?\}\}/g, " "));
  }
  assert.ok(found.size > 300, `only ${found.size} sentences in ${lang}`);
  return found;
}

const latinWords = (text) => text.match(/[A-Za-z]{3,}/g) ?? [];

/** Words that belong to English sentences only: names such as TMX are in the Persian ones too. */
const persianLatin = new Set([...catalogue.fa.values()].flatMap(latinWords));
const english = new Set([...catalogue.en.values()].flatMap(latinWords).filter((w) => !persianLatin.has(w)));
const persianWords = (text) => text.match(/[\u0600-\u06ff\u200c]+/g) ?? [];
/** Persian words that English sentences quote, such as می in the name of a rule. */
const quoted = new Set([...catalogue.en.values()].flatMap(persianWords));
const sections = [...new Set([...catalogue.en.keys()].map((key) => key.split(".")[0]))];
const keyName = new RegExp(`(?:^|[^\\w./@-])((?:${sections.join("|")})\\.[a-z_]+(?:\\.[a-z0-9_]+)*)(?![\\w/@-])`, "g");

/** The words of the interface on a page: not what people wrote, nor addresses, keys and codes. */
const spoken = (page) =>
  page.evaluate(() => {
    const foreign = `bdi, code, kbd, script, style, template, noscript, textarea, option, .code, .agent, [lang]:not([lang="${document.documentElement.lang}"]), [dir=ltr] [dir=rtl], .ed-sign, .ed-title, .ed-term-mark, .term`;
    const out = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      if (!node.parentElement.closest(foreign)) out.push(node.data);
    }
    for (const e of document.body.querySelectorAll("[title], [aria-label], [placeholder], option")) {
      if (e.matches(".ed-term-mark") || e.closest("[lang]").lang !== document.documentElement.lang) continue;
      out.push(e.getAttribute("title") ?? "", e.getAttribute("aria-label") ?? "", e.getAttribute("placeholder") ?? "", e.localName === "option" ? e.text : "");
    }
    // What the catalogue's sentences quote is isolated.
    return out.map((text) => text.replace(/\u2068[^\u2069]*\u2069/g, " ").trim()).filter((text) => text);
  });

/** Elements that stand out of the window, and buttons whose words do not fit. */
const overflow = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const name = (e) => `${e.localName}.${e.className}: ${(e.textContent ?? "").trim().slice(0, 40)}`;
    const out = [];
    if (document.documentElement.scrollWidth > wide) out.push(`page ${document.documentElement.scrollWidth} > ${wide}`);
    for (const e of document.body.querySelectorAll("*")) {
      const box = e.getBoundingClientRect();
      if (!e.checkVisibility() || box.height <= 1 || e.closest(".skip, .visually-hidden, .ed-hidden, svg")) continue;
      if ((box.left < -1 || box.right > wide + 1) && !scrolls(e)) out.push(`outside: ${name(e)}`);
      if (e.matches("button, .button, summary") && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0) out.push(`cut: ${name(e)}`);
    }
    return out.slice(0, 8);

    function scrolls(e) {
      for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== "visible") return true;
      }
      return false;
    }
  });

/** Checks the page that is open, and takes its picture. */
async function inspect(page, name, lang, { full = true } = {}) {
  const wrong = [];
  const html = page.locator("html");
  if ((await html.getAttribute("lang")) !== lang || (await html.getAttribute("dir")) !== dirs[lang]) wrong.push(`lang or dir is wrong`);
  const words = await spoken(page);
  for (const text of words) {
    for (const [, key] of text.matchAll(keyName)) wrong.push(`key without a sentence: ${key}`);
    if (lang === "fa") {
      const strays = latinWords(text).filter((w) => english.has(w));
      if (strays.length > 0) wrong.push(`English: ${strays.join(" ")} in “${text.slice(0, 120)}”`);
      if (/[0-9]/.test(text) && !/^(F\d+|.*(Ctrl|Alt|F\d).*|.*\bBCP\b.*|.*\bUTF-8\b.*)$/su.test(text)) wrong.push(`Latin digits: “${text.slice(0, 120)}”`);
    } else if (persianWords(text).some((w) => !quoted.has(w))) wrong.push(`Persian: “${text.slice(0, 120)}”`);
  }
  wrong.push(...(await violations(page)));
  wrong.push(...complaintsOf(page).splice(0));
  await shoot(page, `${name}.${lang}`, { full });
  wrong.push(...(await overflow(page)).map((o) => `1360 px: ${o}`));
  await page.setViewportSize({ width: 360, height: 740 });
  wrong.push(...(await overflow(page)).map((o) => `360 px: ${o}`));
  await shoot(page, `${name}.${lang}.narrow`);
  await page.setViewportSize({ width: 1360, height: 860 });
  return wrong;
}

/** Sends files to an address as a form without scripts does. */
async function submitFiles(page, action, field, files) {
  const sent = files.map(({ name, bytes }) => ({ name, bytes: [...bytes] }));
  await Promise.all([
    page.waitForEvent("load"),
    page.evaluate(({ action, field, sent }) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of sent) transfer.items.add(new File([new Uint8Array(bytes)], name));
      const form = Object.assign(document.createElement("form"), { action, method: "post", enctype: "multipart/form-data" });
      const input = Object.assign(document.createElement("input"), { type: "file", name: field, multiple: true });
      form.append(input);
      document.body.append(form);
      input.files = transfer.files;
      form.submit();
    }, { action, field, sent }),
  ]);
}

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
  await page.evaluate(() => {
    const row = [...document.querySelectorAll("li.row")].find((r) => r.textContent.includes("old.en.md"));
    row.querySelector("form[action$='/delete']").submit();
  });
  await page.waitForEvent("load");
  const id = await makeProject(page, "Archive desk");
  await makeProject(page, "Gone desk");
  await page.goto("/projects/" + (id + 1) + "/settings");
  await page.fill("input[name=confirm]", "Gone desk");
  await Promise.all([page.waitForEvent("load"), page.click(".button-danger")]);
}

async function makeProject(page, name) {
  await page.goto("/projects/new");
  await page.fill("input[name=name]", name);
  await page.click("main button.button-main");
  await page.waitForURL(/\/projects\/\d+$/);
  return Number(page.url().split("/").pop());
}

/** Adds an account and returns the link that sets its password. */
async function addAccount(page, login) {
  await page.goto("/admin/accounts");
  await page.fill("input[name=login]", login);
  await page.fill("input[name=name]", login === "mina" ? "Mina Rostami" : "مینا رستمی");
  await page.click("main form[action='/admin/accounts'] button.button-main");
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
    await page.click("main button.button-main");
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
    await page.locator("[popovertarget^=unit-]").first().click();
  },
  "glossaries": (page) => page.goto("/projects/1/glossaries"),
  "glossary": (page) => page.goto("/projects/1/glossaries/1"),
  "concept-form": async (page) => {
    await page.goto("/projects/1/glossaries/1");
    await page.locator("tbody .row-actions a.button").first().click();
    await page.locator("form textarea[name=note]:visible").waitFor();
  },
  "concept-add": async (page) => {
    await page.goto("/projects/1/glossaries/1");
    await page.locator("[popovertarget=concept-0]").first().click();
  },
  "glossary-preview": async (page) => {
    await page.goto("/projects/1/glossaries/1");
    await submitFiles(page, "/projects/1/glossaries/1/preview", "file", [{ name: "desk.tsv", bytes: new TextEncoder().encode("en\tfa\tforbidden\nGraz\tگراتس\t\nbridge\tپل\tپول\nmuseum\tموزه\tنمایشگاه\nbad\u0007term\tواژه\t\n") }]);
    await page.locator(".figures").waitFor();
  },
  "members": (page) => page.goto("/projects/1/members"),
  "analyses": (page) => page.goto("/projects/1/analyses"),
  "analysis": async (page) => {
    await page.goto("/projects/1/analyses");
    await page.locator("main form.card button").click();
    await page.waitForURL(/jobs/);
    await page.goto("/projects/1/analyses");
    const one = page.locator("main .row-title").first();
    for (let tries = 0; tries < 50 && !(await one.count()); tries++) {
      await page.goto("/projects/1/analyses");
    }
    await page.locator("main .row-title").first().click();
    await page.locator("table.numbers").first().waitFor();
  },
  "jobs": (page) => page.goto("/projects/1/jobs"),
  "job": async (page) => {
    await page.goto("/projects/1/jobs");
    await page.locator("main .row-title").first().click();
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

test("pages", { timeout: 420_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const admin = await person(browser, server.url);
  await logIn(admin, ...people.admin);
  await prepare(admin);

  /** One subtest for one page; the text of its failure lists everything. */
  const check = (page, name, lang, way, options) => {
    page.setDefaultTimeout(10_000);
    return t.test(`${name} (${lang})`, async () => {
      await way(page, lang);
      assert.deepEqual(await inspect(page, name, lang, options), []);
    });
  };

  for (const lang of ["en", "fa"]) {
    const stranger = await person(browser, server.url, { locale: lang });
    await check(stranger, "login", lang, (page) => page.goto("/login"));
    await check(stranger, "login-problem", lang, async (page) => {
      await page.goto("/login");
      await page.fill("input[name=login]", "nobody");
      await page.fill("input[name=password]", "not the password");
      await page.click("main button.button-main");
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
      await page.click("main button.button-main");
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

test("the setup link", { timeout: 60_000 }, async (t) => {
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
  await page.click("main button.button-main");
  await page.waitForURL((u) => !u.pathname.startsWith("/setup"));
  assert.equal((await page.goto(path)).status() >= 400, true, "the link works twice");
});

test("dark pages", { timeout: 120_000 }, async (t) => {
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
