package glossary

import (
	"cmp"
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A Glossary recognises the terms of its concepts in a source and a target
// language. It is immutable and safe for concurrent use.
type Glossary struct {
	concepts []tm.Concept
	source   *index
	target   *index
	langs    [2]language.Tag
}

// Compile prepares concepts for one direction of translation. Their order is
// their priority: where two concepts share a term, the first one speaks. Terms
// in other languages are ignored. The concepts must not be changed afterwards.
func Compile(concepts []tm.Concept, source, target language.Tag) *Glossary {
	return &Glossary{
		concepts: slices.Clone(concepts),
		source:   newIndex(concepts, source),
		target:   newIndex(concepts, target),
		langs:    [2]language.Tag{source, target},
	}
}

// Len returns the number of concepts.
func (g *Glossary) Len() int { return len(g.concepts) }

// A Hit is a term that stands in a text: the bytes From..To are the term
// itself, From..FullTo the term with its ending (C11).
type Hit struct {
	Concept          *tm.Concept
	Term             tm.Term
	From, To, FullTo int
}

// Find returns the terms in a text of one side, in order of place, then of
// priority. A hit inside a longer one is left out (C3). On the source side
// forbidden terms are not looked for; on the target side a forbidden term
// inside a permitted one is left out.
func (g *Glossary) Find(side tm.Side, text string) []Hit {
	matches := g.matches(side, text)
	if side == tm.SourceSide {
		matches = longest(matches)
	} else {
		matches = longest(excuse(matches, matches))
	}
	hits := make([]Hit, len(matches))
	for i, m := range matches {
		hits[i] = Hit{&g.concepts[m.concept], m.term, m.from, m.to, m.full}
	}
	return hits
}

// A match is a found pattern with its place in bytes.
type match struct {
	found
	concept        int
	term           tm.Term
	from, to, full int
}

func (m match) forbidden() bool { return m.term.Status == tm.ForbiddenTerm }

// within reports whether m lies inside o or is as long: «دولتی» as «دولت» with an
// ending lies within the term «دولتی», not the other way round.
func (m match) within(o match) bool {
	if m.from == o.from && m.full == o.full {
		return m.to <= o.to
	}
	return o.from <= m.from && m.full <= o.full
}

// matches returns everything found on one side, ordered by place, longer ones
// first, then by priority, without two matches of one concept at one place.
func (g *Glossary) matches(side tm.Side, text string) []match {
	x := g.target
	if side == tm.SourceSide {
		x = g.source
	}
	list, all := x.find(text)
	matches := make([]match, 0, len(all))
	for _, f := range all {
		concept := int(f.pattern.concept)
		term := g.concepts[concept].Terms[f.pattern.term]
		if side == tm.SourceSide && term.Status == tm.ForbiddenTerm {
			continue
		}
		matches = append(matches, match{f, concept, term,
			int(list[f.from].from), int(list[f.to-1].to), int(list[f.full-1].to)})
	}
	slices.SortStableFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.full, a.full), cmp.Compare(b.to, a.to),
			cmp.Compare(a.concept, b.concept), cmp.Compare(a.pattern.term, b.pattern.term))
	})
	return slices.CompactFunc(matches, func(a, b match) bool {
		return a.concept == b.concept && a.from == b.from && a.full == b.full && a.forbidden() == b.forbidden()
	})
}

// longest leaves out every match strictly inside another one (C3). Matches are
// ordered as by [Glossary.matches].
func longest(matches []match) []match {
	var out []match
	widest := match{from: -1, full: -1}
	for _, m := range matches {
		same := m.from == widest.from && m.full == widest.full && m.to == widest.to
		if m.full <= widest.full && !same {
			continue
		}
		if !same {
			widest = m
		}
		out = append(out, m)
	}
	return out
}

// excuse leaves out the forbidden matches that lie within a permitted one of
// the list by (C3): «مجاهدین خلق» is not the forbidden word inside it. A longer
// forbidden form stays.
func excuse(matches, by []match) []match {
	var out []match
	for _, m := range matches {
		within := func(o match) bool { return !o.forbidden() && m.within(o) }
		if m.forbidden() && slices.ContainsFunc(by, within) {
			continue
		}
		out = append(out, m)
	}
	return out
}
