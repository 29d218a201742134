// Small boxes beside a place in the text.

/** The sides of a place in the window, in pixels. */
export type Place = Pick<DOMRect, "left" | "right" | "top" | "bottom">;

const gap = 4;

/** Puts a fixed box below a place, or above it where there is more room, and inside the window; it begins where the text does. */
export function putBeside(box: HTMLElement, place: Place, dir: "ltr" | "rtl"): void {
  const { offsetWidth: width, offsetHeight: height } = box;
  const wanted = dir === "rtl" ? place.right - width : place.left;
  const below = place.bottom + gap;
  const above = place.top - gap - height;
  box.style.left = `${Math.max(gap, Math.min(wanted, innerWidth - width - gap))}px`;
  box.style.top = `${below + height <= innerHeight - gap || above < gap ? below : above}px`;
}
