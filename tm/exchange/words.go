package exchange

import (
	"encoding/binary"
	"math/bits"
)

// words makes strings of bytes. Short words that repeat, as names of elements,
// languages and authors do, are made once: each has one place where the last
// word that belongs there is remembered, so memory is bounded.
type words [1 << 10]string

// maxWord is the length of the longest word that is remembered.
const maxWord = 64

func (w *words) of(b []byte) string {
	if len(b) == 0 || len(b) > maxWord {
		return string(b)
	}
	slot := &w[wordHash(b)%uint64(len(w))]
	if *slot != string(b) {
		*slot = string(b)
	}
	return *slot
}

// wordHash mixes the length and the first and last bytes of b, which is not
// empty. Words that collide cost an allocation, nothing else.
func wordHash(b []byte) uint64 {
	var first, last uint64
	if n := len(b); n >= 8 {
		first, last = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:])
	} else {
		first, last = uint64(b[0])|uint64(b[n/2])<<8, uint64(b[n-1])
	}
	high, low := bits.Mul64(first^0x9E3779B97F4A7C15*uint64(len(b)), last^0xD6E8FEB86659FD93)
	return high ^ low
}
