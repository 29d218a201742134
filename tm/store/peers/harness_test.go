//go:build linux

package peers

import (
	"errors"
	"strings"
	"testing"
	"time"

	"tarjoman/tm/tmtest/corpus"
)

func TestTimes(t *testing.T) {
	var list times
	for i := range 100 {
		list = append(list, time.Duration(100-i))
	}
	if p50, p99, mean := list.percentile(50), list.percentile(99), list.mean(); p50 != 50 || p99 != 99 || mean != 50 {
		t.Errorf("p50 %d, p99 %d, mean %d of 1 to 100", p50, p99, mean)
	}
	if (times{7}).percentile(99) != 7 || (times)(nil).percentile(99) != 0 || (times)(nil).mean() != 0 {
		t.Error("one time or none")
	}
}

func TestJudge(t *testing.T) {
	truth := []hit{{1, 100}, {2, 90}, {3, 80}, {4, 80}, {5, 75}, {6, 71}}
	tests := []struct {
		name       string
		units      []int32
		pairs, top share
	}{
		{"all", []int32{6, 5, 4, 3, 2, 1, 9}, share{6, 6}, share{5, 5}},
		{"the last is missing", []int32{1, 2, 3, 4, 5}, share{5, 6}, share{5, 5}},
		{"one offered twice", []int32{1, 1}, share{1, 6}, share{1, 5}},
		{"one of the best is missing", []int32{1, 3, 4, 5, 6}, share{5, 6}, share{4, 5}},
		{"nothing", nil, share{0, 6}, share{0, 5}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var e entrant
			e.judge(truth, test.units)
			if e.pairs != test.pairs || e.top != test.top {
				t.Errorf("pairs %v, top %v; want %v and %v", e.pairs, e.top, test.pairs, test.top)
			}
		})
	}
}

// TestProduct runs what judges the product on a corpus that needs no network.
func TestProduct(t *testing.T) {
	b := newBed(corpus.Recipe{Units: 2_000, Queries: 200, Seed: 3}.Make(), t.TempDir())
	b.findTruth(threshold)
	p := &product{threshold: threshold}
	if _, err := p.build(b); err != nil {
		t.Fatal(err)
	}
	e := &entrant{peer: p}
	if err := judgeProduct(b, e, p); err != nil {
		t.Fatal(err)
	}
	if e.pairs.whole < 50 || e.pairs.part != e.pairs.whole || e.top.part != e.top.whole {
		t.Errorf("%d of %d pairs, %d of %d of the top five; %s", e.pairs.part, e.pairs.whole, e.top.part, e.top.whole, e.wrong)
	}
}

func TestReport_Missing(t *testing.T) {
	var out strings.Builder
	reportEntrant(&out, &entrant{peer: &lucene{}, failed: missing("Lucene is not installed")}, nil)
	reportEntrant(&out, &entrant{peer: &lucene{}, failed: errors.New("no answer")}, nil)
	for _, want := range []string{"missing: Lucene is not installed", "FAILED: no answer"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q does not say %q", out.String(), want)
		}
	}
}
