package qa

import (
	"regexp"
	"strings"
	"testing"
)

var sentenceEnd = regexp.MustCompile(`([.؟?!][”"»]?)\s+`)

// seedPairs returns the sentences of the seed article with their translation.
func seedPairs(t *testing.T) []Pair {
	t.Helper()
	sentences := func(name string) (all []string) {
		for line := range strings.Lines(string(shared(t, name))) {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, strings.Split(sentenceEnd.ReplaceAllString(line, "$1\n"), "\n")...)
			}
		}
		return all
	}
	en, fa := sentences("seed/news-article.en.txt"), sentences("seed/translation.fa.txt")
	if len(en) != len(fa) {
		t.Fatalf("%d sentences, %d translations", len(en), len(fa))
	}
	var pairs []Pair
	for i := range en {
		pairs = append(pairs, enFa(en[i], fa[i]))
	}
	return pairs
}

func TestRun_SeedTranslationIsClean(t *testing.T) {
	for _, p := range seedPairs(t) {
		for _, i := range Run(p) {
			t.Errorf("false alarm %s %v\n  %s\n  %s", i.Code, i.Args, p.Source.Text, p.Target.Text)
		}
	}
}

// planted are mistakes put into the right translation; each must be found.
var planted = []struct {
	code  string
	plant func(target string) string
}{
	{"empty_target", func(string) string { return "" }},
	{"end_punctuation", func(s string) string { return strings.TrimRight(s, ".") }},
	{"repeated_word", func(s string) string {
		return regexp.MustCompile(`( )([آ-ی]{3,})( )`).ReplaceAllString(s, "$1$2 $2$3")
	}},
	{"number_mismatch", func(s string) string { return regexp.MustCompile(`[۰-۹٬]+`).ReplaceAllString(s, "۷۷۷") }},
	{"number_mismatch", func(s string) string { return regexp.MustCompile(`[۰-۹٬]+`).ReplaceAllString(s, "") }},
	{"unbalanced_pair", func(s string) string { return strings.ReplaceAll(s, "»", "") }},
	{"edge_space", func(s string) string { return s + " " }},
	{"length", func(s string) string { return s[:strings.IndexByte(s+" ", ' ')] }},
	{"untranslated", func(s string) string { return strings.Replace(s, " رژیم ", " regime ", 1) }},
}

func TestRun_PlantedMistakesAreFound(t *testing.T) {
	pairs := seedPairs(t)
	for _, p := range planted {
		t.Run(p.code, func(t *testing.T) {
			tried := 0
			for _, pair := range pairs {
				bad := p.plant(pair.Target.Text)
				if bad == pair.Target.Text {
					continue
				}
				tried++
				pair.Target.Text = bad
				if len(Run(pair, p.code)) == 0 {
					t.Errorf("not found:\n  %s\n  %s", pair.Source.Text, bad)
				}
			}
			if tried == 0 {
				t.Error("nothing was planted")
			}
		})
	}
}

func TestRun_UntranslatedSentenceIsFound(t *testing.T) {
	for _, p := range seedPairs(t) {
		p.Target = p.Source
		if got := codesOf(Run(p)); !strings.Contains(strings.Join(got, " "), "same_as_source") {
			t.Errorf("%v for %s", got, p.Source.Text)
		}
	}
}
