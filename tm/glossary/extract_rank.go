package glossary

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"tarjoman/tm"
)

// rank makes the list of candidates, the best first.
func (x *extraction) rank() []TermCandidate {
	all := slices.SortedFunc(maps.Values(x.found), func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.words, a.words), cmp.Compare(a.key, b.key))
	})
	covered := map[int][]exPlace{}
	var list []TermCandidate
	for _, c := range all { // longer ones first
		x.settle(c)
		if !x.rtl && 2*c.small > len(c.places) && c.long == "" { // a phrase that headings write with capitals
			c.name, c.votes, c.nouns = false, map[tm.TermType]int{}, c.small
		}
		c.alone = c.standAlone(covered)
		score := x.score(c)
		if score <= 0 {
			continue
		}
		for _, p := range c.places {
			if c.name || len(c.places) > 1 {
				covered[p.segment] = append(covered[p.segment], p)
			}
		}
		if t := x.describe(c, score); !x.known(t.Text) {
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b TermCandidate) int { return cmp.Compare(b.Score, a.Score) })
	return list[:min(len(list), x.o.Limit)]
}

// standAlone counts the places that no longer candidate covers.
func (c *candidate) standAlone(covered map[int][]exPlace) int {
	n := 0
	for _, p := range c.places {
		if !slices.ContainsFunc(covered[p.segment], p.within) {
			n++
		}
	}
	return n
}

// score is frequency by spread, weighed by how sure it is that the candidate is
// a term: 0 for one that is none. Places within longer candidates count little
// (the C-value of phrases).
func (x *extraction) score(c *candidate) float64 {
	segments, _ := x.spread(c)
	if c.alone == 0 {
		return 0
	}
	frequency := float64(c.alone) + float64(len(c.places)-c.alone)/4
	return x.weight(c) * frequency * math.Log2(1+float64(segments))
}

func (x *extraction) weight(c *candidate) float64 {
	several := len(c.places) > 1
	switch {
	case c.name || c.votes[tm.Title] > 0:
		return 2 + 0.5*math.Log2(float64(c.words))
	case c.kind() != tm.PlainTerm && (several || !x.rtl), c.quoted > 0 && several:
		return 1.5
	case c.quoted > 0:
		return 0.7
	case c.words > 1 && several && c.nouns > 0 && x.words.general[c.key[strings.LastIndex(c.key, " ")+1:]]:
		return 0.7 // MEK members
	case c.words > 1 && several && c.nouns > 0:
		return 1 + 0.5*math.Log2(float64(c.words))
	case c.words > 1 && c.words < 4 && c.nouns > 0 && !x.rtl:
		return 0.4
	case c.words == 1 && several && c.nouns > 0:
		return 0.6 * min(1, 0.4+float64(c.nouns)/float64(len(c.places)))
	case c.words == 1 && c.nouns > 0 && !x.rtl:
		return 0.3
	}
	return 0
}

// spread counts the segments and documents of a candidate.
func (x *extraction) spread(c *candidate) (segments, documents int) {
	inSegments, inDocuments := map[int]bool{}, map[int]bool{}
	for _, p := range c.places {
		inSegments[p.segment], inDocuments[x.segments[p.segment].Document] = true, true
	}
	return len(inSegments), len(inDocuments)
}

// form is the way a candidate is written most often; of equals the shortest, so
// that it is no plural, then the first in the alphabet.
func (c *candidate) form() string {
	return slices.MinFunc(slices.Collect(maps.Keys(c.forms)), func(a, b string) int {
		return cmp.Or(cmp.Compare(c.forms[b], c.forms[a]), cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	})
}

func (x *extraction) describe(c *candidate, score float64) TermCandidate {
	t := TermCandidate{Text: c.form(), Type: c.kind(), Name: c.name, Long: c.long, Count: len(c.places), Score: score}
	t.Segments, t.Documents = x.spread(c)
	if !c.name && !x.rtl {
		t.Text = x.singular(t.Text, c.key)
	}
	last := -1
	for _, p := range c.places {
		if p.segment != last && len(t.Contexts) < 3 {
			s := x.segments[p.segment]
			t.Contexts = append(t.Contexts, TermContext{p.segment, s.Document, s.Source, p.from, p.to})
			last = p.segment
		}
	}
	return t
}

// singular writes a phrase without the plural of its last word, when the texts
// have that word without.
func (x *extraction) singular(text, key string) string {
	lemma := key[strings.LastIndex(key, " ")+1:]
	at := strings.LastIndex(text, " ") + 1
	if x.key(text[at:]) == lemma || x.small[lemma] == 0 {
		return text
	}
	return text[:at] + lemma
}

// known reports whether the glossary has a term that is the candidate, in any
// form.
func (x *extraction) known(text string) bool {
	if x.o.Glossary == nil {
		return false
	}
	return slices.ContainsFunc(x.o.Glossary.Find(tm.SourceSide, text), func(h Hit) bool {
		return h.From == 0 && h.FullTo == len(text)
	})
}
