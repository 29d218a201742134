package store

import (
	"context"
	"math/rand/v2"

	"tarjoman/tm"
)

// An IDRange is the ids from First to Last, both included.
type IDRange struct{ First, Last tm.UnitID }

// UnitsChanged tells what one committed change did to the visible units. Units
// of an import are not in Put: they show all at once, and whoever runs the
// import has seen them.
type UnitsChanged struct {
	Seq  int64 // of the journal, the last that the change wrote
	Put  []*tm.Unit
	Gone []IDRange // ids of units that no longer show
}

// WatchUnits has f called after every change of units, in the order of the
// changes, in the writer's goroutine and before the one who made the change is
// answered. It is set before the first change; f must be quick.
func (d *DB) WatchUnits(f func(UnitsChanged)) { d.watch = f }

// touchUnits notes ids whose units changed, for the journal.
func (tx *Tx) touchUnits(r IDRange) {
	if n := len(tx.touched); n > 0 && tx.touched[n-1].Last+1 >= r.First && tx.touched[n-1].First <= r.First {
		tx.touched[n-1].Last = max(tx.touched[n-1].Last, r.Last)
		return
	}
	tx.touched = append(tx.touched, r)
}

// putUnit notes a unit that shows as it is now.
func (tx *Tx) putUnit(u *tm.Unit) {
	tx.touchUnits(IDRange{u.ID, u.ID})
	tx.changed.Put = append(tx.changed.Put, u)
}

// dropUnits notes units that no longer show.
func (tx *Tx) dropUnits(r IDRange) {
	tx.touchUnits(r)
	tx.changed.Gone = append(tx.changed.Gone, r)
}

// writeJournal ends a change: it writes down which units it touched and tells
// the watcher once that is durable.
func (tx *Tx) writeJournal(ctx context.Context) error {
	for _, r := range tx.touched {
		seq, err := tx.insert(ctx, `INSERT INTO unit_journal (first, last, mark) VALUES ($1, $2, $3) RETURNING seq`,
			r.First, r.Last, int64(rand.Uint64()>>1))
		if err != nil {
			return err
		}
		tx.changed.Seq = seq
	}
	if len(tx.touched) > 0 && tx.watch != nil {
		changed := tx.changed
		tx.AfterCommit(func() { tx.watch(changed) })
	}
	return nil
}

// JournalEnd returns the number of the last row of the journal of units.
func (r reader) JournalEnd(ctx context.Context) (int64, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT max(seq) FROM unit_journal`), scanInt)
}

// JournalAt returns the number of the row with a mark, [NotFound] when this
// database never had it or has trimmed it.
func (r reader) JournalAt(ctx context.Context, mark int64) (int64, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT seq FROM unit_journal WHERE mark = $1`, mark), scanInt)
}

// JournalMark returns the mark of a row, the inverse of [DB.JournalAt].
func (r reader) JournalMark(ctx context.Context, seq int64) (int64, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT mark FROM unit_journal WHERE seq = $1`, seq), scanInt)
}

// JournalAfter returns the ids touched since the row seq, as ranges in order
// without overlap, and the number of the last row.
func (r reader) JournalAfter(ctx context.Context, seq int64) ([]IDRange, int64, error) {
	type row struct {
		seq int64
		IDRange
	}
	last := seq
	var list []IDRange
	err := each(ctx, r.q, func(s scanner) (v row, err error) { return v, s.Scan(&v.seq, &v.First, &v.Last) },
		func(v row) error {
			last = max(last, v.seq)
			if n := len(list); n > 0 && list[n-1].Last+1 >= v.First {
				list[n-1].Last = max(list[n-1].Last, v.Last)
			} else {
				list = append(list, v.IDRange)
			}
			return nil
		}, `SELECT seq, first, last FROM unit_journal WHERE seq > $1 ORDER BY first, last`, seq)
	return list, last, err
}

// TrimJournal forgets the rows before seq: an index that has them is on disk.
func (tx *Tx) TrimJournal(ctx context.Context, seq int64) error {
	return tx.exec(ctx, `DELETE FROM unit_journal WHERE seq < $1`, seq)
}

// UnitsIn returns the visible units with ids of a range, in order.
func (r reader) UnitsIn(ctx context.Context, ids IDRange, limit int) ([]*tm.Unit, error) {
	return all(ctx, r.q, scanUnit, `
		SELECT `+unitColumns+` FROM unit u
		WHERE u.id BETWEEN $1 AND $2 AND `+unitVisible+` ORDER BY u.id LIMIT $3`, ids.First, ids.Last, limit)
}
