package storetest

import (
	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

var historyTests = []test{
	{"every revision is kept, newest first", func(w *world) {
		w.save(w.segments[0], "گفتگوها از سر گرفته شد.", tm.Draft)
		w.save(w.segments[0], "گفت‌وگوها از سر گرفته شد.", tm.Translated)
		version := func(n int64, text string, state tm.State) store.Version {
			return store.Version{Revision: n, At: after(1), Author: "Sara Amini", Account: w.sara, State: state,
				Action: "save", Target: tm.Plain(text)}
		}
		want := []store.Version{
			version(2, "گفت‌وگوها از سر گرفته شد.", tm.Translated),
			version(1, "گفتگوها از سر گرفته شد.", tm.Draft),
		}
		if diff := cmp.Diff(want, must(w.db.History(w.ctx, w.segments[0]))(w)); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff(want[1], must(w.db.Version(w.ctx, w.segments[0], 1))(w)); diff != "" {
			w.Error(diff)
		}
		_, err := w.db.Version(w.ctx, w.segments[0], 3)
		w.missing("Version", err)
	}},
	{"a version keeps codes, reason and where it was filled from", func(w *world) {
		row := must(w.db.Row(w.ctx, w.document, w.segments[0]))(w)
		row.Target = tm.Content{Text: "ab", Codes: []tm.Code{{Pos: 1, Kind: tm.Alone, ID: 1, Type: "image"}}}
		row.State, row.Filled, row.FilledBy, row.Reason = tm.Rejected, 101, "context", "wrong name"
		step := store.Step{Action: "reject", At: after(2), By: w.maryam, Reason: "wrong name"}
		w.update(func(tx *store.Tx) error { return tx.SetTarget(w.ctx, &row, step, 1) })
		v := must(w.db.Version(w.ctx, row.ID, 1))(w)
		want := store.Version{Revision: 1, At: after(2), Author: "مریم راد", Account: w.maryam, State: tm.Rejected,
			Action: "reject", Target: row.Target, Reason: "wrong name", Filled: 101, FilledBy: "context"}
		if diff := cmp.Diff(want, v); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff(row, must(w.db.Row(w.ctx, w.document, row.ID))(w)); diff != "" {
			w.Error(diff)
		}
	}},
	{"a stale save writes nothing and says so", testStale},
	{"a segment that is gone cannot be saved", func(w *world) {
		row := must(w.db.Row(w.ctx, w.document, w.segments[0]))(w)
		w.update(func(tx *store.Tx) error { return tx.MoveSegment(w.ctx, row, false, 1) })
		row.Target, row.State = tm.Plain("دیر"), tm.Draft
		w.refused(tm.Conflict, func(tx *store.Tx) error {
			return tx.SetTarget(w.ctx, &row, store.Step{Action: "save", At: noon}, 2)
		})
	}},
	{"a change remembers the segments it touched", testChange},
}

func testStale(w *world) {
	old := must(w.db.Row(w.ctx, w.document, w.segments[0]))(w)
	w.save(w.segments[0], "متن تازه", tm.Draft)
	old.Target, old.State = tm.Plain("متن کهنه"), tm.Draft
	err := w.refused(tm.Conflict, func(tx *store.Tx) error {
		return tx.SetTarget(w.ctx, &old, store.Step{Action: "save", At: after(2), By: w.omid}, 2)
	})
	if tm.CodeOf(err) != "segment.stale" || old.Revision != 0 {
		w.Errorf("code %q, revision %d", tm.CodeOf(err), old.Revision)
	}
	if got := must(w.db.Row(w.ctx, w.document, w.segments[0]))(w); got.Target.Text != "متن تازه" || got.Revision != 1 {
		w.Errorf("now %q, revision %d", got.Target.Text, got.Revision)
	}
	if got := must(w.db.History(w.ctx, w.segments[0]))(w); len(got) != 1 {
		w.Errorf("%d versions, want 1", len(got))
	}
}

func testChange(w *world) {
	var id int64
	rows := must(w.db.Rows(w.ctx, w.document, -1))(w)
	w.update(func(tx *store.Tx) (err error) {
		change := store.Change{Document: w.document, Kind: "propagate", Account: w.sara}
		if id, err = tx.AddChange(w.ctx, change, noon); err != nil {
			return err
		}
		for _, row := range []store.Row{rows[0], rows[2]} {
			row.Target, row.State = tm.Plain("یکسان"), tm.Draft
			if err = tx.SetTarget(w.ctx, &row, store.Step{Action: "propagate", At: noon, Change: id}, 1); err != nil {
				return err
			}
		}
		return nil
	})
	want := map[tm.SegmentID]int64{w.segments[0]: 1, w.segments[2]: 1}
	if diff := cmp.Diff(want, must(w.db.Changed(w.ctx, id))(w)); diff != "" {
		w.Error(diff)
	}
	w.update(func(tx *store.Tx) error { return tx.MarkUndone(w.ctx, id) })
	wantChange := store.Change{ID: id, Document: w.document, Kind: "propagate", Account: w.sara, Undone: true}
	if diff := cmp.Diff(wantChange, must(w.db.Change(w.ctx, w.document, id))(w)); diff != "" {
		w.Error(diff)
	}
	_, err := w.db.Change(w.ctx, w.document+1, id)
	w.missing("change of another document", err)
	w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.MarkUndone(w.ctx, 999) })
}
