package workbench

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/memory"
)

// repairing looks segments up, and makes of matches that differ from the
// segment in names, dates and numbers only what was meant: the form the
// glossary approves, with the ending of the old one, in its place. Such matches
// are assembled, and say what they lose for it.
type repairing struct {
	lookup func(context.Context, memory.Query) ([]tm.Match, error)
	terms  *compiled
}

// aged sets what old units lose, as the settings of a project say.
func aged(q memory.Query, s Settings, now time.Time) memory.Query {
	if s.AgedMonths > 0 {
		q.Aged, q.AgePoints = now.AddDate(0, -s.AgedMonths, 0), s.AgePoints
	}
	return q
}

// namePoints is what a match loses for each name put into it: more than for a
// number, because the sentence around it may have to agree.
const namePoints = 2

// Penalties lists what matches can lose, with points; see [memory.Penalties].
// Those of names are for each name.
var Penalties = append(slices.Clone(memory.Penalties), tm.Penalty{Code: "names", Points: namePoints})

// repairable is how many near matches are tried.
const repairable = 20

// find is the look-up of a query with repaired matches among the others.
func (r *repairing) find(ctx context.Context, q memory.Query) ([]tm.Match, error) {
	found, err := r.lookup(ctx, q)
	if err != nil || len(found) > 0 && found[0].Score >= 100 || !r.named(q.Source.Text) {
		return found, err
	}
	wide := q
	wide.Threshold, wide.Limit = memory.MinThreshold, max(repairable, q.Limit)
	near, err := r.lookup(ctx, wide)
	if err != nil {
		return nil, err
	}
	return ranked(q, found, r.repairAll(q, near)), nil
}

func (r *repairing) named(text string) bool {
	return len(r.terms.Find(tm.SourceSide, text)) > 0 || len(r.terms.dates.Find(tm.SourceSide, text)) > 0
}

func (r *repairing) repairAll(q memory.Query, near []tm.Match) []tm.Match {
	var list []tm.Match
	for _, m := range near {
		if made, ok := r.repair(q, m); ok && made.Score >= max(q.Threshold, m.Score) {
			list = append(list, made)
		}
	}
	return list
}

// repair returns the match with the names, dates and numbers of the query.
func (r *repairing) repair(q memory.Query, m tm.Match) (tm.Match, bool) {
	if m.Kind != tm.FuzzyMatch {
		return m, false
	}
	source, target, names := m.Source.Text, m.Target.Text, 0
	for _, g := range []*glossary.Glossary{r.terms.Glossary, r.terms.dates} {
		if s, ok := g.Swap(q.Source.Text, source, target); ok {
			source, target, names = s.Source, s.Target, names+s.Terms
		}
	}
	text, numbers, ok := memory.PutNumbers(q.From, q.To, q.Source.Text, source, target)
	if !ok || names == 0 {
		return m, false
	}
	m.Kind, m.Raw, m.Score = tm.AssembledMatch, 100, 100
	m.Target = tm.Content{Text: text}
	if len(q.Source.Codes) > 0 {
		m.Target = tm.ProjectCodes(q.Source, text)
	}
	m.Penalties = append(slices.Clone(m.Penalties), tm.Penalty{Code: "names", Points: namePoints * names})
	if numbers > 0 {
		m.Penalties = append(m.Penalties, tm.Penalty{Code: "numbers", Points: numbers})
	}
	for _, p := range m.Penalties {
		m.Score -= p.Points
	}
	return m, true
}

// ranked puts repaired matches among those found, in the place of what they
// were made of.
func ranked(q memory.Query, found, repaired []tm.Match) []tm.Match {
	if len(repaired) == 0 {
		return found
	}
	list := slices.DeleteFunc(slices.Clone(found), func(m tm.Match) bool {
		return slices.ContainsFunc(repaired, func(r tm.Match) bool { return r.Unit.ID == m.Unit.ID })
	})
	for _, r := range repaired {
		said := slices.ContainsFunc(list, func(m tm.Match) bool { return m.Target.Text == r.Target.Text && m.Score >= r.Score })
		if !said {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b tm.Match) int { return cmp.Compare(b.Score, a.Score) })
	return list[:min(len(list), cmp.Or(q.Limit, memory.DefaultLimit))]
}
