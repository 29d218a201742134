package workbench

import (
	"context"

	"tarjoman/tm"
	"tarjoman/tm/memory"
)

// A Fragment is a phrase of a segment's source with its probable translations.
type Fragment struct {
	memory.Fragment
	Memories []string // by translation: the name of the memory of its first unit
}

// Fragments returns the phrases of a segment that the memories of its project
// hold, for where no match is near enough. It waits for the index. Nothing is
// ever filled in from fragments without a person.
func (w *Workbench) Fragments(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID) (Row, []Fragment, error) {
	_, p, err := accessDocument(ctx, w.db, a, d, See)
	if err != nil {
		return Row{}, nil, err
	}
	row, err := w.db.Row(ctx, d, s)
	if err != nil {
		return Row{}, nil, err
	}
	use, names, err := w.reads(ctx, w.db, p.ID)
	if err != nil {
		return Row{}, nil, err
	}
	own, err := w.ownUnit(ctx, p.ID, row.ID)
	if err != nil {
		return Row{}, nil, err
	}
	table, err := w.memories(ctx)
	if err != nil {
		return Row{}, nil, err
	}
	found, err := table.Fragments(ctx, memory.FragmentQuery{
		From: p.Source, To: p.Target, Source: row.Source, Memories: use, Except: own,
	})
	list := make([]Fragment, len(found))
	for i, f := range found {
		list[i] = Fragment{Fragment: f}
		for _, t := range f.Translations {
			list[i].Memories = append(list[i].Memories, names[t.Units[0].Memory])
		}
	}
	return row, list, err
}
