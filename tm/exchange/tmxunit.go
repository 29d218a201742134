package exchange

import (
	"maps"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// readUnit reads the rest of a tu element and hands it over.
func (d *tmxReader) readUnit(tok *xmlToken) error {
	u := &d.tu
	u.reset()
	if err := u.attributes(tok); err != nil {
		return err
	}
	for {
		tok, err := d.xml.nextTag()
		if err != nil {
			return d.xml.inside(err)
		}
		if tok.kind == xmlEnd {
			return u.hand()
		}
		if tok.name == "tuv" {
			err = u.variant(tok)
		} else {
			err = u.property("", tok)
		}
		if err != nil {
			return err
		}
	}
}

// unitBuilder gathers what one tu says. It is used for one after another.
type unitBuilder struct {
	reader   *tmxReader
	source   language.Tag // Und when no language is privileged
	variants []rawVariant
	props    propSet
	origin   stamps // of the tu
	latest   stamps // the newest of the tuv
	stamped  bool   // origin or latest may be set
}

// A rawVariant is a variant whose codes have no IDs yet.
type rawVariant struct {
	lang  *lang
	text  span // in the store of the reader
	codes span // among its codes
	again bool // not the first of its language
}

// A span is a range of indexes.
type span struct{ from, to int }

// reset makes ready for the next unit. Most have few attributes and properties:
// what was not set is not cleared.
func (u *unitBuilder) reset() {
	if cap(u.variants) > 1000 {
		u.variants = nil
	}
	u.source, u.variants = u.reader.header.Source, u.variants[:0]
	if u.stamped {
		u.stamped, u.origin, u.latest = false, stamps{}, stamps{}
	}
	if u.props.count > 0 {
		u.props = propSet{}
	}
}

func (u *unitBuilder) attributes(tok *xmlToken) error {
	u.stamped = len(tok.attrs) > 0
	for _, a := range tok.attrs {
		if u.origin.take(a, tok.words) {
			continue
		}
		if a.name == "srclang" {
			u.sourceIs(a.raw)
		}
		if err := u.keep("", attrProp, a.name, a.raw); err != nil {
			return err
		}
	}
	return nil
}

func (u *unitBuilder) sourceIs(raw []byte) {
	u.source = language.Und
	if !strings.EqualFold(string(raw), "*all*") {
		if l, err := u.reader.lang(raw); err == nil {
			u.source = l.tag
		}
	}
}

func (u *unitBuilder) keep(lang string, kind propKind, name string, text []byte) error {
	if kind == attrProp && len(text) == 0 {
		return nil
	}
	if u.props.count++; u.props.count > maxProps {
		return u.reader.xml.tooLarge("exchange.unit_too_large")
	}
	u.props.add(lang, kind, name, u.reader.xml.words.of(text), &u.reader.unitReader)
	return u.reader.grow(len(name) + len(text))
}

// property reads a prop or note of the unit or, when lang is given, of one of
// its variants; other elements are passed over.
func (u *unitBuilder) property(lang string, tok *xmlToken) error {
	kind, name := noteProp, ""
	switch tok.name {
	case "prop":
		kind, name = plainProp, tok.attr("type")
	case "note":
	default:
		return u.reader.xml.skip()
	}
	text, err := u.reader.text()
	if err != nil {
		return err
	}
	return u.keep(lang, kind, name, text)
}

// variant reads a tuv. TMX 1.1 and 1.2 write the language without "xml:".
func (u *unitBuilder) variant(tok *xmlToken) error {
	d := u.reader
	name := tok.raw("xml:lang")
	if len(name) == 0 {
		name = tok.raw("lang")
	}
	l, err := d.lang(name)
	if err != nil {
		return err
	}
	if len(u.variants) >= maxVariants {
		return d.xml.tooLarge("exchange.unit_too_large")
	}
	if err := u.variantAttributes(l.name, tok); err != nil {
		return err
	}
	v, found := rawVariant{lang: l}, false
	for {
		tok, err := d.xml.nextTag()
		if err != nil {
			return d.xml.inside(err)
		}
		switch {
		case tok.kind == xmlEnd:
			if found {
				u.variants = append(u.variants, v)
			}
			return nil
		case tok.name == "seg" && !found:
			found = true
			v.text, v.codes, err = d.content(tmxElement)
		default:
			err = u.property(l.name, tok)
		}
		if err != nil {
			return err
		}
	}
}

func (u *unitBuilder) variantAttributes(lang string, tok *xmlToken) error {
	if len(tok.attrs) == 1 {
		return nil // the language
	}
	u.stamped = true
	var own stamps
	for _, a := range tok.attrs {
		if a.name == "xml:lang" || a.name == "lang" || own.take(a, tok.words) {
			continue
		}
		if err := u.keep(lang, attrProp, a.name, a.raw); err != nil {
			return err
		}
	}
	u.latest.merge(&own)
	return nil
}

// hand gives the unit, and those for further variants of its languages, to the
// caller.
func (u *unitBuilder) hand() error {
	repeats := u.markRepeats()
	if repeats*len(u.props.kept) > maxRepeatedProps {
		return u.reader.xml.tooLarge("exchange.unit_too_large")
	}
	if len(u.variants) == 0 {
		return nil
	}
	ref := u.reference()
	contents := u.reader.contents(u.reader.freeze(), u.variants, ref)
	if u.stamped {
		u.origin.fill(&u.latest)
		u.origin.keepCreator(&u.props)
	}
	first := u.first(contents, len(u.variants)-repeats)
	if repeats > 0 { // the caller may change what it gets
		first.Props = maps.Clone(u.props.kept)
	}
	if err := u.reader.yield(first); err != nil {
		return errYield{err}
	}
	return u.others(contents, ref)
}

// markRepeats marks and counts the variants that are not the first of their
// language.
func (u *unitBuilder) markRepeats() int {
	const few = 8
	if len(u.variants) <= few {
		return u.markFew()
	}
	n, seen := 0, make(map[language.Tag]bool, len(u.variants))
	for i := range u.variants {
		v := &u.variants[i]
		if v.again = seen[v.lang.tag]; v.again {
			n++
		}
		seen[v.lang.tag] = true
	}
	return n
}

func (u *unitBuilder) markFew() int {
	n := 0
	for i := range u.variants {
		v := &u.variants[i]
		for j := range u.variants[:i] {
			v.again = v.again || u.variants[j].lang.name == v.lang.name
		}
		if v.again {
			n++
		}
	}
	return n
}

// first returns the unit of the first variants of each of n languages.
func (u *unitBuilder) first(contents []tm.Content, n int) *tm.Unit {
	unit := u.base(n)
	unit.Props = u.props.kept
	for i, v := range u.variants {
		if !v.again {
			unit.Variants = append(unit.Variants, tm.Variant{Lang: v.lang.tag, Content: contents[i]})
		}
	}
	return unit
}

// others hands over the units of all other variants.
func (u *unitBuilder) others(contents []tm.Content, ref int) error {
	source := u.variants[ref].lang
	for i, v := range u.variants {
		if !v.again {
			continue
		}
		unit := u.base(2)
		unit.Props = maps.Clone(u.props.kept)
		if source.tag != v.lang.tag {
			unit.Variants = append(unit.Variants, tm.Variant{Lang: source.tag, Content: contents[ref]})
		}
		unit.Variants = append(unit.Variants, tm.Variant{Lang: v.lang.tag, Content: contents[i]})
		if err := u.reader.yield(unit); err != nil {
			return errYield{err}
		}
	}
	return nil
}

// reference returns the index of the variant whose codes number the others':
// the one in the source language, else the first.
func (u *unitBuilder) reference() int {
	for i := range u.variants {
		if u.variants[i].lang.tag == u.source {
			return i
		}
	}
	return 0
}

// base returns a unit with all but properties and variants, for which it has
// room.
func (u *unitBuilder) base(variants int) *tm.Unit {
	unit := newUnit(variants)
	if u.stamped {
		u.origin.apply(unit)
	}
	if u.props.count > 0 {
		u.props.apply(unit)
	}
	return unit
}

// newUnit returns a unit with room for n variants. Two, the usual number, are
// in one piece with it.
func newUnit(n int) *tm.Unit {
	if n != 2 {
		return &tm.Unit{Variants: make([]tm.Variant, 0, n)}
	}
	u := new(struct {
		unit     tm.Unit
		variants [2]tm.Variant
	})
	u.unit.Variants = u.variants[:0]
	return &u.unit
}
