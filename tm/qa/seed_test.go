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
