package storetest

import (
	"errors"
	"slices"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// touched lists the ids the journal names after seq.
func (w *world) touched(seq int64) (ids []tm.UnitID, last int64) {
	w.Helper()
	ranges, last, err := w.db.JournalAfter(w.ctx, seq)
	if err != nil {
		w.Fatal(err)
	}
	for _, r := range ranges {
		for id := r.First; id <= r.Last; id++ {
			ids = append(ids, id)
		}
	}
	return ids, last
}

var journalTests = []test{
	{"every change of units is in the journal, imports as ranges", func(w *world) {
		list := w.addUnits("a", "b", "c")
		_, seq := w.touched(0)
		w.translate(list[1].ID, "ب", at(1))
		batch := w.addBatch("d", "e")
		if ids, _ := w.touched(seq); !slices.Equal(ids, []tm.UnitID{list[1].ID}) {
			w.Errorf("touched %v before the end of the import", ids)
		}
		w.update(func(tx *store.Tx) error { return tx.FinishBatch(w.ctx, batch) })
		ranges, last, err := w.db.JournalAfter(w.ctx, seq)
		d := list[2].ID + 1
		want := []store.IDRange{{First: list[1].ID, Last: list[1].ID}, {First: d, Last: d + 1}}
		if diff := cmp.Diff(want, ranges); diff != "" || err != nil {
			w.Error(diff, err)
		}
		w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, w.memory, d, at(2)) })
		w.update(func(tx *store.Tx) error { return tx.PurgeTrash(w.ctx, after(3)) })
		if ids, _ := w.touched(last); !slices.Equal(ids, []tm.UnitID{d}) {
			w.Errorf("touched %v by deleting %d", ids, d)
		}
	}},
	{"a change that fails leaves no row", func(w *world) {
		w.addUnits("a")
		_, seq := w.touched(0)
		no := errors.New("no")
		err := w.db.Update(w.ctx, func(tx *store.Tx) error {
			return errors.Join(tx.AddUnits(w.ctx, 0, units(w.memory, "b")), no)
		})
		if ids, last := w.touched(seq); !errors.Is(err, no) || last != seq || len(ids) != 0 {
			w.Errorf("touched %v, %v", ids, err)
		}
	}},
	{"units of a purged memory are in the journal", func(w *world) {
		list := w.addUnits("a", "b")
		_, seq := w.touched(0)
		m := must(w.db.Memory(w.ctx, w.project, w.memory))(w)
		m.Deleted = noon
		w.update(func(tx *store.Tx) error { return tx.SetMemory(w.ctx, m) })
		var done [2]bool
		for i := range done {
			w.update(func(tx *store.Tx) (err error) {
				done[i], err = tx.PurgeUnits(w.ctx, after(1), 2)
				return err
			})
		}
		if ids, _ := w.touched(seq); !slices.Equal(ids, []tm.UnitID{list[0].ID, list[1].ID}) || done != [2]bool{false, true} {
			w.Errorf("touched %v, done %v", ids, done)
		}
	}},
	{"a mark finds its row until it is trimmed", func(w *world) {
		first := must(w.db.JournalMark(w.ctx, must(w.db.JournalEnd(w.ctx))(w)))(w)
		w.addUnits("a")
		w.addUnits("b")
		seq := must(w.db.JournalEnd(w.ctx))(w)
		mark := must(w.db.JournalMark(w.ctx, seq))(w)
		if got := must(w.db.JournalAt(w.ctx, mark))(w); got != seq || mark == first {
			w.Errorf("mark of %d found at %d", seq, got)
		}
		w.update(func(tx *store.Tx) error { return tx.TrimJournal(w.ctx, seq) })
		if got := must(w.db.JournalAt(w.ctx, mark))(w); got != seq {
			w.Errorf("after trimming to it, it is at %d", got)
		}
		for _, gone := range []int64{first, 0, 12345} {
			_, err := w.db.JournalAt(w.ctx, gone)
			w.missing("trimmed mark", err)
		}
		w.addUnits("c")
		if ids, last := w.touched(seq); len(ids) != 1 || last != seq+1 {
			w.Errorf("touched %v to %d; numbers never come twice", ids, last)
		}
	}},
	{"the watcher hears of what shows and what does not, in order", func(w *world) {
		var heard []store.UnitsChanged
		w.db.WatchUnits(func(c store.UnitsChanged) { heard = append(heard, c) })
		u := w.addUnits("a")[0]
		w.translate(u.ID, "الف", at(1))
		w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, w.memory, u.ID, at(2)) })
		batch := w.addBatch("b")
		w.update(func(tx *store.Tx) error { return tx.FinishBatch(w.ctx, batch) })
		w.update(func(tx *store.Tx) error { return tx.SetMemory(w.ctx, store.Memory{ID: w.memory, Name: "N"}) })
		type line struct {
			Seq       int64
			Put, Gone int
		}
		var got []line
		for _, c := range heard {
			got = append(got, line{c.Seq, len(c.Put), len(c.Gone)})
		}
		want := []line{{2, 1, 0}, {3, 1, 0}, {4, 0, 1}, {5, 0, 0}}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			w.Error(diff)
		}
	}},
}
