package main

import "unicode/utf8"

// A place converts byte offsets of a text into code points, the unit of the
// command line. It walks from the last offset asked for, so that neighbouring
// ones are cheap.
type place struct {
	text         string
	bytes, runes int
}

// runesAt returns how many code points stand before the byte offset.
func (p *place) runesAt(offset int) int {
	if offset >= p.bytes {
		p.runes += utf8.RuneCountInString(p.text[p.bytes:offset])
	} else {
		p.runes -= utf8.RuneCountInString(p.text[offset:p.bytes])
	}
	p.bytes = offset
	return p.runes
}
