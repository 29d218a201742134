package exchange

import (
	"strings"

	"tarjoman/tm"
)

// xliffContent reads the inside of a source or target and its end. It appends
// the parts that are marked as segments.
func (d *xliffReader) xliffContent(marks []xliffMark) (text, codes span, _ []xliffMark, err error) {
	x := xliffInline{reader: d, marks: marks}
	text, codes, err = d.content(x.element)
	return text, codes, x.marks, err
}

// xliffInline reads inline elements of both versions; their names do not meet.
type xliffInline struct {
	reader *xliffReader
	marks  []xliffMark
	inMark bool
}

// xliffElement says what an inline element is. Key and other are the attributes
// by which halves of a pair find each other; the second serves when the first is
// absent.
type xliffElement struct {
	kind       tm.CodeKind
	key, other string
	data       string // attribute that shows or names the markup
}

var xliffElements = map[string]xliffElement{
	"x":   {kind: tm.Alone, data: "equiv-text"},
	"bx":  {kind: tm.Open, key: "rid", other: "id", data: "equiv-text"},
	"ex":  {kind: tm.Close, key: "rid", other: "id", data: "equiv-text"},
	"bpt": {kind: tm.Open, key: "rid", other: "id"},
	"ept": {kind: tm.Close, key: "rid", other: "id"},
	"it":  {kind: tm.Open},
	"ph":  {kind: tm.Alone, data: "dataRef"},
	"sc":  {kind: tm.Open, key: "id", data: "dataRef"},
	"ec":  {kind: tm.Close, key: "startRef", other: "id", data: "dataRef"},
	"cp":  {kind: tm.Alone, data: "hex"},
}

func (x *xliffInline) element(c *contentReader, tok *xmlToken) error {
	name := x.reader.local(tok)
	switch name {
	case "g":
		return c.span(x.code(c, tok, name), span{})
	case "pc":
		return c.span(x.dataOf(x.code(c, tok, name), tok, "dataRefStart"), x.original(tok, "dataRefEnd"))
	case "mrk", "sm", "em":
		return x.mark(c, tok)
	}
	e, ok := xliffElements[name]
	if !ok {
		return c.inner() // of another vocabulary: its text belongs to the sentence
	}
	return x.single(c, tok, name, e)
}

// single reads an element that stands for one code.
func (x *xliffInline) single(c *contentReader, tok *xmlToken, name string, e xliffElement) error {
	code := x.dataOf(x.code(c, tok, name), tok, e.data)
	code.Kind = e.kind
	if name == "it" && string(tok.raw("pos")) == "close" {
		code.Kind = tm.Close
	}
	key := ""
	if e.key != "" {
		if key = tok.attr(e.key); key == "" {
			key = tok.attr(e.other)
		}
	}
	native, err := c.text()
	if err != nil {
		return err
	}
	if len(native) > 0 {
		code.data = c.keepData(native)
	}
	at := c.put(code)
	switch {
	case key == "":
	case code.Kind == tm.Open:
		c.wait(key, at)
	case code.Kind == tm.Close:
		c.pair(key, at)
	}
	return nil
}

// mark reads an annotation: a segment, a deleted text, which is passed over, or
// anything else, whose text belongs to the sentence.
func (x *xliffInline) mark(c *contentReader, tok *xmlToken) error {
	switch kind := string(tok.raw("mtype")); {
	case kind == "seg" && !x.inMark:
		return x.segment(c, tok.attr("mid"))
	case kind == "x-sdl-deleted":
		_, err := c.text()
		return err
	}
	return c.inner()
}

func (x *xliffInline) segment(c *contentReader, mid string) error {
	if len(x.marks) >= maxSegments {
		return c.xml.tooLarge("exchange.unit_too_large")
	}
	at := len(x.marks)
	x.marks = append(x.marks, xliffMark{mid: mid, from: c.from, first: c.first})
	x.inMark = true
	text, codes := len(c.store), len(c.codes)
	err := c.inner()
	x.marks[at].text, x.marks[at].codes = span{text, len(c.store)}, span{codes, len(c.codes)}
	x.inMark = false
	return err
}

// code returns the code that a tag describes; its kind is for the caller.
func (x *xliffInline) code(c *contentReader, tok *xmlToken, name string) rawCode {
	return rawCode{Code: tm.Code{Pos: len(c.store) - c.from, Type: xliffType(tok, name)}, ref: tok.attr("id")}
}

// dataOf fills in the markup that an attribute shows or refers to.
func (x *xliffInline) dataOf(code rawCode, tok *xmlToken, attr string) rawCode {
	switch attr {
	case "":
	case "dataRef", "dataRefStart":
		code.data = x.original(tok, attr)
	default:
		code.data = x.reader.keepData(tok.raw(attr))
	}
	return code
}

// original returns the original data that an attribute names.
func (x *xliffInline) original(tok *xmlToken, attr string) span {
	return x.reader.tu.data[string(tok.raw(attr))]
}

// xliffTypes are the values of ctype (1.2) and of subType and type (2.x) that
// say more than that there is a format.
var xliffTypes = map[string]string{
	"bold": "bold", "italic": "italic", "underlined": "underline", "link": "link", "image": "image", "lb": "break", "pb": "break",
	"x-bold": "bold", "x-italic": "italic", "x-underline": "underline", "x-sub": "sub", "x-sup": "sup", "x-code": "code",
	"xlf:b": "bold", "xlf:i": "italic", "xlf:u": "underline", "xlf:lb": "break", "xlf:pb": "break", "xlf:var": "field", "quote": "format",
}

func xliffType(tok *xmlToken, name string) string {
	for _, attr := range []string{"ctype", "subType", "type"} {
		if ours := xliffTypes[strings.ToLower(string(tok.raw(attr)))]; ours != "" {
			return ours
		}
	}
	switch name {
	case "x", "ph", "cp":
		return "placeholder"
	}
	return "format"
}
