package workbench

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/lang"
)

// The names of a project and how they are rendered (PERSIAN.md F5, C12).

// NameUse is one way a name is written.
type NameUse struct {
	Text   string
	Count  int           // how often
	Status tm.TermStatus // in the glossary; "" when it is not there
	Places []NamePlace   // the first ones
}

// NamePlace is a segment or a unit with a name.
type NamePlace struct {
	Document     tm.DocumentID // 0 for a unit
	DocumentName string
	Segment      tm.SegmentID
	Number       int // of the segment, from 1
	Memory       tm.MemoryID
	MemoryName   string
	Unit         tm.UnitID
	Source       string // of the unit, to find it by

	Found, Expected string // of a deviation
}

// NameEntry is a name of a project: its spellings in the sources that are
// probably one name, and how the targets render them. What the glossary says of
// it comes from the first concept it is in.
type NameEntry struct {
	Names      []NameUse // by falling count; the first names the entry
	Renderings []NameUse
	Segments   int // and units
	Type       tm.TermType
	Concept    tm.ConceptID // 0 when no glossary has it
	Glossary   tm.GlossaryID
	Preferred  string
	Deviations []NamePlace // renderings that are not what is expected; see [glossary.NameConsistency]
	Deviating  int         // how many there are
	Several    bool        // more than one rendering that is no part of another one, and not allowed by the glossary
}

// Key names the entry.
func (e NameEntry) Key() string { return e.Names[0].Text }

// Inconsistent reports whether the name is not rendered alike everywhere.
func (e NameEntry) Inconsistent() bool { return e.Deviating > 0 || e.Several }

// NameQuery narrows the list of names.
type NameQuery struct {
	Memories     bool // also what the memories hold that the project reads
	Text         string
	Type         string
	Inconsistent bool
	Unlisted     bool // in no glossary
	Offset       int
	Limit        int
}

// NameList is a page of the names of a project.
type NameList struct {
	Entries      []NameEntry
	Total        int // that the query takes
	All          int
	Inconsistent int // of all
	Segments     int // that were read, units included
	Partial      bool
	Counted      time.Time // when the segments were read
	Stale        bool      // something changed since; they are being read again
	Counting     bool      // there is no list yet
}

// Names lists the names of a project, those not rendered alike first, then by
// how often they stand. The list is kept until a segment, a document or, with
// memories, a unit changes. One that takes long to make is made in the
// background, and meanwhile the former list is shown as a stale one.
func (w *Workbench) Names(ctx context.Context, a Actor, p tm.ProjectID, q NameQuery) (NameList, error) {
	project, err := access(ctx, w.db, a, p, See)
	if err != nil {
		return NameList{}, err
	}
	registry, err := w.nameRegistry(ctx, project, q.Memories)
	if err != nil {
		return NameList{}, err
	}
	list := NameList{Stale: registry.stale, Counting: registry.entries == nil && registry.stale}
	list.Counted, list.Segments, list.Partial = registry.counted, registry.segments, registry.partial
	terms, err := w.compiledTerms(ctx, w.db, project)
	if err != nil {
		return NameList{}, err
	}
	filter := newNameFilter(project, q)
	var found []NameEntry
	for _, e := range registry.entries {
		e = known(terms.Glossary, project, e)
		list.All++
		if e.Inconsistent() {
			list.Inconsistent++
		}
		if filter.takes(e) {
			found = append(found, e)
		}
	}
	slices.SortStableFunc(found, byNeed)
	list.Total = len(found)
	at := min(max(q.Offset, 0), len(found))
	list.Entries = found[at:min(at+q.Limit, len(found))]
	return list, nil
}

// byNeed puts what is not alike first, then what stands most often.
func byNeed(a, b NameEntry) int {
	if a.Inconsistent() != b.Inconsistent() {
		if a.Inconsistent() {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(b.Segments, a.Segments), strings.Compare(a.Key(), b.Key()))
}

// NamesFor returns the entries with the names given, for merging them; a name
// that is in none is left out.
func (w *Workbench) NamesFor(ctx context.Context, a Actor, p tm.ProjectID, memories bool, keys []string) ([]NameEntry, error) {
	project, err := access(ctx, w.db, a, p, See)
	if err != nil {
		return nil, err
	}
	registry, err := w.nameRegistry(ctx, project, memories)
	if err != nil {
		return nil, err
	}
	terms, err := w.compiledTerms(ctx, w.db, project)
	if err != nil {
		return nil, err
	}
	var list []NameEntry
	for _, e := range registry.entries {
		named := func(u NameUse) bool { return slices.Contains(keys, u.Text) }
		if slices.ContainsFunc(e.Names, named) {
			list = append(list, known(terms.Glossary, project, e))
		}
	}
	return list, nil
}

// known completes an entry with what the glossary says of it now.
func known(g *glossary.Glossary, p Project, e NameEntry) NameEntry {
	e.Names, e.Renderings = slices.Clone(e.Names), slices.Clone(e.Renderings)
	var c *tm.Concept
	for i, n := range e.Names {
		for _, h := range g.Find(tm.SourceSide, n.Text) {
			if h.From != 0 || h.FullTo != len(n.Text) {
				continue
			}
			e.Names[i].Status = h.Term.Status
			if c == nil {
				c = h.Concept
			}
			break
		}
	}
	if c != nil {
		e.Concept, e.Glossary, e.Type, e.Preferred = c.ID, c.Glossary, c.Type, firstPreferred(*c, p.Target)
		for i, r := range e.Renderings {
			e.Renderings[i].Status = statusOf(*c, p, r.Text)
		}
	}
	e.Several = several(e)
	return e
}

// statusOf is the status a concept gives to a way of writing, "" when it has it
// not.
func statusOf(c tm.Concept, p Project, text string) tm.TermStatus {
	profile := lang.For(p.Target)
	for _, t := range c.In(p.Target) {
		if tight(profile, t.Text) == tight(profile, text) {
			return t.Status
		}
	}
	return ""
}

// several reports whether there are renderings that are neither allowed nor part
// of another one, beside others.
func several(e NameEntry) bool {
	for i, r := range e.Renderings {
		if r.Status == tm.ForbiddenTerm {
			return true
		}
		for _, o := range e.Renderings[:i] {
			allowed := permitted(r.Status) && permitted(o.Status)
			if !allowed && !partOf(r.Text, o.Text) && !partOf(o.Text, r.Text) {
				return true
			}
		}
	}
	return false
}

func permitted(s tm.TermStatus) bool { return s == tm.Preferred || s == tm.Admitted }

// partOf reports whether all words of a short form are words of a long one:
// «نوری» for «حمید نوری» is no other rendering.
func partOf(short, long string) bool {
	words := strings.Fields(long)
	for _, word := range strings.Fields(short) {
		if !slices.Contains(words, word) {
			return false
		}
	}
	return true
}

// nameFilter is a query made ready.
type nameFilter struct {
	NameQuery
	source, target *lang.Profile
	needles        [2]string
}

func newNameFilter(p Project, q NameQuery) nameFilter {
	f := nameFilter{NameQuery: q, source: lang.For(p.Source), target: lang.For(p.Target)}
	text := strings.TrimSpace(q.Text)
	f.needles = [2]string{f.source.FoldString(text), tight(f.target, text)}
	return f
}

func (f nameFilter) takes(e NameEntry) bool {
	switch {
	case f.Inconsistent && !e.Inconsistent(),
		f.Unlisted && e.Concept != 0,
		f.Type != "" && string(e.Type) != f.Type:
		return false
	case f.needles[0] == "":
		return true
	}
	return slices.ContainsFunc(e.Names, func(u NameUse) bool { return strings.Contains(f.source.FoldString(u.Text), f.needles[0]) }) ||
		f.needles[1] != "" && slices.ContainsFunc(e.Renderings, func(u NameUse) bool { return strings.Contains(tight(f.target, u.Text), f.needles[1]) })
}

// RenderName proposes how to write a name in the target language of a project
// (F4): what the documents and glossaries hold comes first, the most used ahead.
func (w *Workbench) RenderName(ctx context.Context, a Actor, p tm.ProjectID, name string, memories bool) ([]glossary.NameCandidate, error) {
	project, err := access(ctx, w.db, a, p, See)
	if err != nil {
		return nil, err
	}
	registry, err := w.nameRegistry(ctx, project, memories)
	if err != nil {
		return nil, err
	}
	list, err := w.db.Glossaries(ctx, p)
	if err != nil {
		return nil, err
	}
	var forms []NameUse
	for _, e := range registry.entries {
		forms = append(forms, e.Renderings...)
	}
	slices.SortStableFunc(forms, func(a, b NameUse) int { return cmp.Compare(b.Count, a.Count) })
	known := make([]string, 0, len(forms))
	for _, f := range forms {
		known = append(known, f.Text)
	}
	for _, g := range list {
		concepts, err := w.db.Concepts(ctx, g.ID)
		if err != nil {
			return nil, err
		}
		known = append(known, nameForms(concepts, project)...)
	}
	return glossary.CrossCandidates(name, project.Source, project.Target, known[:min(len(known), maxKnownForms)]), nil
}

// maxKnownForms bounds with how many forms a name is compared.
const maxKnownForms = 5000

func nameForms(concepts []tm.Concept, p Project) []string {
	var list []string
	for _, c := range concepts {
		if c.Type.Name() {
			for _, t := range c.In(p.Target, tm.Preferred, tm.Admitted) {
				list = append(list, t.Text)
			}
		}
	}
	return list
}
