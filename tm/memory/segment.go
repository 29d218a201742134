package memory

import (
	"slices"

	"tarjoman/tm"
)

// A segment is a list of units in the order of their IDs, with its index. Only
// the marks of deleted units ever change.
type segment struct {
	ledger
	exact buckets // variants by sense
	bare  buckets // places in bares by sense
	lanes map[uint32]*lane
}

// newSegment indexes a harvest, which is empty afterwards. Words is the number
// of words of each column.
func newSegment(h *harvest, words []int) *segment {
	s := &segment{ledger: h.ledger(), lanes: map[uint32]*lane{}}
	tidy(s.ledger.bytes())
	s.index()
	for column, b := range h.bins {
		s.lanes[column] = newLane(b, words[column])
	}
	return s
}

// index makes what is found again from the facts.
func (s *segment) index() {
	s.exact = newBuckets(len(s.senses), func(i int) uint64 { return s.senses[i] })
	s.bare = newBuckets(len(s.bares), func(i int) uint64 { return s.bares[i].sense })
}

func (s *segment) facts() *ledger { return &s.ledger }

func (s *segment) find(id tm.UnitID) (uint32, bool) {
	u, ok := slices.BinarySearch(s.ids, id)
	return uint32(u), ok && !s.isGone(uint32(u))
}

func (s *segment) sameSense(sense uint64, yield func(v uint32)) {
	for _, v := range s.exact.near(sense) {
		if s.senses[v] == sense {
			yield(v)
		}
	}
}

func (s *segment) sameBare(sense uint64, yield func(at int)) {
	for _, at := range s.bare.near(sense) {
		if s.bares[at].sense == sense {
			yield(int(at))
		}
	}
}

func (s *segment) fuzzy(q *search) {
	if l := s.lanes[q.column]; l != nil {
		q.lane(s, l)
	}
}

func (s *segment) bytes() int {
	n := s.ledger.bytes() + s.exact.bytes() + s.bare.bytes()
	for _, l := range s.lanes {
		n += l.bytes()
	}
	return n
}

// opened is a segment about to be merged, with the way from variants to rows.
type opened struct {
	*segment
	lane  []*lane
	entry []uint32
}

func open(s *segment) *opened {
	o := &opened{s, make([]*lane, len(s.senses)), make([]uint32, len(s.senses))}
	for _, l := range s.lanes {
		for e, v := range l.owner {
			o.lane[v], o.entry[v] = l, uint32(e)
		}
	}
	return o
}

func (o *opened) row(v uint32) []byte { return o.lane[v].row(o.entry[v]) }
