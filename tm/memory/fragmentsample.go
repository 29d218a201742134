package memory

import (
	"cmp"
	"slices"

	"tarjoman/tm"
)

// A witness is a unit that holds a phrase or a word of a query, with the row of
// its target.
type witness struct {
	id      tm.UnitID
	penalty int
	state   uint8
	changed int64
	part    uint32
	source  sighting
	target  uint32 // variant
	texts   [2]uint64
}

// compareWitnesses is a total order: what is worth most is asked first.
func compareWitnesses(a, b witness) int {
	return cmp.Or(
		cmp.Compare(a.penalty, b.penalty), cmp.Compare(a.state, b.state),
		cmp.Compare(b.changed, a.changed), cmp.Compare(a.id, b.id),
	)
}

const (
	maxVerified = 2000 // rows read to count a phrase
	maxWitness  = 100  // units to learn a phrase from
)

// holders returns the units that hold a phrase, at most maxWitness with
// different texts, and how many there are; more when not all were counted.
func (q *quarry) holders(s span8) (list []witness, count int, more bool) {
	places := q.mayHold(s)
	step := 1
	if more = len(places) > maxVerified; more {
		step = len(places) / maxVerified
	}
	for i := 0; i < len(places); i += step {
		w, ok := q.witness(places[i])
		if !ok || !q.holds(places[i], s) {
			continue
		}
		count++
		list = append(list, w)
	}
	return foremost(list, maxWitness), count, more
}

// mayHold returns the rows that have all tokens of a phrase.
func (q *quarry) mayHold(s span8) []sighting {
	if s.to-s.from == 1 {
		return q.rowsWith(&q.words[q.tokens[s.from].word], maxVerified+1)
	}
	var list []sighting
	for _, b := range q.blocks {
		if s.from < b.from || s.to > b.from+b.n {
			continue
		}
		need := (uint64(1)<<(s.to-s.from) - 1) << (s.from - b.from)
		for _, sight := range b.sightings {
			if sight.mask&need == need {
				list = append(list, sight)
			}
		}
	}
	return list
}

// holds reports whether a row holds the phrase.
func (q *quarry) holds(at sighting, s span8) bool {
	if s.to-s.from == 1 {
		return true
	}
	row := q.read(q.rowAt(at))
	for j := 0; j+s.to-s.from <= len(row); j++ {
		n := 0
		for n < s.to-s.from && int(row[j+n]) == q.tokens[s.from+n].word+1 {
			n++
		}
		if n == s.to-s.from {
			return true
		}
	}
	return false
}

func (q *quarry) rowAt(at sighting) []byte {
	if x, ok := q.parts[at.part].(*segment); ok {
		return x.lanes[q.numbers[0]].row(at.place)
	}
	return q.parts[at.part].(*draft).row(at.place)
}

// witness describes the unit of a row; ok is false when the query does not read
// it.
func (q *quarry) witness(at sighting) (w witness, ok bool) {
	l, v := q.parts[at.part].facts(), at.place
	if x, ok := q.parts[at.part].(*segment); ok {
		v = x.lanes[q.numbers[0]].owner[at.place]
	}
	unit, target, ok := q.fits(l, v)
	if !ok {
		return w, false
	}
	trait := &q.table().traits.list[l.traits[unit]]
	return witness{
		id: l.ids[unit], penalty: q.penalty[trait.memory] + trait.penalty, state: stateOrder(trait.state), changed: l.times[unit],
		part: at.part, source: at, target: target, texts: [2]uint64{l.senses[v], l.senses[target]},
	}, true
}

func (q *quarry) table() *Table { return q.trawl.table }

// foremost returns the most valuable of the units, no two with the same texts.
func foremost(list []witness, most int) []witness {
	slices.SortFunc(list, compareWitnesses)
	seen := make(map[[2]uint64]bool, len(list))
	out := list[:0]
	for _, w := range list {
		if len(out) == most {
			break
		}
		if !seen[w.texts] {
			seen[w.texts] = true
			out = append(out, w)
		}
	}
	return out
}

// rowsWith returns about most rows that have a word, evenly from all of them.
func (q *quarry) rowsWith(w *fragmentWord, most int) []sighting {
	var list []sighting
	for n, p := range q.parts {
		switch x := p.(type) {
		case *segment:
			if l := x.lanes[q.numbers[0]]; l != nil {
				list = l.spread(w, uint32(n), most, list)
			}
		case *draft:
			for v, column := range x.columns {
				if column == q.numbers[0] && slices.Contains(q.read(x.row(uint32(v))), q.class[w.ids[0]]) {
					list = append(list, sighting{part: uint32(n), place: uint32(v)})
				}
			}
		}
	}
	return list
}

// spread adds entries that have the word: all when they are at most so many,
// else about as many as said of the word's rows in all parts.
func (l *lane) spread(w *fragmentWord, part uint32, most int, list []sighting) []sighting {
	step := max(1, w.rows/most)
	var places []uint32
	for _, id := range w.ids {
		f, ok := l.feature(id, 0)
		if !ok {
			continue
		}
		p := l.postings(f)
		if p.parts == nil {
			for i := 0; i < len(p.short); i += step {
				places = append(places, p.short[i])
			}
			continue
		}
		for i := range l.chunks {
			places = l.spreadChunk(i, p.parts[i], p.parts[i+1], step, places)
		}
	}
	if len(w.ids) > 1 {
		slices.Sort(places)
		places = slices.Compact(places)
	}
	for _, e := range places {
		list = append(list, sighting{part: part, place: e})
	}
	return list
}

func (l *lane) spreadChunk(chunk int, from, to uint32, step int, places []uint32) []uint32 {
	list, base := l.long[from&^dense:to&^dense], l.chunks[chunk].base
	if from&dense == 0 {
		for i := 0; i < len(list); i += step {
			places = append(places, base+uint32(list[i]))
		}
		return places
	}
	i := 0
	eachBit(list, func(in int) {
		if i%step == 0 {
			places = append(places, base+uint32(in))
		}
		i++
	})
	return places
}

// sample returns about most units that have a word; where the query reads few
// of them, more rows are tried.
func (q *quarry) sample(w *fragmentWord, most int) []witness {
	for try := most; ; try *= 8 {
		var list []witness
		for _, at := range q.rowsWith(w, try) {
			if found, ok := q.witness(at); ok {
				list = append(list, found)
			}
		}
		if len(list) > most/2 || try >= w.rows || try > maxVerified {
			return foremost(list, most)
		}
	}
}
