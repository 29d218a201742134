package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

const unitColumns = `u.id, u.memory, u.previous, u.next, u.author, u.document, u.state, u.kind, u.created, u.changed, u.props`

// unitVisible holds for units that are neither deleted nor part of an import
// that has not finished.
const unitVisible = `u.deleted = 0 AND (u.batch IS NULL OR EXISTS (SELECT 1 FROM batch b WHERE b.id = u.batch AND b.ready = 1))`

func scanUnit(s scanner) (*tm.Unit, error) {
	u := &tm.Unit{}
	var created, changed int64
	var props string
	err := s.Scan(&u.ID, &u.Memory, &u.Previous, &u.Next, &u.Origin.Author, &u.Origin.Document,
		&u.Origin.State, &u.Origin.Kind, &created, &changed, &props)
	if err != nil {
		return nil, err
	}
	u.Origin.Created, u.Origin.Changed = fromMicros(created), fromMicros(changed)
	if props != "" {
		err = json.Unmarshal([]byte(props), &u.Props)
	}
	return u, err
}

// unitRow is a unit joined with one of its variants.
type unitRow struct {
	unit    *tm.Unit
	variant tm.Variant
}

func scanUnitRow(s scanner) (unitRow, error) {
	var lang, text, codes string
	u, err := scanUnit(withExtra{s, []any{&lang, &text, &codes}})
	if err != nil {
		return unitRow{}, err
	}
	v, err := scanVariant(lang, text, codes)
	return unitRow{u, v}, err
}

func scanVariant(lang, text, codes string) (tm.Variant, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return tm.Variant{}, fmt.Errorf("language of a unit: %w", err)
	}
	c, err := content(text, codes)
	return tm.Variant{Lang: tag, Content: c}, err
}

// EachUnit calls yield for every visible unit of a memory in order of id. The
// unit belongs to the callee.
func (r reader) EachUnit(ctx context.Context, memory tm.MemoryID, yield func(*tm.Unit) error) error {
	return r.eachUnit(ctx, yield, `
		SELECT `+unitColumns+`, v.lang, v.text, v.codes
		FROM unit u JOIN variant v ON v.unit = u.id
		WHERE u.memory = $1 AND `+unitVisible+` ORDER BY u.id, v.lang`, memory)
}

// UnitsAfter returns up to limit visible units of a memory whose id is greater
// than after, in order of id.
func (r reader) UnitsAfter(ctx context.Context, memory tm.MemoryID, after tm.UnitID, limit int) ([]*tm.Unit, error) {
	var units []*tm.Unit
	err := r.eachUnit(ctx, func(u *tm.Unit) error {
		units = append(units, u)
		return nil
	}, `SELECT `+unitColumns+`, v.lang, v.text, v.codes
		FROM (SELECT * FROM unit u WHERE u.memory = $1 AND u.id > $2 AND `+unitVisible+` ORDER BY u.id LIMIT $3) u
		JOIN variant v ON v.unit = u.id ORDER BY u.id, v.lang`, memory, after, limit)
	return units, err
}

// EachUnitOfBatch is [DB.EachUnit] for the units of one import, ready or not.
func (r reader) EachUnitOfBatch(ctx context.Context, batch int64, yield func(*tm.Unit) error) error {
	return r.eachUnit(ctx, yield, `
		SELECT `+unitColumns+`, v.lang, v.text, v.codes
		FROM unit u JOIN variant v ON v.unit = u.id
		WHERE u.batch = $1 AND u.deleted = 0 ORDER BY u.id, v.lang`, batch)
}

// eachUnit puts the rows of one unit, which stand together, into one value.
func (r reader) eachUnit(ctx context.Context, yield func(*tm.Unit) error, query string, args ...any) error {
	var last *tm.Unit
	err := each(ctx, r.q, scanUnitRow, func(row unitRow) error {
		if last != nil && last.ID == row.unit.ID {
			last.Variants = append(last.Variants, row.variant)
			return nil
		}
		done := last
		last = row.unit
		last.Variants = []tm.Variant{row.variant}
		if done == nil {
			return nil
		}
		return yield(done)
	}, query, args...)
	if err == nil && last != nil {
		err = yield(last)
	}
	return err
}

// Unit returns a unit of a memory, deleted or not.
func (r reader) Unit(ctx context.Context, memory tm.MemoryID, id tm.UnitID) (*tm.Unit, error) {
	var found *tm.Unit
	err := r.eachUnit(ctx, func(u *tm.Unit) error {
		found = u
		return nil
	}, `SELECT `+unitColumns+`, v.lang, v.text, v.codes
		FROM unit u JOIN variant v ON v.unit = u.id
		WHERE u.memory = $1 AND u.id = $2 ORDER BY v.lang`, memory, id)
	if err == nil && found == nil {
		err = NotFound
	}
	return found, err
}

// UnitPage returns the visible units of a memory, newest first, and how many
// there are in all.
func (r reader) UnitPage(ctx context.Context, memory tm.MemoryID, offset, limit int) ([]*tm.Unit, int, error) {
	total, err := one(r.q.QueryRowContext(ctx,
		`SELECT count(*) FROM unit u WHERE u.memory = $1 AND `+unitVisible, memory), scanInt)
	if err != nil {
		return nil, 0, err
	}
	var units []*tm.Unit
	err = r.eachUnit(ctx, func(u *tm.Unit) error {
		units = append(units, u)
		return nil
	}, `SELECT `+unitColumns+`, v.lang, v.text, v.codes
		FROM (SELECT * FROM unit u WHERE u.memory = $1 AND `+unitVisible+` ORDER BY u.id DESC LIMIT $2 OFFSET $3) u
		JOIN variant v ON v.unit = u.id ORDER BY u.id DESC, v.lang`, memory, limit, offset)
	return units, int(total), err
}

// AddUnits adds units to their memory and sets their ids. batch is that of a
// running import, 0 for none; the units of a batch show once it is ready.
func (tx *Tx) AddUnits(ctx context.Context, batch int64, units []*tm.Unit) error {
	for _, u := range units {
		if err := tx.addUnit(ctx, batch, 0, u); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) addUnit(ctx context.Context, batch int64, segment tm.SegmentID, u *tm.Unit) error {
	props, err := encodeProps(u.Props)
	if err != nil {
		return err
	}
	id, err := tx.insert(ctx, `
		INSERT INTO unit (memory, batch, segment, previous, next, author, document, state, kind, created, changed, props)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
		u.Memory, nullID(batch), nullID(segment), u.Previous, u.Next, u.Origin.Author, u.Origin.Document,
		string(u.Origin.State), string(u.Origin.Kind), micros(u.Origin.Created), micros(u.Origin.Changed), props)
	if err != nil {
		return err
	}
	u.ID = tm.UnitID(id)
	return tx.setVariants(ctx, u)
}

func encodeProps(props map[string]string) (string, error) {
	if len(props) == 0 {
		return "", nil
	}
	b, err := json.Marshal(props)
	return string(b), err
}

func (tx *Tx) setVariants(ctx context.Context, u *tm.Unit) error {
	for _, v := range u.Variants {
		err := tx.exec(ctx, `
			INSERT INTO variant (unit, lang, text, codes) VALUES ($1, $2, $3, $4)
			ON CONFLICT (unit, lang) DO UPDATE SET text = excluded.text, codes = excluded.codes`,
			u.ID, v.Lang.String(), v.Content.Text, encodeCodes(v.Content.Codes))
		if err != nil {
			return err
		}
	}
	return nil
}

// PutSegmentUnit stores the unit a confirmed segment gives to a memory: it
// replaces the one the segment gave before and sets u.ID.
func (tx *Tx) PutSegmentUnit(ctx context.Context, segment tm.SegmentID, u *tm.Unit) error {
	old, err := tx.SegmentUnit(ctx, u.Memory, segment)
	if err != nil {
		return err
	}
	if old == 0 {
		return tx.addUnit(ctx, 0, segment, u)
	}
	u.ID = old
	err = tx.exec(ctx, `
		UPDATE unit SET previous = $2, next = $3, author = $4, document = $5, state = $6, kind = $7,
			changed = $8, deleted = 0 WHERE id = $1`,
		u.ID, u.Previous, u.Next, u.Origin.Author, u.Origin.Document, string(u.Origin.State),
		string(u.Origin.Kind), micros(u.Origin.Changed))
	if err != nil {
		return err
	}
	return tx.setVariants(ctx, u)
}

// SegmentUnit returns the unit a segment gave to a memory, 0 for none.
func (r reader) SegmentUnit(ctx context.Context, memory tm.MemoryID, segment tm.SegmentID) (tm.UnitID, error) {
	id, err := one(r.q.QueryRowContext(ctx,
		`SELECT coalesce(max(id), 0) FROM unit WHERE memory = $1 AND segment = $2`, memory, segment), scanInt)
	return tm.UnitID(id), err
}

// SetUnit replaces the texts of a unit.
func (tx *Tx) SetUnit(ctx context.Context, u *tm.Unit) error {
	err := tx.execOne(ctx, `UPDATE unit SET changed = $2, author = $3 WHERE id = $1`,
		u.ID, micros(u.Origin.Changed), u.Origin.Author)
	if err != nil {
		return err
	}
	return tx.setVariants(ctx, u)
}

// DeleteUnit puts a unit into the trash; the zero time takes it out again.
func (tx *Tx) DeleteUnit(ctx context.Context, memory tm.MemoryID, id tm.UnitID, at time.Time) error {
	return tx.execOne(ctx, `UPDATE unit SET deleted = $3 WHERE memory = $1 AND id = $2`, memory, id, micros(at))
}

// AddBatch begins an import into a memory.
func (tx *Tx) AddBatch(ctx context.Context, memory tm.MemoryID) (int64, error) {
	return tx.insert(ctx, `INSERT INTO batch (memory) VALUES ($1) RETURNING id`, memory)
}

// FinishBatch shows the units of an import.
func (tx *Tx) FinishBatch(ctx context.Context, batch int64) error {
	return tx.execOne(ctx, `UPDATE batch SET ready = 1 WHERE id = $1`, batch)
}

// DropBatch removes up to limit units of an import that will not be finished,
// and the import itself with the last of them; it reports whether that was
// done.
func (tx *Tx) DropBatch(ctx context.Context, batch int64, limit int) (bool, error) {
	res, err := tx.q.ExecContext(ctx, `
		DELETE FROM unit WHERE id IN (SELECT id FROM unit WHERE batch = $1 LIMIT $2)`, batch, limit)
	if err != nil {
		return false, err
	}
	if n, err := res.RowsAffected(); err != nil || n == int64(limit) {
		return false, err
	}
	return true, tx.exec(ctx, `DELETE FROM batch WHERE id = $1`, batch)
}

// OpenBatches lists the imports that never finished.
func (r reader) OpenBatches(ctx context.Context) ([]int64, error) {
	return all(ctx, r.q, scanInt, `SELECT id FROM batch WHERE ready = 0`)
}
