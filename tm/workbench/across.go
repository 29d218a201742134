package workbench

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
)

// What only a whole document shows about its terms: acronyms that are not
// written out where they come first, and names written in several ways
// (PERSIAN.md C12). None of it stands in the way of an approval.

// across checks the terms of the rows of a document against each other, by place
// in the rows. Severities are those of the codes; settle gives the project's.
func (c *checker) across(rows []Row) []glossary.Finding {
	pairs := make([]glossary.Pair, len(rows))
	for i, r := range rows {
		pairs[i] = glossary.Pair{Source: r.Source.Text, Target: r.Target.Text}
	}
	var found []glossary.Finding
	if c.wants(glossary.AcronymFirstCode) {
		found = c.terms.FirstMentions(pairs)
	}
	if !c.wants(glossary.InconsistentNameCode) {
		return found
	}
	segments := func(yield func(glossary.NameSegment) bool) {
		for _, p := range pairs {
			if !yield(glossary.NameSegment(p)) {
				return
			}
		}
	}
	report := glossary.NameConsistency(c.project.Source, c.project.Target, c.names(rows), segments)
	for _, f := range report.Findings {
		f.Issue.Severity = tm.SeverityWarning
		found = append(found, glossary.Finding(f))
	}
	return found
}

func (c *checker) wants(code string) bool {
	return tm.Severity(c.project.Settings.Checks[code]) != severityOff
}

// names are the names of the glossaries that the rows speak of.
func (c *checker) names(rows []Row) []tm.Concept {
	var list []tm.Concept
	seen := map[*tm.Concept]bool{}
	for _, r := range rows {
		for _, h := range c.terms.Find(tm.SourceSide, r.Source.Text) {
			if h.Concept.Type.Name() && !seen[h.Concept] {
				seen[h.Concept] = true
				list = append(list, *h.Concept)
			}
		}
	}
	return list
}

// beside settles findings about a row beside its other issues: of a name that
// the glossary already complains about there is nothing more to say.
func (c *checker) beside(r Row, own []tm.Issue, found ...tm.Issue) []tm.Issue {
	told := func(f tm.Issue) bool {
		return slices.ContainsFunc(own, func(i tm.Issue) bool {
			return strings.HasPrefix(i.Code, "glossary_") && i.Side == f.Side && i.From < f.To && f.From < i.To
		})
	}
	return c.settle(r, slices.DeleteFunc(slices.Clone(found), told))
}

// addAcross adds what the whole document shows to the issues of its rows.
func (c *checker) addAcross(rows []Row, found [][]tm.Issue) {
	for _, f := range c.across(rows) {
		i := f.Segment
		found[i] = append(found[i], c.beside(rows[i], found[i], f.Issue)...)
	}
}

// acrossCache keeps what whole documents show for those who work in one of their
// segments. Looking takes long enough that it must not be done at every save:
// what was found stays until there is time, and holds for segments with the text
// it was found in.
type acrossCache struct {
	mu   sync.Mutex
	docs map[tm.DocumentID]*acrossEntry
	next time.Time // not before it is a document looked at again
}

type acrossEntry struct {
	key   acrossKey
	found map[tm.SegmentID][]acrossFinding
	cost  time.Duration
	busy  bool
}

// acrossKey is what the findings depend on.
type acrossKey struct {
	seq            int64
	terms          int
	date           time.Time
	source, target language.Tag
	wanted         [2]bool
}

type acrossFinding struct {
	target string // of the segment
	issue  tm.Issue
}

const (
	acrossShare = 10                    // looking at documents takes up to one part in so many of the time
	acrossQuick = 30 * time.Millisecond // what takes longer is done in the background
	acrossSmall = 64 << 10              // bytes of a document that is looked at at once the first time
	acrossKept  = 50                    // documents
)

// acrossIssues returns what the whole document shows about one row, as far as it
// is known now.
func (w *Workbench) acrossIssues(ctx context.Context, c *checker, d Document, r Row, own []tm.Issue) []tm.Issue {
	if r.Target.IsZero() {
		return nil
	}
	var list []tm.Issue
	for _, f := range w.acrossFindings(ctx, c, d)[r.ID] {
		if f.target == r.Target.Text {
			list = append(list, f.issue)
		}
	}
	return c.beside(r, own, list...)
}

func (w *Workbench) acrossFindings(ctx context.Context, c *checker, d Document) map[tm.SegmentID][]acrossFinding {
	seq, err := w.db.Seq(ctx, d.ID)
	if err != nil {
		return nil // as good as nothing known; the caller's own reading will tell
	}
	key := acrossKey{seq, c.terms.generation, d.Date, c.project.Source, c.project.Target,
		[2]bool{c.wants(glossary.AcronymFirstCode), c.wants(glossary.InconsistentNameCode)}}
	entry, due := w.across.due(d.ID, key)
	if !due {
		return entry.found
	}
	if quick := entry.cost > 0 && entry.cost < acrossQuick || entry.cost == 0 && d.Bytes < acrossSmall; !quick {
		w.goSafely(func() { w.lookAcross(w.ctx, c, d.ID, key) })
		return entry.found
	}
	return w.lookAcross(ctx, c, d.ID, key)
}

// due returns what is known of a document, and whether the caller is to look at
// it again.
func (x *acrossCache) due(d tm.DocumentID, key acrossKey) (acrossEntry, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	entry := x.docs[d]
	if entry == nil {
		entry = x.add(d)
	}
	due := entry.key != key && !entry.busy && !time.Now().Before(x.next)
	entry.busy = entry.busy || due
	return *entry, due
}

func (x *acrossCache) add(d tm.DocumentID) *acrossEntry {
	if x.docs == nil {
		x.docs = map[tm.DocumentID]*acrossEntry{}
	}
	for other, e := range x.docs {
		if len(x.docs) >= acrossKept && !e.busy {
			delete(x.docs, other)
		}
	}
	x.docs[d] = &acrossEntry{}
	return x.docs[d]
}

// lookAcross looks at a whole document and keeps what it finds.
func (w *Workbench) lookAcross(ctx context.Context, c *checker, d tm.DocumentID, key acrossKey) map[tm.SegmentID][]acrossFinding {
	begin := time.Now()
	var done acrossEntry
	defer func() { w.across.put(d, done, time.Since(begin)) }()
	rows, err := w.db.Rows(ctx, d, -1)
	if err != nil {
		return nil
	}
	found := map[tm.SegmentID][]acrossFinding{}
	for _, f := range c.across(rows) {
		r := rows[f.Segment]
		found[r.ID] = append(found[r.ID], acrossFinding{r.Target.Text, f.Issue})
	}
	done.key, done.found = key, found
	return found
}

func (x *acrossCache) put(d tm.DocumentID, entry acrossEntry, cost time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if old := x.docs[d]; entry.found == nil && old != nil {
		entry.found = old.found // it could not be read
	}
	entry.cost = cost
	x.next = time.Now().Add((acrossShare - 1) * cost)
	x.docs[d] = &entry
}
