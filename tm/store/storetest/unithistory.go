package storetest

import (
	"fmt"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// visibleUnits compares the count that lists show with the units there are.
func (w *world) visibleUnits(want ...string) {
	w.Helper()
	if diff := cmp.Diff(want, w.sourcesIn(w.memory), cmpopts.EquateEmpty()); diff != "" {
		w.Error(diff)
	}
	if got := must(w.db.Memory(w.ctx, w.project, w.memory))(w).Units; got != len(want) {
		w.Errorf("the list counts %d units of %d", got, len(want))
	}
}

// addUnits adds units outside of an import.
func (w *world) addUnits(sources ...string) []*tm.Unit {
	w.Helper()
	list := units(w.memory, sources...)
	w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, list) })
	return list
}

// unitStep is one of Sara's.
func (w *world) unitStep(action string, n int, change int64) store.UnitStep {
	return store.UnitStep{Action: action, By: w.sara, At: after(n), Change: change}
}

// translate gives a unit another Persian text.
func (w *world) translate(id tm.UnitID, text string, step store.UnitStep) {
	w.Helper()
	w.update(func(tx *store.Tx) error {
		u, err := tx.Unit(w.ctx, w.memory, id)
		if err != nil {
			return err
		}
		u.Variants[1].Content = tm.Plain(text)
		u.Origin.Changed = step.At
		return tx.SetUnit(w.ctx, u, step)
	})
}

func (w *world) persian(id tm.UnitID) string {
	w.Helper()
	c, _ := must(w.db.Unit(w.ctx, w.memory, id))(w).In(language.Persian)
	return c.Text
}

var unitHistoryTests = []test{
	{"what a unit was is kept, with who changed it and when", func(w *world) {
		u := w.addUnits("Dezful")[0]
		was := w.persian(u.ID)
		w.translate(u.ID, "دزفول", w.unitStep("edit", 2, 0))
		w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, w.memory, u.ID, w.unitStep("delete", 3, 0)) })
		list := must(w.db.UnitVersions(w.ctx, w.memory, u.ID))(w)
		if len(list) != 2 {
			w.Fatalf("%d versions, want 2", len(list))
		}
		first, second := list[1], list[0]
		if c, _ := first.In(language.Persian); c.Text != was || first.Action != "edit" || first.By != "Sara Amini" ||
			!first.At.Equal(after(2)) || first.Version != 1 || first.Deleted {
			w.Errorf("first version %+v, want %q", first, was)
		}
		if c, _ := second.In(language.Persian); c.Text != "دزفول" || second.Action != "delete" || second.Version != 2 {
			w.Errorf("second version %+v", second)
		}
		if got := must(w.db.UnitVersions(w.ctx, w.addMemory("Other"), u.ID))(w); len(got) != 0 {
			w.Errorf("another memory shows %d versions", len(got))
		}
	}},
	{"a change of nothing is no version", func(w *world) {
		u := w.addUnits("Dezful")[0]
		w.update(func(tx *store.Tx) error { return tx.SetUnit(w.ctx, u, w.unitStep("edit", 2, 0)) })
		w.update(func(tx *store.Tx) error { return tx.RestoreUnit(w.ctx, w.memory, u.ID, w.unitStep("restore", 3, 0)) })
		if got := must(w.db.UnitVersions(w.ctx, w.memory, u.ID))(w); len(got) != 0 {
			w.Errorf("%d versions", len(got))
		}
	}},
	{"a version can be restored", func(w *world) {
		u := w.addUnits("Dezful")[0]
		was := w.persian(u.ID)
		w.translate(u.ID, "دزفول", w.unitStep("edit", 2, 0))
		w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, w.memory, u.ID, w.unitStep("delete", 3, 0)) })
		w.update(func(tx *store.Tx) error {
			_, err := tx.RestoreUnitVersion(w.ctx, w.memory, u.ID, 1, w.unitStep("restore", 4, 0))
			return err
		})
		if got := w.persian(u.ID); got != was {
			w.Errorf("restored %q, want %q", got, was)
		}
		w.visibleUnits("Dezful")
	}},
	{"the count of a memory follows every way a unit comes and goes", func(w *world) {
		list := w.addUnits("a", "b", "c")
		w.visibleUnits("a", "b", "c")
		w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, w.memory, list[1].ID, at(1)) })
		w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, w.memory, list[1].ID, at(1)) })
		w.visibleUnits("a", "c")
		batch := w.addBatch("d", "e")
		w.visibleUnits("a", "c")
		w.update(func(tx *store.Tx) error { return tx.FinishBatch(w.ctx, batch) })
		w.visibleUnits("a", "c", "d", "e")
		w.update(func(tx *store.Tx) error { return tx.HideBatch(w.ctx, batch) })
		w.visibleUnits("a", "c")
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.HideBatch(w.ctx, 999) })
		w.update(func(tx *store.Tx) error { return tx.RestoreUnit(w.ctx, w.memory, list[1].ID, at(2)) })
		w.visibleUnits("a", "b", "c")
	}},
	{"a change of many units is undone in portions, but for what was changed since", func(w *world) {
		list := w.addUnits("a", "b", "c", "d", "e")
		change := w.addMemoryChange("replace")
		for _, u := range list[:4] {
			w.translate(u.ID, "نو", w.unitStep("replace", 2, change))
		}
		w.update(func(tx *store.Tx) error {
			return tx.DeleteUnit(w.ctx, w.memory, list[4].ID, w.unitStep("deduplicate", 2, change))
		})
		w.update(func(tx *store.Tx) error { return tx.FinishMemoryChange(w.ctx, change) })
		w.translate(list[2].ID, "نوتر", w.unitStep("edit", 3, 0))
		undo := w.addMemoryChange("undo")
		rounds := 0
		for next := tm.UnitID(0); rounds == 0 || next > 0; rounds++ {
			w.update(func(tx *store.Tx) (err error) {
				next, err = tx.UndoMemoryChange(w.ctx, change, next, 2, w.unitStep("undo", 4, undo))
				return err
			})
		}
		want := []string{"ترجمهٔ a", "ترجمهٔ b", "نوتر", "ترجمهٔ d", "ترجمهٔ e"}
		if diff := cmp.Diff(want, each(list, func(u *tm.Unit) string { return w.persian(u.ID) })); diff != "" || rounds != 3 {
			w.Errorf("%d rounds: %s", rounds, diff)
		}
		w.visibleUnits("a", "b", "c", "d", "e")
		if c := must(w.db.MemoryChange(w.ctx, w.memory, change))(w); !c.Undone || c.Kind != "replace" || c.Account != w.sara {
			w.Errorf("change %+v", c)
		}
		// What was undone can be done again.
		w.update(func(tx *store.Tx) error {
			_, err := tx.UndoMemoryChange(w.ctx, undo, 0, 10, w.unitStep("undo", 5, 0))
			return err
		})
		if got := w.persian(list[0].ID); got != "نو" {
			w.Errorf("done again: %q", got)
		}
		w.visibleUnits("a", "b", "c", "d")
	}},
	{"a change that was cut short is listed apart", func(w *world) {
		done, open := w.addMemoryChange("replace"), w.addMemoryChange("delete")
		w.update(func(tx *store.Tx) error { return tx.FinishMemoryChange(w.ctx, done) })
		id := func(c store.MemoryChange) int64 { return c.ID }
		if diff := cmp.Diff([]int64{done}, each(must(w.db.MemoryChanges(w.ctx, w.memory, 10))(w), id)); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff([]int64{open}, each(must(w.db.OpenMemoryChanges(w.ctx))(w), id)); diff != "" {
			w.Error(diff)
		}
	}},
	{"units are fetched in the order of the ids, nil for what does not show", func(w *world) {
		var sources []string
		for i := range 250 {
			sources = append(sources, fmt.Sprint("Sentence ", i))
		}
		list := w.addUnits(sources...)
		w.addBatch("not yet")
		w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, w.memory, list[7].ID, at(1)) })
		for _, n := range []int{1, 2, 5, 6, 20, 99, 100, 101, 250} {
			ids := make([]tm.UnitID, n+2)
			for i := range ids {
				ids[i] = list[(i*7)%n].ID
			}
			ids[n], ids[n+1] = 9999, list[len(list)-1].ID+1 // gone, and of an open import
			got := must(w.db.Units(w.ctx, ids))(w)
			for i, u := range got {
				want := list[(i*7)%n]
				gone := i >= n || want == list[7]
				if gone != (u == nil) || u != nil && u.ID != ids[i] {
					w.Fatalf("%d of %d: unit %+v for id %d", i, n, u, ids[i])
				}
				if u != nil {
					if diff := cmp.Diff(want, u, tags); diff != "" {
						w.Fatal(diff)
					}
				}
			}
		}
	}},
	{"tags are given, counted, and taken off", func(w *world) {
		list := w.addUnits("a", "b", "c")
		other := w.addMemory("Other")
		var tag int64
		w.update(func(tx *store.Tx) (err error) {
			if tag, err = tx.PutTag(w.ctx, store.Tag{Memory: w.memory, Name: "old"}); err != nil {
				return err
			}
			again, err := tx.PutTag(w.ctx, store.Tag{Memory: w.memory, Name: "old"})
			if again != tag {
				return fmt.Errorf("tag %d put twice is %d", tag, again)
			}
			return err
		})
		foreign := units(other, "x")
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, foreign) })
		ids := []tm.UnitID{list[0].ID, list[2].ID, foreign[0].ID}
		for range 2 {
			w.update(func(tx *store.Tx) error { return tx.TagUnits(w.ctx, tag, ids, true) })
		}
		w.update(func(tx *store.Tx) error { return tx.TagUnits(w.ctx, tag, []tm.UnitID{list[0].ID}, false) })
		want := store.Tag{ID: tag, Memory: w.memory, Name: "old", Units: 1}
		if diff := cmp.Diff([]store.Tag{want}, must(w.db.Tags(w.ctx, w.memory))(w)); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff([]tm.UnitID{list[2].ID}, must(w.db.TaggedUnits(w.ctx, tag, 0, 10))(w)); diff != "" {
			w.Error(diff)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.DeleteTag(w.ctx, other, tag) })
		w.update(func(tx *store.Tx) error { return tx.DeleteTag(w.ctx, w.memory, tag) })
		if f := must(w.db.UnitFacts(w.ctx, list[2].ID))(w); len(f.Tags) != 0 {
			w.Errorf("facts %+v", f)
		}
	}},
	{"units are counted by what they are", func(w *world) {
		list := w.addUnits("a", "b", "c")
		w.addBatch("not yet")
		for n := range 12 {
			w.update(func(tx *store.Tx) error { return tx.UseUnit(w.ctx, list[1].ID, after(n)) })
		}
		w.update(func(tx *store.Tx) error { return tx.UseUnit(w.ctx, 9999, noon) })
		if f := must(w.db.UnitFacts(w.ctx, list[1].ID))(w); f.Used != 12 || !f.LastUsed.Equal(after(11)) {
			w.Errorf("facts %+v", f)
		}
		want := map[store.UnitGroup][]store.UnitCount{
			store.ByLanguages: {{Value: "en fa", Units: 3}},
			store.ByAuthor:    {{Value: "Sara", Units: 3}},
			store.ByState:     {{Value: "translated", Units: 3}},
			store.ByKind:      {{Value: "human", Units: 3}},
			store.ByMonth:     {{Value: "2026-03", Units: 3}},
			store.ByUse:       {{Value: "0", Units: 2}, {Value: "10+", Units: 1}},
		}
		for by, counts := range want {
			if diff := cmp.Diff(counts, must(w.db.CountUnits(w.ctx, w.memory, by))(w)); diff != "" {
				w.Errorf("%s: %s", by, diff)
			}
		}
	}},
}

func (w *world) addMemoryChange(kind string) (id int64) {
	w.Helper()
	w.update(func(tx *store.Tx) (err error) {
		id, err = tx.AddMemoryChange(w.ctx, store.MemoryChange{Memory: w.memory, Kind: kind, Account: w.sara, At: after(2)})
		return err
	})
	return id
}
