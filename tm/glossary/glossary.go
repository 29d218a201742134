package glossary

import (
	"cmp"
	"slices"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A Glossary recognises the terms of its concepts in a source and a target
// language. It is immutable and safe for concurrent use; [Glossary.With],
// [Glossary.On] and [Glossary.Weighing] return others that share most of it.
type Glossary struct {
	langs [2]language.Tag
	base  *part          // made by Compile
	fresh *part          // what came later; nil for nothing
	gone  map[int32]bool // concepts of base that were changed or removed

	day     time.Time // zero for any day
	weights map[tm.TermType]tm.Severity
}

// Compile prepares concepts for one direction of translation. Their order is
// their priority: where two concepts share a term, the first one speaks. Terms
// in other languages are ignored, proposed ones are found but never enforced. Of
// a concept to be kept the source terms are permitted in the target. The
// concepts must not be changed afterwards.
func Compile(concepts []tm.Concept, source, target language.Tag) *Glossary {
	langs := [2]language.Tag{source, target}
	return &Glossary{langs: langs, base: newPart(slices.Clone(concepts), langs)}
}

// Len returns the number of concepts.
func (g *Glossary) Len() int {
	n := len(g.base.concepts) - len(g.gone)
	if g.fresh != nil {
		n += len(g.fresh.concepts)
	}
	return n
}

// On returns the glossary as it holds on a day, such as the date of a document:
// terms not valid then are as if they did not exist. Without it every term
// counts.
func (g *Glossary) On(day time.Time) *Glossary {
	dated := *g
	dated.day = day
	return &dated
}

// counts reports whether a term takes part.
func (g *Glossary) counts(t tm.Term) bool { return g.day.IsZero() || t.Valid(g.day) }

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
// inside a permitted one is left out. A proposed term hides nothing.
func (g *Glossary) Find(side tm.Side, text string) []Hit {
	all := g.matches(side, text)
	proposed := keep(all, func(m match) bool { return !m.enforced() })
	enforced := all
	if len(proposed) > 0 {
		enforced = keep(all, match.enforced)
	}
	if side == tm.TargetSide {
		enforced = excuse(enforced, enforced)
	}
	enforced = longest(enforced)
	for _, m := range longest(proposed) {
		if !slices.ContainsFunc(enforced, m.within) {
			enforced = append(enforced, m)
		}
	}
	if len(proposed) > 0 {
		slices.SortFunc(enforced, compareMatches)
	}
	hits := make([]Hit, len(enforced))
	for i, m := range enforced {
		hits[i] = Hit{m.concept, *m.term, m.from, m.to, m.full}
	}
	return hits
}

// A match is a found pattern with its place in bytes.
type match struct {
	found
	concept        *tm.Concept
	rank           rank
	term           *tm.Term
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

func compareMatches(a, b match) int {
	return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.full, a.full), cmp.Compare(b.to, a.to),
		a.rank.compare(b.rank), cmp.Compare(a.pattern.term, b.pattern.term))
}

// matches returns everything found on one side, ordered by place, longer ones
// first, then by priority, without two matches of one concept at one place.
func (g *Glossary) matches(side tm.Side, text string) []match {
	x := g.base.index(side)
	list := x.grammar.cells(x.profile, text)
	skip := protected(list, text)
	found := x.find(list, skip)
	all := make([]match, 0, len(found))
	for _, f := range found {
		if n := f.pattern.concept; !g.gone[n] {
			all = g.appendMatch(all, side, match{found: f, concept: &g.base.concepts[n], rank: g.base.rank(n)}, list, text)
		}
	}
	if g.fresh != nil {
		for _, f := range g.fresh.index(side).find(list, skip) {
			n := f.pattern.concept
			all = g.appendMatch(all, side, match{found: f, concept: &g.fresh.concepts[n], rank: g.fresh.rank(n)}, list, text)
		}
	}
	slices.SortFunc(all, compareMatches)
	return slices.CompactFunc(all, func(a, b match) bool {
		return a.concept == b.concept && a.from == b.from && a.full == b.full && a.forbidden() == b.forbidden()
	})
}

// appendMatch completes a match and adds it, if its term counts.
func (g *Glossary) appendMatch(all []match, side tm.Side, m match, list []cell, text string) []match {
	m.term = &m.concept.Terms[m.pattern.term]
	if !g.counts(*m.term) || side == tm.SourceSide && m.forbidden() {
		return all
	}
	m.from = int(list[m.found.from].from)
	m.to = bareEnd(text, m.from, int(list[m.found.to-1].to), m.term.Text)
	m.full = trimInvisible(text, m.from, int(list[m.found.full-1].to))
	return append(all, m)
}

// longest leaves out every match strictly inside another one (C3). Matches are
// ordered as by [Glossary.matches].
func longest(matches []match) []match {
	out := make([]match, 0, len(matches))
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
	if !slices.ContainsFunc(matches, match.forbidden) {
		return matches
	}
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
