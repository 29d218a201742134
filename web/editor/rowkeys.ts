// Rows that are taken or turned down by keyboard: a form with data-row-keys and
// rows with data-row, each with a button data-accept and one data-reject.

/** Which button a key presses in a row; null when the key is not ours. */
function buttonFor(event: KeyboardEvent, typing: boolean): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  if (event.key === "Enter" && typing) return "accept";
  if (typing) return null;
  // The place of the key, so that it is the same with a Persian keyboard.
  if (event.code === "KeyA" || event.key === "Enter") return "accept";
  return event.code === "KeyR" || event.key === "Delete" ? "reject" : null;
}

function nextRow(row: Element, key: string): Element | null {
  if (key === "ArrowDown") return row.nextElementSibling;
  return key === "ArrowUp" ? row.previousElementSibling : null;
}

export function followRowKeys(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-row-keys]")) {
    form.addEventListener("keydown", (event) => {
      const target = event.target;
      const row = target instanceof Element ? target.closest("[data-row]") : null;
      if (!row || !(target instanceof HTMLElement) || target.matches("button, a, select, summary")) return;
      const typing = target.matches("input:not([type=checkbox])");
      const next = typing ? null : nextRow(row, event.key);
      if (next) {
        event.preventDefault();
        next.querySelector<HTMLElement>("input[type=checkbox]")?.focus();
        return;
      }
      const kind = buttonFor(event, typing);
      const button = kind && row.querySelector<HTMLButtonElement>(`button[data-${kind}]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    });
  }
}
