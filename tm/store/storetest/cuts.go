package storetest

import (
	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// cutTests are about segments that people cut, and issues they let be.
var cutTests = []test{
	{"shifting makes room and closes gaps", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.ShiftSegments(w.ctx, w.document, 1, 2, 5) })
		rows := must(w.db.Rows(w.ctx, w.document, -1))(w)
		if diff := cmp.Diff([]int{0, 3, 4}, each(rows, func(r store.Row) int { return r.Index })); diff != "" {
			w.Error(diff)
		}
		changed := must(w.db.Rows(w.ctx, w.document, 4))(w)
		if diff := cmp.Diff(w.segments[1:], each(changed, rowID)); diff != "" {
			w.Error(diff)
		}
		got := must(w.db.RowAt(w.ctx, w.document, 3))(w)
		if got.ID != w.segments[1] {
			w.Errorf("at 3 stands %d", got.ID)
		}
		_, err := w.db.RowAt(w.ctx, w.document, 1)
		w.missing("RowAt", err)
	}},
	{"a decision on an issue is kept, replaced and taken back", func(w *world) {
		d := store.Dismissal{Segment: w.segments[1], Target: "رأی‌گیری", Code: "length", Mark: "target", Reason: "عنوان است"}
		put := func(d store.Dismissal) {
			w.update(func(tx *store.Tx) error { return tx.PutDismissal(w.ctx, d, w.sara, noon) })
		}
		put(d)
		d.Reason = "کوتاه خواسته‌اند"
		put(d)
		want := map[tm.SegmentID][]store.Dismissal{w.segments[1]: {d}}
		for _, segment := range []tm.SegmentID{0, w.segments[1]} {
			if diff := cmp.Diff(want, must(w.db.Dismissals(w.ctx, w.document, segment))(w)); diff != "" {
				w.Error(diff)
			}
		}
		if got := must(w.db.Dismissals(w.ctx, w.document, w.segments[0]))(w); len(got) != 0 {
			w.Errorf("of another segment: %+v", got)
		}
		if got := must(w.db.Dismissals(w.ctx, w.document+1, 0))(w); len(got) != 0 {
			w.Errorf("of another document: %+v", got)
		}
		drop := func(tx *store.Tx) error { return tx.DropDismissal(w.ctx, d.Segment, d.Code, d.Mark) }
		w.update(drop)
		w.refused(tm.NotFound, drop)
	}},
	{"a project keeps its segmentation rules", func(w *world) {
		if got := must(w.db.SRX(w.ctx, w.project))(w); got != "" {
			w.Errorf("a new project has rules %q", got)
		}
		w.update(func(tx *store.Tx) error { return tx.SetSRX(w.ctx, w.project, "<srx/>") })
		if got := must(w.db.SRX(w.ctx, w.project))(w); got != "<srx/>" {
			w.Errorf("rules %q", got)
		}
		_, err := w.db.SRX(w.ctx, 999)
		w.missing("SRX", err)
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetSRX(w.ctx, 999, "") })
	}},
}
