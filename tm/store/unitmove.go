package store

import (
	"context"
	"time"

	"tarjoman/tm"
)

// MoveUnit moves a visible unit into another memory with its history, its tags
// and its use. step.Change tells the change that can take it back.
func (tx *Tx) MoveUnit(ctx context.Context, id tm.UnitID, to tm.MemoryID, step UnitStep) error {
	old, err := tx.unitState(ctx, id)
	if err != nil || old.Memory == to {
		return err
	}
	if err := tx.keepUnitVersion(ctx, id, step); err != nil {
		return err
	}
	err = tx.exec(ctx, `
		UPDATE unit_version SET memory = $2 WHERE unit = $1 AND version = (SELECT version - 1 FROM unit WHERE id = $1)`,
		id, old.Memory)
	if err != nil {
		return err
	}
	return tx.rehome(ctx, old, to, step)
}

// rehome changes the memory of a unit. Its segment forgets it when it has given
// another unit to that memory.
func (tx *Tx) rehome(ctx context.Context, old *unitState, to tm.MemoryID, step UnitStep) error {
	err := tx.exec(ctx, `
		UPDATE unit SET memory = $2, segment = CASE
			WHEN EXISTS (SELECT 1 FROM unit o WHERE o.memory = $2 AND o.segment = unit.segment) THEN NULL ELSE segment END
		WHERE id = $1`, old.ID, to)
	if err != nil {
		return err
	}
	if err := tx.moveTags(ctx, old.ID, to, step); err != nil || !old.visible() {
		return err
	}
	if err := tx.countUnits(ctx, old.Memory, -1); err != nil {
		return err
	}
	moved := *old.Unit
	moved.Memory = to
	tx.putUnit(&moved)
	old.Memory = to
	return tx.countUnits(ctx, to, 1)
}

// moveTags gives a unit the tags with the same names of its new memory.
func (tx *Tx) moveTags(ctx context.Context, id tm.UnitID, to tm.MemoryID, step UnitStep) error {
	for _, query := range []string{
		`INSERT INTO tag (memory, name)
			SELECT $2, t.name FROM unit_tag x JOIN tag t ON t.id = x.tag WHERE x.unit = $1
			ON CONFLICT DO NOTHING`,
		`INSERT INTO unit_tag (unit, tag)
			SELECT $1, n.id FROM unit_tag x JOIN tag t ON t.id = x.tag JOIN tag n ON n.memory = $2 AND n.name = t.name
			WHERE x.unit = $1 ON CONFLICT DO NOTHING`,
		`DELETE FROM unit_tag WHERE unit = $1 AND tag IN (SELECT id FROM tag WHERE memory <> $2)`,
	} {
		if err := tx.exec(ctx, query, id, to); err != nil {
			return err
		}
	}
	return nil
}

// NoteMemoryChange keeps what a change is about and how many units it changed.
func (tx *Tx) NoteMemoryChange(ctx context.Context, c MemoryChange) error {
	return tx.execOne(ctx, `UPDATE memory_change SET detail = $2, units = $3, other = $4 WHERE id = $1`,
		c.ID, c.Detail, c.Units, nullID(c.Other))
}

// TagUnitsIn is [Tx.TagUnits] as part of a change, which can be taken back. It
// returns how many units changed.
func (tx *Tx) TagUnitsIn(ctx context.Context, change, tag int64, units []tm.UnitID, on bool) (int, error) {
	note := `INSERT INTO unit_tag_change (change, unit, tag, added)
		SELECT $1, x.unit, x.tag, 0 FROM unit_tag x WHERE x.unit = $2 AND x.tag = $3
		ON CONFLICT DO NOTHING RETURNING unit`
	if on {
		note = `INSERT INTO unit_tag_change (change, unit, tag, added)
			SELECT $1, u.id, t.id, 1 FROM tag t JOIN unit u ON u.memory = t.memory WHERE u.id = $2 AND t.id = $3
			AND NOT EXISTS (SELECT 1 FROM unit_tag x WHERE x.unit = u.id AND x.tag = t.id)
			ON CONFLICT DO NOTHING RETURNING unit`
	}
	n := 0
	for _, id := range units {
		found, err := all(ctx, tx.q, scanUnitID, note, change, id, tag)
		if err != nil {
			return n, err
		}
		if n += len(found); len(found) > 0 {
			if err := tx.TagUnits(ctx, tag, found, on); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// undoTags takes up to limit of a change's tags back, as part of step.Change: of
// units whose tag is still as the change left it. It returns how many.
func (tx *Tx) undoTags(ctx context.Context, id int64, limit int, step UnitStep) (int, error) {
	type row struct {
		unit  tm.UnitID
		tag   int64
		added bool
	}
	list, err := all(ctx, tx.q, func(s scanner) (v row, err error) { return v, s.Scan(&v.unit, &v.tag, &v.added) },
		`SELECT c.unit, c.tag, c.added FROM unit_tag_change c WHERE c.change = $1
		AND c.added = EXISTS (SELECT 1 FROM unit_tag x WHERE x.unit = c.unit AND x.tag = c.tag)
		ORDER BY c.unit, c.tag LIMIT $2`, id, limit)
	if err != nil {
		return 0, err
	}
	for _, v := range list {
		units := []tm.UnitID{v.unit}
		if step.Change == 0 {
			err = tx.TagUnits(ctx, v.tag, units, !v.added)
		} else {
			_, err = tx.TagUnitsIn(ctx, step.Change, v.tag, units, !v.added)
		}
		if err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

// SetUnitTags gives a unit exactly the tags.
func (tx *Tx) SetUnitTags(ctx context.Context, unit tm.UnitID, tags []int64) error {
	if err := tx.exec(ctx, `DELETE FROM unit_tag WHERE unit = $1`, unit); err != nil {
		return err
	}
	for _, tag := range tags {
		if err := tx.TagUnits(ctx, tag, []tm.UnitID{unit}, true); err != nil {
			return err
		}
	}
	return nil
}

// UnitTrash returns when a unit of a memory was put into the trash, zero when it
// is not there.
func (r reader) UnitTrash(ctx context.Context, memory tm.MemoryID, id tm.UnitID) (time.Time, error) {
	n, err := one(r.q.QueryRowContext(ctx, `SELECT deleted FROM unit WHERE memory = $1 AND id = $2`, memory, id), scanInt)
	return fromMicros(n), err
}
