// Code chips in the target field: one private-use character of the document is
// drawn as a numbered box, stepped over as a whole and isolated for direction.

import { EditorState, Facet, type Extension, type Range } from "@codemirror/state";
import { Decoration, Direction, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { fromDoc, stripCodes, type CodeTable } from "./content";
import { chip } from "./render";
import type { Code } from "./types";

export interface ChipSettings {
  table: CodeTable;
  name: (code: Code) => string;
}

/** The codes of the segment in the field. */
export const chipSettings = Facet.define<ChipSettings, ChipSettings>({
  combine: (values) => values[0] ?? { table: { charOf: () => undefined, codeOf: () => undefined }, name: () => "" },
});

class ChipWidget extends WidgetType {
  constructor(
    readonly code: Code,
    readonly name: string,
  ) {
    super();
  }

  override eq(other: ChipWidget): boolean {
    return other.code.id === this.code.id && other.code.kind === this.code.kind && other.name === this.name;
  }

  toDOM(): HTMLElement {
    return chip(this.code, this.name);
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

interface Drawn {
  chips: DecorationSet;
  isolates: DecorationSet;
}

function draw(state: EditorState): Drawn {
  const { table, name } = state.facet(chipSettings);
  const chips: Range<Decoration>[] = [];
  const isolates: Range<Decoration>[] = [];
  const text = state.doc.toString();
  for (let i = 0; i < text.length; i++) {
    const code = table.codeOf(text.charAt(i));
    if (!code) continue;
    chips.push(Decoration.replace({ widget: new ChipWidget(code, name(code)) }).range(i, i + 1));
    // To the cursor a private-use character is a Latin letter; the isolate makes it neutral, as the box is.
    isolates.push(Decoration.mark({ bidiIsolate: Direction.LTR }).range(i, i + 1));
  }
  return { chips: Decoration.set(chips), isolates: Decoration.set(isolates) };
}

const plugin = ViewPlugin.fromClass(
  class {
    drawn: Drawn;
    constructor(view: EditorView) {
      this.drawn = draw(view.state);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged) this.drawn = draw(update.state);
    }
  },
  {
    provide: (self) => [
      EditorView.decorations.of((view) => view.plugin(self)?.drawn.chips ?? Decoration.none),
      EditorView.atomicRanges.of((view) => view.plugin(self)?.drawn.chips ?? Decoration.none),
      EditorView.bidiIsolatedRanges.of((view) => view.plugin(self)?.drawn.isolates ?? Decoration.none),
    ],
  },
);

const clipboardType = "application/x-tarjoman-content";

/** Copies plain text for everyone, and text with codes for pasting back into a field. */
function copy(event: ClipboardEvent, view: EditorView): boolean {
  const { from, to } = view.state.selection.main;
  const { table } = view.state.facet(chipSettings);
  const content = fromDoc(view.state.sliceDoc(from, to), table);
  if (from === to || content.codes.length === 0 || !event.clipboardData) return false;
  event.preventDefault();
  event.clipboardData.setData("text/plain", content.text);
  event.clipboardData.setData(clipboardType, JSON.stringify(content));
  if (event.type === "cut" && !view.state.readOnly) view.dispatch({ changes: { from, to }, userEvent: "delete.cut", scrollIntoView: true });
  return true;
}

/** Pastes text; of the codes that came along only those that the field lacks. */
function paste(event: ClipboardEvent, view: EditorView): boolean {
  const data = event.clipboardData?.getData(clipboardType);
  if (!data || view.state.readOnly) return false;
  const doc = docOfPaste(data, view.state);
  if (doc === undefined) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(doc), { userEvent: "input.paste", scrollIntoView: true });
  return true;
}

function docOfPaste(data: string, state: EditorState): string | undefined {
  const { table } = state.facet(chipSettings);
  const { from, to } = state.selection.main;
  const rest = state.sliceDoc(0, from) + state.sliceDoc(to);
  try {
    const content = JSON.parse(data) as { text: string; codes: Code[] };
    let doc = "";
    let at = 0;
    for (const code of content.codes) {
      const char = table.charOf(code) ?? "";
      doc += stripCodes(content.text.slice(at, code.pos), table) + (rest.includes(char) || doc.includes(char) ? "" : char);
      at = code.pos;
    }
    return oneLine(doc + stripCodes(content.text.slice(at), table));
  } catch {
    return undefined;
  }
}

/** A segment is one sentence: line ends of pasted text become spaces. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ").replace(/^ | $/g, "");
}

const filters: Extension = [
  EditorView.clipboardOutputFilter.of((text, state) => stripCodes(text, state.facet(chipSettings).table)),
  EditorView.clipboardInputFilter.of((text, state) => {
    const plain = stripCodes(text, state.facet(chipSettings).table);
    return /[\r\n]/.test(plain) ? oneLine(plain) : plain;
  }),
];

export function chips(): Extension {
  return [plugin, filters, EditorView.domEventHandlers({ copy, cut: copy, paste })];
}
