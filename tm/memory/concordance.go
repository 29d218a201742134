package memory

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A ConcordanceQuery asks where Text was used, in either language of the pair.
// Nil Memories are all. The zero Limit is [DefaultHits].
type ConcordanceQuery struct {
	From, To language.Tag
	Text     string
	Side     tm.Side // where to look; "" for both
	Memories []tm.MemoryID
	Offset   int // hits to pass over
	Limit    int
}

// DefaultHits is the number of hits of one page.
const DefaultHits = 50

// A Result is one page of hits; Total counts all pages.
type Result struct {
	Hits  []Hit
	Total int
}

// A Hit is a unit in which the text occurs. The spans are what to highlight in
// each text; a side without occurrence has none.
type Hit struct {
	Unit           *tm.Unit
	Source, Target tm.Content
	InSource       []Span
	InTarget       []Span
}

// A Span is the bytes From..To of a text.
type Span struct{ From, To int }

// Concordance finds the units with both languages in which the text occurs:
// case, accents, kinds of letters and digits do not count, and between Persian
// letters a space, ZWNJ and nothing are the same (for a joined form only where
// whole words result, so that «مادر» does not find «در ما در» inside words).
// Hits are ranked: the phrase as whole words, in another joining, as part of
// words; then all its words scattered, whole before parts; newer units first,
// then by ID. The only error is that of ctx.
func (t *Table) Concordance(ctx context.Context, q ConcordanceQuery) (Result, error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	s := newSearch(q)
	s.from, s.to = t.columns[groupOf(q.From)], t.columns[groupOf(q.To)]
	if s.from == nil || s.to == nil {
		return Result{}, ctx.Err()
	}
	if err := s.collect(ctx, s.from, &s.inSource); err != nil {
		return Result{}, err
	}
	if err := s.collect(ctx, s.to, &s.inTarget); err != nil {
		return Result{}, err
	}
	var found []located
	for rec := range s.possible {
		if hit, ok := s.find(rec); ok {
			found = append(found, hit)
		}
	}
	slices.SortFunc(found, compareLocated)
	r := Result{Total: len(found)}
	if q.Limit <= 0 {
		q.Limit = DefaultHits
	}
	from := min(max(q.Offset, 0), len(found))
	for _, f := range found[from:min(from+q.Limit, len(found))] {
		r.Hits = append(r.Hits, s.hit(f))
	}
	return r, ctx.Err()
}

// located is a hit that is not yet spelled out.
type located struct {
	source, target *entry
	class          class
}

func compareLocated(a, b located) int {
	u, v := a.source.unit, b.source.unit
	return cmp.Or(cmp.Compare(a.class, b.class), newer(v).Compare(newer(u)), cmp.Compare(u.ID, v.ID))
}

// search is one concordance query being answered.
type search struct {
	ConcordanceQuery
	from, to           *column
	memories           map[tm.MemoryID]bool
	inSource, inTarget phrase
	possible           map[*record]bool
}

func newSearch(q ConcordanceQuery) *search {
	s := &search{ConcordanceQuery: q, possible: map[*record]bool{}}
	s.inSource, s.inTarget = newPhrase(lang.For(q.From), q.Text), newPhrase(lang.For(q.To), q.Text)
	if q.Memories != nil {
		s.memories = make(map[tm.MemoryID]bool, len(q.Memories))
	}
	for _, m := range q.Memories {
		s.memories[m] = true
	}
	return s
}

// collect gathers the units with a text in the column in which the phrase can
// occur.
func (s *search) collect(ctx context.Context, c *column, p *phrase) error {
	for _, list := range c.byLength {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, e := range list {
			if p.possible(e.joined) {
				s.possible[e.record] = true
			}
		}
	}
	return nil
}

func (s *search) find(rec *record) (located, bool) {
	if s.memories != nil && !s.memories[rec.unit.Memory] {
		return located{}, false
	}
	source, target := rec.in(s.From, s.from), rec.in(s.To, s.to)
	if source == nil || target == nil || source == target {
		return located{}, false
	}
	class := min(s.inSource.classIn(source), s.inTarget.classIn(target))
	return located{source, target, class}, class < nowhere
}

// classIn folds the text of an entry only when the phrase can occur in it.
func (f *phrase) classIn(e *entry) class {
	if !f.possible(e.joined) {
		return nowhere
	}
	return f.class(f.profile.FoldString(e.content().Text))
}

func (s *search) hit(f located) Hit {
	h := Hit{Unit: f.source.unit, Source: f.source.content(), Target: f.target.content()}
	h.InSource = s.inSource.spans(h.Source.Text)
	h.InTarget = s.inTarget.spans(h.Target.Text)
	return h
}
