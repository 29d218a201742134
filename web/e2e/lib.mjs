// What the browser tests share: the real program on a data folder of its own,
// Debian's Chromium, screenshots, and the accessibility check.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "../..");
export const shots = join(here, "screenshots");

/** The folder of shared data beside the project, "" where it is absent. */
export const shared = [join(root, "../shared"), join(root, "../../shared")].find((p) => existsSync(join(p, "data/seed"))) ?? "";

/** The browser, "" where there is none. */
export const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync) ?? "";

/** LibreOffice, "" where there is none. */
export const officePath = ["/usr/bin/soffice", "/usr/bin/libreoffice"].find(existsSync) ?? "";

/** The program under test; run.mjs builds it. */
export const binary = process.env.TARJOMAN_BIN ?? join(here, ".bin/tarjoman");

/** How long anything may take, in milliseconds: much longer than a busy machine needs. */
export const patience = 30_000;

/**
 * Reads again and again until what is read is as wanted, and returns it: for all
 * that comes a frame, an answer or a page later than the key or click before it.
 * `wanted` is a value, a pattern, or a test.
 */
export async function eventually(read, wanted, what = "", wait = patience) {
  const fits = wanted instanceof RegExp ? (value) => wanted.test(value) : typeof wanted === "function" ? wanted : (value) => isDeepStrictEqual(value, wanted);
  const end = Date.now() + wait;
  for (;;) {
    let value, failed;
    try {
      value = await read();
      if (fits(value)) return value;
    } catch (error) {
      failed = error; // such as a page that goes away while it is read
    }
    if (Date.now() > end) throw failed ?? new assert.AssertionError({ message: `${what}: ${JSON.stringify(value)?.slice(0, 3000)}`, actual: value, expected: wanted });
    await sleep(50);
  }
}

/** A temporary folder that goes with the test. */
export function temporary(t) {
  const dir = mkdtempSync(join(tmpdir(), "tarjoman-e2e-"));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/**
 * Starts `tarjoman serve` and waits until it is ready. `kill` is SIGKILL, `stop`
 * a clean end.
 */
export async function serve(data, { demo = false, address = "127.0.0.1:0" } = {}) {
  const args = ["serve", "--addr", address, "--data", data, ...(demo ? ["--demo"] : [])];
  const child = spawn(binary, args, { env: { ...process.env, LANG: "en_US.UTF-8" } });
  const ended = new Promise((done) => child.once("exit", done));
  let printed = "";
  const url = await new Promise((found, failed) => {
    const look = (chunk) => {
      printed += chunk;
      const at = /http:\/\/127\.0\.0\.1:\d+/.exec(printed);
      if (at) found(at[0]);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    ended.then((code) => failed(new Error(`serve ended with ${code}:\n${printed}`)));
    setTimeout(() => failed(new Error("serve prints no address:\n" + printed)), 2 * patience).unref();
  });
  const ready = async () => (await fetch(url + "/readyz").catch(() => null))?.ok ?? false;
  await eventually(ready, true, "the server does not become ready", 2 * patience).catch((error) => assert.fail(`${error.message}\n${printed}`));
  return {
    url,
    printed: () => printed,
    kill: () => (child.kill("SIGKILL"), ended),
    stop: () => (child.kill("SIGTERM"), ended),
  };
}

/** A server with the sample project and one browser, for all tests of a file. */
export async function stage(t) {
  const server = await serve(join(temporary(t), "data"), { demo: true });
  const browser = await launch(t);
  t.after(() => server.kill());
  return { server, browser };
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** One Chromium for all pages of a test. */
export async function launch(t) {
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
  });
  t.after(() => browser.close());
  return browser;
}

/** What went wrong in a page: script errors and refused content. */
const complaints = new WeakMap();

/** How many times slower than it is the processor is for pages: TARJOMAN_SLOW=6 shows what only goes well on a quick machine. */
const slow = Number(process.env.TARJOMAN_SLOW ?? 1);

async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slow });
}

/** A page of a person of its own, in a language, that remembers complaints. */
export async function person(browser, url, { locale = "en", dark = false, width = 1360, height = 860 } = {}) {
  const context = await browser.newContext({
    baseURL: url, locale: locale === "fa" ? "fa-IR" : "en-US", colorScheme: dark ? "dark" : "light",
    viewport: { width, height }, acceptDownloads: true,
    reducedMotion: "reduce", // colours half way from one to the other are nobody's to judge
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  if (slow > 1) await slowDown(page);
  const list = [];
  complaints.set(page, list);
  page.on("pageerror", (e) => list.push(String(e)));
  page.on("console", (m) => {
    if (m.type() === "error" && /Content Security Policy|Trusted|Refused/i.test(m.text())) list.push(m.text());
  });
  return page;
}

export const complaintsOf = (page) => complaints.get(page) ?? [];

export async function logIn(page, login, password) {
  await page.goto("/login");
  await page.fill("input[name=login]", login);
  await page.fill("input[name=password]", password);
  await Promise.all([page.waitForURL((u) => u.pathname !== "/login"), page.click("main button.button-main")]);
}

/** The log-ins of the sample project. */
export const people = {
  admin: ["admin", "bridge-over-the-dez-1"],
  translator: ["translator", "bridge-over-the-dez-2"],
  reviewer: ["reviewer", "bridge-over-the-dez-3"],
};

/** Does what leads to another page, and waits until that page is there with its scripts. */
export async function turn(page, act) {
  const left = page.waitForEvent("framenavigated", (frame) => frame === page.mainFrame());
  await Promise.all([left, act()]);
  await page.waitForLoadState("load");
}

/** Clicks what leads to another page. */
export const follow = (page, place) => turn(page, () => place.click());

/** Clicks what changes something; the page that comes says that it is done. */
export async function done(page, place) {
  await follow(page, place);
  await page.locator(".flash-ok").first().waitFor();
}

/** Waits until what the page does in its next frame is done: the editor draws its bars and tools then. */
export const frame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

/** Waits until the timers of the page that were started before and are not longer than this have run, and a frame after them. */
export async function lull(page, ms) {
  await page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), ms);
  await frame(page);
}

export async function shoot(page, name, { full = false } = {}) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, name + ".png"), fullPage: full });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The serious accessibility violations of a page, in words. */
export async function violations(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}

/** Runs the program on the command line and returns what it printed. */
export function tarjoman(args, input = "") {
  return execFileSync(binary, args, { input, encoding: "utf8", maxBuffer: 64 << 20 });
}
