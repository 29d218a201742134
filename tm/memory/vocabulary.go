package memory

// A vocabulary numbers the tokens of one language from 1. Words are only ever
// added, so a number means the same in every segment. It is guarded by the lock
// of its table.
type vocabulary struct {
	seed  uint64
	text  []byte   // all words, one after the other
	ends  []uint32 // where word i+1 ends in text
	slots []uint32 // open addressing by hash; 0 is free
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

func (v *vocabulary) is(id uint32, word string) bool {
	from := uint32(0)
	if id > 1 {
		from = v.ends[id-2]
	}
	return string(v.text[from:v.ends[id-1]]) == word
}

// find returns the number of a word; 0 for an unknown one.
func (v *vocabulary) find(word string) uint32 {
	if len(v.slots) == 0 {
		return 0
	}
	return v.slots[v.slot(word)]
}

// slot returns where a word stands in slots, or the free slot where it would.
func (v *vocabulary) slot(word string) int {
	mask := len(v.slots) - 1
	for i := int(hash(v.seed, word)) & mask; ; i = (i + 1) & mask {
		if id := v.slots[i]; id == 0 || v.is(id, word) {
			return i
		}
	}
}

// add returns the number of a word, a new one when it is unknown.
func (v *vocabulary) add(word string) uint32 {
	if 4*(len(v.ends)+1) > 3*len(v.slots) {
		v.grow(max(64, 2*len(v.slots)))
	}
	i := v.slot(word)
	if v.slots[i] == 0 {
		v.text = append(v.text, word...)
		v.ends = append(v.ends, uint32(len(v.text)))
		v.slots[i] = uint32(len(v.ends))
	}
	return v.slots[i]
}

func (v *vocabulary) grow(n int) {
	v.slots = make([]uint32, n)
	for id := uint32(1); int(id) <= len(v.ends); id++ {
		v.slots[v.slot(v.word(id))] = id
	}
}

func (v *vocabulary) size() int { return cap(v.text) + 4*cap(v.ends) + 4*cap(v.slots) }
