package memory

import "math/bits"

// A block is up to 64 tokens of a query, in which phrases are looked for.
type block struct {
	from, n   int
	positions []uint64 // by word: where it stands in the block
	content   uint64
	sightings []sighting // rows that have neighbouring tokens of the block
	runs      map[span8]bool
}

// A span8 is the tokens from..to of a block.
type span8 struct{ from, to int }

// A sighting is a row with the tokens of a block that it has. The place is an
// entry of a lane, or a variant of a draft.
type sighting struct {
	part, place uint32
	mask        uint64
}

const maxBlock = 64

// cutBlocks divides the query, where it is long after punctuation.
func (q *quarry) cutBlocks() {
	for from := 0; from < len(q.tokens); {
		to := min(from+maxBlock, len(q.tokens))
		for cut := to; to < len(q.tokens) && cut > from+maxBlock/2; cut-- {
			if !q.words[q.tokens[cut-1].word].letters {
				to = cut
				break
			}
		}
		b := &block{from: from, n: to - from, positions: make([]uint64, len(q.words)), runs: map[span8]bool{}}
		for i, t := range q.tokens[from:to] {
			b.positions[t.word] |= 1 << i
			if t.content {
				b.content |= 1 << i
			}
		}
		q.blocks = append(q.blocks, b)
		from = to
	}
}

// seek finds the rows that may hold a phrase of the block.
func (q *quarry) seek(b *block) {
	for n, p := range q.parts {
		switch x := p.(type) {
		case *segment:
			if l := x.lanes[q.numbers[0]]; l != nil {
				q.seekLane(b, uint32(n), l)
			}
		case *draft:
			q.seekDraft(b, uint32(n), x)
		}
	}
	q.discover(b)
}

func (q *quarry) seekDraft(b *block, n uint32, d *draft) {
	for v, column := range d.columns {
		if column != q.numbers[0] {
			continue
		}
		mask := uint64(0)
		for _, c := range q.read(d.row(uint32(v))) {
			if c > 0 {
				mask |= b.positions[c-1]
			}
		}
		if b.mayHold(mask) {
			b.sightings = append(b.sightings, sighting{n, uint32(v), mask})
		}
	}
}

// read returns a row as classes.
func (q *quarry) read(row []byte) []uint8 {
	q.row = appendTokens(q.row[:0], row)
	q.classes = q.classes[:0]
	for _, id := range q.row {
		q.classes = append(q.classes, q.class[id])
	}
	return q.classes
}

// mayHold reports whether two tokens, one of them content, may be neighbours.
func (b *block) mayHold(mask uint64) bool {
	return mask&(mask>>1)&(b.content|b.content>>1) != 0
}

// seekLane counts as the fuzzy search does, chunk by chunk, but with a bit for
// each token of the query.
func (q *quarry) seekLane(b *block, n uint32, l *lane) {
	lists := q.maskLists(b, l)
	if q.masks == nil {
		q.masks = make([]uint64, maxChunk)
	}
	for i := range l.chunks {
		c := &l.chunks[i]
		masks := q.masks[:c.n]
		clear(masks)
		for k := range lists {
			lists[k].mark(l, i, masks)
		}
		for in, mask := range masks {
			if b.mayHold(mask) {
				b.sightings = append(b.sightings, sighting{n, c.base + uint32(in), mask})
			}
		}
	}
}

// A maskList is the list of a word with its positions in the block.
type maskList struct {
	postings
	positions uint64
}

func (q *quarry) maskLists(b *block, l *lane) []maskList {
	var lists []maskList
	for w, positions := range b.positions {
		if positions == 0 {
			continue
		}
		for _, id := range q.words[w].ids {
			if f, ok := l.feature(id, 0); ok {
				p := l.postings(f)
				p.start(0)
				lists = append(lists, maskList{p, positions})
			}
		}
	}
	return lists
}

// mark adds the positions to the masks of the entries of a chunk that have the
// word. It is called with one chunk after the other.
func (p *maskList) mark(l *lane, chunk int, masks []uint64) {
	if p.parts == nil {
		c := &l.chunks[chunk]
		for _, e := range p.in(c, true) {
			masks[e-c.base] |= p.positions
		}
		return
	}
	from, to := p.parts[chunk], p.parts[chunk+1]
	list := l.long[from&^dense : to&^dense]
	if from&dense != 0 {
		eachBit(list, func(in int) { masks[in] |= p.positions })
		return
	}
	for _, in := range list {
		masks[in] |= p.positions
	}
}

// longestRun returns the length of the longest run of ones.
func longestRun(mask uint64) int {
	n := 0
	for ; mask != 0; n++ {
		mask &= mask << 1
	}
	return n
}

// maxDiscovered is how many rows are read to find the longest phrases of a
// block.
const maxDiscovered = 6000

// discover sets the runs of the block: the longest phrases at each of its
// tokens. Rows are read in the order of how long a phrase they may hold, and
// only as long as they may hold a longer one than is known.
func (q *quarry) discover(b *block) {
	byRun := make([][]int32, maxBlock+1)
	for i, s := range b.sightings {
		n := longestRun(s.mask)
		byRun[n] = append(byRun[n], int32(i))
	}
	var best [maxBlock]int
	left := maxDiscovered
	for n := maxBlock; n > 1; n-- {
		for _, i := range byRun[n] {
			s := b.sightings[i]
			if left == 0 || !b.improves(s.mask, &best) {
				continue
			}
			left--
			if row, ok := q.sourceRow(s); ok {
				q.findRuns(b, row, &best)
			}
		}
	}
}

// improves reports whether a row with these tokens may hold a longer phrase at
// some token than is known.
func (b *block) improves(mask uint64, best *[maxBlock]int) bool {
	for at := 0; mask>>at != 0; {
		at += bits.TrailingZeros64(mask >> at)
		n := bits.TrailingZeros64(^(mask >> at))
		if n > 1 {
			for i := at; i < at+n; i++ {
				if b.content>>i&1 == 1 && best[i] < n {
					return true
				}
			}
		}
		at += n
	}
	return false
}

// sourceRow returns the classes of a row whose unit the query reads.
func (q *quarry) sourceRow(s sighting) ([]uint8, bool) {
	switch x := q.parts[s.part].(type) {
	case *segment:
		l := x.lanes[q.numbers[0]]
		if _, _, ok := q.fits(&x.ledger, l.owner[s.place]); ok {
			return q.read(l.row(s.place)), true
		}
	case *draft:
		if _, _, ok := q.fits(&x.ledger, s.place); ok {
			return q.read(x.row(s.place)), true
		}
	}
	return nil, false
}

// fits returns the unit of a source variant, and its target, when the query
// reads it.
func (q *quarry) fits(l *ledger, v uint32) (unit, target uint32, ok bool) {
	unit = l.unitOf(v)
	if l.isGone(unit) || !q.passesTime(l.times[unit]) || q.Except != 0 && l.ids[unit] == q.Except {
		return 0, 0, false
	}
	j := q.trawl.judge(l.traits[unit])
	first, _ := l.variants(unit)
	if !j.use || first+uint32(j.variants[0]) != v {
		return 0, 0, false
	}
	return unit, first + uint32(j.variants[1]), true
}

// findRuns adds the longest runs of tokens that a row and the block share.
func (q *quarry) findRuns(b *block, row []uint8, best *[maxBlock]int) {
	for j, c := range row {
		if c == 0 {
			continue
		}
		for at := b.positions[c-1]; at != 0; at &= at - 1 {
			i := bits.TrailingZeros64(at)
			if i > 0 && j > 0 && b.is(row[j-1], i-1) {
				continue // part of a longer one
			}
			n := 1
			for i+n < b.n && j+n < len(row) && b.is(row[j+n], i+n) {
				n++
			}
			b.addRun(i, n, best)
		}
	}
}

func (b *block) is(class uint8, position int) bool {
	return class > 0 && b.positions[class-1]>>position&1 == 1
}

func (b *block) addRun(from, n int, best *[maxBlock]int) {
	if n < 2 || b.content>>from&(1<<n-1) == 0 {
		return
	}
	longer := false
	for i := from; i < from+n; i++ {
		if best[i] < n {
			best[i], longer = n, true
		}
	}
	if longer {
		b.runs[span8{from, from + n}] = true
	}
}
