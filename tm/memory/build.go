package memory

import (
	"math/bits"
	"math/rand/v2"
	"slices"
)

// newLane indexes the rows of a bin, which is empty afterwards.
func newLane(rows *bin, words int) *lane {
	l := &lane{}
	l.cut(rows)
	l.takeRows(rows)
	tidy(len(l.rows))
	b := laneBuilder{lane: l, counts: make([]uint32, words+1), now: make([]uint32, words+1)}
	b.tokens, b.known.seed = uint32(len(b.counts)), rand.Uint64()
	b.count()
	b.layOut()
	b.divide()
	tidy(len(l.rows))
	b.fill()
	return l
}

// cut makes chunks: of one length where there are many entries of it, of
// several else. Texts too long for fuzzy matching have their own.
func (l *lane) cut(rows *bin) {
	total := uint32(0)
	for i := range rows.shelves {
		total += uint32(rows.shelves[i].owner.len())
	}
	least := max(1024, total/64)
	var c chunk
	for i := range rows.shelves {
		length := uint32(i)
		for n := uint32(rows.shelves[i].owner.len()); n > 0; {
			if c.n >= least || c.n > 0 && (c.n+n > maxChunk || length > MaxTokens) {
				l.chunks = append(l.chunks, c)
				c = chunk{base: c.base + c.n}
			}
			if c.n == 0 {
				c.least = length
			}
			if c.most = length; length > MaxTokens {
				c.most = rows.longest
			}
			take := min(n, maxChunk)
			c.n += take
			n -= take
		}
	}
	if c.n > 0 {
		l.chunks = append(l.chunks, c)
	}
	l.chunks = tight(l.chunks)
}

// takeRows puts the shelves together.
func (l *lane) takeRows(rows *bin) {
	entries, size := 0, 0
	for i := range rows.shelves {
		entries += rows.shelves[i].owner.len()
		size += rows.shelves[i].rows.len()
	}
	l.owner = make([]uint32, 0, entries)
	for i := range rows.shelves {
		l.owner = rows.shelves[i].owner.moveTo(l.owner)
	}
	l.rows = make([]byte, 0, size)
	for i := range rows.shelves {
		l.rows = rows.shelves[i].rows.moveTo(l.rows)
	}
	rows.shelves = nil
	l.rowAt = make([]uint32, 0, (entries+3)/4)
}

// A laneBuilder makes the posting lists of a lane. While it does, tokens are
// features of the same number, and repeats are numbered behind them as they
// come.
type laneBuilder struct {
	*lane
	counts []uint32      // by feature: how many entries have it
	now    []uint32      // the same in one chunk
	parted []pile[count] // by chunk: the same again
	tokens uint32        // how many there are: the first repeat
	known  numbering     // of repeats
	longs  []uint32      // by long list: its feature
	next   []uint64      // by feature: the kind of its list, and where its next entry goes

	at       uint32   // in rows: where the next one begins
	row      []uint32 // its tokens
	features []uint32
	seen     []uint16 // by token: how often in a row of many
}

// A count says how many entries of a chunk have a feature.
type count struct{ feature, n uint32 }

func (b *laneBuilder) count() {
	b.parted = make([]pile[count], len(b.chunks))
	var met []uint32
	for i, c := range b.chunks {
		for e := range c.n {
			if (c.base+e)%4 == 0 {
				b.rowAt = append(b.rowAt, b.at)
			}
			for _, f := range b.read() {
				if b.now[f] == 0 {
					met = append(met, f)
				}
				b.now[f]++
			}
		}
		for _, f := range met {
			b.counts[f] += b.now[f]
			b.parted[i].add(count{f, b.now[f]})
			b.now[f] = 0
		}
		met = met[:0]
	}
	b.now, b.at = nil, 0
}

// layOut gives each feature a list of its size: tokens first, then repeats in
// the order of their keys.
func (b *laneBuilder) layOut() {
	b.next = make([]uint64, len(b.counts))
	b.occurs = make([]uint64, (b.tokens+63)/64)
	b.ranks = make([]uint32, len(b.occurs))
	b.makeRoom()
	places := uint32(0)
	for t := range b.tokens {
		if t%64 == 0 {
			b.ranks[t/64] = uint32(len(b.lists))
		}
		if b.counts[t] > 0 {
			b.occurs[t/64] |= 1 << (t % 64)
			places = b.addList(t, places)
		}
	}
	b.repeats = append(make([]uint64, 0, len(b.known.keys)), b.known.keys...)
	slices.Sort(b.repeats)
	for _, key := range b.repeats {
		n, _ := b.known.number(key)
		places = b.addList(b.tokens+n, places)
	}
}

// kind returns how a list of some entries is kept.
func (b *laneBuilder) kind(n uint32) uint64 {
	switch {
	case n == 1:
		return oneEntry
	case int(n) < max(64, 2*len(b.chunks)):
		return shortList
	}
	return longList
}

func (b *laneBuilder) makeRoom() {
	lists, short, long := 0, uint32(0), 0
	for _, n := range b.counts {
		if n == 0 {
			continue
		}
		lists++
		switch b.kind(n) {
		case shortList:
			short += n + 1
		case longList:
			long++
		}
	}
	b.lists = make([]uint32, 0, lists)
	b.short = make([]uint32, short)
	b.sizes = make([]uint32, 0, long)
	b.parts = make([]uint32, long*(len(b.chunks)+1))
	b.longs = make([]uint32, 0, long)
}

// addList adds the list of a feature; the next short list begins at places.
func (b *laneBuilder) addList(feature, places uint32) (after uint32) {
	n := b.counts[feature]
	kind := b.kind(n)
	b.next[feature] = kind << 32
	switch kind {
	case shortList:
		b.next[feature] |= uint64(places + 1)
		b.short[places] = n
		b.lists = append(b.lists, shortList|places)
		return places + 1 + n
	case longList:
		b.next[feature] |= uint64(len(b.longs))
		b.lists = append(b.lists, longList|uint32(len(b.longs)))
		b.longs = append(b.longs, feature)
		b.sizes = append(b.sizes, n)
	default:
		b.next[feature] |= uint64(len(b.lists))
		b.lists = append(b.lists, oneEntry)
	}
	return places
}

// divide sets parts: first how many entries each has, then where it begins.
func (b *laneBuilder) divide() {
	width := uint32(len(b.chunks) + 1)
	for c := range b.parted {
		for _, in := range b.parted[c].take() {
			if next := b.next[in.feature]; next>>32 == longList {
				b.parts[uint32(next)*width+uint32(c)] = in.n
			}
		}
	}
	b.parted, b.counts = nil, nil
	at := uint32(0)
	for i := range b.parts {
		c := uint32(i) % width
		n := b.parts[i]
		b.parts[i] = at
		if c == width-1 {
			continue
		}
		if words := (b.chunks[c].n + 15) / 16; n > words {
			b.parts[i] |= dense
			n = words
		}
		at += n
	}
	b.long = make([]uint16, at)
}

func (b *laneBuilder) fill() {
	width := len(b.chunks) + 1
	for i, c := range b.chunks {
		for list, f := range b.longs {
			b.next[f] = longList<<32 | uint64(b.parts[list*width+i])
		}
		for in := range c.n {
			for _, f := range b.read() {
				b.place(f, c.base, in)
			}
		}
	}
}

func (b *laneBuilder) place(feature, base, in uint32) {
	next := b.next[feature]
	b.next[feature] = next + 1
	at := uint32(next)
	switch next >> 32 {
	case longList:
		if at&dense != 0 {
			b.next[feature] = next
			b.long[at&^dense+in/16] |= 1 << (in % 16)
			return
		}
		b.long[at] = uint16(in)
	case shortList:
		b.short[at] = base + in
	default:
		b.lists[at] = oneEntry | (base + in)
	}
}

// eachBit calls yield with the places of a bitmap.
func eachBit(words []uint16, yield func(in int)) {
	for w, word := range words {
		for word != 0 {
			yield(16*w + bits.TrailingZeros16(word))
			word &= word - 1
		}
	}
}
