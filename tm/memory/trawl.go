package memory

import (
	"slices"

	"tarjoman/tm"
)

// A trawl is a concordance on its way through the parts of a table, under the
// table's lock. Classes are searched one after the other, the best first, until
// there is enough to show.
type trawl struct {
	*ConcordanceQuery
	table    *Table
	columns  [2]uint32 // of From and To
	memories map[tm.MemoryID]bool
	needles  []*needle
	sides    []int         // by needle: 0 for the source, 1 for the target
	verdicts []sideVerdict // by trait
	seen     map[part][]uint64
	need     int // hits to be kept
	found    []located
	total    int
	row      []uint32
}

// A sideVerdict says whether units with a trait are searched, and which of
// their variants.
type sideVerdict struct {
	known, use bool
	variants   [2]int32
}

// A located is a hit that is not yet spelled out.
type located struct {
	class   class
	changed int64
	id      tm.UnitID
}

func compareLocated(a, b located) int {
	switch {
	case a.class != b.class:
		return int(a.class) - int(b.class)
	case a.changed != b.changed:
		return -compareInts(a.changed, b.changed)
	}
	return compareInts(a.id, b.id)
}

func compareInts[T ~int64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// run searches until enough is found; it returns whether there may be more in
// classes it did not come to.
func (t *trawl) run() (more bool) {
	for c := wholePhrase; c < nowhere; c++ {
		if t.total > t.need {
			more = true
			break
		}
		for i, p := range t.needles {
			t.class(c, p, t.sides[i])
		}
	}
	t.trim()
	return more
}

// class searches one side for one class.
func (t *trawl) class(c class, p *needle, side int) {
	switch {
	case c == rejoinedPhrase && !p.hasJoints():
		return
	case c >= wholeWords && len(p.words) == 0:
		return
	}
	for _, x := range t.table.parts() {
		switch x := x.(type) {
		case *segment:
			t.segment(c, p, side, x)
		case *draft:
			t.draft(c, p, side, x)
		}
	}
}

func (t *trawl) draft(c class, p *needle, side int, d *draft) {
	for v, column := range d.columns {
		if column == p.number && p.holds(c, t.read(d.row(uint32(v)))) {
			t.take(c, d, uint32(v), side)
		}
	}
}

func (t *trawl) read(row []byte) []uint32 {
	t.row = appendTokens(t.row[:0], row)
	return t.row
}

// segment tries the rows that have one of the words needed. When the phrase is
// one word, having it is enough.
func (t *trawl) segment(c class, p *needle, side int, s *segment) {
	l := s.lanes[p.number]
	if l == nil {
		return
	}
	sure := len(p.tokens) == 1 && (c == wholePhrase || c == partPhrase)
	for _, word := range p.needed(c, l.rowsWith) {
		l.each(word, func(e uint32) {
			v := l.owner[e]
			if t.fits(s, v, side) && (sure || p.holds(c, t.read(l.row(e)))) {
				t.take(c, s, v, side)
			}
		})
	}
}

// fits reports whether the unit of a variant is searched on this side and was
// not found yet.
func (t *trawl) fits(x part, v uint32, side int) bool {
	l := x.facts()
	unit := l.unitOf(v)
	if seen := t.seen[x]; seen != nil && seen[unit/64]>>(unit%64)&1 == 1 {
		return false
	}
	j := t.judge(l.traits[unit])
	first, _ := l.variants(unit)
	return j.use && first+uint32(j.variants[side]) == v && !l.isGone(unit) && t.passesTime(l.times[unit])
}

// judge returns the verdict on a trait.
func (t *trawl) judge(number uint32) *sideVerdict {
	if n := int(number) + 1; n > len(t.verdicts) {
		t.verdicts = slices.Grow(t.verdicts, n-len(t.verdicts))[:n]
	}
	j := &t.verdicts[number]
	if j.known {
		return j
	}
	all := &t.table.traits
	trait := &all.list[number]
	from, to := trait.variant(all, t.From, t.columns[0]), trait.variant(all, t.To, t.columns[1])
	reads := t.memories == nil || t.memories[trait.memory]
	*j = sideVerdict{
		known: true, variants: [2]int32{int32(from), int32(to)},
		use: reads && from >= 0 && to >= 0 && from != to && t.passes(trait.author, trait.document, trait.state),
	}
	return j
}

// take counts a hit and keeps it when it is among the first.
func (t *trawl) take(c class, x part, v uint32, side int) {
	if !t.fits(x, v, side) {
		return
	}
	l := x.facts()
	unit := l.unitOf(v)
	seen := t.seen[x]
	if seen == nil {
		seen = make([]uint64, l.len()/64+1)
		t.seen[x] = seen
	}
	seen[unit/64] |= 1 << (unit % 64)
	t.total++
	t.found = append(t.found, located{c, l.times[unit], l.ids[unit]})
	if len(t.found) > 2*t.need+1000 {
		t.trim()
	}
}

// trim forgets the hits that will not be shown.
func (t *trawl) trim() {
	slices.SortFunc(t.found, compareLocated)
	t.found = t.found[:min(len(t.found), t.need)]
}

// rowsWith returns how many entries have a word.
func (l *lane) rowsWith(word uint32) int {
	f, ok := l.feature(word, 0)
	if !ok {
		return 0
	}
	return int(l.postings(f).size)
}

// each calls yield with the entries that have a word, ascending.
func (l *lane) each(word uint32, yield func(e uint32)) {
	f, ok := l.feature(word, 0)
	if !ok {
		return
	}
	p := l.postings(f)
	for _, e := range p.short {
		yield(e)
	}
	for i := range l.chunks {
		if p.parts == nil {
			return
		}
		base, from, to := l.chunks[i].base, p.parts[i], p.parts[i+1]
		list := l.long[from&^dense : to&^dense]
		if from&dense != 0 {
			eachBit(list, func(in int) { yield(base + uint32(in)) })
			continue
		}
		for _, in := range list {
			yield(base + uint32(in))
		}
	}
}
