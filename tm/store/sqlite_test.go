package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// add adds an account, the smallest thing to write.
func add(ctx context.Context, db *store.DB, login string) error {
	return db.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.AddAccount(ctx, store.Account{Login: login, Name: login}, "")
		return err
	})
}

// raw opens the file beside the store, to plant what the store would not.
func raw(t *testing.T, path, pragmas string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?"+pragmas)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func execRaw(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func TestOpen_KeepsWhatWasWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tarjoman.db")
	for i := range 3 {
		db, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := add(t.Context(), db, fmt.Sprint("login", i)); err != nil {
			t.Fatal(err)
		}
		accounts, err := db.Accounts(t.Context())
		if err != nil || len(accounts) != i+1 {
			t.Errorf("opening %d: %d accounts, %v", i, len(accounts), err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOpen_AnyPath(t *testing.T) {
	for _, name := range []string{"plain.db", "with space.db", "سامانه.db", "what?.db", "a#b.db", "100%.db", "a&b=c.db"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			if err := add(t.Context(), openAt(t, path), "sara"); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(path); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestOpen_FolderMissing(t *testing.T) {
	_, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "none", "tarjoman.db"))
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v, want that the folder does not exist", err)
	}
}

func TestOpen_FilesArePrivate(t *testing.T) {
	dir := t.TempDir()
	db := openAt(t, filepath.Join(dir, "tarjoman.db"))
	if err := add(t.Context(), db, "sara"); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), filepath.Join(dir, "backup.db")); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < 3 {
		t.Fatalf("%d files, %v; want the database, its log and the backup", len(entries), err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o, want 600", entry.Name(), mode)
		}
	}
}

func TestOpen_NewerDatabaseIsRefusedUntouched(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "tarjoman.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	plant := raw(t, path, "")
	execRaw(t, plant, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	plant.Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}

	_, err = store.Open(t.Context(), path)
	if tm.CodeOf(err) != "database.newer" || tm.KindOf(err) != tm.Unsupported {
		t.Errorf("error %v, want database.newer", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file changed (%v)", err)
	}
}

func TestOpen_NotADatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tarjoman.db")
	text := bytes.Repeat([]byte("This is a letter, not a database.\n"), 200)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if db, err := store.Open(t.Context(), path); err == nil {
		db.Close()
		t.Error("a letter was opened as a database")
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(text, after) {
		t.Errorf("the letter changed (%v)", err)
	}
}

func TestVersions(t *testing.T) {
	sqlite, schema, err := open(t).Versions(t.Context())
	if err != nil || schema < 1 || !atLeast(sqlite, 3, 51, 3) {
		t.Errorf("SQLite %q, schema %d, %v; want SQLite 3.51.3 or newer (TRUST.md 1)", sqlite, schema, err)
	}
}

func atLeast(version string, want ...int) bool {
	got := make([]int, 3)
	if n, _ := fmt.Sscanf(version, "%d.%d.%d", &got[0], &got[1], &got[2]); n != 3 {
		return false
	}
	for i := range want {
		if got[i] != want[i] {
			return got[i] > want[i]
		}
	}
	return true
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name, pragmas string
		damage        []string
		want          string // in one of the faults; "" for none
	}{
		{"sound", "", nil, ""},
		{"a row refers to nothing", "", []string{
			`INSERT INTO member (project, account, role) VALUES (77, 88, 'viewer')`,
		}, "member"},
		{"an index misses its rows", "_pragma=writable_schema(1)", []string{
			`INSERT INTO account (login, login_key, name, password, created) VALUES ('a', 'a', 'A', '', 1), ('b', 'b', 'B', '', 1)`,
			`INSERT INTO project (name, source_lang, target_lang, settings, created) VALUES ('P', 'en', 'fa', '{}', 1)`,
			`INSERT INTO member (project, account, role) VALUES (1, 1, 'viewer')`,
			`UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'session_account') WHERE name = 'member_account'`,
		}, "member_account"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "tarjoman.db")
			openAt(t, path)
			plant := raw(t, path, test.pragmas)
			plant.SetMaxOpenConns(1)
			for _, statement := range test.damage {
				execRaw(t, plant, statement)
			}
			plant.Close()
			// What was damaged is seen by those who come after.
			faults, err := openAt(t, path).Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			found := strings.Join(faults, "\n")
			if (test.want == "") != (len(faults) == 0) || !strings.Contains(found, test.want) {
				t.Errorf("faults %q, want one about %q", faults, test.want)
			}
		})
	}
}

func TestOriginal_Damaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tarjoman.db")
	db := openAt(t, path)
	var id tm.DocumentID
	err := db.Update(t.Context(), func(tx *store.Tx) error {
		account, err := tx.AddAccount(t.Context(), store.Account{Login: "m", Name: "M"}, "")
		if err != nil {
			return err
		}
		p := store.Project{Name: "P", Source: language.English, Target: language.Persian}
		project, err := tx.AddProject(t.Context(), p, account)
		if err != nil {
			return err
		}
		if id, err = tx.AddDocument(t.Context(), store.Document{Project: project, Name: "a.txt", Format: "txt"}, 0, time.Now()); err != nil {
			return err
		}
		return tx.AddOriginal(t.Context(), id, []byte("what was uploaded"), 0, time.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	execRaw(t, raw(t, path, ""), `UPDATE original SET data = x'00'`)
	if _, err := db.Original(t.Context(), id); tm.CodeOf(err) != "original.damaged" {
		t.Errorf("error %v, want original.damaged", err)
	}
}

func TestBackup_ConsistentWhileWriting(t *testing.T) {
	dir := t.TempDir()
	db := openAt(t, filepath.Join(dir, "tarjoman.db"))
	var acknowledged atomic.Int64
	ctx, stop := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	for writer := range 4 {
		writing.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				// Both names or none: a backup never cuts a change in two.
				err := db.Update(context.Background(), func(tx *store.Tx) error {
					for _, half := range []string{"left", "right"} {
						login := fmt.Sprintf("%s %d %d", half, writer, i)
						if _, err := tx.AddAccount(ctx, store.Account{Login: login, Name: half}, ""); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					t.Error(err)
					return
				}
				acknowledged.Add(2)
			}
		})
	}
	for acknowledged.Load() < 50 {
		time.Sleep(time.Millisecond)
	}
	before := acknowledged.Load()
	path := filepath.Join(dir, "backup.db")
	err := db.Backup(t.Context(), path)
	stop()
	writing.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if extra, _ := filepath.Glob(path + "-*"); len(extra) > 0 {
		t.Errorf("the backup left %v beside it", extra)
	}
	checkHalves(t, openAt(t, path), before)
}

// checkHalves opens the copy as a store of its own.
func checkHalves(t *testing.T, copied *store.DB, atLeast int64) {
	t.Helper()
	if faults, err := copied.Check(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("faults %v, %v", faults, err)
	}
	accounts, err := copied.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	halves := map[string]int64{}
	for _, a := range accounts {
		halves[a.Name]++
	}
	if halves["left"] != halves["right"] || halves["left"]+halves["right"] < atLeast {
		t.Errorf("%v in the backup, want equal halves of at least %d", halves, atLeast)
	}
}

func TestBackup_NeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	db := openAt(t, filepath.Join(dir, "tarjoman.db"))
	path := filepath.Join(dir, "precious.db")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), path); tm.CodeOf(err) != "backup.exists" {
		t.Errorf("error %v, want backup.exists", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "precious" {
		t.Errorf("the file holds %q, %v", data, err)
	}
}

func TestBackup_LeavesNothingBehindWhenItFails(t *testing.T) {
	dir := t.TempDir()
	db := openAt(t, filepath.Join(dir, "tarjoman.db"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(dir, "backup.db")
	if err := db.Backup(ctx, path); err == nil {
		t.Error("a cancelled backup succeeded")
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a failed backup left a file (%v)", err)
	}
}
