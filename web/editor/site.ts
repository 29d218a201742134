// The small scripts of the pages other than the segment editor.
export {};
