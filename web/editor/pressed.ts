// Parts of the page that wait with drawing while a mouse button is down on them:
// a button that is replaced between press and release is not clicked.

/** Puts off what draws an element until no press on it is under way and its click is dealt with. */
export function unpressed(element: HTMLElement, draw: () => void): () => void {
  let pressed = false;
  let due = false;
  const release = (event: PointerEvent) => {
    // A release outside the window shows when the mouse comes back.
    if (event.type === "pointermove" && event.buttons !== 0) return;
    for (const kind of ends) removeEventListener(kind, release, true);
    setTimeout(() => {
      pressed = false;
      if (due) draw();
      due = false;
    });
  };
  element.addEventListener("pointerdown", () => {
    pressed = true;
    for (const kind of ends) addEventListener(kind, release, true);
  });
  return () => {
    if (pressed) due = true;
    else draw();
  };
}

const ends = ["pointerup", "pointercancel", "pointermove"] as const;
