package web

import (
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

type conceptsPage struct {
	page
	Glossary workbench.Glossary
	Concepts []conceptView
	list
	Statuses []tm.TermStatus
	Edit     tm.ConceptID // whose form is open; 0 for none
}

func (conceptsPage) view() string { return "concepts" }

// conceptView is a concept with its terms sorted into the two languages of the
// project; Others are terms of further languages, which an edit keeps.
type conceptView struct {
	tm.Concept
	Source, Target, Others []tm.Term
}

var (
	termTypes = []tm.TermType{tm.PlainTerm, tm.Person, tm.Organization, tm.Place, tm.Title, tm.Event, tm.Legal, tm.Date, tm.Religion}
	statuses  = []tm.TermStatus{tm.Preferred, tm.Admitted, tm.ForbiddenTerm}
)

func (s *Server) browseGlossary(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	concepts, total, err := s.work.Concepts(v.ctx(), v.actor(), v.project.ID, glossary.ID, workbench.ConceptQuery{Text: v.query("q"), Offset: v.offset(), Limit: listStep})
	if err != nil {
		return err
	}
	edit, _ := idOf(v.query("edit")) // nonsense opens no form
	p := conceptsPage{
		page: v.section("glossaries", glossary.Name), Glossary: glossary,
		list:     v.list(v.glossaryPath(glossary.ID), len(concepts), total),
		Statuses: statuses, Edit: tm.ConceptID(edit),
	}
	for _, c := range concepts {
		p.Concepts = append(p.Concepts, viewConcept(c, *v.project))
	}
	return v.render(http.StatusOK, p)
}

// EditLink is this page with the form of a concept: fifty forms at once would
// make the page slow.
func (p conceptsPage) EditLink(id tm.ConceptID) string {
	separator := "?"
	if strings.Contains(p.Here, separator) {
		separator = "&"
	}
	return fmt.Sprintf("%s%sedit=%d#concept-%d", p.Here, separator, id, id)
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

func (s *Server) addConcept(v *visit) error {
	return v.putConcept(0, "concept.added")
}

func (s *Server) saveConcept(v *visit) error {
	id, err := v.id("concept")
	if err != nil {
		return err
	}
	return v.putConcept(tm.ConceptID(id), "concept.saved")
}

func (v *visit) putConcept(id tm.ConceptID, message string) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	back := v.conceptBack(glossary.ID)
	concept, err := v.concept(id, glossary.ID)
	if err == nil {
		_, err = v.s.work.SaveConcept(v.ctx(), v.actor(), v.project.ID, concept)
	}
	if err != nil {
		return v.excuse(err, back)
	}
	v.done(message)
	return v.redirect(back)
}

func (v *visit) conceptBack(id tm.GlossaryID) string {
	return localPath(v.text("back"), v.glossaryPath(id))
}

// concept reads the form: the fields of a term stand in rows, one value each in
// lang, term, status and pos. Rows without a text are left out.
func (v *visit) concept(id tm.ConceptID, glossary tm.GlossaryID) (tm.Concept, error) {
	f := v.r.PostForm
	c := tm.Concept{ID: id, Glossary: glossary, Type: tm.TermType(v.text("type")), Note: v.text("note")}
	n := len(f["term"])
	if len(f["lang"]) != n || len(f["status"]) != n || len(f["case"]) != n || len(f["pos"]) != n {
		return c, errUnreadable
	}
	for i, text := range f["term"] {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		tag, err := language.Parse(f["lang"][i])
		if err != nil {
			return c, errUnreadable.Wrap(err)
		}
		c.Terms = append(c.Terms, tm.Term{
			Lang: tag, Text: text, Status: tm.TermStatus(f["status"][i]), Case: tm.TermCase(f["case"][i]), POS: f["pos"][i],
		})
	}
	return c, nil
}

func (s *Server) deleteConcept(v *visit) error {
	glossary, id, err := v.conceptOf()
	if err != nil {
		return err
	}
	back := v.conceptBack(glossary.ID)
	if err := s.work.DeleteConcept(v.ctx(), v.actor(), v.project.ID, id); err != nil {
		return v.excuse(err, back)
	}
	v.undoable(fmt.Sprintf("%s/concepts/%d/restore", v.glossaryPath(glossary.ID), id), "concept.deleted")
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
	return v.redirect(v.glossaryPath(glossary.ID))
}

func (v *visit) conceptOf() (workbench.Glossary, tm.ConceptID, error) {
	glossary, err := v.glossary()
	if err != nil {
		return glossary, 0, err
	}
	id, err := v.id("concept")
	return glossary, tm.ConceptID(id), err
}
