package storetest

import (
	"time"

	"bytes"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// trashDocument puts the document into the trash, as of noon.
func (w *world) trashDocument() {
	w.Helper()
	d := must(w.db.Document(w.ctx, w.document))(w)
	d.Deleted, d.Date = noon, day(2025, 1, 2)
	w.update(func(tx *store.Tx) error { return tx.SetDocument(w.ctx, d) })
}

var documentTests = []test{
	{"a document is read as it was added, in lists with its progress", func(w *world) {
		want := store.Document{
			ID: w.document, Project: w.project, Name: "talks.txt", Format: "txt", Charset: "utf-8",
			Bytes: 12, Date: noon.Truncate(24 * time.Hour), Uploaded: noon, By: "مریم راد",
		}
		if diff := cmp.Diff(want, must(w.db.Document(w.ctx, w.document))(w)); diff != "" {
			w.Error(diff)
		}
		want.Progress = store.Progress{Segments: map[tm.State]int{tm.New: 3}, Words: map[tm.State]int{tm.New: 12}}
		if diff := cmp.Diff([]store.Document{want}, must(w.db.Documents(w.ctx, w.project, false))(w)); diff != "" {
			w.Error(diff)
		}
		_, err := w.db.Document(w.ctx, 999)
		w.missing("Document", err)
	}},
	{"documents are listed by name", func(w *world) {
		w.addNamed("b.txt")
		w.addNamed("a.txt")
		got := each(must(w.db.Documents(w.ctx, w.project, false))(w), func(d store.Document) string { return d.Name })
		if diff := cmp.Diff([]string{"a.txt", "b.txt", "talks.txt"}, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"the newest upload is the original, byte for byte", func(w *world) {
		data := []byte{0, 0xFF, 'a', '\r', '\n', 0}
		w.update(func(tx *store.Tx) error { return tx.AddOriginal(w.ctx, w.document, data, w.sara, after(5)) })
		if got := must(w.db.Original(w.ctx, w.document))(w); !bytes.Equal(got, data) {
			w.Errorf("original %q, want %q", got, data)
		}
		d := must(w.db.Document(w.ctx, w.document))(w)
		if d.Bytes != 6 || !d.Uploaded.Equal(after(5)) || d.By != "Sara Amini" {
			w.Errorf("got %+v", d)
		}
		_, err := w.db.Original(w.ctx, 999)
		w.missing("Original", err)
	}},
	{"an empty file is an original too", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.AddOriginal(w.ctx, w.document, []byte{}, w.sara, after(5)) })
		if got := must(w.db.Original(w.ctx, w.document))(w); len(got) != 0 {
			w.Errorf("original %q, want nothing", got)
		}
	}},
	{"a live document is found by its exact name", func(w *world) {
		if got := must(w.db.DocumentByName(w.ctx, w.project, "talks.txt"))(w); got.ID != w.document {
			w.Errorf("found %d", got.ID)
		}
		_, err := w.db.DocumentByName(w.ctx, w.project, "Talks.txt")
		w.missing("another name", err)
		_, err = w.db.DocumentByName(w.ctx, w.otherProject(w.maryam), "talks.txt")
		w.missing("another project", err)
		w.trashDocument()
		_, err = w.db.DocumentByName(w.ctx, w.project, "talks.txt")
		w.missing("a document in the trash", err)
	}},
	{"a document in the trash is listed there only", func(w *world) {
		w.trashDocument()
		if got := must(w.db.Documents(w.ctx, w.project, false))(w); len(got) != 0 {
			w.Errorf("%d live documents", len(got))
		}
		got := must(w.db.Documents(w.ctx, w.project, true))(w)
		if len(got) != 1 || !got[0].Deleted.Equal(noon) || !got[0].Date.Equal(day(2025, 1, 2)) {
			w.Errorf("trash: %+v", got)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetDocument(w.ctx, store.Document{ID: 999}) })
	}},
	{"the change counter only grows, by one", func(w *world) {
		if got := must(w.db.Seq(w.ctx, w.document))(w); got != 0 {
			w.Errorf("begins at %d", got)
		}
		var seqs []int64
		for range 3 {
			w.update(func(tx *store.Tx) error {
				n, err := tx.NextSeq(w.ctx, w.document)
				seqs = append(seqs, n)
				return err
			})
		}
		if diff := cmp.Diff([]int64{1, 2, 3}, seqs); diff != "" || must(w.db.Seq(w.ctx, w.document))(w) != 3 {
			w.Errorf("stands elsewhere %s", diff)
		}
		_, err := w.db.Seq(w.ctx, 999)
		w.missing("Seq", err)
		w.refused(tm.NotFound, func(tx *store.Tx) error {
			_, err := tx.NextSeq(w.ctx, 999)
			return err
		})
	}},
	{"blocks come in order, those that are gone too", func(w *world) {
		w.update(func(tx *store.Tx) error {
			_, err := tx.PutBlock(w.ctx, w.document, store.Block{Key: "h1", Position: 1, Note: "heading", Live: true})
			if err != nil {
				return err
			}
			_, err = tx.PutBlock(w.ctx, w.document, store.Block{ID: w.block, Key: "ignored", Position: 2, Note: "moved"})
			return err
		})
		got := must(w.db.Blocks(w.ctx, w.document))(w)
		got[0].ID, got[1].ID = 0, got[1].ID-w.block
		want := []store.Block{{Key: "h1", Position: 1, Note: "heading", Live: true}, {Key: "p1", Position: 2, Note: "moved"}}
		if diff := cmp.Diff(want, got); diff != "" {
			w.Error(diff)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error {
			_, err := tx.PutBlock(w.ctx, w.document, store.Block{ID: 999})
			return err
		})
	}},
	{"two blocks of a document cannot share a key", func(w *world) {
		err := w.db.Update(w.ctx, func(tx *store.Tx) error {
			_, err := tx.PutBlock(w.ctx, w.document, store.Block{Key: "p1", Live: true})
			return err
		})
		if err == nil {
			w.Error("a second block with the key p1 was taken")
		}
	}},
}

func (w *world) addNamed(name string) {
	w.update(func(tx *store.Tx) error {
		id, err := tx.AddDocument(w.ctx, store.Document{Project: w.project, Name: name, Format: "txt"}, 0, noon)
		if err != nil {
			return err
		}
		return tx.AddOriginal(w.ctx, id, nil, 0, noon) // nil is an empty file
	})
}
