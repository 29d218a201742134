package web

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/workbench"
)

// previewPage shows what an import of terms would do.
type previewPage struct {
	page
	Glossary  workbench.Glossary
	File      string
	Kept      string // the file itself; "" when it must be chosen again
	Choices   []workbench.ImportChoice
	Conflicts []itemView
	Groups    []itemGroup
	Plan      workbench.GlossaryImport
	More      int // conflicts not shown
}

func (previewPage) view() string { return "glossary_preview" }

// itemView is one concept of the file beside what it meets.
type itemView struct {
	workbench.ImportItem
	Ours, Theirs conceptView
}

// itemGroup is the concepts of one kind, the first of them shown.
type itemGroup struct {
	Kind  workbench.ImportKind
	Items []itemView
	Count int
	More  int
}

// How many concepts a preview shows: of conflicts more, for each wants a choice.
const (
	conflictStep = 200
	previewStep  = 50
)

var importChoices = []workbench.ImportChoice{workbench.KeepOurs, workbench.TakeTheirs, workbench.KeepBoth, workbench.KeepApart}

// previewGlossary shows what an import would do and writes nothing. With the
// field report it is a table to keep.
func (s *Server) previewGlossary(v *visit) error {
	glossary, form, file, err := v.termFile()
	if err != nil {
		return err
	}
	if file.name == "" {
		return v.redirect(v.glossaryPath(glossary.ID))
	}
	plan, err := s.work.PlanGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID, file.name, file.data, choicesOf(form))
	if err != nil {
		return v.excuse(err, v.glossaryPath(glossary.ID))
	}
	if form.get("report") != "" {
		return v.importReport(file.name, plan)
	}
	p := previewPage{
		page: v.section("glossaries", v.T("glossary.preview.title")), Glossary: glossary,
		File: file.name, Kept: keep(file.data), Choices: importChoices, Plan: plan,
	}
	p.sort()
	return v.render(http.StatusOK, p)
}

// termFile returns the glossary of the path and the file of the form. Without a
// usable file it leaves a message, and the name of the file is "".
func (v *visit) termFile() (workbench.Glossary, form, formFile, error) {
	glossary, err := v.glossary()
	if err != nil {
		return glossary, form{}, formFile{}, err
	}
	f, err := v.form()
	if err != nil {
		return glossary, f, formFile{}, err
	}
	var problem *tm.Error
	switch {
	case len(f.files) == 0:
		problem = tm.NewError(tm.Invalid, "form.no_file")
	case len(f.files) > 1:
		problem = tm.NewError(tm.Invalid, "form.one_file")
	case f.files[0].err != nil:
		problem = v.known(f.files[0].err)
	default:
		return glossary, f, f.files[0], nil
	}
	v.flash(flash{Kind: "error", Text: v.Problem(problem)})
	return glossary, f, formFile{}, nil
}

// choicesOf reads the choices of the preview: choice_7 for the item 7, rest for
// those it did not show.
func choicesOf(f form) workbench.ImportChoices {
	choices := workbench.ImportChoices{Each: map[int]workbench.ImportChoice{}, Rest: workbench.ImportChoice(f.get("rest"))}
	for name, values := range f.values {
		number, ok := strings.CutPrefix(name, "choice_")
		n, err := strconv.Atoi(number)
		if ok && err == nil && len(values) > 0 {
			choices.Each[n] = workbench.ImportChoice(values[0])
		}
	}
	return choices
}

// sort puts the items into the groups the page shows.
func (p *previewPage) sort() {
	groups := map[workbench.ImportKind]*itemGroup{}
	for _, kind := range []workbench.ImportKind{workbench.ImportChanged, workbench.ImportAdded, workbench.ImportDuplicate} {
		groups[kind] = &itemGroup{Kind: kind}
	}
	for _, item := range p.Plan.Items {
		view := itemView{item, viewConcept(item.Ours, *p.Project), viewConcept(item.Theirs, *p.Project)}
		g := groups[item.Kind]
		switch {
		case g == nil && len(p.Conflicts) < conflictStep:
			p.Conflicts = append(p.Conflicts, view)
		case g == nil:
			p.More++
		default:
			if g.Count++; len(g.Items) < previewStep {
				g.Items = append(g.Items, view)
			} else {
				g.More++
			}
		}
	}
	for _, kind := range []workbench.ImportKind{workbench.ImportChanged, workbench.ImportAdded, workbench.ImportDuplicate} {
		if groups[kind].Count > 0 {
			p.Groups = append(p.Groups, *groups[kind])
		}
	}
}

// problemStep is how many problems a preview shows; the report has all.
const problemStep = 100

// problems are the rows that need a look, but for duplicates and conflicts,
// which the items show.
func (p previewPage) problems() []workbench.RowProblem {
	var list []workbench.RowProblem
	for _, pr := range p.Plan.Problems {
		if pr.Code != "duplicate" && pr.Code != "conflict" {
			list = append(list, pr)
		}
	}
	return list
}

// ProblemCount is how many rows need a look.
func (p previewPage) ProblemCount() int { return len(p.problems()) }

// Problems are the first of them.
func (p previewPage) Problems() []workbench.RowProblem {
	list := p.problems()
	return list[:min(len(list), problemStep)]
}

// MoreProblems is how many are not shown.
func (p previewPage) MoreProblems() int { return max(0, p.ProblemCount()-problemStep) }

// Nothing reports whether the import would change nothing at all.
func (p previewPage) Nothing() bool { return len(p.Plan.Items) == 0 }

// ChoiceName is a choice in words: against the glossary, or against an earlier
// concept of the same file.
func (p previewPage) ChoiceName(item itemView, c workbench.ImportChoice) string {
	if item.Earlier >= 0 {
		return p.T("import.file_choice." + string(c))
	}
	return p.T("import.choice." + string(c))
}

// ProblemOf writes what is wrong in a row of the file.
func (p page) ProblemOf(row workbench.RowProblem) string {
	args := map[string]any{}
	for name, value := range row.Args {
		args[name] = value
	}
	if why, ok := args["why"].(string); ok {
		args["why"] = locales.Verbatim(p.Map("error."+why, row.Args))
	}
	return p.Map("row."+row.Code, args)
}

func (s *Server) importGlossary(v *visit) error {
	glossary, form, file, err := v.termFile()
	if err != nil {
		return err
	}
	if file.name == "" {
		return v.redirect(v.glossaryPath(glossary.ID))
	}
	made, err := s.work.ResolveGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID, file.name, file.data, choicesOf(form))
	if err != nil {
		return v.excuse(err, v.glossaryPath(glossary.ID))
	}
	v.undoable(v.changePath(glossary.ID, made.Change), "glossary.imported", "added", made.Added, "changed", made.Changed, "same", made.Same)
	return v.redirect(v.glossaryPath(glossary.ID))
}

// importReport sends the plan as a table. Cells that a spreadsheet would take
// for a formula are made inert (TRUST.md S15).
func (v *visit) importReport(file string, plan workbench.GlossaryImport) error {
	v.attach(v.T("import.report_name", "file", locales.Verbatim(file))+".csv", "text/csv; charset=utf-8")
	if _, err := v.w.Write([]byte("\ufeff")); err != nil { // spreadsheets take it for UTF-8 then
		return ignoreWrite(err)
	}
	w := csv.NewWriter(v.w)
	row := func(cells ...string) {
		for i, c := range cells {
			cells[i] = exchange.Inert(c)
		}
		_ = w.Write(cells) // Flush keeps the error
	}
	row(v.T("import.report.kind"), v.Language(v.project.Source), v.Language(v.project.Target), v.T("import.report.here"), v.T("import.report.note"))
	p := page{Printer: v.Printer}
	for _, pr := range plan.Problems {
		row(v.T("import.report.problem"), "", "", "", v.rowNumber(pr)+locales.Clean(p.ProblemOf(pr)))
	}
	for _, item := range plan.Items {
		theirs, ours := viewConcept(item.Theirs, *v.project), viewConcept(item.Ours, *v.project)
		note := ""
		if item.Kind == workbench.ImportConflict {
			note = v.T("import.choice." + string(item.Choice))
		}
		row(v.T("import.kind."+string(item.Kind)), textsOf(theirs.Source), textsOf(theirs.Target), textsOf(ours.Target), note)
	}
	w.Flush()
	return ignoreWrite(w.Error())
}

func (v *visit) rowNumber(p workbench.RowProblem) string {
	if p.Row == 0 {
		return ""
	}
	return locales.Clean(v.T("glossary.preview.row", "row", p.Row)) + " "
}

func textsOf(terms []tm.Term) string {
	texts := make([]string, len(terms))
	for i, t := range terms {
		texts[i] = t.Text
	}
	return strings.Join(texts, " | ")
}
