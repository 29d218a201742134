package workbench

import (
	"context"
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// maxTermPlaces bounds how many segments, and how many units, one preview of an
// exchange lists; applying it brings up the next.
const maxTermPlaces = 2000

// TermPlace is a segment or a unit in which a form of a concept stands.
type TermPlace struct {
	Project     tm.ProjectID
	ProjectName string
	Langs       [2]language.Tag // source and target of the project

	Document     tm.DocumentID // of a segment; 0 for a unit
	DocumentName string
	Segment      tm.SegmentID
	Number       int // of the segment, from 1

	Memory     tm.MemoryID // of a unit; 0 for a segment
	MemoryName string
	Unit       tm.UnitID

	Stamp  int64 // revision of the segment, version of the unit
	State  tm.State
	Source tm.Content
	Target tm.Content

	Fixed  tm.Content
	Diff   []tm.Diff
	Doubts []string // why it is not ticked; see [DoubtTwice] and the others
}

// Certain reports whether the exchange needs no person to look at it.
func (p TermPlace) Certain() bool { return len(p.Doubts) == 0 }

// Locked reports whether the actor may not change the place.
func (p TermPlace) Locked() bool { return slices.Contains(p.Doubts, DoubtLocked) }

// TermPlan is what an exchange of a term would change.
type TermPlan struct {
	Concept         tm.Concept
	Forms           []string // that are exchanged
	To              string   // the preferred form of the project asked in
	Segments, Units []TermPlace
	More            bool // there are more places than are listed
}

// TermRequest says what to exchange by the preferred form of a concept: Forms,
// and with Since all forms that were right at that revision and are not now.
type TermRequest struct {
	Concept tm.ConceptID
	Since   int64
	Forms   []string
}

// ChangedForms lists the forms of a language that an exchange should take out
// after a concept was changed: those that are gone or forbidden now, and the
// preferred one when another took its place. A form that is new and forbidden is
// one of them, too.
func ChangedForms(before, after tm.Concept, tag language.Tag) []string {
	status := map[string]tm.TermStatus{}
	for _, t := range after.In(tag) {
		status[t.Text] = t.Status
	}
	var forms []string
	add := func(text string) {
		if !slices.Contains(forms, text) {
			forms = append(forms, text)
		}
	}
	for _, t := range before.In(tag, tm.Preferred, tm.Admitted) {
		if now, ok := status[t.Text]; !ok || now == tm.ForbiddenTerm {
			add(t.Text)
		}
	}
	was, is := firstPreferred(before, tag), firstPreferred(after, tag)
	if was != "" && is != "" && was != is {
		add(was)
	}
	for _, t := range after.In(tag, tm.ForbiddenTerm) {
		old := slices.ContainsFunc(before.In(tag, tm.ForbiddenTerm), func(o tm.Term) bool { return o.Text == t.Text })
		if !old {
			add(t.Text)
		}
	}
	return forms
}

func firstPreferred(c tm.Concept, tag language.Tag) string {
	if list := c.In(tag, tm.Preferred); len(list) > 0 {
		return list[0].Text
	}
	return ""
}

// PlanTerm lists every segment of all projects that use the glossary of the
// concept and in which the actor may translate, and every unit of the memories
// they write to, in which a form stands that is to be exchanged. Only forms the
// concept has or had can be.
func (w *Workbench) PlanTerm(ctx context.Context, a Actor, p tm.ProjectID, r TermRequest) (TermPlan, error) {
	x, err := w.termExchange(ctx, w.db, a, p, r)
	if err != nil {
		return TermPlan{}, err
	}
	plan := TermPlan{Concept: x.concept, Forms: x.formsIn(x.home.Target), To: firstPreferred(x.concept, x.home.Target)}
	for _, project := range x.projects {
		if err := x.planSegments(ctx, project, &plan); err != nil {
			return plan, err
		}
	}
	for _, project := range x.projects {
		if err := x.planUnits(ctx, project, &plan); err != nil {
			return plan, err
		}
	}
	return plan, ctx.Err()
}
