// A document of 5,000 different sentences stays quick: only the rows near the
// screen exist. Times are told, not asserted; machines differ.

import assert from "node:assert/strict";
import test from "node:test";
import { field, goTo, openDocument, pageSaved, rows, until } from "./editing.mjs";
import { complaintsOf, logIn, people, person, shoot, stage } from "./lib.mjs";

const count = 5000;
const mostRows = 60;

const who = ["The mayor", "A teacher", "The engineer", "One of the fishermen", "The head of the museum", "A nurse from the clinic", "The oldest baker of the street", "A student"];
const did = ["said that", "wrote in a letter that", "told the council that", "denied that", "repeated on Friday that", "was the first to say that", "had heard that"];
const what = ["the bridge would open again", "the river had risen", "the bread was too dear", "the school needed a roof", "nobody had asked the neighbours", "the trees along the canal were sick", "the last bus left too early", "the new timetable helped nobody", "the archive was open to all"];
const when = ["before the winter", "after the flood", "on the second day of the fair", "during the strike", "in spite of the rain"];

/** Sentence n of the document; each is another. */
function sentence(n) {
  const pick = (list, step) => list[Math.floor(n / step) % list.length];
  const short = `${pick(who, 1)} ${pick(did, 8)} ${pick(what, 56)} ${pick(when, 504)}, for the ${n + 1}th time.`;
  return n % 7 === 3 ? `${short.slice(0, -1)}, and that this had been known to everybody who had read the minutes of meeting number ${n * 3 + 11}, which are kept in the cellar.` : short;
}

const rowCount = (page) => page.locator(".ed-row").count();

/** Scrolls through the list, step pixels a frame; returns the times of the frames and the most rows there were. */
const scroll = (page, step, frames) =>
  page.evaluate(async ({ step, frames }) => {
    const list = document.querySelector(".ed-list");
    const times = [];
    let most = 0;
    let blank = 0;
    let last = await new Promise(requestAnimationFrame);
    for (let i = 0; i < frames; i++) {
      list.scrollTop += step;
      const now = await new Promise(requestAnimationFrame);
      times.push(now - last);
      last = now;
      const all = document.querySelectorAll(".ed-row");
      most = Math.max(most, all.length);
      const view = list.getBoundingClientRect();
      const middle = (view.top + view.bottom) / 2;
      if (![...all].some((r) => r.getBoundingClientRect().top <= middle && r.getBoundingClientRect().bottom >= middle)) blank++;
    }
    return { times, most, blank };
  }, { step, frames });

function summary({ times, blank }) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms over ${times.length} frames, ${blank} without a row in the middle`;
}

test("a long document", { timeout: 900_000 }, async (t) => {
  const { server, browser } = await stage(t);
  const page = await person(browser, server.url);
  await logIn(page, ...people.admin);
  const all = Array.from({ length: count }, (_, n) => sentence(n));
  assert.equal(new Set(all).size, count);

  await page.goto("/projects/1");
  const begun = Date.now();
  await page.locator("#files").setInputFiles({ name: "long.en.txt", mimeType: "text/plain", buffer: Buffer.from(all.join("\n") + "\n") });
  await page.locator(".upload-list .button-main").waitFor({ timeout: 300_000 });
  t.diagnostic(`upload of ${count} sentences: ${Date.now() - begun} ms`);

  await page.goto("/projects/1");
  const link = await page.getByRole("link", { name: "long.en.txt", exact: true }).getAttribute("href");
  await page.addInitScript(() => {
    const look = () => {
      const row = document.querySelector(".ed-row .ed-source");
      if (row?.textContent) requestAnimationFrame(() => (globalThis.firstRows = performance.now()));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(link);
  await field(page).waitFor();
  const painted = await page.waitForFunction(() => globalThis.firstRows);
  t.diagnostic(`first rows painted ${Math.round(await painted.jsonValue())} ms after the navigation`);
  const saved = await rows(page);
  assert.equal(saved.length, count);
  assert.equal(saved[3999].source.text, all[3999]);
  assert.ok((await rowCount(page)) <= mostRows, `${await rowCount(page)} rows`);

  for (const step of [120, 1500]) {
    const run = await scroll(page, step, 150);
    t.diagnostic(`scrolling ${step} px a frame: ${summary(run)}; at most ${run.most} rows`);
    assert.ok(run.most <= mostRows, `${run.most} rows`);
  }

  const shown = (number) => page.locator(`.ed-row[data-index="${number - 1}"]`);
  const inView = (number) =>
    page.waitForFunction((index) => {
      const row = document.querySelector(`.ed-row[data-index="${index}"]`)?.getBoundingClientRect();
      const list = document.querySelector(".ed-list").getBoundingClientRect();
      return row !== undefined && row.top < list.bottom - 20 && row.bottom > list.top + 20;
    }, number - 1);

  await page.locator(".ed-list").focus();
  await page.keyboard.press("End");
  await inView(count);
  assert.match(await shown(count).innerText(), /5000th time/);
  await page.keyboard.press("Home");
  await inView(1);

  await goTo(page, 4000);
  await inView(4000);
  assert.match(await shown(4000).locator(".ed-source").innerText(), /4000th time/);
  assert.ok((await rowCount(page)) <= mostRows, `${await rowCount(page)} rows`);
  const text = "برای چهار هزارمین بار.";
  const times = [];
  for (const letter of text) {
    const from = Date.now();
    await page.keyboard.type(letter);
    times.push(Date.now() - from);
  }
  times.sort((a, b) => a - b);
  t.diagnostic(`a key press takes ${times[Math.floor(times.length / 2)]} ms in the middle, ${times.at(-1)} ms at worst`);
  await until(page, (saved) => saved[3999].target.text === text, "what was typed in the middle is not saved");
  await pageSaved(page);
  await shoot(page, "long.en");

  const from = Date.now();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("4999th");
  await page.waitForFunction(() => document.querySelectorAll(".ed-row .ed-hit").length === 1);
  t.diagnostic(`searching ${count} segments: ${Date.now() - from} ms with typing`);
  await page.keyboard.press("Escape");
  await inView(4000);
  assert.deepEqual(complaintsOf(page), []);
});
