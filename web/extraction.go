package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/workbench"
)

// offersPage lists what may be terms in a document or a memory.
type offersPage struct {
	page
	Name       string // of the document or the memory
	Back       string
	Offers     []offerView
	Found      workbench.TermOffers
	Glossaries []workbench.Glossary // that can be changed
	Quick      bool                 // the first row gets the focus
	list
}

func (offersPage) view() string { return "offers" }

// Proposing reports whether what is taken becomes a proposal.
func (p offersPage) Proposing() bool { return !p.May(workbench.EditTerms) }

// offerView is a candidate with its number in the form.
type offerView struct {
	workbench.TermOffer
	Row int
}

// leastScore is the lowest score of a translation that stands in the field at
// once; those below it can be chosen.
const leastScore = 0.5

// Proposed is the translation that is offered, "" for none.
func (o offerView) Proposed() string {
	if len(o.Targets) == 0 || o.Targets[0].Score < leastScore {
		return ""
	}
	return o.Targets[0].Text
}

// contextView joins the page and one context of a candidate.
type contextView struct {
	page
	Place  workbench.NamePlace
	Pieces []Piece
}

// Contexts are the places of a candidate with the candidate marked.
func (p offersPage) Contexts(o offerView) []contextView {
	var list []contextView
	for i, c := range o.TermOffer.Contexts {
		list = append(list, contextView{p.page, o.Places[i], p.Marked(c.Text, []memory.Span{{From: c.From, To: c.To}})})
	}
	return list
}

// Reason says where a proposed translation comes from.
func (p offersPage) Reason(o offerView) string {
	if o.Proposed() == "" {
		return ""
	}
	return p.T("offers.reason." + string(o.Targets[0].Reason))
}

func (s *Server) termsInDocument(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	found, err := s.work.TermsInDocument(v.ctx(), v.actor(), document.ID, v.offset(), listStep)
	if err != nil {
		return err
	}
	p := offersPage{page: v.section("documents", v.T("offers.title")), Name: document.Name, Back: v.documentPath(document.ID)}
	return v.showOffers(p, v.documentPath(document.ID)+"/extraction", found)
}

func (s *Server) termsInMemory(v *visit) error {
	y, err := v.memory()
	if err != nil {
		return err
	}
	found, err := s.work.TermsInMemory(v.ctx(), v.actor(), v.project.ID, y.ID, v.offset(), listStep)
	if err != nil {
		return err
	}
	p := offersPage{page: v.section("memories", v.T("offers.title")), Name: y.Name, Back: v.memoryPath(y.ID)}
	return v.showOffers(p, v.memoryPath(y.ID)+"/extraction", found)
}

func (v *visit) showOffers(p offersPage, path string, found workbench.TermOffers) (err error) {
	if p.Glossaries, err = v.ownGlossaries(); err != nil {
		return err
	}
	p.Found, p.Quick = found, v.query("next") != ""
	p.list = pages(path, nil, v.offset(), listStep, len(found.Offers), found.Total)
	for i, o := range found.Offers {
		p.Offers = append(p.Offers, offerView{o, i})
	}
	return v.render(http.StatusOK, p)
}

// backToOffers is the list the form came from, with the focus on its first row.
func (v *visit) backToOffers() string {
	back := localPath(v.r.FormValue("back"), v.glossariesPath())
	u, err := url.Parse(back)
	if err != nil {
		return back
	}
	values := u.Query()
	values.Set("next", "1")
	return withQuery(u.Path, values)
}

func (s *Server) acceptTerms(v *visit) error {
	back := v.backToOffers()
	g, err := idOf(v.text("glossary"))
	if err != nil {
		return err
	}
	list, err := v.takenTerms()
	if err != nil {
		return err
	}
	done, err := s.work.AcceptTerms(v.ctx(), v.actor(), v.project.ID, tm.GlossaryID(g), list)
	if err != nil {
		return v.excuse(err, back)
	}
	told := flash{Kind: "ok", Text: v.N("offers.accepted", done.Added)}
	if done.Proposed > 0 {
		told.Text = v.N("offers.proposed", done.Proposed)
	}
	if done.Known > 0 {
		told.Text += " " + v.N("offers.known", done.Known)
	}
	if done.Added > 0 {
		told.Undo = withQuery(v.changePath(done.Glossary, done.Change), url.Values{"back": {back}})
	}
	v.flash(told)
	return v.redirect(back)
}

// takenTerms reads the rows that are ticked, or the one whose button was pressed.
func (v *visit) takenTerms() ([]workbench.TakenTerm, error) {
	rows := v.r.PostForm["pick"]
	if one := v.text("one"); one != "" {
		rows = []string{one}
	}
	var list []workbench.TakenTerm
	for _, row := range rows {
		if n, err := strconv.Atoi(row); err != nil || n < 0 || n >= 2*listStep {
			return nil, errUnreadable
		}
		list = append(list, workbench.TakenTerm{
			Source: v.text("source." + row), Target: v.text("target." + row), Type: tm.TermType(v.text("type." + row)),
		})
	}
	return list, nil
}

// rejectTerm remembers that a candidate is no term, or forgets it.
func (s *Server) rejectTerm(v *visit) error {
	back := v.backToOffers()
	text, on := strings.TrimSpace(v.r.FormValue("text")), v.r.FormValue("again") == ""
	if row := v.text("reject"); row != "" {
		text = v.text("source." + row)
	}
	if err := s.work.RejectTerm(v.ctx(), v.actor(), v.project.ID, text, on); err != nil {
		return v.excuse(err, back)
	}
	if !on {
		v.done("offers.restored", "term", text)
		return v.redirect(back)
	}
	undo := url.Values{"again": {"1"}, "text": {text}, "back": {back}}
	v.flash(flash{Kind: "ok", Text: v.T("offers.rejected", "term", text), Undo: withQuery(fmt.Sprintf("%s/extraction/reject", v.base()), undo)})
	return v.redirect(back)
}
