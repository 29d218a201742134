// Package storetest is the executable contract of the store: what every engine
// behind [store.DB] promises. An engine's test is a call of [Run] with a way to
// open an empty database.
//
// A subtest opens a database of its own and plays in a [world], a small
// newsroom with a project, a memory, a glossary and a document. Callbacks of
// Update run in the writer's goroutine, so they return their errors and never
// fail the test themselves.
package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// Run checks the contract against databases that open returns. Each is empty
// and migrated; open closes it when its test ends.
func Run(t *testing.T, open func(t *testing.T) *store.DB) {
	groups := []struct {
		name  string
		tests []test
	}{
		{"accounts", accountTests},
		{"sessions", sessionTests},
		{"projects", projectTests},
		{"memories", memoryTests},
		{"units", unitTests},
		{"batches", batchTests},
		{"unit history", unitHistoryTests},
		{"journal", journalTests},
		{"glossaries", glossaryTests},
		{"concepts", conceptTests},
		{"proposals", proposalTests},
		{"exceptions", exceptionTests},
		{"documents", documentTests},
		{"segments", segmentTests},
		{"cuts", cutTests},
		{"history", historyTests},
		{"jobs", jobTests},
		{"analyses", analysisTests},
		{"writer", writerTests},
		{"concurrency", concurrencyTests},
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			for _, c := range g.tests {
				t.Run(c.name, func(t *testing.T) { c.run(newWorld(t, open(t))) })
			}
		})
	}
}

// test is one promise.
type test struct {
	name string
	run  func(w *world)
}

// noon is when the world begins. Engines keep times to the microsecond.
var noon = time.Date(2026, time.March, 20, 12, 0, 0, 123_456_000, time.UTC)

// after returns a moment n minutes later.
func after(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }

// A world is a database with a project that Maryam manages and Sara translates
// for. Omid has an account and no project.
type world struct {
	*testing.T
	ctx                context.Context
	db                 *store.DB
	maryam, sara, omid tm.AccountID
	project            tm.ProjectID
	memory             tm.MemoryID
	glossary           tm.GlossaryID
	document           tm.DocumentID
	block              tm.BlockID
	segments           []tm.SegmentID // sources below
}

// sources are the sentences of the document; the first and last are a
// repetition.
var sources = []string{"Talks resumed on Monday.", "The vote was postponed.", "Talks resumed on Monday."}

func newWorld(t *testing.T, db *store.DB) *world {
	w := &world{T: t, ctx: t.Context(), db: db}
	w.update(func(tx *store.Tx) (err error) {
		if err = w.addPeople(tx); err != nil {
			return err
		}
		return w.addProject(tx)
	})
	w.update(w.addDocument)
	return w
}

func (w *world) addPeople(tx *store.Tx) (err error) {
	people := []struct {
		id          *tm.AccountID
		login, name string
		admin       bool
	}{
		{&w.maryam, "maryam", "مریم راد", true},
		{&w.sara, "Sara", "Sara Amini", false},
		{&w.omid, "omid", "Omid K.", false},
	}
	for _, p := range people {
		account := store.Account{Login: p.login, Name: p.name, Admin: p.admin, Locale: "fa", Created: noon}
		if *p.id, err = tx.AddAccount(w.ctx, account, "hash of "+p.login); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) addProject(tx *store.Tx) (err error) {
	p := store.Project{Name: "Newsroom", Source: language.English, Target: language.Persian, Created: noon}
	if w.project, err = tx.AddProject(w.ctx, p, w.maryam); err != nil {
		return err
	}
	if err = tx.SetMember(w.ctx, w.project, w.sara, store.Translator); err != nil {
		return err
	}
	if w.memory, err = tx.AddMemory(w.ctx, w.project, "Newsroom", noon); err != nil {
		return err
	}
	w.glossary, err = tx.AddGlossary(w.ctx, w.project, "Names", noon)
	return err
}

func (w *world) addDocument(tx *store.Tx) (err error) {
	d := store.Document{Project: w.project, Name: "talks.txt", Format: "txt", Charset: "utf-8"}
	if w.document, err = tx.AddDocument(w.ctx, d, w.maryam, noon); err != nil {
		return err
	}
	if err = tx.AddOriginal(w.ctx, w.document, []byte("first upload"), w.maryam, noon); err != nil {
		return err
	}
	if w.block, err = tx.PutBlock(w.ctx, w.document, store.Block{Key: "p1", Live: true}); err != nil {
		return err
	}
	for i, source := range sources {
		id, err := tx.AddSegment(w.ctx, w.row(i, source), 0)
		if err != nil {
			return err
		}
		w.segments = append(w.segments, id)
	}
	return nil
}

func (w *world) row(index int, source string) store.Row {
	r := store.Row{Key: "key of " + source, Words: 4}
	r.Document, r.Block, r.Index, r.Source, r.Trail = w.document, w.block, index, tm.Plain(source), " "
	return r
}

// update makes a change that must succeed.
func (w *world) update(apply func(*store.Tx) error) {
	w.Helper()
	if err := w.db.Update(w.ctx, apply); err != nil {
		w.Fatalf("Update: %v", err)
	}
}

// refused makes a change that must fail with the kind of error, and returns it.
func (w *world) refused(kind tm.ErrorKind, apply func(*store.Tx) error) error {
	w.Helper()
	err := w.db.Update(w.ctx, apply)
	if err == nil || tm.KindOf(err) != kind {
		w.Fatalf("Update: error %v, want one of kind %d", err, kind)
	}
	return err
}

// missing checks that a look-up found nothing.
func (w *world) missing(what string, err error) {
	w.Helper()
	if !errors.Is(err, store.NotFound) {
		w.Errorf("%s: error %v, want NotFound", what, err)
	}
}

// must returns the value of a call that must succeed: must(db.Account(…))(w).
func must[T any](v T, err error) func(w *world) T {
	return func(w *world) T {
		w.Helper()
		if err != nil {
			w.Fatal(err)
		}
		return v
	}
}

// each maps a list, so that tests can compare the one field they care about.
func each[T, U any](list []T, of func(T) U) []U {
	var out []U
	for _, v := range list {
		out = append(out, of(v))
	}
	return out
}
