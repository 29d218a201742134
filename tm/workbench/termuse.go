package workbench

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// FormUse is a term of a concept with how much stands with it.
type FormUse struct {
	Term     tm.Term
	Former   bool // the concept has it no longer
	Segments int
	Units    int
}

// TermUse is where a concept is used.
type TermUse struct {
	Concept         tm.Concept
	Forms           []FormUse // those of the source language first
	Segments, Units int       // with a source term or any form
	Projects        int
	Places          []UsedPlace // segments with the form asked for, at most usedPlaces
	More            bool
}

// UsedPlace is a segment with the places of the concept in its texts.
type UsedPlace struct {
	TermPlace
	InSource, InTarget []memory.Span
}

// usedPlaces bounds the segments that are listed.
const usedPlaces = 100

// UseOfTerm counts where the terms of a concept stand: in the segments with a
// translation of all projects that use its glossary and the actor sees, and in
// the memories they write to. Forms it had once are counted too. With a form the
// segments that have it are listed, without one all.
func (w *Workbench) UseOfTerm(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID, form string) (TermUse, error) {
	home, err := access(ctx, w.db, a, p, See)
	if err != nil {
		return TermUse{}, err
	}
	concept, err := w.Concept(ctx, a, p, id)
	if err != nil {
		return TermUse{}, err
	}
	u := &useCount{w: w, actor: a, form: form, counts: map[formKey]*FormUse{}}
	u.use.Concept = concept
	if err := u.prepare(ctx, home); err != nil {
		return TermUse{}, err
	}
	ids, err := w.db.ProjectsUsing(ctx, concept.Glossary)
	if err != nil {
		return TermUse{}, err
	}
	for _, id := range ids {
		project, err := access(ctx, w.db, a, id, See)
		if tm.KindOf(err) == tm.NotFound && err != nil {
			continue
		}
		if err == nil {
			err = u.project(ctx, project)
		}
		if err != nil {
			return TermUse{}, err
		}
	}
	return u.use, ctx.Err()
}

type formKey struct {
	lang, text string
}

// useCount counts the forms of a concept.
type useCount struct {
	w      *Workbench
	actor  Actor
	form   string
	all    tm.Concept // with the forms it had once
	counts map[formKey]*FormUse
	use    TermUse
	read   map[tm.MemoryID]bool
}

// prepare gathers the forms of the concept, those of the source language first.
func (u *useCount) prepare(ctx context.Context, home Project) error {
	history, err := u.w.db.ConceptHistory(ctx, u.use.Concept.ID)
	if err != nil {
		return err
	}
	u.all, u.read = u.use.Concept, map[tm.MemoryID]bool{}
	u.all.Terms = nil
	add := func(t tm.Term, former bool) {
		key := formKey{t.Lang.String(), t.Text}
		if u.counts[key] != nil {
			return
		}
		u.use.Forms = append(u.use.Forms, FormUse{Term: t, Former: former})
		u.counts[key] = &FormUse{}
		t.Status, t.Case = tm.Preferred, cmp.Or(t.Case, tm.CaseAuto)
		u.all.Terms = append(u.all.Terms, always([]tm.Term{t})...)
	}
	for _, t := range u.use.Concept.Terms {
		add(t, false)
	}
	for _, v := range history {
		for _, t := range v.Concept.Terms {
			add(t, true)
		}
	}
	slices.SortStableFunc(u.use.Forms, func(x, y FormUse) int {
		return cmp.Compare(sideOf(home, x.Term.Lang), sideOf(home, y.Term.Lang))
	})
	for i := range u.use.Forms {
		f := &u.use.Forms[i]
		u.counts[formKey{f.Term.Lang.String(), f.Term.Text}] = f
	}
	return nil
}

func sideOf(p Project, tag language.Tag) int {
	switch baseOf(tag) {
	case baseOf(p.Source):
		return 0
	case baseOf(p.Target):
		return 1
	}
	return 2
}

func (u *useCount) project(ctx context.Context, p Project) error {
	finder := glossary.Compile([]tm.Concept{u.all}, p.Source, p.Target)
	before := u.use.Segments
	err := u.w.db.EachWritten(ctx, p.ID, 0, false, func(s store.Written) error {
		source, target := finder.Find(tm.SourceSide, s.Source.Text), finder.Find(tm.TargetSide, s.Target.Text)
		if u.count(source, target, func(f *FormUse) { f.Segments++ }) {
			u.use.Segments++
			u.list(p, s, source, target)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if u.use.Segments > before {
		u.use.Projects++
	}
	return u.memory(ctx, p, finder)
}

// count adds each form that was hit once; it reports whether any was.
func (u *useCount) count(source, target []glossary.Hit, add func(*FormUse)) bool {
	seen := map[*FormUse]bool{}
	for _, h := range slices.Concat(source, target) {
		if f := u.counts[formKey{h.Term.Lang.String(), h.Term.Text}]; f != nil && !seen[f] {
			seen[f] = true
			add(f)
		}
	}
	return len(seen) > 0
}

func (u *useCount) list(p Project, s store.Written, source, target []glossary.Hit) {
	asked := func(h glossary.Hit) bool { return h.Term.Text == u.form }
	if u.form != "" && !slices.ContainsFunc(source, asked) && !slices.ContainsFunc(target, asked) {
		return
	}
	if len(u.use.Places) == usedPlaces {
		u.use.More = true
		return
	}
	u.use.Places = append(u.use.Places, UsedPlace{TermPlace: TermPlace{
		Project: p.ID, ProjectName: p.Name, Langs: [2]language.Tag{p.Source, p.Target},
		Document: s.Document, DocumentName: s.DocumentName, Segment: s.ID, Number: s.Index + 1,
		Stamp: s.Revision, State: s.State, Source: s.Source, Target: s.Target,
	}, InSource: hitSpans(source), InTarget: hitSpans(target)})
}

func hitSpans(hits []glossary.Hit) []memory.Span {
	var list []memory.Span
	for _, h := range hits {
		if n := len(list); n == 0 || h.From >= list[n-1].To {
			list = append(list, memory.Span{From: h.From, To: h.FullTo})
		}
	}
	return list
}

// memory counts the units of the memory a project writes to, as far as a search
// for the forms finds them.
func (u *useCount) memory(ctx context.Context, p Project, finder *glossary.Glossary) error {
	m, err := writeMemory(ctx, u.w.db, p.ID)
	if err != nil || m == 0 || u.read[m] {
		return err
	}
	u.read[m] = true
	table, err := u.w.memories(ctx)
	if err != nil {
		return err
	}
	seen := map[tm.UnitID]bool{}
	for _, f := range u.use.Forms {
		side := tm.SourceSide
		if sideOf(p, f.Term.Lang) == 1 {
			side = tm.TargetSide
		}
		for _, needle := range needles([]string{f.Term.Text}) {
			r, err := table.Concordance(ctx, memory.ConcordanceQuery{
				From: p.Source, To: p.Target, Text: needle, Side: side, Memories: []tm.MemoryID{m}, Limit: maxTermPlaces,
			})
			if err != nil {
				return err
			}
			for _, h := range r.Hits {
				if seen[h.Unit.ID] {
					continue
				}
				seen[h.Unit.ID] = true
				source, target := finder.Find(tm.SourceSide, h.Source.Text), finder.Find(tm.TargetSide, h.Target.Text)
				if u.count(source, target, func(f *FormUse) { f.Units++ }) {
					u.use.Units++
				}
			}
		}
	}
	return nil
}
