package memory

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// newLane indexes the variants of a draft that list names.
func newLane(d *draft, list []uint32, words int) *lane {
	l := &lane{owner: byLength(d, list)}
	l.cut(d)
	l.copyRows(d)
	b := laneBuilder{lane: l, first: make([]uint32, words+1), again: map[uint64]uint32{}, seen: make([]uint16, words+1)}
	b.count()
	b.layOut()
	b.measure()
	b.fill()
	return l
}

// byLength returns the variants in the order of their number of tokens.
func byLength(d *draft, list []uint32) []uint32 {
	places := make([]uint32, MaxTokens+3)
	length := func(v uint32) uint32 { return min(d.counts[v], MaxTokens+1) }
	for _, v := range list {
		places[length(v)+1]++
	}
	for i := 1; i < len(places); i++ {
		places[i] += places[i-1]
	}
	out := make([]uint32, len(list))
	for _, v := range list {
		at := &places[length(v)]
		out[*at] = v
		*at++
	}
	return out
}

// cut makes chunks: of one length where there are many entries of it, of
// several else. Texts too long for fuzzy matching have their own.
func (l *lane) cut(d *draft) {
	count := func(e int) uint32 { return d.counts[l.owner[e]] }
	least := max(1024, len(l.owner)/64)
	for from := 0; from < len(l.owner); {
		to := from
		for to < len(l.owner) && to-from < least && (count(to) > MaxTokens) == (count(from) > MaxTokens) {
			end := to
			for end < len(l.owner) && (count(end) == count(to) || count(to) > MaxTokens && end-to < least) {
				end++
			}
			if end-from > maxChunk {
				if to == from {
					to = from + maxChunk
				}
				break
			}
			to = end
		}
		l.chunks = append(l.chunks, chunk{uint32(from), uint32(to - from), count(from), count(to - 1)})
		from = to
	}
}

func (l *lane) copyRows(d *draft) {
	size := 0
	for _, v := range l.owner {
		size += len(d.row(v)) + 1
	}
	l.rows = make([]byte, 0, size+size/256)
	l.rowAt = make([]uint32, 0, len(l.owner)/4+1)
	for e, v := range l.owner {
		if e%4 == 0 {
			l.rowAt = append(l.rowAt, uint32(len(l.rows)))
		}
		row := d.row(v)
		l.rows = binary.AppendUvarint(l.rows, uint64(len(row)))
		l.rows = append(l.rows, row...)
	}
}

// A laneBuilder makes the posting lists of a lane.
type laneBuilder struct {
	*lane
	first []uint32          // by token: the size of its list, later its feature
	again map[uint64]uint32 // the same of repeats
	seen  []uint16          // by token: how often in the current entry
	row   []uint32
	next  []uint32 // by long list: where the next entry of the chunk goes
}

// each calls yield for the features of every entry of a chunk.
func (b *laneBuilder) each(c *chunk, yield func(entry, token, repeat uint32)) {
	at := b.rowAt[c.base/4]
	for range c.base % 4 {
		n, size := varint(b.rows[at:])
		at += n + size
	}
	long := c.least > MaxTokens
	for e := c.base; e < c.base+c.n; e++ {
		n, size := varint(b.rows[at:])
		b.row = appendTokens(b.row[:0], b.rows[at+size:at+size+n])
		at += size + n
		for _, t := range b.row {
			repeat := b.seen[t]
			if !long || repeat == 0 { // in long texts only search needs to find tokens
				b.seen[t]++
				yield(e, t, uint32(repeat))
			}
		}
		for _, t := range b.row {
			b.seen[t] = 0
		}
	}
}

func (b *laneBuilder) count() {
	for i := range b.chunks {
		b.each(&b.chunks[i], func(_, token, repeat uint32) {
			if repeat == 0 {
				b.first[token]++
			} else {
				b.again[uint64(repeat)<<32|uint64(token)]++
			}
		})
	}
}

// layOut numbers the features and gives each a list of its size.
func (b *laneBuilder) layOut() {
	b.occurs = make([]uint64, (len(b.first)+63)/64)
	b.ranks = make([]uint32, len(b.occurs))
	var places, longs uint32
	list := func(n uint32) {
		switch {
		case n == 1:
			b.lists = append(b.lists, oneEntry)
		case int(n) < max(64, 2*len(b.chunks)):
			b.lists = append(b.lists, shortList|places)
			places += n + 1
		default:
			b.lists = append(b.lists, longList|longs)
			b.sizes = append(b.sizes, n)
			longs++
		}
	}
	for t, n := range b.first {
		if t%64 == 0 {
			b.ranks[t/64] = uint32(len(b.lists))
		}
		if n > 0 {
			b.occurs[t/64] |= 1 << (t % 64)
			b.first[t] = uint32(len(b.lists))
			list(n)
		}
	}
	for key := range b.again {
		b.repeats = append(b.repeats, key)
	}
	slices.Sort(b.repeats)
	for _, key := range b.repeats {
		n := b.again[key]
		b.again[key] = uint32(len(b.lists))
		list(n)
	}
	b.short = make([]uint32, places)
	b.parts = make([]uint32, int(longs)*(len(b.chunks)+1))
	b.next = make([]uint32, longs)
	b.lists, b.sizes, b.repeats = tight(b.lists), tight(b.sizes), tight(b.repeats)
}

func (b *laneBuilder) featureOf(token, repeat uint32) uint32 {
	if repeat == 0 {
		return b.first[token]
	}
	return b.again[uint64(repeat)<<32|uint64(token)]
}

// measure sets parts: first how many entries each has, then where it begins.
func (b *laneBuilder) measure() {
	width := uint32(len(b.chunks) + 1)
	for c := range b.chunks {
		b.each(&b.chunks[c], func(_, token, repeat uint32) {
			if code := b.lists[b.featureOf(token, repeat)]; code&kindOf == longList {
				b.parts[(code&^kindOf)*width+uint32(c)]++
			}
		})
	}
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
	for c := range b.chunks {
		for i := range b.next {
			b.next[i] = b.parts[i*width+c]
		}
		base := b.chunks[c].base
		b.each(&b.chunks[c], func(entry, token, repeat uint32) {
			feature := b.featureOf(token, repeat)
			b.place(feature, entry, uint16(entry-base))
		})
	}
}

func (b *laneBuilder) place(feature, entry uint32, in uint16) {
	at := b.lists[feature] &^ kindOf
	switch b.lists[feature] & kindOf {
	case shortList:
		b.short[at]++
		b.short[at+b.short[at]] = entry
	case longList:
		if next := b.next[at]; next&dense != 0 {
			b.long[next&^dense+uint32(in/16)] |= 1 << (in % 16)
			return
		}
		b.long[b.next[at]] = in
		b.next[at]++
	default:
		b.lists[feature] = oneEntry | entry
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
