// The editor in a real browser against the mock server:
//   node build.mjs && node --test editor/testing/browser.test.mjs
// Skipped where no Chromium is installed.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { startMock } from "./mock.mjs";

const executablePath = "/usr/bin/chromium";
const skip = existsSync(executablePath) ? false : "no Chromium at /usr/bin/chromium";
let mock, browser, count = 0;

before(async () => {
  if (skip) return;
  mock = await startMock();
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"] });
});
after(async () => {
  await browser?.close();
  mock?.server.close();
});

/** Opens a new document; every page error fails the test. */
async function open(t, query, options = {}) {
  const name = `doc${++count}`;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.stack));
  page.on("console", (m) => m.type() === "error" && /Content Security|Trusted/.test(m.text()) && errors.push(m.text()));
  t.after(() => context.close());
  await page.goto(`${mock.url}/edit/${name}?${query}`);
  await page.waitForSelector(".ed-active .cm-content");
  const doc = mock.docs.get(name);
  const field = page.locator(".cm-content");
  return {
    page, doc, errors, field,
    control: (body) => Object.assign(doc.control, body),
    segment: (index) => doc.segments[index],
    number: () => page.locator(".ed-active .ed-index").innerText(),
    saved: () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))).then(() => page.waitForFunction(() => document.querySelector(".ed-save-saved") !== null)),
    press: (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve()),
    go: async (number) => {
      await page.keyboard.press("Control+KeyJ");
      await page.keyboard.type(String(number));
      await page.keyboard.press("Enter");
      await page.waitForFunction((n) => document.querySelector(".ed-active .ed-index")?.textContent.replace(/\D/g, "") === n && document.activeElement?.classList.contains("cm-content"), String(number));
    },
  };
}

const browserTest = (name, run) => test(name, { skip }, run);

browserTest("typing is saved as a draft, confirming moves on", async (t) => {
  const e = await open(t, "n=20&states=new");
  await e.page.keyboard.type("خبر تازه");
  await e.saved();
  assert.equal(e.segment(0).target.text, "خبر تازه");
  assert.equal(e.segment(0).state, "draft");
  await e.press("Control+Enter");
  assert.equal(await e.number(), "2");
  await e.saved();
  assert.equal(e.segment(0).state, "translated");
  assert.match(await e.page.locator(".ed-hidden[aria-live=polite]").textContent(), /Saved, \d+ segments left/);
  assert.deepEqual(e.errors, []);
});

browserTest("confirming at once sends one save and no draft", async (t) => {
  const e = await open(t, "n=20&states=new");
  await e.page.keyboard.type("یک");
  await e.press("Control+Enter");
  await e.page.waitForTimeout(1500);
  assert.deepEqual(e.doc.log.map((l) => l.state), ["translated"]);
});

browserTest("keys insert half-spaces, matches, terms and the source", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1000");
  await e.page.keyboard.type("می");
  await e.press("Shift+Space");
  await e.page.keyboard.type("رود");
  await e.press("Control+Shift+Digit2");
  await e.saved();
  await e.page.waitForTimeout(1000);
  assert.equal(e.segment(0).target.text, "می\u200cرود\u200c");
  await e.page.waitForSelector(".ed-matches .ed-card");
  await e.press("Control+Digit1");
  await e.page.waitForTimeout(1000);
  assert.equal(e.segment(0).filled, 100);
  assert.equal(e.segment(0).filledBy, "exact");
  await e.press("Control+KeyI");
  assert.equal(await e.field.innerText(), e.segment(0).source.text);
  await e.press("Control+KeyZ", "Control+KeyZ");
  assert.equal(await e.field.innerText(), "می\u200cرود\u200c");
  await e.go(6);
  await e.page.waitForSelector(".ed-terms .ed-card");
  await e.press("Alt+Digit1");
  assert.equal(await e.field.innerText(), "اتحادیهٔ کارگران رودخانه");
  assert.deepEqual(e.errors, []);
});

browserTest("codes are whole: inserted, deleted, undone, never copied as text", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1001");
  await e.page.keyboard.type("الف");
  await e.press("F8");
  await e.page.keyboard.type("ب");
  await e.press("Control+Shift+F8");
  assert.equal(await e.field.locator(".ed-code").count(), 2);
  await e.press("Backspace");
  assert.equal(await e.field.locator(".ed-code").count(), 1);
  assert.equal(await e.page.locator(".ed-codes").innerText(), "1 code missing");
  await e.press("Control+KeyZ");
  assert.equal(await e.field.locator(".ed-code").count(), 2);
  await e.page.waitForTimeout(1200);
  assert.deepEqual(e.segment(1).target, { text: "الفب", codes: [{ ...e.segment(1).source.codes[0], pos: 3 }, { ...e.segment(1).source.codes[1], pos: 4 }] });
  const copied = await e.page.evaluate(() => {
    const data = new DataTransfer();
    const field = document.querySelector(".cm-content");
    getSelection().selectAllChildren(field);
    field.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData("text/plain");
  });
  assert.doesNotMatch(copied, /[\ue000-\uf8ff]/);
  await e.page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "پ\ue000\nت");
    document.querySelector(".cm-content").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await e.page.waitForTimeout(1200);
  assert.doesNotMatch(e.segment(1).target.text, /[\ue000-\uf8ff\n]/);
  assert.deepEqual(e.errors, []);
});

browserTest("the arrow keys step over a code as a whole", async (t) => {
  const e = await open(t, "n=20&states=translated&segment=1001");
  await e.press("Home");
  const before = await e.field.innerText();
  for (let i = 0; i < 40; i++) await e.press("ArrowLeft");
  await e.page.keyboard.type("X");
  await e.saved();
  assert.equal(await e.field.locator(".ed-code").count(), 2);
  assert.equal((await e.field.innerText()).replace("X", ""), before);
});

browserTest("a Persian field stays right-to-left and can be turned by key", async (t) => {
  const e = await open(t, "n=20&states=new");
  await e.page.keyboard.type("BBC گفت");
  assert.equal(await e.field.getAttribute("dir"), "rtl");
  assert.equal(await e.field.getAttribute("lang"), "fa");
  await e.press("Control+Shift+KeyX");
  assert.equal(await e.field.getAttribute("dir"), "ltr");
  assert.equal(await e.page.locator(".ed-row .ed-source").first().getAttribute("dir"), "ltr");
});

browserTest("without the server text is kept on this computer, survives a reload and arrives in order", async (t) => {
  const e = await open(t, "n=30&states=new");
  e.control({ drop: true });
  for (let i = 0; i < 5; i++) {
    await e.page.keyboard.type(`متن ${i}`);
    await e.press("Control+Enter");
  }
  await e.page.waitForSelector(".ed-save-kept");
  assert.equal(e.doc.log.length, 0);
  await e.page.reload();
  await e.page.waitForSelector(".ed-active .cm-content");
  assert.match(await e.page.locator(".ed-row").nth(2).innerText(), /متن 2/);
  e.control({ drop: false });
  await e.saved();
  await e.page.waitForFunction(() => document.querySelector(".ed-save-saved") !== null && localStorage.length === 0, undefined, { timeout: 10_000 });
  assert.deepEqual(e.doc.log.map((l) => l.text), [0, 1, 2, 3, 4].map((i) => `متن ${i}`));
  assert.deepEqual(e.errors, []);
});

browserTest("a conflict shows both texts and loses neither", async (t) => {
  const e = await open(t, "n=20&states=draft");
  await e.page.keyboard.type(" افزودهٔ من");
  await fetch(`${mock.url}/docs/doc${count}/other`, { method: "POST", body: JSON.stringify({ id: 1000, text: "نوشتهٔ دیگری" }) });
  await e.page.waitForSelector(".ed-conflict");
  assert.match(await e.page.locator(".ed-conflict").innerText(), /نوشتهٔ دیگری/);
  assert.match(await e.field.innerText(), /افزودهٔ من/);
  if (process.env.SHOTS) await e.page.screenshot({ path: `${process.env.SHOTS}/conflict.png` });
  await e.page.getByRole("button", { name: "Use my version" }).click();
  await e.saved();
  assert.match(e.segment(0).target.text, /افزودهٔ من/);
  assert.equal(await e.page.locator(".ed-conflict").count(), 0);
  assert.deepEqual(e.errors, []);
});

browserTest("changes of others come in without touching the field being edited", async (t) => {
  const e = await open(t, "n=20&states=draft");
  await fetch(`${mock.url}/docs/doc${count}/other`, { method: "POST", body: JSON.stringify({ id: 1000, text: "از دیگری" }) });
  await e.page.waitForFunction(() => document.querySelector(".cm-content").innerText === "از دیگری", undefined, { timeout: 8000 });
  await fetch(`${mock.url}/docs/doc${count}/other`, { method: "POST", body: JSON.stringify({ id: 1002, text: "سوم" }) });
  await e.page.waitForFunction(() => document.querySelectorAll(".ed-row")[2].innerText.includes("سوم"), undefined, { timeout: 8000 });
  await e.page.waitForTimeout(200);
  assert.equal(await e.number(), "1");
  assert.equal(e.doc.log.length, 0, "nothing is saved by itself");
});

browserTest("when the session ends the page says so and sends after the log-in", async (t) => {
  const e = await open(t, "n=20&states=new");
  e.control({ status: 401 });
  await e.page.keyboard.type("متن");
  await e.page.waitForSelector(".ed-banner:not([hidden])");
  assert.match(await e.page.locator(".ed-banner a").getAttribute("href"), /login/);
  e.control({ status: 0 });
  await e.page.getByRole("button", { name: "Try again" }).click();
  await e.saved();
  assert.equal(e.segment(0).target.text, "متن");
});

browserTest("repetitions are filled and can be taken back", async (t) => {
  const e = await open(t, "n=80&states=new&segment=1005");
  await e.page.waitForSelector(".ed-toast", { state: "detached" });
  await e.page.keyboard.type("سخنگو گفت.");
  await e.press("Control+Enter");
  await e.page.waitForSelector(".ed-toast");
  assert.match(await e.page.locator(".ed-toast").innerText(), /Filled \d+ repetition/);
  const filled = e.doc.segments.filter((s) => s.filledBy === "repetition").length;
  assert.ok(filled > 0);
  await e.press("Alt+KeyZ");
  await e.page.waitForTimeout(300);
  assert.equal(e.doc.segments.filter((s) => s.filledBy === "repetition").length, 0);
  assert.equal(await e.page.locator(".ed-toast").count(), 0, "the offer to undo goes when it is undone");
});

browserTest("a reviewer approves, is stopped by an error, fixes it, rejects with a reason", async (t) => {
  const e = await open(t, "n=20&states=translated&review=1&segment=1005");
  await e.page.waitForSelector(".ed-issues .ed-card");
  await e.press("Control+Enter");
  await e.page.waitForSelector("dialog.ed-override");
  if (process.env.SHOTS) await e.page.screenshot({ path: `${process.env.SHOTS}/override.png` });
  await e.press("Alt+Enter");
  await e.page.waitForSelector("dialog", { state: "detached" });
  assert.match(await e.field.innerText(), /اتحادیهٔ/);
  await e.press("Control+Enter");
  await e.page.waitForFunction(() => document.querySelector(".ed-active .ed-index").textContent === "7");
  assert.equal(e.segment(5).state, "approved");
  await e.press("Control+Shift+Enter");
  await e.page.waitForSelector("dialog.ed-reject");
  await e.press("Digit4", "Enter");
  await e.page.waitForFunction(() => document.querySelector(".ed-active .ed-index").textContent === "8");
  assert.equal(e.segment(6).state, "rejected");
  assert.match(e.segment(6).reason, /approved/);
  await e.go(6);
  assert.equal(await e.field.getAttribute("aria-readonly"), "true");
  await e.press("Alt+KeyO");
  await e.page.waitForFunction(() => document.querySelector(".cm-content").getAttribute("aria-readonly") === "false");
  assert.equal(e.segment(5).state, "translated");
  assert.deepEqual(e.errors, []);
});

browserTest("an override is sent with its reason", async (t) => {
  const e = await open(t, "n=20&states=translated&review=1&edit=0&segment=1005");
  await e.press("Control+Enter");
  await e.page.waitForSelector("dialog.ed-override");
  await e.page.locator("dialog textarea").fill("نام رسمی همین است.");
  await e.press("Enter");
  await e.page.waitForFunction(() => document.querySelector(".ed-active .ed-index").textContent === "7");
  assert.equal(e.segment(5).state, "approved");
  assert.equal(e.doc.history.get(1005).at(-1).reason, "نام رسمی همین است.");
});

browserTest("translators read approved segments and cannot change them", async (t) => {
  const e = await open(t, "n=20&states=approved,new");
  await e.go(1);
  await e.page.keyboard.type("x");
  await e.page.waitForTimeout(1200);
  assert.equal(e.doc.log.length, 0);
  assert.equal(await e.page.locator(".ed-locked").count(), 1);
});

browserTest("history restores, concordance searches the selection", async (t) => {
  const e = await open(t, "n=20&states=new");
  await e.page.keyboard.type("نخست");
  await e.press("Control+KeyS");
  await e.saved();
  await e.page.keyboard.type(" دوم");
  await e.press("Control+KeyS");
  await e.saved();
  await e.press("Alt+KeyH");
  await e.page.waitForSelector(".ed-history .ed-card");
  await e.page.getByRole("button", { name: "Use this version" }).last().click();
  await e.page.waitForFunction(() => document.querySelector(".cm-content").innerText === "نخست");
  await e.page.evaluate(() => {
    const source = document.querySelector(".ed-active .ed-source");
    const node = document.createTreeWalker(source, NodeFilter.SHOW_TEXT).nextNode();
    getSelection().setBaseAndExtent(node, 0, node, 6);
    document.activeElement.blur();
  });
  await e.press("Control+KeyK");
  await e.page.waitForSelector(".ed-concordance .ed-hit");
  assert.equal((await e.page.locator(".ed-concordance .ed-hit").first().innerText()).toLowerCase(), e.segment(0).source.text.slice(0, 6).toLowerCase());
  assert.deepEqual(e.errors, []);
});

browserTest("every fix is made as one step that undo takes back", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1000");
  const wrong = "سندیکای کارگران, چرا?";
  await e.page.keyboard.type(wrong);
  await e.page.waitForSelector(".ed-fix-all");
  assert.equal(await e.page.locator(".ed-issues .ed-issue-card").count(), 3);
  await e.press("Alt+Shift+Enter");
  assert.equal(await e.field.innerText(), "اتحادیهٔ کارگران، چرا؟");
  assert.equal(await e.page.locator(".ed-fix-all").count(), 0);
  await e.press("Control+KeyZ");
  assert.equal(await e.field.innerText(), wrong);
  await e.saved();
  assert.deepEqual(e.errors, []);
});

browserTest("a fix leaves text alone that was changed since the check", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1000");
  await e.page.keyboard.type("چرا?");
  await e.page.waitForSelector(".ed-fix");
  e.control({ drop: true });
  await e.press("Backspace");
  await e.page.keyboard.type(" نه");
  await e.press("Alt+Enter");
  assert.equal(await e.field.innerText(), "چرا نه");
});

browserTest("an issue is let be with a reason, does not count, and comes back", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1000");
  await e.page.keyboard.type("چرا?");
  await e.page.waitForSelector(".ed-issues .ed-issue-card");
  await e.page.keyboard.type(" سندیکای");
  await e.press("Alt+KeyL");
  await e.page.waitForSelector("dialog.ed-let-be");
  assert.match(await e.page.locator(".ed-about-issue").innerText(), /question mark/, "only reviewers decide about the glossary");
  if (process.env.SHOTS) await e.page.screenshot({ path: `${process.env.SHOTS}/letbe.png` });
  await e.press("Digit2", "Enter");
  await e.page.waitForSelector(".ed-dismissed");
  assert.equal(e.segment(0).warnings, 0);
  assert.equal(await e.page.locator(".ed-field .ed-issue-warning").count(), 0);
  assert.equal(await e.page.locator(".ed-active .ed-mark-warning").count(), 0);
  assert.equal(await e.page.locator(".ed-issues > .ed-cards .ed-quiet").count(), 0);
  assert.equal(await e.page.evaluate(() => document.activeElement.classList.contains("cm-content")), true);
  await e.page.locator(".ed-dismissed summary").click();
  assert.match(await e.page.locator(".ed-dismissed").innerText(), /quoted word for word/);
  await e.page.getByRole("button", { name: "Count it again" }).click();
  await e.page.waitForSelector(".ed-dismissed", { state: "detached" });
  assert.equal(e.segment(0).warnings, 1);
  assert.deepEqual(e.errors, []);
});

browserTest("a reviewer lets a term be", async (t) => {
  const e = await open(t, "n=20&states=translated&review=1&segment=1005");
  await e.page.waitForSelector(".ed-issues .ed-card");
  await e.press("Alt+KeyL");
  await e.page.waitForSelector("dialog.ed-let-be");
  await e.page.locator("dialog textarea").fill("نام رسمی همین است.");
  await e.press("Enter");
  await e.page.waitForSelector(".ed-dismissed");
  assert.equal(e.segment(5).errors, 0);
});

browserTest("what half a sentence lacks is not shown while it is typed", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1000");
  e.control({ length: true });
  await e.page.keyboard.type("چرا?");
  await e.saved();
  await e.page.waitForSelector(".ed-issues .ed-issue-card-warning");
  assert.equal(e.segment(0).errors, 1);
  assert.equal(await e.page.locator(".ed-issue-card-error, .ed-active .ed-mark-error").count(), 0);
  assert.equal(await e.page.locator(".ed-field .ed-issue-error").evaluateAll((marks) => marks.filter((m) => getComputedStyle(m).textDecorationLine !== "none").length), 0);
  await e.page.waitForSelector(".ed-issue-card-error", { timeout: 3000 });
  assert.equal(await e.page.locator(".ed-active .ed-mark-error").count(), 1);
  await e.page.keyboard.type(" ");
  assert.equal(await e.page.locator(".ed-issue-card-error").count(), 0);
});

browserTest("the typography of the document is mended after a look, and taken back", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1000");
  await e.press("Alt+KeyT");
  await e.page.waitForSelector("dialog.ed-mend");
  assert.match(await e.page.locator("dialog").innerText(), /Nothing to mend/);
  await e.press("Escape");
  for (const text of ["یک  دو", "سه  چهار", "پنج  شش"]) {
    await e.page.keyboard.type(text);
    await e.press("Alt+ArrowDown");
  }
  await e.press("Alt+KeyT");
  await e.page.waitForSelector("dialog.ed-mend li");
  assert.equal(await e.page.locator("dialog li").count(), 3, "drafts are sent first");
  if (process.env.SHOTS) await e.page.screenshot({ path: `${process.env.SHOTS}/mend.png` });
  await e.page.locator("dialog li input").nth(1).uncheck();
  await e.page.getByRole("button", { name: "Mend 2 segments" }).click();
  await e.page.waitForSelector(".ed-toast-action");
  assert.deepEqual(e.doc.segments.slice(0, 3).map((s) => s.target.text), ["یک دو", "سه  چهار", "پنج شش"]);
  assert.match(await e.page.locator(".ed-row").first().innerText(), /یک دو/);
  await e.page.locator(".ed-toast-action").click();
  await e.page.waitForFunction(() => document.querySelector(".ed-row .ed-text").textContent === "یک  دو");
  assert.deepEqual(e.errors, []);
});

browserTest("a source is cut where it was clicked, and joined again", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1003");
  const source = e.page.locator(".ed-active .ed-source");
  const whole = await source.innerText();
  const place = await source.evaluate((cell) => {
    const range = document.createRange();
    const node = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
    range.setStart(node, 5);
    range.setEnd(node, 6);
    const box = range.getBoundingClientRect();
    return { x: box.x + 1, y: box.y + box.height / 2 };
  });
  await e.page.mouse.click(place.x, place.y);
  await e.page.waitForSelector(".ed-cut");
  await e.press("Alt+KeyS");
  await e.page.waitForFunction(() => document.querySelectorAll(".ed-row .ed-index")[20]?.textContent === "21" || document.querySelector(".ed-filter-all .ed-count").textContent === "21");
  const cut = whole.indexOf(" ", 3) + 1;
  assert.deepEqual([e.segment(3).source.text, e.segment(4).source.text], [whole.slice(0, cut).trim(), whole.slice(cut).trim()]);
  assert.equal(await e.number(), "4");
  assert.equal(await source.innerText(), e.segment(3).source.text);
  await e.page.keyboard.type("نیمه");
  await e.press("Alt+KeyM");
  await e.page.waitForFunction((text) => document.querySelector(".ed-active .ed-source").textContent === text, whole);
  assert.equal(e.doc.segments.length, 20);
  assert.equal(await e.field.innerText(), "نیمه");
  assert.equal(await e.page.evaluate(() => document.activeElement.classList.contains("cm-content")), true);
  await e.go(6);
  await e.press("Alt+KeyM");
  await e.page.waitForSelector(".ed-toast-error");
  assert.equal(e.doc.segments.length, 20, "the next one is of another paragraph");
  assert.deepEqual(e.errors, []);
});

browserTest("the place to cut is chosen in a dialog, which warns of a translation", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1000");
  await e.page.keyboard.type("سلام");
  await e.press("Alt+KeyS");
  await e.page.waitForSelector("dialog.ed-split");
  if (process.env.SHOTS) await e.page.screenshot({ path: `${process.env.SHOTS}/split.png` });
  assert.match(await e.page.locator("dialog").innerText(), /translation is cut/);
  assert.equal(await e.page.locator(".ed-gap[aria-checked=true]").count(), 1);
  await e.page.locator(".ed-gap").first().click();
  await e.press("ArrowRight");
  const words = e.segment(0).source.text.split(" ");
  assert.match(await e.page.locator(".ed-half").first().innerText(), new RegExp(`^${words.slice(0, 2).join(" ")}\\s*$`));
  await e.press("Enter");
  await e.page.waitForFunction(() => document.querySelector(".ed-filter-all .ed-count").textContent === "21");
  assert.equal(e.segment(0).source.text, words.slice(0, 2).join(" "));
  assert.equal(e.segment(0).target.text, "سلام");
  assert.deepEqual(e.errors, []);
});

browserTest("what was typed in a segment that others joined is not lost", async (t) => {
  const e = await open(t, "n=20&states=new&segment=1001");
  e.control({ drop: true });
  await e.page.keyboard.type("نوشتهٔ من");
  await fetch(`${mock.url}/docs/doc${count}/join`, { method: "POST", body: JSON.stringify({ id: 1000 }) });
  await e.page.waitForSelector("dialog.ed-gone", { timeout: 8000 });
  e.control({ drop: false });
  assert.match(await e.page.locator("dialog").innerText(), /نوشتهٔ من/);
  await e.page.locator("dialog .ed-primary").click();
  await e.page.waitForFunction(() => document.querySelector(".cm-content").innerText === "نوشتهٔ من");
  assert.equal(await e.number(), "1");
  await e.saved();
  await e.page.waitForFunction(() => localStorage.length === 0, undefined, { timeout: 10_000 });
  assert.equal(e.segment(0).target.text, "نوشتهٔ من");
  assert.deepEqual(e.errors, []);
});

browserTest("the tools stand on one line, and both texts of a row begin on one", async (t) => {
  const viewport = { width: 1280, height: 800 };
  for (const query of ["n=20&states=new", "n=20&states=translated&review=1&edit=1&locale=fa"]) {
    const e = await open(t, query, { viewport });
    const row = e.page.locator(".ed-active");
    const tools = () => row.locator(".ed-tool-row :is(.ed-sign, .ed-actions button)").evaluateAll((all) => all.filter((b) => b.checkVisibility()).map((b) => Math.round(b.getBoundingClientRect().top)));
    assert.equal(new Set(await tools()).size, 1, String(await tools()));
    const confirm = await row.locator(".ed-primary").boundingBox();
    await row.getByRole("button", { expanded: false }).click();
    assert.equal(await row.getByRole("button", { name: /LRM/ }).isVisible(), true);
    assert.deepEqual(await row.locator(".ed-primary").boundingBox(), confirm);
    const offset = await row.evaluate((r) => {
      const baseline = (cell) => {
        const mark = Object.assign(document.createElement("span"), { style: "display: inline-block" });
        const first = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
        first.parentNode.insertBefore(mark, first);
        const { bottom } = mark.getBoundingClientRect();
        mark.remove();
        return bottom;
      };
      return baseline(r.querySelector(".ed-source")) - baseline(r.querySelector(".cm-line"));
    });
    assert.ok(Math.abs(offset) < 1, `${offset}`);
    assert.deepEqual(e.errors, []);
  }
});

browserTest("on a phone the filters take one line and the help folds away", async (t) => {
  const e = await open(t, "n=20&states=new", { viewport: { width: 400, height: 800 } });
  const list = () => e.page.locator(".ed-list").boundingBox();
  assert.ok((await e.page.locator(".ed-filters").boundingBox()).height < 45);
  const before = await list();
  const fold = e.page.locator(".ed-fold");
  await fold.click();
  assert.equal(await fold.getAttribute("aria-expanded"), "false");
  assert.ok((await list()).height > before.height + 80);
  assert.equal(await e.page.locator(".ed-sheet:visible").count(), 0);
  await e.page.locator("#ed-tab-assist").click();
  assert.equal((await list()).height, before.height);
  assert.deepEqual(e.errors, []);
});

browserTest("search and filters find rows that are not drawn", async (t) => {
  const e = await open(t, "n=2000");
  await e.press("Control+KeyF");
  await e.page.keyboard.type("وکلا");
  await e.page.waitForFunction(() => document.querySelector(".ed-found").textContent !== "");
  assert.ok((await e.page.locator(".ed-text .ed-hit").count()) > 0);
  await e.press("Escape");
  assert.equal(await e.page.locator(".ed-found").innerText(), "");
  assert.equal(await e.field.evaluate((f) => document.activeElement === f), true);
});

browserTest("a filter never hides the segment that is worked on", async (t) => {
  const e = await open(t, "n=300&states=new");
  await e.go("160");
  await e.page.locator(".ed-filter-approved").click();
  assert.equal(await e.number(), "160");
  assert.equal(await e.field.isVisible(), true);
  await e.press("Control+KeyF");
  await e.page.keyboard.type("nowhere in this document");
  await e.page.waitForFunction(() => /^No|^0/.test(document.querySelector(".ed-found").textContent));
  assert.equal(await e.page.locator(".ed-row").count(), 1);
  await e.press("Escape");
  await e.page.locator(".ed-filter-all").click();
  await e.page.waitForFunction(() => document.querySelectorAll(".ed-row").length > 5);
  const box = await e.page.locator(".ed-active").boundingBox();
  assert.ok(box.y > 100 && box.y + box.height < 880, JSON.stringify(box));
  assert.deepEqual(e.errors, []);
});

browserTest("going far away keeps the focus in the field", async (t) => {
  const e = await open(t, "n=3000&states=new");
  await e.go("2500");
  await e.page.waitForTimeout(400);
  await e.page.keyboard.type("دور");
  await e.saved();
  assert.equal(e.segment(2499).target.text, "دور");
  const box = await e.page.locator(".ed-active").boundingBox();
  assert.ok(box.y > 100 && box.y + box.height < 880, JSON.stringify(box));
  await e.page.locator(".ed-list").evaluate((list) => list.scrollTo(0, 0));
  await e.page.waitForTimeout(300);
  await e.page.keyboard.type("تر");
  await e.saved();
  assert.equal(e.segment(2499).target.text, "دورتر");
  assert.deepEqual(e.errors, []);
});

browserTest("of 5,000 segments only the rows near the screen are drawn", async (t) => {
  const e = await open(t, "n=5000");
  const times = [];
  for (let i = 0; i < 3; i++) {
    await e.page.reload();
    await e.page.waitForSelector(".ed-active .cm-content");
    times.push(await e.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(Math.round(performance.now()))))));
  }
  t.diagnostic(`opened after ${times.join(", ")} ms`);
  assert.ok((await e.page.locator(".ed-row").count()) < 60);
});

for (const [query, scheme] of [["locale=en&review=1", "light"], ["locale=fa&review=1", "dark"]]) {
  browserTest(`axe finds nothing serious (${query}, ${scheme})`, async (t) => {
    const e = await open(t, `n=20&${query}&segment=1005`, { colorScheme: scheme });
    await e.page.waitForSelector(".ed-terms .ed-card");
    const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
    const run = async () => {
      const { violations } = await e.page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      return violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120) + " " + (n.any[0]?.message ?? "")).join("\n  ")}`);
    };
    const cdp = await e.page.context().newCDPSession(e.page);
    await cdp.send("Runtime.evaluate", { expression: axe });
    assert.deepEqual(await run(), []);
    await e.press("F1");
    await e.page.waitForSelector("dialog.ed-help");
    if (process.env.SHOTS) await e.page.screenshot({ path: `${process.env.SHOTS}/help-${scheme}.png` });
    assert.deepEqual(await run(), []);
    await e.press("Escape", "End");
    await e.page.keyboard.type("  و,");
    await e.page.waitForSelector(".ed-issues .ed-quiet");
    for (const [key, dialog] of [["Alt+KeyS", "split"], ["Alt+KeyL", "let-be"], ["Alt+KeyT", "mend"]]) {
      await e.press(key);
      await e.page.waitForSelector(`dialog.ed-${dialog}`);
      if (process.env.SHOTS) await e.page.screenshot({ path: `${process.env.SHOTS}/${dialog}-${scheme}.png` });
      assert.deepEqual(await run(), [], dialog);
      if (dialog === "let-be") await e.press("Digit1", "Enter");
      else await e.press("Escape");
      await e.page.waitForSelector("dialog", { state: "detached" });
    }
    await e.page.locator(".ed-dismissed summary").click();
    assert.deepEqual(await run(), [], "dismissed");
  });
}

browserTest("where no match is, fragments come by themselves and go in by key and click", async (t) => {
  const e = await open(t, "n=20&states=new");
  await e.page.waitForSelector(".ed-fragments button");
  assert.equal(await e.page.locator(".ed-fragment").count(), 0, "a segment with a match waits to be asked");
  await e.page.locator(".ed-fragments > button").click();
  await e.page.waitForSelector(".ed-fragment");
  await e.field.click();
  await e.go(4);
  await e.page.waitForSelector(".ed-fragment");
  const [first, second] = await e.page.locator(".ed-fragment .ed-term:first-child bdi").allInnerTexts();
  await e.press("Alt+KeyW");
  await e.saved();
  assert.equal(e.segment(3).target.text, first);
  assert.equal(e.segment(3).state, "draft");
  await e.page.locator(".ed-fragment").nth(1).locator(".ed-term").first().click();
  await e.saved();
  assert.equal(e.segment(3).target.text, `${first} ${second}`);
  assert.deepEqual(e.errors, []);
});

browserTest("terms are completed from left to right as well, beside where they begin", async (t) => {
  const e = await open(t, "pair=fa-en&n=20&states=new&segment=1005");
  await e.page.waitForSelector(".ed-terms .ed-card");
  await e.field.click();
  await e.page.keyboard.type("The rive");
  const list = e.page.locator(".ed-completions");
  await list.waitFor();
  const [field, box] = [await e.field.boundingBox(), await list.boundingBox()];
  assert.ok(box.x > field.x && box.x < field.x + 60 && box.y > field.y, JSON.stringify({ field, box }));
  await e.press("Enter");
  assert.equal(await e.field.innerText(), "The River Workers’ Union");
  await e.page.keyboard.type(" and its Spok");
  await list.locator(".ed-completion", { hasText: "Spokesperson" }).waitFor();
  await e.press("ArrowDown", "ArrowUp", "Tab");
  assert.equal(await e.field.innerText(), "The River Workers’ Union and its Spokesperson");
  await e.saved();
  assert.equal(e.segment(5).target.text, "The River Workers’ Union and its Spokesperson");
  assert.deepEqual(e.errors, []);
});
