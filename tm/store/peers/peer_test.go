//go:build linux

package peers

import (
	"errors"
	"fmt"
	"time"

	"tarjoman/tm/tmtest/corpus"
)

// A peer is one way to search a memory.
type peer interface {
	name() string
	// build indexes the units and returns what that cost. A [missing] error says
	// what is not installed.
	build(b *bed) (cost, error)
	// find returns the units it offers for a sentence, by their places in the
	// corpus, and the processor time that took. It is called from the goroutine
	// of the benchmark only, which is locked to its thread.
	find(query string) ([]int32, time.Duration, error)
	close()
}

// cost is what an index takes to build and to hold.
type cost struct {
	cpu   time.Duration
	bytes int64
	where string // memory or file
}

// missing says what would have to be installed.
type missing string

func (m missing) Error() string { return string(m) }

// bed is what all peers work on.
type bed struct {
	*corpus.Corpus
	dir   string // temporary
	scan  *scan
	truth [][]hit // by query

	indexes map[string]cost // of SQLite, by tokenizer; peers share them
}

func newBed(c *corpus.Corpus, dir string) *bed {
	return &bed{Corpus: c, dir: dir, scan: newScan(c.Units), indexes: map[string]cost{}}
}

// entrant is a peer in the table.
type entrant struct {
	peer
	cost    cost
	queries int
	best    times // of all rounds, by query
	pairs   share
	top     share
	failed  error
	note    string
	wrong   string // one wrong answer of the product
}

// share is a part of a whole.
type share struct{ part, whole int }

func (s share) String() string {
	if s.whole == 0 {
		return "-"
	}
	if s.part == s.whole {
		return "100 %"
	}
	return fmt.Sprintf("%.1f %%", min(99.9, 100*float64(s.part)/float64(s.whole)))
}

// start builds the peer and finds out how many queries it can answer in budget.
func (e *entrant) start(b *bed, budget time.Duration) {
	if e.cost, e.failed = e.build(b); e.failed != nil {
		return
	}
	const sample = 5
	var sum time.Duration
	for _, q := range b.Queries[:sample] {
		_, d, err := e.find(q.Text)
		if err != nil {
			e.failed = err
			return
		}
		sum += d
	}
	e.queries = int(min(int64(len(b.Queries)), max(10, int64(budget)*sample/int64(sum+1))))
	e.best = make(times, e.queries)
}

// warm answers each query once and takes the recall.
func (e *entrant) warm(b *bed) {
	for i := range e.queries {
		units, _, err := e.find(b.Queries[i].Text)
		if err != nil {
			e.failed = err
			return
		}
		e.judge(b.truth[i], units)
	}
}

// judge adds the answer to one query to the recall.
func (e *entrant) judge(truth []hit, units []int32) {
	score := make(map[int32]int, len(truth))
	for _, h := range truth {
		score[h.unit] = h.score
	}
	var found []hit
	for _, u := range units {
		if s, ok := score[u]; ok {
			found = append(found, hit{u, s})
			delete(score, u) // counts once
		}
	}
	sortHits(found)
	e.pairs.part += len(found)
	e.pairs.whole += len(truth)
	e.top.whole += min(topMost, len(truth))
	e.top.part += sameScores(truth[:min(topMost, len(truth))], found[:min(topMost, len(found))])
}

// sameScores counts the scores that both lists have, both best first.
func sameScores(a, b []hit) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch x, y := a[0].score, b[0].score; {
		case x > y:
			a = a[1:]
		case y > x:
			b = b[1:]
		default:
			a, b = a[1:], b[1:]
			n++
		}
	}
	return n
}

// topMost is how many matches people see.
const topMost = 5

// round times each query once and keeps the best.
func (e *entrant) round(b *bed) {
	for i := range e.queries {
		_, d, err := e.find(b.Queries[i].Text)
		if err != nil {
			e.failed = err
			return
		}
		if e.best[i] == 0 || d < e.best[i] {
			e.best[i] = d
		}
	}
}

// isMissing reports whether the peer could not run because something is not
// installed.
func (e *entrant) isMissing() bool {
	var m missing
	return errors.As(e.failed, &m)
}
