package store

import (
	"context"

	"tarjoman/tm"
)

// unitColumns are those of a unit as scanUnit takes them.
const unitColumns = `u.id, u.memory, u.langs, u.texts, u.extra, u.author, u.state, u.kind, u.created, u.changed`

// unitVisible holds for units that are neither deleted nor part of an import
// that has not finished. The set of open imports is nearly always empty and
// read once for a query.
const unitVisible = `u.deleted = 0 AND u.batch NOT IN (SELECT b.id FROM batch b WHERE b.ready = 0)`

// unitOf puts a stored unit together.
func unitOf(id, memory int64, t unitText, author, state, kind string, created, changed int64) (*tm.Unit, error) {
	u := &tm.Unit{ID: tm.UnitID(id), Memory: tm.MemoryID(memory)}
	u.Origin = tm.Origin{
		Author: author, State: tm.State(state), Kind: tm.OriginKind(kind),
		Created: fromMicros(created), Changed: fromMicros(changed),
	}
	return u, decodeUnit(t, u)
}

func scanUnit(s scanner) (*tm.Unit, error) {
	var id, memory, created, changed int64
	var t unitText
	var author, state, kind string
	if err := s.Scan(&id, &memory, &t.langs, &t.texts, &t.extra, &author, &state, &kind, &created, &changed); err != nil {
		return nil, err
	}
	return unitOf(id, memory, t, author, state, kind, created, changed)
}

// EachUnit calls yield for every visible unit of a memory in order of id. The
// unit belongs to the callee.
func (r reader) EachUnit(ctx context.Context, memory tm.MemoryID, yield func(*tm.Unit) error) error {
	return each(ctx, r.q, scanUnit, yield, `
		SELECT `+unitColumns+` FROM unit u WHERE u.memory = $1 AND `+unitVisible+` ORDER BY u.id`, memory)
}

// UnitsAfter returns up to limit visible units of a memory whose id is greater
// than after, in order of id.
func (r reader) UnitsAfter(ctx context.Context, memory tm.MemoryID, after tm.UnitID, limit int) ([]*tm.Unit, error) {
	return all(ctx, r.q, scanUnit, `
		SELECT `+unitColumns+` FROM unit u
		WHERE u.memory = $1 AND u.id > $2 AND `+unitVisible+` ORDER BY u.id LIMIT $3`, memory, after, limit)
}

// EveryUnitAfter is [DB.UnitsAfter] for the units of all memories.
func (r reader) EveryUnitAfter(ctx context.Context, after tm.UnitID, limit int) ([]*tm.Unit, error) {
	return all(ctx, r.q, scanUnit, `
		SELECT `+unitColumns+` FROM unit u WHERE u.id > $1 AND `+unitVisible+` ORDER BY u.id LIMIT $2`, after, limit)
}

// EachUnitOfBatch is [DB.EachUnit] for the units of one import, ready or not.
func (r reader) EachUnitOfBatch(ctx context.Context, batch int64, yield func(*tm.Unit) error) error {
	return each(ctx, r.q, scanUnit, yield, `
		SELECT `+unitColumns+` FROM batch_part p JOIN unit u ON u.id BETWEEN p.first AND p.last
		WHERE p.batch = $1 AND u.batch = $1 AND u.deleted = 0 ORDER BY p.first, u.id`, batch)
}

// Unit returns a unit of a memory, deleted or not.
func (r reader) Unit(ctx context.Context, memory tm.MemoryID, id tm.UnitID) (*tm.Unit, error) {
	return one(r.q.QueryRowContext(ctx,
		`SELECT `+unitColumns+` FROM unit u WHERE u.memory = $1 AND u.id = $2`, memory, id), scanUnit)
}

// UnitPage returns the visible units of a memory, newest first, and how many
// there are in all.
func (r reader) UnitPage(ctx context.Context, memory tm.MemoryID, offset, limit int) ([]*tm.Unit, int, error) {
	total, err := one(r.q.QueryRowContext(ctx, `SELECT units FROM memory WHERE id = $1`, memory), scanInt)
	if err != nil {
		return nil, 0, err
	}
	units, err := all(ctx, r.q, scanUnit, `
		SELECT `+unitColumns+` FROM (
			SELECT u.id FROM unit u WHERE u.memory = $1 AND `+unitVisible+` ORDER BY u.id DESC LIMIT $2 OFFSET $3) p
		JOIN unit u ON u.id = p.id ORDER BY u.id DESC`, memory, limit, offset)
	return units, int(total), err
}

// SegmentUnit returns the unit a segment gave to a memory, 0 for none.
func (r reader) SegmentUnit(ctx context.Context, memory tm.MemoryID, segment tm.SegmentID) (tm.UnitID, error) {
	id, err := one(r.q.QueryRowContext(ctx,
		`SELECT coalesce(max(id), 0) FROM unit WHERE memory = $1 AND segment = $2`, memory, segment), scanInt)
	return tm.UnitID(id), err
}
