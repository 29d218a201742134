package glossary

import (
	"cmp"
	"slices"

	"tarjoman/tm"
)

// A Completion is a term of a concept.
type Completion struct {
	Concept *tm.Concept
	Term    tm.Term
}

// maxCompleted bounds how many patterns with one beginning are looked at.
const maxCompleted = 2000

// Complete returns up to limit terms of one side that begin with what somebody
// has typed so far, folded as for [Glossary.Find]: «ايت» finds «آیت‌الله», and so
// does «ایتالل», whose half-space is not typed. Forbidden terms, and those that
// do not hold, are left out. Preferred terms come first, then short ones.
func (g *Glossary) Complete(side tm.Side, typed string, limit int) []Completion {
	var list []Completion
	seen := map[*tm.Term]bool{}
	for _, p := range []*part{g.base, g.fresh} {
		if p == nil {
			continue
		}
		for _, at := range p.index(side).beginning(typed) {
			c := &p.concepts[at.concept]
			t := &c.Terms[at.term]
			if seen[t] || p == g.base && g.gone[at.concept] || t.Status == tm.ForbiddenTerm || !g.counts(*t) {
				continue
			}
			seen[t] = true
			list = append(list, Completion{c, *t})
		}
	}
	slices.SortStableFunc(list, func(a, b Completion) int {
		return cmp.Or(cmp.Compare(standing(a.Term), standing(b.Term)), cmp.Compare(len(a.Term.Text), len(b.Term.Text)))
	})
	return list[:min(len(list), limit)]
}

func standing(t tm.Term) int {
	return slices.Index([]tm.TermStatus{tm.Preferred, tm.Admitted, tm.Proposed}, t.Status)
}

// A typing looks for patterns by their beginnings.
type typing struct {
	*index
	text  []cell
	found []*pattern
}

// beginning returns the patterns that begin with a text, but for irregular
// plurals.
func (x *index) beginning(text string) []*pattern {
	t := typing{index: x, text: trimSpace(x.grammar.cells(x.profile, text))}
	if len(t.text) == 0 {
		return nil
	}
	if span, ok := x.first[t.text[0].r]; ok {
		t.walk(span[0], span[1], 1, 1)
	}
	return t.found
}

// walk goes on from cell i with the patterns lo..hi that agree in depth runes.
// A half-space of a pattern may be typed as a space or not at all, and a space as
// a half-space.
func (t *typing) walk(lo, hi, depth, i int) {
	if i >= len(t.text) {
		for ; lo < hi && len(t.found) < maxCompleted; lo++ {
			if p := &t.patterns[lo]; !p.plural {
				t.found = append(t.found, p)
			}
		}
		return
	}
	if l, h := t.narrow(lo, hi, depth, t.text[i].r); l < h {
		t.walk(l, h, depth+1, i+1)
	}
	if !t.grammar.joiner {
		return
	}
	gap := t.text[i].r == ' ' || t.text[i].r == zwnj
	for _, r := range []rune{zwnj, ' '} {
		l, h := t.narrow(lo, hi, depth, r)
		switch {
		case l == h || r == t.text[i].r:
		case gap:
			t.walk(l, h, depth+1, i+1)
		case r == zwnj:
			t.walk(l, h, depth+1, i)
		}
	}
	if t.text[i].r == zwnj {
		t.walk(lo, hi, depth, i+1) // «پاسخ‌گو» for «پاسخگو»
	}
}
