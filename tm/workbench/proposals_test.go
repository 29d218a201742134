package workbench_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

func TestPropose_ApprovedRejectedWithdrawn(t *testing.T) {
	b := open(t)
	p := b.project.ID
	_, err := b.SaveConcept(b.ctx, b.translator, p, b.pairOf("bridge", "پل"))
	b.wantCode(err, "forbidden")
	_, err = b.Propose(b.ctx, b.viewer, p, b.pairOf("bridge", "پل"), "")
	b.wantCode(err, "forbidden")

	wish := b.pairOf("bridge", "پل")
	wish.Terms[1].Status = tm.Proposed
	first, err := b.Propose(b.ctx, b.translator, p, wish, "هر روز لازم است")
	b.must(err)
	if _, total, _ := b.Concepts(b.ctx, b.viewer, p, b.glossary(), workbench.ConceptQuery{Limit: 9}); total != 0 {
		t.Error("a proposal is in the glossary already")
	}
	if n, err := b.OpenProposals(b.ctx, b.reviewer, p); err != nil || n != 1 {
		t.Errorf("%d open, %v", n, err)
	}
	_, err = b.ApproveProposal(b.ctx, b.translator, p, first.ID, nil, 0)
	b.wantCode(err, "forbidden")
	made, err := b.ApproveProposal(b.ctx, b.reviewer, p, first.ID, nil, 0)
	b.must(err)
	if diff := cmp.Diff([]string{"bridge preferred", "پل preferred"}, terms(b.read(made.ID))); diff != "" {
		t.Error(diff)
	}
	_, err = b.ApproveProposal(b.ctx, b.reviewer, p, first.ID, nil, 0)
	b.wantCode(err, "proposal.decided")

	change := b.read(made.ID)
	_, err = b.Propose(b.ctx, b.translator, p, change, "")
	b.wantCode(err, "proposal.same")
	change.Terms = append(change.Terms, tm.Term{Lang: language.Persian, Text: "جسر", Status: tm.ForbiddenTerm})
	second, err := b.Propose(b.ctx, b.translator, p, change, "")
	b.must(err)
	b.wantCode(b.RejectProposal(b.ctx, b.reviewer, p, second.ID, " "), "reason.empty")
	b.must(b.RejectProposal(b.ctx, b.reviewer, p, second.ID, "در متون کهن درست است"))
	third, err := b.Propose(b.ctx, b.translator, p, change, "")
	b.must(err)
	b.wantCode(b.WithdrawProposal(b.ctx, b.reviewer, p, third.ID), "forbidden")
	b.must(b.WithdrawProposal(b.ctx, b.translator, p, third.ID))

	outcome, err := b.DecidedProposals(b.ctx, b.translator, p)
	b.must(err)
	var got []string
	for _, o := range outcome {
		got = append(got, string(o.State)+": "+o.Reason)
	}
	if diff := cmp.Diff([]string{"withdrawn: ", "rejected: در متون کهن درست است", "approved: "}, got); diff != "" {
		t.Error(diff)
	}
	history, err := b.ConceptHistory(b.ctx, b.viewer, p, made.ID)
	b.must(err)
	if len(history) != 2 || history[0].Action != "reject" || history[1].Action != "approve" || history[1].Reason != b.translator.Name {
		t.Errorf("history: %+v", history)
	}
}

func TestPropose_ConceptChangedMeanwhile(t *testing.T) {
	b := open(t)
	p := b.project.ID
	c := b.concept("bridge", "پل")
	wish := c
	wish.Note = "پل قدیم"
	o, err := b.Propose(b.ctx, b.translator, p, wish, "")
	b.must(err)
	newer := c
	newer.Domain = "معماری"
	_, err = b.SaveConcept(b.ctx, b.reviewer, p, newer)
	b.must(err)
	_, err = b.ApproveProposal(b.ctx, b.reviewer, p, o.ID, nil, 0)
	b.wantCode(err, "proposal.stale")
	view, err := b.Proposals(b.ctx, b.reviewer, p)
	b.must(err)
	if len(view) != 1 || !view[0].Stale || len(view[0].Changes) != 2 {
		t.Fatalf("the proposal is not shown against what there is now: %+v", view)
	}
	both := newer
	both.Note = wish.Note
	_, err = b.ApproveProposal(b.ctx, b.reviewer, p, o.ID, &both, 2)
	b.must(err)
	if got := b.read(c.ID); got.Domain != "معماری" || got.Note != "پل قدیم" {
		t.Errorf("approved as edited: %+v", got)
	}
}

func TestExceptions_ByTermAndPerson(t *testing.T) {
	b := open(t)
	b.concept("Laleh Irani", "لاله ایرانی")
	d := b.upload("garden.txt", article+"\nLaleh Irani left.\n").Document.ID
	rows := b.rows(d)
	first, last := b.confirm(d, rows[0], "او باغ را گشود.").Row, b.confirm(d, rows[4], "او رفت.")
	_, err := b.Approve(b.ctx, b.reviewer, d, first.ID, first.Revision, "نام در تیتر آمده است")
	b.must(err)
	_, err = b.Dismiss(b.ctx, b.reviewer, d, last.Row.ID, last.Row.Revision, refOf(issueOf(b, last.Issues, "glossary_missing")), "ضمیر بس است")
	b.must(err)
	_, err = b.Exceptions(b.ctx, b.translator, b.project.ID)
	b.wantCode(err, "forbidden")
	report, err := b.Exceptions(b.ctx, b.reviewer, b.project.ID)
	b.must(err)
	if report.Overrides != 1 || report.Allowed != 1 || report.Approved != 1 || len(report.List) != 2 {
		t.Errorf("report: %+v", report)
	}
	if diff := cmp.Diff([]workbench.ExceptionCount{{Name: "Laleh Irani", Overrides: 1, Allowed: 1}}, report.ByTerm); diff != "" {
		t.Error(diff)
	}
	if len(report.ByPerson) != 1 || report.ByPerson[0].Name != b.reviewer.Name {
		t.Errorf("by person: %+v", report.ByPerson)
	}
	if report.List[1].Reason != "نام در تیتر آمده است" || !report.List[1].Standing {
		t.Errorf("override: %+v", report.List[1])
	}
}
