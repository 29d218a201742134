package store

import (
	"context"
	"errors"

	"tarjoman/tm"
)

// Outdated is a document whose issues are counted by former rules.
type Outdated struct {
	Document tm.DocumentID
	Changes  int // of the rules since then
}

// IssueCount is how many issues a segment has at a revision.
type IssueCount struct {
	Segment          tm.SegmentID
	Revision         int64
	Errors, Warnings int
}

// OutdateIssues notes that the rules for the issues of a project have changed,
// and with them those of projects it shares a glossary with; of all projects
// for 0.
func (tx *Tx) OutdateIssues(ctx context.Context, p tm.ProjectID) error {
	return tx.exec(ctx, `
		UPDATE document SET outdated = outdated + 1 WHERE $1 = 0 OR project = $1 OR project IN (
			SELECT other.project FROM project_glossary own JOIN project_glossary other ON other.glossary = own.glossary
			WHERE own.project = $1)`, p)
}

// OutdateDocument is OutdateIssues for one document.
func (tx *Tx) OutdateDocument(ctx context.Context, id tm.DocumentID) error {
	return tx.exec(ctx, `UPDATE document SET outdated = outdated + 1 WHERE id = $1`, id)
}

// OutdatedIssues lists up to limit documents with outdated issues, the newest
// first.
func (r reader) OutdatedIssues(ctx context.Context, limit int) ([]Outdated, error) {
	return all(ctx, r.q, func(s scanner) (o Outdated, err error) { return o, s.Scan(&o.Document, &o.Changes) },
		`SELECT id, outdated FROM document WHERE outdated > 0 AND deleted >= 0 ORDER BY id DESC LIMIT $1`, limit)
}

// CountIssues is [Tx.SetIssues] for segments of a document; those that have
// another revision by now are left alone.
func (tx *Tx) CountIssues(ctx context.Context, d tm.DocumentID, list []IssueCount) error {
	seq, err := tx.NextSeq(ctx, d)
	for _, c := range list {
		if err != nil {
			return err
		}
		if err = tx.SetIssues(ctx, c, seq); errors.Is(err, NotFound) {
			err = nil
		}
	}
	return err
}

// IssuesUpdated notes that the issues of a document are counted, unless its rules
// have changed once more.
func (tx *Tx) IssuesUpdated(ctx context.Context, o Outdated) error {
	return tx.exec(ctx, `UPDATE document SET outdated = 0 WHERE id = $1 AND outdated = $2`, o.Document, o.Changes)
}
