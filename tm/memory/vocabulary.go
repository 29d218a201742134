package memory

import (
	"bytes"
	"sync/atomic"
)

// A vocabulary numbers the tokens of one language from 1. Words are only ever
// added, so a number means the same in every segment. It is guarded by the lock
// of its table; a copy that was made with the lock held finds, without it, the
// words there were then.
type vocabulary struct {
	seed  uint64
	text  []byte   // all words, one after the other
	ends  []uint32 // where word i+1 ends in text
	slots []uint32 // open addressing by hash; 0 is free; shared with copies
}

// len returns the greatest number in use.
func (v *vocabulary) len() int { return len(v.ends) }

func (v *vocabulary) word(id uint32) string {
	from := uint32(0)
	if id > 1 {
		from = v.ends[id-2]
	}
	return string(v.text[from:v.ends[id-1]])
}

func (v *vocabulary) bytes(id uint32) []byte {
	from := uint32(0)
	if id > 1 {
		from = v.ends[id-2]
	}
	return v.text[from:v.ends[id-1]]
}

func (v *vocabulary) is(id uint32, word []byte) bool { return bytes.Equal(v.bytes(id), word) }

// find returns the number of a word; 0 for an unknown one.
func (v *vocabulary) find(word string) uint32 { return v.findBytes([]byte(word)) }

func (v *vocabulary) findBytes(word []byte) uint32 {
	if len(v.slots) == 0 {
		return 0
	}
	_, id := v.slot(hash(v.seed, word), word)
	return id
}

// A guess is on the way to the number of a word.
type guess struct {
	hash     uint64
	id       uint32
	from, to uint32 // in text
}

// findAll sets numbers to those of some words of a text, 0 for unknown ones. It
// goes the way to all of them step by step, so that the processor waits for
// memory once a step and not once a word.
func (v *vocabulary) findAll(text []byte, words []piece, guesses []guess) {
	if len(v.slots) == 0 {
		clear(guesses)
		return
	}
	mask := uint64(len(v.slots) - 1)
	for i, w := range words {
		h := hash(v.seed, text[w.from:w.to])
		guesses[i] = guess{hash: h, id: atomic.LoadUint32(&v.slots[h&mask])}
	}
	for i := range guesses {
		g := &guesses[i]
		if id := int(g.id); 1 < id && id <= len(v.ends) {
			g.from, g.to = v.ends[id-2], v.ends[id-1]
		}
	}
	for i, w := range words {
		g := &guesses[i]
		if word := text[w.from:w.to]; g.id != 0 && string(v.text[g.from:g.to]) != string(word) {
			_, g.id = v.slot(g.hash, word)
		}
	}
}

// slot returns where a word stands in slots and its number, or the slot where it
// would stand and 0. Words that are newer than a copy stand where it has none.
func (v *vocabulary) slot(hash uint64, word []byte) (at int, id uint32) {
	mask := len(v.slots) - 1
	for i := int(hash) & mask; ; i = (i + 1) & mask {
		id := atomic.LoadUint32(&v.slots[i])
		if id == 0 || int(id) > len(v.ends) {
			return i, 0
		}
		if v.is(id, word) {
			return i, id
		}
	}
}

// add returns the number of a word, a new one when it is unknown.
func (v *vocabulary) add(word string) uint32 { return v.addBytes([]byte(word)) }

func (v *vocabulary) addBytes(word []byte) uint32 {
	if 4*(len(v.ends)+1) > 3*len(v.slots) {
		v.grow(max(64, 2*len(v.slots)))
	}
	i, id := v.slot(hash(v.seed, word), word)
	if id == 0 {
		v.text = append(v.text, word...)
		v.ends = append(v.ends, uint32(len(v.text)))
		id = uint32(len(v.ends))
		atomic.StoreUint32(&v.slots[i], id)
	}
	return id
}

func (v *vocabulary) grow(n int) {
	v.slots = make([]uint32, n)
	v.fill(1)
}

// fill gives the words from a number on their slots, which are not shared.
func (v *vocabulary) fill(from uint32) {
	mask := len(v.slots) - 1
	for id := from; int(id) <= len(v.ends); id++ {
		i := int(hash(v.seed, v.bytes(id))) & mask
		for v.slots[i] != 0 {
			i = (i + 1) & mask
		}
		v.slots[i] = id
	}
}

// grown returns a copy with more slots when some more words would not fit, else
// one without slots. It is for copies: growing takes too long to hold the lock.
func (v *vocabulary) grown(more int) vocabulary {
	g := *v
	if g.slots = nil; 4*(len(v.ends)+more) > 3*len(v.slots) {
		g.grow(slotsFor(len(v.ends) + more))
	}
	return g
}

// adopt takes over the slots of a copy that has grown.
func (v *vocabulary) adopt(g vocabulary) {
	if len(g.slots) <= len(v.slots) {
		return
	}
	known := uint32(len(g.ends))
	v.slots = g.slots
	v.fill(known + 1)
}

func (v *vocabulary) size() int { return cap(v.text) + 4*cap(v.ends) + 4*cap(v.slots) }
