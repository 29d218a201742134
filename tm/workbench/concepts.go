package workbench

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// ConceptQuery narrows the list of the concepts of a glossary.
type ConceptQuery struct {
	Text     string // in a term of any language, the note, the domain or the key; folded
	Type     string
	Domain   string
	Status   string // some term has it
	Proposed bool   // an open proposal is about it
	Expired  bool   // some term does not hold any more
	Offset   int
	Limit    int
}

// Concepts lists a page of the concepts of a glossary in the order of their
// first terms, and counts all that the query takes.
func (w *Workbench) Concepts(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID, q ConceptQuery) ([]tm.Concept, int, error) {
	project, err := access(ctx, w.db, a, p, See)
	if err != nil {
		return nil, 0, err
	}
	if _, err := liveGlossary(ctx, w.db, p, id); err != nil {
		return nil, 0, err
	}
	query := store.ConceptQuery{
		Text: q.Text, Langs: projectLangs(project), Type: q.Type, Domain: q.Domain,
		Status: q.Status, Proposed: q.Proposed, Offset: q.Offset, Limit: q.Limit,
	}
	if q.Expired {
		query.Expired = w.now().UTC().Truncate(24 * time.Hour)
	}
	return w.db.FindConcepts(ctx, id, query)
}

func projectLangs(p Project) []language.Tag { return []language.Tag{p.Source, p.Target} }

// Domains lists the subject fields of a glossary.
func (w *Workbench) Domains(ctx context.Context, a Actor, p tm.ProjectID, id tm.GlossaryID) ([]string, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return nil, err
	}
	if _, err := liveGlossary(ctx, w.db, p, id); err != nil {
		return nil, err
	}
	return w.db.Domains(ctx, id)
}

// ConceptView is a concept with what stands around it.
type ConceptView struct {
	tm.Concept
	State     store.ConceptState
	Related   []Related
	Proposals []Proposal // open ones
}

// Related is a concept that another names in its See.
type Related struct {
	Key  string
	ID   tm.ConceptID // 0 when the glossary has none with the key
	Name string       // its first term, or else the key
}

// ConceptView returns a concept of a glossary the project uses with its related
// concepts and open proposals.
func (w *Workbench) ConceptView(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID) (ConceptView, error) {
	c, err := w.Concept(ctx, a, p, id)
	if err != nil {
		return ConceptView{}, err
	}
	view := ConceptView{Concept: c}
	if view.State, err = w.db.ConceptState(ctx, id); err != nil {
		return view, err
	}
	if view.Related, err = w.related(ctx, c); err != nil {
		return view, err
	}
	view.Proposals, err = w.db.ConceptProposals(ctx, id)
	return view, err
}

func (w *Workbench) related(ctx context.Context, c tm.Concept) ([]Related, error) {
	var list []Related
	for _, key := range c.See {
		r := Related{Key: key, Name: key}
		id, err := w.db.ConceptByKey(ctx, c.Glossary, key)
		if err == nil {
			var other tm.Concept
			if other, err = w.db.Concept(ctx, id); err == nil {
				r.ID, r.Name = id, nameOf(other)
			}
		}
		if err != nil && tm.KindOf(err) != tm.NotFound {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// nameOf is what a concept is called in lists and in the log: its first term.
func nameOf(c tm.Concept) string {
	if len(c.Terms) == 0 {
		return c.Key
	}
	return c.Terms[0].Text
}

// Concept returns a concept of a glossary the project uses.
func (w *Workbench) Concept(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID) (tm.Concept, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return tm.Concept{}, err
	}
	c, err := w.db.Concept(ctx, id)
	if err != nil {
		return c, err
	}
	_, err = liveGlossary(ctx, w.db, p, c.Glossary)
	return c, err
}

// SaveConcept adds a concept (ID 0) to c.Glossary or replaces it.
func (w *Workbench) SaveConcept(ctx context.Context, a Actor, p tm.ProjectID, c tm.Concept) (tm.Concept, error) {
	return w.ChangeConcept(ctx, a, p, c, 0)
}

// ChangeConcept is [Workbench.SaveConcept] for a concept that was read at a
// revision: when somebody changed it since, the error is a Conflict
// "concept.stale" and nothing is written. Revision 0 writes in any case.
// Entries of See may be keys or terms of concepts of the glossary.
func (w *Workbench) ChangeConcept(ctx context.Context, a Actor, p tm.ProjectID, c tm.Concept, revision int64) (tm.Concept, error) {
	c, err := cleanConcept(c)
	if err != nil {
		return c, err
	}
	err = w.changeConcepts(ctx, a, p, "concept.save", func(tx *store.Tx) (conceptDelta, error) {
		c, err = w.putConcept(ctx, tx, a, p, c, revision, store.Step{Action: "change"})
		return saved(c), err
	})
	return c, err
}

// putConcept writes a clean concept of a glossary of the project; the step has
// its action and reason.
func (w *Workbench) putConcept(ctx context.Context, tx *store.Tx, a Actor, p tm.ProjectID, c tm.Concept, revision int64, step store.Step) (tm.Concept, error) {
	step.By, step.At = a.Account, w.now()
	var old tm.Concept
	if c.ID != 0 {
		var err error
		if old, err = currentConcept(ctx, tx, c.ID, revision); err != nil {
			return c, err
		}
		c.Glossary = old.Glossary
	} else if step.Action == "change" {
		step.Action = "add"
	}
	if _, err := editableGlossary(ctx, tx, p, c.Glossary); err != nil {
		return c, err
	}
	if c.ID != 0 && sameConcept(old, c) && step.Action == "change" {
		return c, nil
	}
	if err := w.link(ctx, tx, &c, old, step); err != nil {
		return c, err
	}
	id, err := tx.PutConcept(ctx, c, step)
	c.ID = id
	return c, err
}

// currentConcept returns a live concept, at the revision when that is not 0.
func currentConcept(ctx context.Context, tx *store.Tx, id tm.ConceptID, revision int64) (tm.Concept, error) {
	c, err := tx.Concept(ctx, id)
	if err != nil {
		return c, err
	}
	state, err := tx.ConceptState(ctx, id)
	switch {
	case err != nil:
		return c, err
	case !state.Deleted.IsZero():
		return c, store.NotFound
	case revision != 0 && revision != state.Revision:
		return c, tm.NewError(tm.Conflict, "concept.stale", "name", state.Author)
	}
	return c, nil
}

// link makes the key of a concept its own and turns the terms in See into keys.
// What stood in See before is left as it is.
func (w *Workbench) link(ctx context.Context, tx *store.Tx, c *tm.Concept, old tm.Concept, step store.Step) error {
	if c.Key != "" && c.Key != old.Key {
		other, err := tx.ConceptByKey(ctx, c.Glossary, c.Key)
		if err == nil && other != c.ID {
			return tm.NewError(tm.Invalid, "concept.key_taken", "key", c.Key)
		}
		if err != nil && tm.KindOf(err) != tm.NotFound {
			return err
		}
	}
	var see []string
	for _, name := range c.See {
		key, err := w.keyFor(ctx, tx, *c, old, name, step)
		if err != nil {
			return err
		}
		if key != "" && !slices.Contains(see, key) {
			see = append(see, key)
		}
	}
	c.See = see
	return nil
}

// keyFor returns the key of the related concept with the name, which gets one
// when it has none.
func (w *Workbench) keyFor(ctx context.Context, tx *store.Tx, c, old tm.Concept, name string, step store.Step) (string, error) {
	if slices.Contains(old.See, name) {
		return name, nil
	}
	if _, err := tx.ConceptByKey(ctx, c.Glossary, name); err == nil || tm.KindOf(err) != tm.NotFound {
		return name, err
	}
	ids, err := tx.ConceptsByTerm(ctx, c.Glossary, name)
	if err != nil {
		return "", err
	}
	ids = slices.DeleteFunc(ids, func(id tm.ConceptID) bool { return id == c.ID })
	switch len(ids) {
	case 0:
		return "", tm.NewError(tm.Invalid, "concept.see_unknown", "name", name)
	case 1:
		return ensureKey(ctx, tx, ids[0], step)
	}
	return "", tm.NewError(tm.Invalid, "concept.see_ambiguous", "name", name)
}

func ensureKey(ctx context.Context, tx *store.Tx, id tm.ConceptID, step store.Step) (string, error) {
	c, err := tx.Concept(ctx, id)
	if err != nil || c.Key != "" {
		return c.Key, err
	}
	for c.Key = "c" + strconv.FormatInt(int64(id), 10); ; c.Key += "-" {
		if _, err := tx.ConceptByKey(ctx, c.Glossary, c.Key); tm.KindOf(err) == tm.NotFound {
			break
		} else if err != nil {
			return "", err
		}
	}
	step.Action, step.Reason = "change", ""
	_, err = tx.PutConcept(ctx, c, step)
	return c.Key, err
}

// The bounds of a concept.
const (
	maxTerm     = 500  // bytes of a term
	maxTerms    = 500  // terms of a concept
	maxTermNote = 4000 // bytes of a note or source
	maxSee      = 50   // related concepts
)

// cleanConcept drops empty terms and space around the others. Errors about a
// term have its place in the list as "row".
func cleanConcept(c tm.Concept) (tm.Concept, error) {
	typed := slices.Clone(c.Terms)
	c.Terms = make([]tm.Term, 0, len(typed))
	for i := range typed {
		t := &typed[i]
		if t.Text = strings.TrimSpace(t.Text); t.Text == "" {
			continue
		}
		if err := checkTerm(*t, i); err != nil {
			return c, err
		}
		if t.Case == "" {
			t.Case = tm.CaseAuto
		}
		c.Terms = append(c.Terms, *t)
	}
	if err := twice(typed); err != nil {
		return c, err
	}
	if len(c.Terms) == 0 || len(c.Terms) > maxTerms || !slices.ContainsFunc(c.Terms, wanted) {
		return c, tm.NewError(tm.Invalid, "concept.empty")
	}
	if c.Type == "" {
		c.Type = tm.PlainTerm
	}
	return cleanFields(c)
}

// wanted reports whether a term may name a concept: forbidden and admitted ones
// alone are not enough.
func wanted(t tm.Term) bool { return t.Status == tm.Preferred || t.Status == tm.Proposed }

// checkTerm refuses a term nobody could use; row is its place in the form.
func checkTerm(t tm.Term, row int) error {
	switch {
	case len(t.Text) > maxTerm || strings.ContainsFunc(t.Text, isControl) || !utf8.ValidString(t.Text):
		return tm.NewError(tm.Invalid, "term.malformed", "term", shorten(t.Text), "row", row)
	case t.Status != tm.Preferred && t.Status != tm.Admitted && t.Status != tm.ForbiddenTerm && t.Status != tm.Proposed:
		return tm.NewError(tm.Invalid, "term.status", "term", t.Text, "row", row)
	case t.Case != "" && t.Case != tm.CaseAuto && t.Case != tm.CaseExact:
		return tm.NewError(tm.Invalid, "term.case", "term", t.Text, "row", row)
	case !t.From.IsZero() && !t.Until.IsZero() && t.Until.Before(t.From):
		return tm.NewError(tm.Invalid, "term.dates", "term", t.Text, "row", row)
	case len(t.POS) > maxTerm || len(t.Note) > maxTermNote || len(t.Source) > maxTermNote:
		return tm.NewError(tm.Invalid, "term.note_long", "term", t.Text, "row", row, "limit", maxTermNote)
	}
	return nil
}

// twice refuses a term that is both forbidden and allowed at a time; the same
// term twice is one of the two too many.
func twice(terms []tm.Term) error {
	for i, t := range terms {
		for _, o := range terms[:i] {
			apart := !t.From.IsZero() && !o.Until.IsZero() && o.Until.Before(t.From) ||
				!o.From.IsZero() && !t.Until.IsZero() && t.Until.Before(o.From)
			if t.Text == o.Text && t.Text != "" && t.Lang == o.Lang && !apart {
				return tm.NewError(tm.Invalid, "term.twice", "term", t.Text, "row", i)
			}
		}
	}
	return nil
}

func cleanFields(c tm.Concept) (tm.Concept, error) {
	c.Key, c.Domain, c.Note = strings.TrimSpace(c.Key), strings.TrimSpace(c.Domain), strings.TrimSpace(c.Note)
	for _, name := range []string{string(c.Type), c.Key, c.Domain} {
		if utf8.RuneCountInString(name) > maxName || strings.ContainsFunc(name, isControl) {
			return c, tm.NewError(tm.Invalid, "concept.field", "value", shorten(name))
		}
	}
	if len(c.Note) > maxTermNote {
		return c, tm.NewError(tm.Invalid, "concept.note_long", "limit", maxTermNote)
	}
	var see []string
	for _, name := range c.See {
		if name = strings.TrimSpace(name); name != "" {
			see = append(see, name)
		}
	}
	if c.See = see; len(see) > maxSee {
		return c, tm.NewError(tm.Invalid, "concept.see_many", "limit", maxSee)
	}
	return c, nil
}

// DeleteConcept puts a concept into the trash.
func (w *Workbench) DeleteConcept(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID) error {
	return w.trashConcept(ctx, a, p, id, w.now(), "delete")
}

// RestoreConcept takes a concept out of the trash.
func (w *Workbench) RestoreConcept(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID) error {
	return w.trashConcept(ctx, a, p, id, time.Time{}, "restore")
}

func (w *Workbench) trashConcept(ctx context.Context, a Actor, p tm.ProjectID, id tm.ConceptID, at time.Time, action string) error {
	return w.changeConcepts(ctx, a, p, "concept."+action, func(tx *store.Tx) (conceptDelta, error) {
		c, err := tx.Concept(ctx, id)
		if err != nil {
			return conceptDelta{}, err
		}
		if _, err := editableGlossary(ctx, tx, p, c.Glossary); err != nil {
			return conceptDelta{}, err
		}
		state, err := tx.ConceptState(ctx, id)
		if err != nil || state.Deleted.IsZero() == at.IsZero() {
			return conceptDelta{name: nameOf(c)}, err // as it is already
		}
		d := saved(c)
		if !at.IsZero() {
			d = conceptDelta{name: nameOf(c), remove: []tm.ConceptID{id}}
		}
		return d, tx.DeleteConcept(ctx, id, at, store.Step{Action: action, By: a.Account, At: w.now()})
	})
}
