package memory

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/tmtest/corpus"
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

// A bench is a corpus loaded, made once for all benchmarks of a kind.
type bench struct {
	units   []*tm.Unit
	queries []string
	table   *Table
	build   time.Duration // of all threads
}

var benches = map[bool]*bench{}
var benchLock sync.Mutex

// prepare makes the corpus of TARJOMAN_BENCH_UNITS units, 100,000 if not set.
func prepare(b *testing.B, templates bool) *bench {
	b.Helper()
	benchLock.Lock()
	defer benchLock.Unlock()
	if x := benches[templates]; x != nil {
		return x
	}
	recipe, err := corpus.Standard(corpus.Gather(io.Discard))
	if err != nil {
		b.Fatal(err)
	}
	recipe.Templates = templates
	c := recipe.Make()
	x := &bench{table: &Table{}}
	for i, u := range c.Units {
		x.units = append(x.units, unit(tm.UnitID(i+1), u.Source, u.Target))
	}
	for _, q := range c.Queries {
		x.queries = append(x.queries, q.Text)
	}
	began := processTime()
	if err := x.table.Load(context.Background(), func(yield func(*tm.Unit, error) bool) {
		for _, u := range x.units {
			if !yield(u, nil) {
				return
			}
		}
	}); err != nil {
		b.Fatal(err)
	}
	x.build = processTime() - began
	benches[templates] = x
	return x
}

// lookups answers every query and reports the times of the thread.
func (x *bench) lookups(b *testing.B, threshold int) {
	x.time(b, x.queries, func(text string) {
		q := english(text)
		q.Threshold = threshold
		x.table.Lookup(context.Background(), q)
	})
}

func (x *bench) time(b *testing.B, asked []string, answer func(text string)) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	best := make([]time.Duration, len(asked))
	for round := range 4 {
		runtime.GC()
		for i, text := range asked {
			began := threadTime()
			answer(text)
			if took := threadTime() - began; round == 1 || round > 1 && took < best[i] {
				best[i] = took
			}
		}
	}
	for b.Loop() { // the figures are those above
	}
	slices.Sort(best)
	at := func(percent int) float64 { return float64(best[(len(best)-1)*percent/100].Nanoseconds()) / 1e3 }
	b.ReportMetric(at(50), "p50-µs")
	b.ReportMetric(at(95), "p95-µs")
	b.ReportMetric(at(99), "p99-µs")
	b.ReportMetric(float64(best[len(best)-1].Nanoseconds())/1e3, "max-µs")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkLookup(b *testing.B) {
	for _, threshold := range []int{70, 60, 50} {
		b.Run(fmt.Sprint(threshold), func(b *testing.B) { prepare(b, false).lookups(b, threshold) })
	}
	b.Run("templates", func(b *testing.B) { prepare(b, true).lookups(b, 70) })
}

// BenchmarkIndex reports what the index costs.
func BenchmarkIndex(b *testing.B) {
	x := prepare(b, false)
	n := float64(len(x.units))
	size := x.table.Size()
	for b.Loop() {
	}
	b.ReportMetric(float64(size.Bytes)/n, "bytes/unit")
	b.ReportMetric(x.build.Seconds()/n*1e6, "build-s/million")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkPut(b *testing.B) {
	x := prepare(b, false)
	table := &Table{}
	i := 0
	for b.Loop() {
		table.Put(x.units[i%len(x.units)])
		i++
	}
	table.settle()
}

// BenchmarkConcordance looks for phrases of one to four words of the corpus,
// one in ten of them a word of two letters.
func BenchmarkConcordance(b *testing.B) {
	x := prepare(b, false)
	r := rand.New(rand.NewPCG(1, 1))
	var asked []string
	for len(asked) < 400 {
		words := strings.Fields(x.units[r.IntN(len(x.units))].Variants[0].Content.Text)
		n := min(1+r.IntN(4), len(words))
		from := r.IntN(len(words) - n + 1)
		text := strings.Trim(strings.Join(words[from:from+n], " "), ".,;:!?()")
		if len(text) > 1 && (len(asked)%10 > 0 || len(text) == 2) {
			asked = append(asked, text)
		}
	}
	x.time(b, asked, func(text string) {
		x.table.Concordance(context.Background(), ConcordanceQuery{From: en, To: fa, Text: text, Side: tm.SourceSide})
	})
}
