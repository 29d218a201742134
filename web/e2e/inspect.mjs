// Looks at a page as a careful reader does: that it is accessible, speaks its
// language and only that, and fits wide and narrow screens.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { complaintsOf, eventually, root, shoot, turn, violations } from "./lib.mjs";

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

/** What does not fit once the page has settled: scripts follow the size of the window. */
async function outside(page) {
  let found;
  await eventually(async () => (found = await overflow(page)), [], "", 5000).catch(() => undefined);
  return found;
}

/** Checks the page that is open, and takes its picture. */
export async function inspect(page, name, lang, { full = true } = {}) {
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
  wrong.push(...(await outside(page)).map((o) => `1360 px: ${o}`));
  await page.setViewportSize({ width: 360, height: 740 });
  wrong.push(...(await outside(page)).map((o) => `360 px: ${o}`));
  await shoot(page, `${name}.${lang}.narrow`);
  await page.setViewportSize({ width: 1360, height: 860 });
  return wrong;
}

/** Sends files to an address as a form without scripts does. */
export async function submitFiles(page, action, field, files) {
  const sent = files.map(({ name, bytes }) => ({ name, bytes: [...bytes] }));
  await turn(page, () =>
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
  );
}
