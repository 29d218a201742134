package workbench

import (
	"context"
	"slices"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// maxMerge bounds how many concepts are merged at once.
const maxMerge = 100

// Merge is several concepts that are to become one.
type Merge struct {
	Into tm.ConceptID   // the one that stays; 0 makes a new one, which Result then is
	From []tm.ConceptID // those it takes in; they go to the trash
	// Result is what the concept shall say; nil for what [MergeConcepts] makes
	// of them: the preferred terms of those taken in become admitted variants.
	Result *tm.Concept
}

// Merged is what a merge came to. [Workbench.UndoGlossary] takes it back.
type Merged struct {
	Concept tm.Concept
	Change  int64
}

// MergeConcepts makes one concept of several, in one step that can be taken
// back. Concepts that name one of them as related name the one that stays.
func (w *Workbench) MergeConcepts(ctx context.Context, a Actor, p tm.ProjectID, m Merge) (Merged, error) {
	var merged Merged
	m.From = slices.Compact(slices.Sorted(slices.Values(m.From)))
	m.From = slices.DeleteFunc(m.From, func(id tm.ConceptID) bool { return id == m.Into })
	err := w.changeConcepts(ctx, a, p, "concept.merge", func(tx *store.Tx) (conceptDelta, error) {
		u := &union{w: w, ctx: ctx, tx: tx, actor: a, project: p}
		var err error
		merged, err = u.merge(m)
		d := saved(merged.Concept)
		d.remove = m.From
		return d, err
	})
	return merged, err
}

// union is one merge of concepts on its way through a transaction.
type union struct {
	w       *Workbench
	ctx     context.Context
	tx      *store.Tx
	actor   Actor
	project tm.ProjectID
	change  int64
}

func (m *union) step(action, reason string) store.Step {
	return store.Step{Action: action, By: m.actor.Account, At: m.w.now(), Reason: reason, Change: m.change}
}

func (m *union) merge(in Merge) (merged Merged, err error) {
	from := in.From
	if len(from) == 0 || len(from) > maxMerge || in.Into == 0 && in.Result == nil {
		return merged, tm.NewError(tm.Invalid, "concept.merge_few", "limit", maxMerge)
	}
	into, others, err := m.load(in.Into, from)
	if err != nil {
		return merged, err
	}
	result, err := m.result(in, into, others)
	if err != nil {
		return merged, err
	}
	m.change, err = m.tx.AddGlossaryChange(m.ctx, store.GlossaryChange{
		Glossary: result.Glossary, Kind: "merge", Account: m.actor.Account, At: m.w.now(),
	}, true)
	if err != nil {
		return merged, err
	}
	for _, c := range others {
		if err := m.tx.DeleteConcept(m.ctx, c.ID, m.w.now(), m.step("delete", nameOf(result))); err != nil {
			return merged, err
		}
	}
	if result, err = m.w.putConcept(m.ctx, m.tx, m.actor, m.project, result, 0, m.step("merge", "")); err != nil {
		return merged, err
	}
	return Merged{result, m.change}, m.redirect(result, others)
}

// load returns the live concepts of a merge, all of glossaries the project may
// edit.
func (m *union) load(into tm.ConceptID, from []tm.ConceptID) (kept tm.Concept, others []tm.Concept, err error) {
	for _, id := range append([]tm.ConceptID{into}, from...) {
		if id == 0 {
			continue
		}
		c, err := currentConcept(m.ctx, m.tx, id, 0)
		if err != nil {
			return kept, nil, err
		}
		if _, err := editableGlossary(m.ctx, m.tx, m.project, c.Glossary); err != nil {
			return kept, nil, err
		}
		if id == into {
			kept = c
		} else {
			others = append(others, c)
		}
	}
	return kept, others, nil
}

func (m *union) result(in Merge, into tm.Concept, others []tm.Concept) (tm.Concept, error) {
	if in.Result == nil {
		return cleanConcept(MergeConcepts(into, others...))
	}
	result := *in.Result
	result.ID = in.Into
	if in.Into != 0 {
		result.Glossary = into.Glossary
	} else if _, err := editableGlossary(m.ctx, m.tx, m.project, result.Glossary); err != nil {
		return result, err
	}
	return cleanConcept(result)
}

// redirect makes the concepts that are related to one taken in related to the
// one that stays.
func (m *union) redirect(result tm.Concept, others []tm.Concept) error {
	for _, gone := range others {
		if gone.Key == "" || gone.Key == result.Key {
			continue
		}
		list, err := m.tx.Referring(m.ctx, gone.Glossary, gone.Key)
		if err != nil {
			return err
		}
		for _, c := range list {
			if err := m.refer(c, gone.Key, result); err != nil {
				return err
			}
		}
	}
	return nil
}

// refer replaces a key in See; it only goes when the other glossary has none
// that could stand for it.
func (m *union) refer(c tm.Concept, key string, to tm.Concept) error {
	see := slices.DeleteFunc(slices.Clone(c.See), func(s string) bool { return s == key || s == to.Key })
	if c.Glossary == to.Glossary && to.Key != "" && c.ID != to.ID {
		see = append(see, to.Key)
	}
	c.See = see
	_, err := m.tx.PutConcept(m.ctx, c, m.step("merge", ""))
	return err
}

// MergeConcepts returns into with the terms of the others behind its own. A
// preferred term of theirs becomes admitted where into has a preferred one in
// that language; a text that into has already keeps the status it has there.
func MergeConcepts(into tm.Concept, others ...tm.Concept) tm.Concept {
	into.Terms, into.See = slices.Clone(into.Terms), slices.Clone(into.See)
	for _, c := range others {
		if into.Key == "" {
			into.Key = c.Key
		}
		if into.Domain == "" {
			into.Domain = c.Domain
		}
		if into.Note == "" {
			into.Note = c.Note
		}
		if into.Type == "" || into.Type == tm.PlainTerm {
			into.Type = c.Type
		}
		addTerms(&into, c.Terms)
		for _, key := range c.See {
			if !slices.Contains(into.See, key) {
				into.See = append(into.See, key)
			}
		}
		into.Props = mergeProps(into.Props, c.Props)
	}
	keys := []string{into.Key}
	for _, c := range others {
		keys = append(keys, c.Key)
	}
	into.See = slices.DeleteFunc(into.See, func(key string) bool { return slices.Contains(keys, key) })
	return into
}

// addTerms adds the terms a concept does not have.
func addTerms(c *tm.Concept, terms []tm.Term) {
	for _, t := range terms {
		if slices.ContainsFunc(c.Terms, func(o tm.Term) bool { return o.Text == t.Text && sameBase(o.Lang, t.Lang) }) {
			continue
		}
		if t.Status == tm.Preferred && len(c.In(t.Lang, tm.Preferred)) > 0 {
			t.Status = tm.Admitted
		}
		c.Terms = append(c.Terms, t)
	}
}

// mergeProps adds the properties that are missing.
func mergeProps(into, more map[string]string) map[string]string {
	if len(more) == 0 {
		return into
	}
	merged := map[string]string{}
	for _, props := range []map[string]string{more, into} {
		for name, value := range props {
			merged[name] = value
		}
	}
	return merged
}
