package memory

import (
	"math/bits"
	"slices"

	"golang.org/x/text/unicode/norm"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A parsed unit is what can be told of a unit without looking at the table.
type parsed struct {
	unit  *tm.Unit
	time  int64
	near  [2]uint32
	sides []side
}

// A side is one variant of a parsed unit.
type side struct {
	sense    uint64
	spelling uint32
	words    []string
	tokens   []uint32 // numbers of the words, once they are known
	bare     bare
	values   []string // of its numbers
}

// parse reads a unit. Seed is that of the table.
func parse(seed uint64, u *tm.Unit) parsed {
	p := parsed{unit: u, time: changed(u), sides: make([]side, len(u.Variants))}
	p.near = [2]uint32{nearHash(seed, neighbour(u.Previous)), nearHash(seed, neighbour(u.Next))}
	for i := range u.Variants {
		p.sides[i] = parseSide(seed, lang.For(u.Variants[i].Lang), u.Variants[i].Content.Text)
	}
	return p
}

func parseSide(seed uint64, p *lang.Profile, text string) side {
	key := p.Keys(text)[0]
	s := side{sense: hash(seed, withoutSpaces(key)), spelling: spell(seed, text), words: tokensOf(key)}
	numbers := findNumbers(p, text)
	if len(numbers) == 0 {
		return s
	}
	without := withoutNumbers(text, numbers)
	s.bare.sense, s.bare.spelling = hash(seed, sense(p, without)), spell(seed, without)
	for _, n := range numbers {
		s.values = append(s.values, n.value)
	}
	return s
}

// spell returns a hash of the text as it is written.
func spell(seed uint64, text string) uint32 { return uint32(hash(seed, nfc(text))) }

// nfc is norm.NFC.String, quick for texts of characters that stay as they are:
// those that never combine, and single Arabic marks after letters that do not
// take them in, as in «خانهٔ».
func nfc(text string) string {
	var last rune
	for _, r := range text {
		stays := r < 0x300 || 0x61B <= r && r <= 0x64A || 0x660 <= r && r <= 0x66F || 0x671 <= r && r <= 0x6D5 ||
			0x6EE <= r && r <= 0x6FF || r == '،' || 0x2002 <= r && r <= 0x2064
		if !stays && (!arabicMark(r) || arabicMark(last) || takesIn(last)) {
			return norm.NFC.String(text)
		}
		last = r
	}
	return text
}

func arabicMark(r rune) bool { return 0x64B <= r && r <= 0x65F || r == 0x670 }

// takesIn reports whether a letter becomes another one with a mark above or
// below, or may stand where there is no letter.
func takesIn(r rune) bool {
	switch r {
	case 0, 0x627, 0x648, 0x64A, 0x6C1, 0x6D2, 0x6D5:
		return true
	}
	return r < 0x620
}

func nearHash(seed uint64, sense string) uint32 {
	if sense == "" {
		return 0
	}
	return max(1, uint32(hash(seed, sense)))
}

// changed returns when a unit was last changed, in microseconds.
func changed(u *tm.Unit) int64 {
	return max(u.Origin.Changed.UnixMicro(), u.Origin.Created.UnixMicro())
}

// valueHashes returns the hashes of the numbers of each side; nil for all where
// two numbers that differ have the same.
func valueHashes(seed uint64, sides []side) [][]uint32 {
	all := make([][]uint32, len(sides))
	for i := range sides {
		if len(sides[i].values) > maxNumbers {
			return make([][]uint32, len(sides)) // never repaired
		}
		for _, v := range sides[i].values {
			all[i] = append(all[i], uint32(hash(seed, v)))
		}
	}
	for i := range sides {
		for k := range sides[:i+1] {
			if confused(sides[i].values, sides[k].values, all[i], all[k]) {
				return make([][]uint32, len(sides))
			}
		}
	}
	return all
}

func confused(a, b []string, x, y []uint32) bool {
	for i := range a {
		for k := range b {
			if x[i] == y[k] && a[i] != b[k] {
				return true
			}
		}
	}
	return false
}

// A draft is a growing list of units with their tokens, not yet indexed. What
// is new in a table is searched in it, token by token.
type draft struct {
	ledger
	columns []uint32 // by variant: its language
	counts  []uint32 // by variant: its number of tokens
	marks   []uint64 // by variant: a bit for each of its tokens
	ends    []uint32 // by variant: where its row ends
	rows    []byte   // tokens as varints
}

// maxRows bounds the rows of one segment, so that offsets fit.
const maxRows = 1 << 31

func (d *draft) row(v uint32) []byte {
	if v == 0 {
		return d.rows[:d.ends[0]]
	}
	return d.rows[d.ends[v-1]:d.ends[v]]
}

// add appends a parsed unit of which the tokens are known.
func (d *draft) add(seed uint64, p *parsed, trait uint32, columns []uint32) {
	d.addFacts(p.unit.ID, p.time, trait, p.near)
	d.openVariants()
	var values [][]uint32
	for i := range p.sides {
		s, column := &p.sides[i], columns[i]
		if len(s.values) > 0 {
			if values == nil {
				values = valueHashes(seed, p.sides)
			}
			d.addBare(s.bare, column, values[i])
		}
		var mark uint64
		for _, id := range s.tokens {
			mark |= markOf(id)
			d.rows = appendToken(d.rows, id)
		}
		d.addVariant(inColumn(s.sense, column), s.spelling, column, uint32(len(s.words)), mark)
	}
	d.first = append(d.first, uint32(len(d.senses)))
}

// inColumn keeps equal texts of different languages apart.
func inColumn(sense uint64, column uint32) uint64 {
	return sense ^ uint64(column)*0x9E3779B97F4A7C15
}

func markOf(token uint32) uint64 { return 1 << (uint64(token*0x9E3779B1) >> 26 & 63) }

func appendToken(b []byte, id uint32) []byte {
	for id >= 0x80 {
		b = append(b, byte(id)|0x80)
		id >>= 7
	}
	return append(b, byte(id))
}

// appendTokens reads a row.
func appendTokens(list []uint32, row []byte) []uint32 {
	for i := 0; i < len(row); i++ {
		c := row[i]
		if c < 0x80 {
			list = append(list, uint32(c))
			continue
		}
		id := uint32(c & 0x7F)
		for shift := uint(7); ; shift += 7 {
			i++
			c = row[i]
			id |= uint32(c&0x7F) << shift
			if c < 0x80 {
				break
			}
		}
		list = append(list, id)
	}
	return list
}

func (d *draft) openVariants() {
	if len(d.first) == 0 {
		d.first = append(d.first, 0)
	}
}

func (d *draft) addBare(b bare, column uint32, values []uint32) {
	b.sense = inColumn(b.sense, column)
	b.variant, b.values = uint32(len(d.senses)), uint32(len(d.values))
	d.bares = append(d.bares, b)
	d.values = append(d.values, values...)
}

// addVariant ends a variant whose row has been written.
func (d *draft) addVariant(sense uint64, spelling, column, count uint32, mark uint64) {
	d.senses = append(d.senses, sense)
	d.spellings = append(d.spellings, spelling)
	d.columns = append(d.columns, column)
	d.counts = append(d.counts, count)
	d.marks = append(d.marks, mark)
	d.ends = append(d.ends, uint32(len(d.rows)))
}

// material is what segments are made of: a draft or another segment.
type material interface {
	facts() *ledger
	row(v uint32) []byte
}

func (d *draft) facts() *ledger { return &d.ledger }

// copyUnit appends unit u of m; columns are those of its variants.
func (d *draft) copyUnit(m material, u uint32, columns []uint32) {
	l := m.facts()
	d.addFacts(l.ids[u], l.times[u], l.traits[u], l.near(u))
	d.openVariants()
	from, to := l.variants(u)
	for v := from; v < to; v++ {
		if at, ok := l.bareOf(v, len(d.bares)); ok {
			b := l.bares[at]
			b.variant, b.values = uint32(len(d.senses)), uint32(len(d.values))
			d.bares = append(d.bares, b)
			d.values = append(d.values, l.numbersOf(at)...)
		}
		row := m.row(v)
		d.rows = append(d.rows, row...)
		d.addVariant(l.senses[v], l.spellings[v], columns[v-from], countTokens(row), 0)
	}
	d.first = append(d.first, uint32(len(d.senses)))
}

func countTokens(row []byte) uint32 {
	n := uint32(0)
	for _, c := range row {
		n += uint32(c>>7 ^ 1)
	}
	return n
}

// append adds all units of another draft.
func (d *draft) append(o *draft) {
	d.openVariants()
	variants, values, rows := uint32(len(d.senses)), uint32(len(d.values)), uint32(len(d.rows))
	for u := range o.ids {
		d.addFacts(o.ids[u], o.times[u], o.traits[u], o.near(uint32(u)))
	}
	for _, b := range o.bares {
		b.variant += variants
		b.values += values
		d.bares = append(d.bares, b)
	}
	d.values = append(d.values, o.values...)
	for i := 1; i < len(o.first); i++ {
		d.first = append(d.first, o.first[i]+variants)
	}
	d.senses, d.spellings = append(d.senses, o.senses...), append(d.spellings, o.spellings...)
	d.columns, d.counts = append(d.columns, o.columns...), append(d.counts, o.counts...)
	for _, end := range o.ends {
		d.ends = append(d.ends, end+rows)
	}
	d.rows = append(d.rows, o.rows...)
}

// find returns the place of a unit that is not deleted.
func (d *draft) find(id tm.UnitID) (uint32, bool) {
	for u := len(d.ids) - 1; u >= 0; u-- {
		if d.ids[u] == id && !d.isGone(uint32(u)) {
			return uint32(u), true
		}
	}
	return 0, false
}

// sameSense calls yield with the variants of a sense.
func (d *draft) sameSense(sense uint64, yield func(v uint32)) {
	for v, s := range d.senses {
		if s == sense {
			yield(uint32(v))
		}
	}
}

// sameBare calls yield with the places in bares of a sense without numbers.
func (d *draft) sameBare(sense uint64, yield func(at int)) {
	for at := range d.bares {
		if d.bares[at].sense == sense {
			yield(at)
		}
	}
}

// fuzzy offers the variants that are near the pattern of the search. Every bit
// of a mark that the other text lacks is a token that has to be replaced.
func (d *draft) fuzzy(s *search) {
	n := len(s.tokens)
	for v, count := range d.counts {
		if d.columns[v] != s.column || count == 0 || count > MaxTokens {
			continue
		}
		most := mostEdits(max(n, int(count)), s.bar)
		lacks := bits.OnesCount64(s.mark&^d.marks[v]) + s.unknown
		if max(n, int(count))-min(n, int(count)) > most || lacks > most || bits.OnesCount64(d.marks[v]&^s.mark) > most {
			continue
		}
		s.compare(&d.ledger, uint32(v), d.row(uint32(v)))
	}
}

func (d *draft) bytes() int {
	return d.ledger.bytes() + 4*(cap(d.columns)+cap(d.counts)+cap(d.ends)) + 8*cap(d.marks) + cap(d.rows)
}

// sorted returns the living units of the materials in the order of their IDs,
// of several with one ID the first. Columns are asked of the traits.
func sorted(t *traits, list []material) *draft {
	type place struct {
		id   tm.UnitID
		unit uint32
		of   int32
	}
	var places []place
	size := 0
	for i, m := range list {
		l := m.facts()
		size += len(l.ids)
		for u, id := range l.ids {
			if !l.isGone(uint32(u)) {
				places = append(places, place{id, uint32(u), int32(i)})
			}
		}
	}
	inOrder := func(a, b place) int {
		switch {
		case a.id < b.id:
			return -1
		case a.id > b.id:
			return 1
		case a.of != b.of:
			return int(a.of - b.of)
		}
		return int(a.unit) - int(b.unit)
	}
	ordered := slices.IsSortedFunc(places, inOrder)
	if !ordered {
		slices.SortFunc(places, inOrder)
	}
	double := func(a, b place) bool { return a.id == b.id }
	places = slices.CompactFunc(places, double)
	if d, ok := list[0].(*draft); ok && len(list) == 1 && ordered && len(places) == size {
		return d
	}
	out := &draft{}
	columns := make([]uint32, 0, 4)
	for _, p := range places {
		columns = columns[:0]
		m := list[p.of]
		for _, v := range t.list[m.facts().traits[p.unit]].variants {
			columns = append(columns, t.columnOf(v))
		}
		out.copyUnit(m, p.unit, columns)
	}
	return out
}
