package docx

import (
	"cmp"
	"slices"
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

// link finds the neighbours of every atom, passing over codes and anchors.
func (b *builder) link() {
	n := len(b.atoms)
	b.before, b.after = make([]int, n), make([]int, n)
	last := -1
	for i, a := range b.atoms {
		b.before[i] = last
		if a.kind <= closeAtom && a.kind != aloneAtom {
			last = i
		}
	}
	next := n
	for i := n - 1; i >= 0; i-- {
		b.after[i] = next
		if k := b.atoms[i].kind; k <= closeAtom && k != aloneAtom {
			next = i
		}
	}
}

// readLooks gives every text atom its look. White space between two pieces of
// one look has that look too, unless it can be seen.
func (b *builder) readLooks() {
	b.of = make([]*look, len(b.atoms))
	for i, a := range b.atoms {
		if a.kind == textAtom {
			b.of[i] = b.lookOf(a.run)
		}
	}
	for i, a := range b.atoms {
		if a.kind != textAtom || !blank(a.text) ||
			b.of[i].has("u", "strike", "dstrike", "highlight", "shd", "bdr") {
			continue
		}
		before, after := b.lookAt(b.before[i]), b.lookAt(b.after[i])
		if before != nil && after != nil && before.key == after.key {
			b.of[i] = before
		}
	}
}

// blank reports whether a text is only spaces; those of fixed width count as
// something, forms are filled with them.
func blank(text string) bool { return strings.Trim(text, " ") == "" }

// lookAt returns the look of a text atom, nil where there is none.
func (b *builder) lookAt(i int) *look {
	if i < 0 || i >= len(b.of) {
		return nil
	}
	return b.of[i]
}

func (b *builder) lookOf(run *xmlspan.Node) *look {
	if l := b.looks[run]; l != nil {
		return l
	}
	l := b.styles.look(b.pStyle, child(run, "rPr"), b.complex)
	b.looks[run] = l
	return l
}

// bases returns the formatting that needs no codes, in every pair and, under
// nil, outside of pairs: without emphasis if there is such text, then what comes
// most often, the plainest, the first. The length of the text counts for
// nothing, so that a translation of any length has the same base.
func (b *builder) bases() map[*pair]*look {
	counts := map[*pair]*tally{nil: {}}
	stack := []*pair{nil}
	last := "" // look of the piece of text just counted
	for i, a := range b.atoms {
		inner := stack[len(stack)-1]
		switch a.kind {
		case textAtom:
			if !blank(a.text) {
				last = counts[inner].add(b.of[i], last)
			} else if "="+b.of[i].key != last {
				last = ""
			}
			continue
		case aloneAtom, anchorAtom:
			continue
		case openAtom:
			stack = append(stack, a.pair)
			counts[a.pair] = &tally{}
		case closeAtom:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		}
		last = ""
	}
	bases := map[*pair]*look{}
	for p, c := range counts {
		if bases[p] = c.best(); bases[p] == nil {
			bases[p] = b.styles.look(b.pStyle, nil, b.complex)
		}
	}
	return bases
}

// A tally counts the pieces of text of every look.
type tally struct {
	looks  []*look
	pieces map[string]int
}

// add counts a piece unless it goes on with the look of the one before, and
// returns a mark of its own look.
func (t *tally) add(l *look, last string) string {
	if t.pieces == nil {
		t.pieces = map[string]int{}
	}
	mark := "=" + l.key
	if t.pieces[l.key] == 0 {
		t.looks = append(t.looks, l)
	}
	if mark != last {
		t.pieces[l.key]++
	}
	return mark
}

func (t *tally) best() *look {
	if len(t.looks) == 0 {
		return nil
	}
	return slices.MinFunc(t.looks, func(a, b *look) int {
		emphasisA, allA := a.count()
		emphasisB, allB := b.count()
		return cmp.Or(
			cmp.Compare(emphasisA, emphasisB),
			cmp.Compare(t.pieces[b.key], t.pieces[a.key]),
			cmp.Compare(allA, allB))
	})
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
