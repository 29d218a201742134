package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func (s *Server) addConcept(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	p := v.conceptPage(glossary, workbench.ConceptView{})
	p.Title = v.T("concept.add")
	return v.takeForm(p, func(c tm.Concept) error {
		made, err := s.work.SaveConcept(v.ctx(), v.actor(), v.project.ID, c)
		if err != nil {
			return err
		}
		v.done("concept.added")
		return v.redirect(v.conceptPath(glossary.ID, made.ID))
	})
}

func (s *Server) saveConcept(v *visit) error {
	p, err := v.readConceptPage()
	if err != nil {
		return err
	}
	return v.takeForm(p, func(c tm.Concept) error {
		revision, err := idOf(v.text("revision"))
		if err != nil {
			return err
		}
		after, err := s.work.ChangeConcept(v.ctx(), v.actor(), v.project.ID, c, revision)
		if err != nil {
			return err
		}
		v.flash(v.offerExchange(flash{Kind: "ok", Text: v.T("concept.saved")}, p.View, after))
		return v.redirect(v.conceptPath(c.Glossary, c.ID))
	})
}

// propose takes the form of those who may not edit terms. The field concept
// names the one to change.
func (s *Server) propose(v *visit) error {
	glossary, err := v.glossary()
	if err != nil {
		return err
	}
	id, err := idOf(v.text("concept"))
	if err != nil {
		return err
	}
	view := workbench.ConceptView{}
	if id != 0 {
		if view, err = s.work.ConceptView(v.ctx(), v.actor(), v.project.ID, tm.ConceptID(id)); err != nil {
			return err
		}
		if view.Glossary != glossary.ID {
			return errNotFound
		}
	}
	p := v.conceptPage(glossary, view)
	p.Mode = proposeConcept
	return v.takeForm(p, func(c tm.Concept) error {
		if _, err := s.work.Propose(v.ctx(), v.actor(), v.project.ID, c, v.text("comment")); err != nil {
			return err
		}
		v.done("proposal.made")
		return v.redirect(v.proposalsPath())
	})
}

// takeForm reads the concept of the form and hands it to save. A form that asks
// for a row more or less, or that is not right, is shown again as it was typed.
func (v *visit) takeForm(p conceptPage, save func(tm.Concept) error) error {
	rows, err := v.termRows(p.View.Concept)
	if err != nil {
		return err
	}
	p.Form = v.typedForm(p.View, rows)
	if more, less := v.text("more"), v.text("less"); more != "" || less != "" {
		p.Form.Sides = v.sides(without(rows, less), more)
		return v.render(http.StatusOK, p)
	}
	c, err := v.typedConcept(p, rows)
	if err == nil {
		err = save(c)
	}
	known, ok := actionable(err)
	if !ok || known.Code == errUnreadable.Code {
		return err
	}
	p.Problem = v.Problem(known)
	p.BadField = fieldOf(known)
	if row, ok := known.Args["row"].(int); ok {
		p.BadRow = row
	}
	if known.Code == "concept.stale" {
		p.Form.Revision = p.View.State.Revision // whoever saves again has seen it
	}
	return v.render(statusOf(known), p)
}

// fieldOf names the field of the form an error is about.
func fieldOf(err *tm.Error) string {
	switch err.Code {
	case "concept.see_unknown", "concept.see_ambiguous", "concept.see_many":
		return "see"
	case "concept.key_taken":
		return "key"
	case "concept.note_long":
		return "note"
	}
	return ""
}

// typedForm is the form as it was sent.
func (v *visit) typedForm(view workbench.ConceptView, rows []termRow) conceptForm {
	f := conceptForm{
		Concept: tm.Concept{
			ID: view.ID, Key: v.text("key"), Type: tm.TermType(v.text("type")), Domain: v.text("domain"), Note: v.text("note"),
			Keep: v.checked("keep"), Props: view.Props,
		},
		See: v.r.PostForm.Get("see"), Comment: v.text("comment"),
	}
	f.Revision, _ = idOf(v.text("revision")) // nonsense is stale
	f.Sides = v.sides(rows, "")
	return f
}

// typedConcept is the concept the form describes.
func (v *visit) typedConcept(p conceptPage, rows []termRow) (tm.Concept, error) {
	c := p.Form.Concept
	c.Glossary = p.Glossary.ID
	c.See = strings.FieldsFunc(p.Form.See, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, row := range rows {
		t := row.Term
		var err error
		if t.Text != "" {
			if t.From, err = parseDay(row.From); err == nil {
				t.Until, err = parseDay(row.Until)
			}
		}
		if known, ok := errors.AsType[*tm.Error](err); ok {
			known.Args["row"] = i
			return c, known
		}
		c.Terms = append(c.Terms, t) // empty ones too: rows keep their numbers
	}
	return c, nil
}

// termFields are the fields of a term; each has one value for every row.
var termFields = []string{"lang", "term", "status", "case", "pos", "from", "until", "termnote", "termsource", "was"}

// termRows reads the rows of the form.
func (v *visit) termRows(old tm.Concept) ([]termRow, error) {
	f := v.r.PostForm
	n := len(f["term"])
	for _, name := range termFields {
		if len(f[name]) != n {
			return nil, errUnreadable
		}
	}
	rows := make([]termRow, 0, n)
	for i := range n {
		tag, err := language.Parse(f["lang"][i])
		if err != nil {
			return nil, errUnreadable.Wrap(err)
		}
		was, err := idOf(f["was"][i])
		if err != nil {
			return nil, err
		}
		row := termRow{Tag: f["lang"][i], From: f["from"][i], Until: f["until"][i], Was: int(was), Row: i}
		row.Term = tm.Term{
			Lang: tag, Text: strings.TrimSpace(f["term"][i]), Status: tm.TermStatus(f["status"][i]), Case: tm.TermCase(f["case"][i]),
			POS: strings.TrimSpace(f["pos"][i]), Note: strings.TrimSpace(f["termnote"][i]), Source: strings.TrimSpace(f["termsource"][i]),
		}
		if was > 0 && int(was) <= len(old.Terms) {
			row.Props = old.Terms[was-1].Props
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// without drops the row with the number.
func without(rows []termRow, number string) []termRow {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(rows) {
		return rows
	}
	return append(rows[:n:n], rows[n+1:]...)
}
