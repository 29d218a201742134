//go:build linux

package peers

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tarjoman/tm/tmtest/corpus"
)

const (
	rounds    = 3
	perRound  = 3 * time.Second // for the queries of one peer; ten are asked at least
	allowance = 1.25            // of the product's process over its thread
)

// BenchmarkPeers prints the tables that compare the memory with its peers. It
// takes minutes: TARJOMAN_BENCH_UNITS is the number of units.
func BenchmarkPeers(b *testing.B) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	recipe, err := corpus.Standard(corpus.Gather(os.Stderr))
	if err != nil {
		b.Fatal(err)
	}
	bed := newBed(recipe.Make(), b.TempDir())
	bed.findTruth(threshold)
	p := &product{threshold: threshold}
	entrants := enter(bed, p)
	for _, e := range entrants {
		defer e.close()
	}
	if err := judgeProduct(bed, entrants[0], p); err != nil {
		b.Fatal(err)
	}
	entrants[0].note = processNote(bed.Queries[:entrants[0].queries], p)
	race(bed, entrants)
	report(os.Stdout, bed, entrants)
	reportConcordance(os.Stdout, bed, concordances(b, bed, p))
	others := trials(b, bed, p, recipe)
	reportTrials(os.Stdout, others)
	fail(b, append(others, entrants...))
	b.ReportMetric(0, "ns/op") // the time of all this says nothing
	b.ReportMetric(float64(entrants[0].best.percentile(50)), "p50-ns/lookup")
	b.ReportMetric(float64(entrants[0].best.percentile(95)), "p95-ns/lookup")
}

// findTruth scans for all queries, on all processors.
func (b *bed) findTruth(least int) {
	b.truth = make([][]hit, len(b.Queries))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			var scratch pattern
			for i := int(next.Add(1)) - 1; i < len(b.truth); i = int(next.Add(1)) - 1 {
				b.truth[i] = b.scan.find(b.Queries[i].Text, least, &scratch)
			}
		})
	}
	workers.Wait()
}

// enter builds all peers; the product is the first.
func enter(b *bed, p *product) []*entrant {
	list := []*entrant{{peer: p}, {peer: &scanner{title: "scan in Go, bit-parallel, length window", scratch: pattern{whole: true}}},
		{peer: &scanner{title: "the same scan, stopping early"}}}
	for _, f := range newFTS5() {
		list = append(list, &entrant{peer: f})
	}
	for _, t := range newTrigrams() {
		list = append(list, &entrant{peer: t})
	}
	list = append(list, &entrant{peer: &lucene{}})
	for _, e := range list {
		fmt.Fprintf(os.Stderr, "Building %s.\n", e.name())
		budget := perRound
		if e == list[0] {
			budget *= 10 // the ratios of all others need its times
		}
		e.start(b, budget)
	}
	return list
}

// race warms all up, then lets them take turns.
func race(b *bed, list []*entrant) {
	for i, e := range list {
		if e.failed == nil && i > 0 { // the product was judged
			e.warm(b)
		}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	for n := range rounds {
		fmt.Fprintf(os.Stderr, "Round %d of %d.\n", n+1, rounds)
		for _, e := range list {
			if e.failed == nil {
				runtime.GC()
				e.round(b)
			}
		}
	}
}

// processNote shows that the product does not work behind the back of the
// thread that is measured.
func processNote(queries []corpus.Query, p *product) string {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC()
	process, thread := processTime(), threadTime()
	for threadTime()-thread < time.Second { // a short time would show what the runtime does
		for _, q := range queries {
			p.lookup(q.Text, topMost)
		}
	}
	process, thread = processTime()-process, threadTime()-thread
	ratio := float64(process) / float64(thread)
	note := fmt.Sprintf("All threads together took %.2f times the thread measured.", ratio)
	if ratio > allowance {
		note += " THE FIGURES OF THE PRODUCT ARE TOO LOW by this factor."
	}
	return note
}

// fail makes the benchmark fail for wrong answers of the product and for peers
// that broke.
func fail(b *testing.B, list []*entrant) {
	for _, e := range list {
		if e.failed != nil && !e.isMissing() {
			b.Errorf("%s: %v", e.name(), e.failed)
		}
		if _, ours := e.peer.(*product); ours && (e.pairs.part != e.pairs.whole || e.top.part != e.top.whole) {
			b.Errorf("%s: recall is %d of %d pairs, %d of %d of the top five; %s",
				e.name(), e.pairs.part, e.pairs.whole, e.top.part, e.top.whole, e.wrong)
		}
	}
}

// scanner is the scan as a peer. The aims were set with one that does not stop
// early.
type scanner struct {
	title   string
	scan    *scan
	scratch pattern
}

func (s *scanner) name() string { return s.title }

func (s *scanner) build(b *bed) (cost, error) {
	cpu := timed(func() { s.scan = newScan(b.Units) })
	return cost{cpu, s.scan.bytes(), "memory"}, nil
}

func (s *scanner) find(query string) (units []int32, cpu time.Duration, err error) {
	var hits []hit
	cpu = timed(func() { hits = s.scan.find(query, threshold, &s.scratch) })
	for _, h := range hits {
		units = append(units, h.unit)
	}
	return units, cpu, nil
}

func (*scanner) close() {}
