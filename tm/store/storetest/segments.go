package storetest

import (
	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// save confirms a target on top of the segment's current revision.
func (w *world) save(id tm.SegmentID, target string, state tm.State) store.Row {
	w.Helper()
	row := must(w.db.Row(w.ctx, w.document, id))(w)
	row.Target, row.State, row.Author = tm.Plain(target), state, w.sara
	w.update(func(tx *store.Tx) error {
		seq, err := tx.NextSeq(w.ctx, w.document)
		if err != nil {
			return err
		}
		return tx.SetTarget(w.ctx, &row, store.Step{Action: "save", At: after(1), By: w.sara}, seq)
	})
	return row
}

// rowID is the field most tests compare.
func rowID(r store.Row) tm.SegmentID { return r.ID }

var segmentTests = []test{
	{"a segment is read as it was added", func(w *world) {
		row := w.row(3, "New word")
		row.Source.Codes = []tm.Code{{Pos: 4, Kind: tm.Alone, ID: 7, Type: "break", Data: "<br/>"}}
		row.Lead, row.State = "\u00a0", tm.New
		w.update(func(tx *store.Tx) (err error) {
			row.ID, err = tx.AddSegment(w.ctx, row, 4)
			return err
		})
		if diff := cmp.Diff(row, must(w.db.Row(w.ctx, w.document, row.ID))(w)); diff != "" {
			w.Error(diff)
		}
	}},
	{"rows come in order and can be asked for since a change", func(w *world) {
		got := each(must(w.db.Rows(w.ctx, w.document, -1))(w), rowID)
		if diff := cmp.Diff(w.segments, got); diff != "" {
			w.Error(diff)
		}
		w.save(w.segments[2], "گفت‌وگوها از سر گرفته شد.", tm.Draft)
		seq := must(w.db.Seq(w.ctx, w.document))(w)
		w.save(w.segments[1], "رأی‌گیری عقب افتاد.", tm.Draft)
		got = each(must(w.db.Rows(w.ctx, w.document, seq))(w), rowID)
		if diff := cmp.Diff(w.segments[1:2], got); diff != "" {
			w.Error(diff)
		}
	}},
	{"a segment of another document is not found", func(w *world) {
		_, err := w.db.Row(w.ctx, w.document+1, w.segments[0])
		w.missing("Row", err)
		_, err = w.db.Row(w.ctx, w.document, 999)
		w.missing("Row", err)
	}},
	{"repetitions are counted and listed without the one named", func(w *world) {
		rows := must(w.db.Rows(w.ctx, w.document, -1))(w)
		counts := each(rows, func(r store.Row) int { return r.Repetitions })
		if diff := cmp.Diff([]int{1, 0, 1}, counts); diff != "" {
			w.Error(diff)
		}
		got := must(w.db.Repetitions(w.ctx, w.document, rows[0].Key, w.segments[0]))(w)
		if diff := cmp.Diff(w.segments[2:], each(got, rowID)); diff != "" {
			w.Error(diff)
		}
	}},
	{"neighbours are the sources beside, empty at the edges", func(w *world) {
		wants := [][2]string{{"", sources[1]}, {sources[0], sources[2]}, {sources[1], ""}}
		for i, want := range wants {
			previous, next, err := w.db.Neighbours(w.ctx, w.document, i)
			if err != nil || [2]string{previous, next} != want {
				w.Errorf("of %d: %q and %q, %v; want %q", i, previous, next, err, want)
			}
		}
	}},
	{"a segment that is gone is only in the full list, last", testGone},
	{"a target names its author, and counts of issues change no revision", func(w *world) {
		row := w.save(w.segments[0], "گفت‌وگوها دوشنبه از سر گرفته شد.", tm.Translated)
		counted := store.IssueCount{Segment: row.ID, Revision: row.Revision, Errors: 1, Warnings: 2}
		w.update(func(tx *store.Tx) error { return tx.SetIssues(w.ctx, counted, 9) })
		got := must(w.db.Row(w.ctx, w.document, row.ID))(w)
		row.AuthorName, row.Errors, row.Warnings = "Sara Amini", 1, 2
		if diff := cmp.Diff(row, got); diff != "" {
			w.Error(diff)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetIssues(w.ctx, store.IssueCount{Segment: 999}, 1) })
	}},
	{"issues are outdated until they are counted by the last rules", testOutdated},
}

func testGone(w *world) {
	row := must(w.db.Row(w.ctx, w.document, w.segments[0]))(w)
	w.update(func(tx *store.Tx) error { return tx.MoveSegment(w.ctx, row, false, 1) })
	_, err := w.db.Row(w.ctx, w.document, row.ID)
	w.missing("Row", err)
	if diff := cmp.Diff(w.segments[1:], each(must(w.db.Rows(w.ctx, w.document, -1))(w), rowID)); diff != "" {
		w.Error(diff)
	}
	all := each(must(w.db.EveryRow(w.ctx, w.document))(w), rowID)
	if diff := cmp.Diff([]tm.SegmentID{w.segments[1], w.segments[2], w.segments[0]}, all); diff != "" {
		w.Error(diff)
	}
	if n := must(w.db.Row(w.ctx, w.document, w.segments[2]))(w).Repetitions; n != 0 {
		w.Errorf("%d repetitions, want none: the other one is gone", n)
	}
	row.Source, row.Index = tm.Plain("Talks resumed on Monday!"), 5
	w.update(func(tx *store.Tx) error { return tx.MoveSegment(w.ctx, row, true, 2) })
	got := must(w.db.Row(w.ctx, w.document, row.ID))(w)
	if got.Source.Text != row.Source.Text || got.Index != 5 || got.Revision != 0 {
		w.Errorf("back as %+v", got)
	}
	row.ID = 999
	w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.MoveSegment(w.ctx, row, true, 3) })
}

func testOutdated(w *world) {
	outdated := func() []store.Outdated { w.Helper(); return must(w.db.OutdatedIssues(w.ctx, 5))(w) }
	if list := outdated(); len(list) != 0 {
		w.Errorf("a new document: %+v", list)
	}
	w.update(func(tx *store.Tx) error { return tx.OutdateIssues(w.ctx, w.project) })
	first := outdated()
	if diff := cmp.Diff([]store.Outdated{{Document: w.document, Changes: 1}}, first); diff != "" {
		w.Fatal(diff)
	}
	row := w.save(w.segments[0], "گفت‌وگوها از سر گرفته شد.", tm.Translated)
	seq := must(w.db.Seq(w.ctx, w.document))(w)
	w.update(func(tx *store.Tx) error {
		return tx.CountIssues(w.ctx, w.document, []store.IssueCount{
			{Segment: row.ID, Revision: row.Revision, Errors: 2, Warnings: 1},
			{Segment: w.segments[1], Revision: 9, Errors: 5}, // somebody has saved it since
		})
	})
	changed := must(w.db.Rows(w.ctx, w.document, seq))(w)
	if len(changed) != 1 || changed[0].ID != row.ID || changed[0].Errors != 2 || changed[0].Warnings != 1 || changed[0].Revision != row.Revision {
		w.Errorf("counted: %+v", changed)
	}
	w.update(func(tx *store.Tx) error { return tx.OutdateDocument(w.ctx, w.document) })
	w.update(func(tx *store.Tx) error { return tx.IssuesUpdated(w.ctx, first[0]) })
	if list := outdated(); len(list) != 1 || list[0].Changes != 2 {
		w.Errorf("the rules changed while it was counted: %+v", list)
	}
	w.update(func(tx *store.Tx) error { return tx.IssuesUpdated(w.ctx, outdated()[0]) })
	if list := outdated(); len(list) != 0 {
		w.Errorf("after counting: %+v", list)
	}
	w.update(func(tx *store.Tx) error { return tx.OutdateIssues(w.ctx, 0) })
	if list := outdated(); len(list) != 1 {
		w.Errorf("of all projects: %+v", list)
	}
}
