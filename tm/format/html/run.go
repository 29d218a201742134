package html

import (
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

type pieceKind uint8

const (
	text pieceKind = iota
	open
	closing
	alone
	comment
)

// A piece is one token of a run, or one protected element.
type piece struct {
	kind     pieceKind
	name     string
	from, to int
	raw      []byte // the tag with its attributes translated; nil for the original bytes
	whole    bool   // an element kept with all its content
	pair     int    // index of the other tag of the pair, -1 without
}

// A run is the text and inline elements between two block elements.
type run struct {
	pieces
	bytes int  // of text
	words bool // there is something to translate
	whole bool // there are protected elements
}

type pieces []piece

func (r *rewriter) add(p piece) error {
	r.run.pieces = append(r.run.pieces, p)
	if p.kind == text {
		r.run.bytes += p.to - p.from
		r.run.words = r.run.words || hasWords(r.src[p.from:p.to])
	}
	if len(r.run.pieces) > 2*format.MaxCodes || r.run.bytes > format.MaxBlockBytes {
		return format.BlockTooLarge(r.src, r.run.pieces[0].from)
	}
	return nil
}

// hasWords looks at raw text only as far as the first word.
func hasWords(raw []byte) bool {
	for len(raw) > 0 {
		unit, n := nextUnit(raw)
		if format.Translatable(unit) {
			return true
		}
		raw = raw[n:]
	}
	return false
}

func (r *rewriter) bytes(p piece) []byte {
	if p.raw != nil {
		return p.raw
	}
	return r.src[p.from:p.to]
}

// splitAtBreaks ends the block before two line breaks in a row, the paragraph
// mark of many an old page. The second one is about to be added.
func (r *rewriter) splitAtBreaks() error {
	at := len(r.run.pieces)
	for at > 0 && r.run.pieces[at-1].kind == text && r.edge(r.run.pieces[at-1]) {
		at--
	}
	if at == 0 || r.run.pieces[at-1].name != "br" || !r.run.words {
		return nil
	}
	rest := append(pieces(nil), r.run.pieces[at-1:]...)
	r.run.pieces = r.run.pieces[:at-1]
	err := r.flush()
	r.run.pieces = rest
	return err
}

// flush offers the run as a block and writes it.
func (r *rewriter) flush() error {
	ps, words := r.run.pieces, r.run.words
	r.run = run{}
	if !words {
		r.writeHeld(noText)
		r.writePieces(ps)
		return nil
	}
	ps.match()
	lo, hi := r.edges(ps)
	lead, trail := r.lead(ps[lo]), r.trail(ps[hi-1])
	content, native := r.content(ps, lo, hi, lead, trail)
	answer, err := r.translate(format.Block{Key: r.keys.Next(r.place(), content.Text), Content: content})
	if err != nil {
		return err
	}
	if answer == nil {
		r.writeHeld(kept)
		r.writePieces(ps)
		return nil
	}
	r.writeHeld(translated)
	r.writePieces(ps[:lo])
	r.out.Write(r.src[ps[lo].from : ps[lo].from+lead])
	r.writeAnswer(format.Fit(content, *answer), native)
	r.out.Write(r.src[ps[hi-1].to-trail : ps[hi-1].to])
	r.writePieces(ps[hi:])
	return nil
}

func (r *rewriter) place() string {
	if name := r.top().name; name != "" {
		return name
	}
	return "text"
}

func (r *rewriter) writePieces(ps pieces) {
	for _, p := range ps {
		r.out.Write(r.bytes(p))
	}
}

// match pairs the tags of a run by name. Tags left over, as in <b>x<i>y</b></i>
// the ones of i inside b, stand alone.
func (ps pieces) match() {
	var opened []int
	count := map[string]int{}
	for i := range ps {
		ps[i].pair = -1
		switch name := ps[i].name; {
		case ps[i].kind == open:
			opened = append(opened, i)
			count[name]++
		case ps[i].kind == closing && count[name] > 0:
			for ps[opened[len(opened)-1]].name != name {
				count[ps[opened[len(opened)-1]].name]--
				opened = opened[:len(opened)-1]
			}
			j := opened[len(opened)-1]
			opened = opened[:len(opened)-1]
			count[name]--
			ps[i].pair, ps[j].pair = j, i
		}
	}
}

// edges returns the part of a run that makes the block. White space, comments,
// line breaks, pictures, tags without partner and pairs around everything stay
// outside: the sentence «Rain in <b>Shiraz</b>» is the same one in a link.
func (r *rewriter) edges(ps pieces) (lo, hi int) {
	lo, hi = 0, len(ps)
	for lo < hi {
		first, last := ps[lo], ps[hi-1]
		switch {
		case r.edge(first):
			lo++
		case r.edge(last):
			hi--
		case first.kind == open && first.pair == hi-1:
			lo, hi = lo+1, hi-1
		case first.kind == open && r.allEdges(ps[lo+1:first.pair]):
			lo = first.pair + 1
		case last.kind == closing && last.pair >= lo && r.allEdges(ps[last.pair+1:hi-1]):
			hi = last.pair
		default:
			return lo, hi
		}
	}
	return lo, hi
}

func (r *rewriter) allEdges(ps pieces) bool {
	for _, p := range ps {
		if !r.edge(p) {
			return false
		}
	}
	return true
}

func (r *rewriter) edge(p piece) bool {
	switch p.kind {
	case text:
		return r.lead(p) == p.to-p.from
	case alone:
		return edgeElements[p.name] || p.whole && protectedElements[p.name]
	case comment:
		return true
	}
	return p.pair < 0
}

// writeAnswer writes a translation with the codes in their native form.
func (r *rewriter) writeAnswer(c tm.Content, native map[tm.Code][]byte) {
	at := 0
	for _, code := range c.Codes {
		r.out.WriteString(escapeText(c.Text[at:code.Pos]))
		r.out.Write(native[tm.Code{Kind: code.Kind, ID: code.ID}])
		at = code.Pos
	}
	r.out.WriteString(escapeText(strings.ReplaceAll(c.Text[at:], "\x00", "")))
}
