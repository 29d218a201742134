package exchange

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestValidUTF8_AgreesWithTheStandardLibrary(t *testing.T) {
	for lead := range 256 {
		for next := range 256 {
			for _, after := range []string{"", "\x80", "\xBF\xBF", "ا", "a"} {
				for shift := range 9 {
					b := []byte(strings.Repeat("a", shift) + string([]byte{byte(lead), byte(next)}) + after + "دادگاه abcdefgh")
					if validUTF8(b) != utf8.Valid(b) {
						t.Fatalf("% x: %v", b, validUTF8(b))
					}
				}
			}
		}
	}
}

func FuzzValidUTF8(f *testing.F) {
	f.Add([]byte("دادگاه روز دوشنبه می\u200cآید ﷼ 😀 court"))
	f.Add([]byte("aaaa\xC0\x80aaaaaaa"))
	f.Add(bytes.Repeat([]byte("\xD8\xA7"), 9))
	f.Fuzz(func(t *testing.T, b []byte) {
		if validUTF8(b) != utf8.Valid(b) {
			t.Errorf("%q: %v", b, validUTF8(b))
		}
	})
}

func BenchmarkValidUTF8(b *testing.B) {
	in := tmxOf(tmxShapes[0], 1000)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		if !validUTF8(in) {
			b.Fatal("not valid")
		}
	}
}
