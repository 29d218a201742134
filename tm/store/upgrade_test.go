package store_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"
	"golang.org/x/text/language"

	"tarjoman/migrations"
	"tarjoman/tm"
	"tarjoman/tm/store"
)

// released opens a database as the first release made it.
func released(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tarjoman.db")
	db := raw(t, path, "_pragma=foreign_keys(1)")
	p, err := goose.NewProvider(goose.DialectSQLite3, db, migrations.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		execRaw(t, db, s)
	}
	db.Close()
	return path
}

func TestUpgrade_TermsAndDocumentsAreCarriedOver(t *testing.T) {
	db := openAt(t, released(t,
		`INSERT INTO account (id, login, login_key, name, password, created) VALUES (1, 'sara', 'sara', 'Sara', '', 1)`,
		`INSERT INTO project (id, name, source_lang, target_lang, settings, created) VALUES (1, 'News', 'en', 'fa', '{}', 1)`,
		`INSERT INTO glossary (id, name, home, created) VALUES (1, 'Names', 1, 1)`,
		`INSERT INTO concept (id, glossary, type, note, changed, account) VALUES (7, 1, 'place', 'a "quoted" note', 86400000000, 1)`,
		`INSERT INTO concept (id, glossary, type, changed, deleted) VALUES (8, 1, 'term', 1, 2)`,
		`INSERT INTO term VALUES (7, 0, 'en', 'Dezful', 'preferred', 'auto', 'noun'), (7, 1, 'fa', 'دزفول', 'preferred', 'auto', ''), (8, 0, 'en', 'gone', 'preferred', 'auto', '')`,
		`INSERT INTO document (id, project, name, format, created) VALUES (1, 1, 'a.txt', 'txt', 86400000000 * 20000 + 12345)`,
		`INSERT INTO original (document, sha256, size, created, data) VALUES (1, '', 0, 1, x'')`,
	))
	ctx := t.Context()
	want := tm.Concept{ID: 7, Glossary: 1, Type: tm.Place, Note: `a "quoted" note`, Terms: []tm.Term{
		{Lang: language.English, Text: "Dezful", Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun"},
		{Lang: language.Persian, Text: "دزفول", Status: tm.Preferred, Case: tm.CaseAuto},
	}}
	sameTag := cmp.Comparer(func(a, b language.Tag) bool { return a == b })
	list, total, err := db.FindConcepts(ctx, 1, store.ConceptQuery{Text: "دزفول", Langs: []language.Tag{language.Persian}, Limit: 5})
	if err != nil || total != 1 {
		t.Fatalf("%d concepts found, %v", total, err)
	}
	if diff := cmp.Diff([]tm.Concept{want}, list, sameTag); diff != "" {
		t.Error(diff)
	}
	history, err := db.ConceptHistory(ctx, 7)
	if err != nil || len(history) != 1 {
		t.Fatalf("%d versions, %v", len(history), err)
	}
	if diff := cmp.Diff(want, history[0].Concept, sameTag); diff != "" || history[0].Author != "Sara" || history[0].Action != "add" {
		t.Errorf("first version %+v: %s", history[0], diff)
	}
	d, err := db.Document(ctx, 1)
	if err != nil || d.Date.UnixMicro() != 86400000000*20000 {
		t.Errorf("document of %v, %v; want the day of the upload", d.Date, err)
	}
	if faults, err := db.Check(ctx); err != nil || len(faults) > 0 {
		t.Errorf("faults %v, %v", faults, err)
	}
}
