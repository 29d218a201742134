package store

import (
	"context"
	"time"

	"tarjoman/tm"
)

// TermChange is one exchange of a term in documents and memories.
type TermChange struct {
	ID      int64
	Project tm.ProjectID // where it was asked for
	Concept tm.ConceptID
	Account tm.AccountID
	Undone  bool
}

// AddTermChange begins an exchange of a term. Its parts are changes begun with
// [Tx.AddTermPart] and [Tx.AddTermMemoryPart].
func (tx *Tx) AddTermChange(ctx context.Context, c TermChange, at time.Time) (int64, error) {
	return tx.insert(ctx, `INSERT INTO term_change (project, concept, account, at) VALUES ($1, $2, $3, $4) RETURNING id`,
		c.Project, c.Concept, nullID(c.Account), micros(at))
}

// AddTermPart begins the change of the segments of a document that belongs to an
// exchange. It is open until [Tx.FinishTermChange].
func (tx *Tx) AddTermPart(ctx context.Context, term int64, c Change, at time.Time) (int64, error) {
	id, err := tx.AddOpenChange(ctx, c, at)
	if err != nil {
		return 0, err
	}
	return id, tx.exec(ctx, `UPDATE change SET term_change = $2 WHERE id = $1`, id, term)
}

// AddTermMemoryPart begins the change of the units of a memory that belongs to an
// exchange.
func (tx *Tx) AddTermMemoryPart(ctx context.Context, term int64, c MemoryChange) (int64, error) {
	id, err := tx.AddMemoryChange(ctx, c)
	if err != nil {
		return 0, err
	}
	return id, tx.exec(ctx, `UPDATE memory_change SET term_change = $2 WHERE id = $1`, id, term)
}

// FinishTermChange says that all parts of an exchange are there.
func (tx *Tx) FinishTermChange(ctx context.Context, id int64) error {
	if err := tx.exec(ctx, `UPDATE change SET ready = 1 WHERE term_change = $1`, id); err != nil {
		return err
	}
	return tx.exec(ctx, `
		UPDATE memory_change SET ready = 1, units = (SELECT count(*) FROM unit_version v WHERE v.change = memory_change.id)
		WHERE term_change = $1`, id)
}

// ReopenTermChange makes all parts of an exchange open again, so that a crash on
// the way back is followed by the rest of the way.
func (tx *Tx) ReopenTermChange(ctx context.Context, id int64) error {
	if err := tx.exec(ctx, `UPDATE change SET ready = 0 WHERE term_change = $1 AND undone = 0`, id); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE memory_change SET ready = 0 WHERE term_change = $1 AND undone = 0`, id)
}

// MemoryHome returns the project a memory belongs to.
func (r reader) MemoryHome(ctx context.Context, memory tm.MemoryID) (tm.ProjectID, error) {
	id, err := one(r.q.QueryRowContext(ctx, `SELECT home FROM memory WHERE id = $1`, memory), scanInt)
	return tm.ProjectID(id), err
}

// MarkTermChangeUndone notes that an exchange was taken back.
func (tx *Tx) MarkTermChangeUndone(ctx context.Context, id int64) error {
	return tx.execOne(ctx, `UPDATE term_change SET undone = 1 WHERE id = $1`, id)
}

// TermChange returns an exchange that was asked for in a project.
func (r reader) TermChange(ctx context.Context, project tm.ProjectID, id int64) (TermChange, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT id, project, concept, coalesce(account, 0), undone FROM term_change WHERE project = $1 AND id = $2`,
		project, id), func(s scanner) (c TermChange, err error) {
		return c, s.Scan(&c.ID, &c.Project, &c.Concept, &c.Account, &c.Undone)
	})
}

// TermParts lists the changes an exchange is made of.
func (r reader) TermParts(ctx context.Context, id int64) ([]Change, []MemoryChange, error) {
	segments, err := all(ctx, r.q, scanChange,
		`SELECT id, document, kind, coalesce(account, 0), undone FROM change WHERE term_change = $1 ORDER BY id`, id)
	if err != nil {
		return nil, nil, err
	}
	units, err := all(ctx, r.q, scanMemoryChange,
		`SELECT `+changeColumns+` WHERE c.term_change = $1 ORDER BY c.id`, id)
	return segments, units, err
}

// UnitStamp returns how often a unit of a memory was changed, and whether it can
// be seen.
func (r reader) UnitStamp(ctx context.Context, memory tm.MemoryID, id tm.UnitID) (version int64, visible bool, err error) {
	v, err := one(r.q.QueryRowContext(ctx, `SELECT u.version, `+unitVisible+` FROM unit u WHERE u.memory = $1 AND u.id = $2`,
		memory, id), func(s scanner) (v struct {
		version int64
		visible bool
	}, err error) {
		return v, s.Scan(&v.version, &v.visible)
	})
	return v.version, v.visible, err
}

// Written is a segment of a project with a translation, as far as reading all of
// them takes it.
type Written struct {
	tm.Segment
	DocumentName string
	Date         time.Time // of the document
}

// EachWritten calls yield for every live segment of the documents of a project
// that has a target: of one document, or of all for 0; confirmed says that it
// must be translated or approved.
func (r reader) EachWritten(ctx context.Context, project tm.ProjectID, document tm.DocumentID, confirmed bool, yield func(Written) error) error {
	return each(ctx, r.q, func(s scanner) (w Written, err error) {
		var source, sourceCodes, target, targetCodes string
		var date int64
		err = s.Scan(&w.ID, &w.Document, &w.Index, &source, &sourceCodes, &target, &targetCodes, &w.State, &w.Revision, &w.DocumentName, &date)
		if err != nil {
			return w, err
		}
		w.Date = fromMicros(date)
		if w.Source, err = content(source, sourceCodes); err != nil {
			return w, err
		}
		w.Target, err = content(target, targetCodes)
		return w, err
	}, yield, `
		SELECT s.id, s.document, s.position, s.source, s.source_codes, s.target, s.target_codes, s.state, s.revision, d.name, d.date
		FROM document d JOIN segment s ON s.document = d.id
		WHERE d.project = $1 AND d.deleted = 0 AND ($2 = 0 OR d.id = $2) AND s.live = 1 AND s.target <> ''
			AND ($3 = 0 OR s.state IN ('translated', 'approved'))
		ORDER BY d.id, s.position`, project, document, confirmed)
}

// ProjectStamp is a number that another one follows whenever a segment of the
// project changes, or a document comes, goes or gets another date.
func (r reader) ProjectStamp(ctx context.Context, project tm.ProjectID) ([4]int64, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT count(*), coalesce(sum(seq), 0), coalesce(sum(id), 0), coalesce(sum(date / 1000000 % 1000003), 0)
		FROM document WHERE project = $1 AND deleted = 0`, project), func(s scanner) (v [4]int64, err error) {
		return v, s.Scan(&v[0], &v[1], &v[2], &v[3])
	})
}

// UnitsStamp is a number that grows whenever a unit of any memory changes.
func (r reader) UnitsStamp(ctx context.Context) (int64, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM unit_journal`), scanInt)
}

// TermRejection is a text that is not to be offered as a term of a project.
type TermRejection struct {
	Key, Text string
	By        tm.AccountID
	At        time.Time
}

// PutTermRejection notes that a text is no term.
func (tx *Tx) PutTermRejection(ctx context.Context, project tm.ProjectID, r TermRejection) error {
	return tx.exec(ctx, `
		INSERT INTO term_rejection (project, key, text, account, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		project, r.Key, r.Text, nullID(r.By), micros(r.At))
}

// DropTermRejection takes it back.
func (tx *Tx) DropTermRejection(ctx context.Context, project tm.ProjectID, key string) error {
	return tx.exec(ctx, `DELETE FROM term_rejection WHERE project = $1 AND key = $2`, project, key)
}

// TermRejections lists what a project does not want as terms, newest first.
func (r reader) TermRejections(ctx context.Context, project tm.ProjectID) ([]TermRejection, error) {
	return all(ctx, r.q, func(s scanner) (t TermRejection, err error) {
		var at int64
		err = s.Scan(&t.Key, &t.Text, &t.By, &at)
		t.At = fromMicros(at)
		return t, err
	}, `SELECT key, text, coalesce(account, 0), at FROM term_rejection WHERE project = $1 ORDER BY at DESC, key`, project)
}
