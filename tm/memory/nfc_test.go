package memory

import (
	"math/rand/v2"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestNFC_IsThatOfUnicode(t *testing.T) {
	letters := []rune("a é\u0301ا و ي ی ه ە ہ ے ك ئ \u064b\u064e\u0651\u0653\u0654\u0655\u0670\u200c۷")
	r := rand.New(rand.NewPCG(1, 1))
	for range 200_000 {
		text := make([]rune, 1+r.IntN(6))
		for i := range text {
			text[i] = letters[r.IntN(len(letters))]
		}
		if got, want := nfc(string(text)), norm.NFC.String(string(text)); got != want {
			t.Fatalf("%+q: %+q, want %+q", string(text), got, want)
		}
	}
}
