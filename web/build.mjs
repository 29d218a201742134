// Bundles the browser code into dist/: node build.mjs. The same sources always
// give the same bytes. Everything in dist/ is generated; only .gitkeep is kept.
import { build } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const font = join(here, "node_modules/@fontsource-variable/vazirmatn");
const subsets = ["arabic", "latin", "latin-ext"];

mkdirSync(join(dist, "fonts"), { recursive: true });
const bundle = await build({
  absWorkingDir: here,
  entryPoints: ["editor/main.ts", "editor/site.ts"]
    .filter((path) => existsSync(join(here, path)))
    .map((path) => ({ in: path, out: path === "editor/main.ts" ? "editor" : "site" })),
  outdir: "dist",
  bundle: true,
  format: "iife",
  target: ["es2022"],
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
for (const subset of subsets) {
  const name = `vazirmatn-${subset}-wght-normal.woff2`;
  copyFileSync(join(font, "files", name), join(dist, "fonts", name));
}
writeFileSync(join(dist, "THIRD-PARTY.txt"), notices([...bundledPackages(bundle.metafile), font]));

/** Folders of the npm packages whose code went into the bundles. */
function bundledPackages(metafile) {
  const folders = new Set();
  for (const path of Object.keys(metafile.inputs)) {
    const found = /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) folders.add(join(here, found[1]));
  }
  return [...folders].sort();
}

function notices(folders) {
  return folders.map(notice).join("\n" + "-".repeat(72) + "\n\n");
}

/** Name, version, licence and licence text of one package; a package without a licence text stops the build. */
function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((f) => /^licen[sc]e(\.|$)/i.test(f));
  if (!file) throw new Error(`${name} has no licence text`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
