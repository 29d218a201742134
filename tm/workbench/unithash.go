package workbench

import (
	"encoding/binary"
	"hash/maphash"
	"slices"
	"strings"

	"tarjoman/tm"
)

var hashSeed = maphash.MakeSeed()

// unitHash is equal for units with the same texts, codes and neighbours.
func unitHash(u *tm.Unit) uint64 {
	var h maphash.Hash
	h.SetSeed(hashSeed)
	hashText(&h, u.Previous)
	hashText(&h, u.Next)
	var room [4]hashedVariant
	variants := room[:0]
	for i := range u.Variants {
		variants = append(variants, hashedVariant{u.Variants[i].Lang.String(), &u.Variants[i].Content})
	}
	slices.SortFunc(variants, func(a, b hashedVariant) int { return strings.Compare(a.lang, b.lang) })
	for _, v := range variants {
		hashText(&h, v.lang)
		hashText(&h, v.Text)
		for _, c := range v.Codes {
			maphash.WriteComparable(&h, c)
		}
	}
	return h.Sum64()
}

type hashedVariant struct {
	lang string
	*tm.Content
}

// hashText adds a text and its length, so that no two lists of texts run
// together.
func hashText(h *maphash.Hash, s string) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
	h.Write(n[:])
	h.WriteString(s)
}

// hashSet is a set of hashes in one piece of memory, 11 to 21 bytes for each.
// The zero value is empty.
type hashSet struct {
	slots []uint64 // 0 is free; as many as a power of two
	n     int
}

// add reports whether the hash is new.
func (s *hashSet) add(hash uint64) bool {
	if hash == 0 {
		hash = 1
	}
	if s.n >= len(s.slots)/4*3 {
		s.grow()
	}
	if !s.place(hash) {
		return false
	}
	s.n++
	return true
}

func (s *hashSet) place(hash uint64) bool {
	for i := hash; ; i++ {
		slot := &s.slots[i&uint64(len(s.slots)-1)]
		switch *slot {
		case 0:
			*slot = hash
			return true
		case hash:
			return false
		}
	}
}

func (s *hashSet) grow() {
	old := s.slots
	s.slots = make([]uint64, max(1024, 2*len(old)))
	for _, hash := range old {
		if hash != 0 {
			s.place(hash)
		}
	}
}
