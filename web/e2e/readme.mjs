// Takes the pictures of README.md on a fresh sample project:
//   TARJOMAN_BIN=bin/tarjoman node web/e2e/readme.mjs
// Without TARJOMAN_BIN it takes the program that run.mjs has built.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { article, assisted, field, pageSaved, rows } from "./editing.mjs";
import { launch, logIn, people, person, serve } from "./lib.mjs";

const pictures = join(dirname(fileURLToPath(import.meta.url)), "readme");

/** What has been translated so far, by the number of the segment. */
const finished = {
  16: "او گفت: «غواصان آن‌ها را یکی‌یکی بالا آوردند.»",
  17: "«یازده هفته طول کشید.»",
  18: "گام بعدی چیست",
  19: "پل هر روز از ساعت ۷ صبح تا ۹ شب باز است.",
  20: "ورود رایگان است.",
  21: "از دوچرخه‌سواران خواسته می‌شود پیاده بروند.",
  22: "از گروه‌های بیش از ۲۰ نفر خواسته می‌شود پیش از آمدن با شورای شهر دزفول تماس بگیرند.",
  23: "پرواز پهپاد بر فراز پل مجاز نیست.",
};

/** A segment with a match and a term; its translation has one fault. */
const shown = { number: 24, text: "موزهٔ کوچکی در سال 2025 کنار پل گشوده خواهد شد." };

async function translate(page) {
  const all = await rows(page);
  for (const [number, text] of Object.entries(finished)) {
    const { id, revision } = all[number - 1];
    const target = { text, codes: [] };
    await page.request.put(`${page.url().split("?")[0]}/segments/${id}`, {
      data: { revision, target, state: "translated", filled: 0, filledBy: "" },
      headers: { Accept: "application/json", Origin: new URL(page.url()).origin },
    });
  }
  return all[shown.number - 1].id;
}

async function picture(browser, url, locale) {
  const page = await person(browser, url, { locale });
  await logIn(page, ...people.translator);
  await page.goto("/projects/1");
  await page.getByRole("link", { name: article, exact: true }).click();
  await field(page).waitFor();
  const segment = await translate(page);
  await page.goto(`${page.url().split("?")[0]}?segment=${segment}`);
  await assisted(page);
  await field(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(shown.text);
  await pageSaved(page);
  for (const part of ["matches", "terms", "issues"]) await page.locator(`.ed-${part} .ed-card`).first().waitFor();
  await page.screenshot({ path: join(pictures, `editor-${locale}.png`) });
}

const undone = [];
const data = mkdtempSync(join(tmpdir(), "tarjoman-readme-"));
mkdirSync(pictures, { recursive: true });
const server = await serve(data, { demo: true });
const browser = await launch({ after: (close) => undone.push(close) });
try {
  for (const locale of ["en", "fa"]) await picture(browser, server.url, locale);
} finally {
  await Promise.all(undone.map((close) => close()));
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
