package workbench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// An indexWorld is a database with one memory, and the index beside it.
type indexWorld struct {
	*testing.T
	ctx context.Context
	dir string
	db  *store.DB
	ix  *unitIndex
}

func newIndexWorld(t *testing.T) *indexWorld {
	w := &indexWorld{T: t, ctx: t.Context(), dir: t.TempDir()}
	w.openDB("a.db")
	w.update(func(tx *store.Tx) error {
		account, err := tx.AddAccount(w.ctx, store.Account{Login: "m", Name: "M"}, "")
		if err != nil {
			return err
		}
		project, err := tx.AddProject(w.ctx, store.Project{Name: "P", Source: language.English, Target: language.Persian}, account)
		if err != nil {
			return err
		}
		_, err = tx.AddMemory(w.ctx, project, "M", time.Now())
		return err
	})
	return w
}

func (w *indexWorld) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *indexWorld) openDB(name string) {
	w.Helper()
	db, err := store.Open(w.ctx, filepath.Join(w.dir, name))
	w.must(err)
	w.db = db
	w.Cleanup(func() { db.Close() })
}

func (w *indexWorld) path() string { return filepath.Join(w.dir, "index-1.bin") }

// start loads the index as a workbench does.
func (w *indexWorld) start() {
	w.Helper()
	w.ix = newUnitIndex(Config{DB: w.db, Index: w.path()}, func(err error) { w.Error(err) })
	w.ix.load(w.ctx)
	w.must(w.ix.err)
}

func (w *indexWorld) stop() {
	w.Helper()
	w.must(w.ix.save(w.ctx))
	w.must(w.db.Close())
}

func (w *indexWorld) update(change func(*store.Tx) error) {
	w.Helper()
	w.must(w.db.Update(w.ctx, change))
}

func (w *indexWorld) add(batch int64, from, n int) []*tm.Unit {
	w.Helper()
	var units []*tm.Unit
	for i := from; i < from+n; i++ {
		units = append(units, &tm.Unit{Memory: 1, Variants: []tm.Variant{
			{Lang: language.English, Content: tm.Plain(fmt.Sprintf("The council of Dezful met about road %s.", number(i)))},
			{Lang: language.Persian, Content: tm.Plain("شورای دزفول دربارهٔ راه " + number(i) + " گرد آمد.")},
		}, Origin: tm.Origin{State: tm.Translated, Kind: tm.Human}})
	}
	w.update(func(tx *store.Tx) error { return tx.AddUnits(w.ctx, batch, units) })
	return units
}

// number spells a number so that it is words.
func number(i int) string {
	s := ""
	for ; i > 0; i /= 10 {
		s = string(rune('a'+i%10)) + s
	}
	return "q" + s
}

// finds looks for the exact texts and lists the numbers of those found.
func (w *indexWorld) finds(numbers ...int) []int {
	w.Helper()
	var found []int
	for _, i := range numbers {
		matches, err := w.ix.lookup(w.ctx, memory.Query{
			From: language.English, To: language.Persian, Limit: 1, Threshold: 100,
			Source:   tm.Plain(fmt.Sprintf("The council of Dezful met about road %s.", number(i))),
			Memories: []memory.Use{{Memory: 1}},
		})
		w.must(err)
		if len(matches) > 0 {
			found = append(found, i)
		}
	}
	return found
}

func (w *indexWorld) want(what string, got []int, want ...int) {
	w.Helper()
	if !slices.Equal(got, want) {
		w.Errorf("%s: found %v, want %v", what, got, want)
	}
}

func (w *indexWorld) state(want IndexState) {
	w.Helper()
	if got, _, err := LookAtIndex(w.ctx, w.db, w.path()); got != want || err != nil {
		w.Errorf("the file is %s, %v; want %s", got, err, want)
	}
}

func TestIndex_FollowsChanges(t *testing.T) {
	w := newIndexWorld(t)
	units := w.add(0, 1, 3)
	w.start()
	w.want("loaded", w.finds(1, 2, 3), 1, 2, 3)
	w.add(0, 4, 1)
	w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, 1, units[0].ID, store.UnitStep{At: time.Now()}) })
	w.want("changed", w.finds(1, 2, 3, 4), 2, 3, 4)
	w.update(func(tx *store.Tx) error { return tx.RestoreUnit(w.ctx, 1, units[0].ID, store.UnitStep{At: time.Now()}) })
	w.want("restored", w.finds(1), 1)
}

func TestIndex_FileIsBroughtUpToDate(t *testing.T) {
	w := newIndexWorld(t)
	units := w.add(0, 1, 5)
	w.state(IndexMissing)
	w.start()
	w.must(w.ix.save(w.ctx))
	w.state(IndexCurrent)
	w.db.WatchUnits(nil) // from here on the index hears of nothing, as after a kill
	w.add(0, 6, 2)
	w.update(func(tx *store.Tx) error { return tx.DeleteUnit(w.ctx, 1, units[1].ID, store.UnitStep{At: time.Now()}) })
	units[2].Variants[0].Content.Text = fmt.Sprintf("The council of Dezful met about road %s.", number(33))
	w.update(func(tx *store.Tx) error { return tx.SetUnit(w.ctx, units[2], store.UnitStep{At: time.Now()}) })
	var batch int64
	w.update(func(tx *store.Tx) (err error) { batch, err = tx.AddBatch(w.ctx, 1); return err })
	w.add(batch, 100, 3000)
	w.update(func(tx *store.Tx) error { return tx.FinishBatch(w.ctx, batch) })
	w.state(IndexBehind)
	w.must(w.db.Close())

	w.openDB("a.db")
	t0, seq, err := openSnapshot(w.ctx, w.db, w.path())
	if t0 == nil || seq == 0 || err != nil {
		t.Fatalf("the file is not used: %v", err)
	}
	w.start()
	w.want("after the start", w.finds(1, 2, 3, 33, 4, 6, 7, 100, 3099), 1, 33, 4, 6, 7, 100, 3099)
	if got := w.ix.table.Load().Len(); got != 5-1+2+3000 {
		t.Errorf("%d units in the index", got)
	}
	w.stop()
}

func TestIndex_FileOfAnotherCopyIsNotUsed(t *testing.T) {
	w := newIndexWorld(t)
	w.add(0, 1, 2)
	w.must(w.db.Backup(w.ctx, filepath.Join(w.dir, "b.db")))
	w.start()
	w.add(0, 3, 2)
	w.stop()

	// The backup goes on in another way, and comes as far.
	w.openDB("b.db")
	w.add(0, 5, 2)
	w.add(0, 7, 2)
	w.state(IndexUseless)
	w.start()
	w.want("restored", w.finds(1, 2, 3, 4, 5, 6, 7, 8), 1, 2, 5, 6, 7, 8)
	w.stop()
}

func TestIndex_DamagedFileIsBuiltAnew(t *testing.T) {
	tests := []struct {
		name   string
		damage func([]byte) []byte
	}{
		{"cut off", func(b []byte) []byte { return b[:len(b)/2] }},
		{"empty", func([]byte) []byte { return nil }},
		{"a byte is another one", func(b []byte) []byte { b[len(b)-20] ^= 0xff; return b }},
		{"no index", func([]byte) []byte { return []byte("a letter, which is no index of anything") }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newIndexWorld(t)
			w.add(0, 1, 3)
			w.start()
			w.stop()
			data, err := os.ReadFile(w.path())
			w.must(err)
			w.must(os.WriteFile(w.path(), test.damage(data), 0o600))
			w.openDB("a.db")
			w.start()
			w.want("built anew", w.finds(1, 2, 3, 4), 1, 2, 3)
			w.stop()
		})
	}
}

func TestIndex_FileIsPrivateAndWhole(t *testing.T) {
	w := newIndexWorld(t)
	w.start()
	w.stop()
	entries, err := filepath.Glob(w.path() + "*")
	w.must(err)
	info, err := os.Stat(w.path())
	w.must(err)
	if info.Mode().Perm() != 0o600 || len(entries) != 1 {
		t.Errorf("mode %o, files %v", info.Mode().Perm(), entries)
	}
}

func TestIndex_AnswersWhileItIsBuilt(t *testing.T) {
	w := newIndexWorld(t)
	w.add(0, 1, 3)
	w.ix = newUnitIndex(Config{DB: w.db}, func(err error) { t.Error(err) })
	w.want("before the index is there", w.finds(1, 2, 3, 4), 1, 2, 3)
	w.ix.scanning <- struct{}{} // somebody else is reading
	go w.ix.load(w.ctx)
	w.want("as soon as it is there", w.finds(1, 4), 1)
}

func TestOpenLookup(t *testing.T) {
	for _, saved := range []bool{false, true} {
		t.Run(fmt.Sprint("saved ", saved), func(t *testing.T) {
			w := newIndexWorld(t)
			w.add(0, 1, 2)
			w.start()
			if saved {
				w.must(w.ix.save(w.ctx))
			}
			w.add(0, 3, 1)
			ask, err := OpenLookup(w.ctx, w.db, w.path())
			w.must(err)
			found, err := ask(w.ctx, memory.Query{
				From: language.English, To: language.Persian, Limit: 9, Threshold: 50,
				Source: tm.Plain("The council of Dezful met about road qa."), Memories: []memory.Use{{Memory: 1}},
			})
			if err != nil || len(found) != 3 {
				t.Errorf("%d matches, %v", len(found), err)
			}
		})
	}
}
