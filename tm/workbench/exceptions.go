package workbench

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// Exception is a glossary issue that somebody let pass, with a reason.
type Exception = store.Exception

// ExceptionCount is how often a term, or somebody, let issues pass.
type ExceptionCount struct {
	Name      string
	Overrides int // approvals in spite of an error
	Allowed   int // "allow here"
}

// ExceptionReport is what a project let pass in spite of its glossaries.
type ExceptionReport struct {
	List             []Exception // newest first
	ByTerm, ByPerson []ExceptionCount
	Overrides        int // segments approved in spite of an error
	Allowed          int
	Approved, Share  int // segments approved at all, and how many percent of them are overrides
}

// Exceptions reports the glossary errors of a project that were let pass.
func (w *Workbench) Exceptions(ctx context.Context, a Actor, p tm.ProjectID) (ExceptionReport, error) {
	if _, err := access(ctx, w.db, a, p, Review); err != nil {
		return ExceptionReport{}, err
	}
	list, err := w.db.Exceptions(ctx, p)
	if err != nil {
		return ExceptionReport{}, err
	}
	report := ExceptionReport{List: list}
	for i, e := range list {
		if e.Allowed {
			_, list[i].Term, _ = strings.Cut(e.Term, " ") // the mark begins with the side
		}
	}
	report.count()
	documents, err := w.db.Documents(ctx, p, false)
	for _, d := range documents {
		report.Approved += d.Progress.Segments[tm.Approved]
	}
	if report.Approved > 0 {
		report.Share = min(100, report.Overrides*100/report.Approved)
	}
	return report, err
}

func (r *ExceptionReport) count() {
	segments := map[tm.SegmentID]bool{}
	for _, e := range r.List {
		if e.Allowed {
			r.Allowed++
		} else if !segments[e.Segment] {
			segments[e.Segment] = true
			r.Overrides++
		}
	}
	r.ByTerm = countBy(r.List, func(e Exception) string { return e.Term })
	r.ByPerson = countBy(r.List, func(e Exception) string { return e.Author })
}

// countBy counts exceptions by a name, the most frequent first.
func countBy(list []Exception, name func(Exception) string) []ExceptionCount {
	counts := map[string]*ExceptionCount{}
	var order []*ExceptionCount
	for _, e := range list {
		c := counts[name(e)]
		if c == nil {
			c = &ExceptionCount{Name: name(e)}
			counts[c.Name] = c
			order = append(order, c)
		}
		if e.Allowed {
			c.Allowed++
		} else {
			c.Overrides++
		}
	}
	slices.SortStableFunc(order, func(a, b *ExceptionCount) int {
		return cmp.Or(cmp.Compare(b.Overrides+b.Allowed, a.Overrides+a.Allowed), cmp.Compare(a.Name, b.Name))
	})
	out := make([]ExceptionCount, len(order))
	for i, c := range order {
		out[i] = *c
	}
	return out
}

// overridesOf is what an approval passes over, for the report.
func overridesOf(gate []tm.Issue) []store.Override {
	list := make([]store.Override, len(gate))
	for i, issue := range gate {
		list[i] = store.Override{Code: issue.Code, Term: argument(issue, "term"), Expected: argument(issue, "expected")}
	}
	return list
}

func argument(i tm.Issue, name string) string {
	text, _ := i.Args[name].(string)
	return text
}
