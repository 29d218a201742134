package memory

import (
	"math/bits"

	"tarjoman/tm"
)

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

// add appends a parsed unit. The rows of its variants follow with addRow.
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
		d.addVariant(inColumn(s.sense, column), s.spelling, column, uint32(s.count))
	}
	d.first = append(d.first, uint32(len(d.senses)))
}

// addRow appends the tokens of the first variant that has none.
func (d *draft) addRow(tokens []uint32) {
	var mark uint64
	for _, id := range tokens {
		mark |= markOf(id)
		d.rows = appendToken(d.rows, id)
	}
	d.marks = append(d.marks, mark)
	d.ends = append(d.ends, uint32(len(d.rows)))
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

func (d *draft) addVariant(sense uint64, spelling, column, count uint32) {
	d.senses = append(d.senses, sense)
	d.spellings = append(d.spellings, spelling)
	d.columns = append(d.columns, column)
	d.counts = append(d.counts, count)
}

// material is what segments are made of: a draft or another segment.
type material interface {
	facts() *ledger
	row(v uint32) []byte
}

func (d *draft) facts() *ledger { return &d.ledger }

func countTokens(row []byte) uint32 {
	n := uint32(0)
	for _, c := range row {
		n += uint32(c>>7 ^ 1)
	}
	return n
}

// empty makes room for other units.
func (d *draft) empty() {
	l := &d.ledger
	l.ids, l.times, l.traits, l.nears, l.first = l.ids[:0], l.times[:0], l.traits[:0], nil, l.first[:0]
	l.senses, l.spellings, l.bares, l.values = l.senses[:0], l.spellings[:0], l.bares[:0], l.values[:0]
	d.columns, d.counts, d.marks, d.ends, d.rows = d.columns[:0], d.counts[:0], d.marks[:0], d.ends[:0], d.rows[:0]
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
