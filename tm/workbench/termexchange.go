package workbench

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/lang"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// termReader is what *store.DB and *store.Tx offer to exchange terms.
type termReader interface {
	projectReader
	glossaryReader
	memoryReader
	memoriesReader
	Glossary(context.Context, tm.ProjectID, tm.GlossaryID) (store.Glossary, error)
	Concept(context.Context, tm.ConceptID) (tm.Concept, error)
	ConceptState(context.Context, tm.ConceptID) (store.ConceptState, error)
	ConceptVersion(context.Context, tm.ConceptID, int64) (store.ConceptVersion, error)
	ConceptHistory(context.Context, tm.ConceptID) ([]store.ConceptVersion, error)
	ProjectsUsing(context.Context, tm.GlossaryID) ([]tm.ProjectID, error)
}

// termExchange is one exchange of a term, prepared for all projects it touches.
type termExchange struct {
	w        *Workbench
	actor    Actor
	home     Project
	concept  tm.Concept
	revision int64 // of the concept
	before   tm.Concept
	forms    []string
	projects []Project
	swaps    map[tm.ProjectID]*termSwap
	terms    map[termsOn]*glossary.Glossary
}

type termsOn struct {
	project tm.ProjectID
	day     time.Time
}

// termExchange reads what an exchange is about. The actor may edit terms in the
// project he asks in.
func (w *Workbench) termExchange(ctx context.Context, r termReader, a Actor, p tm.ProjectID, in TermRequest) (*termExchange, error) {
	home, err := access(ctx, r, a, p, EditTerms)
	if err != nil {
		return nil, err
	}
	x := &termExchange{w: w, actor: a, home: home, swaps: map[tm.ProjectID]*termSwap{}, terms: map[termsOn]*glossary.Glossary{}}
	if x.concept, err = r.Concept(ctx, in.Concept); err != nil {
		return nil, err
	}
	if _, err := liveGlossary(ctx, r, p, x.concept.Glossary); err != nil {
		return nil, err
	}
	state, err := r.ConceptState(ctx, in.Concept)
	if err == nil && !state.Deleted.IsZero() {
		err = store.NotFound
	}
	if err != nil {
		return nil, err
	}
	x.revision = state.Revision
	if err := x.readForms(ctx, r, in); err != nil {
		return nil, err
	}
	return x, x.findProjects(ctx, r)
}

// readForms takes the forms asked for that the concept has or had.
func (x *termExchange) readForms(ctx context.Context, r termReader, in TermRequest) error {
	x.before = x.concept
	if in.Since != 0 {
		v, err := r.ConceptVersion(ctx, in.Concept, in.Since)
		if err != nil {
			return err
		}
		x.before = v.Concept
	}
	if len(in.Forms) == 0 {
		return nil
	}
	history, err := r.ConceptHistory(ctx, in.Concept)
	if err != nil {
		return err
	}
	for _, form := range in.Forms {
		has := func(v store.ConceptVersion) bool {
			return slices.ContainsFunc(v.Concept.Terms, func(t tm.Term) bool { return t.Text == form })
		}
		if !slices.ContainsFunc(history, has) {
			return store.NotFound
		}
		x.forms = append(x.forms, form)
	}
	return nil
}

// formsIn lists the forms to exchange in a target language.
func (x *termExchange) formsIn(target language.Tag) []string {
	to := firstPreferred(x.concept, target)
	forms := ChangedForms(x.before, x.concept, target)
	for _, form := range x.forms {
		if !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return slices.DeleteFunc(forms, func(form string) bool { return form == to })
}

// findProjects takes the projects that use the glossary and in which the actor
// may translate, his own first.
func (x *termExchange) findProjects(ctx context.Context, r termReader) error {
	ids, err := r.ProjectsUsing(ctx, x.concept.Glossary)
	if err != nil {
		return err
	}
	slices.SortFunc(ids, func(a, b tm.ProjectID) int {
		if (a == x.home.ID) != (b == x.home.ID) {
			if a == x.home.ID {
				return -1
			}
			return 1
		}
		return int(a - b)
	})
	for _, id := range ids {
		p, err := access(ctx, r, x.actor, id, Translate)
		if kind := tm.KindOf(err); err != nil && kind != tm.NotFound && kind != tm.Forbidden {
			return err
		}
		if err != nil {
			continue
		}
		forms := x.formsIn(p.Target)
		if s, ok := newTermSwap(x.concept, forms, p.Source, p.Target); ok && len(forms) > 0 {
			x.projects = append(x.projects, p)
			x.swaps[p.ID] = s
		}
	}
	return nil
}

// glossaryOf returns the glossary of a project on a day, with the old forms
// forbidden.
func (x *termExchange) glossaryOf(ctx context.Context, r glossaryReader, p Project, day time.Time) (*glossary.Glossary, error) {
	key := termsOn{p.ID, day}
	if g := x.terms[key]; g != nil {
		return g, nil
	}
	terms, err := x.w.terms(ctx, r, p, day)
	if err != nil {
		return nil, err
	}
	x.terms[key] = terms.With([]tm.Concept{x.swaps[p.ID].concept})
	return x.terms[key], nil
}

func (x *termExchange) planSegments(ctx context.Context, p Project, plan *TermPlan) error {
	var found []store.Written
	swap := x.swaps[p.ID]
	err := x.w.db.EachWritten(ctx, p.ID, 0, false, func(s store.Written) error {
		if swap.in(s.Target.Text) {
			found = append(found, s)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range found {
		g, err := x.glossaryOf(ctx, x.w.db, p, s.Date)
		if err != nil {
			return err
		}
		done, ok := swap.exchange(g, s.Source, s.Target)
		if !ok {
			continue
		}
		if len(plan.Segments) == maxTermPlaces {
			plan.More = true
			return nil
		}
		place := TermPlace{
			Project: p.ID, ProjectName: p.Name, Langs: [2]language.Tag{p.Source, p.Target},
			Document: s.Document, DocumentName: s.DocumentName, Segment: s.ID, Number: s.Index + 1,
			Stamp: s.Revision, State: s.State, Source: s.Source, Target: s.Target,
		}
		if s.State == tm.Approved && !May(p, Review) {
			done.doubts = append(done.doubts, DoubtLocked)
		}
		plan.Segments = append(plan.Segments, place.with(done))
	}
	return nil
}

// with completes a place with what it would become.
func (p TermPlace) with(x swapped) TermPlace {
	p.Fixed, p.Doubts = x.fixed, x.doubts
	p.Diff = memory.Diff(lang.For(p.Langs[1]), p.Target.Text, x.fixed.Text)
	return p
}

// planUnits looks through the memory a project writes to. The unit of a segment
// that is listed is not listed again: it follows its segment.
func (x *termExchange) planUnits(ctx context.Context, p Project, plan *TermPlan) error {
	m, ok, err := x.writable(ctx, x.w.db, p)
	if err != nil || !ok || slices.ContainsFunc(plan.Units, func(o TermPlace) bool { return o.Memory == m.ID }) {
		return err
	}
	following := map[tm.UnitID]bool{}
	for _, s := range plan.Segments {
		if s.Project == p.ID && confirmed(s.State) {
			id, err := x.w.db.SegmentUnit(ctx, m.ID, s.Segment)
			if err != nil {
				return err
			}
			following[id] = true
		}
	}
	units, more, err := x.unitsWith(ctx, p, m.ID)
	if err != nil {
		return err
	}
	plan.More = plan.More || more
	for _, u := range units {
		if following[u.ID] || len(plan.Units) == maxTermPlaces {
			continue
		}
		place, ok, err := x.unitPlace(ctx, x.w.db, p, m, u)
		if err != nil {
			return err
		}
		if ok {
			plan.Units = append(plan.Units, place)
		}
	}
	return nil
}

func confirmed(s tm.State) bool { return s == tm.Translated || s == tm.Approved }

// writable returns the memory a project writes to when the actor may edit its
// units.
func (x *termExchange) writable(ctx context.Context, r memoriesReader, p Project) (Memory, bool, error) {
	list, err := r.UsedMemories(ctx, p.ID)
	if err != nil || !May(p, EditUnits) {
		return Memory{}, false, err
	}
	at := slices.IndexFunc(list, func(m Memory) bool { return m.Write && m.Own })
	if at < 0 {
		return Memory{}, false, nil
	}
	return list[at], true, nil
}

// unitsWith finds the units of a memory whose target may have one of the forms,
// by id; more says that there are more than are returned.
func (x *termExchange) unitsWith(ctx context.Context, p Project, m tm.MemoryID) (units []*tm.Unit, more bool, err error) {
	table, err := x.w.memories(ctx)
	if err != nil {
		return nil, false, err
	}
	found := map[tm.UnitID]*tm.Unit{}
	swap := x.swaps[p.ID]
	for _, needle := range needles(x.formsIn(p.Target)) {
		r, err := table.Concordance(ctx, memory.ConcordanceQuery{
			From: p.Source, To: p.Target, Text: needle, Side: tm.TargetSide, Memories: []tm.MemoryID{m}, Limit: maxTermPlaces,
		})
		if err != nil {
			return nil, false, err
		}
		more = more || r.More || r.Total > len(r.Hits)
		for _, h := range r.Hits {
			if swap.in(h.Target.Text) {
				found[h.Unit.ID] = h.Unit
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		units = append(units, found[id])
	}
	return units, more, nil
}

// needles are what forms are searched by: a final silent h falls away before
// some endings («نماینده», «نمایندگان»).
func needles(forms []string) []string {
	var list []string
	for _, form := range forms {
		list = append(list, form)
		if stem := strings.TrimSuffix(form, "ه"); stem != form && len([]rune(stem)) > 2 {
			list = append(list, stem)
		}
	}
	return list
}

// stampReader is what *store.DB and *store.Tx offer to tell versions of units
// apart.
type stampReader interface {
	glossaryReader
	UnitStamp(context.Context, tm.MemoryID, tm.UnitID) (int64, bool, error)
}

func (x *termExchange) unitPlace(ctx context.Context, r stampReader, p Project, m Memory, u *tm.Unit) (place TermPlace, ok bool, err error) {
	source, _ := u.In(p.Source)
	target, _ := u.In(p.Target)
	g, err := x.glossaryOf(ctx, r, p, time.Time{})
	if err != nil {
		return place, false, err
	}
	done, ok := x.swaps[p.ID].exchange(g, source, target)
	if !ok {
		return place, false, nil
	}
	place = TermPlace{
		Project: p.ID, ProjectName: p.Name, Langs: [2]language.Tag{p.Source, p.Target},
		Memory: m.ID, MemoryName: m.Name, Unit: u.ID, State: u.Origin.State, Source: source, Target: target,
	}
	var visible bool
	place.Stamp, visible, err = r.UnitStamp(ctx, m.ID, u.ID)
	return place.with(done), visible, err
}
