package storetest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

const (
	writers = 50
	rounds  = 20
)

var concurrencyTests = []test{
	{"fifty writers and their readers lose nothing", testFiftyWriters},
	{"of many saves on one revision exactly one wins", testOneWins},
}

// testFiftyWriters lets everybody save a segment of their own, reading it back
// each time, while others read the whole document.
func testFiftyWriters(w *world) {
	ids := w.addSegments(writers)
	ctx, stop := context.WithCancel(w.ctx)
	var readers, saving sync.WaitGroup
	for range 4 {
		readers.Go(func() { w.readUntil(ctx) })
	}
	for i, id := range ids {
		saving.Go(func() { w.saveOften(id, i) })
	}
	saving.Wait()
	stop()
	readers.Wait()
	if got := must(w.db.Seq(w.ctx, w.document))(w); got != writers*rounds {
		w.Errorf("%d changes counted, want %d", got, writers*rounds)
	}
	for _, id := range ids {
		if got := must(w.db.History(w.ctx, id))(w); len(got) != rounds {
			w.Errorf("segment %d has %d versions, want %d", id, len(got), rounds)
		}
	}
}

// saveOften saves a segment again and again, each time on top of the last. It
// runs beside others and so only reports.
func (w *world) saveOften(id tm.SegmentID, writer int) {
	for round := range rounds {
		row, err := w.db.Row(w.ctx, w.document, id)
		if err != nil || row.Revision != int64(round) {
			w.Errorf("segment %d, round %d: revision %d, %v", id, round, row.Revision, err)
			return
		}
		row.Target, row.State = tm.Plain(fmt.Sprintf("نویسندهٔ %d، نوبت %d", writer, round)), tm.Draft
		err = w.db.Update(w.ctx, func(tx *store.Tx) error {
			seq, err := tx.NextSeq(w.ctx, w.document)
			if err != nil {
				return err
			}
			return tx.SetTarget(w.ctx, &row, store.Step{Action: "save", At: noon, By: w.sara}, seq)
		})
		if err != nil {
			w.Errorf("segment %d, round %d: %v", id, round, err)
			return
		}
	}
}

// readUntil reads the document until ctx ends; a reader never sees a revision
// without its text.
func (w *world) readUntil(ctx context.Context) {
	for ctx.Err() == nil {
		rows, err := w.db.Rows(w.ctx, w.document, -1)
		if err != nil {
			w.Error(err)
			return
		}
		for _, r := range rows {
			if (r.Revision > 0) != (r.Target.Text != "") {
				w.Errorf("segment %d: revision %d with the target %q", r.ID, r.Revision, r.Target.Text)
			}
		}
	}
}

func (w *world) addSegments(n int) (ids []tm.SegmentID) {
	w.update(func(tx *store.Tx) error {
		for i := range n {
			id, err := tx.AddSegment(w.ctx, w.row(len(sources)+i, fmt.Sprintf("Sentence %d.", i)), 0)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	return ids
}

func testOneWins(w *world) {
	for round := range 10 {
		base := must(w.db.Row(w.ctx, w.document, w.segments[0]))(w)
		var won, lost atomic.Int32
		var saving sync.WaitGroup
		for i := range 8 {
			saving.Go(func() {
				row := base
				row.Target, row.State = tm.Plain(fmt.Sprintf("نسخهٔ %d از %d", i, round)), tm.Draft
				err := w.db.Update(w.ctx, func(tx *store.Tx) error {
					return tx.SetTarget(w.ctx, &row, store.Step{Action: "save", At: noon}, 1)
				})
				switch {
				case err == nil:
					won.Add(1)
				case tm.CodeOf(err) == "segment.stale":
					lost.Add(1)
				default:
					w.Error(err)
				}
			})
		}
		saving.Wait()
		if won.Load() != 1 || lost.Load() != 7 {
			w.Errorf("round %d: %d won, %d were told they lost", round, won.Load(), lost.Load())
		}
	}
}
