package workbench

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/store"
)

// The bounds of a list of names.
const (
	maxNameSegments = 100_000
	maxNameUnits    = 20_000
	namePlacesKept  = 20                      // of every way of writing
	quickNames      = 1500 * time.Millisecond // what is known to take longer is done in the background
	namesKept       = 30                      // projects
)

// nameRegistry is what the segments of a project say about its names; what the
// glossary says is looked up when it is shown.
type nameRegistry struct {
	entries  []NameEntry
	segments int
	partial  bool
	counted  time.Time
	stale    bool
}

// nameCache keeps the registries of projects. An entry holds for the state of
// the documents, and of the memories when they were read, that its stamp tells.
type nameCache struct {
	mu      sync.Mutex
	entries map[nameKey]*nameCacheEntry
}

type nameKey struct {
	project  tm.ProjectID
	memories bool
}

type nameStamp struct {
	documents      [4]int64
	units          int64
	terms          int // the glossaries decide about deviations
	source, target language.Tag
}

type nameCacheEntry struct {
	registry nameRegistry
	stamp    nameStamp
	cost     time.Duration
	busy     chan struct{} // closed when a count under way has ended; nil for none
}

// nameRegistry returns the registry of a project: the present one, or one that
// is marked stale while another is being made.
func (w *Workbench) nameRegistry(ctx context.Context, p Project, memories bool) (nameRegistry, error) {
	stamp, err := w.nameStamp(ctx, p, memories)
	if err != nil {
		return nameRegistry{}, err
	}
	known, done, begin := w.names.due(nameKey{p.ID, memories}, stamp)
	if begin {
		w.goSafely(func() { w.countNames(w.ctx, p, memories, stamp) })
	}
	if done == nil {
		return known.registry, nil
	}
	wait := quickNames
	if known.cost > quickNames && known.registry.entries != nil {
		wait = 0
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-done:
		return w.names.now(nameKey{p.ID, memories}), ctx.Err()
	case <-timer.C:
	case <-ctx.Done():
	}
	known.registry.stale = true
	return known.registry, ctx.Err()
}

func (w *Workbench) nameStamp(ctx context.Context, p Project, memories bool) (s nameStamp, err error) {
	s.source, s.target = p.Source, p.Target
	terms, err := w.compiledTerms(ctx, w.db, p)
	if err != nil {
		return s, err
	}
	s.terms = terms.generation
	if s.documents, err = w.db.ProjectStamp(ctx, p.ID); err == nil && memories {
		s.units, err = w.db.UnitsStamp(ctx)
	}
	return s, err
}

// due returns what is known. Done is nil when that holds; else it is closed once
// something newer is known, which the caller is to make when begin is true.
func (c *nameCache) due(key nameKey, stamp nameStamp) (known nameCacheEntry, done chan struct{}, begin bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entries[key]
	if e == nil {
		e = c.add(key)
	}
	if e.stamp == stamp {
		return *e, nil, false
	}
	if begin = e.busy == nil; begin {
		e.busy = make(chan struct{})
	}
	return *e, e.busy, begin
}

func (c *nameCache) add(key nameKey) *nameCacheEntry {
	if c.entries == nil {
		c.entries = map[nameKey]*nameCacheEntry{}
	}
	for other, e := range c.entries {
		if len(c.entries) >= namesKept && e.busy == nil {
			delete(c.entries, other)
		}
	}
	c.entries[key] = &nameCacheEntry{}
	return c.entries[key]
}

func (c *nameCache) now(key nameKey) nameRegistry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.entries[key]; e != nil {
		return e.registry
	}
	return nameRegistry{}
}

func (c *nameCache) put(key nameKey, r nameRegistry, stamp nameStamp, cost time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entries[key]
	if e == nil {
		e = c.add(key)
	}
	if stamp != (nameStamp{}) {
		e.registry, e.stamp, e.cost = r, stamp, cost
	}
	if e.busy != nil {
		close(e.busy)
		e.busy = nil
	}
}

// countNames reads the segments of a project and keeps what they say.
func (w *Workbench) countNames(ctx context.Context, p Project, memories bool, stamp nameStamp) {
	begin := time.Now()
	key := nameKey{p.ID, memories}
	n := &nameCount{w: w, project: p}
	r, err := safely(func() (nameRegistry, error) { return n.count(ctx, memories) })
	if err != nil {
		stamp = nameStamp{} // the next one who asks tries again
		if ctx.Err() == nil {
			w.report(err)
		}
	}
	w.names.put(key, r, stamp, time.Since(begin))
}

// nameCount reads the texts of a project.
type nameCount struct {
	w       *Workbench
	project Project
	texts   []glossary.NameSegment
	places  []NamePlace
	partial bool
}

func (n *nameCount) count(ctx context.Context, memories bool) (nameRegistry, error) {
	r := nameRegistry{counted: n.w.now()}
	err := n.w.db.EachWritten(ctx, n.project.ID, 0, true, func(s store.Written) error {
		n.add(s.Source.Text, s.Target.Text, NamePlace{Document: s.Document, DocumentName: s.DocumentName, Segment: s.ID, Number: s.Index + 1}, maxNameSegments)
		return nil
	})
	if err == nil && memories {
		err = n.units(ctx)
	}
	if err != nil {
		return r, err
	}
	known, err := n.known(ctx)
	if err != nil {
		return r, err
	}
	report := glossary.NameConsistency(n.project.Source, n.project.Target, known, slices.Values(n.texts))
	r.entries, r.segments, r.partial = n.entries(report), len(n.texts), n.partial
	return r, ctx.Err()
}

func (n *nameCount) add(source, target string, place NamePlace, limit int) {
	if len(n.texts) >= limit {
		n.partial = true
		return
	}
	n.texts = append(n.texts, glossary.NameSegment{Source: source, Target: target})
	n.places = append(n.places, place)
}

// units reads the memories of the project. What a segment of the project gave to
// a memory is not read again.
func (n *nameCount) units(ctx context.Context) error {
	seen := map[glossary.NameSegment]bool{}
	for _, t := range n.texts {
		seen[t] = true
	}
	_, names, err := n.w.reads(ctx, n.w.db, n.project.ID)
	if err != nil {
		return err
	}
	limit := len(n.texts) + maxNameUnits
	for _, m := range slices.Sorted(maps.Keys(names)) {
		for u, err := range n.w.eachUnit(ctx, m) {
			if err != nil {
				return err
			}
			source, _ := u.In(n.project.Source)
			target, _ := u.In(n.project.Target)
			t := glossary.NameSegment{Source: source.Text, Target: target.Text}
			if target.Text == "" || seen[t] {
				continue
			}
			n.add(t.Source, t.Target, NamePlace{Memory: m, MemoryName: names[m], Unit: u.ID, Source: source.Text}, limit)
			if n.partial {
				return nil
			}
		}
	}
	return nil
}

// known are the names of the glossaries that the texts speak of.
func (n *nameCount) known(ctx context.Context) ([]tm.Concept, error) {
	terms, err := n.w.compiledTerms(ctx, n.w.db, n.project)
	if err != nil {
		return nil, err
	}
	var list []tm.Concept
	seen := map[*tm.Concept]bool{}
	for _, t := range n.texts {
		for _, h := range terms.Find(tm.SourceSide, t.Source) {
			if h.Concept.Type.Name() && !seen[h.Concept] {
				seen[h.Concept] = true
				list = append(list, *h.Concept)
			}
		}
	}
	return list, nil
}

func (n *nameCount) entries(report glossary.NameReport) []NameEntry {
	entries := make([]NameEntry, len(report.Clusters))
	for i, c := range report.Clusters {
		entries[i] = NameEntry{Names: n.uses(c.Names), Renderings: n.uses(c.Renderings), Segments: c.Segments, Type: c.Type}
	}
	n.deviations(report, entries)
	return entries
}

func (n *nameCount) uses(forms []glossary.NameForm) []NameUse {
	list := make([]NameUse, len(forms))
	for i, f := range forms {
		list[i] = NameUse{Text: f.Text, Count: f.Count()}
		last := -1
		for _, p := range f.Places {
			if p.Segment != last && len(list[i].Places) < namePlacesKept {
				list[i].Places = append(list[i].Places, n.places[p.Segment])
			}
			last = p.Segment
		}
	}
	return list
}

// deviations gives the findings of a report to the entries whose renderings they
// stand in.
func (n *nameCount) deviations(report glossary.NameReport, entries []NameEntry) {
	type rendered struct{ entry, from, to int }
	bySegment := map[int][]rendered{}
	for i, c := range report.Clusters {
		for _, f := range c.Renderings {
			for _, p := range f.Places {
				bySegment[p.Segment] = append(bySegment[p.Segment], rendered{i, p.Span.From, p.Span.FullTo})
			}
		}
	}
	for _, f := range report.Findings {
		for _, r := range bySegment[f.Segment] {
			if r.from > f.Issue.From || f.Issue.To > r.to {
				continue
			}
			e := &entries[r.entry]
			if e.Deviating++; len(e.Deviations) < namePlacesKept {
				place := n.places[f.Segment]
				place.Found, place.Expected = n.texts[f.Segment].Target[f.Issue.From:f.Issue.To], f.Issue.Fix
				e.Deviations = append(e.Deviations, place)
			}
			break
		}
	}
}
