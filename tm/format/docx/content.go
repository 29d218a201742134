package docx

import (
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/internal/xmlspan"
)

// A para is a paragraph as content, with what its codes stand for.
type para struct {
	node    *xmlspan.Node
	pPr     *xmlspan.Node // nil when it has none
	content tm.Content
	codes   map[int]*code
	anchors []anchor
	base    *look // of text outside of all codes
	complex bool  // it holds right-to-left text or runs that way
	broken  bool  // rewriting could do harm
}

// A code is what a tm.Code of the paragraph stands for: markup that stays one
// piece (raw), an element around text (pair), or a change of formatting (look).
type code struct {
	raw  []xmlspan.Piece
	pair *pair
	look *look
	base *look // of a pair: the formatting of the text in it; of a look: that around it
}

// An anchor is markup of no width that no translation can lose. It stands
// before the byte pos of the text.
type anchor struct {
	pos int
	raw []xmlspan.Piece
}

func (p *para) offered() bool { return !p.broken && format.Translatable(p.content.Text) }

func (p *para) tooLarge() bool {
	return len(p.content.Codes) > format.MaxCodes || len(p.content.Text) > format.MaxBlockBytes
}

// read reads a paragraph and moves the fields of the story on.
func (s *story) read(n *xmlspan.Node) *para {
	p := &para{node: n, pPr: child(n, "pPr"), codes: map[int]*code{}}
	z := &atomizer{story: s, pStyle: attr(child(p.pPr, "pStyle"), "val")}
	z.children(n)
	f := &folder{open: s.fields}
	atoms := f.fold(z.atoms)
	s.fields = f.open
	s.indexes = append(s.indexes, f.indexes...)
	p.broken = z.broken || z.deleted != 0 || f.broken
	p.complex = isComplex(p.pPr, atoms)
	b := &builder{para: p, styles: s.styles, pStyle: z.pStyle, atoms: atoms, looks: map[*xmlspan.Node]*look{}}
	b.build()
	return p
}

func isComplex(pPr *xmlspan.Node, atoms []atom) bool {
	if on(child(pPr, "bidi")) || on(child(child(pPr, "rPr"), "rtl")) {
		return true
	}
	for _, a := range atoms {
		if a.kind == textAtom && on(child(child(a.run, "rPr"), "rtl")) {
			return true
		}
	}
	return false
}

func on(n *xmlspan.Node) bool { return n != nil && propValue(n) == "1" }

// A builder makes the content of a paragraph from its atoms.
type builder struct {
	*para
	styles *styles
	pStyle string
	atoms  []atom
	looks  map[*xmlspan.Node]*look
	of     []*look // of every text atom
	before []int   // of every atom: the last text or pair atom before it, -1 for none
	after  []int   // of every atom: the next text or pair atom after it
	text   strings.Builder
	nextID int
	stack  []*span // open pairs, the paragraph itself first
	shown  *look   // the open change of formatting, nil for none
	id     int     // its code
}

// A span is the paragraph or a pair, with the formatting most of its own text
// has.
type span struct {
	pair *pair
	id   int
	base *look
}

func (b *builder) build() {
	b.link()
	b.readLooks()
	bases := b.bases()
	b.base = bases[nil]
	b.stack = []*span{{base: b.base}}
	for i, a := range b.atoms {
		switch a.kind {
		case textAtom:
			b.show(b.of[i])
			b.text.WriteString(a.text)
		case openAtom:
			b.show(nil)
			b.push(a.pair, bases[a.pair])
		case closeAtom:
			b.show(nil)
			b.pop(a.pair)
		case aloneAtom:
			b.settle(i)
			b.nextID++
			b.codes[b.nextID] = &code{raw: a.raw}
			b.emit(tm.Alone, b.nextID, a.typ)
		case anchorAtom:
			b.anchors = append(b.anchors, anchor{b.text.Len(), a.raw})
		}
	}
	b.show(nil)
	b.broken = b.broken || len(b.stack) != 1
	b.content.Text = b.text.String()
}

// show makes l the formatting of the text to come; nil ends the change there is.
func (b *builder) show(l *look) {
	base := b.stack[len(b.stack)-1].base
	if l != nil && l.key == base.key {
		l = nil
	}
	if l != nil && b.shown != nil && l.key == b.shown.key {
		return
	}
	if b.shown != nil {
		b.emit(tm.Close, b.id, b.shown.typeAgainst(base))
	}
	b.shown = l
	if l == nil {
		return
	}
	b.nextID++
	b.id = b.nextID
	b.codes[b.id] = &code{look: l, base: base}
	b.emit(tm.Open, b.id, l.typeAgainst(base))
}

// settle ends the change of formatting before a code unless it goes on after it.
func (b *builder) settle(at int) {
	if after := b.lookAt(b.after[at]); b.shown != nil && (after == nil || after.key != b.shown.key) {
		b.show(nil)
	}
}

func (b *builder) push(p *pair, base *look) {
	b.nextID++
	b.codes[b.nextID] = &code{pair: p, base: base}
	b.stack = append(b.stack, &span{p, b.nextID, base})
	b.emit(tm.Open, b.nextID, p.typ)
}

func (b *builder) pop(p *pair) {
	top := b.stack[len(b.stack)-1]
	if top.pair != p || len(b.stack) == 1 {
		b.broken = true
		return
	}
	b.emit(tm.Close, top.id, p.typ)
	b.stack = b.stack[:len(b.stack)-1]
}

// emit adds a code to the content.
func (b *builder) emit(kind tm.CodeKind, id int, typ string) {
	c := tm.Code{Pos: b.text.Len(), Kind: kind, ID: id, Type: typ, Data: b.codes[id].data(b.node, kind)}
	b.content.Codes = append(b.content.Codes, c)
}

// data shows a code to people.
func (c *code) data(n *xmlspan.Node, kind tm.CodeKind) string {
	switch {
	case c.look != nil && kind == tm.Open && c.look.rPr != nil:
		return shorten(string(c.look.rPr.Bytes()))
	case c.pair != nil && kind == tm.Open:
		return excerpt(n, c.pair.open)
	case c.pair != nil:
		return excerpt(n, c.pair.close)
	}
	return excerpt(n, c.raw)
}

func excerpt(n *xmlspan.Node, raw []xmlspan.Piece) string {
	src, out := n.Bytes(), ""
	for _, p := range raw {
		if len(out) > maxData {
			break
		}
		out += string(src[p.From-n.Start : min(p.To, p.From+maxData)-n.Start])
	}
	return shorten(out)
}

const maxData = 200 // bytes of Code.Data

func shorten(s string) string {
	if len(s) <= maxData {
		return s
	}
	return strings.ToValidUTF8(s[:maxData], "") + "…"
}
