package web

import (
	"fmt"
	"net/http"
	"net/url"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// conceptsPage is a glossary: its concepts, searched and narrowed.
type conceptsPage struct {
	page
	Glossary workbench.Glossary
	Concepts []conceptView
	Filter   workbench.ConceptQuery
	Domains  []string
	list
}

func (conceptsPage) view() string { return "concepts" }

// conceptView is a concept with its terms sorted into the two languages of the
// project; Others are terms of further languages.
type conceptView struct {
	tm.Concept
	Source, Target, Others []tm.Term
}

var statuses = []tm.TermStatus{tm.Preferred, tm.Admitted, tm.ForbiddenTerm, tm.Proposed}

func (s *Server) browseGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	query := v.conceptQuery()
	concepts, total, err := s.work.Concepts(v.ctx(), v.actor(), v.project.ID, glossary.ID, query)
	if err != nil {
		return err
	}
	p := conceptsPage{page: v.section("glossaries", glossary.Name), Glossary: glossary, Filter: query}
	if p.Domains, err = s.work.Domains(v.ctx(), v.actor(), v.project.ID, glossary.ID); err != nil {
		return err
	}
	p.list = pages(v.glossaryPath(glossary.ID), conceptValues(query), v.offset(), listStep, len(concepts), total)
	p.Query = query.Text
	for _, c := range concepts {
		p.Concepts = append(p.Concepts, viewConcept(c, *v.project))
	}
	return v.render(http.StatusOK, p)
}

// conceptQuery reads the filter of the list.
func (v *visit) conceptQuery() workbench.ConceptQuery {
	return workbench.ConceptQuery{
		Text: v.query("q"), Type: v.query("type"), Domain: v.query("domain"), Status: v.query("status"),
		Proposed: v.query("proposed") != "", Expired: v.query("expired") != "", Offset: v.offset(), Limit: listStep,
	}
}

// conceptValues is the filter as a query.
func conceptValues(q workbench.ConceptQuery) url.Values {
	values := url.Values{}
	for name, value := range map[string]string{"q": q.Text, "type": q.Type, "domain": q.Domain, "status": q.Status} {
		if value != "" {
			values.Set(name, value)
		}
	}
	for name, on := range map[string]bool{"proposed": q.Proposed, "expired": q.Expired} {
		if on {
			values.Set(name, "1")
		}
	}
	return values
}

// Narrowed reports whether the list shows less than the whole glossary.
func (p conceptsPage) Narrowed() bool { return len(conceptValues(p.Filter)) > 0 }

// Types and Statuses are the choices of the filter and the form.
func (page) Types() []tm.TermType      { return workbench.TermTypes }
func (page) Statuses() []tm.TermStatus { return statuses }

// Formats are those a glossary is exported in.
func (page) GlossaryFormats() []string { return workbench.GlossaryFormats }

// Expired reports whether a term does not hold any more.
func (t termView) Expired() bool {
	return !t.Until.IsZero() && t.Until.AddDate(0, 0, 1).Before(t.site.clock())
}

// Lasting says for which time a term holds, "" for always.
func (t termView) Lasting() string {
	switch {
	case t.From.IsZero() && t.Until.IsZero():
		return ""
	case t.From.IsZero():
		return t.T("term.until_day", "day", t.Date(t.Until))
	case t.Until.IsZero():
		return t.T("term.from_day", "day", t.Date(t.From))
	}
	return t.T("term.between_days", "from", t.Date(t.From), "until", t.Date(t.Until))
}

func viewConcept(c tm.Concept, project workbench.Project) conceptView {
	view := conceptView{Concept: c}
	for _, t := range c.Terms {
		switch {
		case sameBase(t.Lang, project.Source):
			view.Source = append(view.Source, t)
		case sameBase(t.Lang, project.Target):
			view.Target = append(view.Target, t)
		default:
			view.Others = append(view.Others, t)
		}
	}
	return view
}

func sameBase(a, b language.Tag) bool {
	x, _ := a.Base()
	y, _ := b.Base()
	return x == y
}

func (v *visit) conceptPath(g tm.GlossaryID, c tm.ConceptID) string {
	return fmt.Sprintf("%s/concepts/%d", v.glossaryPath(g), c)
}

// conceptOf returns the glossary and the concept of the path, in the trash or
// not; the workbench checks that the project has it.
func (v *visit) conceptOf() (workbench.Glossary, tm.ConceptID, error) {
	glossary, err := v.glossary()
	if err != nil {
		return glossary, 0, err
	}
	id, err := v.id("concept")
	if err != nil {
		return glossary, 0, err
	}
	c, err := v.s.work.Concept(v.ctx(), v.actor(), v.project.ID, tm.ConceptID(id))
	if err == nil && c.Glossary != glossary.ID {
		err = errNotFound
	}
	return glossary, tm.ConceptID(id), err
}

func (s *Server) deleteConcept(v *visit) error {
	glossary, id, err := v.conceptOf()
	if err != nil {
		return err
	}
	back := localPath(v.text("back"), v.glossaryPath(glossary.ID))
	if err := s.work.DeleteConcept(v.ctx(), v.actor(), v.project.ID, id); err != nil {
		return v.excuse(err, back)
	}
	v.undoable(v.conceptPath(glossary.ID, id)+"/restore", "concept.deleted")
	return v.redirect(back)
}

func (s *Server) restoreConcept(v *visit) error {
	glossary, id, err := v.conceptOf()
	if err != nil {
		return err
	}
	if err := s.work.RestoreConcept(v.ctx(), v.actor(), v.project.ID, id); err != nil {
		return v.excuse(err, v.glossaryPath(glossary.ID))
	}
	v.done("concept.restored")
	return v.redirect(v.conceptPath(glossary.ID, id))
}

func (s *Server) revertConcept(v *visit) error {
	glossary, id, err := v.conceptOf()
	if err != nil {
		return err
	}
	revision, err := idOf(v.text("revision"))
	if err == nil {
		err = s.work.RestoreConceptVersion(v.ctx(), v.actor(), v.project.ID, id, revision)
	}
	if err != nil {
		return v.excuse(err, v.conceptPath(glossary.ID, id))
	}
	v.done("concept.reverted")
	return v.redirect(v.conceptPath(glossary.ID, id))
}

type mergePage struct {
	page
	Glossary workbench.Glossary
	Concepts []conceptView
}

func (mergePage) view() string { return "concept_merge" }

// showMerge asks which of the chosen concepts is to stay.
func (s *Server) showMerge(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	p := mergePage{page: v.section("glossaries", v.T("merge.title")), Glossary: glossary}
	for _, text := range v.r.URL.Query()["concept"] {
		id, err := idOf(text)
		if err != nil {
			return err
		}
		c, err := s.work.Concept(v.ctx(), v.actor(), v.project.ID, tm.ConceptID(id))
		if err != nil || c.Glossary != glossary.ID {
			return errNotFound
		}
		p.Concepts = append(p.Concepts, viewConcept(c, *v.project))
	}
	if len(p.Concepts) < 2 {
		v.flash(flash{Kind: "error", Text: v.T("merge.too_few")})
		return v.redirect(v.glossaryPath(glossary.ID))
	}
	return v.render(http.StatusOK, p)
}

func (s *Server) mergeConcepts(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	into, err := idOf(v.text("into"))
	if err != nil {
		return err
	}
	merge := workbench.Merge{Into: tm.ConceptID(into)}
	for _, text := range v.r.PostForm["concept"] {
		id, err := idOf(text)
		if err != nil {
			return err
		}
		merge.From = append(merge.From, tm.ConceptID(id))
	}
	merged, err := s.work.MergeConcepts(v.ctx(), v.actor(), v.project.ID, merge)
	if err != nil {
		return v.excuse(err, v.glossaryPath(glossary.ID))
	}
	v.undoable(v.changePath(merged.Concept.Glossary, merged.Change), "merge.done")
	return v.redirect(v.conceptPath(merged.Concept.Glossary, merged.Concept.ID))
}

// changePath takes a change of many concepts back.
func (v *visit) changePath(g tm.GlossaryID, change int64) string {
	return fmt.Sprintf("%s/changes/%d/undo", v.glossaryPath(g), change)
}

func (s *Server) undoGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	change, err := v.id("change")
	if err == nil {
		err = s.work.UndoGlossary(v.ctx(), v.actor(), v.project.ID, glossary.ID, change)
	}
	if err != nil {
		return v.excuse(err, v.glossaryPath(glossary.ID))
	}
	v.done("glossary.undone")
	return v.redirect(localPath(v.query("back"), v.glossaryPath(glossary.ID)))
}
