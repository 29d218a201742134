package store

import (
	"context"
	"time"

	"tarjoman/tm"
)

// ProposalState is how far a proposal has come.
type ProposalState string

const (
	ProposalOpen      ProposalState = "open"
	ProposalApproved  ProposalState = "approved"
	ProposalRejected  ProposalState = "rejected"
	ProposalWithdrawn ProposalState = "withdrawn"
)

// Proposal is a concept as somebody who may not edit terms would like it.
type Proposal struct {
	ID           int64
	Glossary     tm.GlossaryID
	GlossaryName string
	Concept      tm.Concept // as proposed; ID 0 for a new one
	Revision     int64      // of the concept, that it was written for
	Comment      string
	Account      tm.AccountID
	Author       string
	At           time.Time
	State        ProposalState
	Reason       string // of the decision
	Decider      string
	Decided      time.Time
}

const proposalColumns = `
	o.id, o.glossary, g.name, coalesce(o.concept, 0), o.revision, o.data, o.comment, coalesce(o.account, 0),
	coalesce(a.name, ''), o.at, o.state, o.reason, coalesce(d.name, ''), o.decided`

const proposalTables = `
	proposal o JOIN glossary g ON g.id = o.glossary
	LEFT JOIN account a ON a.id = o.account LEFT JOIN account d ON d.id = o.decider`

func scanProposal(s scanner) (p Proposal, err error) {
	var data string
	var at, decided int64
	var concept tm.ConceptID
	err = s.Scan(&p.ID, &p.Glossary, &p.GlossaryName, &concept, &p.Revision, &data, &p.Comment, &p.Account,
		&p.Author, &at, &p.State, &p.Reason, &p.Decider, &decided)
	if err != nil {
		return p, err
	}
	p.At, p.Decided = fromMicros(at), fromMicros(decided)
	p.Concept, err = decodeConcept(data)
	p.Concept.ID, p.Concept.Glossary = concept, p.Glossary
	return p, err
}

// Proposals lists the open proposals for the glossaries that belong to a
// project, the oldest first.
func (r reader) Proposals(ctx context.Context, project tm.ProjectID) ([]Proposal, error) {
	return all(ctx, r.q, scanProposal, `
		SELECT `+proposalColumns+` FROM `+proposalTables+`
		WHERE g.home = $1 AND g.deleted = 0 AND o.state = 'open' ORDER BY o.id`, project)
}

// CountProposals counts them.
func (r reader) CountProposals(ctx context.Context, project tm.ProjectID) (int, error) {
	n, err := one(r.q.QueryRowContext(ctx, `
		SELECT count(*) FROM glossary g JOIN proposal o ON o.glossary = g.id AND o.state = 'open'
		WHERE g.home = $1 AND g.deleted = 0`, project), scanInt)
	return int(n), err
}

// DecidedProposals lists the last proposals for the glossaries of a project that
// are not open any more, the last decided first; those of one account, or of
// everybody for 0.
func (r reader) DecidedProposals(ctx context.Context, project tm.ProjectID, account tm.AccountID, limit int) ([]Proposal, error) {
	return all(ctx, r.q, scanProposal, `
		SELECT `+proposalColumns+` FROM `+proposalTables+`
		WHERE g.home = $1 AND g.deleted = 0 AND o.state <> 'open' AND ($2 = 0 OR o.account = $2)
		ORDER BY o.decided DESC, o.id DESC LIMIT $3`, project, account, limit)
}

// ConceptProposals lists the open proposals about a concept, the oldest first.
func (r reader) ConceptProposals(ctx context.Context, id tm.ConceptID) ([]Proposal, error) {
	return all(ctx, r.q, scanProposal, `
		SELECT `+proposalColumns+` FROM `+proposalTables+`
		WHERE o.concept = $1 AND o.state = 'open' ORDER BY o.id`, id)
}

// Proposal returns a proposal for a glossary that belongs to the project.
func (r reader) Proposal(ctx context.Context, project tm.ProjectID, id int64) (Proposal, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+proposalColumns+` FROM `+proposalTables+`
		WHERE o.id = $2 AND g.home = $1 AND g.deleted = 0`, project, id), scanProposal)
}

// AddProposal adds an open proposal.
func (tx *Tx) AddProposal(ctx context.Context, p Proposal) (int64, error) {
	return tx.insert(ctx, `
		INSERT INTO proposal (glossary, concept, revision, data, comment, account, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		p.Glossary, nullID(p.Concept.ID), p.Revision, encodeConcept(p.Concept), p.Comment, nullID(p.Account), micros(p.At))
}

// DecideProposal closes an open proposal. Concept is the one it was approved
// into, 0 to leave it as it is; a proposal that is not open is [NotFound].
func (tx *Tx) DecideProposal(ctx context.Context, id int64, state ProposalState, concept tm.ConceptID, reason string, by tm.AccountID, at time.Time) error {
	return tx.execOne(ctx, `
		UPDATE proposal SET state = $2, reason = $3, decider = $4, decided = $5, concept = coalesce($6, concept)
		WHERE id = $1 AND state = 'open'`,
		id, string(state), reason, nullID(by), micros(at), nullID(concept))
}
