import assert from "node:assert/strict";
import { test } from "node:test";
import { hitsOf, keyHint, keyNames, keymap, type Press } from "./keymap";

const press = (code: string, ...held: string[]): Press => ({ code, ctrlKey: held.includes("ctrl"), metaKey: held.includes("meta"), altKey: held.includes("alt"), shiftKey: held.includes("shift") });
const names = (p: Press) => hitsOf(p).map((hit) => `${hit.binding.command}${hit.digit || ""}`);

test("keys stand for commands by their place on the board", () => {
  const cases: [string, Press, string[]][] = [
    ["confirm", press("Enter", "ctrl"), ["confirm"]],
    ["confirm on the number pad", press("NumpadEnter", "ctrl"), ["confirm"]],
    ["confirm on a Mac", press("Enter", "meta"), ["confirm"]],
    ["reject", press("Enter", "ctrl", "shift"), ["reject"]],
    ["every fix", press("Enter", "alt", "shift"), ["fixAll"]],
    ["split by place on a Persian board", press("KeyS", "alt"), ["split"]],
    ["third match", press("Digit3", "ctrl"), ["insertMatch3"]],
    ["third match on the number pad", press("Numpad3", "ctrl"), ["insertMatch3"]],
    ["no match 0", press("Digit0", "ctrl"), []],
    ["fourth term", press("Digit4", "alt"), ["insertTerm4"]],
    ["half-space before second term", press("Digit2", "ctrl", "shift"), ["zwnj", "insertTerm2"]],
    ["half-space", press("Space", "shift"), ["zwnj"]],
    ["AltGr is no shortcut", press("Digit3", "ctrl", "alt"), []],
    ["plain letters", press("KeyK"), []],
    ["question mark", press("Slash", "shift"), ["help"]],
  ];
  for (const [name, p, want] of cases) assert.deepEqual(names(p), want, name);
});

test("no two commands share a key in the same place", () => {
  const seen = new Map<string, string>();
  for (const b of keymap.filter((b) => !b.persian)) {
    for (const key of b.keys) {
      assert.equal(seen.get(key) ?? b.command, b.command, key);
      seen.set(key, b.command);
    }
  }
});

test("keys are shown as they are printed", () => {
  assert.deepEqual(keyNames("Mod+Shift+KeyX"), ["Ctrl", "Shift", "X"]);
  assert.deepEqual(keyNames("Mod+1-9", true), ["⌘", "1…9"]);
  assert.equal(keyHint("insertMatch", 2), "Ctrl+2");
});
