package workbench

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/store"
)

// maxTermFile is the largest glossary file.
const maxTermFile = 32 << 20

// GlossaryFormats are the formats a glossary is exported in, by extension.
var GlossaryFormats = exchange.GlossaryKinds

// readGlossary reads a file of terms.
func readGlossary(p Project, name string, data []byte) ([]tm.Concept, []RowProblem, error) {
	concepts, found, err := exchange.ReadGlossary(bytes.NewReader(data), name, p.Source, p.Target)
	problems := make([]RowProblem, len(found))
	for i, pr := range found {
		problems[i] = RowProblem{Row: pr.Row, Code: pr.Code, Args: pr.Args}
	}
	return concepts, problems, err
}

// PreviewGlossary tells what [Workbench.ImportGlossary] would do and writes
// nothing.
func (w *Workbench) PreviewGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, name string, data []byte) (GlossaryImport, error) {
	return w.PlanGlossary(ctx, a, p, id, name, data, ImportChoices{Rest: TakeTheirs})
}

// PlanGlossary is [Workbench.PreviewGlossary] with choices for the conflicts;
// without them it suggests some.
func (w *Workbench) PlanGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, name string, data []byte, choices ImportChoices) (GlossaryImport, error) {
	project, err := access(ctx, w.db, a, p, EditTerms)
	if err != nil {
		return GlossaryImport{}, err
	}
	g, err := liveGlossary(ctx, w.db, p, id)
	if err != nil {
		return GlossaryImport{}, err
	}
	if !g.Own {
		return GlossaryImport{}, tm.NewError(tm.Forbidden, "glossary.linked")
	}
	if len(data) > maxTermFile {
		return GlossaryImport{}, tm.NewError(tm.TooLarge, "glossary.too_large", "limit_mb", maxTermFile>>20)
	}
	file, problems, err := readGlossary(project, name, data)
	if err != nil {
		return GlossaryImport{}, err
	}
	have, err := w.db.Concepts(ctx, id)
	if err != nil {
		return GlossaryImport{}, err
	}
	file, refused := usable(file)
	plan := planImport(project, have, file, choices)
	plan.Problems = append(problems, refused...)
	return plan, nil
}

// usable makes the concepts of a file fit for the glossary: of a term that
// stands twice in a concept the first counts. What still is no concept is left
// out and told.
func usable(file []tm.Concept) ([]tm.Concept, []RowProblem) {
	var problems []RowProblem
	var list []tm.Concept
	for _, c := range file {
		c.Terms = dedupe(c.Terms)
		made, err := cleanConcept(c)
		if tm.CodeOf(err) == "concept.empty" && len(c.Terms) > 0 {
			c.Terms[0].Status = tm.Preferred // variants without a head: the first is it
			made, err = cleanConcept(c)
		}
		if known, ok := errors.AsType[*tm.Error](err); ok {
			problems = append(problems, RowProblem{Code: "unusable", Args: map[string]any{"term": shorten(nameOf(c)), "why": known.Code}})
			continue
		}
		list = append(list, made)
	}
	return list, problems
}

// dedupe drops terms that stand before in the list; a forbidden one gives way
// to a wanted one, as the row problems tell.
func dedupe(terms []tm.Term) []tm.Term {
	kept := make([]tm.Term, 0, len(terms))
	for _, t := range terms {
		if t.Text != "" && twice(append(slices.Clip(kept), t)) == nil {
			kept = append(kept, t)
		}
	}
	return kept
}

// ImportGlossary adds the terms of a file to a glossary; where they contradict
// it, the file wins. Concepts the file does not speak of stay.
func (w *Workbench) ImportGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, name string, data []byte) (GlossaryImport, error) {
	return w.ResolveGlossary(ctx, a, p, id, name, data, ImportChoices{Rest: TakeTheirs})
}

// ResolveGlossary adds the terms of a file to a glossary, its conflicts settled
// by the choices. [Workbench.UndoGlossary] takes it back. It is all or nothing:
// of an import that fails or that a crash cuts short nothing stays.
func (w *Workbench) ResolveGlossary(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, name string, data []byte, choices ImportChoices) (GlossaryImport, error) {
	plan, err := w.PlanGlossary(ctx, a, p, id, name, data, choices)
	if err != nil {
		return plan, err
	}
	i := &conceptImporter{w: w, actor: a, project: p, glossary: id, file: name}
	if err := i.begin(ctx); err != nil {
		return plan, err
	}
	err = i.run(ctx, plan.Items)
	if err != nil {
		err = errors.Join(err, w.takeBack(context.WithoutCancel(ctx), p, i.change, a.Account))
		return plan, err
	}
	plan.Change = i.change
	return plan, nil
}

// conceptImporter writes a plan in several transactions, for one would keep everybody
// else waiting. What it adds is seen once all of it is there.
type conceptImporter struct {
	w        *Workbench
	actor    Actor
	project  tm.ProjectID
	glossary tm.GlossaryID
	file     string
	change   int64
}

// conceptStep is how many concepts one transaction writes.
const conceptStep = 200

func (i *conceptImporter) begin(ctx context.Context) error {
	return i.update(ctx, func(tx *store.Tx) (err error) {
		i.change, err = tx.AddGlossaryChange(ctx, store.GlossaryChange{
			Glossary: i.glossary, Kind: "import", Account: i.actor.Account, At: i.w.now(),
		}, false)
		return err
	})
}

// update runs a change for an actor who may still edit the glossary.
func (i *conceptImporter) update(ctx context.Context, change func(*store.Tx) error) error {
	return i.w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, i.actor, i.project, EditTerms); err != nil {
			return err
		}
		if _, err := editableGlossary(ctx, tx, i.project, i.glossary); err != nil {
			return err
		}
		return change(tx)
	})
}

func (i *conceptImporter) run(ctx context.Context, items []ImportItem) error {
	for chunk := range slices.Chunk(items, conceptStep) {
		err := i.update(ctx, func(tx *store.Tx) error {
			for _, item := range chunk {
				if err := i.put(ctx, tx, item); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return i.update(ctx, func(tx *store.Tx) error {
		g, err := tx.Glossary(ctx, i.project, i.glossary)
		if err != nil {
			return err
		}
		tx.AfterCommit(i.w.glossaries.forget)
		err = tx.SetGlossaryChange(ctx, i.change, true)
		return errors.Join(err, i.w.outdate(ctx, tx, i.project), i.w.audit(ctx, tx, i.actor, i.project, "glossary.import", g.Name, i.file))
	})
}

// put writes one item. A concept that somebody changed since the plan was made
// stops the import.
func (i *conceptImporter) put(ctx context.Context, tx *store.Tx, item ImportItem) error {
	c := item.Result
	if len(c.Terms) == 0 {
		return nil // a duplicate, or a conflict in which ours stays
	}
	step := store.Step{Action: "import", By: i.actor.Account, At: i.w.now(), Reason: i.file, Change: i.change}
	c.Glossary = i.glossary
	if c.ID == 0 {
		return tx.AddPending(ctx, c, step)
	}
	now, err := currentConcept(ctx, tx, c.ID, 0)
	if err != nil || !sameConcept(now, item.Ours) {
		return tm.NewError(tm.Conflict, "glossary.moved", "term", nameOf(item.Ours)).Wrap(err)
	}
	_, err = tx.PutConcept(ctx, c, step)
	return err
}

// ExportGlossary writes the concepts of a glossary in one of [GlossaryFormats].
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
	return errors.Join(err, exchange.WriteGlossary(out, kind, project.Source, project.Target, list))
}
