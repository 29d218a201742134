package workbench_test

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format/all"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

// TestInterruptedImportLeavesNothing starts a workbench on what a crash in the
// middle of an import of units leaves behind.
func TestInterruptedImportLeavesNothing(t *testing.T) {
	b := open(t)
	memories, err := b.Memories(b.ctx, b.manager, b.project.ID)
	b.must(err)
	var batch int64
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error {
		var err error
		if batch, err = tx.AddBatch(b.ctx, memories[0].ID); err != nil {
			return err
		}
		if _, err := tx.AddJob(b.ctx, store.Job{Project: b.project.ID, Kind: "memory_import", Name: "half.tmx"}, 0); err != nil {
			return err
		}
		return tx.AddUnits(b.ctx, batch, []*tm.Unit{{
			Memory: memories[0].ID,
			Variants: []tm.Variant{
				{Lang: language.English, Content: tm.Plain("Half")}, {Lang: language.Persian, Content: tm.Plain("نیمه")},
			},
			Origin: tm.Origin{State: tm.Translated, Kind: tm.Human},
		}})
	}))
	if list, err := b.Units(b.ctx, b.manager, b.project.ID, memories[0].ID, workbench.UnitFilter{}, 0, 9); err != nil || list.Total != 0 {
		t.Errorf("%d units of an unfinished import show, %v", list.Total, err)
	}

	again, err := workbench.Open(b.ctx, workbench.Config{DB: b.db, Formats: all.Formats()})
	b.must(err)
	defer again.Close()
	jobs, err := again.Jobs(b.ctx, b.manager, b.project.ID)
	b.must(err)
	if len(jobs) != 1 || jobs[0].State != workbench.JobInterrupted {
		t.Errorf("jobs %+v", jobs)
	}
	left := 0
	b.must(b.db.EachUnitOfBatch(b.ctx, batch, func(*tm.Unit) error { left++; return nil }))
	open, err := b.db.OpenBatches(b.ctx)
	b.must(err)
	if left != 0 || len(open) != 0 {
		t.Errorf("%d units and %d imports are left", left, len(open))
	}
}

// TestInterruptedDocumentLeavesNothing starts a workbench on what a crash in the
// middle of an upload leaves behind.
func TestInterruptedDocumentLeavesNothing(t *testing.T) {
	b := open(t)
	var id tm.DocumentID
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) (err error) {
		d := store.Document{Project: b.project.ID, Name: "half.txt", Format: "txt"}
		if id, err = tx.AddHiddenDocument(b.ctx, d, 0, time.Now()); err != nil {
			return err
		}
		if err := tx.AddOriginal(b.ctx, id, []byte("One. Two."), 0, time.Now()); err != nil {
			return err
		}
		block, err := tx.PutBlock(b.ctx, id, store.Block{Key: "p", Live: true})
		if err != nil {
			return err
		}
		var row store.Row
		row.Document, row.Block, row.Source = id, block, tm.Plain("One.")
		_, err = tx.AddSegment(b.ctx, row, 1)
		return err
	}))
	for _, deleted := range []bool{false, true} {
		list, err := b.db.Documents(b.ctx, b.project.ID, deleted)
		b.must(err)
		for _, d := range list {
			if d.ID == id {
				t.Errorf("an unfinished document shows, deleted %v", deleted)
			}
		}
	}
	if _, err := b.Document(b.ctx, b.manager, id); tm.KindOf(err) != tm.NotFound {
		t.Errorf("an unfinished document opens: %v", err)
	}

	again, err := workbench.Open(b.ctx, workbench.Config{DB: b.db, Formats: all.Formats()})
	b.must(err)
	defer again.Close()
	hidden, err := b.db.HiddenDocuments(b.ctx)
	b.must(err)
	rows, err := b.db.Rows(b.ctx, id, -1)
	b.must(err)
	if len(hidden) != 0 || len(rows) != 0 {
		t.Errorf("%d documents and %d segments are left", len(hidden), len(rows))
	}
}

// TestInterruptedFillingIsUndone starts a workbench on what a crash in the
// middle of a pre-translation leaves behind.
func TestInterruptedFillingIsUndone(t *testing.T) {
	b := open(t)
	made, err := b.Import(b.ctx, b.manager, b.project.ID, workbench.Upload{Name: "a.txt", Data: []byte("The road is closed.\n\nThe bridge is open.\n")})
	b.must(err)
	rows, _, err := b.Segments(b.ctx, b.manager, made.Document.ID, -1)
	b.must(err)
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error {
		c := store.Change{Document: made.Document.ID, Kind: "pretranslate", Account: b.manager.Account}
		change, err := tx.AddOpenChange(b.ctx, c, time.Now())
		if err != nil {
			return err
		}
		rows[0].Target, rows[0].State, rows[0].Filled = tm.Plain("راه بسته است."), tm.Draft, 100
		return tx.SetTarget(b.ctx, &rows[0], store.Step{Action: "pretranslate", At: time.Now(), Change: change}, 1)
	}))
	again, err := workbench.Open(b.ctx, workbench.Config{DB: b.db, Formats: all.Formats()})
	b.must(err)
	defer again.Close()
	rows, _, err = b.Segments(b.ctx, b.manager, made.Document.ID, -1)
	b.must(err)
	for _, r := range rows {
		if r.State != tm.New || !r.Target.IsZero() {
			t.Errorf("segment %d is %s with %q", r.ID, r.State, r.Target.Text)
		}
	}
	if left, err := b.db.OpenChanges(b.ctx); err != nil || len(left) > 0 {
		t.Errorf("%d changes are open, %v", len(left), err)
	}
}

// TestImport_SavesDoNotWait saves a segment again and again while a large
// document is uploaded.
func TestImport_SavesDoNotWait(t *testing.T) {
	b := open(t)
	first, err := b.Import(b.ctx, b.manager, b.project.ID, workbench.Upload{Name: "small.txt", Data: []byte("The road is closed.\n")})
	b.must(err)
	rows, _, err := b.Segments(b.ctx, b.manager, first.Document.ID, -1)
	b.must(err)
	uploaded := make(chan error)
	go func() {
		made, err := b.Import(b.ctx, b.manager, b.project.ID, workbench.Upload{Name: "long.txt", Data: longText(5000)})
		if err == nil && made.Segments != 5000 {
			t.Errorf("%d segments", made.Segments)
		}
		uploaded <- err
	}()
	saves := 0
	for row := rows[0]; ; saves++ {
		select {
		case err := <-uploaded:
			b.must(err)
			if saves < 10 {
				t.Errorf("%d saves went through meanwhile", saves)
			}
			return
		default:
		}
		saved, err := b.Save(b.ctx, b.manager, first.Document.ID, workbench.Edit{
			Segment: row.ID, Revision: row.Revision, Target: tm.Plain(fmt.Sprint("راه ", saves)), State: tm.Draft})
		b.must(err)
		row = saved.Row
	}
}
