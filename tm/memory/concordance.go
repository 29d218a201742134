package memory

import (
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
	Filter
	Only func(tm.UnitID) bool // which units to look at; nil for all that pass the filter
}

// DefaultHits is the number of hits of one page.
const DefaultHits = 50

// A Result is one page of hits. Total counts the hits; with More it
// counts those that were met until there were enough for this page, and there
// are more or may be.
type Result struct {
	Hits  []Hit
	Total int
	More  bool
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

// Concordance finds the units with both languages in which the text occurs. It
// compares the tokens of match keys in folded form: case, accents, kinds of
// letters and digits, the grouping of numbers and the number of spaces do not
// count, and between Arabic letters a space, ZWNJ and nothing are the same (for
// a joined form only where whole words result, so that «مادر» does not find «در
// ما در» inside words). Hits are ranked: the phrase as whole words, in another
// joining, as part of words; then all its words scattered, and when nothing
// is found so, as parts of others (of three characters and more); then shorter texts before longer ones,
// newer units before older, and by ID. The only
// errors are those of ctx and of the [Source].
func (t *Table) Concordance(ctx context.Context, q ConcordanceQuery) (Result, error) {
	t.init()
	if q.Limit <= 0 {
		q.Limit = DefaultHits
	}
	q.Offset = max(q.Offset, 0)
	t.prepareWords(q)
	page, r := t.trawl(&q)
	ids := make([]tm.UnitID, len(page))
	for i, f := range page {
		ids[i] = f.id
	}
	units, err := t.unitsOf(ctx, ids)
	if err != nil {
		return Result{}, err
	}
	s := newSpotter(q)
	for _, u := range units {
		if hit, ok := s.hit(u); ok {
			r.Hits = append(r.Hits, hit)
		}
	}
	return r, ctx.Err()
}

// prepareWords brings the lexicons up to date without holding the lock.
func (t *Table) prepareWords(q ConcordanceQuery) {
	for _, tag := range []language.Tag{q.From, q.To} {
		t.mu.RLock()
		n, ok := t.columnOf[groupOf(tag)]
		var c *column
		var words vocabulary
		if ok {
			c = t.columns[n]
			words = c.words
		}
		t.mu.RUnlock()
		if ok {
			c.lexicon(&words)
		}
	}
}

// trawl returns the hits of the page, and the result without them.
func (t *Table) trawl(q *ConcordanceQuery) (page []located, r Result) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	from, ok := t.columnOf[groupOf(q.From)]
	to, ok2 := t.columnOf[groupOf(q.To)]
	if !ok || !ok2 {
		return nil, Result{}
	}
	w := &trawl{ConcordanceQuery: q, table: t, columns: [2]uint32{from, to}, seen: map[part][]uint64{}, need: q.Offset + q.Limit}
	if q.Memories != nil {
		w.memories = make(map[tm.MemoryID]bool, len(q.Memories))
	}
	for _, m := range q.Memories {
		w.memories[m] = true
	}
	for side, name := range []tm.Side{tm.SourceSide, tm.TargetSide} {
		if q.Side != "" && q.Side != name {
			continue
		}
		c := t.columns[w.columns[side]]
		if p := newNeedle(c, w.columns[side], q.Text); p != nil {
			w.needles, w.sides = append(w.needles, p), append(w.sides, side)
		}
	}
	w.run()
	r.Total, r.More = w.total, w.more
	return w.found[min(q.Offset, len(w.found)):], r
}

// A spotter says where the text of a query stands in the texts of a hit.
type spotter struct {
	from, to group
	ConcordanceQuery
	inSource, inTarget phrase
}

func newSpotter(q ConcordanceQuery) *spotter {
	return &spotter{
		from: groupOf(q.From), to: groupOf(q.To), ConcordanceQuery: q,
		inSource: newPhrase(lang.For(q.From), q.Text), inTarget: newPhrase(lang.For(q.To), q.Text),
	}
}

// hit spells out a unit; ok is false for one that was deleted meanwhile.
func (s *spotter) hit(u *tm.Unit) (h Hit, ok bool) {
	if u == nil {
		return h, false
	}
	source, target := variant(u, s.From, s.from), variant(u, s.To, s.to)
	if source == nil || target == nil {
		return h, false
	}
	h = Hit{Unit: u, Source: source.Content, Target: target.Content}
	if s.Side != tm.TargetSide {
		h.InSource = s.inSource.spans(h.Source.Text)
	}
	if s.Side != tm.SourceSide {
		h.InTarget = s.inTarget.spans(h.Target.Text)
	}
	if len(h.InSource)+len(h.InTarget) == 0 {
		s.spotNumbers(&h)
	}
	return h, true
}

// spotNumbers marks the numbers of the query where they are grouped in another
// way; when there is none, the text was found by what cannot be shown, and all
// of it is marked.
func (s *spotter) spotNumbers(h *Hit) {
	if s.Side != tm.TargetSide {
		h.InSource = numberSpans(s.inSource.profile, s.Text, h.Source.Text)
	}
	if s.Side != tm.SourceSide {
		h.InTarget = numberSpans(s.inTarget.profile, s.Text, h.Target.Text)
	}
	if len(h.InSource)+len(h.InTarget) > 0 {
		return
	}
	if s.Side != tm.TargetSide && h.Source.Text != "" {
		h.InSource = []Span{{0, len(h.Source.Text)}}
	} else {
		h.InTarget = []Span{{0, len(h.Target.Text)}}
	}
}

func numberSpans(p *lang.Profile, query, text string) []Span {
	wanted := findNumbers(p, query)
	var list []Span
	for _, n := range findNumbers(p, text) {
		if slices.ContainsFunc(wanted, func(w number) bool { return w.value == n.value }) {
			list = append(list, Span{n.from, n.to})
		}
	}
	return list
}
