package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"tarjoman/tm"
	"tarjoman/tm/store"
	"tarjoman/tm/store/storetest"
)

func TestStore(t *testing.T) { storetest.Run(t, open) }

// open opens an empty database and closes it with the test.
func open(t *testing.T) *store.DB { return openNew(t) }

// openNew is open for benchmarks as well.
func openNew(t testing.TB) *store.DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "tarjoman.db"))
}

func openAt(t testing.TB, path string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestProgress_Percent(t *testing.T) {
	tests := []struct {
		name     string
		progress store.Progress
		want     int
	}{
		{"nothing", store.Progress{}, 0},
		{"by words", store.Progress{
			Segments: map[tm.State]int{tm.New: 9, tm.Approved: 1},
			Words:    map[tm.State]int{tm.New: 10, tm.Approved: 90},
		}, 90},
		{"rounded down, so that 100 means all", store.Progress{
			Segments: map[tm.State]int{tm.New: 1, tm.Approved: 999},
			Words:    map[tm.State]int{tm.New: 1, tm.Approved: 999},
		}, 99},
		{"by segments when there are no words", store.Progress{
			Segments: map[tm.State]int{tm.New: 1, tm.Approved: 3},
		}, 75},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.progress.Percent(tm.Approved); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
