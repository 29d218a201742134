package glossary

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// How much of the seed glossary a list of candidates finds.
func TestExtract_SeedArticle(t *testing.T) {
	var segments []ExtractSegment
	for _, p := range seedPairs(t) {
		segments = append(segments, ExtractSegment{Source: p[0]})
	}
	glossary := seedGlossary(t)
	list := Extract(slices.Values(segments), ExtractOptions{Source: language.English, Target: language.Persian})
	g := Compile(glossary, language.English, language.Persian)
	present := map[*tm.Concept]bool{}
	for _, s := range segments {
		for _, h := range g.Find(tm.SourceSide, s.Source) {
			present[h.Concept] = true
		}
	}
	recalled := map[*tm.Concept]bool{}
	at50, wrong := 0, []string{}
	for i, c := range list {
		hits := g.Find(tm.SourceSide, c.Text)
		right := len(hits) == 1 && hits[0].From == 0 && hits[0].FullTo == len(c.Text)
		if right && present[hits[0].Concept] {
			recalled[hits[0].Concept] = true
		}
		if i < 50 && right {
			at50++
		} else if i < 50 {
			wrong = append(wrong, c.Text)
		}
	}
	var lost []string
	for c := range present {
		if !recalled[c] {
			lost = append(lost, c.Terms[0].Text)
		}
	}
	t.Logf("seed article: %d candidates, %d of the first 50 in the glossary; %d of its %d entries found", len(list), at50, len(recalled), len(present))
	t.Logf("not in the glossary: %s", strings.Join(wrong, ", "))
	t.Logf("not found: %s", strings.Join(lost, ", "))
	if at50 < 30 || len(recalled)*10 < len(present)*8 {
		t.Errorf("%d of the first 50 in the glossary, %d of %d entries found", at50, len(recalled), len(present))
	}
}
