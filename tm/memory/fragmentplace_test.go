package memory

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm/lang"
)

func TestPlaceTokens(t *testing.T) {
	tests := []struct {
		name string
		p    *lang.Profile
		text string
		want string
	}{
		{"words and marks", lang.For(en), "The court, again.", "The court , again ."},
		{"half-space", lang.For(fa), "کتاب\u200cهای تازه را می\u200cخوانم.", "کتاب های تازه را می خوانم ."},
		{"affix written apart", lang.For(fa), "کتاب ها", "کتاب ها"},
		{"Arabic letters and marks", lang.For(fa), "كِتابِ علي", "كِتابِ علي"},
		{"ezafe after heh", lang.For(fa), "نامه\u200cی سرگشاده", "نامه\u200cی سرگشاده"},
		{"grouped number", lang.For(en), "30,000 people", "30,000 people"},
		{"Persian grouped number", lang.For(fa), "۳۰٬۰۰۰ نفر", "۳۰٬۰۰۰ نفر"},
		{"ellipsis", lang.For(en), "Wait… now", "Wait … … … now"},
		{"quotes with spaces", lang.For(fa), "« بله » گفت", "« بله » گفت"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list, ok := placeTokens(tt.p, tt.text)
			if !ok {
				t.Fatal("no places")
			}
			var got []string
			for _, w := range list {
				got = append(got, tt.text[w.from:w.to])
			}
			if d := cmp.Diff(tt.want, strings.Join(got, " ")); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestPlaceTokens_RealText finds the places in nearly every text, and each
// place has the token's letters.
func TestPlaceTokens_RealText(t *testing.T) {
	texts, failed := 0, []string{}
	check := func(p *lang.Profile, text string) {
		texts++
		list, ok := placeTokens(p, text)
		if !ok {
			failed = append(failed, fmt.Sprintf("%q %q", text, p.Keys(text)[0]))
			return
		}
		for i, w := range list {
			if i > 0 && w.from < list[i-1].from {
				t.Fatalf("%q: places are not ascending: %v", text, list)
			}
			if got := tokenize(p, text[w.from:w.to]); len(got) != 1 && text[w.from:w.to] != "…" {
				t.Errorf("%q: %q stands for %q", text, w.text, got)
			}
		}
	}
	parallel(t, 20_000, func(_ int, source, target string) {
		check(lang.For(en), source)
		check(lang.For(fa), target)
	})
	t.Logf("%d of %d texts without places", len(failed), texts)
	if len(failed) > texts/1000 {
		t.Errorf("too many, as %s", failed[:min(20, len(failed))])
	}
}

func FuzzPlaceTokens(f *testing.F) {
	f.Add("نامه\u200cی سرگشاده، ۳۰٬۰۰۰ نفر…")
	f.Add("I’ve read 1,234.5 cafe\u0301s")
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range []*lang.Profile{lang.For(en), lang.For(fa)} {
			list, _ := placeTokens(p, text)
			for _, w := range list {
				if w.from < 0 || w.to <= w.from || w.to > len(text) {
					t.Errorf("%q at %d..%d of %d bytes", w.text, w.from, w.to, len(text))
				}
			}
		}
	})
}
