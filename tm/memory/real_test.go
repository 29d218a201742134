package memory

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A library is the source of the tests with many units, with what a scan of
// them all needs: their tokens. It is safe for concurrent use.
type library struct {
	mu    sync.Mutex
	units map[tm.UnitID]*tm.Unit
	words map[string]uint32
	rows  map[tm.UnitID]*[2]row // of English and Persian
}

type row struct {
	tokens      []uint32
	sense, bare string
}

func (l *library) Units(_ context.Context, ids []tm.UnitID) ([]*tm.Unit, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := make([]*tm.Unit, len(ids))
	for i, id := range ids {
		list[i] = l.units[id]
	}
	return list, nil
}

func (l *library) put(u *tm.Unit) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.units[u.ID] = u
	l.rows[u.ID] = &[2]row{l.row(lang.For(en), u.Variants[0].Content.Text), l.row(lang.For(fa), u.Variants[1].Content.Text)}
}

func (l *library) row(p *lang.Profile, text string) row {
	r := row{sense: sense(p, text), bare: sense(p, withoutNumbers(text, findNumbers(p, text)))}
	for _, w := range tokenize(p, text) {
		if l.words[w] == 0 {
			l.words[w] = uint32(len(l.words)) + 1
		}
		r.tokens = append(r.tokens, l.words[w])
	}
	return r
}

// possible yields the units that are near a query, by comparing it with every
// one. What [Scan] says of the others is clear: nothing.
func (l *library) possible(side int, text string, threshold int) func(func(*tm.Unit, error) bool) {
	q := l.row([]*lang.Profile{lang.For(en), lang.For(fa)}[side], text)
	var p pattern
	p.set(q.tokens, len(l.words)+1)
	return func(yield func(*tm.Unit, error) bool) {
		for id, rows := range l.rows {
			r := &rows[side]
			x := max(len(q.tokens), len(r.tokens))
			most := mostEdits(x, threshold)
			far := x-min(len(q.tokens), len(r.tokens)) > most || p.distance(r.tokens, most) > most
			if far && r.sense != q.sense && r.bare != q.bare {
				continue
			}
			if !yield(l.units[id], nil) {
				return
			}
		}
	}
}

// TestLookup_RealText compares the index with a scan of 50,000 real units while
// they change. The scan is [Scan] of the units that comparing all tokens leaves.
// The race detector makes it slow; then 8,000 units have to do.
func TestLookup_RealText(t *testing.T) {
	most, queries := 50_000, 500
	if testing.Short() || raceDetector {
		most, queries = 8_000, 200
	}
	r := rand.New(rand.NewPCG(11, 12))
	l := &library{units: map[tm.UnitID]*tm.Unit{}, words: map[string]uint32{}, rows: map[tm.UnitID]*[2]row{}}
	var list []*tm.Unit
	parallel(t, most, func(i int, source, target string) {
		u := unit(tm.UnitID(i), source, target)
		u.Origin.State = tm.State([]string{"", "approved", "draft"}[r.IntN(3)])
		list = append(list, u)
	})
	table := NewTable(l)
	for _, u := range list[:most*9/10] {
		l.put(u)
	}
	err := table.Load(context.Background(), func(yield func(*tm.Unit, error) bool) {
		for _, u := range list[:most*9/10] {
			if !yield(u, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	changes := list[most*9/10:]
	hits := 0
	for i := range queries {
		for range len(changes) / queries {
			old := tm.UnitID(1 + r.IntN(most))
			table.Delete(old)
			delete(l.units, old)
			delete(l.rows, old)
			u := changes[0]
			changes = changes[1:]
			l.put(u)
			table.Put(u)
		}
		if i == queries/2 {
			table = reopen(t, table, l)
		}
		q := realQuery(r, list)
		side := 0
		if q.From == fa {
			side = 1
		}
		want, err := Scan(context.Background(), l.possible(side, q.Source.Text, q.Threshold), q)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, ask(t, table, q), cmp.Comparer(sameTag)); d != "" {
			t.Fatalf("query %d, %q: %s", i, q.Source.Text, d)
		}
		hits += len(want)
	}
	if hits < queries/2 {
		t.Errorf("only %d matches for %d queries", hits, queries)
	}
}

func reopen(t *testing.T, table *Table, s Source) *Table {
	t.Helper()
	var file bytes.Buffer
	if err := table.Save(&file, 1); err != nil {
		t.Fatal(err)
	}
	table, _, err := OpenTable(s, &file)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// realQuery is a sentence of a unit with some words changed.
func realQuery(r *rand.Rand, units []*tm.Unit) Query {
	u, side := units[r.IntN(len(units))], r.IntN(2)
	words := strings.Fields(u.Variants[side].Content.Text)
	for range r.IntN(4) {
		other := strings.Fields(units[r.IntN(len(units))].Variants[side].Content.Text)
		if len(words) > 0 && len(other) > 0 {
			words[r.IntN(len(words))] = other[r.IntN(len(other))]
		}
	}
	q := Query{From: en, To: fa, Source: tm.Plain(strings.Join(words, " ")), Threshold: 50 + r.IntN(40), Limit: 1 + r.IntN(8)}
	if side == 1 {
		q.From, q.To = fa, en
	}
	return q
}

// TestTable_ConcurrentChanges looks up what never changes while other units
// come and go, segments are merged and saved.
func TestTable_ConcurrentChanges(t *testing.T) {
	l := &library{units: map[tm.UnitID]*tm.Unit{}, words: map[string]uint32{}, rows: map[tm.UnitID]*[2]row{}}
	table := NewTable(l)
	put := func(u *tm.Unit) {
		l.put(u)
		table.Put(u)
	}
	for id := range tm.UnitID(300) {
		put(unit(1_000_000+id, fmt.Sprintf("The court heard witness number %d of %s today.", id, strings.Repeat("very ", int(id%7))), "دادگاه"))
	}
	var over atomic.Bool
	var changing, asking sync.WaitGroup
	for w := range tm.UnitID(2) {
		changing.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(w)))
			for range 1500 {
				id := 2*tm.UnitID(r.IntN(1500)) + w
				put(unit(id, fmt.Sprintf("Prices rose by %d percent in the %dth month.", r.IntN(9), id), "بها"))
				table.Delete(2*tm.UnitID(r.IntN(1500)) + w)
			}
		})
	}
	for w := range 2 {
		asking.Go(func() {
			r := rand.New(rand.NewPCG(2, uint64(w)))
			for !over.Load() {
				id := tm.UnitID(r.IntN(300))
				units, _ := l.Units(context.Background(), []tm.UnitID{1_000_000 + id})
				u := units[0]
				got, err := table.Lookup(context.Background(), english(u.Variants[0].Content.Text))
				if err != nil || len(got) == 0 || got[0].Unit.ID != u.ID {
					t.Errorf("unit %d: %v %v", u.ID, err, briefs(got))
					return
				}
				table.Lookup(context.Background(), english("Prices rose by 3 percent in the 4th month."))
				if r.IntN(50) == 0 {
					reopen(t, table, l)
				}
			}
		})
	}
	changing.Wait()
	over.Store(true)
	asking.Wait()
	table.settle()
	if n := len(table.segments); n > 12 {
		t.Errorf("%d segments were left", n)
	}
	if !slices.IsSortedFunc(table.segments, func(a, b *segment) int { return b.live() - a.live() }) {
		t.Error("the segments are not in the order of their sizes")
	}
}
