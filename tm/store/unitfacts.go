package store

import (
	"context"
	"time"

	"tarjoman/tm"
)

// Tag is a mark that people give to units of a memory.
type Tag struct {
	ID     int64
	Memory tm.MemoryID
	Name   string
	Units  int // in lists only
}

// Tags lists the tags of a memory by name.
func (r reader) Tags(ctx context.Context, memory tm.MemoryID) ([]Tag, error) {
	return all(ctx, r.q, func(s scanner) (t Tag, err error) {
		return t, s.Scan(&t.ID, &t.Memory, &t.Name, &t.Units)
	}, `SELECT t.id, t.memory, t.name, (SELECT count(*) FROM unit_tag x WHERE x.tag = t.id)
		FROM tag t WHERE t.memory = $1 ORDER BY t.name`, memory)
}

// PutTag adds a tag unless there is one with its name, and returns its id.
func (tx *Tx) PutTag(ctx context.Context, t Tag) (int64, error) {
	return tx.insert(ctx, `
		INSERT INTO tag (memory, name) VALUES ($1, $2)
		ON CONFLICT (memory, name) DO UPDATE SET name = name RETURNING id`, t.Memory, t.Name)
}

// DeleteTag takes a tag off all its units and removes it.
func (tx *Tx) DeleteTag(ctx context.Context, memory tm.MemoryID, id int64) error {
	return tx.execOne(ctx, `DELETE FROM tag WHERE memory = $1 AND id = $2`, memory, id)
}

// TagUnits gives a tag to units of its memory, or takes it off them.
func (tx *Tx) TagUnits(ctx context.Context, tag int64, units []tm.UnitID, on bool) error {
	query := `DELETE FROM unit_tag WHERE tag = $1 AND unit = $2`
	if on {
		query = `INSERT INTO unit_tag (unit, tag)
			SELECT u.id, t.id FROM tag t JOIN unit u ON u.memory = t.memory WHERE t.id = $1 AND u.id = $2
			ON CONFLICT DO NOTHING`
	}
	for _, id := range units {
		if err := tx.exec(ctx, query, tag, id); err != nil {
			return err
		}
	}
	return nil
}

// TaggedUnits lists the ids of up to limit units with a tag that are greater
// than after, in order.
func (r reader) TaggedUnits(ctx context.Context, tag int64, after tm.UnitID, limit int) ([]tm.UnitID, error) {
	return all(ctx, r.q, func(s scanner) (id tm.UnitID, err error) { return id, s.Scan(&id) },
		`SELECT unit FROM unit_tag WHERE tag = $1 AND unit > $2 ORDER BY unit LIMIT $3`, tag, after, limit)
}

// UnitFacts is what is known of a unit besides what it says.
type UnitFacts struct {
	Used     int       // how often it was taken into a translation
	LastUsed time.Time // zero when never
	Versions int       // former ones
	Tags     []Tag
}

// UnitFacts returns the facts of a unit.
func (r reader) UnitFacts(ctx context.Context, id tm.UnitID) (UnitFacts, error) {
	f, err := one(r.q.QueryRowContext(ctx, `
		SELECT coalesce(x.count, 0), coalesce(x.last, 0), u.version - 1
		FROM unit u LEFT JOIN unit_use x ON x.unit = u.id WHERE u.id = $1`, id),
		func(s scanner) (f UnitFacts, err error) {
			var last int64
			err = s.Scan(&f.Used, &last, &f.Versions)
			f.LastUsed = fromMicros(last)
			return f, err
		})
	if err != nil {
		return f, err
	}
	f.Tags, err = all(ctx, r.q, func(s scanner) (t Tag, err error) {
		return t, s.Scan(&t.ID, &t.Memory, &t.Name)
	}, `SELECT t.id, t.memory, t.name FROM unit_tag x JOIN tag t ON t.id = x.tag
		WHERE x.unit = $1 ORDER BY t.name`, id)
	return f, err
}

// UnitGroup says by what the units of a memory are counted.
type UnitGroup string

const (
	ByLanguages UnitGroup = "langs" // tags divided by spaces: "en fa"
	ByAuthor    UnitGroup = "author"
	ByState     UnitGroup = "state"
	ByKind      UnitGroup = "kind"
	ByMonth     UnitGroup = "month" // of the last change: "2026-03"
	ByUse       UnitGroup = "use"   // "0", "1", "2" … "10+"
)

// groupExpressions are constants, so that no text of a caller enters a query.
var groupExpressions = map[UnitGroup]string{
	ByLanguages: `u.langs`,
	ByAuthor:    `u.author`,
	ByState:     `u.state`,
	ByKind:      `u.kind`,
	ByMonth:     `strftime('%Y-%m', u.changed / 1000000, 'unixepoch')`,
	ByUse: `coalesce((SELECT CASE WHEN x.count < 10 THEN cast(x.count AS TEXT) ELSE '10+' END
		FROM unit_use x WHERE x.unit = u.id), '0')`,
}

// UnitCount is how many units share a value.
type UnitCount struct {
	Value string
	Units int
}

// CountUnits counts the visible units of a memory by a group, most first. It
// reads every unit.
func (r reader) CountUnits(ctx context.Context, memory tm.MemoryID, by UnitGroup) ([]UnitCount, error) {
	return all(ctx, r.q, func(s scanner) (c UnitCount, err error) { return c, s.Scan(&c.Value, &c.Units) },
		`SELECT `+groupExpressions[by]+` AS value, count(*) AS n FROM unit u
		WHERE u.memory = $1 AND `+unitVisible+` GROUP BY value ORDER BY n DESC, value`, memory)
}
