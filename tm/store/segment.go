package store

import (
	"context"
	"time"

	"tarjoman/tm"
)

const rowColumns = `
	s.id, s.document, s.block, s.position, s.source, s.source_codes, s.source_key, s.words, s.lead, s.trail,
	s.target, s.target_codes, s.state, s.revision, coalesce(s.account, 0), coalesce(a.name, ''), s.changed,
	s.filled, s.filled_by, s.reason, s.errors, s.warnings, s.live = 0,
	(SELECT count(*) - 1 FROM segment r WHERE r.document = s.document AND r.source_key = s.source_key AND r.live = 1)`

const rowTables = `segment s LEFT JOIN account a ON a.id = s.account`

func scanRow(s scanner) (Row, error) {
	var r Row
	var source, sourceCodes, target, targetCodes string
	var changed int64
	err := s.Scan(&r.ID, &r.Document, &r.Block, &r.Index, &source, &sourceCodes, &r.Key, &r.Words, &r.Lead, &r.Trail,
		&target, &targetCodes, &r.State, &r.Revision, &r.Author, &r.AuthorName, &changed,
		&r.Filled, &r.FilledBy, &r.Reason, &r.Errors, &r.Warnings, &r.Gone, &r.Repetitions)
	if err != nil {
		return r, err
	}
	r.Changed = fromMicros(changed)
	if r.Source, err = content(source, sourceCodes); err != nil {
		return r, err
	}
	r.Target, err = content(target, targetCodes)
	return r, err
}

// Rows lists the live segments of a document that changed after the change
// counter had the value since, in order; all of them for -1.
func (r reader) Rows(ctx context.Context, document tm.DocumentID, since int64) ([]Row, error) {
	return all(ctx, r.q, scanRow, `
		SELECT `+rowColumns+` FROM `+rowTables+`
		WHERE s.document = $1 AND s.live = 1 AND s.seq > $2 ORDER BY s.position`, document, since)
}

// EveryRow lists the segments of a document, also those gone from the current
// original, in order.
func (r reader) EveryRow(ctx context.Context, document tm.DocumentID) ([]Row, error) {
	return all(ctx, r.q, scanRow, `
		SELECT `+rowColumns+` FROM `+rowTables+` WHERE s.document = $1 ORDER BY s.live DESC, s.position, s.id`, document)
}

// Row returns a live segment of a document.
func (r reader) Row(ctx context.Context, document tm.DocumentID, id tm.SegmentID) (Row, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+rowColumns+` FROM `+rowTables+` WHERE s.document = $1 AND s.id = $2 AND s.live = 1`,
		document, id), scanRow)
}

// RowAt returns the live segment at a place in a document.
func (r reader) RowAt(ctx context.Context, document tm.DocumentID, index int) (Row, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+rowColumns+` FROM `+rowTables+` WHERE s.document = $1 AND s.position = $2 AND s.live = 1`,
		document, index), scanRow)
}

// Repetitions lists the live segments of a document with the match key, in
// order, but for the one named.
func (r reader) Repetitions(ctx context.Context, document tm.DocumentID, key string, but tm.SegmentID) ([]Row, error) {
	return all(ctx, r.q, scanRow, `
		SELECT `+rowColumns+` FROM `+rowTables+`
		WHERE s.document = $1 AND s.source_key = $2 AND s.id <> $3 AND s.live = 1 ORDER BY +s.position`, // + keeps to the index of keys
		document, key, but)
}

// Neighbours returns the sources of the live segments before and after a place
// in the document, "" at its edges.
func (r reader) Neighbours(ctx context.Context, document tm.DocumentID, index int) (previous, next string, err error) {
	err = each(ctx, r.q, func(s scanner) (row struct {
		position int
		source   string
	}, err error) {
		return row, s.Scan(&row.position, &row.source)
	}, func(row struct {
		position int
		source   string
	}) error {
		if row.position < index {
			previous = row.source
		} else {
			next = row.source
		}
		return nil
	}, `SELECT position, source FROM segment
		WHERE document = $1 AND live = 1 AND position IN ($2 - 1, $2 + 1)`, document, index)
	return previous, next, err
}

// Elsewhere is a confirmed segment of another document of the project.
type Elsewhere struct {
	Key      string // match key of its source
	Target   string
	Document string // name
}

// Elsewhere lists the confirmed segments of the other documents of a project
// whose source stands in this document too, the newest first.
func (r reader) Elsewhere(ctx context.Context, document tm.DocumentID) ([]Elsewhere, error) {
	return all(ctx, r.q, func(s scanner) (e Elsewhere, err error) {
		return e, s.Scan(&e.Key, &e.Target, &e.Document)
	}, `SELECT s.source_key, s.target, d.name
		FROM segment s JOIN document d ON d.id = s.document
		WHERE d.project = (SELECT project FROM document WHERE id = $1) AND d.id <> $1 AND d.deleted = 0
			AND s.live = 1 AND s.state IN ('translated', 'approved')
			AND s.source_key IN (SELECT source_key FROM segment WHERE document = $1 AND live = 1)
		ORDER BY s.changed DESC, s.id`, document)
}

// AddSegment adds a segment without a target and returns its id.
func (tx *Tx) AddSegment(ctx context.Context, r Row, seq int64) (tm.SegmentID, error) {
	id, err := tx.insert(ctx, `
		INSERT INTO segment (document, block, position, source, source_codes, source_key, words, lead, trail, state, seq)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'new', $10) RETURNING id`,
		r.Document, r.Block, r.Index, r.Source.Text, encodeCodes(r.Source.Codes), r.Key, r.Words, r.Lead, r.Trail, seq)
	return tm.SegmentID(id), err
}

// MoveSegment updates the source of a segment, where it stands and what
// surrounds it; live = false takes it out of the document. Target, state and
// revision stay.
func (tx *Tx) MoveSegment(ctx context.Context, r Row, live bool, seq int64) error {
	return tx.execOne(ctx, `
		UPDATE segment SET block = $2, position = $3, source = $4, source_codes = $5, source_key = $6, words = $7,
			lead = $8, trail = $9, live = $10, seq = $11 WHERE id = $1`,
		r.ID, r.Block, r.Index, r.Source.Text, encodeCodes(r.Source.Codes), r.Key, r.Words, r.Lead, r.Trail, live, seq)
}

// ShiftSegments moves the live segments from a place in the document on by so
// many places, to make room for one or to close a gap.
func (tx *Tx) ShiftSegments(ctx context.Context, document tm.DocumentID, from, by int, seq int64) error {
	return tx.exec(ctx, `
		UPDATE segment SET position = position + $3, seq = $4 WHERE document = $1 AND live = 1 AND position >= $2`,
		document, from, by, seq)
}

// Step is one change of a segment, kept in its history.
type Step struct {
	Action string
	At     time.Time
	By     tm.AccountID // 0 for the program itself
	Reason string       // of a rejection or an override, kept with the version
	Change int64        // the change it is part of; 0 for none
}

// SetTarget makes r the state of its segment and adds it to the history.
// r.Revision is the one the change was based on: when the segment has moved on
// nothing is written and the error is a Conflict "segment.stale". On success
// r.Revision, r.Changed and r.Author are those of the new revision.
func (tx *Tx) SetTarget(ctx context.Context, r *Row, step Step, seq int64) error {
	res, err := tx.q.ExecContext(ctx, `
		UPDATE segment SET target = $3, target_codes = $4, state = $5, revision = revision + 1, account = $6,
			changed = $7, filled = $8, filled_by = $9, reason = $10, errors = $11, warnings = $12, seq = $13
		WHERE id = $1 AND revision = $2 AND live = 1`,
		r.ID, r.Revision, r.Target.Text, encodeCodes(r.Target.Codes), string(r.State), nullID(r.Author),
		micros(step.At), r.Filled, r.FilledBy, r.Reason, r.Errors, r.Warnings, seq)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return tm.NewError(tm.Conflict, "segment.stale").Wrap(err)
	}
	r.Revision++
	r.Changed = step.At
	return tx.exec(ctx, `
		INSERT INTO version (segment, revision, target, codes, state, account, at, action, reason, filled, filled_by, change)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		r.ID, r.Revision, r.Target.Text, encodeCodes(r.Target.Codes), string(r.State), nullID(step.By),
		micros(step.At), step.Action, step.Reason, r.Filled, r.FilledBy, nullID(step.Change))
}

// SetIssues stores how many issues a segment has, without a new revision. One
// that has another revision by now is [NotFound]: it was counted meanwhile.
func (tx *Tx) SetIssues(ctx context.Context, c IssueCount, seq int64) error {
	return tx.execOne(ctx, `
		UPDATE segment SET errors = $3, warnings = $4, seq = $5 WHERE id = $1 AND revision = $2`,
		c.Segment, c.Revision, c.Errors, c.Warnings, seq)
}

// Dismissal is the decision to let an issue of a segment be.
type Dismissal struct {
	Segment tm.SegmentID
	Target  string // the text it was decided for
	Code    string
	Mark    string // side and text the issue points at
	Reason  string
}

// PutDismissal notes a decision; one on the same issue is replaced.
func (tx *Tx) PutDismissal(ctx context.Context, d Dismissal, by tm.AccountID, at time.Time) error {
	return tx.exec(ctx, `
		INSERT INTO dismissal (segment, target, code, mark, reason, account, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (segment, code, mark) DO UPDATE SET target = excluded.target, reason = excluded.reason,
			account = excluded.account, at = excluded.at`,
		d.Segment, d.Target, d.Code, d.Mark, d.Reason, nullID(by), micros(at))
}

// DropDismissal takes a decision back.
func (tx *Tx) DropDismissal(ctx context.Context, segment tm.SegmentID, code, mark string) error {
	return tx.execOne(ctx, `DELETE FROM dismissal WHERE segment = $1 AND code = $2 AND mark = $3`, segment, code, mark)
}

// Dismissals lists the decisions on the issues of a document, by segment; those
// of one segment when it is named.
func (r reader) Dismissals(ctx context.Context, document tm.DocumentID, segment tm.SegmentID) (map[tm.SegmentID][]Dismissal, error) {
	found := map[tm.SegmentID][]Dismissal{}
	err := each(ctx, r.q, func(s scanner) (d Dismissal, err error) {
		return d, s.Scan(&d.Segment, &d.Target, &d.Code, &d.Mark, &d.Reason)
	}, func(d Dismissal) error {
		found[d.Segment] = append(found[d.Segment], d)
		return nil
	}, `SELECT d.segment, d.target, d.code, d.mark, d.reason
		FROM dismissal d JOIN segment s ON s.id = d.segment
		WHERE s.document = $1 AND ($2 = 0 OR s.id = $2) ORDER BY d.segment, d.at`, document, segment)
	return found, err
}

// History lists the versions of a segment, newest first.
func (r reader) History(ctx context.Context, segment tm.SegmentID) ([]Version, error) {
	return all(ctx, r.q, scanVersion, `
		SELECT `+versionColumns+` FROM version v LEFT JOIN account a ON a.id = v.account
		WHERE v.segment = $1 ORDER BY v.revision DESC`, segment)
}

// Version returns one version of a segment.
func (r reader) Version(ctx context.Context, segment tm.SegmentID, revision int64) (Version, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+versionColumns+` FROM version v LEFT JOIN account a ON a.id = v.account
		WHERE v.segment = $1 AND v.revision = $2`, segment, revision), scanVersion)
}

const versionColumns = `
	v.revision, v.target, v.codes, v.state, coalesce(v.account, 0), coalesce(a.name, ''), v.at, v.action, v.reason,
	v.filled, v.filled_by`

func scanVersion(s scanner) (Version, error) {
	var v Version
	var text, codes string
	var at int64
	err := s.Scan(&v.Revision, &text, &codes, &v.State, &v.Account, &v.Author, &at, &v.Action, &v.Reason,
		&v.Filled, &v.FilledBy)
	if err != nil {
		return v, err
	}
	v.At = fromMicros(at)
	v.Target, err = content(text, codes)
	return v, err
}

// Change is one user action that touched many segments.
type Change struct {
	ID       int64
	Document tm.DocumentID
	Kind     string
	Account  tm.AccountID
	Undone   bool
}

// AddChange begins a change of many segments.
func (tx *Tx) AddChange(ctx context.Context, c Change, at time.Time) (int64, error) {
	return tx.insert(ctx, `INSERT INTO change (document, kind, account, at) VALUES ($1, $2, $3, $4) RETURNING id`,
		c.Document, c.Kind, nullID(c.Account), micros(at))
}

// AddOpenChange is AddChange for a change whose parts come in several updates.
// FinishChange ends it.
func (tx *Tx) AddOpenChange(ctx context.Context, c Change, at time.Time) (int64, error) {
	id, err := tx.AddChange(ctx, c, at)
	if err != nil {
		return 0, err
	}
	return id, tx.exec(ctx, `UPDATE change SET ready = 0 WHERE id = $1`, id)
}

// FinishChange says that all parts of a change are there.
func (tx *Tx) FinishChange(ctx context.Context, id int64) error {
	return tx.execOne(ctx, `UPDATE change SET ready = 1 WHERE id = $1`, id)
}

// OpenChanges lists the changes that never came to an end.
func (r reader) OpenChanges(ctx context.Context) ([]Change, error) {
	return all(ctx, r.q, scanChange,
		`SELECT id, document, kind, coalesce(account, 0), undone FROM change WHERE ready = 0 ORDER BY id`)
}

func scanChange(s scanner) (c Change, err error) {
	return c, s.Scan(&c.ID, &c.Document, &c.Kind, &c.Account, &c.Undone)
}

// Change returns a change of a document.
func (r reader) Change(ctx context.Context, document tm.DocumentID, id int64) (Change, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT id, document, kind, coalesce(account, 0), undone FROM change WHERE document = $1 AND id = $2`,
		document, id), scanChange)
}

// MarkUndone notes that a change was taken back.
func (tx *Tx) MarkUndone(ctx context.Context, id int64) error {
	return tx.execOne(ctx, `UPDATE change SET undone = 1, ready = 1 WHERE id = $1`, id)
}

// Changed lists the segments a change touched, with the revision it gave each.
func (r reader) Changed(ctx context.Context, change int64) (map[tm.SegmentID]int64, error) {
	list := map[tm.SegmentID]int64{}
	err := each(ctx, r.q, func(s scanner) (v [2]int64, err error) {
		return v, s.Scan(&v[0], &v[1])
	}, func(v [2]int64) error {
		list[tm.SegmentID(v[0])] = v[1]
		return nil
	}, `SELECT segment, max(revision) FROM version WHERE change = $1 GROUP BY segment`, change)
	return list, err
}
