package markdown

import (
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// A block is what a translator gets of some pieces: the content in the middle.
// Lead and trail are written as they were.
type block struct {
	content     tm.Content
	lead, trail string
	native      map[tm.Code]string // by kind and ID
	from, to    int                // of an image's words, in the raw image
}

// newBlock makes the block of some pieces; ok is false when there is nothing to
// translate but code.
func newBlock(ps []piece) (b block, ok bool) {
	if !hasWords(ps) {
		return block{}, false
	}
	lo, hi := edges(ps)
	inner := append([]piece(nil), ps[lo:hi]...)
	for i := range inner {
		if inner[i].pair >= 0 {
			inner[i].pair -= lo
		}
	}
	b.lead, b.trail = native(ps[:lo])+trimFirst(&inner[0]), trimLast(&inner[len(inner)-1])+native(ps[hi:])
	b.content, b.native = contentOf(inner)
	return b, true
}

// hasWords reports whether there are words outside code spans.
func hasWords(ps []piece) bool {
	inCode := 0
	for _, p := range ps {
		switch {
		case p.kind == open && p.typ == "code":
			inCode++
		case p.kind == closing && p.typ == "code":
			inCode--
		case p.kind == word && inCode == 0 && format.Translatable(p.text):
			return true
		}
	}
	return false
}

// edges returns the part of the pieces that makes the block: without white
// space, breaks, images, comments and pairs around everything.
func edges(ps []piece) (lo, hi int) {
	lo, hi = 0, len(ps)
	for lo < hi {
		first, last := ps[lo], ps[hi-1]
		switch {
		case first.edge():
			lo++
		case last.edge():
			hi--
		case first.kind == open && first.typ != "code" && first.pair == hi-1:
			lo, hi = lo+1, hi-1
		case first.kind == open && allEdges(ps[lo+1:first.pair]):
			lo = first.pair + 1
		case last.kind == closing && last.pair >= lo && allEdges(ps[last.pair+1:hi-1]):
			hi = last.pair
		default:
			return lo, hi
		}
	}
	return lo, hi
}

func (p piece) edge() bool {
	switch p.kind {
	case word:
		return strings.TrimFunc(p.raw, format.IsEdge) == ""
	case alone:
		return p.typ == "break" || p.typ == "image" || p.typ == "format"
	}
	return false
}

func allEdges(ps []piece) bool {
	for _, p := range ps {
		if !p.edge() {
			return false
		}
	}
	return true
}

// trimFirst cuts what stands only at the edge from a first piece and returns it.
func trimFirst(p *piece) string {
	if p.kind != word {
		return ""
	}
	rest := strings.TrimLeftFunc(p.raw, format.IsEdge)
	cut := p.raw[:len(p.raw)-len(rest)]
	p.raw, p.text = rest, decode(rest)
	return cut
}

func trimLast(p *piece) string {
	if p.kind != word {
		return ""
	}
	rest := strings.TrimRightFunc(p.raw, format.IsEdge)
	cut := p.raw[len(rest):]
	p.raw, p.text = rest, decode(rest)
	return cut
}

// contentOf collects words and codes. White space is collapsed as it is shown,
// and a break parts words as a space does.
func contentOf(ps []piece) (tm.Content, map[tm.Code]string) {
	b := builder{native: map[tm.Code]string{}, ids: map[int]int{}}
	for i, p := range ps {
		switch p.kind {
		case word:
			b.words(p.text, i > 0 && ps[i-1].kind == open && ps[i-1].typ == "code")
		default:
			b.code(i, p)
		}
	}
	return b.finish(), b.native
}

type builder struct {
	text   strings.Builder
	space  bool // text ends with a space
	codes  []tm.Code
	ids    map[int]int // of pairs, by the index of the closing piece
	last   int
	native map[tm.Code]string
}

func (b *builder) words(s string, exact bool) {
	for _, r := range s {
		if !exact && (r == ' ' || r == '\t' || r == '\n' || r == '\r') {
			b.blank()
			continue
		}
		b.text.WriteRune(r)
		b.space = false
	}
}

func (b *builder) blank() {
	if b.text.Len() > 0 && !b.space {
		b.text.WriteByte(' ')
		b.space = true
	}
}

func (b *builder) code(i int, p piece) {
	if p.typ == "break" {
		b.blank()
	}
	c := tm.Code{Pos: b.text.Len(), Type: p.typ, Data: p.raw}
	switch {
	case p.kind == open:
		b.last++
		c.Kind, c.ID = tm.Open, b.last
		b.ids[p.pair] = c.ID
	case p.kind == closing:
		c.Kind, c.ID = tm.Close, b.ids[i]
	default:
		b.last++
		c.ID = b.last
	}
	if p.kind == alone && p.typ != "break" {
		b.space = false
	}
	b.native[tm.Code{Kind: c.Kind, ID: c.ID}] = p.written()
	b.codes = append(b.codes, c)
}

// finish drops a space that only codes follow.
func (b *builder) finish() tm.Content {
	c := tm.Content{Text: strings.TrimRight(b.text.String(), " "), Codes: b.codes}
	for i := range c.Codes {
		c.Codes[i].Pos = min(c.Codes[i].Pos, len(c.Text))
	}
	return c
}
