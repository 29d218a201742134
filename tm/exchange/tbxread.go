package exchange

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// ReadTBX reads a glossary in TBX; tbx.go says what becomes of the data
// categories. A concept without any term is left out and told as a problem, as
// everything is that a person should look at; the Row of a problem is the line
// of the entry, its argument concept the id. Beside those of [RowProblem] there
// are
//
//	term_control, term_long, term_empty  the term was left out (term; limit)
//	concept_empty    the entry has no term
//	status_unknown, case_unknown, keep_unknown, date_unknown  (value)
//	dates_reversed   a term ends before it begins (term)
//
// The error is a *tm.Error with the line and the concept.
func ReadTBX(r io.Reader) ([]tm.Concept, []RowProblem, TBXInfo, error) {
	d, err := readTBX(r)
	return d.concepts, d.list(), d.info, err
}

// readTBX is ReadTBX before anything is told about terms of two languages.
func readTBX(r io.Reader) (*tbxReader, error) {
	d := &tbxReader{tags: map[string]language.Tag{}}
	in, err := decodeXML(r)
	if err != nil {
		return d, err
	}
	d.xml = newXMLScanner(in)
	if err := d.run(); err != nil {
		d.concepts = nil
		return d, d.place(err)
	}
	d.checkKeys(d.concepts, d.lines)
	return d, nil
}

// tbxReader is one run of [ReadTBX].
type tbxReader struct {
	problems
	xml      *xmlScanner
	info     TBXInfo
	tags     map[string]language.Tag
	concepts []tm.Concept
	lines    []int // of the concepts
	id       string
	size     int    // bytes kept of the entry being read
	total    int    // bytes kept
	buf      []byte // text since the last tag
	seen     struct {
		bytes int64
		at    int
		lines int
	}
}

// line returns the line the scanner is at; it counts on from the last call.
func (d *tbxReader) line() int {
	p := &d.seen
	if p.bytes != d.xml.bytes {
		p.bytes, p.at, p.lines = d.xml.bytes, 0, d.xml.lines
	}
	p.lines += bytes.Count(d.xml.buf[p.at:d.xml.at], []byte{'\n'})
	p.at = d.xml.at
	return 1 + p.lines
}

// place adds the entry to an error of ours.
func (d *tbxReader) place(err error) error {
	if e, ok := errors.AsType[*tm.Error](err); ok && e.Args != nil {
		e.Args["concept"] = clip(d.id)
	}
	return err
}

func (d *tbxReader) run() error {
	tok, err := d.xml.nextTag()
	if err != nil {
		return err
	}
	if err := d.root(tok); err != nil {
		return err
	}
	preserve := preserved(tok, false)
	for {
		tok, err := d.xml.nextTag()
		if err == io.EOF {
			return nil
		}
		if err == nil && tok.kind == xmlStart {
			err = d.element(tok, preserve)
		}
		if err != nil {
			return err
		}
	}
}

func (d *tbxReader) root(tok *xmlToken) error {
	_, local, found := strings.Cut(tok.name, ":")
	if !found {
		local = tok.name
	}
	d.info.Dialect = tok.attr("type")
	switch local {
	case "martif":
		d.info.Version = 2
	case "tbx":
		d.info.Version, d.info.Style = 3, tok.attr("style")
	case "TBX": // TBX-Min before version 3
		d.info.Version, d.info.Dialect = 2, tok.attr("dialect")
	default:
		return d.xml.fail("exchange.tbx_not", "element", clip(tok.name))
	}
	return nil
}

// preserved returns whether white space counts inside the element.
func preserved(tok *xmlToken, outside bool) bool {
	switch string(tok.raw("xml:space")) {
	case "preserve":
		return true
	case "default":
		return false
	}
	return outside
}

// element reads what stands outside entries. Elements we do not know are walked
// into, so that entries in unusual places are still found.
func (d *tbxReader) element(tok *xmlToken, preserve bool) error {
	name, _ := tbxName(tok.name)
	switch name {
	case "conceptEntry":
		d.size = 0
		return d.entry(tok, preserved(tok, preserve))
	case "tbxHeader", "header", "back":
		d.size = 0
		n, err := d.node(tok, preserve, false)
		if err == nil {
			d.keepAround(&n)
		}
		return err
	}
	return nil
}

func (d *tbxReader) keepAround(n *tbxNode) {
	switch {
	case n.name == "back":
		d.info.Back = n.xml()
	case d.info.Header == "":
		n.name = "tbxHeader"
		d.info.Header = n.xml()
		if title := n.find("title"); title != nil {
			d.info.Title = title.plain()
		}
	}
}

// find returns the first element of the name inside, at any depth.
func (n *tbxNode) find(name string) *tbxNode {
	for i := range n.kids {
		if n.kids[i].name == name {
			return &n.kids[i]
		}
		if found := n.kids[i].find(name); found != nil {
			return found
		}
	}
	return nil
}

func (d *tbxReader) entry(tok *xmlToken, preserve bool) error {
	if len(d.concepts) >= maxConcepts {
		return d.xml.failure(tm.TooLarge, "exchange.too_many_concepts", "limit", maxConcepts)
	}
	d.id = strings.Trim(tok.attr("id"), xmlWhite)
	e := tbxEntry{id: d.id, line: d.line()}
	e.items = attrItems(e.items, tok, "conceptEntry", "id")
	err := d.xml.children(func(tok *xmlToken) error {
		if name, _ := tbxName(tok.name); name == "langSec" {
			return d.lang(&e, tok, preserved(tok, preserve))
		}
		return d.item(&e.items, tok, preserve)
	})
	if err != nil {
		return err
	}
	d.addEntry(&e)
	d.id = ""
	return nil
}

// attrItems adds the attributes of an element of the structure.
func attrItems(items []tbxItem, tok *xmlToken, element string, fields ...string) []tbxItem {
	for _, a := range tok.attrs {
		if a.name != "xml:space" && a.name != "xmlns" && !strings.HasPrefix(a.name, "xmlns:") && !slices.Contains(fields, a.name) {
			items = append(items, tbxItem{name: itemAttr, kind: element + ":" + a.name, text: tok.attr(a.name)})
		}
	}
	return items
}

func (d *tbxReader) lang(e *tbxEntry, tok *xmlToken, preserve bool) error {
	raw := tok.attr("xml:lang")
	if raw == "" {
		raw = tok.attr("lang")
	}
	tag, err := d.tag(raw)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(e.langs, func(l tbxLang) bool { return l.tag == tag })
	if at < 0 {
		at = len(e.langs)
		e.langs = append(e.langs, tbxLang{tag: tag})
		if at >= maxVariants {
			return d.xml.tooLarge("exchange.xml_too_complex")
		}
	}
	l := &e.langs[at]
	l.items = attrItems(l.items, tok, "langSec", "xml:lang", "lang")
	return d.xml.children(func(tok *xmlToken) error {
		if name, _ := tbxName(tok.name); name == "termSec" {
			return d.term(l, tok, preserved(tok, preserve))
		}
		return d.item(&l.items, tok, preserve)
	})
}

func (d *tbxReader) tag(raw string) (language.Tag, error) {
	if tag, ok := d.tags[raw]; ok {
		return tag, nil
	}
	tag, err := parseTag(raw)
	if err != nil || strings.Trim(raw, xmlWhite) == "" {
		return tag, d.xml.fail("exchange.language", "language", clip(raw))
	}
	if len(d.tags) < maxVariants {
		d.tags[raw] = tag
	}
	return tag, nil
}

func (d *tbxReader) term(l *tbxLang, tok *xmlToken, preserve bool) error {
	t := tbxTerm{line: d.line()}
	t.items = attrItems(t.items, tok, "termSec")
	err := d.xml.children(func(tok *xmlToken) error { return d.inTerm(&t, tok, preserve) })
	l.terms = append(l.terms, t)
	if err == nil {
		err = d.grow(nodeCost)
	}
	return err
}

// inTerm reads a child of a term section. Version 2 can hold the term in a group
// with its notes.
func (d *tbxReader) inTerm(t *tbxTerm, tok *xmlToken, preserve bool) error {
	name, _ := tbxName(tok.name)
	switch {
	case name == "termGrp":
		t.items = attrItems(t.items, tok, "termGrp")
		inside := preserved(tok, preserve)
		return d.xml.children(func(tok *xmlToken) error { return d.inTerm(t, tok, inside) })
	case name == "term" && t.text.name == "":
		t.items = attrItems(t.items, tok, "term")
		n, err := d.node(tok, preserve, false)
		n.attrs = nil
		t.text = n
		return err
	}
	return d.item(&t.items, tok, preserve)
}

// item reads an element and adds what it says.
func (d *tbxReader) item(items *[]tbxItem, tok *xmlToken, preserve bool) error {
	n, err := d.node(tok, preserve, false)
	if err != nil {
		return err
	}
	*items = append(*items, itemOf(n))
	return nil
}

// nodeCost is about what an element takes in memory beside its text.
const nodeCost = 100

// grow counts n more bytes of the entry.
func (d *tbxReader) grow(n int) error {
	d.size += n
	d.total += n
	switch {
	case d.size > maxUnitBytes:
		return d.xml.tooLarge("exchange.concept_too_large")
	case d.total > maxGlossaryBytes:
		return d.xml.failure(tm.TooLarge, "exchange.glossary_too_large", "limit", maxGlossaryBytes>>20)
	}
	return nil
}

// node reads the element whose start is tok, to its end.
func (d *tbxReader) node(tok *xmlToken, preserve, inline bool) (tbxNode, error) {
	preserve = preserved(tok, preserve)
	n := d.startNode(tok)
	size := nodeCost
	for _, a := range n.attrs {
		size += len(a.name) + len(a.value)
	}
	if err := d.grow(size); err != nil {
		return n, err
	}
	d.buf = d.buf[:0]
	for {
		tok, err := d.xml.next()
		if err != nil {
			return n, d.xml.inside(err)
		}
		if tok.kind == xmlText {
			d.buf = append(d.buf, tok.text...)
			if err := d.grow(len(tok.text)); err != nil {
				return n, err
			}
			continue
		}
		d.endText(&n)
		if tok.kind == xmlEnd {
			n.layOut(preserve, inline)
			return n, nil
		}
		kid, err := d.node(tok, preserve, !tbxGroup(n.name))
		if err != nil {
			return n, err
		}
		n.kids = append(n.kids, kid)
		d.buf = d.buf[:0]
	}
}

// endText makes a node of the text since the last tag.
func (d *tbxReader) endText(n *tbxNode) {
	if len(d.buf) > 0 {
		n.kids = append(n.kids, tbxNode{text: d.xml.words.of(d.buf)})
	}
}

func (d *tbxReader) startNode(tok *xmlToken) tbxNode {
	name, kind := tbxName(tok.name)
	n := tbxNode{name: name}
	if kind != "" {
		n.attrs = append(n.attrs, tbxAttr{"type", kind})
	}
	for _, a := range tok.attrs {
		if a.name == "xml:space" || a.name == "xmlns" || strings.HasPrefix(a.name, "xmlns:") {
			continue
		}
		key := a.name
		if kind != "" && key == "type" {
			key = "dct-type"
		}
		n.attrs = append(n.attrs, tbxAttr{key, tok.attr(a.name)})
	}
	return n
}
