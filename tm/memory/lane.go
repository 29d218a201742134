package memory

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
)

// A lane indexes the texts of one language in one segment. The texts, called
// entries here, are counted in the order of their number of tokens; chunks of
// them have posting lists of their own, of 16 bits an entry.
//
// A feature is a token together with how many of the same stand before it in
// its text, so that a list has no entry twice. The first features are the
// tokens that occur, ascending, then repeats, the others.
type lane struct {
	chunks []chunk
	owner  []uint32 // by entry: its variant
	rows   []byte   // by entry: the length in bytes as a varint, and the tokens
	rowAt  []uint32 // where the row of every fourth entry begins

	occurs  []uint64 // bitmap of the tokens that occur
	ranks   []uint32 // tokens that occur before each word of the bitmap
	repeats []uint64 // ascending: repeat<<32 | token, where repeat is at least 1
	lists   []uint32 // by feature: its kind of list in the upper two bits, and where it is
	short   []uint32 // short lists: their length and their entries
	long    []uint16 // long lists, chunk by chunk: places in the chunk, or a bitmap of them
	parts   []uint32 // by long list and chunk: where its part begins in long; one more at each end
	sizes   []uint32 // by long list: its number of entries
}

// A chunk is the entries base..base+n, which have least to most tokens.
type chunk struct{ base, n, least, most uint32 }

const (
	oneEntry  = 0 << 30 // the entry itself stands in lists
	shortList = 1 << 30
	longList  = 2 << 30
	kindOf    = 3 << 30
	dense     = 1 << 31 // in parts: a bitmap
	maxChunk  = 1 << 16
)

// maxEntries is more than the rows of a segment allow.
const maxEntries = 1 << 30

func (l *lane) row(e uint32) []byte {
	at := l.rowAt[e/4]
	for range e % 4 {
		n, size := varint(l.rows[at:])
		at += n + size
	}
	n, size := varint(l.rows[at:])
	return l.rows[at+size : at+size+n]
}

func varint(b []byte) (n, size uint32) {
	if b[0] < 0x80 {
		return uint32(b[0]), 1
	}
	long, length := binary.Uvarint(b)
	return uint32(long), uint32(length)
}

// feature returns the number of a feature; ok is false when no entry has it.
func (l *lane) feature(token, repeat uint32) (int, bool) {
	if repeat > 0 {
		at, ok := slices.BinarySearch(l.repeats, uint64(repeat)<<32|uint64(token))
		return len(l.lists) - len(l.repeats) + at, ok
	}
	w := int(token / 64)
	if w >= len(l.occurs) || l.occurs[w]>>(token%64)&1 == 0 {
		return 0, false
	}
	return int(l.ranks[w]) + bits.OnesCount64(l.occurs[w]&(1<<(token%64)-1)), true
}

// postings returns the list of a feature.
func (l *lane) postings(feature int) postings {
	at := l.lists[feature] &^ kindOf
	switch l.lists[feature] & kindOf {
	case shortList:
		return postings{size: l.short[at], short: l.short[at+1 : at+1+l.short[at]]}
	case longList:
		width := uint32(len(l.chunks) + 1)
		return postings{size: l.sizes[at], parts: l.parts[at*width : (at+1)*width]}
	}
	return postings{size: 1, short: l.lists[feature : feature+1]} // oneEntry is 0
}

// postings are the entries with a feature: short, or parts of lane.long.
type postings struct {
	size     uint32
	short    []uint32 // ascending
	parts    []uint32 // by chunk
	up, down int      // in short: what chunks upwards and downwards have not read
}

// start prepares reading chunk by chunk away from an entry.
func (p *postings) start(entry uint32) {
	if p.parts != nil {
		return
	}
	p.up = sort.Search(len(p.short), func(i int) bool { return p.short[i] >= entry })
	p.down = p.up
}

// in returns the entries of the short list in a chunk, which lies upwards or
// downwards of all read so far.
func (p *postings) in(c *chunk, upwards bool) []uint32 {
	if upwards {
		for p.up < len(p.short) && p.short[p.up] < c.base {
			p.up++
		}
		from := p.up
		for p.up < len(p.short) && p.short[p.up]-c.base < c.n {
			p.up++
		}
		return p.short[from:p.up]
	}
	for p.down > 0 && p.short[p.down-1] >= c.base+c.n {
		p.down--
	}
	to := p.down
	for p.down > 0 && p.short[p.down-1] >= c.base {
		p.down--
	}
	return p.short[p.down:to]
}

func (l *lane) bytes() int {
	return 16*cap(l.chunks) + 4*(cap(l.owner)+cap(l.rowAt)+cap(l.ranks)+cap(l.lists)+cap(l.short)+cap(l.parts)+cap(l.sizes)) +
		cap(l.rows) + 8*(cap(l.occurs)+cap(l.repeats)) + 2*cap(l.long)
}
