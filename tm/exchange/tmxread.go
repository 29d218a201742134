package exchange

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// ReadTMX reads TMX 1.1 to 1.4b and hands every unit to yield, in order. The
// units belong to the caller. An error of yield stops the reading and is
// returned as it is; units read before an error have been handed over.
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
	d := &tmxReader{xml: newXMLScanner(in), yield: yield, tags: map[string]language.Tag{}}
	err = d.run()
	return d.header, d.place(err)
}

// tmxReader is one run of [ReadTMX].
type tmxReader struct {
	xml    *xmlScanner
	yield  func(*tm.Unit) error
	header Header
	tags   map[string]language.Tag
	unit   int // number of the unit being read
	size   int // bytes kept of it
	codes  int // inline elements of it
}

// errYield marks an error of the caller, which is not ours to explain.
type errYield struct{ error }

// place adds the number of the unit to an error of ours.
func (d *tmxReader) place(err error) error {
	if y, ok := errors.AsType[errYield](err); ok {
		return y.error
	}
	if e, ok := errors.AsType[*tm.Error](err); ok && e.Args != nil {
		e.Args["unit"] = d.unit
	}
	return err
}

func (d *tmxReader) run() error {
	tok, err := d.xml.next()
	for ; err == nil && tok.kind != xmlStart; tok, err = d.xml.next() {
	}
	if err != nil {
		return err
	}
	if tok.name != "tmx" {
		return d.xml.fail("exchange.tmx_not", "element", tok.name)
	}
	for {
		tok, err := d.xml.next()
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
		d.unit++
		d.size, d.codes = 0, 0
		return d.readUnit(tok)
	}
	return nil
}

func (d *tmxReader) readHeader(tok *xmlToken) error {
	fields := d.header.fields()
	for _, a := range tok.attrs {
		if f := fields[a.name]; f != nil {
			*f = a.value
		}
	}
	d.header.Created, _ = parseTime(tok.attr("creationdate"))
	d.header.Changed, _ = parseTime(tok.attr("changedate"))
	if lang := tok.attr("srclang"); lang != "" && !strings.EqualFold(lang, "*all*") {
		d.header.Source, _ = d.tag(lang)
	}
	return d.children(func(tok *xmlToken) error {
		name, kind := tok.name, tok.attr("type")
		if name != "note" && name != "prop" {
			return d.skip()
		}
		text, err := d.text()
		if name == "note" {
			d.header.Notes = append(d.header.Notes, text)
		} else {
			d.header.Props = append(d.header.Props, Prop{kind, text})
		}
		if len(d.header.Notes)+len(d.header.Props) > maxProps {
			return d.xml.tooLarge("exchange.xml_too_complex")
		}
		return err
	})
}

// children calls read for each child of the element whose start was read last.
// Read must consume its element's end.
func (d *tmxReader) children(read func(*xmlToken) error) error {
	for {
		tok, err := d.xml.next()
		if err != nil {
			return d.inside(err)
		}
		switch tok.kind {
		case xmlEnd:
			return nil
		case xmlStart:
			if err := read(tok); err != nil {
				return err
			}
		}
	}
}

// inside turns the end of the file into an error: an element is open.
func (d *tmxReader) inside(err error) error {
	if err == io.EOF {
		return d.xml.fail("exchange.xml_truncated")
	}
	return err
}

func (d *tmxReader) skip() error {
	return d.children(func(*xmlToken) error { return d.skip() })
}

// text returns all character data up to the end of the element, that of
// elements inside included (<sub> in a code).
func (d *tmxReader) text() (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		tok, err := d.xml.next()
		if err != nil {
			return "", d.inside(err)
		}
		switch tok.kind {
		case xmlStart:
			depth++
		case xmlEnd:
			depth--
		case xmlText:
			b.Write(tok.text)
			if err := d.grow(len(tok.text)); err != nil {
				return "", err
			}
		}
	}
	return b.String(), nil
}

// grow counts n more bytes of the unit.
func (d *tmxReader) grow(n int) error {
	if d.size += n; d.size > maxUnitBytes {
		return d.xml.tooLarge("exchange.unit_too_large")
	}
	return nil
}

// tag parses a language. Underscores are taken for hyphens; a well-formed code
// that is in no registry becomes a private one, so that two unknown languages
// stay two.
func (d *tmxReader) tag(s string) (language.Tag, error) {
	if tag, ok := d.tags[s]; ok {
		return tag, nil
	}
	tag, err := parseTag(s)
	if err != nil {
		return tag, d.xml.fail("exchange.language", "language", clip(s))
	}
	if len(d.tags) < maxVariants {
		d.tags[s] = tag
	}
	return tag, nil
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
