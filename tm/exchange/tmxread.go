package exchange

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// ReadTMX reads TMX 1.1 to 1.4b and hands every unit to yield, in order. The
// units belong to the caller; the strings of one unit may share memory. An error
// of yield stops the reading and is returned as it is; units read before an
// error have been handed over.
//
// Inline elements become codes that have the same ID in every language where
// they correspond (attribute x, else the same markup). When a unit has several
// variants of one language, the second and later ones follow as units of their
// own, each beside the source of the first. Neighbours, state, document and
// kind are taken from the properties that we and other tools write; what has no
// field in tm.Unit is kept in its Props under the keys of props.go.
func ReadTMX(r io.Reader, yield func(*tm.Unit) error) (Header, error) {
	in, err := decodeXML(r)
	if err != nil {
		return Header{}, err
	}
	d := &tmxReader{unitReader: newUnitReader(in, yield)}
	err = d.run()
	return d.header, d.place(err)
}

// tmxReader is one run of [ReadTMX].
type tmxReader struct {
	unitReader
	header Header
	tu     unitBuilder
}

func (d *tmxReader) run() error {
	d.tu.reader = d
	tok, err := d.xml.nextTag()
	if err != nil {
		return err
	}
	if tok.name != "tmx" {
		return d.xml.fail("exchange.tmx_not", "element", clip(tok.name))
	}
	for {
		tok, err := d.xml.nextTag()
		if err == io.EOF {
			return nil
		}
		if err == nil && tok.kind == xmlStart {
			err = d.element(tok)
		}
		if err != nil {
			return err
		}
	}
}

// element reads an element outside units. Elements we do not know are walked
// into, so that units in unusual places are still found.
func (d *tmxReader) element(tok *xmlToken) error {
	switch tok.name {
	case "header":
		return d.readHeader(tok)
	case "tu":
		d.begin()
		return d.readUnit(tok)
	}
	return nil
}

func (d *tmxReader) readHeader(tok *xmlToken) error {
	fields := d.header.fields()
	for _, a := range tok.attrs {
		if f := fields[a.name]; f != nil {
			*f = string(a.raw)
		}
	}
	d.header.Created, _ = parseTime(tok.raw("creationdate"))
	d.header.Changed, _ = parseTime(tok.raw("changedate"))
	if lang := tok.raw("srclang"); len(lang) > 0 && !strings.EqualFold(string(lang), "*all*") {
		if l, err := d.lang(lang); err == nil {
			d.header.Source = l.tag
		}
	}
	return d.xml.children(func(tok *xmlToken) error {
		name, kind := tok.name, tok.attr("type")
		if name != "note" && name != "prop" {
			return d.xml.skip()
		}
		text, err := d.text()
		if name == "note" {
			d.header.Notes = append(d.header.Notes, string(text))
		} else {
			d.header.Props = append(d.header.Props, Prop{kind, string(text)})
		}
		if len(d.header.Notes)+len(d.header.Props) > maxProps {
			return d.xml.tooLarge("exchange.xml_too_complex")
		}
		return err
	})
}

// unitReader is what the readers of units in XML share: the scanner, the
// languages, and the text and codes of the unit that is being read.
type unitReader struct {
	xml   *xmlScanner
	yield func(*tm.Unit) error
	langs map[string]*lang
	unit  int       // its number, from 1
	size  int       // bytes kept of it
	store []byte    // its texts, one after another
	data  []byte    // the markup of its codes
	codes []rawCode // of all its variants
	count int       // inline elements of it
	pairs map[string]int
	texts []byte       // scratch of text
	made  []tm.Content // scratch of contents

	recent  [8]*lang // of langs, by their first letter
	numbers numbering
	seg     contentReader
	inside  *unitReader // of XML inside a text; nil until there is some
}

func newUnitReader(in io.Reader, yield func(*tm.Unit) error) unitReader {
	return unitReader{xml: newXMLScanner(in), yield: yield, langs: map[string]*lang{}, pairs: map[string]int{}}
}

// begin makes ready for the next unit. What a giant unit needed is let go.
func (d *unitReader) begin() {
	const keep = 1 << 20
	d.unit++
	d.size, d.count = 0, 0
	if cap(d.store) > keep || cap(d.data) > keep || cap(d.codes) > keep/64 {
		d.store, d.data, d.codes = nil, nil, nil
	}
	d.store, d.data, d.codes = d.store[:0], d.data[:0], d.codes[:0]
}

// errYield marks an error of the caller, which is not ours to explain.
type errYield struct{ error }

// place adds the number of the unit to an error of ours.
func (d *unitReader) place(err error) error {
	if y, ok := errors.AsType[errYield](err); ok {
		return y.error
	}
	if e, ok := errors.AsType[*tm.Error](err); ok && e.Args != nil {
		e.Args["unit"] = d.unit
	}
	return err
}

// text returns all character data up to the end of the element, that of
// elements inside included (<sub> in a code). It is valid until the next call.
func (d *unitReader) text() ([]byte, error) {
	d.texts = d.texts[:0]
	for depth := 1; depth > 0; {
		tok, err := d.xml.next()
		if err != nil {
			return nil, d.xml.inside(err)
		}
		switch tok.kind {
		case xmlStart:
			depth++
		case xmlEnd:
			depth--
		case xmlText:
			d.texts = append(d.texts, tok.text...)
			if err := d.grow(len(tok.text)); err != nil {
				return nil, err
			}
		}
	}
	return d.texts, nil
}

// grow counts n more bytes of the unit.
func (d *unitReader) grow(n int) error {
	if d.size += n; d.size > maxUnitBytes {
		return d.xml.tooLarge("exchange.unit_too_large")
	}
	return nil
}

// A lang is a language as a file writes it.
type lang struct {
	raw  string
	tag  language.Tag
	name string // tag.String()
}

// lang parses a language. Underscores are taken for hyphens; a well-formed code
// that is in no registry becomes a private one, so that two unknown languages
// stay two.
func (d *unitReader) lang(raw []byte) (*lang, error) {
	if len(raw) == 0 {
		return nil, d.xml.fail("exchange.language_missing")
	}
	recent := &d.recent[int(raw[0])%len(d.recent)]
	if l := *recent; l != nil && l.raw == string(raw) {
		return l, nil
	}
	l, ok := d.langs[string(raw)]
	if !ok {
		tag, err := parseTag(string(raw))
		if err != nil {
			return nil, d.xml.fail("exchange.language", "language", clip(string(raw)))
		}
		l = &lang{string(raw), tag, tag.String()}
		if len(d.langs) < maxVariants {
			d.langs[l.raw] = l
		}
	}
	*recent = l
	return l, nil
}

func parseTag(s string) (language.Tag, error) {
	s = strings.TrimSpace(s)
	tag, err := language.Parse(s)
	if err != nil && tag == language.Und {
		return language.Parse("x-" + strings.ReplaceAll(s, "_", "-"))
	}
	base, rest, _ := strings.Cut(tag.String(), "-")
	if macro := macroLanguages[base]; macro != "" {
		tag = language.Make(strings.TrimSuffix(macro+"-"+rest, "-"))
	}
	return tag, nil
}

// macroLanguages are the tags by which people mean the individual languages
// that some files name instead: Iranian Persian, Dari, Standard Arabic,
// Mandarin. Units would not meet those of other files otherwise.
var macroLanguages = map[string]string{"pes": "fa", "prs": "fa-AF", "arb": "ar", "cmn": "zh"}

// clip shortens a piece of input that is shown in an error.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
