package memory

import (
	"slices"
	"sort"

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
	here     ground
	need     int // hits to be kept
	found    []located
	total    int
	tried    int    // rows, in this class
	worst    uint32 // length of the last hit to be kept
	more     bool
	row      []uint32
}

// patience is how many rows of a class are tried when there are enough hits: up
// to there they are counted.
const patience = 5000

// A ground is the part of the table that is searched.
type ground struct {
	*ledger
	seen []uint64 // units found
	side int
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
	length  uint32 // number of tokens
	changed int64
	id      tm.UnitID
}

func compareLocated(a, b located) int {
	switch {
	case a.class != b.class:
		return int(a.class) - int(b.class)
	case a.length != b.length:
		return int(a.length) - int(b.length)
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

// run searches until enough is found.
func (t *trawl) run() {
	for c := wholePhrase; c < nowhere && !t.more; c++ {
		if t.total > t.need {
			t.more = true
			break
		}
		if c == partWords && t.total > 0 {
			break // a last resort
		}
		t.tried, t.worst = 0, 0
		for i, p := range t.needles {
			t.class(c, p, t.sides[i])
		}
	}
	t.trim()
}

// class searches one side for one class.
func (t *trawl) class(c class, p *needle, side int) {
	switch {
	case c == rejoinedPhrase && !p.hasJoints():
		return
	case c >= wholeWords && len(p.apart) == 0:
		return
	}
	for _, x := range t.table.parts() {
		if t.seen[x] == nil {
			t.seen[x] = make([]uint64, x.facts().len()/64+1)
		}
		t.here = ground{x.facts(), t.seen[x], side}
		switch x := x.(type) {
		case *segment:
			t.segment(c, p, x)
		case *draft:
			t.draft(c, p, x)
		}
	}
}

func (t *trawl) draft(c class, p *needle, d *draft) {
	for v, column := range d.columns {
		if column == p.number && t.fits(uint32(v)) && p.holds(c, t.read(d.row(uint32(v)))) {
			t.take(c, uint32(v), d.counts[v])
		}
	}
}

func (t *trawl) read(row []byte) []uint32 {
	t.row = appendTokens(t.row[:0], row)
	return t.row
}

// segment tries the rows that have one of the words needed. When the phrase is
// one word, having it is enough.
func (t *trawl) segment(c class, p *needle, s *segment) {
	l := s.lanes[p.number]
	if l == nil {
		return
	}
	sure := len(p.tokens) == 1 && (c == wholePhrase || c == partPhrase)
	for _, word := range p.needed(c, l.rowsWith) {
		l.each(word, func(e uint32, in *chunk) bool {
			v := l.owner[e]
			if (sure || p.holds(c, t.read(l.row(e)))) && t.fits(v) {
				t.take(c, v, l.length(e, in))
			}
			return !t.enough(in.least)
		})
	}
}

// enough reports whether texts of this length and longer need not be tried any
// more.
func (t *trawl) enough(length uint32) bool {
	if t.tried++; t.tried < patience || t.total < t.need {
		return false
	}
	if t.tried%patience == 0 || t.worst == 0 {
		t.trim()
		t.worst = t.found[t.need-1].length
	}
	t.more = t.more || length > t.worst
	return length > t.worst
}

// fits reports whether the unit of a variant is searched on this side and was
// not found yet.
func (t *trawl) fits(v uint32) bool {
	l := t.here.ledger
	unit := l.unitOf(v)
	if t.here.seen[unit/64]>>(unit%64)&1 == 1 || l.isGone(unit) {
		return false
	}
	j := t.judge(l.traits[unit])
	first, _ := l.variants(unit)
	return j.use && first+uint32(j.variants[t.here.side]) == v && t.passesTime(l.times[unit]) &&
		(t.Only == nil || t.Only(l.ids[unit]))
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
func (t *trawl) take(c class, v, length uint32) {
	l := t.here.ledger
	unit := l.unitOf(v)
	t.here.seen[unit/64] |= 1 << (unit % 64)
	t.total++
	t.found = append(t.found, located{c, length, l.times[unit], l.ids[unit]})
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

// each calls yield with the entries that have a word, ascending, and the chunk
// each is in, until it returns false.
func (l *lane) each(word uint32, yield func(e uint32, in *chunk) bool) {
	f, ok := l.feature(word, 0)
	if !ok {
		return
	}
	p := l.postings(f)
	if p.parts == nil {
		l.eachShort(p.short, yield)
		return
	}
	for i := range l.chunks {
		c := &l.chunks[i]
		list := l.long[p.parts[i]&^dense : p.parts[i+1]&^dense]
		more := true
		if p.parts[i]&dense != 0 {
			eachBit(list, func(in int) { more = more && yield(c.base+uint32(in), c) })
		} else {
			for at := 0; at < len(list) && more; at++ {
				more = yield(c.base+uint32(list[at]), c)
			}
		}
		if !more {
			return
		}
	}
}

func (l *lane) eachShort(list []uint32, yield func(e uint32, in *chunk) bool) {
	at := 0
	for i, e := range list {
		if i == 0 {
			at = sort.Search(len(l.chunks), func(i int) bool { return l.chunks[i].base > e }) - 1
		}
		for e-l.chunks[at].base >= l.chunks[at].n {
			at++
		}
		if !yield(e, &l.chunks[at]) {
			return
		}
	}
}

// length returns the number of tokens of an entry.
func (l *lane) length(e uint32, in *chunk) uint32 {
	if in.least == in.most {
		return in.least
	}
	return countTokens(l.row(e))
}
