package exchange

import (
	"tarjoman/tm"
)

// A rawCode is a code as its element says it. Pos counts from the start of its
// text.
type rawCode struct {
	tm.Code        // without Data and ID until the unit is complete
	data    span   // in the data of the reader
	x       int    // attribute x when it can serve as ID, else 0
	ref     string // attribute id of XLIFF, by which codes of two languages correspond
	paired  bool   // has another half
	partner int    // index of the other half, or its own index
	before  int    // of one that waits for its partner: 1 + index of the one that waited before under the same key
}

// A contentReader reads the inside of one seg. Its indexes of codes count from
// the first of the seg.
type contentReader struct {
	*unitReader
	element func(c *contentReader, tok *xmlToken) error // reads a child and its end
	from    int                                         // where the text begins in the store
	first   int                                         // index of the first code among those of the unit
}

// content reads the inside of a seg and its end into the store and the codes. A
// bpt without ept and an ept without bpt are codes without partner, like it.
func (d *unitReader) content(element func(*contentReader, *xmlToken) error) (text, codes span, err error) {
	d.clearPairs()
	c := &d.seg
	*c = contentReader{d, element, len(d.store), len(d.codes)}
	err = c.inner()
	return span{c.from, len(d.store)}, span{c.first, len(d.codes)}, err
}

func (d *unitReader) clearPairs() {
	const few = 1000
	if len(d.pairs) > few {
		d.pairs = map[string]int{}
	}
	clear(d.pairs)
}

func (c *contentReader) inner() error {
	for {
		tok, err := c.xml.next()
		if err != nil {
			return c.xml.inside(err)
		}
		switch tok.kind {
		case xmlEnd:
			return nil
		case xmlText:
			c.store = append(c.store, tok.text...)
			err = c.grow(len(tok.text))
		case xmlStart:
			if c.count++; c.count > maxCodes {
				return c.xml.tooLarge("exchange.unit_too_large")
			}
			err = c.element(c, tok)
		}
		if err != nil {
			return err
		}
	}
}

// tmxElement reads an inline element of TMX.
func tmxElement(c *contentReader, tok *xmlToken) error {
	code := c.code(tok)
	if !holdsMarkup(tok.name) {
		return c.span(code, span{})
	}
	name, i := tok.name, tok.attr("i")
	data, err := c.text()
	if err != nil {
		return err
	}
	code.data = c.keepData(data)
	at := c.put(code)
	switch name {
	case "bpt":
		c.wait(i, at)
	case "ept":
		c.pair(i, at)
	}
	return nil
}

// wait leaves the opening code for a later one that closes it under i.
func (c *contentReader) wait(i string, opening int) {
	c.codes[c.first+opening].before = c.pairs[i]
	c.pairs[i] = opening + 1
}

func (d *unitReader) keepData(b []byte) span {
	from := len(d.data)
	d.data = append(d.data, b...)
	return span{from, len(d.data)}
}

// holdsMarkup reports whether the element holds native markup; all others hold
// text: hi, and what TMX does not define.
func holdsMarkup(name string) bool {
	switch name {
	case "bpt", "ept", "it", "ph", "ut":
		return true
	}
	return false
}

// code returns the code a start tag describes.
func (c *contentReader) code(tok *xmlToken) rawCode {
	code := rawCode{Code: tm.Code{Pos: len(c.store) - c.from, Type: codeType(tok)}}
	if x := decimal(tok.raw("x")); x > 0 && x <= maxCodes {
		code.x = x
	}
	switch {
	case tok.name == "bpt", tok.name == "it" && string(tok.raw("pos")) != "end":
		code.Kind = tm.Open
	case tok.name == "ept", tok.name == "it":
		code.Kind = tm.Close
	}
	return code
}

func (c *contentReader) put(code rawCode) int {
	code.partner = len(c.codes) - c.first
	c.codes = append(c.codes, code)
	return code.partner
}

// pair joins the closing code with the last that waits under i.
func (c *contentReader) pair(i string, closing int) {
	opening := c.pairs[i] - 1
	if opening < 0 {
		return
	}
	c.pairs[i] = c.codes[c.first+opening].before
	c.join(opening, closing)
}

func (c *contentReader) join(opening, closing int) {
	a, b := &c.codes[c.first+opening], &c.codes[c.first+closing]
	a.partner, b.partner = closing, opening
	a.paired, b.paired = true, true
	b.Type, b.x = a.Type, 0
}

// span reads an element around text. End is the markup of its end.
func (c *contentReader) span(code rawCode, end span) error {
	code.Kind = tm.Open
	opening := c.put(code)
	if err := c.inner(); err != nil {
		return err
	}
	closing := c.put(rawCode{Code: tm.Code{Pos: len(c.store) - c.from, Kind: tm.Close}, data: end})
	c.join(opening, closing)
	return nil
}

// Types of TMX and ours.
var (
	typeOfTMX = map[string]string{
		"ulined": "underline", "dulined": "underline", "lb": "break", "fnote": "note", "enote": "note",
		"bold": "bold", "italic": "italic", "underline": "underline", "strike": "strike", "sub": "sub", "sup": "sup", "link": "link",
		"image": "image", "code": "code", "break": "break", "note": "note", "field": "field", "placeholder": "placeholder",
	}
	typeToTMX = map[string]string{"underline": "ulined", "break": "lb", "note": "fnote"}
)

func codeType(tok *xmlToken) string {
	raw := tok.raw("type")
	if len(raw) == 0 && tok.name == "ph" {
		return "placeholder"
	}
	if len(raw) > 0 {
		if ours := typeOfTMX[string(raw)]; ours != "" {
			return ours
		}
	}
	return "format"
}
