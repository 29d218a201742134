package workbench

import (
	"context"
	"errors"
	"maps"
	"slices"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// UndoTerm takes an exchange back in all documents and memories: what nobody
// touched since becomes what it was before, approvals included. The actor may
// translate in every project it went through.
func (w *Workbench) UndoTerm(ctx context.Context, a Actor, p tm.ProjectID, change int64) error {
	var c store.TermChange
	err := w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, p, EditTerms); err != nil {
			return err
		}
		var err error
		if c, err = tx.TermChange(ctx, p, change); err != nil || c.Undone {
			return err
		}
		if err := w.mayUndoTerm(ctx, tx, a, c); err != nil {
			return err
		}
		// From here on a crash does not leave half of it: the next start goes on.
		return tx.ReopenTermChange(ctx, change)
	})
	if err != nil || c.Undone {
		return err
	}
	if err := w.undoTermParts(ctx, a, change); err != nil {
		return err
	}
	return w.db.Update(ctx, func(tx *store.Tx) error {
		concept, err := tx.Concept(ctx, c.Concept)
		if err != nil {
			return err
		}
		return w.audit(ctx, tx, a, p, "term.undo", nameOf(concept), "")
	})
}

// mayUndoTerm refuses an actor who may not change everything an exchange did.
// Whoever made it did no more than he may.
func (w *Workbench) mayUndoTerm(ctx context.Context, tx *store.Tx, a Actor, t store.TermChange) error {
	segments, units, err := tx.TermParts(ctx, t.ID)
	if err != nil {
		return err
	}
	action := Review
	if t.Account == a.Account {
		action = Translate
	}
	for _, c := range segments {
		_, _, err := accessAnyDocument(ctx, tx, a, c.Document, action)
		if err != nil {
			return tm.NewError(tm.Forbidden, "forbidden").Wrap(err)
		}
	}
	for _, c := range units {
		home, err := tx.MemoryHome(ctx, c.Memory)
		if err == nil {
			_, err = access(ctx, tx, a, home, EditUnits)
		}
		if err != nil {
			return tm.NewError(tm.Forbidden, "forbidden").Wrap(err)
		}
	}
	return nil
}

// undoTermParts takes the parts of an exchange back, in portions. What a crash
// leaves of it the next start takes back, since the parts are open until then.
func (w *Workbench) undoTermParts(ctx context.Context, a Actor, change int64) error {
	segments, units, err := w.db.TermParts(ctx, change)
	if err != nil {
		return err
	}
	for _, c := range segments {
		if err := w.undoChangeAs(ctx, a, c); err != nil {
			return err
		}
	}
	for _, c := range units {
		if err := w.undoUnitsAs(ctx, a, c); err != nil {
			return err
		}
	}
	return w.db.Update(ctx, func(tx *store.Tx) error { return tx.MarkTermChangeUndone(ctx, change) })
}

// undoUnitsAs takes a change of units back in the name of an actor.
func (w *Workbench) undoUnitsAs(ctx context.Context, a Actor, c store.MemoryChange) error {
	after := tm.UnitID(0)
	return w.portions(ctx, func(tx *store.Tx) (bool, error) {
		next, err := tx.UndoMemoryChange(ctx, c.ID, after, removeStep, w.unitStep(a, "undo"))
		if err == nil {
			after = next
		}
		return next == 0, err
	})
}

// undoChangeAs takes a change of segments back in the name of an actor, in
// portions, so that nobody's save waits for all of it.
func (w *Workbench) undoChangeAs(ctx context.Context, a Actor, c store.Change) error {
	changed, err := w.db.Changed(ctx, c.ID)
	if err != nil {
		return err
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(changed)), termStep) {
		err := w.db.Update(ctx, func(tx *store.Tx) error {
			e := &edit{w: w, ctx: ctx, tx: tx, actor: a}
			var err error
			if e.doc, err = tx.Document(ctx, c.Document); err != nil {
				return err
			}
			if e.project, err = tx.Project(ctx, e.doc.Project, a.Account); err != nil {
				return err
			}
			if e.seq, err = tx.NextSeq(ctx, c.Document); err != nil {
				return err
			}
			return e.undoSome(ids, changed)
		})
		if err != nil {
			return err
		}
	}
	return w.db.Update(ctx, func(tx *store.Tx) error { return tx.MarkUndone(ctx, c.ID) })
}

// undoSome takes segments back that are still at the revision a change gave them.
func (e *edit) undoSome(ids []tm.SegmentID, changed map[tm.SegmentID]int64) error {
	for _, id := range ids {
		row, err := e.tx.Row(e.ctx, e.doc.ID, id)
		if errors.Is(err, store.NotFound) || err == nil && row.Revision != changed[id] {
			continue
		}
		if err == nil {
			e.row, err = e.before(row)
		}
		if err == nil {
			_, err = e.write(store.Step{Action: "undo"})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
