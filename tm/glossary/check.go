package glossary

import (
	"strings"

	"tarjoman/tm"
)

// Outcome is what a check says about one concept (C2).
type Outcome string

const (
	OK            Outcome = "ok"             // a permitted term stands in the target
	Missing       Outcome = "missing"        // none does
	Forbidden     Outcome = "forbidden"      // a forbidden one does
	NotApplicable Outcome = "not_applicable" // the source does not speak of it
)

// A Span is a term in a text, in bytes: From..To the bare term, From..FullTo
// with its ending (C11).
type Span struct {
	From, To, FullTo int
	Term             tm.Term
	// Suggestion, of a forbidden term, is what From..FullTo should become: the
	// preferred term with the same ending (C12). "" when there is none.
	Suggestion string
}

// A Result is what a check says about one concept. Target holds the permitted
// terms when the outcome is ok, the forbidden ones when it is forbidden, and
// nothing otherwise.
type Result struct {
	Concept   *tm.Concept
	Outcome   Outcome
	Source    []Span
	Target    []Span
	Preferred string // the term the target should use; "" when the concept has none
}

// Check returns the result of every concept that the source speaks of, in the
// order of their first place in the source, then of priority.
func (g *Glossary) Check(source, target string) []Result {
	sources := longest(keep(g.matches(tm.SourceSide, source), match.enforced))
	targets := keep(g.matches(tm.TargetSide, target), match.enforced)
	var order []*tm.Concept
	bySource := map[*tm.Concept][]match{}
	for _, m := range sources {
		if len(bySource[m.concept]) == 0 {
			order = append(order, m.concept)
		}
		bySource[m.concept] = append(bySource[m.concept], m)
	}
	targets = keep(targets, func(m match) bool { return len(bySource[m.concept]) > 0 })
	byTarget := map[*tm.Concept][]match{}
	for _, m := range excuse(targets, targets) {
		byTarget[m.concept] = append(byTarget[m.concept], m)
	}
	results := make([]Result, 0, len(order))
	for _, c := range order {
		results = append(results, g.judge(c, bySource[c], byTarget[c], source, target))
	}
	return results
}

func (m match) enforced() bool { return m.term.Status != tm.Proposed }

// CheckConcept returns the result of the concept with the given place in the
// list passed to [Compile], the others taking part as in [Glossary.Check]. It
// panics when there is no such concept.
func (g *Glossary) CheckConcept(i int, source, target string) Result {
	c := &g.base.concepts[i]
	for _, r := range g.Check(source, target) {
		if r.Concept == c {
			return r
		}
	}
	return Result{Concept: c, Outcome: NotApplicable, Preferred: g.preferred(c)}
}

// judge decides about one concept from its own matches (C2). Concepts without
// any permitted target term have nothing that could be missing.
func (g *Glossary) judge(c *tm.Concept, sources, targets []match, source, target string) Result {
	r := Result{Concept: c, Source: spans(sources), Preferred: g.preferred(c)}
	if c.Keep {
		r.Preferred = source[sources[0].from:sources[0].to]
	}
	wrong := longest(keep(targets, match.forbidden))
	right := longest(keep(targets, func(m match) bool { return !m.forbidden() }))
	switch {
	case len(wrong) > 0:
		r.Outcome, r.Target = Forbidden, spans(wrong)
		for i, m := range wrong {
			r.Target[i].Suggestion = g.suggest(r.Preferred, m, target)
		}
	case len(right) > 0:
		r.Outcome, r.Target = OK, spans(right)
	case r.Preferred == "" || c.Keep && asItIs(source, sources, target):
		r.Outcome = OK
	default:
		r.Outcome = Missing
	}
	return r
}

// asItIs reports whether a term of the source stands in the target with the
// ending it has there: «NGOs» in a Persian text.
func asItIs(source string, matches []match, target string) bool {
	for _, m := range matches {
		if strings.Contains(target, source[m.from:m.full]) {
			return true
		}
	}
	return false
}

// preferred is the term to use in the target: the first preferred one, else the
// first admitted one. Of a concept to be kept it is that of the source.
func (g *Glossary) preferred(c *tm.Concept) string {
	tag := g.langs[1]
	if c.Keep {
		tag = g.langs[0]
	}
	for _, status := range []tm.TermStatus{tm.Preferred, tm.Admitted} {
		for _, t := range c.In(tag, status) {
			if g.counts(t) {
				return t.Text
			}
		}
	}
	return ""
}

func spans(matches []match) []Span {
	var list []Span
	for _, m := range matches {
		list = append(list, Span{From: m.from, To: m.to, FullTo: m.full, Term: *m.term})
	}
	return list
}

func keep(matches []match, want func(match) bool) []match {
	var out []match
	for _, m := range matches {
		if want(m) {
			out = append(out, m)
		}
	}
	return out
}
