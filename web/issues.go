package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// issuesStep is how many issues one page of the list shows.
const issuesStep = 100

// issuesPage lists what is wrong in a whole document.
type issuesPage struct {
	page
	Document workbench.Document
	Filter   issueFilter
	All      int // issues of the document, before the filter
	Views    []issueView
	found    []found
	list
}

func (issuesPage) view() string { return "issues" }

// found is an issue with its segment.
type found struct {
	row   *workbench.Row
	issue *tm.Issue
}

func (v *visit) issuesPath(id tm.DocumentID) string { return v.documentPath(id) + "/issues" }

func (s *Server) listIssues(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	rows, err := s.work.Issues(v.ctx(), v.actor(), document.ID)
	if err != nil {
		return err
	}
	p := issuesPage{page: v.section("documents", v.T("issues.title")), Document: document, Filter: v.issueFilter(), found: byGravity(rows)}
	p.All = len(p.found)
	shown := p.Filter.apply(p.found)
	at := min(v.offset(), len(shown))
	here := shown[at:min(at+issuesStep, len(shown))]
	p.list = pages(v.issuesPath(document.ID), p.Filter.values(), at, issuesStep, len(here), len(shown))
	for _, f := range here {
		p.Views = append(p.Views, p.look(f))
	}
	return v.render(http.StatusOK, p)
}

// byGravity lists every issue: errors before warnings before notes, each in the
// order of the segments.
func byGravity(rows []workbench.RowIssues) []found {
	var all []found
	for i := range rows {
		for j := range rows[i].Issues {
			all = append(all, found{&rows[i].Row, &rows[i].Issues[j]})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(gravity(a.issue), gravity(b.issue)), cmp.Compare(a.row.Index, b.row.Index))
	})
	return all
}

func gravity(i *tm.Issue) int { return slices.Index(severities, string(i.Severity)) }

// issueFilter is what the list is narrowed to; "" lets everything through.
type issueFilter struct{ Severity, Code, Side, State string }

// States of an issue in the filter.
const (
	openIssues      = "open"
	dismissedIssues = "dismissed"
	allIssues       = "all"
)

// issueFilter reads the query. Without a wish the list shows what is open.
func (v *visit) issueFilter() issueFilter {
	f := issueFilter{v.query("severity"), v.query("code"), v.query("side"), v.query("state")}
	if f.State != dismissedIssues && f.State != allIssues {
		f.State = openIssues
	}
	return f
}

// values is the filter as a query.
func (f issueFilter) values() url.Values {
	values := url.Values{}
	for name, value := range map[string]string{"severity": f.Severity, "code": f.Code, "side": f.Side, "state": f.State} {
		if value != "" && value != openIssues {
			values.Set(name, value)
		}
	}
	return values
}

func (f issueFilter) apply(all []found) []found {
	var passed []found
	for _, x := range all {
		if f.passes(x.issue) {
			passed = append(passed, x)
		}
	}
	return passed
}

func (f issueFilter) count(all []found) int {
	n := 0
	for _, x := range all {
		if f.passes(x.issue) {
			n++
		}
	}
	return n
}

func (f issueFilter) passes(i *tm.Issue) bool {
	return (f.Severity == "" || f.Severity == string(i.Severity)) &&
		(f.Code == "" || f.Code == i.Code) &&
		(f.Side == "" || f.Side == string(i.Side)) &&
		(f.State == allIssues || (f.State == dismissedIssues) == (i.Dismissed != ""))
}

// A facet is one value a filter can have, with how many issues it would show
// beside the rest of the filter.
type facet struct {
	Value, Name, Link string
	Count             int
	Current           bool
}

// Severities are the links above the list.
func (p issuesPage) Severities() []facet {
	list := []facet{p.facet("severity", "", p.T("issues.all"))}
	for _, s := range severities[:len(severities)-1] { // what is off is not found
		list = append(list, p.facet("severity", s, p.T("check.severity."+s)))
	}
	return list
}

// Codes are the checks that found something, by name.
func (p issuesPage) Codes() []facet {
	seen := map[string]bool{p.Filter.Code: p.Filter.Code != ""}
	for _, f := range p.found {
		seen[f.issue.Code] = true
	}
	var list []facet
	for code, found := range seen {
		if found {
			list = append(list, p.facet("code", code, p.word("check.", code)))
		}
	}
	slices.SortFunc(list, func(a, b facet) int { return strings.Compare(a.Name, b.Name) })
	return slices.Insert(list, 0, p.facet("code", "", p.T("issues.every_check")))
}

// Sides are the two texts.
func (p issuesPage) Sides() []facet {
	return []facet{
		p.facet("side", "", p.T("issues.both_sides")),
		p.facet("side", string(tm.SourceSide), p.Language(p.Project.Source)),
		p.facet("side", string(tm.TargetSide), p.Language(p.Project.Target)),
	}
}

// States are what became of an issue.
func (p issuesPage) States() []facet {
	var list []facet
	for _, state := range []string{openIssues, dismissedIssues, allIssues} {
		list = append(list, p.facet("state", state, p.T("issues.state."+state)))
	}
	return list
}

// Own is the path of the document.
func (p issuesPage) Own() string { return fmt.Sprintf("%s/documents/%d", p.Base(), p.Document.ID) }

func (p issuesPage) facet(name, value, label string) facet {
	f, field := p.Filter, ""
	for key, at := range map[string]*string{"severity": &f.Severity, "code": &f.Code, "side": &f.Side, "state": &f.State} {
		if key == name {
			field, *at = *at, value
		}
	}
	return facet{value, label, withQuery(p.Own()+"/issues", f.values()), f.count(p.found), field == value}
}

// marked is a text cut around the place an issue points at.
type marked struct{ Before, Mark, After string }

// issueView is an issue as the list shows it. Start and End count UTF-16 units,
// as everywhere in forms and JSON.
type issueView struct {
	tm.Issue
	Segment        tm.SegmentID
	Revision       int64
	Number         int
	State          tm.State
	Path           string // of the segment
	Editor         string
	Message        string
	Source, Target marked
	Start, End     int
	Decide         bool // whether the person may let it be
}

func (p issuesPage) look(f found) issueView {
	r, i := f.row, f.issue
	view := issueView{
		Issue: *i, Segment: r.ID, Revision: r.Revision, Number: r.Index + 1, State: r.State,
		Path: fmt.Sprintf("%s/segments/%d", p.Own(), r.ID), Editor: fmt.Sprintf("%s?segment=%d", p.Own(), r.ID),
		Message: p.issue(*i), Source: marked{Before: r.Source.Text}, Target: marked{Before: r.Target.Text},
		Decide: p.mayDismiss(i.Code),
	}
	at := &view.Target
	if i.Side == tm.SourceSide {
		at = &view.Source
	}
	view.Start, view.End = units(at.Before, i.From, i.To)
	*at = mark(at.Before, i.From, i.To)
	return view
}

// mark cuts a text in three; offsets outside it mark nothing.
func mark(text string, from, to int) marked {
	if from < 0 || from >= to || to > len(text) {
		return marked{Before: text}
	}
	return marked{text[:from], text[from:to], text[to:]}
}

// mayDismiss says who gets the button; the workbench decides again.
func (p issuesPage) mayDismiss(code string) bool {
	if strings.HasPrefix(code, "glossary_") {
		return p.May(workbench.Review)
	}
	return p.May(workbench.Translate)
}
