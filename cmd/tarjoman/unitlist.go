package main

import (
	"context"
	"iter"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/memory"
)

// unitList holds the units of files; unit n stands at n-1. It is the source of
// an index of them.
type unitList []*tm.Unit

// loadUnits reads files of units.
func (a *app) loadUnits(ctx context.Context, files []string, source, target language.Tag) (unitList, error) {
	var list unitList
	for u, err := range a.unitsOf(files, source, target) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		list = append(list, u)
	}
	return list, nil
}

// Units makes the list a [memory.Source].
func (l unitList) Units(_ context.Context, ids []tm.UnitID) ([]*tm.Unit, error) {
	units := make([]*tm.Unit, len(ids))
	for i, id := range ids {
		units[i] = l[id-1]
	}
	return units, nil
}

// all are the units in order.
func (l unitList) all() iter.Seq2[*tm.Unit, error] {
	return func(yield func(*tm.Unit, error) bool) {
		for _, u := range l {
			if !yield(u, nil) {
				return
			}
		}
	}
}

// table is an index of the units.
func (l unitList) table(ctx context.Context) (*memory.Table, error) {
	t := memory.NewTable(l)
	return t, t.Load(ctx, l.all())
}
