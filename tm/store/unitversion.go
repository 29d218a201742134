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
}

// MemoryChange is one user action over units of a memory.
type MemoryChange struct {
	ID      int64
	Memory  tm.MemoryID
	Kind    string // replace, delete, deduplicate, undo …
	Account tm.AccountID
	At      time.Time
	Undone  bool
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
	v.version, v.deleted, v.action, v.account, coalesce(a.name, ''), v.at, v.change`

func scanUnitVersion(s scanner) (v UnitVersion, err error) {
	var deleted, at int64
	var account, change sql.NullInt64
	v.Unit, err = scanUnit(withExtra{s, []any{&v.Version, &deleted, &v.Action, &account, &v.By, &at, &change}})
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

// AddMemoryChange begins a change of many units. Its parts, the changes whose
// step names it, may come in several updates; FinishMemoryChange ends it.
func (tx *Tx) AddMemoryChange(ctx context.Context, c MemoryChange) (int64, error) {
	return tx.insert(ctx, `
		INSERT INTO memory_change (memory, kind, account, at) VALUES ($1, $2, $3, $4) RETURNING id`,
		c.Memory, c.Kind, nullID(c.Account), micros(c.At))
}

// FinishMemoryChange says that all parts of a change are there.
func (tx *Tx) FinishMemoryChange(ctx context.Context, id int64) error {
	return tx.execOne(ctx, `UPDATE memory_change SET ready = 1 WHERE id = $1`, id)
}

const changeColumns = `id, memory, kind, coalesce(account, 0), at, undone`

func scanMemoryChange(s scanner) (c MemoryChange, err error) {
	var at int64
	err = s.Scan(&c.ID, &c.Memory, &c.Kind, &c.Account, &at, &c.Undone)
	c.At = fromMicros(at)
	return c, err
}

// MemoryChange returns a change of a memory.
func (r reader) MemoryChange(ctx context.Context, memory tm.MemoryID, id int64) (MemoryChange, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT `+changeColumns+` FROM memory_change WHERE memory = $1 AND id = $2`,
		memory, id), scanMemoryChange)
}

// MemoryChanges lists the last changes of a memory, newest first.
func (r reader) MemoryChanges(ctx context.Context, memory tm.MemoryID, limit int) ([]MemoryChange, error) {
	return all(ctx, r.q, scanMemoryChange, `
		SELECT `+changeColumns+` FROM memory_change WHERE memory = $1 AND ready = 1 ORDER BY id DESC LIMIT $2`, memory, limit)
}

// OpenMemoryChanges lists the changes that a crash cut short.
func (r reader) OpenMemoryChanges(ctx context.Context) ([]MemoryChange, error) {
	return all(ctx, r.q, scanMemoryChange, `SELECT `+changeColumns+` FROM memory_change WHERE ready = 0 ORDER BY id`)
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
		if err := tx.restoreVersion(ctx, v, step); err != nil {
			return 0, err
		}
		after = v.ID
	}
	if len(list) == limit {
		return after, nil
	}
	return 0, tx.exec(ctx, `UPDATE memory_change SET ready = 1, undone = 1 WHERE id = $1`, id)
}
