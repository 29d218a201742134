package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"tarjoman/tm"
)

const documentColumns = `
	d.id, d.project, d.name, d.format, d.charset, d.deleted, d.date, o.size, o.created, coalesce(a.name, '')`

const documentTables = `
	document d
	JOIN original o ON o.id = (SELECT max(id) FROM original WHERE document = d.id)
	LEFT JOIN account a ON a.id = o.account`

func scanDocument(s scanner) (d Document, err error) {
	var deleted, date, uploaded int64
	err = s.Scan(&d.ID, &d.Project, &d.Name, &d.Format, &d.Charset, &deleted, &date, &d.Bytes, &uploaded, &d.By)
	d.Deleted, d.Date, d.Uploaded = fromMicros(deleted), fromMicros(date), fromMicros(uploaded)
	return d, err
}

// Document returns a document, in the trash or not, without its progress. One
// that is still being stored is not found.
func (r reader) Document(ctx context.Context, id tm.DocumentID) (Document, error) {
	return one(r.q.QueryRowContext(ctx,
		`SELECT `+documentColumns+` FROM `+documentTables+` WHERE d.id = $1 AND d.deleted >= 0`, id), scanDocument)
}

// Documents lists the documents of a project with their progress, by name;
// those in the trash when deleted is set.
func (r reader) Documents(ctx context.Context, project tm.ProjectID, deleted bool) ([]Document, error) {
	list, err := all(ctx, r.q, scanDocument, `
		SELECT `+documentColumns+` FROM `+documentTables+`
		WHERE d.project = $1 AND (d.deleted > 0) = $2 AND d.deleted >= 0 ORDER BY d.name, d.id`, project, deleted)
	if err != nil {
		return nil, err
	}
	at := make(map[tm.DocumentID]*Document, len(list))
	for i := range list {
		at[list[i].ID] = &list[i]
	}
	err = each(ctx, r.q, scanCount, func(c stateCount) error {
		if d := at[c.document]; d != nil {
			d.Progress.add(c.state, c.segments, c.words)
		}
		return nil
	}, `SELECT s.document, s.state, count(*), sum(s.words)
		FROM segment s JOIN document d ON d.id = s.document
		WHERE d.project = $1 AND s.live = 1 GROUP BY s.document, s.state`, project)
	return list, err
}

// DocumentByName returns the live document of a project with exactly that name.
func (r reader) DocumentByName(ctx context.Context, project tm.ProjectID, name string) (Document, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+documentColumns+` FROM `+documentTables+`
		WHERE d.project = $1 AND d.name = $2 AND d.deleted = 0 ORDER BY d.id LIMIT 1`, project, name), scanDocument)
}

// Original returns the bytes of the current original of a document, after
// checking that they are those that were stored.
func (r reader) Original(ctx context.Context, document tm.DocumentID) ([]byte, error) {
	var sum string
	data, err := one(r.q.QueryRowContext(ctx, `
		SELECT data, sha256 FROM original WHERE document = $1 ORDER BY id DESC LIMIT 1`, document),
		func(s scanner) (b []byte, err error) { return b, s.Scan(&b, &sum) })
	if err == nil && sum != digest(data) {
		err = tm.NewError(tm.Internal, "original.damaged")
	}
	return data, err
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// AddDocument adds a document without an original; AddOriginal must follow in
// the same transaction. Without a date it is of the day it is added.
func (tx *Tx) AddDocument(ctx context.Context, d Document, by tm.AccountID, at time.Time) (tm.DocumentID, error) {
	if d.Date.IsZero() {
		d.Date = at.UTC().Truncate(24 * time.Hour)
	}
	id, err := tx.insert(ctx, `
		INSERT INTO document (project, name, format, charset, date, created, account)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		d.Project, d.Name, d.Format, d.Charset, micros(d.Date), micros(at), nullID(by))
	return tm.DocumentID(id), err
}

// beingStored is in the place of the time of deletion while a document comes in
// portions: it is neither live nor in the trash.
const beingStored = -1

// AddHiddenDocument is AddDocument for a document that comes in portions. Nobody
// sees it until ShowDocument.
func (tx *Tx) AddHiddenDocument(ctx context.Context, d Document, by tm.AccountID, at time.Time) (tm.DocumentID, error) {
	id, err := tx.AddDocument(ctx, d, by, at)
	if err != nil {
		return 0, err
	}
	return id, tx.exec(ctx, `UPDATE document SET deleted = $2 WHERE id = $1`, id, beingStored)
}

// ShowDocument says that all of a document is there.
func (tx *Tx) ShowDocument(ctx context.Context, id tm.DocumentID) error {
	return tx.execOne(ctx, `UPDATE document SET deleted = 0 WHERE id = $1 AND deleted = $2`, id, beingStored)
}

// HiddenDocuments lists the documents that never came to an end.
func (r reader) HiddenDocuments(ctx context.Context) ([]tm.DocumentID, error) {
	return all(ctx, r.q, func(s scanner) (id tm.DocumentID, err error) { return id, s.Scan(&id) },
		`SELECT id FROM document WHERE deleted = $1 ORDER BY id`, beingStored)
}

// DropHiddenDocument removes up to limit segments of such a document, and with
// the last of them the document; it reports whether that was done.
func (tx *Tx) DropHiddenDocument(ctx context.Context, id tm.DocumentID, limit int) (bool, error) {
	res, err := tx.q.ExecContext(ctx, `
		DELETE FROM segment WHERE id IN (SELECT s.id FROM segment s JOIN document d ON d.id = s.document
			WHERE d.id = $1 AND d.deleted = $2 LIMIT $3)`, id, beingStored, limit)
	if err != nil {
		return false, err
	}
	if n, err := res.RowsAffected(); err != nil || n == int64(limit) {
		return false, err
	}
	return true, tx.exec(ctx, `DELETE FROM document WHERE id = $1 AND deleted = $2`, id, beingStored)
}

// AddOriginal stores the bytes of an upload; they become the current original.
func (tx *Tx) AddOriginal(ctx context.Context, document tm.DocumentID, data []byte, by tm.AccountID, at time.Time) error {
	if data == nil {
		data = []byte{} // nil would be NULL
	}
	return tx.exec(ctx, `
		INSERT INTO original (document, sha256, size, created, account, data) VALUES ($1, $2, $3, $4, $5, $6)`,
		document, digest(data), len(data), micros(at), nullID(by), data)
}

// SetDocument updates name, format, charset, date and time of deletion.
func (tx *Tx) SetDocument(ctx context.Context, d Document) error {
	return tx.execOne(ctx, `
		UPDATE document SET name = $2, format = $3, charset = $4, deleted = $5, date = $6 WHERE id = $1`,
		d.ID, d.Name, d.Format, d.Charset, micros(d.Deleted), micros(d.Date))
}

// NextSeq counts the document's change counter up and returns it. Every changed
// segment carries the value, so that an editor can ask for what is new.
func (tx *Tx) NextSeq(ctx context.Context, document tm.DocumentID) (int64, error) {
	return tx.insert(ctx, `UPDATE document SET seq = seq + 1 WHERE id = $1 RETURNING seq`, document)
}

// Seq returns the document's change counter.
func (r reader) Seq(ctx context.Context, document tm.DocumentID) (int64, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT seq FROM document WHERE id = $1`, document), scanInt)
}

// Block is one translatable unit of layout of a document.
type Block struct {
	ID       tm.BlockID
	Key      string
	Position int
	Note     string
	Live     bool
}

// Blocks lists the blocks of a document in order, those that are gone too.
func (r reader) Blocks(ctx context.Context, document tm.DocumentID) ([]Block, error) {
	return all(ctx, r.q, func(s scanner) (b Block, err error) {
		return b, s.Scan(&b.ID, &b.Key, &b.Position, &b.Note, &b.Live)
	}, `SELECT id, key, position, note, live FROM block WHERE document = $1 ORDER BY position, id`, document)
}

// PutBlock adds a block (ID 0) or updates it, and returns its id.
func (tx *Tx) PutBlock(ctx context.Context, document tm.DocumentID, b Block) (tm.BlockID, error) {
	if b.ID != 0 {
		return b.ID, tx.execOne(ctx, `UPDATE block SET position = $2, note = $3, live = $4 WHERE id = $1`,
			b.ID, b.Position, b.Note, b.Live)
	}
	id, err := tx.insert(ctx, `
		INSERT INTO block (document, key, position, note, live) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
		document, b.Key, b.Position, b.Note, b.Live)
	return tm.BlockID(id), err
}
