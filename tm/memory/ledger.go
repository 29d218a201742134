package memory

import (
	"math/bits"
	"slices"
	"sort"

	"tarjoman/tm"
)

// A ledger holds, in columns, what has to be known of units to weigh and rank
// them without their texts. Units are counted from 0 in the order of slices;
// their variants are counted through.
type ledger struct {
	ids    []tm.UnitID
	times  []int64     // last change, in microseconds
	traits []uint32    // in the traits of the table
	nears  [][2]uint32 // hashes of the neighbours, 0 for none; nil when no unit has any
	stride uint32      // variants of every unit; 0 when they differ
	first  []uint32    // when they differ: the first variant of each unit, and the end

	senses    []uint64 // by variant: hash of its sense
	spellings []uint32 // by variant: hash of its text in NFC
	bares     []bare   // of the variants with numbers, ascending
	values    []uint32 // of all bares, one after the other

	gone []uint64 // bitmap of deleted units
	dead int
}

// A bare is a variant without its numbers. Its values are hashes of the
// numbers; none when hashes do not tell them apart.
type bare struct {
	sense    uint64
	spelling uint32
	variant  uint32
	values   uint32 // where they begin
}

func (l *ledger) len() int { return len(l.ids) }

// live returns the number of units that are not deleted.
func (l *ledger) live() int { return len(l.ids) - l.dead }

// variants returns the range of a unit's variants.
func (l *ledger) variants(u uint32) (from, to uint32) {
	if l.stride > 0 {
		return u * l.stride, (u + 1) * l.stride
	}
	return l.first[u], l.first[u+1]
}

// unitOf returns the unit of a variant.
func (l *ledger) unitOf(v uint32) uint32 {
	switch {
	case l.stride == 2:
		return v / 2
	case l.stride > 0:
		return v / l.stride
	}
	return uint32(sort.Search(len(l.first), func(i int) bool { return l.first[i] > v })) - 1
}

func (l *ledger) near(u uint32) [2]uint32 {
	if l.nears == nil {
		return [2]uint32{}
	}
	return l.nears[u]
}

// bareOf returns the index in bares of a variant that stands beside another
// one; ok is false when it has no numbers.
func (l *ledger) bareOf(v uint32, beside int) (at int, ok bool) {
	for at := max(0, beside-1); at <= beside+1 && at < len(l.bares); at++ {
		if l.bares[at].variant == v {
			return at, true
		}
	}
	return slices.BinarySearchFunc(l.bares, v, func(b bare, v uint32) int { return int(b.variant) - int(v) })
}

// numbersOf returns the hashes of the numbers of bares[at].
func (l *ledger) numbersOf(at int) []uint32 {
	end := len(l.values)
	if at+1 < len(l.bares) {
		end = int(l.bares[at+1].values)
	}
	return l.values[l.bares[at].values:end]
}

func (l *ledger) isGone(u uint32) bool {
	return l.gone != nil && l.gone[u/64]&(1<<(u%64)) != 0
}

// kill marks a unit as deleted.
func (l *ledger) kill(u uint32) {
	if need := len(l.ids)/64 + 1; len(l.gone) < need {
		l.gone = append(l.gone, make([]uint64, need-len(l.gone))...)
	}
	if !l.isGone(u) {
		l.gone[u/64] |= 1 << (u % 64)
		l.dead++
	}
}

// addFacts appends a unit without its variants.
func (l *ledger) addFacts(id tm.UnitID, time int64, trait uint32, near [2]uint32) {
	if l.nears == nil && near != [2]uint32{} {
		l.nears = make([][2]uint32, len(l.ids), cap(l.ids)+1)
	}
	if l.nears != nil {
		l.nears = append(l.nears, near)
	}
	if len(l.gone) > 0 && len(l.ids)/64 >= len(l.gone) {
		l.gone = append(l.gone, 0)
	}
	l.ids = append(l.ids, id)
	l.times = append(l.times, time)
	l.traits = append(l.traits, trait)
}

func tight[T any](list []T) []T {
	if list == nil || cap(list) <= len(list)+len(list)/64 {
		return list
	}
	return append(make([]T, 0, len(list)), list...)
}

func (l *ledger) bytes() int {
	return 8*cap(l.ids) + 8*cap(l.times) + 4*cap(l.traits) + 8*cap(l.nears) + 4*cap(l.first) +
		8*cap(l.senses) + 4*cap(l.spellings) + 24*cap(l.bares) + 4*cap(l.values) + 8*cap(l.gone)
}

// A buckets is an index of numbers 0, 1, 2 … by their hashes, which it does not
// hold itself.
type buckets struct {
	starts []uint32 // by the upper bits of the hash; one more at the end
	refs   []uint32
	shift  uint
}

func newBuckets(n int, hash func(i int) uint64) buckets {
	width := widthOf(n)
	b := buckets{starts: make([]uint32, 1<<width+1), refs: make([]uint32, n), shift: uint(64 - width)}
	for i := range n {
		b.starts[b.bucket(hash(i))+1]++
	}
	for i := 1; i < len(b.starts); i++ {
		b.starts[i] += b.starts[i-1]
	}
	next := slices.Clone(b.starts)
	for i := range n {
		at := &next[b.bucket(hash(i))]
		b.refs[*at] = uint32(i)
		*at++
	}
	return b
}

// widthOf returns how many bits of the hash tell n numbers apart well enough.
func widthOf(n int) int { return bits.Len(uint(n / 4)) }

func (b *buckets) bucket(hash uint64) uint64 { return hash >> b.shift } // a shift by 64 gives 0

// near returns the numbers whose hash may be the one asked for.
func (b *buckets) near(hash uint64) []uint32 {
	if len(b.refs) == 0 {
		return nil
	}
	i := b.bucket(hash)
	return b.refs[b.starts[i]:b.starts[i+1]]
}

func (b *buckets) bytes() int { return 4*cap(b.starts) + 4*cap(b.refs) }
