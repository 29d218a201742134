package memory

import (
	"encoding/binary"
	"math/bits"
)

// hash returns 64 bits for a string. Every table has a seed of its own, so that
// no file can be made to collide; maphash would not allow to save it.
func hash(seed uint64, s string) uint64 {
	h := seed ^ uint64(len(s))*0x9E3779B97F4A7C15
	for len(s) >= 8 {
		h = mix(h^binary.LittleEndian.Uint64([]byte(s[:8])), 0xA0761D6478BD642F)
		s = s[8:]
	}
	var tail uint64
	for i := range len(s) {
		tail |= uint64(s[i]) << (8 * i)
	}
	return mix(mix(h^tail, 0xE7037ED1A0B428DB), seed|1)
}

func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}
