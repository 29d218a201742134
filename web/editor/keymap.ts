// Which keys do what, as data: the dispatcher and the list of shortcuts both
// read this table. Keys are named by their place on the board (event.code), so
// that they work while a Persian layout is on.

import type { CommandName } from "./commands";

export type KeyGroup = "segment" | "move" | "insert" | "text" | "review" | "view";

/** Where a binding holds: while the target field has the focus, outside any field, or always. */
export type KeyPlace = "target" | "outside" | "anywhere";

export interface Binding {
  command: CommandName;
  group: KeyGroup;
  /** "Mod+Shift+KeyX"; Mod is Ctrl or ⌘, "1-9" stands for nine digit keys. */
  keys: string[];
  place: KeyPlace;
  /** Only while the target language is written from right to left with half-spaces. */
  persian?: boolean;
  /** Only for those who may review. */
  review?: boolean;
}

export const keymap: Binding[] = [
  { command: "confirm", group: "segment", keys: ["Mod+Enter"], place: "anywhere" },
  { command: "save", group: "segment", keys: ["Mod+KeyS"], place: "anywhere" },
  { command: "copySource", group: "segment", keys: ["Mod+KeyI", "Mod+Insert"], place: "anywhere" },
  { command: "fix", group: "segment", keys: ["Alt+Enter"], place: "anywhere" },
  { command: "fixAll", group: "segment", keys: ["Alt+Shift+Enter"], place: "anywhere" },
  { command: "letBe", group: "segment", keys: ["Alt+KeyL"], place: "anywhere" },
  { command: "split", group: "segment", keys: ["Alt+KeyS"], place: "anywhere" },
  { command: "merge", group: "segment", keys: ["Alt+KeyM"], place: "anywhere" },
  { command: "undoPropagation", group: "segment", keys: ["Alt+KeyZ"], place: "anywhere" },

  { command: "reject", group: "review", keys: ["Mod+Shift+Enter"], place: "anywhere", review: true },
  { command: "reopen", group: "review", keys: ["Alt+KeyO"], place: "anywhere", review: true },

  { command: "up", group: "move", keys: ["Alt+ArrowUp", "Mod+ArrowUp"], place: "anywhere" },
  { command: "down", group: "move", keys: ["Alt+ArrowDown", "Mod+ArrowDown"], place: "anywhere" },
  { command: "nextOpen", group: "move", keys: ["Mod+KeyG"], place: "anywhere" },
  { command: "previousOpen", group: "move", keys: ["Mod+Shift+KeyG"], place: "anywhere" },
  { command: "goto", group: "move", keys: ["Mod+KeyJ"], place: "anywhere" },
  { command: "search", group: "move", keys: ["Mod+KeyF"], place: "anywhere" },

  { command: "zwnj", group: "text", keys: ["Shift+Space", "Mod+Shift+Digit2"], place: "target", persian: true },
  { command: "insertMatch", group: "insert", keys: ["Mod+1-9"], place: "anywhere" },
  { command: "insertOriginal", group: "insert", keys: ["Alt+Shift+1-9"], place: "anywhere" },
  { command: "insertTerm", group: "insert", keys: ["Alt+1-9", "Mod+Shift+1-9"], place: "anywhere" },
  { command: "insertFragment", group: "insert", keys: ["Alt+KeyW"], place: "anywhere" },
  { command: "nextTerm", group: "insert", keys: ["Alt+KeyG"], place: "anywhere" },
  { command: "addTerm", group: "insert", keys: ["Alt+KeyN"], place: "anywhere" },
  { command: "nextCode", group: "insert", keys: ["F8"], place: "anywhere" },
  { command: "allCodes", group: "insert", keys: ["Mod+Shift+F8"], place: "anywhere" },
  { command: "concordance", group: "insert", keys: ["Mod+KeyK"], place: "anywhere" },
  { command: "glossary", group: "insert", keys: ["Alt+KeyQ"], place: "anywhere" },

  { command: "direction", group: "text", keys: ["Mod+Shift+KeyX"], place: "anywhere" },
  { command: "invisibles", group: "text", keys: ["Alt+KeyI"], place: "anywhere" },
  { command: "typography", group: "text", keys: ["Alt+KeyT"], place: "anywhere" },

  { command: "assist", group: "view", keys: ["Alt+KeyA"], place: "anywhere" },
  { command: "history", group: "view", keys: ["Alt+KeyH"], place: "anywhere" },
  { command: "panes", group: "view", keys: ["F6"], place: "anywhere" },
  { command: "escape", group: "view", keys: ["Escape"], place: "anywhere" },
  { command: "help", group: "view", keys: ["F1", "Mod+Slash"], place: "anywhere" },
  { command: "help", group: "view", keys: ["Shift+Slash"], place: "outside" },
];

/** The part of a KeyboardEvent that matters here. */
export type Press = Pick<KeyboardEvent, "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export interface Hit {
  binding: Binding;
  /** The digit of a "1-9" key; 0 for others. */
  digit: number;
}

/** The bindings a key press stands for, in the order of the table. */
export function hitsOf(press: Press, table: Binding[] = keymap): Hit[] {
  const hits: Hit[] = [];
  for (const binding of table) {
    for (const key of binding.keys) {
      const digit = matchKey(press, key);
      if (digit !== undefined) hits.push({ binding, digit });
    }
  }
  return hits;
}

/** The digit pressed, 0 for a key without one, undefined when the press is not this key. */
function matchKey(press: Press, key: string): number | undefined {
  const parts = key.split("+");
  const code = parts.pop() ?? "";
  const held = (name: string) => parts.includes(name);
  // AltGr reports Ctrl and Alt together and types signs: never a shortcut.
  if ((press.ctrlKey || press.metaKey) !== held("Mod") || press.altKey !== held("Alt") || press.shiftKey !== held("Shift")) return undefined;
  if (code === "1-9") return Number(/^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1]) || undefined;
  return press.code === code || (code === "Enter" && press.code === "NumpadEnter") ? 0 : undefined;
}

const names: Record<string, string> = {
  Mod: "Ctrl", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Slash: "/", "1-9": "1…9", Space: "Space",
};

/** The key as it is printed on keyboards, part by part: ["Ctrl", "Shift", "X"]. */
export function keyNames(key: string, mac = false): string[] {
  if (key === "Shift+Slash") return ["?"];
  return key.split("+").map((part) => {
    if (mac && part === "Mod") return "⌘";
    if (mac && part === "Alt") return "⌥";
    return names[part] ?? part.replace(/^(Key|Digit)/, "");
  });
}

/** The first key of a command, for tooltips: "Ctrl+Enter"; "" when it has none. */
export function keyHint(command: CommandName, digit?: number): string {
  const key = keymap.find((b) => b.command === command)?.keys[0];
  if (!key) return "";
  return keyNames(key).join("+").replace("1…9", String(digit ?? "1…9"));
}
