package store

import (
	"context"

	"tarjoman/tm"
)

// AddBatch begins an import into a memory.
func (tx *Tx) AddBatch(ctx context.Context, memory tm.MemoryID) (int64, error) {
	return tx.insert(ctx, `INSERT INTO batch (memory) VALUES ($1) RETURNING id`, memory)
}

// growBatch notes that an import has the units of a range, which follows all
// others.
func (tx *Tx) growBatch(ctx context.Context, batch int64, r IDRange) error {
	res, err := tx.q.ExecContext(ctx, `UPDATE batch_part SET last = $3 WHERE batch = $1 AND last = $2 - 1`, batch, r.First, r.Last)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return tx.exec(ctx, `INSERT INTO batch_part (batch, first, last) VALUES ($1, $2, $3)`, batch, r.First, r.Last)
}

func (r reader) batchParts(ctx context.Context, batch int64) ([]IDRange, error) {
	return all(ctx, r.q, func(s scanner) (v IDRange, err error) { return v, s.Scan(&v.First, &v.Last) },
		`SELECT first, last FROM batch_part WHERE batch = $1 ORDER BY first`, batch)
}

// FinishBatch shows the units of an import.
func (tx *Tx) FinishBatch(ctx context.Context, batch int64) error {
	if err := tx.execOne(ctx, `UPDATE batch SET ready = 1 WHERE id = $1`, batch); err != nil {
		return err
	}
	parts, err := tx.batchParts(ctx, batch)
	if err != nil {
		return err
	}
	n := tm.UnitID(0)
	for _, p := range parts {
		tx.touchUnits(p)
		n += p.Last - p.First + 1
	}
	return tx.exec(ctx, `UPDATE memory SET units = units + $2 WHERE id = (SELECT memory FROM batch WHERE id = $1)`, batch, n)
}

// HideBatch takes an import back: its units show no longer, and DropBatch can
// remove them in portions.
func (tx *Tx) HideBatch(ctx context.Context, batch int64) error {
	err := tx.execOne(ctx, `
		UPDATE memory SET units = units - (SELECT count(*) FROM batch_part p JOIN unit u ON u.id BETWEEN p.first AND p.last
			WHERE p.batch = $1 AND u.batch = $1 AND u.deleted = 0)
		WHERE id = (SELECT memory FROM batch WHERE id = $1 AND ready = 1)`, batch)
	if err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE batch SET ready = 0 WHERE id = $1`, batch)
}

// DropBatch removes up to limit units of an import that will not be finished,
// and the import itself with the last of them; it reports whether that was
// done.
func (tx *Tx) DropBatch(ctx context.Context, batch int64, limit int) (bool, error) {
	ids, err := all(ctx, tx.q, scanInt, `
		SELECT u.id FROM batch_part p JOIN unit u ON u.id BETWEEN p.first AND p.last
		WHERE p.batch = $1 AND u.batch = $1 ORDER BY u.id LIMIT $2`, batch, limit)
	if err != nil {
		return false, err
	}
	for _, r := range rangesOf(ids) {
		tx.dropUnits(r)
		if err := tx.exec(ctx, `DELETE FROM unit WHERE id BETWEEN $1 AND $2`, r.First, r.Last); err != nil {
			return false, err
		}
	}
	if len(ids) == limit {
		return false, nil
	}
	return true, tx.exec(ctx, `DELETE FROM batch WHERE id = $1`, batch)
}

// rangesOf joins ascending ids.
func rangesOf(ids []int64) []IDRange {
	var list []IDRange
	for _, n := range ids {
		id := tm.UnitID(n)
		if last := len(list) - 1; last >= 0 && list[last].Last+1 == id {
			list[last].Last = id
		} else {
			list = append(list, IDRange{id, id})
		}
	}
	return list
}

// OpenBatches lists the imports that never finished.
func (r reader) OpenBatches(ctx context.Context) ([]int64, error) {
	return all(ctx, r.q, scanInt, `SELECT id FROM batch WHERE ready = 0 ORDER BY id`)
}
