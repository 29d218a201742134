// Memories: import, search, a unit with codes edited, find and replace with its
// preview, undo, tags, duplicates, moving to another memory, statistics; and how
// the pages look in both languages.

import assert from "node:assert/strict";
import test from "node:test";
import { inspect, submitFiles } from "./inspect.mjs";
import { complaintsOf, done, eventually, follow, logIn, patience, people, person, stage } from "./lib.mjs";

const memories = "/projects/1/memories";
const utf8 = (text) => new TextEncoder().encode(text);

const unit = (en, fa) => `<tu><tuv xml:lang="en"><seg>${en}</seg></tuv><tuv xml:lang="fa"><seg>${fa}</seg></tuv></tu>`;
const bold = (text) => `<bpt i="1" x="1">&lt;b&gt;</bpt>${text}<ept i="1">&lt;/b&gt;</ept>`;
const tmx = `<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>
${unit("The museum is open.", "موزه باز است.")}${unit("The museum is closed on Friday.", "موزه جمعه‌ها بسته است.")}${unit("The museum is closed on Friday.", "موزه جمعه تعطیل است.")}
${unit(`See ${bold("the old bridge")} now.`, `اکنون ${bold("پل کهنه را")} ببینید.`)}${unit("Entry is free.", "ورود رایگان است.")}
</body></tmx>`;

/** A new memory with the units, and its path. */
async function fresh(page, name) {
  await page.goto(memories);
  await page.locator(`form[action='${memories}'] input[name=name]`).fill(name);
  await follow(page, page.locator(`form[action='${memories}'] button`));
  const path = await page.locator("a.row-title", { hasText: name }).last().getAttribute("href");
  await submitFiles(page, path + "/import", "file", [{ name: "units.tmx", bytes: utf8(tmx) }]);
  assert.match(page.url(), /jobs/);
  const listed = async () => (await page.goto(path), page.locator("table.units").count());
  await eventually(listed, 1, "the import does not end", 2 * patience);
  return path;
}

const rows = (page) => page.locator("table.units tbody tr");
const choose = (page, action) => follow(page, page.locator(`#change button[value=${action}]`));

/** From the preview to the list. */
const confirm = (page) => done(page, page.locator("form.form-end .button-main"));

async function replace(page, find, put) {
  await choose(page, "replace");
  await page.fill("input[name=find]", find);
  await page.fill("input[name=replace]", put);
  await page.selectOption("select[name=mode]", "folded");
  await follow(page, page.locator("form.card .button-main"));
  await page.locator(".figures").waitFor();
}

test("a memory from import to statistics", { timeout: 600_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const page = await person(browser, server.url);
  await logIn(page, ...people.admin);
  const path = await fresh(page, "Museum");

  await t.test("search over both languages, and narrowed", async () => {
    for (const [words, side, count] of [["موزه", "", 3], ["museum closed", "source", 2], ["museum", "target", 0], ["مو زه", "", 3]]) {
      await page.goto(`${path}?q=${encodeURIComponent(words)}&side=${side}`);
      assert.equal(await rows(page).count(), count, words);
    }
    await page.goto(`${path}?q=${encodeURIComponent("موزه")}`);
    assert.equal(await page.locator("mark").first().innerText(), "موزه");
  });

  await t.test("edit a unit with codes: none may be lost", async () => {
    await page.goto(`${path}?q=bridge`);
    await follow(page, rows(page).locator("a.button"));
    const target = page.locator("textarea[name=target]");
    assert.equal(await target.inputValue(), "اکنون {1>پل کهنه را<1} ببینید.");
    await target.fill("پل کهنه را ببینید.");
    await follow(page, page.locator("section.card .button-main"));
    assert.match(await page.locator("main [role=alert]").innerText(), /code 1/);
    assert.equal(await target.inputValue(), "پل کهنه را ببینید.");
    await target.fill("{۱>پل قدیمی را<۱} اکنون ببینید.");
    await done(page, page.locator("section.card .button-main"));
    assert.equal(await page.locator(".code-chip").count(), 4);
    await follow(page, rows(page).locator("a.button"));
    assert.match(await page.locator(".history .diff").innerText(), /کهنه/);
    await done(page, page.locator(".history button").last());
    assert.match(await page.locator("textarea[name=target]").inputValue(), /کهنه/);
  });

  await t.test("find and replace with a preview, and undo", async () => {
    await page.goto(path);
    await replace(page, "موزه", "نگارخانه");
    assert.equal(await page.locator(".diff ins").count(), 3);
    await confirm(page);
    assert.equal(await rows(page).filter({ hasText: "نگارخانه" }).count(), 3);
    await done(page, page.locator(".flash-ok button"));
    await page.goto(path);
    assert.equal(await rows(page).filter({ hasText: "نگارخانه" }).count(), 0);
  });

  await t.test("tag the ticked ones, and list them", async () => {
    await page.goto(path);
    await page.locator("input[name=unit]").first().check();
    await choose(page, "tag");
    await page.fill("input[name=tag]", "to check");
    await follow(page, page.locator("form.card .button-main"));
    await confirm(page);
    await follow(page, page.locator("a.unit-tag").first());
    assert.equal(await rows(page).count(), 1);
  });

  await t.test("duplicates go, translations that differ stay", async () => {
    await page.goto(path + "?several=1");
    assert.equal(await rows(page).count(), 2);
    await follow(page, rows(page).filter({ hasText: "تعطیل" }).locator("a.button"));
    await page.fill("textarea[name=target]", "موزه جمعه‌ها بسته است.");
    await done(page, page.locator("section.card .button-main"));
    await page.goto(path);
    await choose(page, "deduplicate");
    assert.equal(await page.locator("ol.rows li").count(), 1);
    await confirm(page);
    assert.equal(await rows(page).count(), 4);
  });

  await t.test("move into another memory, and take it back from the list of changes", async () => {
    const other = await fresh(page, "Other");
    await page.goto(path);
    await choose(page, "move");
    await page.selectOption("select[name=into]", { label: "Other" });
    await follow(page, page.locator("form.card .button-main"));
    assert.ok((await page.locator(".figures").innerText()).includes("has already"));
    await confirm(page);
    assert.equal(await rows(page).count(), 0);
    await page.goto(other + "/changes");
    await done(page, page.locator("ol.rows button").first());
    await page.goto(path);
    assert.equal(await rows(page).count(), 4);
  });

  await t.test("statistics lead to the list", async () => {
    await page.goto(path + "/statistics");
    await follow(page, page.locator("table.numbers a", { hasText: "English, Persian" }));
    assert.equal(await rows(page).count(), 4);
  });
  assert.deepEqual(complaintsOf(page), []);
});

/** The pages of a manager; each takes the page and the path of the memory. */
const pages = {
  "memory-units": (page, path) => page.goto(path),
  "memory-found": (page, path) => page.goto(`${path}?q=museum`),
  "memory-filter": (page, path) => page.goto(`${path}?since=2020-01-01&several=1`),
  "memory-nothing": (page, path) => page.goto(`${path}?q=zzzz`),
  "memory-unit": async (page, path) => {
    await page.goto(`${path}?q=bridge`);
    await follow(page, rows(page).first().locator("a.button"));
  },
  "memory-unit-problem": async (page, path) => {
    await pages["memory-unit"](page, path);
    await page.fill("textarea[name=target]", "پل");
    await follow(page, page.locator("section.card .button-main"));
    await page.locator("main [role=alert]").waitFor();
  },
  "memory-replace-form": async (page, path) => {
    await page.goto(path);
    await choose(page, "replace");
  },
  "memory-replace": async (page, path) => {
    await page.goto(path);
    await replace(page, "است", "می‌باشد");
  },
  "memory-move": async (page, path) => {
    await page.goto(path);
    await choose(page, "move");
    await follow(page, page.locator("form.card .button-main"));
  },
  "memory-state": async (page, path) => {
    await page.goto(path);
    await choose(page, "state");
  },
  "memory-delete": async (page, path) => {
    await page.goto(`${path}?q=museum`);
    await choose(page, "delete");
  },
  "memory-changes": (page, path) => page.goto(`${path}/changes`),
  "memory-statistics": (page, path) => page.goto(`${path}/statistics`),
};

test("the pages of a memory in both languages", { timeout: 1_200_000 }, async (t) => {
  const { server, browser } = await stage(t);
  for (const lang of ["en", "fa"]) {
    const page = await person(browser, server.url, { locale: lang });
    await logIn(page, ...people.admin);
    const path = await fresh(page, lang === "en" ? "Museum" : "موزه");
    await page.goto(path);
    await page.locator("input[name=unit]").first().check();
    await choose(page, "tag");
    await page.fill("input[name=tag]", lang === "en" ? "to check" : "بازبینی");
    await follow(page, page.locator("form.card .button-main"));
    await confirm(page);
    await replace(page, "رایگان", "آزاد");
    await confirm(page);
    for (const [name, open] of Object.entries(pages)) {
      await t.test(`${name} in ${lang}`, async () => {
        await open(page, path);
        assert.deepEqual(await inspect(page, name, lang), []);
      });
    }
  }
});
