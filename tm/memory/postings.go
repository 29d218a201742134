package memory

import (
	"math/bits"
	"slices"
)

// A span is what has been read of one list in one chunk.
type span struct {
	short []uint32
	long  []uint16
	dense bool
}

// lane searches the entries of one lane, chunk by chunk, those of the query's
// length first.
func (s *search) lane(seg *segment, l *lane) {
	s.gather(l)
	n := uint32(len(s.tokens))
	middle, _ := slices.BinarySearchFunc(l.chunks, n, func(c chunk, n uint32) int { return int(c.most) - int(n) })
	base := uint32(len(l.owner))
	if middle < len(l.chunks) {
		base = l.chunks[middle].base
	}
	for i := range s.lists {
		s.lists[i].start(base)
	}
	want := s.hitsToWant(l)
	for down, up := middle-1, middle; ; {
		below, above := -1, -1 // the best scores possible
		if down >= 0 {
			below = 100 * int(l.chunks[down].most) / int(n)
		}
		if up < len(l.chunks) && l.chunks[up].least <= MaxTokens {
			above = 100 * int(n) / int(max(n, l.chunks[up].least))
		}
		switch {
		case max(below, above) < s.bar:
			return
		case above >= below:
			s.chunk(seg, l, up, want, true)
			up++
		default:
			s.chunk(seg, l, down, want, false)
			down--
		}
	}
}

// gather sets lists to those of the query's features, the shortest first;
// features that do not occur have an empty list.
func (s *search) gather(l *lane) {
	s.lists = s.lists[:0]
	for i, t := range s.tokens {
		var list postings
		if t != 0 {
			if f, ok := l.feature(t, s.repeatOf(i)); ok {
				list = l.postings(f)
			}
		}
		s.lists = append(s.lists, list)
	}
	slices.SortFunc(s.lists, func(a, b postings) int { return int(a.size) - int(b.size) })
}

// repeatOf returns how many of the same stand before token i of the query.
func (s *search) repeatOf(i int) uint32 {
	n := uint32(0)
	for b := range i/64 + 1 {
		m := s.pattern.mask[int(s.pattern.class[s.tokens[i]])*s.pattern.blocks+b]
		if b == i/64 {
			m &= 1<<(i%64) - 1
		}
		n += uint32(bits.OnesCount64(m))
	}
	return n
}

// hitsToWant chooses how many of the lists read have to hold a candidate: with
// each more, one list more is read and there are fewer candidates.
func (s *search) hitsToWant(l *lane) int {
	n := len(s.tokens)
	common := n - mostEdits(n, s.bar)
	entries := float64(len(l.owner))
	best, bestCost := 1, 0.0
	read, expected := 0.0, 1.0
	lists := n - common
	for i := range lists {
		read += float64(s.lists[i].size)
	}
	for want := 1; want <= min(6, common); want++ {
		read += float64(s.lists[lists+want-1].size)
		expected = expected * read / entries / float64(want) * overlap
		cost := read + compareCost*min(read/float64(want), entries*expected)
		if want == 1 || cost < bestCost {
			best, bestCost = want, cost
		}
		if want == 1 {
			expected = read / entries
		}
	}
	return best
}

// What comparing one entry costs in postings read, and how much more likely
// tokens stand together than by chance.
const (
	compareCost = 60
	overlap     = 2.5
)

// chunk searches one chunk: an entry with as many tokens in common with the
// query as a hit has, which are at least common, must stand in want of the
// shortest len(tokens)-common+want lists.
func (s *search) chunk(seg *segment, l *lane, at, want int, upwards bool) {
	c := &l.chunks[at]
	n := len(s.tokens)
	x := max(n, int(c.least))
	common := max(1, x-mostEdits(x, s.bar))
	if min(n, int(c.most)) < common {
		return
	}
	want = min(want, common)
	s.near16, s.spans = s.near16[:0], s.spans[:0]
	read := 0
	for i := range s.lists[:n-common+want] {
		p := s.read(l, &s.lists[i], at, upwards)
		if len(p.short)+len(p.long) > 0 {
			s.count(c, p, uint8(want))
			s.spans = append(s.spans, p)
			read += len(p.short) + len(p.long)
		}
	}
	for _, in := range s.near16 {
		e := c.base + uint32(in)
		s.compare(&seg.ledger, l.owner[e], l.row(e))
	}
	s.forget(c, read)
}

func (s *search) read(l *lane, p *postings, chunk int, upwards bool) span {
	if p.parts == nil {
		return span{short: p.in(&l.chunks[chunk], upwards)}
	}
	from, to := p.parts[chunk], p.parts[chunk+1]
	return span{long: l.long[from&^dense : to&^dense], dense: from&dense != 0}
}

func (s *search) count(c *chunk, p span, want uint8) {
	hits := s.hits
	bump := func(in uint16) {
		hits[in]++
		if hits[in] == want {
			s.near16 = append(s.near16, in)
		}
	}
	for _, e := range p.short {
		bump(uint16(e - c.base))
	}
	if p.dense {
		eachBit(p.long, func(in int) { bump(uint16(in)) })
		return
	}
	for _, in := range p.long {
		n := hits[in] + 1
		hits[in] = n
		if n == want {
			s.near16 = append(s.near16, in)
		}
	}
}

// forget makes the counters 0 again: those that were touched, when they are few.
func (s *search) forget(c *chunk, read int) {
	if read > int(c.n)/16 {
		clear(s.hits[:c.n])
		return
	}
	for _, p := range s.spans {
		switch {
		case p.dense:
			clear(s.hits[:c.n])
			return
		case p.short != nil:
			for _, e := range p.short {
				s.hits[e-c.base] = 0
			}
		default:
			for _, in := range p.long {
				s.hits[in] = 0
			}
		}
	}
}
