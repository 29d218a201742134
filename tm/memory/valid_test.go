package memory

import (
	"math/rand/v2"
	"testing"
)

func TestValidRow(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, words := range []uint32{90, 16_383, 16_384, 300_000, 1<<21 - 1, 1 << 21, 40_000_000} {
		for range 20_000 {
			tokens := make([]uint32, r.IntN(30))
			for i := range tokens {
				tokens[i] = 1 + r.Uint32N(min(words, 1<<(1+r.IntN(26))))
			}
			want := rowOf(tokens)
			if n, ok := validRow(want, words); !ok || int(n) != len(tokens) {
				t.Fatalf("%d, %t for %v of %d words", n, ok, tokens, words)
			}
			if len(tokens) == 0 {
				continue
			}
			if n, ok := validRow(append(want, 0x81), words); ok {
				t.Fatalf("%d tokens of %v and half a token", n, tokens)
			}
			tokens[r.IntN(len(tokens))] = []uint32{0, words + 1, words + 1000}[r.IntN(3)]
			if _, ok := validRow(rowOf(tokens), words); ok {
				t.Fatalf("%v is valid for %d words", tokens, words)
			}
		}
	}
}

func rowOf(tokens []uint32) (row []byte) {
	for _, id := range tokens {
		row = appendToken(row, id)
	}
	return row
}
