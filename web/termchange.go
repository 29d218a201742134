package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/workbench"
)

// exchangeStep is how many segments, and units, one preview shows to be ticked
// one by one.
const exchangeStep = 300

// exchangePage shows what the exchange of a term would change.
type exchangePage struct {
	page
	Glossary workbench.Glossary
	Plan     workbench.TermPlan
	Request  workbench.TermRequest
}

func (exchangePage) view() string { return "exchange" }

// Own is the path of the concept.
func (p exchangePage) Own() string {
	return fmt.Sprintf("%s/glossaries/%d/concepts/%d", p.Base(), p.Glossary.ID, p.Plan.Concept.ID)
}

// OldPoints is what matches of units lose that keep the old form.
func (exchangePage) OldPoints() int { return workbench.OldTermPoints }

// Segments and Units are the places that are shown.
func (p exchangePage) Segments() []workbench.TermPlace {
	return p.Plan.Segments[:min(len(p.Plan.Segments), exchangeStep)]
}

func (p exchangePage) Units() []workbench.TermPlace {
	return p.Plan.Units[:min(len(p.Plan.Units), exchangeStep)]
}

// Certain counts the places nobody has to look at.
func (p exchangePage) Certain() int { return len(p.Plan.Choose()) }

// Long reports whether there are more places than are shown.
func (p exchangePage) Long() bool {
	return p.Plan.More || len(p.Plan.Segments) > exchangeStep || len(p.Plan.Units) > exchangeStep
}

// Empty reports whether there is nothing to exchange.
func (p exchangePage) Empty() bool { return len(p.Plan.Segments)+len(p.Plan.Units) == 0 }

// Approved counts the segments whose approval would be lost.
func (p exchangePage) Approved() int {
	n := 0
	for _, s := range p.Plan.Segments {
		if s.State == tm.Approved && !s.Locked() {
			n++
		}
	}
	return n
}

// placeView joins the page and one place.
type placeView struct {
	page
	P workbench.TermPlace
}

// PlaceOf joins the page and a place for its template.
func (p exchangePage) PlaceOf(place workbench.TermPlace) placeView { return placeView{p.page, place} }

// Value names the place in the form.
func (p placeView) Value() string {
	c := p.P.Choice()
	if c.Document != 0 {
		return fmt.Sprintf("s:%d:%d:%d", c.Document, c.Segment, c.Stamp)
	}
	return fmt.Sprintf("u:%d:%d:%d:%d", c.Project, c.Memory, c.Unit, c.Stamp)
}

// Link is where the place is looked at.
func (p placeView) Link() string { return placeLink(p.P) }

func placeLink(p workbench.TermPlace) string {
	if p.Document == 0 {
		return withQuery(fmt.Sprintf("/projects/%d/memories/%d", p.Project, p.Memory), url.Values{"q": {p.Target.Text}})
	}
	return fmt.Sprintf("/projects/%d/documents/%d?segment=%d", p.Project, p.Document, p.Segment)
}

// Where names the document or the memory, with its project when that is another
// one.
func (p placeView) Where() string {
	name := p.P.DocumentName
	if p.P.Document == 0 {
		name = p.P.MemoryName
	}
	if p.P.Project != p.Project.ID {
		return p.T("exchange.where", "name", name, "project", p.P.ProjectName)
	}
	return p.Clean(name)
}

// Doubt says in words why a place is left to a person.
func (p page) Doubt(doubt string) string { return p.T("exchange.doubt." + doubt) }

func (v *visit) exchangeRequest(c tm.ConceptID, values url.Values) (workbench.TermRequest, error) {
	since, err := idOf(values.Get("since"))
	return workbench.TermRequest{Concept: c, Since: since, Forms: values["form"]}, err
}

func exchangeValues(r workbench.TermRequest) url.Values {
	values := url.Values{}
	if r.Since != 0 {
		values.Set("since", strconv.FormatInt(r.Since, 10))
	}
	if len(r.Forms) > 0 {
		values["form"] = r.Forms
	}
	return values
}

func (s *Server) showExchange(v *visit) error {
	glossary, id, err := v.conceptOf()
	if err != nil {
		return err
	}
	request, err := v.exchangeRequest(id, v.r.URL.Query())
	if err != nil {
		return err
	}
	plan, err := s.work.PlanTerm(v.ctx(), v.actor(), v.project.ID, request)
	if err != nil {
		return err
	}
	p := exchangePage{page: v.section("glossaries", v.T("exchange.title")), Glossary: glossary, Plan: plan, Request: request}
	return v.render(http.StatusOK, p)
}

func (s *Server) exchangeTerm(v *visit) error {
	glossary, id, err := v.conceptOf()
	if err != nil {
		return err
	}
	request, err := v.exchangeRequest(id, v.r.PostForm)
	if err != nil {
		return err
	}
	preview := withQuery(v.conceptPath(glossary.ID, id)+"/exchange", exchangeValues(request))
	chosen, err := v.chosenPlaces(request)
	if err != nil {
		return v.excuse(err, preview)
	}
	done, err := s.work.ExchangeTerm(v.ctx(), v.actor(), v.project.ID, request, chosen, v.text("units"))
	if err != nil {
		return v.excuse(err, preview)
	}
	v.tellExchanged(done, preview)
	return v.redirect(preview)
}

func (v *visit) tellExchanged(done workbench.TermExchanged, back string) {
	text := v.T("exchange.done", "segments", done.Segments, "units", done.Units)
	if done.Skipped > 0 {
		text += " " + v.N("exchange.skipped", done.Skipped)
	}
	told := flash{Kind: "ok", Text: text}
	if done.Segments+done.Units > 0 {
		told.Undo = withQuery(fmt.Sprintf("%s/exchanges/%d/undo", v.base(), done.Change), url.Values{"back": {back}})
	}
	v.flash(told)
}

// chosenPlaces reads the ticked boxes, or takes every place that is certain now.
func (v *visit) chosenPlaces(request workbench.TermRequest) ([]workbench.TermChoice, error) {
	if v.text("all") != "" {
		plan, err := v.s.work.PlanTerm(v.ctx(), v.actor(), v.project.ID, request)
		return plan.Choose(), err
	}
	var list []workbench.TermChoice
	for _, text := range v.r.PostForm["place"] {
		choice, err := placeChoice(text)
		if err != nil {
			return nil, err
		}
		list = append(list, choice)
	}
	return list, nil
}

// placeChoice reads what [placeView.Value] wrote.
func placeChoice(text string) (c workbench.TermChoice, err error) {
	parts := strings.Split(text, ":")
	numbers := make([]int64, len(parts))
	for i, part := range parts[1:] {
		if numbers[i+1], err = idOf(part); err != nil {
			return c, err
		}
	}
	switch {
	case parts[0] == "s" && len(parts) == 4:
		c.Document, c.Segment, c.Stamp = tm.DocumentID(numbers[1]), tm.SegmentID(numbers[2]), numbers[3]
	case parts[0] == "u" && len(parts) == 5:
		c.Project, c.Memory, c.Unit, c.Stamp = tm.ProjectID(numbers[1]), tm.MemoryID(numbers[2]), tm.UnitID(numbers[3]), numbers[4]
	default:
		err = errUnreadable
	}
	return c, err
}

func (s *Server) undoExchange(v *visit) error {
	id, err := v.id("exchange")
	if err == nil {
		err = s.work.UndoTerm(v.ctx(), v.actor(), v.project.ID, id)
	}
	if err != nil {
		return v.excuse(err, v.glossariesPath())
	}
	v.done("exchange.undone")
	return v.redirect(localPath(v.query("back"), v.glossariesPath()))
}

// offerExchange adds to the message about a saved concept where the forms it lost
// can be exchanged.
func (v *visit) offerExchange(told flash, before workbench.ConceptView, after tm.Concept) flash {
	forms := workbench.ChangedForms(before.Concept, after, v.project.Target)
	if before.ID == 0 || len(forms) == 0 || len(after.In(v.project.Target, tm.Preferred)) == 0 {
		return told
	}
	told.Link = withQuery(v.conceptPath(before.Glossary, before.ID)+"/exchange", url.Values{"since": {strconv.FormatInt(before.State.Revision, 10)}})
	told.LinkText = v.T("exchange.offer")
	return told
}

// usePage shows where a concept is used.
type usePage struct {
	page
	Glossary workbench.Glossary
	Use      workbench.TermUse
	Form     string
}

func (usePage) view() string { return "term_use" }

// Own is the path of the concept.
func (p usePage) Own() string {
	return fmt.Sprintf("%s/glossaries/%d/concepts/%d", p.Base(), p.Glossary.ID, p.Use.Concept.ID)
}

// With is the page with the places of one form.
func (p usePage) With(form string) string {
	return withQuery(p.Own()+"/use", url.Values{"form": {form}})
}

// Exchange is where a form can be exchanged by the preferred one; "" when it
// cannot.
func (p usePage) Exchange(f workbench.FormUse) string {
	preferred := p.Use.Concept.In(p.Project.Target, tm.Preferred)
	wrong := f.Former || f.Term.Status != tm.Preferred
	if !p.May(workbench.EditTerms) || !sameBase(f.Term.Lang, p.Project.Target) || len(preferred) == 0 || !wrong || f.Segments+f.Units == 0 {
		return ""
	}
	return withQuery(p.Own()+"/exchange", url.Values{"form": {f.Term.Text}})
}

// Piece is a part of a text, marked or not.
type Piece struct {
	Text   string
	Marked bool
}

// Marked cuts a text at spans.
func (page) Marked(text string, spans []memory.Span) []Piece {
	var list []Piece
	at := 0
	for _, s := range spans {
		if s.From < at || s.To > len(text) {
			continue
		}
		list = append(list, Piece{text[at:s.From], false}, Piece{text[s.From:s.To], true})
		at = s.To
	}
	return append(list, Piece{text[at:], false})
}

// PlaceLink and PlaceWhere say where a segment stands.
func (p usePage) PlaceLink(u workbench.UsedPlace) string { return placeLink(u.TermPlace) }

func (p usePage) PlaceWhere(u workbench.UsedPlace) string {
	return placeView{p.page, u.TermPlace}.Where()
}

func (s *Server) showUse(v *visit) error {
	glossary, id, err := v.conceptOf()
	if err != nil {
		return err
	}
	p := usePage{page: v.section("glossaries", v.T("use.title")), Glossary: glossary, Form: v.query("form")}
	if p.Use, err = s.work.UseOfTerm(v.ctx(), v.actor(), v.project.ID, id, p.Form); err != nil {
		return err
	}
	p.Use.Forms = slices.DeleteFunc(p.Use.Forms, func(f workbench.FormUse) bool { return f.Former && f.Segments+f.Units == 0 })
	return v.render(http.StatusOK, p)
}
