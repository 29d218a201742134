// Builds the program and runs the browser tests beside this file.
//   node run.mjs [part of a test's file name …]

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { binary, browserPath, root } from "./lib.mjs";
import { fileURLToPath } from "node:url";

if (!browserPath) {
  console.log("SKIPPED: all browser tests, because there is no Chromium (apt-get install chromium)");
  process.exit(0);
}
if (!process.env.TARJOMAN_BIN) {
  mkdirSync(dirname(binary), { recursive: true });
  execFileSync("go", ["build", "-tags", "nomsgpack", "-o", binary, "./cmd/tarjoman"], { cwd: root, stdio: "inherit" });
}
const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((f) => f.endsWith(".e2e.mjs") && (wanted.length === 0 || wanted.some((w) => f.includes(w))))
  .map((f) => join(here, f));
const run = spawnSync(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files], { stdio: "inherit" });
process.exit(run.status ?? 1);
