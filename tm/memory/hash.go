package memory

import "math/bits"

// hash returns 64 bits for a text. Every table has a seed of its own, so that
// no file can be made to collide; maphash would not allow to save it.
func hash[S string | []byte](seed uint64, s S) uint64 {
	h := seed ^ uint64(len(s))*0x9E3779B97F4A7C15
	for len(s) >= 8 {
		h = mix(h^eight(s), 0xA0761D6478BD642F)
		s = s[8:]
	}
	return mix(mix(h^tail(s), 0xE7037ED1A0B428DB), seed|1)
}

// tail reads fewer than eight bytes: each of them once at least.
func tail[S string | []byte](s S) uint64 {
	switch n := len(s); {
	case n >= 4:
		return uint64(four(s)) | uint64(four(s[n-4:]))<<32
	case n > 0:
		return uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	return 0
}

func four[S string | []byte](s S) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// eight reads the first bytes of s, the least significant one first.
func eight[S string | []byte](s S) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}
