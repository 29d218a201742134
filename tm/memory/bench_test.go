package memory

import (
	"bufio"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tarjoman/tm"
)

// parallel calls yield for up to most pairs of real text, or skips.
func parallel(t testing.TB, most int, yield func(i int, source, target string)) {
	t.Helper()
	i := 0
	for _, file := range parallelFiles(t) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(z); lines.Scan() && i < most; {
			source, target, ok := strings.Cut(lines.Text(), "\t")
			if ok {
				i++
				yield(i, source, target)
			}
		}
		f.Close()
	}
	if i < most {
		t.Fatalf("only %d pairs", i)
	}
}

func parallelFiles(t testing.TB) []string {
	t.Helper()
	dir, err := os.Getwd()
	for ; err == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		files, _ := filepath.Glob(filepath.Join(dir, "shared", "data", "parallel", "*.dev.tsv.gz"))
		var list []string
		for _, f := range files {
			if !strings.Contains(f, ".meta.") {
				list = append(list, f)
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	t.Skip("SKIPPED: shared/data/parallel is not beside the project, no real text was tried")
	return nil
}

// fill makes a table of n real units and returns every 50th source as well.
func fill(t testing.TB, n int) (*Table, []string) {
	table := &Table{}
	var queries []string
	parallel(t, n+n/50, func(i int, source, target string) {
		if i%51 == 0 {
			queries = append(queries, source)
			return
		}
		table.Put(unit(tm.UnitID(i), source, target))
	})
	return table, queries
}

func BenchmarkLookup(b *testing.B) {
	table, queries := fill(b, 50_000)
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		table.Lookup(context.Background(), english(queries[i%len(queries)]))
	}
}

func BenchmarkConcordance(b *testing.B) {
	table, _ := fill(b, 50_000)
	for _, text := range []string{"the", "release notes", "قتل عام", "پرونده ها"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				table.Concordance(context.Background(), ConcordanceQuery{From: en, To: fa, Text: text})
			}
		})
	}
}

func BenchmarkPut(b *testing.B) {
	var units []*tm.Unit
	parallel(b, 10_000, func(i int, source, target string) { units = append(units, unit(tm.UnitID(i), source, target)) })
	table := &Table{}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		table.Put(units[i%len(units)])
	}
}
