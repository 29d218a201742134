// Runs go test and shows its result by package, with the output of what failed.
// Tests that were skipped are written to a file with their reasons.
//   node gotest.mjs SKIPPED-FILE [arguments of go test …]
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [skippedFile, ...args] = process.argv.slice(2);
const child = spawn("go", ["test", "-json", ...args], { stdio: ["ignore", "pipe", "inherit"] });
const output = new Map(); // package and test → what it printed
const failed = [];

for await (const line of createInterface({ input: child.stdout })) {
  let event;
  try {
    event = JSON.parse(line);
  } catch {
    console.log(line); // go itself, before any test
    continue;
  }
  take(event);
}
const code = child.exitCode ?? (await new Promise((done) => child.once("exit", (status) => done(status ?? 1))));
if (failed.length > 0) console.log(`\nFAILED:\n  ${failed.join("\n  ")}`);
process.exit(code);

function take({ Action, Package, Test, Output, Elapsed, ImportPath }) {
  const key = `${Package} ${Test ?? ""}`;
  switch (Action) {
    case "output":
      output.set(key, (output.get(key) ?? "") + Output);
      break;
    case "build-output":
      process.stdout.write(Output);
      break;
    case "build-fail":
      failed.push(`${ImportPath} does not build`);
      break;
    case "skip":
      if (Test) appendFileSync(skippedFile, `${Package} ${Test}: ${reason(output.get(key) ?? "")}\n`);
      output.delete(key);
      break;
    case "fail":
      process.stdout.write(output.get(key) ?? "");
      failed.push(Test ? `${Package} ${Test}` : Package);
      break;
    case "pass":
      if (!Test) console.log(`ok    ${Package}  ${Elapsed.toFixed(1)}s`);
      output.delete(key);
      break;
  }
}

/** What a skipped test said, without the lines of go test around it. */
function reason(text) {
  const said = text.split("\n").filter((line) => line && !/^\s*(===|---)/.test(line));
  return said.map((line) => line.trim().replace(/^\S+\.go:\d+: /, "")).join(" ");
}
