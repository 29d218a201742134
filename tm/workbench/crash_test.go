package workbench_test

import (
	"testing"

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
	if _, total, err := b.Units(b.ctx, b.manager, b.project.ID, memories[0].ID, "", 0, 9); err != nil || total != 0 {
		t.Errorf("%d units of an unfinished import show, %v", total, err)
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
