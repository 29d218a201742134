package workbench

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// ConceptVersion is one step in the history of a concept.
type ConceptVersion struct {
	store.ConceptVersion
	Changes []ConceptChange // from the version before
}

// ConceptChange is one thing that differs between two versions of a concept.
// Field is key, type, domain, note, keep, see, props, or term; for a term that
// stayed it is term.status, term.case, term.pos, term.note, term.source,
// term.from, term.until or term.props. A term that came has no Before, one that
// went no After.
type ConceptChange struct {
	Field         string
	Lang          language.Tag // of the term
	Term          string       // that stayed
	Before, After string
}

// ConceptHistory lists the versions of a concept, newest first, each with what
// it changed.
func (w *Workbench) ConceptHistory(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID) ([]ConceptVersion, error) {
	if _, err := w.Concept(ctx, a, p, id); err != nil {
		return nil, err
	}
	stored, err := w.db.ConceptHistory(ctx, id)
	list := make([]ConceptVersion, len(stored))
	for i, v := range stored {
		list[i].ConceptVersion = v
		if i+1 < len(stored) {
			list[i].Changes = DiffConcepts(stored[i+1].Concept, v.Concept)
		}
	}
	return list, err
}

// RestoreConceptVersion makes an old version of a concept the current one.
func (w *Workbench) RestoreConceptVersion(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID, revision int64) error {
	return w.changeConcepts(ctx, a, p, "concept.revert", func(tx *store.Tx) (conceptDelta, error) {
		c, err := tx.Concept(ctx, id)
		if err != nil {
			return conceptDelta{}, err
		}
		if _, err := editableGlossary(ctx, tx, p, c.Glossary); err != nil {
			return conceptDelta{}, err
		}
		v, err := tx.ConceptVersion(ctx, id, revision)
		if err != nil {
			return conceptDelta{}, err
		}
		_, err = tx.PutConcept(ctx, v.Concept, store.Step{Action: "revert", By: a.Account, At: w.now()})
		return saved(v.Concept), err
	})
}

// UndoGlossary takes a change of many concepts back: each that is still as the
// change left it becomes what it was before. A crash in between does not leave
// half of it: the next start goes on.
func (w *Workbench) UndoGlossary(ctx context.Context, a Actor, p tm.ProjectID, g tm.GlossaryID, change int64) error {
	undone := false
	err := w.changeGlossaries(ctx, a, p, EditTerms, "glossary.undo", func(tx *store.Tx) (string, error) {
		glossary, err := editableGlossary(ctx, tx, p, g)
		if err != nil {
			return "", err
		}
		c, err := tx.GlossaryChange(ctx, g, change)
		if undone = c.Undone; err != nil || undone {
			return glossary.Name, err
		}
		return glossary.Name, tx.SetGlossaryChange(ctx, change, false)
	})
	if err != nil || undone {
		return err
	}
	return w.takeBack(context.WithoutCancel(ctx), p, change, a.Account)
}

// undoStep is how many concepts one transaction takes back.
const undoStep = 200

// takeBack gives every concept of a change that nobody touched since the state
// before it, in several transactions, and drops those it added. p is a project
// with the glossary, 0 when that is not known.
func (w *Workbench) takeBack(ctx context.Context, p tm.ProjectID, change int64, by tm.AccountID) error {
	behind := tm.ConceptID(0)
	err := w.portions(ctx, func(tx *store.Tx) (bool, error) {
		list, err := tx.UndoableConcepts(ctx, change, behind, undoStep)
		for _, v := range list {
			if behind = v.Concept.ID; err == nil {
				err = takeConceptBack(ctx, tx, v, store.Step{Action: "undo", By: by, At: w.now()})
			}
		}
		return len(list) < undoStep, err
	})
	if err != nil {
		return err
	}
	err = w.portions(ctx, func(tx *store.Tx) (bool, error) { return tx.DropPending(ctx, change, undoStep) })
	if err != nil {
		return err
	}
	return w.db.Update(ctx, func(tx *store.Tx) error {
		tx.AfterCommit(w.glossaries.forget)
		return errors.Join(tx.MarkGlossaryUndone(ctx, change), w.outdate(ctx, tx, p))
	})
}

// dropGlossaryChange takes back what a crash left unfinished.
func (w *Workbench) dropGlossaryChange(ctx context.Context, change int64) error {
	return w.takeBack(ctx, 0, change, 0)
}

// takeConceptBack gives a concept the state before a version.
func takeConceptBack(ctx context.Context, tx *store.Tx, v store.ConceptVersion, step store.Step) error {
	if v.Action == "delete" {
		return tx.DeleteConcept(ctx, v.Concept.ID, time.Time{}, step)
	}
	before, err := tx.ConceptVersion(ctx, v.Concept.ID, v.Revision-1)
	if tm.KindOf(err) == tm.NotFound && v.Revision == 1 { // the change made it
		step.Action = "delete"
		return tx.DeleteConcept(ctx, v.Concept.ID, step.At, step)
	}
	if err != nil {
		return err
	}
	_, err = tx.PutConcept(ctx, before.Concept, step)
	return err
}

// DiffConcepts lists what differs between two versions of a concept: first its
// own fields, then its terms.
func DiffConcepts(a, b tm.Concept) []ConceptChange {
	var list []ConceptChange
	field := func(name, before, after string) {
		if before != after {
			list = append(list, ConceptChange{Field: name, Before: before, After: after})
		}
	}
	field("type", string(a.Type), string(b.Type))
	field("keep", yes(a.Keep), yes(b.Keep))
	field("domain", a.Domain, b.Domain)
	field("note", a.Note, b.Note)
	field("key", a.Key, b.Key)
	field("see", strings.Join(a.See, ", "), strings.Join(b.See, ", "))
	field("props", propsText(a.Props), propsText(b.Props))
	return append(list, diffTerms(a.Terms, b.Terms)...)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func propsText(props map[string]string) string {
	lines := make([]string, 0, len(props))
	for _, name := range slices.Sorted(maps.Keys(props)) {
		lines = append(lines, name+": "+props[name])
	}
	return strings.Join(lines, "; ")
}

// diffTerms pairs the terms of two versions: first those with the same text,
// then, of what is left, those of one language and status, which were rewritten.
func diffTerms(a, b []tm.Term) []ConceptChange {
	var list []ConceptChange
	gone, came := slices.Clone(a), []tm.Term{}
	for _, t := range b {
		at := slices.IndexFunc(gone, func(o tm.Term) bool { return o.Lang == t.Lang && o.Text == t.Text })
		if at < 0 {
			came = append(came, t)
			continue
		}
		list = append(list, diffTerm(gone[at], t)...)
		gone = slices.Delete(gone, at, at+1)
	}
	for _, t := range came {
		change := ConceptChange{Field: "term", Lang: t.Lang, After: t.Text}
		at := slices.IndexFunc(gone, func(o tm.Term) bool { return o.Lang == t.Lang && o.Status == t.Status })
		if at >= 0 {
			change.Before = gone[at].Text
			list = append(list, change)
			list = append(list, diffTerm(gone[at], t)...)
			gone = slices.Delete(gone, at, at+1)
			continue
		}
		list = append(list, change)
		for _, more := range diffTerm(tm.Term{Lang: t.Lang, Case: tm.CaseAuto, Status: tm.Preferred}, t) {
			more.Before = "" // it had none
			list = append(list, more)
		}
	}
	for _, t := range gone {
		list = append(list, ConceptChange{Field: "term", Lang: t.Lang, Before: t.Text})
	}
	return list
}

// diffTerm lists what differs between two terms beside their texts.
func diffTerm(a, b tm.Term) []ConceptChange {
	var list []ConceptChange
	field := func(name, before, after string) {
		if before != after {
			list = append(list, ConceptChange{Field: "term." + name, Lang: b.Lang, Term: b.Text, Before: before, After: after})
		}
	}
	field("status", string(a.Status), string(b.Status))
	field("case", string(a.Case), string(b.Case))
	field("pos", a.POS, b.POS)
	field("note", a.Note, b.Note)
	field("source", a.Source, b.Source)
	field("from", dayText(a.From), dayText(b.From))
	field("until", dayText(a.Until), dayText(b.Until))
	field("props", propsText(a.Props), propsText(b.Props))
	return list
}

func dayText(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.UTC().Format(time.DateOnly)
}

// sameConcept reports whether two concepts say the same, wherever they stand.
// The order of terms counts: the first preferred one is the one to use.
func sameConcept(a, b tm.Concept) bool {
	same := func(x, y tm.Term) bool { return x.Lang == y.Lang && x.Text == y.Text && len(diffTerm(x, y)) == 0 }
	return len(DiffConcepts(a, b)) == 0 && slices.EqualFunc(a.Terms, b.Terms, same)
}
