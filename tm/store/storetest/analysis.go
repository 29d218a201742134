package storetest

import (
	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// addAnalysis keeps an analysis of one document.
func (w *world) addAnalysis(name string) store.Analysis {
	a := store.Analysis{
		Project: w.project, Account: w.maryam, At: noon, Memories: []string{"یادها"},
		Documents: []store.Figures{{Document: 7, Name: name, Bands: map[string]store.Count{
			"new": {Segments: 2, Words: 9, Characters: 40, Visible: 33},
		}}},
	}
	w.update(func(tx *store.Tx) (err error) {
		a.ID, err = tx.AddAnalysis(w.ctx, a)
		return err
	})
	return a
}

var analysisTests = []test{
	{"an analysis comes back as it was", func(w *world) {
		want := w.addAnalysis("گزارش.docx")
		got := must(w.db.Analysis(w.ctx, w.project, want.ID))(w)
		want.By = got.By
		if diff := cmp.Diff(want, got); diff != "" || got.By == "" {
			w.Error(diff, got.By)
		}
	}},
	{"analyses are listed, newest first", func(w *world) {
		for _, name := range []string{"1", "2", "3"} {
			w.addAnalysis(name)
		}
		got := each(must(w.db.Analyses(w.ctx, w.project, 2))(w), func(a store.Analysis) string { return a.Documents[0].Name })
		if diff := cmp.Diff([]string{"3", "2"}, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"an analysis of another project is not found", func(w *world) {
		a, other := w.addAnalysis("1"), w.otherProject(w.omid)
		_, err := w.db.Analysis(w.ctx, other, a.ID)
		w.missing("Analysis", err)
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.DeleteAnalysis(w.ctx, other, a.ID) })
	}},
	{"an analysis that is deleted is gone", func(w *world) {
		a := w.addAnalysis("1")
		w.update(func(tx *store.Tx) error { return tx.DeleteAnalysis(w.ctx, w.project, a.ID) })
		_, err := w.db.Analysis(w.ctx, w.project, a.ID)
		w.missing("Analysis", err)
	}},
}
