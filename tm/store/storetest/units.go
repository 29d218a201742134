package storetest

import (
	"errors"
	"fmt"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// never is the zero time: not in the trash.
var never time.Time

// units makes one unit per source text.
func units(memory tm.MemoryID, sources ...string) []*tm.Unit {
	return each(sources, func(source string) *tm.Unit {
		return &tm.Unit{
			Memory: memory,
			Variants: []tm.Variant{
				{Lang: language.English, Content: tm.Plain(source)},
				{Lang: language.Persian, Content: tm.Plain("ترجمهٔ " + source)},
			},
			Origin: tm.Origin{Author: "Sara", Created: noon, Changed: after(1), State: tm.Translated, Kind: tm.Human},
		}
	})
}

// at is a step of nobody in particular, n minutes after noon.
func at(n int) store.UnitStep { return store.UnitStep{Action: "edit", At: after(n)} }

// sourcesIn lists the English texts of the visible units of a memory.
func (w *world) sourcesIn(memory tm.MemoryID) []string {
	w.Helper()
	var got []string
	err := w.db.EachUnit(w.ctx, memory, func(u *tm.Unit) error {
		c, _ := u.In(language.English)
		got = append(got, c.Text)
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	return got
}

var unitTests = []test{
	{"a unit is read as it was added", func(w *world) {
		u := &tm.Unit{
			Memory: w.memory,
			Variants: []tm.Variant{
				{Lang: language.MustParse("en-US"), Content: tm.Content{
					Text:  "A \"quoted\" <word>",
					Codes: []tm.Code{{Pos: 2, Kind: tm.Open, ID: 1, Type: "bold", Data: "<b class=\"x\">"}, {Pos: 10, Kind: tm.Close, ID: 1, Type: "bold", Data: "</b>"}, {Pos: 17, Kind: tm.Alone, ID: 2, Type: "break"}},
				}},
				{Lang: language.Persian, Content: tm.Plain("می‌رود — «نقل»\u2028🙂")},
			},
			Previous: "Before.", Next: "بعد.",
			Origin:  tm.Origin{Author: "مریم", Created: noon, Changed: after(3), Document: "talks.txt", State: tm.Approved, Kind: tm.Aligned},
			Penalty: 7,
			Props:   map[string]string{"x-desk": "سیاسی", "note": "a\nb"},
		}
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, []*tm.Unit{u}) })
		if u.ID == 0 {
			w.Fatal("AddUnits set no id")
		}
		if diff := cmp.Diff(u, must(w.db.Unit(w.ctx, w.memory, u.ID))(w), tags); diff != "" {
			w.Error(diff)
		}
	}},
	{"units come in order of id, counted in lists", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, units(w.memory, "c", "a", "b")) })
		if diff := cmp.Diff([]string{"c", "a", "b"}, w.sourcesIn(w.memory)); diff != "" {
			w.Error(diff)
		}
		if got := must(w.db.Memories(w.ctx, w.project))(w)[0].Units; got != 3 {
			w.Errorf("counted %d units", got)
		}
	}},
	{"many at once are stored as they are, those that differ in languages and state as well", func(w *world) {
		var list []*tm.Unit
		for i := range 330 {
			u := units(w.memory, fmt.Sprintf("Gate %d is \"closed\".\t", i))[0]
			u.Origin.Author, u.Origin.Changed = fmt.Sprint("Editor ", i%7), after(i)
			if i%3 == 0 {
				u.Props = map[string]string{"x-desk": fmt.Sprint(i), "note": "<b>\\</b>"}
			}
			if i >= 120 && i%40 == 0 { // the first hundred are alike
				u.Origin.State, u.Origin.Kind = tm.Draft, tm.Machine
			}
			if i > 250 && i%2 == 0 {
				u.Variants[1].Lang = language.MustParse("fa-AF")
			}
			list = append(list, u)
		}
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, list) })
		var got []*tm.Unit
		if err := w.db.EachUnit(w.ctx, w.memory, func(u *tm.Unit) error { got = append(got, u); return nil }); err != nil {
			w.Fatal(err)
		}
		if diff := cmp.Diff(list, got, tags); diff != "" {
			w.Error(diff)
		}
	}},
	{"an error of the callee stops the walk and is returned", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, units(w.memory, "a", "b", "c")) })
		enough := errors.New("enough")
		calls := 0
		err := w.db.EachUnit(w.ctx, w.memory, func(*tm.Unit) error { calls++; return enough })
		if !errors.Is(err, enough) || calls != 1 {
			w.Errorf("%d calls, error %v", calls, err)
		}
	}},
	{"pages are newest first, with the total", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, units(w.memory, "1", "2", "3", "4", "5")) })
		page, total, err := w.db.UnitPage(w.ctx, w.memory, 1, 2)
		if err != nil {
			w.Fatal(err)
		}
		got := each(page, func(u *tm.Unit) string { return u.Variants[0].Content.Text })
		if diff := cmp.Diff([]string{"4", "3"}, got); diff != "" || total != 5 {
			w.Errorf("total %d %s", total, diff)
		}
	}},
	{"units can be walked in portions", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, units(w.memory, "1", "2", "3")) })
		w.addBatch("not yet")
		var got []string
		for after := tm.UnitID(0); ; {
			page := must(w.db.UnitsAfter(w.ctx, w.memory, after, 2))(w)
			if len(page) == 0 {
				break
			}
			got = append(got, each(page, func(u *tm.Unit) string { return u.Variants[0].Content.Text })...)
			after = page[len(page)-1].ID
		}
		if diff := cmp.Diff([]string{"1", "2", "3"}, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"a unit of another memory is not found", func(w *world) {
		list := units(w.memory, "a")
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, list) })
		other := w.addMemory("Other")
		_, err := w.db.Unit(w.ctx, other, list[0].ID)
		w.missing("Unit", err)
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, other, list[0].ID, at(0)) })
	}},
	{"a unit in the trash is not seen, and comes back", func(w *world) {
		list := units(w.memory, "a", "b")
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, list) })
		w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, w.memory, list[0].ID, at(0)) })
		if diff := cmp.Diff([]string{"b"}, w.sourcesIn(w.memory)); diff != "" {
			w.Error(diff)
		}
		must(w.db.Unit(w.ctx, w.memory, list[0].ID))(w) // by id it can still be read
		w.update(func(tx *store.Tx) error { return tx.RestoreUnit(w.ctx, w.memory, list[0].ID, at(1)) })
		if diff := cmp.Diff([]string{"a", "b"}, w.sourcesIn(w.memory)); diff != "" {
			w.Error(diff)
		}
	}},
	{"texts of a unit are replaced", func(w *world) {
		u := units(w.memory, "Kabul")[0]
		w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, 0, []*tm.Unit{u}) })
		u.Variants[1].Content = tm.Plain("کابل")
		u.Origin.Author, u.Origin.Changed = "Maryam", after(9)
		w.update(func(tx *store.Tx) error { return tx.SetUnit(w.ctx, u, at(9)) })
		if diff := cmp.Diff(u, must(w.db.Unit(w.ctx, w.memory, u.ID))(w), tags); diff != "" {
			w.Error(diff)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetUnit(w.ctx, &tm.Unit{ID: 999}, at(9)) })
	}},
	{"a segment gives a memory one unit, the last confirmed", func(w *world) {
		if got := must(w.db.SegmentUnit(w.ctx, w.memory, w.segments[0]))(w); got != 0 {
			w.Errorf("unit %d before any was given", got)
		}
		first, second := units(w.memory, "Talks resumed.")[0], units(w.memory, "Talks resumed.")[0]
		second.Variants[1].Content = tm.Plain("گفت‌وگوها از سر گرفته شد.")
		second.Origin.Changed, second.Previous = after(5), "Before."
		w.update(func(tx *store.Tx) error { return tx.PutSegmentUnit(w.ctx, w.segments[0], first, at(1)) })
		w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, w.memory, first.ID, at(2)) })
		w.update(func(tx *store.Tx) error { return tx.PutSegmentUnit(w.ctx, w.segments[0], second, at(5)) })
		if second.ID != first.ID || must(w.db.SegmentUnit(w.ctx, w.memory, w.segments[0]))(w) != first.ID {
			w.Errorf("units %d and %d, want the same", first.ID, second.ID)
		}
		page, total, err := w.db.UnitPage(w.ctx, w.memory, 0, 10)
		if err != nil || total != 1 {
			w.Fatalf("%d units, %v", total, err)
		}
		if diff := cmp.Diff(second, page[0], tags); diff != "" {
			w.Error(diff)
		}
	}},
}

var batchTests = []test{
	{"units of an import show once it is ready", func(w *world) {
		batch := w.addBatch("a", "b")
		if got := w.sourcesIn(w.memory); len(got) != 0 {
			w.Errorf("seen before the end: %v", got)
		}
		if _, total, err := w.db.UnitPage(w.ctx, w.memory, 0, 10); err != nil || total != 0 {
			w.Errorf("page counts %d, %v", total, err)
		}
		if got := must(w.db.Memory(w.ctx, w.project, w.memory))(w).Units; got != 0 {
			w.Errorf("list counts %d", got)
		}
		w.update(func(tx *store.Tx) error { return tx.FinishBatch(w.ctx, batch) })
		if diff := cmp.Diff([]string{"a", "b"}, w.sourcesIn(w.memory)); diff != "" {
			w.Error(diff)
		}
		if got := must(w.db.Memory(w.ctx, w.project, w.memory))(w).Units; got != 2 {
			w.Errorf("list counts %d, want 2", got)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.FinishBatch(w.ctx, 999) })
	}},
	{"the importer sees the units of its batch", func(w *world) {
		batch := w.addBatch("a", "b")
		n := 0
		err := w.db.EachUnitOfBatch(w.ctx, batch, func(*tm.Unit) error { n++; return nil })
		if err != nil || n != 2 {
			w.Errorf("%d units, %v", n, err)
		}
	}},
	{"an import left behind is found and removed in portions", func(w *world) {
		ready := w.addBatch("kept")
		w.update(func(tx *store.Tx) error { return tx.FinishBatch(w.ctx, ready) })
		batch := w.addBatch("a", "b", "c", "d", "e")
		if diff := cmp.Diff([]int64{batch}, must(w.db.OpenBatches(w.ctx))(w)); diff != "" {
			w.Error(diff)
		}
		rounds := 0
		for done := false; !done && rounds < 10; rounds++ {
			w.update(func(tx *store.Tx) (err error) {
				done, err = tx.DropBatch(w.ctx, batch, 2)
				return err
			})
		}
		if rounds != 3 {
			w.Errorf("%d rounds of two units for five, want 3", rounds)
		}
		left := 0
		if err := w.db.EachUnitOfBatch(w.ctx, batch, func(*tm.Unit) error { left++; return nil }); err != nil || left != 0 {
			w.Errorf("%d units left, %v", left, err)
		}
		if diff := cmp.Diff([]int64(nil), must(w.db.OpenBatches(w.ctx))(w), cmpopts.EquateEmpty()); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff([]string{"kept"}, w.sourcesIn(w.memory)); diff != "" {
			w.Error(diff)
		}
	}},
	{"dropping an import of exactly the limit needs one more call", func(w *world) {
		batch := w.addBatch("a", "b")
		var done [2]bool
		for i := range done {
			w.update(func(tx *store.Tx) (err error) {
				done[i], err = tx.DropBatch(w.ctx, batch, 2)
				return err
			})
		}
		if done != [2]bool{false, true} {
			w.Errorf("done %v, want [false true]", done)
		}
	}},
	{"a large import keeps its order", func(w *world) {
		var want []string
		for i := range 1000 {
			want = append(want, fmt.Sprintf("Sentence %d.", i))
		}
		batch := w.addBatch(want...)
		w.update(func(tx *store.Tx) error { return tx.FinishBatch(w.ctx, batch) })
		if diff := cmp.Diff(want, w.sourcesIn(w.memory)); diff != "" {
			w.Error(diff)
		}
	}},
}

// addBatch begins an import with units and leaves it open.
func (w *world) addBatch(sources ...string) (batch int64) {
	w.Helper()
	w.update(func(tx *store.Tx) (err error) {
		if batch, err = tx.AddBatch(w.ctx, w.memory); err != nil {
			return err
		}
		return tx.AddUnits(w.ctx, batch, units(w.memory, sources...))
	})
	return batch
}
