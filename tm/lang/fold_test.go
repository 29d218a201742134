package lang

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold_Original(t *testing.T) {
	tests := []struct {
		name, lang, text, find, want string
	}{
		{"Arabic letters", "fa", "در كتابي قديمي", "کتابی", "كتابي"},
		{"vowel marks belong to their letter", "fa", "به مُحَمَّدٌ گفت", "محمد", "مُحَمَّدٌ"},
		{"ZWNJ stays", "fa", "او می‌رود.", "می\u200cرود", "می‌رود"},
		{"presentation form", "fa", "ﺳﻼم بر شما", "سلام", "ﺳﻼم"},
		{"digits", "fa", "سال ۱۳۵۷ بود", "1357", "۱۳۵۷"},
		{"case", "en", "The UNITED Nations", "united", "UNITED"},
		{"accents", "en", "in São Paulo now", "sao paulo", "São Paulo"},
		{"decomposed", "en", "in Sa\u0303o Paulo", "sao", "Sa\u0303o"},
		{"letter of two", "de", "die Straße hier", "strasse", "Straße"},
		{"curly apostrophe", "en", "Eje’i said", "eje'i", "Eje’i"},
		{"ellipsis", "en", "wait… now", "...", "…"},
		{"bidi mark inside", "fa", "سل\u200fام", "سلام", "سل\u200fام"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			f := profile(c.lang).Fold(c.text)
			at := strings.Index(f.Text, c.find)
			if at < 0 {
				t.Fatalf("%q not in %q", c.find, f.Text)
			}
			from, to := f.Original(at, at+len(c.find))
			if got := c.text[from:to]; got != c.want {
				t.Errorf("%q stands for %q, want %q", c.find, got, c.want)
			}
			if got := f.Folded(from); got != at {
				t.Errorf("Folded(%d) = %d, want %d", from, got, at)
			}
		})
	}
}

// Letters of other scripts keep their marks: й is not и.
func TestFold_OtherScripts(t *testing.T) {
	if got := profile("ru").FoldString("ЙОД"); got != "йод" {
		t.Errorf("got %q", got)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"مُحَمَّد", "Sa\u0303o ﬁn", "\xff\xfeé", "ا\u0653", "\u0301\u0302", "ﷺ…", "한글", strings.Repeat("e\u0301", 50)} {
		f.Add(s)
	}
	profiles := []*Profile{profile("fa"), profile("en"), profile("und")}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range profiles {
			folded := p.Fold(s)
			if folded.Text != p.FoldString(s) {
				t.Fatalf("Fold and FoldString differ for %q", s)
			}
			last := 0
			for at := range folded.Text {
				_, size := utf8.DecodeRuneInString(folded.Text[at:])
				from, to := folded.Original(at, at+size)
				if from < last || to <= from || to > len(s) {
					t.Fatalf("%q: byte %d stands for %d..%d after %d", s, at, from, to, last)
				}
				last = from
			}
		}
	})
}
