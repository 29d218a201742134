package workbench

import (
	"context"

	"tarjoman/tm"
	"tarjoman/tm/memory"
)

// shownMatches is how many matches a segment is offered.
const shownMatches = 9

// Assist returns the matches, terms and issues of a segment.
func (w *Workbench) Assist(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID) (Assist, error) {
	document, p, err := accessDocument(ctx, w.db, a, d, See)
	if err != nil {
		return Assist{}, err
	}
	row, err := w.db.Row(ctx, d, s)
	if err != nil {
		return Assist{}, err
	}
	c, err := w.checker(ctx, w.db, p, document, s)
	if err != nil {
		return Assist{}, err
	}
	help := Assist{
		Source: row.Source, Target: row.Target,
		Terms: c.terms.hits(p, row.Source.Text), Issues: c.check(row),
	}
	help.Issues = append(help.Issues, w.acrossIssues(ctx, c, document, row, help.Issues)...)
	help.Matches, err = w.offers(ctx, p, row, c.terms)
	return help, err
}

// offers looks a segment up in the memories the project reads. What the segment
// itself gave to the memory is no help for it and is left out.
func (w *Workbench) offers(ctx context.Context, p Project, row Row, terms *compiled) ([]Offer, error) {
	use, names, err := w.reads(ctx, w.db, p.ID)
	if err != nil {
		return nil, err
	}
	previous, next, err := w.db.Neighbours(ctx, row.Document, row.Index)
	if err != nil {
		return nil, err
	}
	own, err := w.ownUnit(ctx, p.ID, row.ID)
	if err != nil {
		return nil, err
	}
	found, err := (&repairing{w.index.lookup, terms}).find(ctx, aged(memory.Query{
		From: p.Source, To: p.Target, Source: row.Source, Previous: previous, Next: next,
		Memories: use, Threshold: p.Settings.Threshold, Limit: shownMatches + 1,
	}, p.Settings, w.now()))
	var list []Offer
	for _, m := range found {
		if m.Unit.ID != own && len(list) < shownMatches {
			list = append(list, Offer{Match: m, MemoryName: names[m.Unit.Memory], Original: originalOf(p, row, m)})
		}
	}
	return list, err
}

// originalOf is what the memory holds for a match whose target was repaired, nil
// for another.
func originalOf(p Project, r Row, m tm.Match) *tm.Content {
	c, ok := m.Unit.In(p.Target)
	if m.Kind != tm.AssembledMatch || !ok || c.Text == m.Target.Text {
		return nil
	}
	c.Codes = nil
	if len(r.Source.Codes) > 0 {
		c = tm.ProjectCodes(r.Source, c.Text)
	}
	return &c
}

func (w *Workbench) ownUnit(ctx context.Context, p tm.ProjectID, s tm.SegmentID) (tm.UnitID, error) {
	m, err := writeMemory(ctx, w.db, p)
	if err != nil || m == 0 {
		return 0, err
	}
	return w.db.SegmentUnit(ctx, m, s)
}
