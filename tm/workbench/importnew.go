package workbench

import (
	"context"
	"errors"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// newDocument is a draft on its way into the database as a new document. It
// comes in portions, so that nobody's save waits for all of it, and is hidden
// until the last one; a crash in between leaves nothing.
type newDocument struct {
	w       *Workbench
	actor   Actor
	project tm.ProjectID
	draft   draftDocument
	id      tm.DocumentID
	seq     int64
	made    Imported
	// Where the next portion begins: rows of a block, which is stored once.
	block, row int
	blockID    tm.BlockID
}

// portion is how many segments share a transaction.
const portion = 250

func (w *Workbench) keepNew(ctx context.Context, a Actor, p tm.ProjectID, d draftDocument) (Imported, error) {
	n := &newDocument{w: w, actor: a, project: p, draft: d}
	err := w.db.Update(ctx, func(tx *store.Tx) error { return n.begin(ctx, tx) })
	for err == nil && n.block < len(d.blocks) {
		err = w.db.Update(ctx, func(tx *store.Tx) error { return n.store(ctx, tx) })
	}
	if err == nil {
		err = w.db.Update(ctx, func(tx *store.Tx) error { return n.end(ctx, tx) })
	}
	if err != nil && n.id != 0 {
		err = errors.Join(err, w.dropHidden(context.WithoutCancel(ctx), n.id))
	}
	return n.made, err
}

// mayKeep asks for the right to upload and for the name, which may be taken.
func (n *newDocument) mayKeep(ctx context.Context, tx *store.Tx) error {
	if _, err := access(ctx, tx, n.actor, n.project, UploadFiles); err != nil {
		return err
	}
	name := n.draft.upload.Name
	same, err := tx.DocumentByName(ctx, n.project, name)
	switch {
	case err == nil:
		return tm.NewError(tm.Conflict, "document.same_name", "name", name, "document", int64(same.ID))
	case errors.Is(err, store.NotFound):
		return nil
	}
	return err
}

func (n *newDocument) begin(ctx context.Context, tx *store.Tx) error {
	if err := n.mayKeep(ctx, tx); err != nil {
		return err
	}
	d := Document{Project: n.project, Name: n.draft.upload.Name, Format: n.draft.format, Charset: n.draft.charset}
	id, err := tx.AddHiddenDocument(ctx, d, n.actor.Account, n.w.now())
	if err != nil {
		return err
	}
	if err := tx.AddOriginal(ctx, id, n.draft.upload.Data, n.actor.Account, n.w.now()); err != nil {
		return err
	}
	if n.seq, err = tx.NextSeq(ctx, id); err != nil {
		return err
	}
	tx.AfterCommit(func() { n.id = id })
	return nil
}

// store stores one portion. What it has come to counts only once that is
// committed.
func (n *newDocument) store(ctx context.Context, tx *store.Tx) error {
	next := *n
	for left := portion; left > 0 && next.block < len(next.draft.blocks); left-- {
		if err := next.storeRow(ctx, tx); err != nil {
			return err
		}
	}
	tx.AfterCommit(func() { *n = next })
	return nil
}

func (n *newDocument) storeRow(ctx context.Context, tx *store.Tx) error {
	b := n.draft.blocks[n.block]
	if n.row == 0 {
		var err error
		block := store.Block{Key: b.key, Note: b.note, Position: n.block, Live: true}
		if n.blockID, err = tx.PutBlock(ctx, n.id, block); err != nil {
			return err
		}
	}
	row := b.rows[n.row]
	row.Document, row.Block, row.Index = n.id, n.blockID, n.made.Segments
	if _, err := tx.AddSegment(ctx, row, n.seq); err != nil {
		return err
	}
	n.made.Segments++
	if n.row++; n.row == len(b.rows) {
		n.block, n.row = n.block+1, 0
	}
	return nil
}

func (n *newDocument) end(ctx context.Context, tx *store.Tx) error {
	if err := n.mayKeep(ctx, tx); err != nil {
		return err
	}
	if err := tx.ShowDocument(ctx, n.id); err != nil {
		return err
	}
	var err error
	n.made.Document, err = tx.Document(ctx, n.id)
	return errors.Join(err, n.w.audit(ctx, tx, n.actor, n.project, "document.import", n.draft.upload.Name, ""))
}
