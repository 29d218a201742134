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
	s := newSearch(q)
	var found []located
	err := t.each(ctx, func(u *tm.Unit) {
		if hit, ok := s.find(u); ok {
			found = append(found, hit)
		}
	})
	if err != nil {
		return Result{}, err
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

// each calls yield with every unit.
func (t *Table) each(ctx context.Context, yield func(u *tm.Unit)) error {
	ids := t.all()
	for part := range slices.Chunk(ids, 256) {
		units, err := t.unitsOf(ctx, part)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		for _, u := range units {
			if u != nil {
				yield(u)
			}
		}
	}
	return ctx.Err()
}

func (t *Table) all() []tm.UnitID {
	t.mu.RLock()
	defer t.mu.RUnlock()
	var ids []tm.UnitID
	for _, p := range t.parts() {
		l := p.facts()
		for u, id := range l.ids {
			if !l.isGone(uint32(u)) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// located is a hit that is not yet spelled out.
type located struct {
	unit           *tm.Unit
	source, target tm.Content
	class          class
}

func compareLocated(a, b located) int {
	u, v := a.unit, b.unit
	return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(changed(v), changed(u)), cmp.Compare(u.ID, v.ID))
}

// concordance is one query being answered.
type concordance struct {
	ConcordanceQuery
	from, to           group
	memories           map[tm.MemoryID]bool
	inSource, inTarget phrase
}

func newSearch(q ConcordanceQuery) *concordance {
	s := &concordance{ConcordanceQuery: q, from: groupOf(q.From), to: groupOf(q.To)}
	s.inSource, s.inTarget = newPhrase(lang.For(q.From), q.Text), newPhrase(lang.For(q.To), q.Text)
	if q.Memories != nil {
		s.memories = make(map[tm.MemoryID]bool, len(q.Memories))
	}
	for _, m := range q.Memories {
		s.memories[m] = true
	}
	return s
}

func (s *concordance) find(u *tm.Unit) (located, bool) {
	if s.memories != nil && !s.memories[u.Memory] {
		return located{}, false
	}
	source, target := variant(u, s.From, s.from), variant(u, s.To, s.to)
	if source == nil || target == nil || source == target {
		return located{}, false
	}
	class := min(s.inSource.classIn(source), s.inTarget.classIn(target))
	return located{u, source.Content, target.Content, class}, class < nowhere
}

// classIn tries the words only when the phrase can occur in the text.
func (f *phrase) classIn(v *tm.Variant) class {
	folded := f.profile.FoldString(v.Content.Text)
	if joined, _ := join(folded); !f.possible(joined) {
		return nowhere
	}
	return f.class(folded)
}

func (s *concordance) hit(f located) Hit {
	h := Hit{Unit: f.unit, Source: f.source, Target: f.target}
	h.InSource = s.inSource.spans(h.Source.Text)
	h.InTarget = s.inTarget.spans(h.Target.Text)
	return h
}
