package web

import (
	"fmt"
	"net/http"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

type proposalsPage struct {
	page
	Open    []workbench.ProposalView
	Decided []workbench.Proposal
}

func (proposalsPage) view() string { return "proposals" }

func (v *visit) proposalsPath() string { return v.base() + "/proposals" }

func (s *Server) listProposals(v *visit) (err error) {
	p := proposalsPage{page: v.section("glossaries", v.T("proposals.title"))}
	if p.Open, err = s.work.Proposals(v.ctx(), v.actor(), v.project.ID); err != nil {
		return err
	}
	if p.Decided, err = s.work.DecidedProposals(v.ctx(), v.actor(), v.project.ID); err != nil {
		return err
	}
	return v.render(http.StatusOK, p)
}

// Mine reports whether the person at the page made the proposal.
func (p proposalsPage) Mine(o workbench.Proposal) bool { return o.Account == p.Account.ID }

// ProposalName is what a proposal is about: its first terms.
func (page) ProposalName(o workbench.Proposal) string {
	if len(o.Concept.Terms) == 0 {
		return ""
	}
	return o.Concept.Terms[0].Text
}

// ConceptLink is the page of the concept a proposal is about.
func (p page) ConceptLink(o workbench.Proposal) string {
	return fmt.Sprintf("%s/glossaries/%d/concepts/%d", p.Base(), o.Glossary, o.Concept.ID)
}

func (v *visit) proposal() (workbench.ProposalView, error) {
	id, err := v.id("proposal")
	if err != nil {
		return workbench.ProposalView{}, err
	}
	return v.s.work.Proposal(v.ctx(), v.actor(), v.project.ID, id)
}

// showProposal is the form of a concept filled with what was proposed, to be
// changed before it is approved.
func (s *Server) showProposal(v *visit) error {
	p, err := v.decisionPage()
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, p)
}

func (v *visit) decisionPage() (conceptPage, error) {
	o, err := v.proposal()
	if err != nil {
		return conceptPage{}, err
	}
	glossary, err := v.s.work.Glossary(v.ctx(), v.actor(), v.project.ID, o.Glossary)
	if err != nil {
		return conceptPage{}, err
	}
	view := workbench.ConceptView{}
	if o.Concept.ID != 0 {
		if view, err = v.s.work.ConceptView(v.ctx(), v.actor(), v.project.ID, o.Concept.ID); err != nil {
			return conceptPage{}, err
		}
	}
	p := v.conceptPage(glossary, view)
	p.Title, p.Mode, p.Proposal = v.T("proposal.decide_title"), decideConcept, &o
	if o.State != workbench.ProposalOpen || o.Gone {
		p.Mode = readConcept
	}
	p.Form = v.formOf(o.Concept, view.State.Revision)
	return p, nil
}

// approveProposal takes a proposal as it is, or as the form has it.
func (s *Server) approveProposal(v *visit) error {
	if v.r.PostForm["term"] == nil {
		return v.approvePlainly()
	}
	p, err := v.decisionPage()
	if err != nil {
		return err
	}
	return v.takeForm(p, func(c tm.Concept) error {
		revision, err := idOf(v.text("revision"))
		if err != nil {
			return err
		}
		if _, err := s.work.ApproveProposal(v.ctx(), v.actor(), v.project.ID, p.Proposal.ID, &c, revision); err != nil {
			return err
		}
		v.done("proposal.approved")
		return v.redirect(v.proposalsPath())
	})
}

func (v *visit) approvePlainly() error {
	o, err := v.proposal()
	if err == nil {
		_, err = v.s.work.ApproveProposal(v.ctx(), v.actor(), v.project.ID, o.ID, nil, 0)
	}
	if err != nil {
		return v.excuse(err, v.proposalsPath())
	}
	v.done("proposal.approved")
	return v.redirect(v.proposalsPath())
}

func (s *Server) rejectProposal(v *visit) error {
	o, err := v.proposal()
	if err == nil {
		err = s.work.RejectProposal(v.ctx(), v.actor(), v.project.ID, o.ID, v.text("reason"))
	}
	if err != nil {
		return v.excuse(err, v.proposalsPath())
	}
	v.done("proposal.rejected")
	return v.redirect(v.proposalsPath())
}

func (s *Server) withdrawProposal(v *visit) error {
	o, err := v.proposal()
	if err == nil {
		err = s.work.WithdrawProposal(v.ctx(), v.actor(), v.project.ID, o.ID)
	}
	if err != nil {
		return v.excuse(err, v.proposalsPath())
	}
	v.done("proposal.withdrawn")
	return v.redirect(v.proposalsPath())
}

type exceptionsPage struct {
	page
	workbench.ExceptionReport
	More int // exceptions not shown
}

func (exceptionsPage) view() string { return "exceptions" }

// exceptionsShown is how many exceptions the report lists one by one.
const exceptionsShown = 200

// showExceptions reports the glossary errors that were let pass.
func (s *Server) showExceptions(v *visit) error {
	report, err := s.work.Exceptions(v.ctx(), v.actor(), v.project.ID)
	if err != nil {
		return err
	}
	p := exceptionsPage{page: v.section("glossaries", v.T("exceptions.title")), ExceptionReport: report}
	if n := len(p.List); n > exceptionsShown {
		p.List, p.More = p.List[:exceptionsShown], n-exceptionsShown
	}
	return v.render(http.StatusOK, p)
}

// EditorLink is the segment of an exception in the editor.
func (p page) EditorLink(e workbench.Exception) string {
	return fmt.Sprintf("%s/documents/%d?segment=%d", p.Base(), e.Document, e.Segment)
}

// countsView joins the page and a table of counts; Head is the key of its first
// column.
type countsView struct {
	page
	List []workbench.ExceptionCount
	Head string
}

// countsShown is how many rows a table of counts has.
const countsShown = 20

// Counts joins the page and counts for their template.
func (p exceptionsPage) Counts(list []workbench.ExceptionCount, head string) countsView {
	return countsView{p.page, list[:min(len(list), countsShown)], head}
}

// Inc is the number people give the i-th thing.
func (page) Inc(i int) int { return i + 1 }
