package workbench

import (
	"context"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// The states of a proposal.
const (
	ProposalOpen      = store.ProposalOpen
	ProposalApproved  = store.ProposalApproved
	ProposalRejected  = store.ProposalRejected
	ProposalWithdrawn = store.ProposalWithdrawn
)

// Proposal is a concept as somebody who may not edit terms would like it.
type Proposal = store.Proposal

// maxProposals bounds how many proposals of a project may be open.
const maxProposals = 2000

// Propose asks for a concept (ID 0) or a change of one in a glossary of the
// project. Reviewers decide: see [Workbench.ApproveProposal].
func (w *Workbench) Propose(ctx context.Context, a Actor, p tm.ProjectID, c tm.Concept, comment string) (Proposal, error) {
	c, err := cleanConcept(c)
	if err != nil {
		return Proposal{}, err
	}
	if comment, err = cleanReason(comment); err != nil {
		return Proposal{}, err
	}
	var made Proposal
	err = w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, p, ProposeTerms); err != nil {
			return err
		}
		made, err = w.propose(ctx, tx, a, p, c, comment)
		if err != nil {
			return err
		}
		return w.audit(ctx, tx, a, p, "proposal.make", nameOf(c), "")
	})
	return made, err
}

func (w *Workbench) propose(ctx context.Context, tx *store.Tx, a Actor, p tm.ProjectID, c tm.Concept, comment string) (Proposal, error) {
	made := Proposal{Concept: c, Comment: comment, Account: a.Account, At: w.now()}
	if c.ID != 0 {
		old, err := currentConcept(ctx, tx, c.ID, 0)
		if err != nil {
			return made, err
		}
		if sameConcept(old, c) {
			return made, tm.NewError(tm.Invalid, "proposal.same")
		}
		state, err := tx.ConceptState(ctx, c.ID)
		if err != nil {
			return made, err
		}
		made.Concept.Glossary, made.Revision = old.Glossary, state.Revision
	}
	made.Glossary = made.Concept.Glossary
	if _, err := editableGlossary(ctx, tx, p, made.Glossary); err != nil {
		return made, err
	}
	n, err := tx.CountProposals(ctx, p)
	if err != nil {
		return made, err
	}
	if n >= maxProposals {
		return made, tm.NewError(tm.TooLarge, "proposal.too_many", "limit", maxProposals)
	}
	id, err := tx.AddProposal(ctx, made)
	if err != nil {
		return made, err
	}
	return tx.Proposal(ctx, p, id)
}

// ProposalView is a proposal with what it would change.
type ProposalView struct {
	Proposal
	Changes []ConceptChange // from the concept as it is now; nil for a new one
	Stale   bool            // somebody changed the concept since it was written
	Gone    bool            // the concept is in the trash
}

// Proposals lists the open proposals for the glossaries of a project, the oldest
// first. Everybody who may propose sees them, so that nothing is asked for twice.
func (w *Workbench) Proposals(ctx context.Context, a Actor, p tm.ProjectID) ([]ProposalView, error) {
	if _, err := access(ctx, w.db, a, p, ProposeTerms); err != nil {
		return nil, err
	}
	list, err := w.db.Proposals(ctx, p)
	views := make([]ProposalView, len(list))
	for i, o := range list {
		if views[i], err = w.viewProposal(ctx, o); err != nil {
			return nil, err
		}
	}
	return views, err
}

func (w *Workbench) viewProposal(ctx context.Context, o Proposal) (ProposalView, error) {
	view := ProposalView{Proposal: o}
	if o.Concept.ID == 0 {
		view.Changes = DiffConcepts(tm.Concept{Type: o.Concept.Type}, o.Concept)
		return view, nil
	}
	state, err := w.db.ConceptState(ctx, o.Concept.ID)
	if err != nil {
		return view, err
	}
	current, err := w.db.Concept(ctx, o.Concept.ID)
	view.Changes = DiffConcepts(current, o.Concept)
	view.Stale, view.Gone = state.Revision != o.Revision, !state.Deleted.IsZero()
	return view, err
}

// Proposal returns a proposal of a project.
func (w *Workbench) Proposal(ctx context.Context, a Actor, p tm.ProjectID, id int64) (ProposalView, error) {
	if _, err := access(ctx, w.db, a, p, ProposeTerms); err != nil {
		return ProposalView{}, err
	}
	o, err := w.db.Proposal(ctx, p, id)
	if err != nil {
		return ProposalView{}, err
	}
	return w.viewProposal(ctx, o)
}

// OpenProposals counts the proposals that wait for the actor to decide.
func (w *Workbench) OpenProposals(ctx context.Context, a Actor, p tm.ProjectID) (int, error) {
	if _, err := access(ctx, w.db, a, p, EditTerms); err != nil {
		return 0, err
	}
	return w.db.CountProposals(ctx, p)
}

// decidedShown is how many decided proposals are listed.
const decidedShown = 50

// DecidedProposals lists the last decided proposals of a project: all of them
// for those who decide, his own for a translator.
func (w *Workbench) DecidedProposals(ctx context.Context, a Actor, p tm.ProjectID) ([]Proposal, error) {
	project, err := access(ctx, w.db, a, p, ProposeTerms)
	if err != nil {
		return nil, err
	}
	account := a.Account
	if May(project, EditTerms) {
		account = 0
	}
	return w.db.DecidedProposals(ctx, p, account, decidedShown)
}

// ApproveProposal writes a proposal into its glossary, as edited by the reviewer
// when edited is not nil. When the concept was changed after the proposal was
// written, only an edited one is taken: a Conflict "proposal.stale" otherwise.
// revision is that of the concept the editor saw; 0 for any.
func (w *Workbench) ApproveProposal(ctx context.Context, a Actor, p tm.ProjectID, id int64, edited *tm.Concept, revision int64) (tm.Concept, error) {
	var c tm.Concept
	err := w.changeConcepts(ctx, a, p, "proposal.approve", func(tx *store.Tx) (conceptDelta, error) {
		o, err := openProposal(ctx, tx, p, id)
		if err != nil {
			return conceptDelta{}, err
		}
		if c, err = w.approved(ctx, tx, a, p, o, edited, revision); err != nil {
			return conceptDelta{}, err
		}
		return saved(c), tx.DecideProposal(ctx, id, ProposalApproved, c.ID, "", a.Account, w.now())
	})
	return c, err
}

func (w *Workbench) approved(ctx context.Context, tx *store.Tx, a Actor, p tm.ProjectID, o Proposal, edited *tm.Concept, revision int64) (tm.Concept, error) {
	c := o.Concept
	if edited == nil {
		revision = o.Revision
	} else {
		c = *edited
		c.ID, c.Glossary = o.Concept.ID, o.Glossary
	}
	c, err := cleanConcept(promote(c))
	if err != nil {
		return c, err
	}
	c, err = w.putConcept(ctx, tx, a, p, c, revision, store.Step{Action: "approve", Reason: o.Author})
	if tm.CodeOf(err) == "concept.stale" && edited == nil {
		err = tm.NewError(tm.Conflict, "proposal.stale").Wrap(err)
	}
	return c, err
}

// promote gives a term that was only proposed the status that approval means:
// preferred, or admitted beside another preferred one.
func promote(c tm.Concept) tm.Concept {
	c.Terms = append([]tm.Term(nil), c.Terms...)
	for i, t := range c.Terms {
		if t.Status != tm.Proposed {
			continue
		}
		c.Terms[i].Status = tm.Preferred
		if len(c.In(t.Lang, tm.Preferred)) > 1 {
			c.Terms[i].Status = tm.Admitted
		}
	}
	return c
}

func openProposal(ctx context.Context, tx *store.Tx, p tm.ProjectID, id int64) (Proposal, error) {
	o, err := tx.Proposal(ctx, p, id)
	if err == nil && o.State != ProposalOpen {
		err = tm.NewError(tm.Conflict, "proposal.decided", "name", o.Decider)
	}
	return o, err
}

// RejectProposal turns a proposal down with a reason, which the proposer reads.
func (w *Workbench) RejectProposal(ctx context.Context, a Actor, p tm.ProjectID, id int64, reason string) error {
	reason, err := cleanReason(reason)
	if err == nil && reason == "" {
		err = tm.NewError(tm.Invalid, "reason.empty")
	}
	if err != nil {
		return err
	}
	return w.decideProposal(ctx, a, p, id, EditTerms, "proposal.reject", func(tx *store.Tx, o Proposal) error {
		if o.Concept.ID != 0 {
			state, err := tx.ConceptState(ctx, o.Concept.ID)
			if err != nil {
				return err
			}
			if state.Deleted.IsZero() {
				step := store.Step{Action: "reject", By: a.Account, At: w.now(), Reason: reason}
				if err := tx.NoteConcept(ctx, o.Concept.ID, step); err != nil {
					return err
				}
			}
		}
		return tx.DecideProposal(ctx, id, ProposalRejected, 0, reason, a.Account, w.now())
	})
}

// WithdrawProposal takes one's own proposal back.
func (w *Workbench) WithdrawProposal(ctx context.Context, a Actor, p tm.ProjectID, id int64) error {
	return w.decideProposal(ctx, a, p, id, ProposeTerms, "proposal.withdraw", func(tx *store.Tx, o Proposal) error {
		if o.Account != a.Account {
			return tm.NewError(tm.Forbidden, "forbidden")
		}
		return tx.DecideProposal(ctx, id, ProposalWithdrawn, 0, "", a.Account, w.now())
	})
}

func (w *Workbench) decideProposal(ctx context.Context, a Actor, p tm.ProjectID, id int64, action Action, event string, decide func(*store.Tx, Proposal) error) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, p, action); err != nil {
			return err
		}
		o, err := openProposal(ctx, tx, p, id)
		if err != nil {
			return err
		}
		if err := decide(tx, o); err != nil {
			return err
		}
		return w.audit(ctx, tx, a, p, event, nameOf(o.Concept), "")
	})
}
