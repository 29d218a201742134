package web

import (
	"fmt"
	"strings"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// What one row of a list needs beside the page around it.
type (
	projectRow struct {
		page
		P workbench.Project
	}
	documentRow struct {
		page
		D workbench.Document
	}
	uploadRow struct {
		page
		R uploadResult
	}
	termView struct {
		page
		tm.Term
	}
	issueRow struct {
		issuesPage
		I issueView
	}
	facetRow struct {
		page
		F facet
	}
)

// Row joins the page and one project for its template.
func (p projectsPage) Row(project workbench.Project) projectRow { return projectRow{p.page, project} }

// Row joins the page and one document for its template.
func (p documentsPage) Row(document workbench.Document) documentRow {
	return documentRow{p.page, document}
}

// Ask joins the page and a file with an open question.
func (p uploadPage) Ask(result uploadResult) uploadRow { return uploadRow{p.page, result} }

// Row joins the page and one issue for its template.
func (p issuesPage) Row(view issueView) issueRow { return issueRow{p, view} }

// Facet joins the page and one choice of a filter.
func (p issuesPage) Facet(f facet) facetRow { return facetRow{p.page, f} }

// Name is the choice as a part of its sentence.
func (r facetRow) Name() locales.Verbatim { return locales.Verbatim(r.F.Name) }

// TermOf joins the page and one term.
func (p page) TermOf(t tm.Term) termView { return termView{p, t} }

// Path is the path of the document.
func (r documentRow) Path() string { return fmt.Sprintf("%s/documents/%d", r.Base(), r.D.ID) }

// Words says how long the document is.
func (r documentRow) Words() string {
	_, words := r.D.Progress.Total()
	return r.N("document.words", words)
}

// Brand is the name of the program.
func (p page) Brand() string { return p.T("app.name") }

// TypeName is what a concept names, in words; an unknown type is shown as it
// is.
func (p page) TypeName(t tm.TermType) string { return p.word("term.type.", string(t)) }

// ActionName is an action of the log in words.
func (p page) ActionName(action string) string {
	return p.word("activity.action.", strings.ReplaceAll(action, ".", "_"))
}

func (p page) word(prefix, key string) string {
	if key == "" || !p.Has(prefix+key) {
		return p.Clean(key)
	}
	return p.T(prefix + key)
}

// Before is the position above the i-th row, counted from 0.
func (page) Before(i int) int { return i - 1 }

// bar is a progress bar: a coloured part for each state that has begun.
type bar struct {
	Parts []barPart
	Label string // the whole in words
	Done  string // the share that is translated or approved
}

type barPart struct {
	State       tm.State
	At, Percent int
}

// barStates are the states of a bar from the start of the line.
var barStates = []tm.State{tm.Approved, tm.Translated, tm.Rejected, tm.Draft}

// Bar draws how far a document or project has come.
func (p page) Bar(progress workbench.Progress) bar {
	b := bar{Done: p.Percent(progress.Percent(tm.Approved, tm.Translated))}
	at := 0
	for _, state := range barStates {
		percent := progress.Percent(state)
		if percent > 0 {
			b.Parts = append(b.Parts, barPart{state, at, percent})
		}
		at += percent
	}
	b.Label = p.T("progress.label",
		"approved", progress.Percent(tm.Approved), "translated", progress.Percent(tm.Translated),
		"rejected", progress.Percent(tm.Rejected), "draft", progress.Percent(tm.Draft))
	return b
}
