package store

import (
	"context"
	"time"

	"tarjoman/tm"
)

// Override is a glossary error that an approval passed over.
type Override struct {
	Code     string
	Term     string // as it stands in the text
	Expected string
}

// AddOverrides notes what the approval of a segment at a revision passed over.
func (tx *Tx) AddOverrides(ctx context.Context, segment tm.SegmentID, revision int64, list []Override) error {
	for i, o := range list {
		err := tx.exec(ctx, `
			INSERT INTO override (segment, revision, position, code, term, expected) VALUES ($1, $2, $3, $4, $5, $6)`,
			segment, revision, i, o.Code, o.Term, o.Expected)
		if err != nil {
			return err
		}
	}
	return nil
}

// Exception is a glossary issue that somebody let pass, with a reason.
type Exception struct {
	Override
	Allowed      bool // "allow here"; else an approval in spite of it
	Document     tm.DocumentID
	DocumentName string
	Segment      tm.SegmentID
	Index        int
	Account      tm.AccountID
	Author       string
	At           time.Time
	Reason       string
	Standing     bool // the text is still the one it was decided for
}

// Exceptions lists the glossary issues of a project that were let pass, the
// newest first.
func (r reader) Exceptions(ctx context.Context, project tm.ProjectID) ([]Exception, error) {
	return all(ctx, r.q, func(s scanner) (e Exception, err error) {
		var at int64
		err = s.Scan(&e.Code, &e.Term, &e.Expected, &e.Allowed, &e.Document, &e.DocumentName, &e.Segment, &e.Index,
			&e.Account, &e.Author, &at, &e.Reason, &e.Standing)
		e.At = fromMicros(at)
		return e, err
	}, `SELECT o.code, o.term, o.expected, 0, d.id, d.name, s.id, s.position, coalesce(a.id, 0), coalesce(a.name, ''),
			v.at AS at, v.reason, s.target = v.target AND s.state = 'approved'
		FROM document d JOIN segment s ON s.document = d.id AND s.live = 1
		JOIN override o ON o.segment = s.id JOIN version v ON v.segment = s.id AND v.revision = o.revision
		LEFT JOIN account a ON a.id = v.account WHERE d.project = $1 AND d.deleted = 0
		UNION ALL
		SELECT i.code, i.mark, '', 1, d.id, d.name, s.id, s.position, coalesce(a.id, 0), coalesce(a.name, ''),
			i.at, i.reason, s.target = i.target
		FROM document d JOIN segment s ON s.document = d.id AND s.live = 1
		JOIN dismissal i ON i.segment = s.id AND i.code LIKE 'glossary\_%' ESCAPE '\'
		LEFT JOIN account a ON a.id = i.account WHERE d.project = $1 AND d.deleted = 0
		ORDER BY at DESC, 7`, project)
}
