package workbench

import (
	"context"
	"slices"
	"sync"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/store"
)

// glossaryCache keeps the glossaries of projects, ready to be looked up. An
// entry lives until a glossary of its project changes.
type glossaryCache struct {
	mu         sync.Mutex
	generation int
	projects   map[tm.ProjectID]*projectTerms
}

// projectTerms is what the glossaries of a project say, compiled for each day
// that was asked for; without dated terms one day stands for all.
type projectTerms struct {
	project  Project
	concepts []tm.Concept
	names    map[tm.GlossaryID]string
	dated    bool
	mu       sync.Mutex
	days     map[time.Time]*compiled
}

// maxDays bounds how many days of a project stay compiled.
const maxDays = 4

// compiled is what a project's glossaries say on a day.
type compiled struct {
	*glossary.Glossary
	names map[tm.GlossaryID]string
}

// forget drops every entry; they are rebuilt when next asked for.
func (c *glossaryCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	c.projects = nil
}

// glossaryReader is what *store.DB and *store.Tx offer to read terms.
type glossaryReader interface {
	Glossaries(context.Context, tm.ProjectID) ([]store.Glossary, error)
	Concepts(context.Context, tm.GlossaryID) ([]tm.Concept, error)
}

// terms returns the compiled glossaries of a project as they hold on a day.
func (w *Workbench) terms(ctx context.Context, r glossaryReader, p Project, day time.Time) (*compiled, error) {
	c := &w.glossaries
	c.mu.Lock()
	found, generation := c.projects[p.ID], c.generation
	c.mu.Unlock()
	if found != nil {
		return found.on(day), nil
	}
	made, err := loadTerms(ctx, r, p)
	if err != nil {
		return nil, err
	}
	terms := made.on(day)
	c.mu.Lock()
	defer c.mu.Unlock()
	if generation == c.generation {
		if c.projects == nil {
			c.projects = map[tm.ProjectID]*projectTerms{}
		}
		c.projects[p.ID] = made
	}
	return terms, nil
}

func loadTerms(ctx context.Context, r glossaryReader, p Project) (*projectTerms, error) {
	list, err := r.Glossaries(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	made := &projectTerms{project: p, names: map[tm.GlossaryID]string{}, days: map[time.Time]*compiled{}}
	for _, g := range list {
		made.names[g.ID] = g.Name
		more, err := r.Concepts(ctx, g.ID)
		if err != nil {
			return nil, err
		}
		made.concepts = append(made.concepts, more...)
	}
	made.dated = slices.ContainsFunc(made.concepts, func(c tm.Concept) bool { return slices.ContainsFunc(c.Terms, dated) })
	return made, nil
}

func dated(t tm.Term) bool { return !t.From.IsZero() || !t.Until.IsZero() }

// on returns the terms of a day. They are compiled under the lock, so that a
// hundred readers do not compile them a hundred times.
func (t *projectTerms) on(day time.Time) *compiled {
	if !t.dated {
		day = time.Time{}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if found := t.days[day]; found != nil {
		return found
	}
	if len(t.days) >= maxDays {
		clear(t.days)
	}
	concepts := make([]tm.Concept, len(t.concepts))
	for i, c := range t.concepts {
		concepts[i] = inForce(c, t.project, day, t.dated)
	}
	made := &compiled{glossary.Compile(concepts, t.project.Source, t.project.Target), t.names}
	t.days[day] = made
	return made
}

// inForce is the concept with the terms that count: not those that wait for a
// reviewer, and of those that hold for a time only those of the day. What is
// not to be translated has its source terms for targets too.
func inForce(c tm.Concept, p Project, day time.Time, byDay bool) tm.Concept {
	terms := make([]tm.Term, 0, len(c.Terms))
	for _, t := range c.Terms {
		if t.Status != tm.Proposed && (!byDay || t.Valid(day)) {
			terms = append(terms, t)
		}
	}
	c.Terms = terms
	if c.Keep {
		for _, t := range c.In(p.Source, tm.Preferred, tm.Admitted) {
			t.Lang = p.Target
			c.Terms = append(c.Terms, t)
		}
	}
	return c
}

// TermTypes lists the types of concepts we know.
var TermTypes = []tm.TermType{tm.PlainTerm, tm.Person, tm.Organization, tm.Place, tm.Title, tm.Event, tm.Legal, tm.Date, tm.Religion}

// TermSeverity is how grave an issue about a concept of the type is in a
// project: as its settings say, else as PERSIAN.md C12 does. Errors stand in
// the way of an approval.
func TermSeverity(p Project, kind tm.TermType) tm.Severity {
	if !slices.Contains(TermTypes, kind) {
		kind = tm.PlainTerm
	}
	if own := p.Settings.Terms[kind]; own != "" {
		return tm.Severity(own)
	}
	switch kind {
	case tm.Person, tm.Organization, tm.Place:
		return tm.SeverityError
	}
	return tm.SeverityWarning
}

// issues are those of the glossary with the severities of the project.
func (c *compiled) issues(p Project, source, target tm.Content) []tm.Issue {
	issues := c.Issues(source, target)
	if len(issues) == 0 || len(p.Settings.Terms) == 0 {
		return issues
	}
	results := c.Check(source.Text, target.Text)
	for i := range issues {
		if kind, ok := typeOf(issues[i], results); ok {
			issues[i].Severity = TermSeverity(p, kind)
		}
	}
	return issues
}

// typeOf finds the concept an issue is about by the place it points at.
func typeOf(i tm.Issue, results []glossary.Result) (tm.TermType, bool) {
	outcome := glossary.Missing
	if i.Side == tm.TargetSide {
		outcome = glossary.Forbidden
	}
	for _, r := range results {
		spans := r.Source
		if i.Side == tm.TargetSide {
			spans = r.Target
		}
		at := func(s glossary.Span) bool { return s.From == i.From && s.FullTo == i.To }
		if r.Outcome == outcome && slices.ContainsFunc(spans, at) {
			return r.Concept.Type, true
		}
	}
	return "", false
}
