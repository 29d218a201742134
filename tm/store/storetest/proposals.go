package storetest

import (
	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// propose adds a proposal of Sara.
func (w *world) propose(c tm.Concept) (id int64) {
	w.Helper()
	w.update(func(tx *store.Tx) (err error) {
		id, err = tx.AddProposal(w.ctx, store.Proposal{
			Glossary: w.glossary, Concept: c, Revision: 1, Comment: "as in the last article", Account: w.sara, At: noon,
		})
		return err
	})
	return id
}

var proposalTests = []test{
	{"a proposal is read as it was made, and counted", func(w *world) {
		c := w.put(unitedNations(w.glossary))
		c.Terms[0].Text = "the United Nations"
		id := w.propose(c)
		want := store.Proposal{
			ID: id, Glossary: w.glossary, GlossaryName: "Names", Concept: c, Revision: 1, Comment: "as in the last article",
			Account: w.sara, Author: "Sara Amini", At: noon, State: store.ProposalOpen,
		}
		if diff := cmp.Diff([]store.Proposal{want}, must(w.db.Proposals(w.ctx, w.project))(w), tags); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff([]store.Proposal{want}, must(w.db.ConceptProposals(w.ctx, c.ID))(w), tags); diff != "" {
			w.Error(diff)
		}
		if n := must(w.db.CountProposals(w.ctx, w.project))(w); n != 1 {
			w.Errorf("%d open", n)
		}
		if g := must(w.db.Glossary(w.ctx, w.project, w.glossary))(w); g.Proposals != 1 {
			w.Errorf("%d open in the glossary", g.Proposals)
		}
		_, err := w.db.Proposal(w.ctx, w.otherProject(w.omid), id)
		w.missing("Proposal", err)
	}},
	{"a proposal is decided once", func(w *world) {
		id := w.propose(pair(w.glossary, "bridge", "پل"))
		c := w.put(pair(w.glossary, "bridge", "پل"))
		decide := func(tx *store.Tx) error {
			return tx.DecideProposal(w.ctx, id, store.ProposalApproved, c.ID, "thanks", w.maryam, after(3))
		}
		w.update(decide)
		w.refused(tm.NotFound, decide)
		p := must(w.db.Proposal(w.ctx, w.project, id))(w)
		if p.State != store.ProposalApproved || p.Concept.ID != c.ID || p.Reason != "thanks" || p.Decider != "مریم راد" || !p.Decided.Equal(after(3)) {
			w.Errorf("decided: %+v", p)
		}
		if n := must(w.db.CountProposals(w.ctx, w.project))(w); n != 0 {
			w.Errorf("%d open", n)
		}
		for account, want := range map[tm.AccountID]int{0: 1, w.sara: 1, w.omid: 0} {
			if got := must(w.db.DecidedProposals(w.ctx, w.project, account, 9))(w); len(got) != want {
				w.Errorf("decided for account %d: %d, want %d", account, len(got), want)
			}
		}
	}},
}

var exceptionTests = []test{
	{"what was let pass is listed with its reason, newest first", func(w *world) {
		r := must(w.db.Row(w.ctx, w.document, w.segments[0]))(w)
		r.Target, r.State, r.Author = tm.Plain("گفت‌وگوها از سر گرفته شد."), tm.Approved, w.sara
		w.update(func(tx *store.Tx) error {
			step := store.Step{Action: "approve", By: w.maryam, At: after(1), Reason: "a quotation"}
			if err := tx.SetTarget(w.ctx, &r, step, 1); err != nil {
				return err
			}
			return tx.AddOverrides(w.ctx, r.ID, r.Revision, []store.Override{{Code: "glossary_missing", Term: "Talks", Expected: "مذاکرات"}})
		})
		w.update(func(tx *store.Tx) error {
			for _, code := range []string{"glossary_forbidden", "latin_comma"} {
				d := store.Dismissal{Segment: w.segments[1], Target: "", Code: code, Mark: "target x", Reason: "a title"}
				if err := tx.PutDismissal(w.ctx, d, w.sara, after(2)); err != nil {
					return err
				}
			}
			return nil
		})
		want := []store.Exception{
			{
				Override: store.Override{Code: "glossary_forbidden", Term: "target x"}, Allowed: true, Document: w.document,
				DocumentName: "talks.txt", Segment: w.segments[1], Index: 1, Account: w.sara, Author: "Sara Amini",
				At: after(2), Reason: "a title", Standing: true,
			},
			{
				Override: store.Override{Code: "glossary_missing", Term: "Talks", Expected: "مذاکرات"}, Document: w.document,
				DocumentName: "talks.txt", Segment: r.ID, Account: w.maryam, Author: "مریم راد",
				At: after(1), Reason: "a quotation", Standing: true,
			},
		}
		if diff := cmp.Diff(want, must(w.db.Exceptions(w.ctx, w.project))(w)); diff != "" {
			w.Error(diff)
		}
	}},
}
