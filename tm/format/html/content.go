package html

import (
	"bytes"
	"html"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// content returns the block of the pieces lo to hi, without lead bytes of the
// first and trail bytes of the last, and the native markup of each code by kind
// and ID.
func (r *rewriter) content(ps pieces, lo, hi, lead, trail int) (tm.Content, map[tm.Code][]byte) {
	b := builder{preserve: r.opened["pre"]+r.opened["listing"] > 0, ids: map[int]int{}, native: map[tm.Code][]byte{}}
	for i := lo; i < hi; i++ {
		p := ps[i]
		if p.kind != text {
			b.code(i, p, r.bytes(p))
			continue
		}
		from, to := p.from, p.to
		if i == lo {
			from += lead
		}
		if i == hi-1 {
			to -= trail
		}
		b.add(r.src[from:to])
	}
	return b.finish(), b.native
}

// A builder collects a content. White space is collapsed as a browser shows it,
// unless the text is preformatted.
type builder struct {
	text     strings.Builder
	space    bool // text ends with a space
	preserve bool
	codes    []tm.Code
	ids      map[int]int // of pairs, by the index of the end tag
	last     int         // ID
	native   map[tm.Code][]byte
}

func (b *builder) add(raw []byte) {
	for len(raw) > 0 {
		unit, n := nextUnit(raw)
		raw = raw[n:]
		if !b.preserve && strings.Trim(unit, whiteSpace) == "" {
			b.blank()
			continue
		}
		b.text.WriteString(unit)
		b.space = false
	}
}

func (b *builder) blank() {
	if b.text.Len() > 0 && !b.space {
		b.text.WriteByte(' ')
		b.space = true
	}
}

// code adds the code of piece i. A line break parts words as a space does, so
// that «Rain<br>in Shiraz» is not one word to a memory.
func (b *builder) code(i int, p piece, raw []byte) {
	c := tm.Code{Type: codeType(p.name), Data: string(raw)}
	if p.whole && c.Type != "image" {
		c.Type = "placeholder"
	}
	if c.Type == "break" && !b.preserve {
		b.blank()
	}
	c.Pos = b.text.Len()
	switch {
	case p.kind == open && p.pair >= 0:
		c.Kind, c.ID = tm.Open, b.nextID()
		b.ids[p.pair] = c.ID
	case p.kind == closing && p.pair >= 0:
		c.Kind, c.ID = tm.Close, b.ids[i]
	default:
		c.ID = b.nextID()
	}
	if p.whole || c.Type == "image" {
		b.space = false // it is seen, so the spaces on both sides of it are
	}
	b.native[tm.Code{Kind: c.Kind, ID: c.ID}] = raw
	b.codes = append(b.codes, c)
}

func (b *builder) nextID() int {
	b.last++
	return b.last
}

// finish drops a space that only tags follow.
func (b *builder) finish() tm.Content {
	c := tm.Content{Text: b.text.String(), Codes: b.codes}
	if !b.preserve {
		c.Text = strings.TrimRight(c.Text, whiteSpace)
	}
	for i := range c.Codes {
		c.Codes[i].Pos = min(c.Codes[i].Pos, len(c.Text))
	}
	return c
}

// nextUnit decodes the first character reference, white space or word of raw and
// returns how many bytes it takes.
func nextUnit(raw []byte) (unit string, n int) {
	switch {
	case raw[0] == '&':
		n = 1
		for n < len(raw) && (isAlnum(raw[n]) || raw[n] == '#' && n == 1) {
			n++
		}
		if n < len(raw) && raw[n] == ';' {
			n++
		}
		return html.UnescapeString(string(raw[:n])), n
	case isSpace(raw[0]):
		n = len(raw) - len(bytes.TrimLeft(raw, whiteSpace))
	default:
		if n = bytes.IndexAny(raw, "&"+whiteSpace); n < 0 {
			n = len(raw)
		}
	}
	return string(raw[:n]), n
}

func isAlnum(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// lead returns how many bytes at the start of a text piece stay outside a block:
// white space and direction marks, written as such or as references.
func (r *rewriter) lead(p piece) int {
	if p.kind != text {
		return 0
	}
	n := 0
	for raw := r.src[p.from:p.to]; n < len(raw); {
		unit, size := nextUnit(raw[n:])
		rest := strings.TrimLeftFunc(unit, format.IsEdge)
		if rest != "" {
			if raw[n] != '&' {
				n += size - len(rest)
			}
			break
		}
		n += size
	}
	return n
}

// trail is lead at the end.
func (r *rewriter) trail(p piece) int {
	if p.kind != text {
		return 0
	}
	edge := 0
	for raw := r.src[p.from:p.to]; len(raw) > 0; {
		unit, size := nextUnit(raw)
		rest := strings.TrimRightFunc(unit, format.IsEdge)
		switch {
		case rest == "":
			edge += size
		case raw[0] == '&':
			edge = 0
		default:
			edge = size - len(rest)
		}
		raw = raw[size:]
	}
	return edge
}
