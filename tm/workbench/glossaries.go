package workbench

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/glossary"
	"tarjoman/tm/lang"
	"tarjoman/tm/store"
)

// glossaryCache keeps the compiled glossaries of projects. An entry lives until
// a glossary of its project changes.
type glossaryCache struct {
	mu         sync.Mutex
	generation int
	compiled   map[tm.ProjectID]*compiled
}

// compiled is what a project's glossaries say, ready to be looked up.
type compiled struct {
	*glossary.Glossary
	names map[tm.GlossaryID]string
}

// forget drops every entry; they are rebuilt when next asked for.
func (c *glossaryCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	c.compiled = nil
}

// glossaryReader is what *store.DB and *store.Tx offer to read terms.
type glossaryReader interface {
	Glossaries(context.Context, tm.ProjectID) ([]store.Glossary, error)
	Concepts(context.Context, tm.GlossaryID) ([]tm.Concept, error)
}

// terms returns the compiled glossaries of a project.
func (w *Workbench) terms(ctx context.Context, r glossaryReader, p Project) (*compiled, error) {
	c := &w.glossaries
	c.mu.Lock()
	found, generation := c.compiled[p.ID], c.generation
	c.mu.Unlock()
	if found != nil {
		return found, nil
	}
	made, err := compileTerms(ctx, r, p)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if generation == c.generation {
		if c.compiled == nil {
			c.compiled = map[tm.ProjectID]*compiled{}
		}
		c.compiled[p.ID] = made
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
	return &compiled{glossary.Compile(concepts, p.Source, p.Target), names}, nil
}

// Glossaries lists the glossaries a project uses, the strongest first.
func (w *Workbench) Glossaries(ctx context.Context, a Actor, p tm.ProjectID) ([]Glossary, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return nil, err
	}
	return w.db.Glossaries(ctx, p)
}

// Glossary returns a glossary the project uses.
func (w *Workbench) Glossary(ctx context.Context, a Actor, p tm.ProjectID, g tm.GlossaryID) (Glossary, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return Glossary{}, err
	}
	return liveGlossary(ctx, w.db, p, g)
}

func liveGlossary(ctx context.Context, r interface {
	Glossary(context.Context, tm.ProjectID, tm.GlossaryID) (store.Glossary, error)
}, p tm.ProjectID, id tm.GlossaryID) (Glossary, error) {
	g, err := r.Glossary(ctx, p, id)
	if err == nil && !g.Deleted.IsZero() {
		err = store.NotFound
	}
	return g, err
}

// LinkableGlossaries lists glossaries of other projects the actor manages that
// this one could use.
func (w *Workbench) LinkableGlossaries(ctx context.Context, a Actor, p tm.ProjectID) ([]Glossary, error) {
	if _, err := access(ctx, w.db, a, p, ManageProject); err != nil {
		return nil, err
	}
	return w.db.LinkableGlossaries(ctx, p, a.Account)
}

// DeletedGlossaries lists the glossaries of a project in the trash.
func (w *Workbench) DeletedGlossaries(ctx context.Context, a Actor, p tm.ProjectID) ([]Glossary, error) {
	if _, err := access(ctx, w.db, a, p, ManageProject); err != nil {
		return nil, err
	}
	return w.db.DeletedGlossaries(ctx, p)
}

// changeGlossaries runs change for an actor who may do action and notes it;
// change returns the name of what it changed. Compiled glossaries are forgotten.
func (w *Workbench) changeGlossaries(ctx context.Context, a Actor, p tm.ProjectID, action Action, event string, change func(*store.Tx) (string, error)) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		project, err := access(ctx, tx, a, p, action)
		if err != nil {
			return err
		}
		if project.Archived {
			return tm.NewError(tm.Forbidden, "project.archived")
		}
		tx.AfterCommit(w.glossaries.forget)
		name, err := change(tx)
		if err != nil {
			return err
		}
		return w.audit(ctx, tx, a, p, event, name, "")
	})
}

// CreateGlossary adds an empty glossary to a project.
func (w *Workbench) CreateGlossary(ctx context.Context, a Actor, p tm.ProjectID, name string) (Glossary, error) {
	name, err := cleanName(name)
	if err != nil {
		return Glossary{}, err
	}
	var made Glossary
	err = w.changeGlossaries(ctx, a, p, ManageProject, "glossary.create", func(tx *store.Tx) (string, error) {
		id, err := tx.AddGlossary(ctx, p, name, w.now())
		if err != nil {
			return "", err
		}
		made, err = tx.Glossary(ctx, p, id)
		return name, err
	})
	return made, err
}

// RenameGlossary gives a glossary of the project another name.
func (w *Workbench) RenameGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, name string) error {
	name, err := cleanName(name)
	if err != nil {
		return err
	}
	return w.changeGlossaries(ctx, a, p, ManageProject, "glossary.rename", func(tx *store.Tx) (string, error) {
		g, err := ownGlossary(ctx, tx, p, id)
		if err != nil {
			return "", err
		}
		g.Name = name
		return name, tx.SetGlossary(ctx, g)
	})
}

// ownGlossary returns a glossary that belongs to the project, in the trash or
// not.
func ownGlossary(ctx context.Context, tx *store.Tx, p tm.ProjectID, id tm.GlossaryID) (Glossary, error) {
	g, err := tx.Glossary(ctx, p, id)
	if err == nil && !g.Own {
		err = tm.NewError(tm.Forbidden, "glossary.linked")
	}
	return g, err
}

// LinkGlossary lets a project use a glossary of another one; the actor manages
// both.
func (w *Workbench) LinkGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID) error {
	return w.changeGlossaries(ctx, a, p, ManageProject, "glossary.link", func(tx *store.Tx) (string, error) {
		linkable, err := tx.LinkableGlossaries(ctx, p, a.Account)
		if err != nil {
			return "", err
		}
		for _, g := range linkable {
			if g.ID == id {
				return g.Name, tx.LinkGlossary(ctx, p, id)
			}
		}
		return "", store.NotFound
	})
}

// MoveGlossary puts a glossary at a position in the order of the project, 0 the
// strongest.
func (w *Workbench) MoveGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, position int) error {
	return w.changeGlossaries(ctx, a, p, ManageProject, "glossary.move", func(tx *store.Tx) (string, error) {
		list, err := tx.Glossaries(ctx, p)
		if err != nil {
			return "", err
		}
		at := slices.IndexFunc(list, func(g Glossary) bool { return g.ID == id })
		if at < 0 {
			return "", store.NotFound
		}
		moved := list[at]
		list = slices.Delete(list, at, at+1)
		list = slices.Insert(list, min(max(position, 0), len(list)), moved)
		order := make([]tm.GlossaryID, len(list))
		for i, g := range list {
			order[i] = g.ID
		}
		return moved.Name, tx.OrderGlossaries(ctx, p, order)
	})
}

// UnlinkGlossary ends the use of another project's glossary.
func (w *Workbench) UnlinkGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID) error {
	return w.changeGlossaries(ctx, a, p, ManageProject, "glossary.unlink", func(tx *store.Tx) (string, error) {
		g, err := tx.Glossary(ctx, p, id)
		if err != nil {
			return "", err
		}
		if g.Own {
			return "", tm.NewError(tm.Invalid, "glossary.own")
		}
		return g.Name, tx.UnlinkGlossary(ctx, p, id)
	})
}

// DeleteGlossary puts a glossary of the project into the trash.
func (w *Workbench) DeleteGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID) error {
	return w.trashGlossary(ctx, a, p, id, w.now(), "glossary.delete")
}

// RestoreGlossary takes a glossary out of the trash.
func (w *Workbench) RestoreGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID) error {
	return w.trashGlossary(ctx, a, p, id, time.Time{}, "glossary.restore")
}

func (w *Workbench) trashGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, at time.Time, event string) error {
	return w.changeGlossaries(ctx, a, p, ManageProject, event, func(tx *store.Tx) (string, error) {
		g, err := ownGlossary(ctx, tx, p, id)
		if err != nil {
			return "", err
		}
		g.Deleted = at
		return g.Name, tx.SetGlossary(ctx, g)
	})
}

// Concepts lists a page of the concepts of a glossary, those with a term like
// the query when there is one.
func (w *Workbench) Concepts(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, query string, offset, limit int) ([]tm.Concept, int, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return nil, 0, err
	}
	if _, err := liveGlossary(ctx, w.db, p, id); err != nil {
		return nil, 0, err
	}
	list, err := w.db.Concepts(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	if strings.TrimSpace(query) != "" {
		list = slices.DeleteFunc(list, func(c tm.Concept) bool { return !mentions(c, query) })
	}
	from := min(offset, len(list))
	return list[from:min(from+limit, len(list))], len(list), nil
}

// mentions reports whether a term or the note of a concept holds the query,
// folded as the language folds.
func mentions(c tm.Concept, query string) bool {
	for _, t := range c.Terms {
		p := lang.For(t.Lang)
		if strings.Contains(p.FoldString(t.Text), p.FoldString(strings.TrimSpace(query))) {
			return true
		}
	}
	return strings.Contains(strings.ToLower(c.Note), strings.ToLower(query))
}

// Concept returns a concept of a glossary the project uses.
func (w *Workbench) Concept(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID) (tm.Concept, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return tm.Concept{}, err
	}
	c, err := w.db.Concept(ctx, id)
	if err != nil {
		return c, err
	}
	_, err = liveGlossary(ctx, w.db, p, c.Glossary)
	return c, err
}

// SaveConcept adds a concept (ID 0) to c.Glossary or replaces it.
func (w *Workbench) SaveConcept(ctx context.Context, a Actor, p tm.ProjectID, c tm.Concept) (tm.Concept, error) {
	c, err := cleanConcept(c)
	if err != nil {
		return c, err
	}
	err = w.changeGlossaries(ctx, a, p, EditTerms, "concept.save", func(tx *store.Tx) (string, error) {
		if c.ID != 0 {
			old, err := tx.Concept(ctx, c.ID)
			if err != nil {
				return "", err
			}
			c.Glossary = old.Glossary
		}
		if _, err := editableGlossary(ctx, tx, p, c.Glossary); err != nil {
			return "", err
		}
		c.ID, err = tx.PutConcept(ctx, c, store.Step{Action: "change", By: a.Account, At: w.now()})
		return c.Terms[0].Text, err
	})
	return c, err
}

// editableGlossary returns a live glossary that belongs to the project.
func editableGlossary(ctx context.Context, tx *store.Tx, p tm.ProjectID, id tm.GlossaryID) (Glossary, error) {
	g, err := ownGlossary(ctx, tx, p, id)
	if err == nil && !g.Deleted.IsZero() {
		err = store.NotFound
	}
	return g, err
}

// maxTerm is the longest term and maxTerms the most of them in one concept.
const (
	maxTerm  = 500
	maxTerms = 500
)

// cleanConcept drops empty terms and space around the others.
func cleanConcept(c tm.Concept) (tm.Concept, error) {
	terms := make([]tm.Term, 0, len(c.Terms))
	for _, t := range c.Terms {
		t.Text = strings.TrimSpace(t.Text)
		if t.Text == "" {
			continue
		}
		if len(t.Text) > maxTerm || strings.ContainsFunc(t.Text, isControl) {
			return c, tm.NewError(tm.Invalid, "term.malformed", "term", shorten(t.Text))
		}
		if t.Case == "" {
			t.Case = tm.CaseAuto
		}
		terms = append(terms, t)
	}
	c.Terms = terms
	if c.Type == "" {
		c.Type = tm.PlainTerm
	}
	preferred := slices.ContainsFunc(terms, func(t tm.Term) bool { return t.Status == tm.Preferred })
	if len(terms) == 0 || len(terms) > maxTerms || !preferred {
		return c, tm.NewError(tm.Invalid, "concept.empty")
	}
	return c, nil
}

// DeleteConcept puts a concept into the trash.
func (w *Workbench) DeleteConcept(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID) error {
	return w.trashConcept(ctx, a, p, id, w.now(), "concept.delete")
}

// RestoreConcept takes a concept out of the trash.
func (w *Workbench) RestoreConcept(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID) error {
	return w.trashConcept(ctx, a, p, id, time.Time{}, "concept.restore")
}

func (w *Workbench) trashConcept(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID, at time.Time, event string) error {
	return w.changeGlossaries(ctx, a, p, EditTerms, event, func(tx *store.Tx) (string, error) {
		c, err := tx.Concept(ctx, id)
		if err != nil {
			return "", err
		}
		if _, err := editableGlossary(ctx, tx, p, c.Glossary); err != nil {
			return "", err
		}
		return c.Terms[0].Text, tx.DeleteConcept(ctx, id, at, store.Step{Action: event[len("concept."):], By: a.Account, At: w.now()})
	})
}

// maxTermFile is the largest glossary file.
const maxTermFile = 32 << 20

// PreviewGlossary tells what an import of terms would do and writes nothing.
func (w *Workbench) PreviewGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, name string, data []byte) (GlossaryImport, error) {
	project, err := access(ctx, w.db, a, p, EditTerms)
	if err != nil {
		return GlossaryImport{}, err
	}
	if _, err := liveGlossary(ctx, w.db, p, id); err != nil {
		return GlossaryImport{}, err
	}
	have, err := w.db.Concepts(ctx, id)
	if err != nil {
		return GlossaryImport{}, err
	}
	return planTerms(project, have, name, data)
}

// planTerms reads a file of terms and compares it with the concepts that are
// there. Concepts of the result have the id of the one they replace; those that
// change nothing are only counted.
func planTerms(p Project, have []tm.Concept, name string, data []byte) (GlossaryImport, error) {
	if len(data) > maxTermFile {
		return GlossaryImport{}, tm.NewError(tm.TooLarge, "glossary.too_large", "limit_mb", maxTermFile>>20)
	}
	concepts, problems, err := exchange.ReadTerms(bytes.NewReader(data), name, p.Source, p.Target)
	if err != nil {
		return GlossaryImport{}, err
	}
	plan := GlossaryImport{Problems: make([]RowProblem, len(problems))}
	for i, pr := range problems {
		plan.Problems[i] = RowProblem{Row: pr.Row, Code: pr.Code, Args: pr.Args}
	}
	known := map[string]tm.Concept{}
	for _, c := range have {
		known[conceptKey(c, p)] = c
	}
	for _, c := range concepts {
		old, found := known[conceptKey(c, p)]
		switch {
		case !found:
			plan.Added++
		case sameConcept(old, c):
			plan.Same++
			continue
		default:
			plan.Changed++
		}
		c.ID = old.ID
		plan.Concepts = append(plan.Concepts, c)
	}
	return plan, nil
}

// conceptKey is the preferred source term, by which a row of a file finds the
// concept it is about.
func conceptKey(c tm.Concept, p Project) string {
	terms := c.In(p.Source, tm.Preferred)
	if len(terms) == 0 {
		return ""
	}
	return terms[0].Text
}

func sameConcept(a, b tm.Concept) bool {
	a.ID, a.Glossary = b.ID, b.Glossary
	return reflect.DeepEqual(a, b)
}

// ImportGlossary adds the terms of a file to a glossary: concepts with the same
// preferred source term are replaced, others stay.
func (w *Workbench) ImportGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, name string, data []byte) (GlossaryImport, error) {
	plan, err := w.PreviewGlossary(ctx, a, p, id, name, data)
	if err != nil {
		return plan, err
	}
	err = w.changeGlossaries(ctx, a, p, EditTerms, "glossary.import", func(tx *store.Tx) (string, error) {
		g, err := editableGlossary(ctx, tx, p, id)
		if err != nil {
			return "", err
		}
		for _, c := range plan.Concepts {
			c.Glossary = id
			if _, err := tx.PutConcept(ctx, c, store.Step{Action: "import", By: a.Account, At: w.now()}); err != nil {
				return "", err
			}
		}
		return g.Name, nil
	})
	return plan, err
}

// ExportGlossary writes the concepts of a glossary as "tsv" or "csv".
func (w *Workbench) ExportGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, kind string, out io.Writer) error {
	project, err := access(ctx, w.db, a, p, EditTerms)
	if err != nil {
		return err
	}
	g, err := liveGlossary(ctx, w.db, p, id)
	if err != nil {
		return err
	}
	list, err := w.db.Concepts(ctx, id)
	if err != nil {
		return err
	}
	err = w.db.Update(ctx, func(tx *store.Tx) error { return w.audit(ctx, tx, a, p, "glossary.export", g.Name, kind) })
	return errors.Join(err, exchange.WriteTerms(out, "terms."+kind, project.Source, project.Target, list))
}
