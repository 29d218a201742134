package workbench

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/lang"
)

// What the editor does with terms while somebody translates: complete what is
// typed, look terms up, and take new ones.

// GlossaryTerm is a concept with the name of its glossary.
type GlossaryTerm struct {
	tm.Concept
	GlossaryName string
}

// Completion is a target term that begins with the end of what was typed.
type Completion struct {
	Typed    int // bytes at the end of what was typed that it goes on
	Text     string
	Source   string // a source term of its concept
	Status   tm.TermStatus
	Type     tm.TermType
	Glossary string
}

const (
	completedWords = 5  // of what was typed that a term may begin with
	completedShown = 12 // completions
	minCompleted   = 2  // letters
)

// CompleteTerms lists the target terms of the glossaries that begin with the
// last words of what was typed, those with more of its words first. Fewer than
// two letters begin nothing.
func (w *Workbench) CompleteTerms(ctx context.Context, a Actor, d tm.DocumentID, typed string) ([]Completion, error) {
	document, p, err := accessDocument(ctx, w.db, a, d, See)
	if err != nil {
		return nil, err
	}
	c, err := w.terms(ctx, w.db, p, document.Date)
	if err != nil {
		return nil, err
	}
	var list []Completion
	seen := map[string]bool{}
	for _, at := range beginnings(lang.For(p.Target), typed) {
		for _, found := range c.Complete(tm.TargetSide, typed[at:], completedShown) {
			if seen[found.Term.Text] || len(list) == completedShown || found.Term.Text == typed[at:] {
				continue
			}
			seen[found.Term.Text] = true
			list = append(list, Completion{
				Typed: len(typed) - at, Text: found.Term.Text, Source: firstTerm(p, found.Concept),
				Status: found.Term.Status, Type: found.Concept.Type, Glossary: c.names[found.Concept.Glossary],
			})
		}
	}
	return list, nil
}

// beginnings are the places where the last words of a text begin, the earliest
// first, with enough letters behind them.
func beginnings(p *lang.Profile, text string) []int {
	var places []int
	words := p.Words(text)
	for i := len(words) - 1; i >= 0 && len(places) < completedWords; i-- {
		if words[i].Kind == lang.MarkWord {
			break
		}
		if words[i].Kind == lang.LetterWord && letters(text[words[i].From:]) >= minCompleted {
			places = append(places, words[i].From)
		}
	}
	slices.Reverse(places)
	return places
}

func letters(text string) int {
	return len([]rune(strings.NewReplacer("\u200c", "", " ", "").Replace(text)))
}

func firstTerm(p Project, c *tm.Concept) string {
	for _, t := range c.In(p.Source, tm.Preferred, tm.Admitted) {
		return t.Text
	}
	return ""
}

// LookUpTerms lists up to limit concepts with a term like the text in either
// language: first those that are the text or begin with it, then those that have
// it anywhere, in their notes too.
func (w *Workbench) LookUpTerms(ctx context.Context, a Actor, d tm.DocumentID, text string, limit int) ([]GlossaryTerm, error) {
	document, p, err := accessDocument(ctx, w.db, a, d, See)
	if err != nil || strings.TrimSpace(text) == "" {
		return nil, err
	}
	c, err := w.terms(ctx, w.db, p, document.Date)
	if err != nil {
		return nil, err
	}
	found := termList{names: c.names, limit: limit}
	for _, side := range []tm.Side{tm.SourceSide, tm.TargetSide} {
		found.whole(c.Find(side, text), text)
	}
	for _, side := range []tm.Side{tm.SourceSide, tm.TargetSide} {
		for _, o := range c.Complete(side, text, limit) {
			found.add(*o.Concept)
		}
	}
	more, err := w.FindTerms(ctx, a, p.ID, text, limit)
	for _, o := range more {
		found.add(o)
	}
	return found.list, err
}

// A termList collects concepts without listing one twice.
type termList struct {
	names map[tm.GlossaryID]string
	limit int
	list  []GlossaryTerm
}

func (l *termList) add(c tm.Concept) {
	same := func(o GlossaryTerm) bool { return o.ID == c.ID }
	if len(l.list) < l.limit && !slices.ContainsFunc(l.list, same) {
		l.list = append(l.list, GlossaryTerm{c, l.names[c.Glossary]})
	}
}

// whole adds the concepts whose terms are the whole text, its ending included.
func (l *termList) whole(hits []glossary.Hit, text string) {
	text = strings.TrimRight(text, " ")
	for _, h := range hits {
		if strings.TrimSpace(text[:h.From]) == "" && h.FullTo == len(text) {
			l.add(*h.Concept)
		}
	}
}

// TermDraft is what is known about a term before it is added.
type TermDraft struct {
	Type       tm.TermType // a guess
	Same       []GlossaryTerm
	Names      []string // of the source of the segment, that no glossary knows
	Candidates []string // ways to write the term in the target
	Glossaries []Glossary
}

const (
	draftSame       = 5
	draftNames      = 8
	draftCandidates = 4
)

// DraftTerm helps to add a term while a segment is translated: source and target
// are what is to be added, as far as it is known.
func (w *Workbench) DraftTerm(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID, source, target string) (TermDraft, error) {
	document, p, err := accessDocument(ctx, w.db, a, d, ProposeTerms)
	if err != nil {
		return TermDraft{}, err
	}
	row, err := w.db.Row(ctx, d, s)
	if err != nil {
		return TermDraft{}, err
	}
	c, err := w.terms(ctx, w.db, p, document.Date)
	if err != nil {
		return TermDraft{}, err
	}
	draft := TermDraft{Type: glossary.GuessType(lang.For(p.Source), source)}
	same := termList{names: c.names, limit: draftSame}
	same.whole(c.Find(tm.SourceSide, source), source)
	same.whole(c.Find(tm.TargetSide, target), target)
	draft.Same = same.list
	draft.Names = c.unknownNames(p, row.Source.Text)
	draft.Candidates = candidates(p, row, source)
	all, err := w.db.Glossaries(ctx, p.ID)
	draft.Glossaries = slices.DeleteFunc(all, func(g Glossary) bool { return !g.Own })
	return draft, err
}

// unknownNames are the probable names of a source that are no terms yet.
func (c *compiled) unknownNames(p Project, source string) []string {
	hits := c.Find(tm.SourceSide, source)
	var list []string
	for _, n := range glossary.NamesIn(lang.For(p.Source), source) {
		known := func(h glossary.Hit) bool { return h.From <= n.From && n.To <= h.FullTo }
		name := source[n.From:n.To]
		if !n.Doubtful && !slices.ContainsFunc(hits, known) && !slices.Contains(list, name) && len(list) < draftNames {
			list = append(list, name)
		}
	}
	return list
}

// candidates are ways to write a name in the target: as the translation of the
// segment does it, then as it is usually done (F4).
func candidates(p Project, r Row, source string) []string {
	var known []string
	for _, pair := range glossary.PairNames(p.Source, p.Target, r.Source.Text, r.Target.Text) {
		if r.Source.Text[pair.Source.From:pair.Source.To] == source {
			known = append(known, r.Target.Text[pair.Target.From:pair.Target.To])
		}
	}
	list := known
	if glossary.GuessType(lang.For(p.Source), source).Name() {
		for _, o := range glossary.CrossCandidates(source, p.Source, p.Target, known) {
			list = append(list, o.Text)
		}
	}
	var out []string
	for _, text := range list {
		if !slices.Contains(out, text) && len(out) < draftCandidates {
			out = append(out, text)
		}
	}
	return out
}

// NewTerm is a term from a selection in both columns: a new concept, or more
// forms of an old one.
type NewTerm struct {
	Concept        tm.ConceptID // that gets more forms; 0 for a new one
	Glossary       tm.GlossaryID
	Source, Target string
	Type           tm.TermType
	Note           string
	// Status of the target form of an old concept; that of a new one is
	// preferred.
	Status  tm.TermStatus
	Comment string // for the reviewer of a proposal
}

// AddTerm adds a term, or proposes it for those who may not edit terms. Forms
// that the concept has already are left out; when nothing is left the error is
// Invalid "term.known".
func (w *Workbench) AddTerm(ctx context.Context, a Actor, id tm.ProjectID, n NewTerm) (proposed bool, err error) {
	p, err := access(ctx, w.db, a, id, ProposeTerms)
	if err != nil {
		return false, err
	}
	c, revision, err := w.withForms(ctx, a, p, n)
	if err != nil {
		return false, err
	}
	if !May(p, EditTerms) {
		_, err = w.Propose(ctx, a, id, c, n.Comment)
		return true, err
	}
	_, err = w.ChangeConcept(ctx, a, id, c, revision)
	return false, err
}

func (w *Workbench) withForms(ctx context.Context, a Actor, p Project, n NewTerm) (tm.Concept, int64, error) {
	source := tm.Term{Lang: p.Source, Text: strings.TrimSpace(n.Source), Status: tm.Preferred, Case: tm.CaseAuto}
	target := tm.Term{Lang: p.Target, Text: strings.TrimSpace(n.Target), Status: tm.Preferred, Case: tm.CaseAuto}
	if n.Concept == 0 {
		if source.Text == "" || target.Text == "" {
			return tm.Concept{}, 0, tm.NewError(tm.Invalid, "term.pair")
		}
		return tm.Concept{Glossary: n.Glossary, Type: n.Type, Note: n.Note, Terms: []tm.Term{source, target}}, 0, nil
	}
	view, err := w.ConceptView(ctx, a, p.ID, n.Concept)
	if err != nil {
		return tm.Concept{}, 0, err
	}
	c, old := view.Concept, len(view.Terms)
	c.Terms = slices.Clone(c.Terms)
	if len(c.In(p.Source, tm.Preferred)) > 0 {
		source.Status = tm.Admitted
	}
	target.Status = cmp.Or(n.Status, tm.Admitted)
	for _, t := range []tm.Term{source, target} {
		same := func(o tm.Term) bool { return o.Text == t.Text }
		if t.Text != "" && !slices.ContainsFunc(c.In(t.Lang), same) {
			c.Terms = append(c.Terms, t)
		}
	}
	if len(c.Terms) == old {
		return c, 0, tm.NewError(tm.Invalid, "term.known", "term", cmp.Or(target.Text, source.Text))
	}
	return c, view.State.Revision, nil
}

// Recheck counts the issues of a segment anew, after a change of terms, and
// returns it as it is now.
func (w *Workbench) Recheck(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID) (Row, error) {
	row, err := w.Segment(ctx, a, d, s)
	if err != nil {
		return row, err
	}
	saved, err := w.editSegment(ctx, a, d, s, row.Revision, Translate, never, func(e *edit) (Saved, error) {
		return e.recount()
	})
	if _, stale := err.(*StaleError); stale {
		return w.Segment(ctx, a, d, s) // somebody wrote it meanwhile, and counted
	}
	return saved.Row, err
}
