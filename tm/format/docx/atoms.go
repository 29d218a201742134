package docx

import (
	"strings"

	"tarjoman/tm/format/internal/xmlspan"
)

// An atom is the smallest thing a paragraph is made of: a piece of text, or
// markup that becomes a code, an anchor or part of a field.
type atom struct {
	kind atomKind
	text string          // of textAtom and of instrAtom
	run  *xmlspan.Node   // the w:r it stands in, nil outside of runs
	raw  []xmlspan.Piece // repeats the markup
	typ  string          // code type of aloneAtom
	mark *xmlspan.Node   // the w:fldChar of beginAtom
	pair *pair           // of openAtom and closeAtom
}

type atomKind uint8

const (
	textAtom     atomKind = iota
	aloneAtom             // becomes a code
	openAtom              // begins a pair
	closeAtom             // ends it
	anchorAtom            // stays whatever the translation is
	beginAtom             // w:fldChar begin
	instrAtom             // w:instrText
	separateAtom          // w:fldChar separate
	endAtom               // w:fldChar end
)

// A pair is an element around inline text that a translation can move.
type pair struct {
	typ         string
	open, close []xmlspan.Piece
}

// An atomizer turns the children of a paragraph into atoms.
type atomizer struct {
	story   *story
	pStyle  string
	atoms   []atom
	broken  bool // half of a field is deleted: rewriting would lose its other half
	deleted int  // fields open in deleted text
}

func (z *atomizer) children(n *xmlspan.Node) {
	for c := range n.Elements() {
		z.inline(c)
	}
}

func (z *atomizer) inline(n *xmlspan.Node) {
	switch name := word(n); name {
	case "r":
		z.run(n)
	case "ins", "moveTo", "smartTag", "customXml", "dir", "bdo":
		z.children(n)
	case "pPr", "smartTagPr", "customXmlPr", "proofErr":
	case "del", "moveFrom":
		z.skip(n)
	case "hyperlink":
		z.wrap(n, n, "link")
	case "fldSimple":
		z.simpleField(n)
	case "sdt":
		z.control(n)
	default:
		if isRange(name) {
			z.add(atom{kind: anchorAtom, raw: whole(n)})
			return
		}
		z.add(atom{kind: aloneAtom, typ: typeOf(n), raw: whole(n)})
	}
}

func (z *atomizer) add(a atom) { z.atoms = append(z.atoms, a) }

func whole(n *xmlspan.Node) []xmlspan.Piece {
	return []xmlspan.Piece{xmlspan.Span(n.Start, n.End)}
}

// isRange reports whether an element of that name only marks a place.
func isRange(name string) bool {
	switch name {
	case "bookmarkStart", "bookmarkEnd", "permStart", "permEnd":
		return true
	}
	return strings.HasSuffix(name, "RangeStart") || strings.HasSuffix(name, "RangeEnd")
}

// typeOf returns the code type of markup we keep as it is.
func typeOf(n *xmlspan.Node) string {
	switch n.Local() {
	case "drawing", "pict", "object", "AlternateContent", "contentPart":
		return "image"
	case "br", "cr", "tab", "ptab":
		return "break"
	case "footnoteReference", "endnoteReference":
		return "note"
	case "pgNum", "dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong", "fldSimple":
		return "field"
	}
	return "placeholder"
}

// wrap makes a pair of the tags of n around the text in content.
func (z *atomizer) wrap(n, content *xmlspan.Node, typ string) {
	if content.CloseStart == content.End {
		z.add(atom{kind: anchorAtom, raw: whole(n)})
		return
	}
	p := &pair{
		typ:   typ,
		open:  []xmlspan.Piece{xmlspan.Span(n.Start, content.OpenEnd)},
		close: []xmlspan.Piece{xmlspan.Span(content.CloseStart, n.End)},
	}
	z.add(atom{kind: openAtom, pair: p})
	z.children(content)
	z.add(atom{kind: closeAtom, pair: p})
}

func (z *atomizer) simpleField(n *xmlspan.Node) {
	if freeField(attr(n, "instr")) {
		z.wrap(n, n, "link")
		return
	}
	z.add(atom{kind: aloneAtom, typ: "field", raw: whole(n)})
}

// control reads a content control. Choices, dates, check boxes and pictures show
// a value Word keeps elsewhere and stay as they are.
func (z *atomizer) control(n *xmlspan.Node) {
	content, pr := child(n, "sdtContent"), child(n, "sdtPr")
	fixed := content == nil
	if pr != nil {
		for c := range pr.Elements() {
			switch c.Local() {
			case "checkbox", "picture", "date", "dropDownList", "comboBox", "citation", "bibliography", "equation":
				fixed = true
			}
		}
	}
	if fixed {
		z.add(atom{kind: aloneAtom, typ: "placeholder", raw: whole(n)})
		return
	}
	z.wrap(n, content, "format")
}

// skip passes over deleted text, keeping the anchors in it.
func (z *atomizer) skip(n *xmlspan.Node) {
	for c := range n.Elements() {
		switch name := word(c); {
		case isRange(name):
			z.add(atom{kind: anchorAtom, raw: whole(c)})
		case name == "fldChar" && attr(c, "fldCharType") == "begin":
			z.deleted++
		case name == "fldChar" && attr(c, "fldCharType") == "end":
			z.deleted--
			z.broken = z.broken || z.deleted < 0
		default:
			z.skip(c)
		}
	}
}

func (z *atomizer) run(r *xmlspan.Node) {
	hidden := z.story.styles.hidden(z.pStyle, child(r, "rPr"))
	for c := range r.Elements() {
		if word(c) != "rPr" {
			z.runChild(r, c, hidden)
		}
	}
}

func (z *atomizer) runChild(r, c *xmlspan.Node, hidden bool) {
	a := atom{kind: aloneAtom, run: r, raw: inRun(r, c), typ: typeOf(c)}
	switch word(c) {
	case "t":
		a.kind, a.text = textAtom, runText(c)
	case "noBreakHyphen":
		a.kind, a.text = textAtom, nonBreakingHyphen
	case "softHyphen":
		a.kind, a.text = textAtom, softHyphen
	case "footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator", "commentReference":
		a.kind = anchorAtom
	case "fldChar":
		a.kind, a.mark = fieldChar(c), c
	case "instrText":
		a.kind, a.text = instrAtom, c.Text()
	case "lastRenderedPageBreak", "delText", "delInstrText":
		return
	}
	if a.kind == textAtom && hidden {
		a.kind, a.typ = aloneAtom, "placeholder"
	}
	if a.kind != textAtom || a.text != "" {
		z.add(a)
	}
}

func fieldChar(n *xmlspan.Node) atomKind {
	switch attr(n, "fldCharType") {
	case "begin":
		return beginAtom
	case "separate":
		return separateAtom
	case "end":
		return endAtom
	}
	return anchorAtom
}

const (
	nonBreakingHyphen = "\u2011"
	softHyphen        = "\u00AD"
)

// inRun repeats one child of a run in a run of its own.
func inRun(r, c *xmlspan.Node) []xmlspan.Piece {
	raw := []xmlspan.Piece{xmlspan.Span(r.Start, r.OpenEnd)}
	if pr := child(r, "rPr"); pr != nil {
		raw = append(raw, xmlspan.Span(pr.Start, pr.End))
	}
	return append(raw, xmlspan.Span(c.Start, c.End), xmlspan.Span(r.CloseStart, r.End))
}

// runText returns the text of w:t; without xml:space="preserve" the edges are
// layout of the file, not of the text.
func runText(t *xmlspan.Node) string {
	if space, _ := t.Attr(nsXML, "space"); space == "preserve" {
		return t.Text()
	}
	return strings.Trim(t.Text(), " \t\r\n")
}
