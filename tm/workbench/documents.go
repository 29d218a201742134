package workbench

import (
	"context"
	"errors"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// Documents lists the documents of a project with their progress.
func (w *Workbench) Documents(ctx context.Context, a Actor, p tm.ProjectID) ([]Document, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return nil, err
	}
	return w.db.Documents(ctx, p, false)
}

// DeletedDocuments lists the documents of a project in the trash.
func (w *Workbench) DeletedDocuments(ctx context.Context, a Actor, p tm.ProjectID) ([]Document, error) {
	if _, err := access(ctx, w.db, a, p, DeleteDocument); err != nil {
		return nil, err
	}
	return w.db.Documents(ctx, p, true)
}

// Document returns a document.
func (w *Workbench) Document(ctx context.Context, a Actor, id tm.DocumentID) (Document, error) {
	d, _, err := accessDocument(ctx, w.db, a, id, See)
	return d, err
}

// RenameDocument gives a document another name.
func (w *Workbench) RenameDocument(ctx context.Context, a Actor, id tm.DocumentID, name string) error {
	name, err := cleanName(name)
	if err != nil {
		return err
	}
	return w.changeDocument(ctx, a, id, "document.rename", func(d *Document) { d.Name = name })
}

// DateDocument says of which day a document is: terms that hold for a time are
// chosen by it.
func (w *Workbench) DateDocument(ctx context.Context, a Actor, id tm.DocumentID, day time.Time) error {
	return w.changeDocument(ctx, a, id, "document.date", func(d *Document) { d.Date = day.UTC().Truncate(24 * time.Hour) })
}

// DeleteDocument puts a document into the trash.
func (w *Workbench) DeleteDocument(ctx context.Context, a Actor, id tm.DocumentID) error {
	return w.changeDocument(ctx, a, id, "document.delete", func(d *Document) { d.Deleted = w.now() })
}

// RestoreDocument takes a document out of the trash.
func (w *Workbench) RestoreDocument(ctx context.Context, a Actor, id tm.DocumentID) error {
	return w.changeDocument(ctx, a, id, "document.restore", func(d *Document) { d.Deleted = time.Time{} })
}

func (w *Workbench) changeDocument(ctx context.Context, a Actor, id tm.DocumentID, event string, change func(*Document)) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		d, _, err := accessAnyDocument(ctx, tx, a, id, DeleteDocument)
		if err != nil {
			return err
		}
		day := d.Date
		change(&d)
		if !d.Date.Equal(day) {
			tx.AfterCommit(w.recountSoon)
			err = tx.OutdateDocument(ctx, id)
		}
		return errors.Join(err, tx.SetDocument(ctx, d), w.audit(ctx, tx, a, d.Project, event, d.Name, ""))
	})
}

// Original gives the current original of a document back, byte for byte.
func (w *Workbench) Original(ctx context.Context, a Actor, id tm.DocumentID) (Export, error) {
	d, _, err := accessDocument(ctx, w.db, a, id, Download)
	if err != nil {
		return Export{}, err
	}
	data, err := w.db.Original(ctx, id)
	return Export{Name: d.Name, MIME: w.mime(d.Format), Data: data}, err
}

func (w *Workbench) mime(id string) string {
	for _, f := range w.formats {
		if f.Info().ID == id {
			return f.Info().MIME
		}
	}
	return "application/octet-stream"
}
