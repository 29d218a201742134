package exchange

import (
	"strings"

	"tarjoman/tm"
)

// maxSegments bounds the segments of one XLIFF unit.
const maxSegments = 100_000

// xliffUnit is what one trans-unit or unit says.
type xliffUnit struct {
	segments []xliffSegment  // of XLIFF 2; 1.2 has one, and its marks
	marks    [2][]xliffMark  // parts of source and target marked as segments
	defs     []xliffSegment  // states by mid, as SDL Trados writes them
	data     map[string]span // original data by id
	props    propSet
	skip     bool // not for translation
}

// An xliffSegment is a source and a target that belong together.
type xliffSegment struct {
	id      string
	state   tm.State
	machine bool
	sides   [2]rawVariant // source and target; lang is nil for one that is not there
}

// An xliffMark is a part of a content that is a segment.
type xliffMark struct {
	mid         string
	text, codes span
	from, first int // where the text and the codes of its content begin
}

const (
	source = iota
	target
)

func (u *xliffUnit) reset() {
	const keep = 1000
	if cap(u.segments) > keep || cap(u.marks[source]) > keep || cap(u.defs) > keep {
		*u = xliffUnit{}
	}
	*u = xliffUnit{
		segments: u.segments[:0], defs: u.defs[:0],
		marks: [2][]xliffMark{u.marks[source][:0], u.marks[target][:0]},
	}
}

func (d *xliffReader) readUnit(tok *xmlToken) error {
	u := &d.tu
	u.reset()
	u.skip = string(tok.raw("translate")) == "no"
	whole, approved := xliffSegment{}, string(tok.raw("approved")) == "yes"
	err := d.xml.children(func(tok *xmlToken) error { return d.inUnit(tok, &whole) })
	if err != nil {
		return err
	}
	if approved {
		whole.state = tm.Approved
	}
	if whole.sides[source].lang != nil || whole.sides[target].lang != nil {
		u.segments = append(u.segments, whole)
	}
	return d.emit()
}

// inUnit reads a child of a unit. Whole is the segment of a unit of 1.2.
func (d *xliffReader) inUnit(tok *xmlToken, whole *xliffSegment) error {
	switch d.local(tok) {
	case "source", "target":
		return d.side(tok, whole)
	case "seg-source":
		return d.segSource()
	case "segment":
		return d.segment(tok)
	case "note":
		return d.note()
	case "notes":
		return d.xml.children(func(tok *xmlToken) error {
			if d.local(tok) == "note" {
				return d.note()
			}
			return d.xml.skip()
		})
	case "originalData":
		return d.xml.children(d.originalData)
	case "sdl:seg-defs":
		return d.xml.children(d.segDef)
	}
	return d.xml.skip()
}

// segment reads a segment of XLIFF 2.
func (d *xliffReader) segment(tok *xmlToken) error {
	if len(d.tu.segments) >= maxSegments {
		return d.xml.tooLarge("exchange.unit_too_large")
	}
	seg := xliffSegment{state: xliffStates[string(tok.raw("state"))]}
	err := d.xml.children(func(tok *xmlToken) error {
		if name := d.local(tok); name == "source" || name == "target" {
			return d.side(tok, &seg)
		}
		return d.xml.skip()
	})
	d.tu.segments = append(d.tu.segments, seg)
	return err
}

// xliffStates are the states of both versions. What asks for more work is a
// draft; what is not said is not known.
var xliffStates = map[string]tm.State{
	"new": tm.Draft, "initial": tm.Draft, "needs-translation": tm.Draft, "needs-adaptation": tm.Draft, "needs-l10n": tm.Draft,
	"needs-review-translation": tm.Draft, "needs-review-adaptation": tm.Draft, "needs-review-l10n": tm.Draft,
	"translated": tm.Translated, "reviewed": tm.Approved, "final": tm.Approved, "signed-off": tm.Approved,
}

// side reads a source or target element.
func (d *xliffReader) side(tok *xmlToken, seg *xliffSegment) error {
	i, marks := source, []xliffMark(nil)
	if d.local(tok) == "target" {
		i, marks = target, d.tu.marks[target][:0]
	}
	if seg.sides[i].lang != nil {
		return d.xml.skip()
	}
	l, err := d.sideLang(tok, i)
	if err != nil {
		return err
	}
	if i == target {
		seg.qualify(tok)
	}
	text, codes, marks, err := d.xliffContent(marks)
	seg.sides[i] = rawVariant{lang: l, text: text, codes: codes}
	if i == target {
		d.tu.marks[target] = marks
	}
	return err
}

// qualify reads what a target element of 1.2 says about itself.
func (s *xliffSegment) qualify(tok *xmlToken) {
	if state := xliffStates[string(tok.raw("state"))]; state != "" {
		s.state = state
	}
	switch string(tok.raw("state-qualifier")) {
	case "mt-suggestion", "leveraged-mt":
		s.machine = true
	}
}

// unnamed stands for a language that the file does not name, which matters only
// when a unit comes of it.
var unnamed = &lang{}

// sideLang returns the language of a source or target element.
func (d *xliffReader) sideLang(tok *xmlToken, i int) (*lang, error) {
	if raw := tok.raw("xml:lang"); len(raw) > 0 {
		return d.lang(raw)
	}
	if l := d.fileLangs[i]; l != nil {
		return l, nil
	}
	return unnamed, nil
}

// segSource reads the source of 1.2 in which segments are marked.
func (d *xliffReader) segSource() (err error) {
	_, _, d.tu.marks[source], err = d.xliffContent(d.tu.marks[source][:0])
	return err
}

func (d *xliffReader) note() error {
	text, err := d.text()
	if err != nil || len(strings.TrimSpace(string(text))) == 0 {
		return err
	}
	p := &d.tu.props
	if p.count++; p.count > maxProps {
		return d.xml.tooLarge("exchange.unit_too_large")
	}
	p.add("", noteProp, "", string(text), &d.unitReader)
	return nil
}

// originalData reads a data element of XLIFF 2: markup that codes refer to.
func (d *xliffReader) originalData(tok *xmlToken) error {
	if d.local(tok) != "data" {
		return d.xml.skip()
	}
	id := tok.attr("id")
	text, err := d.text()
	if err != nil {
		return err
	}
	u := &d.tu
	if u.data == nil {
		u.data = map[string]span{}
	}
	if len(u.data) >= maxProps {
		return d.xml.tooLarge("exchange.unit_too_large")
	}
	u.data[id] = d.keepData(text)
	return nil
}

// segDef reads the state of a segment as SDL Trados writes it.
func (d *xliffReader) segDef(tok *xmlToken) error {
	if tok.name == "sdl:seg" {
		if len(d.tu.defs) >= maxSegments {
			return d.xml.tooLarge("exchange.unit_too_large")
		}
		origin := string(tok.raw("origin"))
		d.tu.defs = append(d.tu.defs, xliffSegment{
			id: tok.attr("id"), state: foreignStates[string(tok.raw("conf"))], machine: origin == "mt" || origin == "nmt",
		})
	}
	return d.xml.skip()
}
