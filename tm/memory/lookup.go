package memory

import (
	"context"

	"tarjoman/tm"
)

// Lookup returns the best matches of the query, best first: exactly those that
// [Scan] returns for the units of the table. The units of the matches are the
// source's own, or the table's when it has none. Errors are those of ctx and of
// the source.
func (t *Table) Lookup(ctx context.Context, query Query) ([]tm.Match, error) {
	q := newQuestion(query)
	if q == nil || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	t.init()
	s := t.searches.Get().(*search)
	defer t.searches.Put(s)
	if !s.reset(t, q) {
		return nil, nil
	}
	best, err := t.best(ctx, s)
	if err != nil {
		return nil, err
	}
	return q.matches(ctx, best), ctx.Err()
}

// best finds the best matches by what the index knows and fetches their units,
// until all of them turn out to be what the index took them for. Where hashes
// left a doubt, or a unit was changed meanwhile, it looks again with what it
// knows now.
func (t *Table) best(ctx context.Context, s *search) ([]*candidate, error) {
	for limit := s.Limit; ; {
		found, all := s.find(limit)
		agreed, err := t.fetch(ctx, s, found)
		if err != nil {
			return nil, err
		}
		if agreed {
			list := make([]*candidate, len(found))
			for i := range found {
				list[i] = found[i].truth
			}
			if list = merge(list, s.Limit); len(list) == s.Limit || all {
				return list, ctx.Err()
			}
		}
		limit *= 2
	}
}

// fetch sets the truth of what was found, and reports whether the index had it
// right for all.
func (t *Table) fetch(ctx context.Context, s *search, found []light) (agreed bool, err error) {
	var ids []tm.UnitID
	var places []int
	for i := range found {
		if found[i].truth == nil {
			ids, places = append(ids, found[i].id), append(places, i)
		}
	}
	units, err := t.unitsOf(ctx, ids)
	if err != nil {
		return false, err
	}
	agreed = true
	if s.known == nil && len(ids) > 0 {
		s.known = make(map[tm.UnitID]*candidate, len(ids))
	}
	for i, u := range units {
		m := &found[places[i]]
		m.truth = s.truth(m, u)
		s.known[m.id] = m.truth
		agreed = agreed && m.truth != nil && m.truth.rank == m.rank
	}
	return agreed, ctx.Err()
}

// truth judges a unit that was fetched for a match; nil for none.
func (s *search) truth(m *light, u *tm.Unit) *candidate {
	if u == nil {
		return nil
	}
	c := s.fuzzyTruth(m, u)
	if c == nil {
		c = s.question.judge(u)
	}
	if c != nil {
		c.weigh(s.doubtful)
	}
	return c
}

// fuzzyTruth saves comparing texts: the raw score of a fuzzy match is known
// when its source is as it was. It returns nil for anything else.
func (s *search) fuzzyTruth(m *light, u *tm.Unit) *candidate {
	if m.kind != fuzzyKind || m.truth != nil {
		return nil
	}
	c := s.question.accept(u)
	if c == nil || spell(s.table.seed, c.source.Text) != m.texts.spellings[0] {
		return nil
	}
	c.kind, c.raw = fuzzyKind, m.raw
	return c
}
