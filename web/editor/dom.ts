// Building elements without HTML strings, so that Trusted Types can forbid them.

export type Child = Node | string | null | undefined | false;

type Events = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

/** Attributes by name; false and undefined leave one out, true sets it empty. */
export interface Props {
  on?: Events;
  [attribute: string]: string | number | boolean | undefined | Events;
}

/** Creates an element with attributes, listeners and children. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "object") listen(element, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function listen(element: HTMLElement, events: Events): void {
  for (const [name, listener] of Object.entries(events)) {
    element.addEventListener(name, listener as EventListener);
  }
}

function append(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (child) parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
  }
}

/** Replaces what stands in the element. */
export function fill(element: Element, ...children: Child[]): void {
  const fragment = document.createDocumentFragment();
  append(fragment, children);
  element.replaceChildren(fragment);
}

/** Text that only screen readers tell. */
export function hidden(text: string): HTMLElement {
  return h("span", { class: "ed-hidden" }, text);
}

/** A button with a visible text; `props` may add a class, a title and so on. */
export function button(text: string, click: () => void, props: Props = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "ed-button", ...props, on: { click } }, text);
}

/** A button that shows only an icon; `label` names it for everyone else. */
export function iconButton(name: IconName, label: string, click: () => void, props: Props = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "ed-icon-button", "aria-label": label, title: label, ...props, on: { click } }, icon(name));
}

const paths = {
  new: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z",
  draft: "M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3 3 13zM9 4.8l2.3 2.3",
  translated: "M3 8.5l3.2 3.2L13 4.8",
  approved: "M1.5 8.5l3 3 6-6.5M7.5 11.2l.8.8 6.2-7",
  rejected: "M6 3L2.5 6.5 6 10M2.5 6.5H10a3.3 3.3 0 0 1 0 6.6H6.5",
  warning: "M8 2.5L14 13H2L8 2.5zM8 6.5v3M8 11.2v.3",
  error: "M5.3 2h5.4L14 5.3v5.4L10.7 14H5.3L2 10.7V5.3L5.3 2zM8 5v3.8M8 10.8v.3",
  info: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.3V11M8 5v.3",
  repeat: "M3 7V6a2.5 2.5 0 0 1 2.5-2.5H13M11 1.5l2 2-2 2M13 9v1a2.5 2.5 0 0 1-2.5 2.5H3M5 14.5l-2-2 2-2",
  close: "M4 4l8 8M12 4l-8 8",
  help: "M5.8 6a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.8-1.1 1.6M8 11.8v.3M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14",
  saved: "M4.6 12.5a3 3 0 0 1-.3-6A4 4 0 0 1 12 6.6a3 3 0 0 1-.5 5.9H4.6zM6 9.2l1.6 1.6 2.8-3",
  saving: "M8 2.5A5.5 5.5 0 1 1 2.5 8",
  kept: "M2.5 3.5h11v7h-11zM6 13.5h4M8 10.5v3",
  conflict: "M8 2v5M8 7l-4.5 6M8 7l4.5 6M2 11l1.5 2 2.4-.6M14 11l-1.5 2-2.4-.6",
  eye: "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
  direction: "M5 3h7M5 3a2.5 2.5 0 0 0 0 5h1M6 3v8M9 3v8M13.5 12.5h-11M4 11l-1.5 1.5L4 14",
  copy: "M2.5 4.5h7M2.5 8h5M2.5 11.5h7M11 5.5L13.5 8 11 10.5",
  leave: "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM2.5 13.5l11-11",
  split: "M8 1.5v13M5.5 5L2.5 8l3 3M10.5 5l3 3-3 3M2.5 8h3M10.5 8h3",
  merge: "M8 1.5v13M3 5l3 3-3 3M13 5l-3 3 3 3M1 8h5M15 8h-5",
  more: "M3.2 8h.1M8 8h.1M12.8 8h.1",
  down: "M3.5 6l4.5 4.5L12.5 6",
  mend: "M2.5 13.5l7-7M8 5l3 3M12 1.5v3M10.5 3h3M13 8.5v2M12 9.5h2",
} as const;

export type IconName = keyof typeof paths;

/** A drawing that screen readers skip. Icons that point the reading way turn around in right-to-left pages. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `ed-icon ed-icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  svg.appendChild(path);
  return svg;
}
