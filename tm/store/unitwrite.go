package store

import (
	"context"
	"errors"
	"time"

	"tarjoman/tm"
)

// AddUnits adds units to their memory and sets their ids. batch is that of a
// running import, 0 for none; the units of a batch show once it is ready.
func (tx *Tx) AddUnits(ctx context.Context, batch int64, units []*tm.Unit) error {
	if len(units) == 0 {
		return nil
	}
	last, err := one(tx.q.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM unit`), scanInt)
	if err != nil {
		return err
	}
	for i, u := range units {
		u.ID = tm.UnitID(last) + tm.UnitID(i) + 1
	}
	if err := tx.conn.units.insert(tx.conn.Conn, batch, units); err != nil {
		return err
	}
	if batch > 0 {
		return tx.growBatch(ctx, batch, IDRange{units[0].ID, units[len(units)-1].ID})
	}
	for _, u := range units {
		tx.putUnit(u)
		if err := tx.countUnits(ctx, u.Memory, 1); err != nil {
			return err
		}
	}
	return nil
}

// countUnits keeps how many units of a memory show.
func (tx *Tx) countUnits(ctx context.Context, memory tm.MemoryID, n int) error {
	return tx.exec(ctx, `UPDATE memory SET units = units + $2 WHERE id = $1`, memory, n)
}

// A UnitStep says how a change of a unit came about, for its history.
type UnitStep struct {
	Action string
	By     tm.AccountID
	At     time.Time
	Change int64 // of a [MemoryChange], 0 for none
}

// unitState is a unit as it is stored, with what is not part of a [tm.Unit].
type unitState struct {
	*tm.Unit
	text    unitText
	deleted int64
	hidden  bool // part of an import that is not ready
}

func (s *unitState) visible() bool { return s.deleted == 0 && !s.hidden }

func (r reader) unitState(ctx context.Context, id tm.UnitID) (*unitState, error) {
	return one(r.q.QueryRowContext(ctx, `
		SELECT `+unitColumns+`, u.deleted, u.batch IN (SELECT b.id FROM batch b WHERE b.ready = 0)
		FROM unit u WHERE u.id = $1`, id), func(s scanner) (*unitState, error) {
		state := &unitState{}
		u, err := scanUnit(withExtra{s, []any{&state.deleted, &state.hidden}})
		if err == nil {
			state.Unit, state.text = u, encodeUnit(u)
		}
		return state, err
	})
}

// PutSegmentUnit stores the unit a confirmed segment gives to a memory: it
// replaces the one the segment gave before and sets u.ID.
func (tx *Tx) PutSegmentUnit(ctx context.Context, segment tm.SegmentID, u *tm.Unit, step UnitStep) error {
	old, err := tx.SegmentUnit(ctx, u.Memory, segment)
	if err != nil {
		return err
	}
	if old == 0 {
		if err := tx.AddUnits(ctx, 0, []*tm.Unit{u}); err != nil {
			return err
		}
		return tx.exec(ctx, `UPDATE unit SET segment = $2 WHERE id = $1`, u.ID, segment)
	}
	u.ID = old
	return tx.setUnit(ctx, u, 0, step)
}

// SetUnit replaces the texts of a unit, its neighbours, author, state, kind,
// time of change, penalty and properties; its deletion stays as it is. What it was before
// becomes a version of it, unless nothing but the time and author changed.
func (tx *Tx) SetUnit(ctx context.Context, u *tm.Unit, step UnitStep) error {
	old, err := tx.unitState(ctx, u.ID)
	if err != nil {
		return err
	}
	return tx.changeUnit(ctx, old, u, old.deleted, step)
}

// setUnit is SetUnit that also sets the time of deletion.
func (tx *Tx) setUnit(ctx context.Context, u *tm.Unit, deleted int64, step UnitStep) error {
	old, err := tx.unitState(ctx, u.ID)
	if err != nil {
		return err
	}
	return tx.changeUnit(ctx, old, u, deleted, step)
}

// changeUnit makes the unit old into u.
func (tx *Tx) changeUnit(ctx context.Context, old *unitState, u *tm.Unit, deleted int64, step UnitStep) error {
	text := encodeUnit(u)
	if text != old.text || deleted != old.deleted || u.Origin.State != old.Origin.State || u.Origin.Kind != old.Origin.Kind {
		if err := tx.keepUnitVersion(ctx, u.ID, step); err != nil {
			return err
		}
	}
	u.Memory, u.Origin.Created = old.Memory, old.Origin.Created
	err := tx.exec(ctx, `
		UPDATE unit SET langs = $2, texts = $3, extra = $4, author = $5, state = $6, kind = $7, changed = $8, deleted = $9
		WHERE id = $1`, u.ID, text.langs, text.texts, text.extra, u.Origin.Author,
		string(u.Origin.State), string(u.Origin.Kind), micros(u.Origin.Changed), deleted)
	if err != nil {
		return err
	}
	return tx.showUnit(ctx, old, u, deleted)
}

// showUnit follows a change with the count of the memory and the journal.
func (tx *Tx) showUnit(ctx context.Context, old *unitState, u *tm.Unit, deleted int64) error {
	now := deleted == 0 && !old.hidden
	if now {
		tx.putUnit(u)
	} else {
		tx.dropUnits(IDRange{u.ID, u.ID})
	}
	switch {
	case now && !old.visible():
		return tx.countUnits(ctx, old.Memory, 1)
	case !now && old.visible():
		return tx.countUnits(ctx, old.Memory, -1)
	}
	return nil
}

// DeleteUnit puts a unit of a memory into the trash.
func (tx *Tx) DeleteUnit(ctx context.Context, memory tm.MemoryID, id tm.UnitID, step UnitStep) error {
	return tx.trashUnit(ctx, memory, id, micros(step.At), step)
}

// RestoreUnit takes a unit of a memory out of the trash.
func (tx *Tx) RestoreUnit(ctx context.Context, memory tm.MemoryID, id tm.UnitID, step UnitStep) error {
	return tx.trashUnit(ctx, memory, id, 0, step)
}

func (tx *Tx) trashUnit(ctx context.Context, memory tm.MemoryID, id tm.UnitID, deleted int64, step UnitStep) error {
	old, err := tx.unitState(ctx, id)
	if err == nil && old.Memory != memory {
		err = NotFound
	}
	if err != nil || (old.deleted == 0) == (deleted == 0) {
		return err
	}
	return tx.changeUnit(ctx, old, old.Unit, deleted, step)
}

// PurgeUnits removes for good up to limit units of the trash, and of memories in
// the trash, that were deleted before the given time; it reports whether none
// is left.
func (tx *Tx) PurgeUnits(ctx context.Context, before time.Time, limit int) (bool, error) {
	left := limit
	for _, query := range []string{
		`SELECT id FROM unit WHERE deleted > 0 AND deleted < $1 LIMIT $2`,
		`SELECT u.id FROM memory y JOIN project p ON p.id = y.home JOIN unit u ON u.memory = y.id
		WHERE (y.deleted > 0 AND y.deleted < $1 OR p.deleted > 0 AND p.deleted < $1) LIMIT $2`,
	} {
		n, err := tx.purgeUnits(ctx, query, micros(before), left)
		if left -= n; err != nil || left == 0 {
			return false, err
		}
	}
	return true, nil
}

func (tx *Tx) purgeUnits(ctx context.Context, query string, before int64, limit int) (int, error) {
	ids, err := all(ctx, tx.q, scanInt, query, before, limit)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		tx.dropUnits(IDRange{tm.UnitID(id), tm.UnitID(id)})
		if err := tx.exec(ctx, `DELETE FROM unit WHERE id = $1`, id); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// UseUnit counts that a unit was taken into a translation.
func (tx *Tx) UseUnit(ctx context.Context, id tm.UnitID, at time.Time) error {
	err := tx.exec(ctx, `
		INSERT INTO unit_use (unit, count, last) SELECT id, 1, $2 FROM unit WHERE id = $1
		ON CONFLICT (unit) DO UPDATE SET count = unit_use.count + 1, last = excluded.last`, id, micros(at))
	if errors.Is(err, NotFound) {
		return nil
	}
	return err
}
