package workbench

import (
	"context"
	"errors"
	"sync"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/store"
)

// glossaryCache keeps the glossaries of projects compiled. Concepts that change
// are changed in it; when more than that happens to a glossary, the entries go
// and are made anew when next asked for.
type glossaryCache struct {
	mu         sync.Mutex
	generation int
	projects   map[tm.ProjectID]*compiled
}

// compiled is what a project's glossaries say.
type compiled struct {
	*glossary.Glossary
	dates *glossary.Glossary // names of months and days
	names map[tm.GlossaryID]string
	day   time.Time // of the document; zero for any

	generation int // of the cache, when it was made
}

// forget drops every entry.
func (c *glossaryCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	c.projects = nil
}

// change brings the entries up to date with changed concepts.
func (c *glossaryCache) change(d conceptDelta) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	for id, entry := range c.projects {
		used := func(o tm.Concept) bool { _, ok := entry.names[o.Glossary]; return ok }
		var put []tm.Concept
		for _, o := range d.put {
			if used(o) {
				put = append(put, o)
			}
		}
		if len(put) > 0 || len(d.remove) > 0 {
			c.projects[id] = &compiled{Glossary: entry.With(put, d.remove...), dates: entry.dates, names: entry.names, generation: c.generation}
		}
	}
}

// conceptDelta is what a transaction did to concepts, and the name of the one
// it was about.
type conceptDelta struct {
	name   string
	put    []tm.Concept
	remove []tm.ConceptID
}

// saved is the delta of a concept that was written.
func saved(c tm.Concept) conceptDelta { return conceptDelta{name: nameOf(c), put: []tm.Concept{c}} }

// changeConcepts runs change for an actor who may edit terms and notes it.
func (w *Workbench) changeConcepts(ctx context.Context, a Actor, p tm.ProjectID, event string, change func(*store.Tx) (conceptDelta, error)) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, p, EditTerms); err != nil {
			return err
		}
		d, err := change(tx)
		if err != nil {
			return err
		}
		tx.AfterCommit(func() { w.glossaries.change(d) })
		return errors.Join(w.outdate(ctx, tx, p), w.audit(ctx, tx, a, p, event, d.name, ""))
	})
}

// glossaryReader is what *store.DB and *store.Tx offer to read terms.
type glossaryReader interface {
	Glossaries(context.Context, tm.ProjectID) ([]store.Glossary, error)
	Concepts(context.Context, tm.GlossaryID) ([]tm.Concept, error)
}

// terms returns the glossaries of a project as they hold on a day, with the
// severities of its settings.
func (w *Workbench) terms(ctx context.Context, r glossaryReader, p Project, day time.Time) (*compiled, error) {
	made, err := w.compiledTerms(ctx, r, p)
	if err != nil {
		return nil, err
	}
	weights := make(map[tm.TermType]tm.Severity, len(p.Settings.Terms))
	for kind, severity := range p.Settings.Terms {
		weights[kind] = tm.Severity(severity)
	}
	return &compiled{made.On(day).Weighing(weights), made.dates, made.names, day, made.generation}, nil
}

func (w *Workbench) compiledTerms(ctx context.Context, r glossaryReader, p Project) (*compiled, error) {
	c := &w.glossaries
	c.mu.Lock()
	found, generation := c.projects[p.ID], c.generation
	c.mu.Unlock()
	if found != nil {
		return found, nil
	}
	made, err := compileTerms(ctx, r, p)
	if err != nil {
		return nil, err
	}
	made.generation = generation
	c.mu.Lock()
	defer c.mu.Unlock()
	if generation == c.generation {
		if c.projects == nil {
			c.projects = map[tm.ProjectID]*compiled{}
		}
		c.projects[p.ID] = made
	}
	return made, nil
}

func compileTerms(ctx context.Context, r glossaryReader, p Project) (*compiled, error) {
	list, err := r.Glossaries(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	names := map[tm.GlossaryID]string{}
	var concepts []tm.Concept
	for _, g := range list {
		names[g.ID] = g.Name
		more, err := r.Concepts(ctx, g.ID)
		if err != nil {
			return nil, err
		}
		concepts = append(concepts, more...)
	}
	return &compiled{
		Glossary: glossary.Compile(concepts, p.Source, p.Target),
		dates:    glossary.Calendar(p.Source, p.Target),
		names:    names,
	}, nil
}

// TermTypes lists the types of concepts we know.
var TermTypes = []tm.TermType{tm.PlainTerm, tm.Person, tm.Organization, tm.Place, tm.Title, tm.Event, tm.Legal, tm.Date, tm.Religion}

// TermSeverity is how grave an issue about a concept of the type is in a
// project: as its settings say, else as PERSIAN.md C12 does. Errors stand in
// the way of an approval.
func TermSeverity(p Project, kind tm.TermType) tm.Severity {
	if own := p.Settings.Terms[kind]; own != "" {
		return tm.Severity(own)
	}
	return glossary.DefaultSeverity(kind)
}

// hits lists the terms in a source text with what to write for them. Terms that
// do not hold on the day of the document are left out.
func (c *compiled) hits(p Project, text string) []TermHit {
	var list []TermHit
	for _, h := range c.Find(tm.SourceSide, text) {
		hit := TermHit{
			From: h.From, To: h.FullTo, Source: h.Term.Text, Type: h.Concept.Type, Note: h.Concept.Note,
			Domain: h.Concept.Domain, Keep: h.Concept.Keep, Terms: h.Concept.Terms,
			Glossary: c.names[h.Concept.Glossary], GlossaryID: h.Concept.Glossary, Concept: h.Concept.ID,
			Proposed: h.Term.Status == tm.Proposed,
		}
		if h.Concept.Keep {
			hit.Targets = append(hit.Targets, text[h.From:h.To])
		}
		hit.Targets = append(hit.Targets, c.texts(p, h.Concept, tm.Preferred)...)
		hit.Targets = append(hit.Targets, c.texts(p, h.Concept, tm.Admitted)...)
		hit.Forbidden = c.texts(p, h.Concept, tm.ForbiddenTerm)
		hit.Waiting = c.texts(p, h.Concept, tm.Proposed)
		list = append(list, hit)
	}
	return list
}

// texts are the target terms of a concept with the status that hold on the day.
func (c *compiled) texts(p Project, concept *tm.Concept, status tm.TermStatus) []string {
	var list []string
	for _, t := range concept.In(p.Target, status) {
		if c.day.IsZero() || t.Valid(c.day) {
			list = append(list, t.Text)
		}
	}
	return list
}

// FindTerms lists the first concepts of the glossaries of a project with a term
// like the text, those of the strongest glossary first.
func (w *Workbench) FindTerms(ctx context.Context, a Actor, p tm.ProjectID, text string, limit int) ([]tm.Concept, error) {
	project, err := access(ctx, w.db, a, p, See)
	if err != nil {
		return nil, err
	}
	glossaries, err := w.db.Glossaries(ctx, p)
	var found []tm.Concept
	for _, g := range glossaries {
		if err != nil || len(found) >= limit {
			break
		}
		var list []tm.Concept
		list, _, err = w.db.FindConcepts(ctx, g.ID, store.ConceptQuery{
			Text: text, Langs: projectLangs(project), Limit: limit - len(found),
		})
		found = append(found, list...)
	}
	return found, err
}
