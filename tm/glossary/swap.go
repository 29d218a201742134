package glossary

import (
	"slices"
	"strings"

	"tarjoman/tm"
)

// A Swap is a translation in which terms were exchanged.
type Swap struct {
	Source string // the sentence that Target now translates
	Target string
	Terms  int // exchanged
}

// Swap puts the terms of query into target, the translation of source, where
// the two sentences have different ones at the same places: what was said of
// Hamid Noury is said of another person. The new form takes the ending of the
// old one («نوری‌ها»). Ok is false when nothing was exchanged or when it is not
// safe: both sentences need the same number of terms; those that differ must be
// of the same type, stand in the same form, and the old one must stand once in
// source and once in target, in a permitted form. The caller compares
// [Swap.Source] with query: other words may differ, too.
func (g *Glossary) Swap(query, source, target string) (s Swap, ok bool) {
	wanted, had := g.named(query), g.named(source)
	if len(wanted) != len(had) {
		return s, false
	}
	var in, out []edit
	for i, old := range had {
		is := wanted[i]
		if is.concept == old.concept {
			continue
		}
		place, once := g.onlyPlace(old, had, target)
		preferred := g.preferred(is.concept)
		if !once || preferred == "" || is.concept.Type != old.concept.Type || !sameForm(is, old) {
			return s, false
		}
		in = append(in, edit{old.from, old.full, query[is.from:is.full]})
		out = append(out, edit{place.from, place.full, g.suggest(preferred, place, target)})
	}
	if len(in) == 0 || overlap(out) {
		return s, false
	}
	return Swap{Source: apply(source, in), Target: apply(target, out), Terms: len(in)}, true
}

// named returns the enforced terms of a source text, one at a place.
func (g *Glossary) named(text string) []match {
	var list []match
	for _, m := range longest(g.enforced(tm.SourceSide, text)) {
		if last := len(list) - 1; last < 0 || list[last].from != m.from {
			list = append(list, m)
		}
	}
	return list
}

func (g *Glossary) enforced(side tm.Side, text string) []match {
	return keep(g.matches(side, text), func(m match) bool { return m.term.Status != tm.Proposed })
}

func sameForm(a, b match) bool {
	return a.ending == b.ending && a.head == b.head && a.pattern.plural == b.pattern.plural
}

// onlyPlace returns where the concept of a term of the source stands in target;
// once is false unless it stands once in both.
func (g *Glossary) onlyPlace(old match, had []match, target string) (place match, once bool) {
	if len(keep(had, func(m match) bool { return m.concept == old.concept })) != 1 {
		return place, false
	}
	places := longest(keep(g.enforced(tm.TargetSide, target), func(m match) bool { return m.concept == old.concept }))
	if len(places) != 1 || places[0].forbidden() {
		return place, false
	}
	return places[0], true
}

// An edit replaces the bytes from..to.
type edit struct {
	from, to int
	text     string
}

func overlap(edits []edit) bool {
	slices.SortFunc(edits, func(a, b edit) int { return a.from - b.from })
	for i := 1; i < len(edits); i++ {
		if edits[i].from < edits[i-1].to {
			return true
		}
	}
	return false
}

// apply makes edits that stand in order and do not overlap.
func apply(text string, edits []edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.from] + e.text)
		at = e.to
	}
	return b.String() + text[at:]
}
