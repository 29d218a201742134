package exchange

import (
	"maps"
	"slices"
	"strings"

	"tarjoman/tm"
)

// emit makes units of the segments.
func (d *xliffReader) emit() error {
	d.pairMarks()
	if len(d.tu.segments)*len(d.tu.props.kept) > maxRepeatedProps {
		return d.xml.tooLarge("exchange.unit_too_large")
	}
	all := d.freeze()
	for i := range d.tu.segments {
		if err := d.emitSegment(&d.tu.segments[i], all); err != nil {
			return err
		}
	}
	return nil
}

func (d *xliffReader) emitSegment(seg *xliffSegment, all string) error {
	text := [2]string{}
	for i, side := range seg.sides {
		text[i] = all[side.text.from:side.text.to]
	}
	if strings.TrimSpace(text[source]) == "" {
		return nil // nothing to translate: not even a neighbour
	}
	if d.tu.skip || strings.TrimSpace(text[target]) == "" {
		d.info.Skipped++
		return d.follow(text[source], nil)
	}
	from, to := seg.sides[source].lang, seg.sides[target].lang
	if from == nil || from == unnamed || to == unnamed {
		return d.xml.fail("exchange.language_missing")
	}
	if from.tag == to.tag {
		d.info.Skipped++
		return d.follow(text[source], nil)
	}
	return d.follow(text[source], d.unitOf(seg, all))
}

func (d *xliffReader) unitOf(seg *xliffSegment, all string) *tm.Unit {
	d.numberRefs(seg)
	unit := newUnit(2)
	for i, c := range d.contents(all, seg.sides[:], source) {
		unit.Variants = append(unit.Variants, tm.Variant{Lang: seg.sides[i].lang.tag, Content: c})
	}
	unit.Origin = tm.Origin{Document: d.document, State: seg.state}
	if seg.machine {
		unit.Origin.Kind = tm.Machine
	}
	unit.Props = maps.Clone(d.tu.props.kept)
	return unit
}

// pairMarks replaces the one segment of 1.2 by the parts that are marked in
// both source and target. When only one of them is marked, the whole stays.
func (d *xliffReader) pairMarks() {
	u := &d.tu
	if len(u.marks[source]) == 0 || len(u.marks[target]) == 0 || len(u.segments) != 1 {
		if len(u.segments) == 1 && len(u.defs) == 1 {
			u.segments[0].define(u.defs)
		}
		return
	}
	whole := u.segments[0]
	u.segments = u.segments[:0]
	targets := make(map[string]*xliffMark, len(u.marks[target]))
	for i := range u.marks[target] {
		targets[u.marks[target][i].mid] = &u.marks[target][i]
	}
	for i := range u.marks[source] {
		mark := &u.marks[source][i]
		seg := xliffSegment{id: mark.mid, state: whole.state, machine: whole.machine}
		seg.sides[source] = d.part(whole.sides[source].lang, mark)
		if t := targets[mark.mid]; t != nil {
			seg.sides[target] = d.part(whole.sides[target].lang, t)
			delete(targets, mark.mid)
		}
		u.segments = append(u.segments, seg)
	}
	u.defineAll()
}

func (u *xliffUnit) defineAll() {
	if len(u.defs) == 0 {
		return
	}
	slices.SortStableFunc(u.defs, func(a, b xliffSegment) int { return strings.Compare(a.id, b.id) })
	for i := range u.segments {
		seg := &u.segments[i]
		at, ok := slices.BinarySearchFunc(u.defs, seg.id, func(def xliffSegment, id string) int { return strings.Compare(def.id, id) })
		if ok {
			seg.define(u.defs[at : at+1])
		}
	}
}

func (s *xliffSegment) define(defs []xliffSegment) {
	if defs[0].state != "" {
		s.state = defs[0].state
	}
	s.machine = s.machine || defs[0].machine
}

// part returns a marked part as a variant of its own. Codes whose partner is
// outside stand alone in it.
func (d *xliffReader) part(l *lang, m *xliffMark) rawVariant {
	codes := d.codes[m.codes.from:m.codes.to]
	for i := range codes {
		c := &codes[i]
		c.Pos -= m.text.from - m.from
		if c.partner -= m.codes.from - m.first; c.partner < 0 || c.partner >= len(codes) {
			c.partner, c.paired = i, false
		}
	}
	return rawVariant{lang: l, text: m.text, codes: m.codes}
}

// numberRefs gives the codes of a segment that have an id in the file the
// numbers from 1, the same for the same id.
func (d *xliffReader) numberRefs(seg *xliffSegment) {
	if len(d.codesOf(seg.sides[source]))+len(d.codesOf(seg.sides[target])) == 0 {
		return
	}
	d.clearPairs()
	for _, side := range seg.sides {
		codes := d.codesOf(side)
		for i := range codes {
			c := &codes[i]
			if c.ref == "" || c.partner < i {
				continue
			}
			if d.pairs[c.ref] == 0 {
				d.pairs[c.ref] = len(d.pairs) + 1
			}
			c.x = d.pairs[c.ref]
		}
	}
}
