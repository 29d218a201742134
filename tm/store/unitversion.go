package store

import (
	"context"
	"database/sql"
	"time"

	"tarjoman/tm"
)

// UnitVersion is a unit as it was before a change.
type UnitVersion struct {
	*tm.Unit
	Version int64
	Deleted bool
	// What ended it: the action, who did it and when.
	Action  string
	Account tm.AccountID
	By      string // name of the account
	At      time.Time
	Change  int64 // of the [MemoryChange] it was part of, 0 for none
	// From is the memory it was in, 0 when that is the one it is in now.
	From tm.MemoryID
}

// MemoryChange is one user action over units of a memory.
type MemoryChange struct {
	ID      int64
	Memory  tm.MemoryID
	Kind    string // replace, delete, deduplicate, undo …
	Account tm.AccountID
	By      string // name of the account, in answers
	At      time.Time
	Ready   bool // all of it is there
	Undone  bool
	Detail  string      // JSON of what was asked for
	Units   int         // how many were changed
	Other   tm.MemoryID // the memory that units were moved into
}

// keepUnitVersion makes what a unit is now a version of it.
func (tx *Tx) keepUnitVersion(ctx context.Context, id tm.UnitID, step UnitStep) error {
	err := tx.exec(ctx, `
		INSERT INTO unit_version (unit, version, langs, texts, extra, author, state, kind, changed, deleted, action, account, at, change)
		SELECT id, version, langs, texts, extra, author, state, kind, changed, deleted, $2, $3, $4, $5 FROM unit WHERE id = $1`,
		id, step.Action, nullID(step.By), micros(step.At), nullID(step.Change))
	if err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE unit SET version = version + 1 WHERE id = $1`, id)
}

const unitVersionColumns = `u.id, u.memory, v.langs, v.texts, v.extra, v.author, v.state, v.kind, u.created, v.changed,
	v.version, v.deleted, v.action, v.account, coalesce(a.name, ''), v.at, v.change, coalesce(v.memory, 0)`

func scanUnitVersion(s scanner) (v UnitVersion, err error) {
	var deleted, at int64
	var account, change sql.NullInt64
	v.Unit, err = scanUnit(withExtra{s, []any{&v.Version, &deleted, &v.Action, &account, &v.By, &at, &change, &v.From}})
	v.Deleted, v.At = deleted > 0, fromMicros(at)
	v.Account, v.Change = tm.AccountID(account.Int64), change.Int64
	return v, err
}

// UnitVersions lists what a unit of a memory was before, newest first.
func (r reader) UnitVersions(ctx context.Context, memory tm.MemoryID, id tm.UnitID) ([]UnitVersion, error) {
	return all(ctx, r.q, scanUnitVersion, `
		SELECT `+unitVersionColumns+` FROM unit_version v JOIN unit u ON u.id = v.unit LEFT JOIN account a ON a.id = v.account
		WHERE v.unit = $2 AND u.memory = $1 ORDER BY v.version DESC`, memory, id)
}

// RestoreUnitVersion makes a unit what it was in a version, deletion included.
func (tx *Tx) RestoreUnitVersion(ctx context.Context, memory tm.MemoryID, id tm.UnitID, version int64, step UnitStep) (*tm.Unit, error) {
	v, err := one(tx.q.QueryRowContext(ctx, `
		SELECT `+unitVersionColumns+` FROM unit_version v JOIN unit u ON u.id = v.unit LEFT JOIN account a ON a.id = v.account
		WHERE v.unit = $2 AND u.memory = $1 AND v.version = $3`, memory, id, version), scanUnitVersion)
	if err != nil {
		return nil, err
	}
	return v.Unit, tx.restoreVersion(ctx, v, step)
}

func (tx *Tx) restoreVersion(ctx context.Context, v UnitVersion, step UnitStep) error {
	old, err := tx.unitState(ctx, v.ID)
	if err != nil {
		return err
	}
	deleted := int64(0)
	if v.Deleted {
		if deleted = old.deleted; deleted == 0 {
			deleted = micros(step.At)
		}
	}
	return tx.changeUnit(ctx, old, v.Unit, deleted, step)
}

// moveBack is restoreVersion for a version that a move ended: the unit goes back
// to the memory it was in, if that is still there.
func (tx *Tx) moveBack(ctx context.Context, v UnitVersion, step UnitStep) error {
	there, err := one(tx.q.QueryRowContext(ctx, `SELECT count(*) FROM memory WHERE id = $1`, v.From), scanInt)
	if err != nil || there == 0 {
		return err
	}
	return tx.MoveUnit(ctx, v.ID, v.From, step)
}

// AddMemoryChange begins a change of many units. Its parts, the changes whose
// step names it, may come in several updates; FinishMemoryChange ends it.
func (tx *Tx) AddMemoryChange(ctx context.Context, c MemoryChange) (int64, error) {
	return tx.insert(ctx, `
		INSERT INTO memory_change (memory, kind, account, at, detail, other) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		c.Memory, c.Kind, nullID(c.Account), micros(c.At), c.Detail, nullID(c.Other))
}

// FinishMemoryChange says that all parts of a change are there.
func (tx *Tx) FinishMemoryChange(ctx context.Context, id int64) error {
	return tx.execOne(ctx, `UPDATE memory_change SET ready = 1 WHERE id = $1`, id)
}

const changeColumns = `c.id, c.memory, c.kind, coalesce(c.account, 0), coalesce(a.name, ''), c.at, c.ready, c.undone, c.detail, c.units,
	coalesce(c.other, 0) FROM memory_change c LEFT JOIN account a ON a.id = c.account`

func scanMemoryChange(s scanner) (c MemoryChange, err error) {
	var at int64
	err = s.Scan(&c.ID, &c.Memory, &c.Kind, &c.Account, &c.By, &at, &c.Ready, &c.Undone, &c.Detail, &c.Units, &c.Other)
	c.At = fromMicros(at)
	return c, err
}

// MemoryChange returns a change of a memory.
func (r reader) MemoryChange(ctx context.Context, memory tm.MemoryID, id int64) (MemoryChange, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT `+changeColumns+` WHERE (c.memory = $1 OR c.other = $1) AND c.id = $2`,
		memory, id), scanMemoryChange)
}

// MemoryChanges lists the last changes of a memory, and those that moved units
// into it, newest first.
func (r reader) MemoryChanges(ctx context.Context, memory tm.MemoryID, limit int) ([]MemoryChange, error) {
	return all(ctx, r.q, scanMemoryChange, `
		SELECT `+changeColumns+` WHERE (c.memory = $1 OR c.other = $1) AND c.ready = 1 ORDER BY c.id DESC LIMIT $2`, memory, limit)
}

// OpenMemoryChanges lists the changes that a crash cut short.
func (r reader) OpenMemoryChanges(ctx context.Context) ([]MemoryChange, error) {
	return all(ctx, r.q, scanMemoryChange, `SELECT `+changeColumns+` WHERE c.ready = 0 ORDER BY c.id`)
}

// UndoMemoryChange takes up to limit units of a change back, with step.Change as
// the change that does so: each that is still as the change left it becomes what
// it was before. after is 0 at first and then the answer of the last call; 0 is
// answered once all is done.
func (tx *Tx) UndoMemoryChange(ctx context.Context, id int64, after tm.UnitID, limit int, step UnitStep) (tm.UnitID, error) {
	list, err := all(ctx, tx.q, scanUnitVersion, `
		SELECT `+unitVersionColumns+` FROM unit_version v JOIN unit u ON u.id = v.unit LEFT JOIN account a ON a.id = v.account
		WHERE v.change = $1 AND v.unit > $2 AND u.version = v.version + 1 ORDER BY v.unit LIMIT $3`, id, after, limit)
	if err != nil {
		return 0, err
	}
	for _, v := range list {
		back := tx.restoreVersion
		if v.From != 0 && v.From != v.Memory {
			back = tx.moveBack
		}
		if err := back(ctx, v, step); err != nil {
			return 0, err
		}
		after = v.ID
	}
	tags, err := tx.undoTags(ctx, id, limit-len(list), step)
	if err != nil {
		return 0, err
	}
	if len(list)+tags == limit {
		return max(after, 1), nil
	}
	return 0, tx.exec(ctx, `UPDATE memory_change SET ready = 1, undone = 1 WHERE id = $1`, id)
}
