package exchange

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm"
)

// WriteTBX writes concepts as the header asks; the zero header gives TBX-Basic,
// version 3, style dca. [ReadTBX] gives the concepts back, only with the terms
// of each language beside each other, statuses that are none of the four taken
// as missing, and the numbers of properties counted anew.
//
// Nothing is written when a text holds a character that XML cannot hold, a term
// any control character; the error is exchange.tbx_character (concept,
// character).
func WriteTBX(w io.Writer, h TBXInfo, concepts []tm.Concept) error {
	for i := range concepts {
		if err := checkTexts(&concepts[i], i+1); err != nil {
			return err
		}
	}
	x := tbxWriter{info: h.withDefaults(), w: w}
	x.begin()
	ids, byKey := conceptIDs(concepts)
	for i := range concepts {
		e := entryOf(&concepts[i], ids[i], byKey)
		x.entry(&e)
	}
	x.raw("</body>")
	if n := parseNode(h.Back); h.Back != "" && n != nil {
		x.raw("\n")
		x.node(n, false)
	}
	x.raw("</text></" + x.name("tbx") + ">\n")
	x.flush()
	return x.err
}

// checkTexts reports a character that cannot be written.
func checkTexts(c *tm.Concept, number int) error {
	bad := illegal(c.Key, string(c.Type), c.Domain, c.Note)
	for _, s := range c.See {
		bad = bad + illegal(s)
	}
	bad += illegalProps(c.Props)
	for i := range c.Terms {
		t := &c.Terms[i]
		if at := strings.IndexFunc(t.Text, unicode.IsControl); at >= 0 {
			r, _ := utf8.DecodeRuneInString(t.Text[at:])
			bad += fmt.Sprintf("U+%04X", r)
		}
		bad += illegal(t.Text, t.POS, t.Note, t.Source, string(t.Case)) + illegalProps(t.Props)
	}
	if bad == "" {
		return nil
	}
	name := c.Key
	if name == "" && len(c.Terms) > 0 {
		name = c.Terms[0].Text
	}
	return tm.NewError(tm.Invalid, "exchange.tbx_character", "concept", clip(strings.ToValidUTF8(name, "")), "number", number, "character", clip(bad))
}

func illegalProps(props map[string]string) string {
	bad := ""
	for _, key := range slices.Sorted(maps.Keys(props)) {
		bad += illegal(key, props[key])
	}
	return bad
}

// illegal names the first character of the texts that XML cannot hold.
func illegal(texts ...string) string {
	for _, s := range texts {
		if !utf8.ValidString(s) {
			return "UTF-8"
		}
		if at := strings.IndexFunc(s, func(r rune) bool { return !legalXML(r) }); at >= 0 {
			r, _ := utf8.DecodeRuneInString(s[at:])
			return fmt.Sprintf("U+%04X", r)
		}
	}
	return ""
}

// tbxWriter writes markup in the version, dialect and style of its info and
// keeps the first error.
type tbxWriter struct {
	info TBXInfo
	w    io.Writer
	buf  []byte
	err  error
}

func (x *tbxWriter) raw(s string) { x.buf = append(x.buf, s...) }

func (x *tbxWriter) flush() {
	if x.err == nil && len(x.buf) > 0 {
		_, x.err = x.w.Write(x.buf)
	}
	x.buf = x.buf[:0]
}

// oldNames are the names of version 2.
var oldNames = map[string]string{
	"tbx": "martif", "tbxHeader": "martifHeader", "conceptEntry": "termEntry", "langSec": "langSet", "termSec": "tig",
	"refObjectSec": "refObjectList",
}

func (x *tbxWriter) name(name string) string {
	if old, ok := oldNames[name]; ok && x.info.Version == 2 {
		return old
	}
	return name
}

func (x *tbxWriter) attr(name, value string) {
	x.raw(" " + name + `="`)
	x.buf = appendXML(x.buf, value, true)
	x.raw(`"`)
}

// appendXML appends s escaped. White space in an attribute would be read as
// spaces, and CR in a text as LF.
func appendXML(dst []byte, s string, attr bool) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '<':
			dst = append(dst, "&lt;"...)
		case c == '>':
			dst = append(dst, "&gt;"...)
		case c == '&':
			dst = append(dst, "&amp;"...)
		case c == '\r':
			dst = append(dst, "&#13;"...)
		case attr && c == '"':
			dst = append(dst, "&quot;"...)
		case attr && c == '\t':
			dst = append(dst, "&#9;"...)
		case attr && c == '\n':
			dst = append(dst, "&#10;"...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func (x *tbxWriter) begin() {
	x.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	if x.info.Version == 2 {
		x.raw("<!DOCTYPE martif SYSTEM \"TBXcoreStructV02.dtd\">\n<martif")
		x.attr("type", x.info.Dialect)
	} else {
		x.raw("<tbx")
		x.attr("type", x.info.Dialect)
		x.attr("style", x.info.Style)
		x.attr("xmlns", tbxSpace)
		if x.info.Style == "dct" {
			x.attr("xmlns:min", tbxModules+"min")
			x.attr("xmlns:basic", tbxModules+"basic")
		}
	}
	x.attr("xml:lang", "en")
	x.raw(">\n")
	x.header()
	x.raw("\n<text><body>\n")
}

func (x *tbxWriter) header() {
	n := parseNode(x.info.Header)
	if x.info.Header == "" || n == nil {
		n = newHeader(x.info.Title)
	}
	x.node(n, false)
}

func newHeader(title string) *tbxNode {
	element := func(name string, kids ...tbxNode) tbxNode { return tbxNode{name: name, kids: kids} }
	source := element("sourceDesc", element("p", tbxNode{text: "Tarjoman"}))
	file := element("fileDesc", source)
	if title != "" {
		file.kids = []tbxNode{element("titleStmt", element("title", tbxNode{text: title})), source}
	}
	n := element("tbxHeader", file)
	return &n
}

func (x *tbxWriter) entry(e *tbxEntry) {
	x.raw("<" + x.name("conceptEntry"))
	x.attr("id", e.id)
	items := x.attrs("conceptEntry", e.items)
	x.raw(">\n")
	x.items(items, atConcept)
	for i := range e.langs {
		x.lang(&e.langs[i])
	}
	x.raw("</" + x.name("conceptEntry") + ">\n")
	if len(x.buf) > 64<<10 {
		x.flush()
	}
}

// attrs writes the attributes among the items, one of a name, and returns the
// other items.
func (x *tbxWriter) attrs(element string, items []tbxItem) []tbxItem {
	var rest []tbxItem
	written := map[string]bool{}
	for _, it := range items {
		name, ok := strings.CutPrefix(it.kind, element+":")
		if it.name != itemAttr || !ok || written[name] || !x.attrAllowed(element, name) {
			rest = append(rest, it)
			continue
		}
		written[name] = true
		x.attr(name, it.text)
	}
	return rest
}

func (x *tbxWriter) attrAllowed(element, name string) bool {
	switch name {
	case "xmlns", "xml:space", "id":
		return name == "id" && element != "conceptEntry"
	case "xml:lang", "lang":
		return element != "langSec"
	}
	prefix, _, found := strings.Cut(name, ":")
	return nameLen([]byte(name)) == len(name) && name != "" && (!found || prefix == "xml")
}

func (x *tbxWriter) lang(l *tbxLang) {
	x.raw("<" + x.name("langSec"))
	x.attr("xml:lang", l.tag.String())
	items := x.attrs("langSec", l.items)
	x.raw(">\n")
	x.items(items, atLang)
	for i := range l.terms {
		x.term(&l.terms[i])
	}
	x.raw("</" + x.name("langSec") + ">\n")
}

// term writes a term section: the term, its notes, then everything else.
func (x *tbxWriter) term(t *tbxTerm) {
	x.raw("<" + x.name("termSec"))
	items := x.attrs("termSec", t.items)
	x.raw("><term")
	items = x.attrs("term", items)
	x.content(&t.text, false)
	x.raw("</term>\n")
	x.items(items, atTerm)
	x.raw("</" + x.name("termSec") + ">\n")
}

func (x *tbxWriter) items(items []tbxItem, level tbxLevel) {
	for _, notes := range []bool{true, false} {
		for i := range items {
			it := &items[i]
			own := x.allows(it, level)
			if notes == (own && isTermNote(it.name)) {
				x.item(it, own)
			}
		}
	}
}

func isTermNote(name string) bool { return name == "termNote" || name == "termNoteGrp" }

// item writes an item as its own element, or as the note that carries it.
func (x *tbxWriter) item(it *tbxItem, own bool) {
	n := it.node
	switch {
	case !own:
		n = &tbxNode{name: "note"}
		n.setText(it.toNote())
	case n == nil:
		n = &tbxNode{name: it.name}
		if it.kind != "" {
			n.attrs = []tbxAttr{{"type", it.kind}}
		}
		n.setText(it.text)
	}
	x.node(n, false)
	x.raw("\n")
}

// allows reports whether the dialect has a place for the item at the level.
func (x *tbxWriter) allows(it *tbxItem, level tbxLevel) bool {
	switch it.name {
	case "note":
		if _, carried := fromNote(it.text); it.node == nil && carried {
			return false
		}
	case "descrip", "admin", "ref", "xref", "descripGrp", "adminGrp", "transacGrp":
	case "termNote", "termNoteGrp":
		if level != atTerm {
			return false
		}
	default:
		return false
	}
	if it.node != nil {
		return x.knowsAll(it.node, level)
	}
	return x.knows(it.name, it.kind, level)
}

// knows reports whether the dialect has the data category in the element.
func (x *tbxWriter) knows(element, kind string, level tbxLevel) bool {
	if element == "note" {
		return kind == ""
	}
	rank := dialectRank[x.info.Dialect]
	if rank == 0 {
		return kind != ""
	}
	c, ok := categories[kind]
	return ok && c.element == element && c.rank > 0 && c.rank <= rank && c.levels&level != 0
}

// knowsAll is knows for an element and everything in it. What stands in a group
// may stand there at every level.
func (x *tbxWriter) knowsAll(n *tbxNode, level tbxLevel) bool {
	switch n.name {
	case "descrip", "admin", "ref", "xref", "termNote", "transac", "transacNote", "descripNote", "adminNote", "note":
		if !x.knows(n.name, n.attr("type"), level) {
			return false
		}
	case "descripGrp", "adminGrp", "transacGrp", "termNoteGrp", "date", "hi", "foreign", "ph", "sc", "ec", "bpt", "ept":
	default:
		return false
	}
	for i := range n.kids {
		if k := &n.kids[i]; k.name != "" && !x.knowsAll(k, anywhere) {
			return false
		}
	}
	return true
}

// node writes an element. Inline says that it stands inside a text.
func (x *tbxWriter) node(n *tbxNode, inline bool) {
	name, typed := x.name(n.name), true
	if x.info.Style == "dct" {
		if c, ok := categories[n.attr("type")]; ok && c.element == n.name {
			name, typed = [...]string{2: "min:", 3: "basic:"}[c.rank]+n.attr("type"), false
		}
	}
	x.raw("<" + name)
	for _, a := range n.attrs {
		if typed || a.name != "type" {
			x.attr(a.name, a.value)
		}
	}
	x.content(n, inline)
	x.raw("</" + name + ">")
}

// content writes the end of the start tag and what stands inside.
func (x *tbxWriter) content(n *tbxNode, inline bool) {
	if n.needsSpace(inline) {
		x.attr("xml:space", "preserve")
	}
	x.raw(">")
	for i := range n.kids {
		if k := &n.kids[i]; k.name == "" {
			x.buf = appendXML(x.buf, k.text, false)
		} else {
			x.node(k, !tbxGroup(n.name))
		}
	}
}
