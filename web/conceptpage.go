package web

import (
	"net/http"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// What a person can do with a concept.
const (
	readConcept    = "read"
	editConcept    = "edit"
	proposeConcept = "propose"
	decideConcept  = "decide" // a proposal, edited before it is approved
)

// conceptPage shows one concept: a form for those who may change it or propose a
// change, and its history.
type conceptPage struct {
	page
	Glossary workbench.Glossary
	View     workbench.ConceptView // ID 0 for a new one
	Mode     string
	Form     conceptForm
	History  []versionView
	Proposal *workbench.ProposalView // that is being decided
	Problem  string
	BadRow   int    // of the form; -1 for none
	BadField string // of the form: see, key …
}

func (conceptPage) view() string { return "concept" }

// conceptForm is a concept as the form holds it.
type conceptForm struct {
	tm.Concept
	See      string // one a line
	Comment  string
	Revision int64
	Sides    []termSide
}

// termSide is the part of the form for one language; Lang is und for terms of
// further languages.
type termSide struct {
	Lang  language.Tag
	Other bool
	Rows  []termRow
}

// termRow is one term of the form. Was is its place in the concept it was read
// from, from 1; 0 for a new one.
type termRow struct {
	tm.Term
	Tag         string // its language
	From, Until string // as typed
	Was         int
	Row         int // in the form
}

// Open reports whether the seldom used fields of a term are shown at once; the
// part of speech and the rule for capitals are said without.
func (r termRow) Open() bool {
	return r.Note != "" || r.Source != "" || r.From != "" || r.Until != ""
}

func (s *Server) newConcept(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	c := tm.Concept{Type: tm.PlainTerm}
	for lang, text := range map[language.Tag]string{v.project.Source: v.query("source"), v.project.Target: v.query("target")} {
		if text != "" {
			c.Terms = append(c.Terms, tm.Term{Lang: lang, Text: text, Status: tm.Preferred, Case: tm.CaseAuto})
		}
	}
	p := v.conceptPage(glossary, workbench.ConceptView{Concept: c})
	p.Title = v.T("concept.add")
	return v.render(http.StatusOK, p)
}

func (s *Server) showConcept(v *visit) error {
	p, err := v.readConceptPage()
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, p)
}

// readConceptPage loads the page of the concept of the path.
func (v *visit) readConceptPage() (conceptPage, error) {
	glossary, id, err := v.conceptOf()
	if err != nil {
		return conceptPage{}, err
	}
	view, err := v.s.work.ConceptView(v.ctx(), v.actor(), v.project.ID, id)
	if err != nil {
		return conceptPage{}, err
	}
	p := v.conceptPage(glossary, view)
	history, err := v.s.work.ConceptHistory(v.ctx(), v.actor(), v.project.ID, id)
	for i, version := range history {
		p.History = append(p.History, versionView{version, i == 0})
	}
	return p, err
}

// conceptPage is the page of a concept as it is stored.
func (v *visit) conceptPage(glossary workbench.Glossary, view workbench.ConceptView) conceptPage {
	name := glossary.Name
	if len(view.Terms) > 0 {
		name = view.Terms[0].Text
	}
	p := conceptPage{page: v.section("glossaries", name), Glossary: glossary, View: view, BadRow: -1, Mode: readConcept}
	trashed := !view.State.Deleted.IsZero()
	switch {
	case !glossary.Own || trashed:
	case p.May(workbench.EditTerms):
		p.Mode = editConcept
	case p.May(workbench.ProposeTerms) && (view.ID == 0 || v.query("propose") != ""):
		p.Mode = proposeConcept
	}
	p.Form = v.formOf(view.Concept, view.State.Revision)
	return p
}

// formOf fills the form from a concept.
func (v *visit) formOf(c tm.Concept, revision int64) conceptForm {
	rows := make([]termRow, len(c.Terms))
	for i, t := range c.Terms {
		rows[i] = termRow{Term: t, Tag: t.Lang.String(), From: v.DayField(t.From), Until: v.DayField(t.Until), Was: i + 1}
	}
	f := conceptForm{Concept: c, See: strings.Join(c.See, "\n"), Revision: revision}
	f.Sides = v.sides(rows, "")
	return f
}

// sides sorts the rows into the languages of the project, each with room for a
// term more when it has none, or when more is its language.
func (v *visit) sides(rows []termRow, more string) []termSide {
	sides := []termSide{{Lang: v.project.Source}, {Lang: v.project.Target}, {Lang: language.Und, Other: true}}
	for _, row := range rows {
		at := 2
		for i := range sides[:2] {
			if sameBase(row.Lang, sides[i].Lang) {
				at = i
			}
		}
		sides[at].Rows = append(sides[at].Rows, row)
	}
	if len(sides[2].Rows) == 0 {
		sides = sides[:2]
	}
	n := 0
	for i := range sides {
		side := &sides[i]
		if !side.Other && (len(side.Rows) == 0 || more == side.Lang.String()) {
			side.Rows = append(side.Rows, emptyRow(side.Lang, len(side.Rows)))
		}
		for k := range side.Rows {
			side.Rows[k].Row = n
			n++
		}
	}
	return sides
}

func emptyRow(tag language.Tag, before int) termRow {
	status := tm.Admitted
	if before == 0 {
		status = tm.Preferred
	}
	return termRow{Term: tm.Term{Lang: tag, Status: status, Case: tm.CaseAuto}, Tag: tag.String()}
}

// Action is where the form goes.
func (p conceptPage) Action() string {
	glossary := p.Base() + "/glossaries/" + p.plainID(int64(p.Glossary.ID))
	switch {
	case p.Mode == decideConcept:
		return p.Base() + "/proposals/" + p.plainID(p.Proposal.ID) + "/approve"
	case p.Mode == proposeConcept:
		return glossary + "/proposals"
	case p.View.ID != 0:
		return glossary + "/concepts/" + p.plainID(int64(p.View.ID))
	}
	return glossary + "/concepts"
}

func (page) plainID(id int64) string { return itoa(id) }

// TypesOf lists the types to choose from, with the concept's own when it is none
// of ours.
func (p conceptPage) TypesOf() []tm.TermType {
	for _, t := range workbench.TermTypes {
		if t == p.Form.Type {
			return workbench.TermTypes
		}
	}
	return append(append([]tm.TermType(nil), workbench.TermTypes...), p.Form.Type)
}

// PartsOfSpeech are suggestions for the field; any other word may be typed.
func (page) PartsOfSpeech() []string {
	return []string{"noun", "proper noun", "adj", "verb", "adverb", "phrase", "acronym"}
}

// POSName is a part of speech in words; another word is shown as it is.
func (p page) POSName(pos string) string {
	key := "term.pos_name." + strings.ReplaceAll(pos, " ", "_")
	if !p.Has(key) {
		return p.Clean(pos)
	}
	return p.T(key)
}

// RowOf joins the page and one term of the form.
func (p conceptPage) RowOf(side termSide, row termRow) termRowView { return termRowView{p, side, row} }

type termRowView struct {
	conceptPage
	Side termSide
	R    termRow
}

// Bad reports whether the error of the page is about this term.
func (r termRowView) Bad() bool { return r.BadRow >= 0 && r.BadRow == r.R.Row }

// Sided is the concept sorted by language, for those who only read.
func (p conceptPage) Sided() conceptView { return viewConcept(p.View.Concept, *p.Project) }

// versionView is a version of a concept in words.
type versionView struct {
	workbench.ConceptVersion
	Current bool
}

// VersionName says what somebody did in a version.
func (p page) VersionName(v versionView) string {
	return p.T("concept.action."+v.Action, "name", v.Author, "reason", v.Reason)
}

// ChangeName says what a change of a concept is about.
func (p page) ChangeName(c workbench.ConceptChange) string {
	key := "concept.change." + strings.ReplaceAll(c.Field, ".", "_")
	if c.Term != "" {
		return p.T(key, "term", c.Term)
	}
	if c.Field == "term" {
		return p.T(key, "language", locales.Verbatim(p.Language(c.Lang)))
	}
	return p.T(key)
}

// Before and After are the values of a change in words.
func (p page) ChangeBefore(c workbench.ConceptChange) string { return p.changeValue(c, c.Before) }
func (p page) ChangeAfter(c workbench.ConceptChange) string  { return p.changeValue(c, c.After) }

func (p page) changeValue(c workbench.ConceptChange, value string) string {
	if value == "" {
		return ""
	}
	switch c.Field {
	case "type":
		return p.TypeName(tm.TermType(value))
	case "keep":
		return p.T("concept.keep_yes")
	case "term.status":
		return p.word("term.status.", value)
	case "term.case":
		return p.word("term.case.", value)
	case "term.pos":
		return p.POSName(value)
	case "term.from", "term.until":
		if day, err := parseDay(value); err == nil {
			return p.Date(day)
		}
	}
	return p.Clean(value)
}

// ChangeOfText reports whether the values of a change are what somebody wrote,
// not words of the interface.
func (page) ChangeOfText(c workbench.ConceptChange) bool {
	switch c.Field {
	case "type", "keep", "term.status", "term.case", "term.from", "term.until":
		return false
	}
	return true
}

// ChangeLang is the language of what somebody wrote, "" when it may be any.
func (page) ChangeLang(c workbench.ConceptChange) string {
	if c.Field == "term" {
		return c.Lang.String()
	}
	return ""
}

// changesView joins the page and the changes of a concept.
type changesView struct {
	page
	Changes []workbench.ConceptChange
}

// ChangesOf joins the page and changes for their template.
func (p page) ChangesOf(changes []workbench.ConceptChange) changesView {
	return changesView{p, changes}
}

// relatedView joins the page and a related concept.
type relatedView struct {
	conceptPage
	R workbench.Related
}

// RelatedOf joins the page and a related concept for its template.
func (p conceptPage) RelatedOf(r workbench.Related) relatedView { return relatedView{p, r} }
