package memory

// A numbering numbers keys from 0 as they come.
type numbering struct {
	seed  uint64 // by chance, so that no text can be made to collide
	keys  []uint64
	slots []uint32 // open addressing by hash: the number and 1 more; 0 is free
}

// number returns the number of a key, a new one when it is not found.
func (n *numbering) number(key uint64) (number uint32, found bool) {
	if 2*len(n.keys) >= len(n.slots) {
		n.grow()
	}
	at := n.slot(key)
	if n.slots[at] > 0 {
		return n.slots[at] - 1, true
	}
	n.keys = append(n.keys, key)
	n.slots[at] = uint32(len(n.keys))
	return n.slots[at] - 1, false
}

func (n *numbering) slot(key uint64) int {
	mask := len(n.slots) - 1
	at := int(mix(key^n.seed, 0x9E3779B97F4A7C15)) & mask
	for n.slots[at] > 0 && n.keys[n.slots[at]-1] != key {
		at = (at + 1) & mask
	}
	return at
}

func (n *numbering) grow() {
	n.slots = make([]uint32, max(64, 2*len(n.slots)))
	for i, key := range n.keys {
		n.slots[n.slot(key)] = uint32(i + 1)
	}
}
