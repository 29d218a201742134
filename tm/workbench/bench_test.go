package workbench_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format/all"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

// benchOpen is open for benchmarks: a project with one document of n segments.
func benchOpen(b *testing.B, n int) (*workbench.Workbench, workbench.Actor, tm.DocumentID) {
	b.Helper()
	ctx := b.Context()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	db, err := store.Open(ctx, filepath.Join(b.TempDir(), "bench.db"))
	must(err)
	w, err := workbench.Open(ctx, workbench.Config{DB: db, Formats: all.Formats()})
	must(err)
	b.Cleanup(func() {
		w.Close()
		must(db.Close())
	})
	acc, err := w.AddAccountFromConsole(ctx, workbench.Actor{}, workbench.NewAccount{Login: "mina", Password: "forty winks at noon"})
	must(err)
	a := workbench.Actor{Account: acc.ID, Name: acc.Name}
	p, err := w.CreateProject(ctx, a, "Bench", language.English, language.Persian)
	must(err)
	made, err := w.Import(ctx, a, p.ID, workbench.Upload{Name: "long.txt", Data: longText(n)})
	must(err)
	return w, a, made.Document.ID
}

func longText(n int) []byte {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "The council of district %d met on day %d to speak about the water of the river.\n", i%97, i)
	}
	return []byte(s.String())
}

func BenchmarkImport20000(b *testing.B) {
	for range b.N {
		benchOpen(b, 20000)
	}
}

func BenchmarkSegments5000(b *testing.B) {
	w, a, d := benchOpen(b, 5000)
	b.ResetTimer()
	for range b.N {
		rows, _, err := w.Segments(b.Context(), a, d, -1)
		if err != nil || len(rows) != 5000 {
			b.Fatal(len(rows), err)
		}
	}
}

// BenchmarkIssues5000 checks a whole document, as its page of issues does.
func BenchmarkIssues5000(b *testing.B) {
	w, a, d := benchOpen(b, 5000)
	rows, _, err := w.Segments(b.Context(), a, d, -1)
	if err != nil {
		b.Fatal(err)
	}
	for i, r := range rows {
		target := fmt.Sprintf("شورای منطقهٔ %d در روز %d گرد آمد تا دربارهٔ آب رودخانه سخن بگوید.", i%97, i)
		_, err := w.Save(b.Context(), a, d, workbench.Edit{Segment: r.ID, Revision: r.Revision, Target: tm.Plain(target), State: tm.Translated})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	for range b.N {
		if _, err := w.Issues(b.Context(), a, d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSave(b *testing.B) {
	w, a, d := benchOpen(b, 1000)
	rows, _, err := w.Segments(b.Context(), a, d, -1)
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for i := range b.N {
		r := &rows[i%len(rows)]
		saved, err := w.Save(b.Context(), a, d, workbench.Edit{
			Segment: r.ID, Revision: r.Revision, Target: tm.Plain(fmt.Sprintf("شورا در روز %d گرد آمد.", i)), State: tm.Draft})
		if err != nil {
			b.Fatal(err)
		}
		*r = saved.Row
	}
}
