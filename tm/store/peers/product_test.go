//go:build linux

package peers

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/tmtest/corpus"
)

// product is our own table.
type product struct {
	title     string
	table     *memory.Table
	threshold int
}

func (p *product) name() string { return "Tarjoman, best 5 explained" + p.title }

func (p *product) build(b *bed) (cost, error) {
	units := make([]*tm.Unit, len(b.Units))
	for i, u := range b.Units {
		units[i] = unitOf(i, u)
	}
	before, start := heap(), processTime()
	p.table = memory.NewTable(source(units))
	err := p.table.Load(context.Background(), source(units).all)
	cpu := processTime() - start
	size := heap() - before
	runtime.KeepAlive(units)
	return cost{cpu, size, "memory"}, err
}

// source gives the table the units it found. In the product that is the
// database, with the latest in memory.
type source []*tm.Unit

func (s source) Units(_ context.Context, ids []tm.UnitID) ([]*tm.Unit, error) {
	list := make([]*tm.Unit, len(ids))
	for i, id := range ids {
		list[i] = s[id-1]
	}
	return list, nil
}

func (s source) all(yield func(*tm.Unit, error) bool) {
	for _, u := range s {
		if !yield(u, nil) {
			return
		}
	}
}

func unitOf(i int, u corpus.Unit) *tm.Unit {
	return &tm.Unit{
		ID: tm.UnitID(i + 1), Memory: 1,
		Variants: []tm.Variant{{Lang: language.English, Content: tm.Content{Text: u.Source}}, {Lang: language.Persian, Content: tm.Content{Text: u.Target}}},
		Origin:   tm.Origin{State: tm.Approved},
	}
}

// heap is what is in use after a collection.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func (p *product) find(query string) (units []int32, cpu time.Duration, err error) {
	var matches []tm.Match
	cpu = timed(func() { matches, err = p.lookup(query, topMost) })
	return placesOf(matches), cpu, err
}

func (p *product) lookup(query string, limit int) ([]tm.Match, error) {
	return p.table.Lookup(context.Background(), memory.Query{
		From: language.English, To: language.Persian, Source: tm.Content{Text: query}, Threshold: p.threshold, Limit: limit,
	})
}

func placesOf(matches []tm.Match) []int32 {
	places := make([]int32, len(matches))
	for i, m := range matches {
		places[i] = placeOf(m.Unit)
	}
	return places
}

func placeOf(u *tm.Unit) int32 { return int32(u.ID) - 1 }

func (*product) close() {}

// judgeProduct takes the product's recall, which find cannot show, as it
// returns five: all its matches hold the truth with the right similarity, and
// the best five are the first of all.
func judgeProduct(b *bed, e *entrant, p *product) error {
	e.pairs, e.top = share{}, share{}
	for i, q := range b.Queries {
		all, err := p.lookup(q.Text, len(b.Units)+1)
		if err != nil {
			return err
		}
		five, err := p.lookup(q.Text, topMost)
		if err != nil {
			return err
		}
		e.judgePairs(q.Text, b, b.truth[i], all)
		e.top.whole += min(topMost, len(all))
		for j := range min(len(five), topMost, len(all)) {
			if five[j].Unit.ID == all[j].Unit.ID {
				e.top.part++
			}
		}
	}
	return nil
}

func (e *entrant) judgePairs(query string, b *bed, truth []hit, all []tm.Match) {
	found := make(map[int32]tm.Match, len(all))
	for _, m := range all {
		found[placeOf(m.Unit)] = m
	}
	e.pairs.whole += len(truth)
	for _, h := range truth {
		m, ok := found[h.unit]
		if ok && (m.Kind != tm.FuzzyMatch || m.Raw == min(99, h.score)) {
			e.pairs.part++
			continue
		}
		e.wrong = fmt.Sprintf("%q has %d %% with %q, not %s %d", query, h.score, b.Units[h.unit].Source, m.Kind, m.Raw)
	}
}
