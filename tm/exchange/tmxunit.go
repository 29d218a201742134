package exchange

import (
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// readUnit reads the rest of a tu element and hands it over.
func (d *tmxReader) readUnit(tok *xmlToken) error {
	u := unitBuilder{reader: d, source: d.header.Source}
	if err := u.attributes(tok); err != nil {
		return err
	}
	err := d.children(func(tok *xmlToken) error {
		if tok.name == "tuv" {
			return u.variant(tok)
		}
		return u.property("", tok)
	})
	if err != nil {
		return err
	}
	if u.repeats()*len(u.props.kept) > maxRepeatedProps {
		return d.xml.tooLarge("exchange.unit_too_large")
	}
	for _, unit := range u.finish() {
		if err := d.yield(unit); err != nil {
			return errYield{err}
		}
	}
	return nil
}

// unitBuilder gathers what one tu says.
type unitBuilder struct {
	reader   *tmxReader
	source   language.Tag // Und when no language is privileged
	variants []rawVariant
	props    propSet
	origin   stamps // of the tu
	latest   stamps // the newest of the tuv
}

// rawVariant is a variant whose codes have no IDs yet.
type rawVariant struct {
	lang  language.Tag
	text  string
	codes []rawCode
}

func (u *unitBuilder) attributes(tok *xmlToken) error {
	for _, a := range tok.attrs {
		if u.origin.take(a) {
			continue
		}
		if a.name == "srclang" {
			u.sourceIs(a.value)
		}
		if err := u.keep("", attrProp, a.name, a.value); err != nil {
			return err
		}
	}
	return nil
}

func (u *unitBuilder) sourceIs(lang string) {
	u.source = language.Und
	if !strings.EqualFold(lang, "*all*") {
		u.source, _ = u.reader.tag(lang)
	}
}

func (u *unitBuilder) keep(lang string, kind propKind, name, text string) error {
	if kind == attrProp && text == "" {
		return nil
	}
	if u.props.count++; u.props.count > maxProps {
		return u.reader.xml.tooLarge("exchange.unit_too_large")
	}
	u.props.add(lang, kind, name, text)
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
		return u.reader.skip()
	}
	text, err := u.reader.text()
	if err != nil {
		return err
	}
	return u.keep(lang, kind, name, text)
}

// variant reads a tuv. TMX 1.1 and 1.2 write the language without "xml:".
func (u *unitBuilder) variant(tok *xmlToken) error {
	name := tok.attr("xml:lang")
	if name == "" {
		name = tok.attr("lang")
	}
	tag, err := u.reader.tag(name)
	if err != nil {
		return err
	}
	if len(u.variants) >= maxVariants {
		return u.reader.xml.tooLarge("exchange.unit_too_large")
	}
	if err := u.variantAttributes(tag, tok); err != nil {
		return err
	}
	v, found := rawVariant{lang: tag}, false
	err = u.reader.children(func(tok *xmlToken) error {
		if tok.name != "seg" || found {
			return u.property(tag.String(), tok)
		}
		found = true
		v.text, v.codes, err = u.reader.content()
		return err
	})
	if found {
		u.variants = append(u.variants, v)
	}
	return err
}

func (u *unitBuilder) variantAttributes(lang language.Tag, tok *xmlToken) error {
	var own stamps
	for _, a := range tok.attrs {
		if a.name == "xml:lang" || a.name == "lang" || own.take(a) {
			continue
		}
		if err := u.keep(lang.String(), attrProp, a.name, a.value); err != nil {
			return err
		}
	}
	u.latest.merge(own)
	return nil
}

// repeats returns how many variants are not the first of their language.
func (u *unitBuilder) repeats() int {
	seen := make(map[language.Tag]bool, len(u.variants))
	for _, v := range u.variants {
		seen[v.lang] = true
	}
	return len(u.variants) - len(seen)
}

// finish returns the unit and those for further variants of its languages.
func (u *unitBuilder) finish() []*tm.Unit {
	if len(u.variants) == 0 {
		return nil
	}
	ref := u.reference()
	contents := numberCodes(u.variants, ref)
	first := u.base()
	units := []*tm.Unit{first}
	seen := make(map[language.Tag]bool, len(u.variants))
	for i, v := range u.variants {
		variant := tm.Variant{Lang: v.lang, Content: contents[i]}
		if !seen[v.lang] {
			seen[v.lang] = true
			first.Variants = append(first.Variants, variant)
			continue
		}
		more := u.base()
		if u.variants[ref].lang != v.lang {
			more.Variants = append(more.Variants, tm.Variant{Lang: u.variants[ref].lang, Content: contents[ref]})
		}
		more.Variants = append(more.Variants, variant)
		units = append(units, more)
	}
	return units
}

// reference returns the index of the variant whose codes number the others':
// the one in the source language, else the first.
func (u *unitBuilder) reference() int {
	for i, v := range u.variants {
		if v.lang == u.source {
			return i
		}
	}
	return 0
}

// base returns a unit with all but the variants.
func (u *unitBuilder) base() *tm.Unit {
	unit := &tm.Unit{}
	s := u.origin
	s.fill(u.latest)
	s.apply(unit, &u.props)
	u.props.apply(unit)
	return unit
}
