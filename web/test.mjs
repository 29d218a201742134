// Runs every editor/**/*.test.ts with node:test: node test.mjs [part of a name].
import { build } from "esbuild";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv[2] ?? "";
const tests = readdirSync(join(here, "editor"), { recursive: true })
  .filter((name) => name.endsWith(".test.ts") && name.includes(wanted))
  .sort();
if (tests.length === 0) {
  console.error(`no test file matches "${wanted}"`);
  process.exit(1);
}
const out = mkdtempSync(join(here, "node_modules/.tests-"));
try {
  await build({
    absWorkingDir: here,
    entryPoints: tests.map((name) => join("editor", name)),
    outdir: out,
    outbase: "editor",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    logLevel: "warning",
  });
  const files = tests.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
