package workbench

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// What becomes of the units of a memory when a term is exchanged.
const (
	UnitsFollow   = "follow"   // they get the new form
	UnitsPenalise = "penalise" // they stay, and their matches lose OldTermPoints
	UnitsLeave    = "leave"
)

// OldTermPoints is what matches of a unit lose that keeps a term which was
// exchanged: enough that none of them counts as exact.
const OldTermPoints = 5

// TermChoice names a place of a plan as it was shown.
type TermChoice struct {
	Document tm.DocumentID // 0 for a unit
	Segment  tm.SegmentID
	Project  tm.ProjectID // of a unit
	Memory   tm.MemoryID
	Unit     tm.UnitID
	Stamp    int64
}

// TermExchanged is what an exchange came to.
type TermExchanged struct {
	Change          int64
	Segments, Units int
	Skipped         int // changed by somebody meanwhile, or gone
}

// Choose names every place of a plan that is certain.
func (p TermPlan) Choose() []TermChoice {
	var list []TermChoice
	for _, place := range slices.Concat(p.Segments, p.Units) {
		if place.Certain() {
			list = append(list, place.Choice())
		}
	}
	return list
}

// Choice names the place.
func (p TermPlace) Choice() TermChoice {
	return TermChoice{Document: p.Document, Segment: p.Segment, Project: p.Project, Memory: p.Memory, Unit: p.Unit, Stamp: p.Stamp}
}

// termStep is how many places are changed in one transaction.
const termStep = 50

// ExchangeTerm exchanges forms of a concept in the places chosen, each as far as
// it is still as it was shown, as one change that [Workbench.UndoTerm] takes
// back: all of it is done, or none. Approved segments become translated ones;
// their authors stay. A segment takes the unit it gave to the memory along;
// units says what becomes of the other ones.
func (w *Workbench) ExchangeTerm(ctx context.Context, a Actor, p tm.ProjectID, r TermRequest, chosen []TermChoice, units string) (TermExchanged, error) {
	switch {
	case len(chosen) == 0:
		return TermExchanged{}, tm.NewError(tm.Invalid, "form.none_chosen")
	case len(chosen) > 2*maxTermPlaces:
		return TermExchanged{}, tm.NewError(tm.TooLarge, "term.too_many_places", "limit", 2*maxTermPlaces)
	case units != UnitsFollow && units != UnitsPenalise && units != UnitsLeave:
		return TermExchanged{}, tm.NewError(tm.Invalid, "term.units")
	}
	x, err := w.termExchange(ctx, w.db, a, p, r)
	if err != nil {
		return TermExchanged{}, err
	}
	run := &termRun{termExchange: x, units: units, documents: map[tm.DocumentID]int64{}, memories: map[tm.MemoryID]int64{}, touched: map[tm.ProjectID][2]int{}}
	if err := run.begin(ctx); err != nil {
		return TermExchanged{}, err
	}
	if err := run.all(ctx, chosen); err != nil {
		return TermExchanged{}, run.takeBack(context.WithoutCancel(ctx), err)
	}
	return run.done, nil
}

// termRun carries an exchange out.
type termRun struct {
	*termExchange
	units     string
	change    int64
	documents map[tm.DocumentID]int64 // their parts of the change
	memories  map[tm.MemoryID]int64
	touched   map[tm.ProjectID][2]int // segments and units changed, for the log
	done      TermExchanged
}

func (r *termRun) begin(ctx context.Context) error {
	return r.w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, r.actor, r.home.ID, EditTerms); err != nil {
			return err
		}
		var err error
		r.change, err = tx.AddTermChange(ctx, store.TermChange{Project: r.home.ID, Concept: r.concept.ID, Account: r.actor.Account}, r.w.now())
		r.done.Change = r.change
		return err
	})
}

func (r *termRun) all(ctx context.Context, chosen []TermChoice) error {
	for some := range slices.Chunk(chosen, termStep) {
		p := &termPortion{termRun: r, ctx: ctx}
		err := r.w.db.Update(ctx, func(tx *store.Tx) error {
			p.tx = tx
			p.reset()
			return p.apply(some)
		})
		if err != nil {
			return err
		}
		p.keep()
	}
	return r.w.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.FinishTermChange(ctx, r.change); err != nil {
			return err
		}
		return r.note(ctx, tx, "term.exchange")
	})
}

// note enters an exchange into the log of every project it touched.
func (r *termRun) note(ctx context.Context, tx *store.Tx, event string) error {
	for id, n := range r.touched {
		detail := fmt.Sprintf("%s → %s: %d + %d", strings.Join(r.formsIn(r.home.Target), ", "), firstPreferred(r.concept, r.home.Target), n[0], n[1])
		if err := r.w.audit(ctx, tx, r.actor, id, event, nameOf(r.concept), detail); err != nil {
			return err
		}
	}
	return nil
}

// takeBack undoes what was done when the rest failed.
func (r *termRun) takeBack(ctx context.Context, cause error) error {
	if err := r.w.undoTermParts(ctx, r.actor, r.change); err != nil {
		r.w.report(err)
	}
	return cause
}
