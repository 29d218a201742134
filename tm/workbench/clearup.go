package workbench

import (
	"context"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// clearUp removes or undoes what a crash left unfinished, and marks the jobs it
// interrupted. Nobody has seen any of it but parts of changes, which go back.
func (w *Workbench) clearUp(ctx context.Context) error {
	for _, f := range []func() error{
		func() error { return leftOver(ctx, w.db.OpenBatches, w.dropBatch) },
		func() error { return leftOver(ctx, w.db.HiddenDocuments, w.dropHidden) },
		func() error { return leftOver(ctx, w.db.OpenMemoryChanges, w.undoMemoryChange) },
		func() error { return leftOver(ctx, w.db.UnreadyGlossaryChanges, w.dropGlossaryChange) },
		func() error {
			return leftOver(ctx, w.db.OpenChanges, func(ctx context.Context, c store.Change) error {
				return w.undoChange(ctx, c.Document, c.ID)
			})
		},
	} {
		if err := f(); err != nil {
			return err
		}
	}
	return w.db.Update(ctx, func(tx *store.Tx) error { return tx.InterruptJobs(ctx, w.now()) })
}

// leftOver removes each of a list.
func leftOver[T any](ctx context.Context, list func(context.Context) ([]T, error), remove func(context.Context, T) error) error {
	left, err := list(ctx)
	for _, x := range left {
		if err == nil {
			err = remove(ctx, x)
		}
	}
	return err
}

// portions runs a change again and again, each time in a transaction of its own,
// until it says that it is done.
func (w *Workbench) portions(ctx context.Context, change func(*store.Tx) (done bool, err error)) error {
	for done := false; !done; {
		err := w.db.Update(ctx, func(tx *store.Tx) (err error) {
			done, err = change(tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// removeStep is how many rows are removed in one transaction.
const removeStep = 500

// dropBatch removes an import of units that did not come to its end.
func (w *Workbench) dropBatch(ctx context.Context, batch int64) error {
	return w.portions(ctx, func(tx *store.Tx) (bool, error) { return tx.DropBatch(ctx, batch, removeStep) })
}

// dropHidden removes a document that did not come to its end.
func (w *Workbench) dropHidden(ctx context.Context, id tm.DocumentID) error {
	return w.portions(ctx, func(tx *store.Tx) (bool, error) { return tx.DropHiddenDocument(ctx, id, removeStep) })
}

// undoMemoryChange takes back a change of many units that did not come to its
// end.
func (w *Workbench) undoMemoryChange(ctx context.Context, c store.MemoryChange) error {
	return w.takeUnitsBack(ctx, c, store.UnitStep{Action: "undo", At: w.now()})
}

// takeUnitsBack takes back a change of many units, in portions.
func (w *Workbench) takeUnitsBack(ctx context.Context, c store.MemoryChange, step store.UnitStep) error {
	after := tm.UnitID(0)
	return w.portions(ctx, func(tx *store.Tx) (bool, error) {
		next, err := tx.UndoMemoryChange(ctx, c.ID, after, changeStep, step)
		if err == nil {
			after = next
		}
		return next == 0, err
	})
}

// undoChange takes back a change of segments that did not come to its end, as
// the one who began it.
func (w *Workbench) undoChange(ctx context.Context, d tm.DocumentID, change int64) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.Change(ctx, d, change)
		if err != nil {
			return err
		}
		e := &edit{w: w, ctx: ctx, tx: tx, actor: Actor{Account: c.Account}}
		if e.doc, err = tx.Document(ctx, d); err != nil {
			return err
		}
		if e.project, err = tx.Project(ctx, e.doc.Project, c.Account); err != nil {
			return err
		}
		if e.seq, err = tx.NextSeq(ctx, d); err != nil {
			return err
		}
		if _, err := e.undo(change); err != nil {
			return err
		}
		return tx.MarkUndone(ctx, change)
	})
}
