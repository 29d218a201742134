package exchange

import (
	"strconv"
	"strings"

	"tarjoman/tm"
)

// A rawCode is a code as its element says it.
type rawCode struct {
	tm.Code
	x       int  // attribute x when it can serve as ID, else 0
	paired  bool // has another half
	partner int  // index of the other half, or its own index
}

// contentReader reads the inside of a seg.
type contentReader struct {
	*tmxReader
	text  strings.Builder
	codes []rawCode
	open  map[string][]int // codes begun by bpt, by attribute i
}

// content reads the inside of a seg and its end. A bpt without ept and an ept
// without bpt are codes without partner, like it.
func (d *tmxReader) content() (string, []rawCode, error) {
	c := contentReader{tmxReader: d}
	err := c.inner()
	return c.text.String(), c.codes, err
}

func (c *contentReader) inner() error {
	for {
		tok, err := c.xml.next()
		if err != nil {
			return c.inside(err)
		}
		switch tok.kind {
		case xmlEnd:
			return nil
		case xmlText:
			c.text.Write(tok.text)
			err = c.grow(len(tok.text))
		case xmlStart:
			err = c.element(tok)
		}
		if err != nil {
			return err
		}
	}
}

func (c *contentReader) element(tok *xmlToken) error {
	if c.tmxReader.codes++; c.tmxReader.codes > maxCodes {
		return c.xml.tooLarge("exchange.unit_too_large")
	}
	name, i, code := tok.name, tok.attr("i"), c.code(tok)
	if name == "hi" || !codeElements[name] {
		return c.span(code)
	}
	data, err := c.tmxReader.text()
	if err != nil {
		return err
	}
	code.Data = data
	at := c.put(code)
	switch name {
	case "bpt":
		if c.open == nil {
			c.open = map[string][]int{}
		}
		c.open[i] = append(c.open[i], at)
	case "ept":
		c.pair(i, at)
	}
	return nil
}

// codeElements hold native markup; all others hold text.
var codeElements = map[string]bool{"bpt": true, "ept": true, "it": true, "ph": true, "ut": true}

// code returns the code a start tag describes.
func (c *contentReader) code(tok *xmlToken) rawCode {
	code := rawCode{Code: tm.Code{Pos: c.text.Len(), Type: codeType(tok)}}
	x, err := strconv.Atoi(tok.attr("x"))
	if err == nil && x > 0 && x <= maxCodes {
		code.x = x
	}
	switch {
	case tok.name == "bpt", tok.name == "it" && tok.attr("pos") != "end":
		code.Kind = tm.Open
	case tok.name == "ept", tok.name == "it":
		code.Kind = tm.Close
	}
	return code
}

func (c *contentReader) put(code rawCode) int {
	code.partner = len(c.codes)
	c.codes = append(c.codes, code)
	return code.partner
}

func (c *contentReader) pair(i string, closing int) {
	stack := c.open[i]
	if len(stack) == 0 {
		return
	}
	opening := stack[len(stack)-1]
	c.open[i] = stack[:len(stack)-1]
	c.join(opening, closing)
}

func (c *contentReader) join(opening, closing int) {
	c.codes[opening].partner, c.codes[closing].partner = closing, opening
	c.codes[opening].paired, c.codes[closing].paired = true, true
	c.codes[closing].Type = c.codes[opening].Type
	c.codes[closing].x = 0
}

// span reads an element around text: hi, or one TMX does not define.
func (c *contentReader) span(code rawCode) error {
	code.Kind = tm.Open
	opening := c.put(code)
	if err := c.inner(); err != nil {
		return err
	}
	closing := c.put(rawCode{Code: tm.Code{Pos: c.text.Len(), Kind: tm.Close}})
	c.join(opening, closing)
	return nil
}

// Types of TMX and ours.
var (
	typeOfTMX = map[string]string{"ulined": "underline", "dulined": "underline", "lb": "break", "fnote": "note", "enote": "note"}
	typeToTMX = map[string]string{"underline": "ulined", "break": "lb", "note": "fnote"}
	ourTypes  = map[string]bool{
		"bold": true, "italic": true, "underline": true, "strike": true, "sub": true, "sup": true, "link": true,
		"image": true, "code": true, "break": true, "note": true, "field": true, "placeholder": true,
	}
)

func codeType(tok *xmlToken) string {
	t := tok.attr("type")
	if ours := typeOfTMX[t]; ours != "" {
		return ours
	}
	if ourTypes[t] {
		return t
	}
	if t == "" && tok.name == "ph" {
		return "placeholder"
	}
	return "format"
}
