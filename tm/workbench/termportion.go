package workbench

import (
	"context"
	"maps"
	"slices"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// termPortion is a part of an exchange in one transaction.
type termPortion struct {
	*termRun
	ctx       context.Context
	tx        *store.Tx
	using     []tm.ProjectID
	documents map[tm.DocumentID]int64
	memories  map[tm.MemoryID]int64
	touched   map[tm.ProjectID][2]int
	done      TermExchanged
}

// reset forgets what a transaction did that is run again.
func (p *termPortion) reset() {
	p.documents, p.memories = map[tm.DocumentID]int64{}, map[tm.MemoryID]int64{}
	p.touched, p.done = map[tm.ProjectID][2]int{}, TermExchanged{}
}

// keep adds a portion that is stored to the run.
func (p *termPortion) keep() {
	maps.Copy(p.termRun.documents, p.documents)
	maps.Copy(p.termRun.memories, p.memories)
	for id, n := range p.touched {
		sum := p.termRun.touched[id]
		p.termRun.touched[id] = [2]int{sum[0] + n[0], sum[1] + n[1]}
	}
	p.termRun.done.Segments += p.done.Segments
	p.termRun.done.Units += p.done.Units
	p.termRun.done.Skipped += p.done.Skipped
}

func (p *termPortion) apply(chosen []TermChoice) error {
	state, err := p.tx.ConceptState(p.ctx, p.concept.ID)
	if err != nil {
		return err
	}
	if state.Revision != p.revision {
		return tm.NewError(tm.Conflict, "concept.stale", "name", state.Author)
	}
	if p.using, err = p.tx.ProjectsUsing(p.ctx, p.concept.Glossary); err != nil {
		return err
	}
	for _, c := range chosen {
		var done bool
		if c.Document != 0 {
			done, err = p.segment(c)
		} else {
			done, err = p.unit(c)
		}
		if tm.KindOf(err) == tm.NotFound {
			err = nil // gone, or out of reach: the answer is the same
		}
		if err != nil {
			return err
		}
		if !done {
			p.done.Skipped++
		}
	}
	return nil
}

func (p *termPortion) count(project tm.ProjectID, segments, units int) {
	n := p.touched[project]
	p.touched[project] = [2]int{n[0] + segments, n[1] + units}
	p.done.Segments += segments
	p.done.Units += units
}

// segment exchanges the term in a segment.
func (p *termPortion) segment(c TermChoice) (bool, error) {
	e := &edit{w: p.w, ctx: p.ctx, tx: p.tx, actor: p.actor}
	var err error
	if e.doc, e.project, err = accessDocument(p.ctx, p.tx, p.actor, c.Document, Translate); err != nil {
		return false, err
	}
	swap := p.swaps[e.project.ID]
	if e.row, err = p.tx.Row(p.ctx, c.Document, c.Segment); err != nil || swap == nil || !slices.Contains(p.using, e.project.ID) {
		return false, err
	}
	if e.row.Revision != c.Stamp || e.row.State == tm.Approved && !May(e.project, Review) {
		return false, nil
	}
	g, err := p.glossaryOf(p.ctx, p.tx, e.project, e.doc.Date)
	if err != nil {
		return false, err
	}
	fixed, ok := swap.exchange(g, e.row.Source, e.row.Target)
	if !ok {
		return false, nil
	}
	if e.row.Target = fixed.fixed; e.row.State == tm.Approved {
		e.row.State = tm.Translated
	}
	return true, p.write(e)
}

func (p *termPortion) write(e *edit) error {
	change, err := p.documentPart(e.doc.ID)
	if err != nil {
		return err
	}
	if e.seq, err = p.tx.NextSeq(p.ctx, e.doc.ID); err != nil {
		return err
	}
	if _, err := e.write(store.Step{Action: "term", Change: change}); err != nil {
		return err
	}
	p.count(e.project.ID, 1, 0)
	if !confirmed(e.row.State) {
		return nil
	}
	return p.follow(e)
}

// follow gives a segment's new text to the unit it gave to the memory.
func (p *termPortion) follow(e *edit) error {
	m, err := writeMemory(p.ctx, p.tx, e.project.ID)
	if err != nil || m == 0 {
		return err
	}
	id, err := p.tx.SegmentUnit(p.ctx, m, e.row.ID)
	if err != nil || id == 0 {
		return err
	}
	previous, next, err := p.tx.Neighbours(p.ctx, e.doc.ID, e.row.Index)
	if err != nil {
		return err
	}
	change, err := p.memoryPart(m)
	if err != nil {
		return err
	}
	u := unitOf(e.row, e.doc, e.project, previous, next, e.row.AuthorName)
	u.Memory = m
	return p.tx.PutSegmentUnit(p.ctx, e.row.ID, u, p.unitStep(change))
}

func (p *termPortion) unitStep(change int64) store.UnitStep {
	step := p.w.unitStep(p.actor, "term")
	step.Change = change
	return step
}

func (p *termPortion) documentPart(d tm.DocumentID) (int64, error) {
	if id := p.termRun.documents[d]; id != 0 {
		return id, nil
	}
	if id := p.documents[d]; id != 0 {
		return id, nil
	}
	id, err := p.tx.AddTermPart(p.ctx, p.change, store.Change{Document: d, Kind: "term", Account: p.actor.Account}, p.w.now())
	p.documents[d] = id
	return id, err
}

func (p *termPortion) memoryPart(m tm.MemoryID) (int64, error) {
	if id := p.termRun.memories[m]; id != 0 {
		return id, nil
	}
	if id := p.memories[m]; id != 0 {
		return id, nil
	}
	id, err := p.tx.AddTermMemoryPart(p.ctx, p.change, store.MemoryChange{Memory: m, Kind: "term", Account: p.actor.Account, At: p.w.now()})
	p.memories[m] = id
	return id, err
}

// unit changes a unit of a memory as the run says.
func (p *termPortion) unit(c TermChoice) (bool, error) {
	if p.units == UnitsLeave {
		return false, nil
	}
	project, err := access(p.ctx, p.tx, p.actor, c.Project, EditUnits)
	if err != nil || p.swaps[project.ID] == nil || !slices.Contains(p.using, project.ID) {
		return false, err
	}
	m, ok, err := p.writable(p.ctx, p.tx, project)
	if err != nil || !ok || m.ID != c.Memory {
		return false, err
	}
	u, err := p.tx.Unit(p.ctx, m.ID, c.Unit)
	if err != nil {
		return false, err
	}
	place, ok, err := p.unitPlace(p.ctx, p.tx, project, m, u)
	if err != nil || !ok || place.Stamp != c.Stamp {
		return false, err
	}
	change, err := p.memoryPart(m.ID)
	if err != nil {
		return false, err
	}
	p.count(project.ID, 0, 1)
	u.Origin.Changed = p.w.now()
	if p.units == UnitsPenalise {
		u.Penalty = max(u.Penalty, OldTermPoints)
	} else if setTarget(u, project, place.Fixed); u.Origin.State == tm.Approved {
		u.Origin.State = tm.Translated
	}
	return true, p.tx.SetUnit(p.ctx, u, p.unitStep(change))
}

// setTarget replaces the text of a unit in the target language of a project.
func setTarget(u *tm.Unit, p Project, target tm.Content) {
	for i := range u.Variants {
		one := tm.Unit{Variants: u.Variants[i : i+1]}
		if _, ok := one.In(p.Target); ok {
			u.Variants[i].Content = target
			return
		}
	}
}
