package glossary

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

var sentenceEnd = regexp.MustCompile(`([.؟?!][”"»]?)\s+`)

// seedPairs returns the sentences of the seed article with their translation.
func seedPairs(t *testing.T) [][2]string {
	t.Helper()
	sentences := func(name string) (all [][]string) {
		for line := range strings.Lines(string(shared(t, name))) {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, strings.Split(sentenceEnd.ReplaceAllString(line, "$1\n"), "\n"))
			}
		}
		return all
	}
	en, fa := sentences("seed/news-article.en.txt"), sentences("seed/translation.fa.txt")
	var pairs [][2]string
	for i := range en {
		if len(en[i]) != len(fa[i]) {
			t.Fatalf("paragraph %d: %d sentences, %d in the translation", i, len(en[i]), len(fa[i]))
		}
		for k := range en[i] {
			pairs = append(pairs, [2]string{en[i][k], fa[i][k]})
		}
	}
	return pairs
}

func TestIssues_SeedTranslationIsClean(t *testing.T) {
	g := Compile(seedGlossary(t), language.English, language.Persian)
	found := 0
	for _, p := range seedPairs(t) {
		for _, r := range g.Check(p[0], p[1]) {
			found += len(r.Source)
		}
		for _, issue := range g.Issues(tm.Plain(p[0]), tm.Plain(p[1])) {
			t.Errorf("false alarm %s %v\n  %s\n  %s", issue.Code, issue.Args, p[0], p[1])
		}
	}
	if found < 100 {
		t.Errorf("only %d terms found in the article", found)
	}
}
