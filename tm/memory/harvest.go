package memory

import (
	"cmp"
	"encoding/binary"
	"slices"

	"tarjoman/tm"
)

// A harvest collects the units of one segment. Their rows are sorted by length
// as they come, so that lanes need only put them together.
type harvest struct {
	ids       pile[tm.UnitID]
	times     pile[int64]
	traits    pile[uint32]
	nears     pile[[2]uint32] // when some unit has neighbours
	first     pile[uint32]    // when units have different numbers of variants
	stride    uint32          // else
	senses    pile[uint64]
	spellings pile[uint32]
	bares     pile[bare]
	values    pile[uint32]
	bins      map[uint32]*bin // by column

	last   tm.UnitID
	mixed  bool // the units are not in the order of their IDs
	beside int  // where the last bare was found
}

// A bin holds the rows of one language by their number of tokens. The last
// possible shelf is for all that fuzzy matching does not compare.
type bin struct {
	shelves []shelf
	longest uint32
}

type shelf struct {
	owner pile[uint32] // by row: its variant
	rows  pile[byte]   // as a lane has them
}

func newHarvest() *harvest { return &harvest{bins: map[uint32]*bin{}} }

func (h *harvest) len() int { return h.ids.len() }

// addDraft appends the units of a draft of which none is deleted.
func (h *harvest) addDraft(d *draft) {
	variants, values := uint32(h.senses.len()), uint32(h.values.len())
	for u := range uint32(len(d.ids)) {
		h.addFacts(&d.ledger, u, variants+d.first[u])
	}
	for _, b := range d.bares {
		b.variant += variants
		b.values += values
		h.bares.add(b)
	}
	h.values.add(d.values...)
	h.senses.add(d.senses...)
	h.spellings.add(d.spellings...)
	for v, column := range d.columns {
		h.addRow(column, variants+uint32(v), d.counts[v], d.row(uint32(v)))
	}
}

// addUnit appends unit u of m; columns are those of its variants.
func (h *harvest) addUnit(m material, u uint32, columns []uint32) {
	l := m.facts()
	h.addFacts(l, u, uint32(h.senses.len()))
	from, to := l.variants(u)
	for v := from; v < to; v++ {
		to, row := uint32(h.senses.len()), m.row(v)
		if at, ok := l.bareOf(v, h.beside+1); ok {
			h.beside = at
			b := l.bares[at]
			b.variant, b.values = to, uint32(h.values.len())
			h.bares.add(b)
			h.values.add(l.numbersOf(at)...)
		}
		h.senses.add(l.senses[v])
		h.spellings.add(l.spellings[v])
		h.addRow(columns[v-from], to, countTokens(row), row)
	}
}

// addFacts appends what is known of a unit; its variants begin at first.
func (h *harvest) addFacts(l *ledger, u, first uint32) {
	id, near, n := l.ids[u], l.near(u), h.len()
	h.mixed = h.mixed || n > 0 && id <= h.last
	h.last = id
	h.ids.add(id)
	h.times.add(l.times[u])
	h.traits.add(l.traits[u])
	if near != [2]uint32{} && h.nears.len() == 0 {
		h.nears.add(make([][2]uint32, n)...)
	}
	if near != [2]uint32{} || h.nears.len() > 0 {
		h.nears.add(near)
	}
	from, to := l.variants(u)
	h.addFirst(n, first, to-from)
}

func (h *harvest) addFirst(unit int, first, variants uint32) {
	if unit == 0 {
		h.stride = variants
	}
	if h.stride > 0 && h.stride != variants {
		for u := range uint32(unit) {
			h.first.add(u * h.stride)
		}
		h.stride = 0
	}
	if h.stride == 0 {
		h.first.add(first)
	}
}

func (h *harvest) addRow(column, variant, count uint32, row []byte) {
	b := h.bins[column]
	if b == nil {
		b = &bin{}
		h.bins[column] = b
	}
	b.longest = max(b.longest, count)
	at := int(min(count, MaxTokens+1))
	if at >= len(b.shelves) {
		b.shelves = append(b.shelves, make([]shelf, at+1-len(b.shelves))...)
	}
	s := &b.shelves[at]
	var room [binary.MaxVarintLen32]byte
	s.owner.add(variant)
	s.rows.add(binary.AppendUvarint(room[:0], uint64(len(row)))...)
	s.rows.add(row...)
}

// ledger takes the facts out of the harvest.
func (h *harvest) ledger() ledger {
	if h.stride == 0 {
		h.first.add(uint32(h.senses.len()))
	}
	return ledger{
		ids: h.ids.take(), times: h.times.take(), traits: h.traits.take(), nears: h.nears.take(),
		stride: h.stride, first: h.first.take(), senses: h.senses.take(), spellings: h.spellings.take(),
		bares: h.bares.take(), values: h.values.take(),
	}
}

// sorted returns the living units of the materials in the order of their IDs,
// of several with one ID the first. Columns are asked of the traits.
func sorted(t *traits, list []material) *harvest {
	type place struct {
		id   tm.UnitID
		unit uint32
		of   int32
	}
	var places []place
	for i, m := range list {
		l := m.facts()
		for u, id := range l.ids {
			if !l.isGone(uint32(u)) {
				places = append(places, place{id, uint32(u), int32(i)})
			}
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.of, b.of), cmp.Compare(a.unit, b.unit))
	})
	places = slices.CompactFunc(places, func(a, b place) bool { return a.id == b.id })
	out := newHarvest()
	columns := make([]uint32, 0, 4)
	for _, p := range places {
		m := list[p.of]
		columns = t.appendColumns(columns[:0], m.facts().traits[p.unit])
		out.addUnit(m, p.unit, columns)
	}
	return out
}
