package workbench

import (
	"context"
	"slices"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// NameMerge makes one concept of spellings and renderings.
type NameMerge struct {
	Glossary  tm.GlossaryID  // of a new concept
	Concepts  []tm.ConceptID // that are extended: the first one takes the others in
	Type      tm.TermType
	Names     []string // in the source language; the first is the preferred one of a new concept
	Preferred string   // in the target language
	Others    []string // the other renderings
	Status    tm.TermStatus
}

// NamesMerged is what a merge of names came to: a concept, or a proposal of one
// when the actor may not edit terms.
type NamesMerged struct {
	Concept  tm.Concept
	Change   int64 // for [Workbench.UndoGlossary]
	Since    int64 // revision of the concept before; 0 for a new one
	Proposal int64
}

// MergeNames adds spellings and renderings to one concept, new or old, in one
// step that [Workbench.UndoGlossary] takes back.
func (w *Workbench) MergeNames(ctx context.Context, a Actor, p tm.ProjectID, m NameMerge) (NamesMerged, error) {
	if m.Status != tm.Admitted && m.Status != tm.ForbiddenTerm || strings.TrimSpace(m.Preferred) == "" || len(m.Names) == 0 {
		return NamesMerged{}, tm.NewError(tm.Invalid, "name.incomplete")
	}
	if len(m.Concepts) > maxMerge {
		return NamesMerged{}, tm.NewError(tm.Invalid, "concept.merge_few", "limit", maxMerge)
	}
	project, err := access(ctx, w.db, a, p, ProposeTerms)
	if err != nil {
		return NamesMerged{}, err
	}
	if !May(project, EditTerms) {
		return w.proposeNames(ctx, a, project, m)
	}
	var merged NamesMerged
	err = w.changeConcepts(ctx, a, p, "name.merge", func(tx *store.Tx) (conceptDelta, error) {
		u := &union{w: w, ctx: ctx, tx: tx, actor: a, project: p}
		var err error
		merged, err = u.names(project, m)
		d := saved(merged.Concept)
		if len(m.Concepts) > 1 {
			d.remove = m.Concepts[1:]
		}
		return d, err
	})
	return merged, err
}

// names is the merge of names as part of a transaction.
func (m *union) names(p Project, in NameMerge) (merged NamesMerged, err error) {
	into, others, err := m.bases(in)
	if err != nil {
		return merged, err
	}
	c, err := cleanConcept(in.concept(p, into, others))
	if err != nil {
		return merged, err
	}
	if into.ID != 0 {
		state, err := m.tx.ConceptState(m.ctx, into.ID)
		if err != nil {
			return merged, err
		}
		merged.Since = state.Revision
	}
	m.change, err = m.tx.AddGlossaryChange(m.ctx, store.GlossaryChange{
		Glossary: c.Glossary, Kind: "names", Account: m.actor.Account, At: m.w.now(),
	}, true)
	if err != nil {
		return merged, err
	}
	merged.Change = m.change
	for _, o := range others {
		if err := m.tx.DeleteConcept(m.ctx, o.ID, m.w.now(), m.step("delete", nameOf(c))); err != nil {
			return merged, err
		}
	}
	action := "merge"
	if c.ID == 0 {
		action = "add"
	}
	if merged.Concept, err = m.w.putConcept(m.ctx, m.tx, m.actor, m.project, c, 0, m.step(action, "")); err != nil {
		return merged, err
	}
	return merged, m.redirect(merged.Concept, others)
}

// bases returns the concepts that are extended; the zero concept when there is
// none.
func (m *union) bases(in NameMerge) (into tm.Concept, others []tm.Concept, err error) {
	if len(in.Concepts) == 0 {
		return into, nil, nil
	}
	return m.load(in.Concepts[0], in.Concepts[1:])
}

// concept makes the concept of a merge.
func (m NameMerge) concept(p Project, into tm.Concept, others []tm.Concept) tm.Concept {
	c := MergeConcepts(into, others...)
	if c.ID == 0 {
		c.Glossary, c.Type = m.Glossary, m.Type
	}
	if m.Type != "" {
		c.Type = m.Type
	}
	c.Terms = slices.Clone(c.Terms)
	for _, name := range m.Names {
		status := tm.Preferred
		if len(c.In(p.Source, tm.Preferred)) > 0 {
			status = tm.Admitted
		}
		if !hasTerm(c, tm.Term{Lang: p.Source, Text: name}) {
			c.Terms = append(c.Terms, tm.Term{Lang: p.Source, Text: name, Status: status, Case: tm.CaseAuto})
		}
	}
	for i, t := range c.Terms {
		if t.Status == tm.Preferred && sameBase(t.Lang, p.Target) && t.Text != m.Preferred {
			c.Terms[i].Status = tm.Admitted
		}
	}
	setTerm(&c, tm.Term{Lang: p.Target, Text: m.Preferred, Status: tm.Preferred, Case: tm.CaseAuto})
	for _, text := range m.Others {
		if text != m.Preferred {
			setTerm(&c, tm.Term{Lang: p.Target, Text: text, Status: m.Status, Case: tm.CaseAuto})
		}
	}
	return c
}

func hasTerm(c tm.Concept, t tm.Term) bool {
	return slices.ContainsFunc(c.Terms, func(o tm.Term) bool { return o.Text == t.Text && sameBase(o.Lang, t.Lang) })
}

// setTerm adds a term, or gives the one with its text its status.
func setTerm(c *tm.Concept, t tm.Term) {
	for i, o := range c.Terms {
		if o.Text == t.Text && sameBase(o.Lang, t.Lang) {
			c.Terms[i].Status = t.Status
			return
		}
	}
	c.Terms = append(c.Terms, t)
}

// proposeNames asks for what somebody who edits terms would have done.
func (w *Workbench) proposeNames(ctx context.Context, a Actor, p Project, m NameMerge) (NamesMerged, error) {
	var into tm.Concept
	if len(m.Concepts) > 0 {
		var err error
		if into, err = w.Concept(ctx, a, p.ID, m.Concepts[0]); err != nil {
			return NamesMerged{}, err
		}
	}
	o, err := w.Propose(ctx, a, p.ID, m.concept(p, into, nil), "")
	return NamesMerged{Proposal: o.ID, Concept: o.Concept}, err
}
