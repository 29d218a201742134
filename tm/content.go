package tm

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// CodeKind says how an inline code stands in its text.
type CodeKind uint8

const (
	Alone CodeKind = iota // a code without a partner: line break, image, placeholder
	Open                  // begins a span that a Close with the same ID ends
	Close                 // ends the span that the Open with the same ID began
)

// String returns "alone", "open" or "close", the words used in JSON.
func (k CodeKind) String() string {
	switch k {
	case Open:
		return "open"
	case Close:
		return "close"
	}
	return "alone"
}

// ParseCodeKind is the inverse of [CodeKind.String]; ok is false for any other
// word.
func ParseCodeKind(s string) (kind CodeKind, ok bool) {
	switch s {
	case "alone":
		return Alone, true
	case "open":
		return Open, true
	case "close":
		return Close, true
	}
	return Alone, false
}

// A Code is one inline code of a [Content]: formatting, a link, an image, a
// placeholder. It stands before the byte Pos of the text. Open and Close with
// the same ID belong together. IDs are at least 1 and unique within one block
// (a pair shares one), so that a translation can name the codes of its source.
//
// Type is one of the shared words: bold, italic, underline, strike, sub, sup,
// link, image, code, break, note, field, placeholder, format (any other).
// Data is the native markup, for people and for exchange files only; formats
// write their own markup back by ID and never trust Data.
type Code struct {
	Pos  int
	Kind CodeKind
	ID   int
	Type string
	Data string
}

// A Content is plain text with inline codes kept apart from it. Text holds no
// markup. Codes are ordered by Pos; codes at the same Pos stand in slice order.
// The zero value is the empty content.
type Content struct {
	Text  string
	Codes []Code
}

// Plain returns a content without codes.
func Plain(text string) Content { return Content{Text: text} }

// IsZero reports whether c has neither text nor codes.
func (c Content) IsZero() bool { return c.Text == "" && len(c.Codes) == 0 }

// Equal reports whether both contents have the same text and the same codes at
// the same places. Data is not compared: it is only a picture of the markup.
func (c Content) Equal(d Content) bool {
	return c.Text == d.Text && slices.EqualFunc(c.Codes, d.Codes, func(a, b Code) bool {
		a.Data, b.Data = "", ""
		return a == b
	})
}

// Slice returns the part of c between the byte offsets from and to, with the
// codes that belong to it. At an edge shared by two parts, a Close goes to the
// part before and an Open or Alone to the part after; the outermost edges keep
// everything. So cutting c at any offsets and joining the parts with [Join]
// gives c back. It panics when the offsets are out of range.
func (c Content) Slice(from, to int) Content {
	part := Content{Text: c.Text[from:to]}
	for i, code := range c.Codes {
		if !c.codeInside(i, from, to) {
			continue
		}
		code.Pos -= from
		part.Codes = append(part.Codes, code)
	}
	return part
}

// codeInside reports whether the part from..to owns code i. An edge inside the
// text owns, of the codes at that offset, those up to the last Close of the
// leading run for the part before, and the rest for the part after.
func (c Content) codeInside(i, from, to int) bool {
	pos := c.Codes[i].Pos
	afterStart := pos > from || pos == from && (from == 0 || !c.closesBefore(i))
	beforeEnd := pos < to || pos == to && (to == len(c.Text) || c.closesBefore(i))
	return afterStart && beforeEnd
}

// closesBefore reports whether code i belongs to the text before it: it is a
// Close, and every code at the same offset before it is one too.
func (c Content) closesBefore(i int) bool {
	for j := i; j >= 0 && c.Codes[j].Pos == c.Codes[i].Pos; j-- {
		if c.Codes[j].Kind != Close {
			return false
		}
	}
	return true
}

// Join concatenates contents.
func Join(parts ...Content) Content {
	var text strings.Builder
	var codes []Code
	for _, p := range parts {
		for _, code := range p.Codes {
			code.Pos += text.Len()
			codes = append(codes, code)
		}
		text.WriteString(p.Text)
	}
	return Content{Text: text.String(), Codes: codes}
}

// Runes returns the codes with Pos counted in Unicode code points, the unit of
// the command line. Positions are those of valid UTF-8 text.
func (c Content) Runes() []Code { return c.recount(utf8.RuneCountInString) }

// UTF16 returns the codes with Pos counted in UTF-16 units, the unit of the
// browser.
func (c Content) UTF16() []Code { return c.recount(utf16Len) }

func (c Content) recount(length func(string) int) []Code {
	codes := slices.Clone(c.Codes)
	at, n := 0, 0
	for i := range codes {
		n += length(c.Text[at:codes[i].Pos])
		at = codes[i].Pos
		codes[i].Pos = n
	}
	return codes
}

// FromRunes builds a content from codes whose Pos counts Unicode code points.
// It reports false when a position lies outside the text or the codes are not
// in order.
func FromRunes(text string, codes []Code) (Content, bool) {
	return fromUnits(text, codes, func(rune) int { return 1 })
}

// FromUTF16 builds a content from codes whose Pos counts UTF-16 units. It
// reports false when a position lies outside the text, inside a surrogate pair,
// or the codes are not in order.
func FromUTF16(text string, codes []Code) (Content, bool) {
	return fromUnits(text, codes, utf16Width)
}

func fromUnits(text string, codes []Code, width func(rune) int) (Content, bool) {
	c := Content{Text: text, Codes: slices.Clone(codes)}
	at, n := 0, 0
	for i := range c.Codes {
		for n < c.Codes[i].Pos && at < len(text) {
			r, size := utf8.DecodeRuneInString(text[at:])
			at += size
			n += width(r)
		}
		if n != c.Codes[i].Pos {
			return Content{}, false
		}
		c.Codes[i].Pos = at
	}
	return c, true
}

func utf16Width(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16Width(r)
	}
	return n
}
