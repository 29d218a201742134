package store

import (
	"context"
	"strings"
	"time"

	"tarjoman/tm"
)

// A UnitQuery narrows the units of a memory by facts. The zero value of a field
// lets every unit pass.
type UnitQuery struct {
	Author, Document string
	State            tm.State
	Kind             tm.OriginKind
	Langs            string    // tags divided by spaces: "en fa"
	Since            time.Time // changed at this time or later
	Until            time.Time // changed before this time
	Tag              int64
	Use              UseFilter
}

// UseFilter narrows units by how often they were taken into a translation.
type UseFilter string

const (
	AnyUse UseFilter = ""
	Unused UseFilter = "never"
	Used   UseFilter = "used" // once or more
)

// unitOrders are the orders of a list of units.
var unitOrders = map[bool]string{
	false: `u.id DESC`,
	true:  `coalesce(x.count, 0) DESC, u.id DESC`,
}

// where returns the rest of a query from its WHERE on, with its arguments. The
// text is made of constants only.
func (f UnitQuery) where(memory tm.MemoryID) (string, []any) {
	var b strings.Builder
	b.WriteString(` FROM unit u LEFT JOIN unit_use x ON x.unit = u.id WHERE u.memory = ? AND ` + unitVisible)
	args := []any{memory}
	add := func(wanted bool, condition string, values ...any) {
		if wanted {
			b.WriteString(` AND ` + condition)
			args = append(args, values...)
		}
	}
	add(f.Author != "", `u.author = ?`, f.Author)
	add(f.Document != "", `u.extra <> '' AND json_extract(u.extra, '$.document') = ?`, f.Document)
	add(f.State != "", `u.state = ?`, string(f.State))
	add(f.Kind != "", `u.kind = ?`, string(f.Kind))
	add(f.Langs != "", `u.langs = ?`, f.Langs)
	add(!f.Since.IsZero(), `u.changed >= ?`, micros(f.Since))
	add(!f.Until.IsZero(), `u.changed < ?`, micros(f.Until))
	add(f.Tag > 0, `u.id IN (SELECT t.unit FROM unit_tag t WHERE t.tag = ?)`, f.Tag)
	add(f.Use == Unused, `x.unit IS NULL`)
	add(f.Use == Used, `x.unit IS NOT NULL`)
	return b.String(), args
}

// FindUnits returns a page of the visible units of a memory that pass, newest
// first or those used most first.
func (r reader) FindUnits(ctx context.Context, memory tm.MemoryID, f UnitQuery, byUse bool, offset, limit int) ([]*tm.Unit, error) {
	rest, args := f.where(memory)
	return all(ctx, r.q, scanUnit, `SELECT `+unitColumns+rest+` ORDER BY `+unitOrders[byUse]+` LIMIT ? OFFSET ?`,
		append(args, limit, offset)...)
}

// FindUnitsAfter returns up to limit visible units of a memory that pass and
// whose id is greater than after, in order of id.
func (r reader) FindUnitsAfter(ctx context.Context, memory tm.MemoryID, f UnitQuery, after tm.UnitID, limit int) ([]*tm.Unit, error) {
	rest, args := f.where(memory)
	return all(ctx, r.q, scanUnit, `SELECT `+unitColumns+rest+` AND u.id > ? ORDER BY u.id LIMIT ?`, append(args, after, limit)...)
}

// FindUnitIDsAfter is [DB.FindUnitsAfter] for ids only.
func (r reader) FindUnitIDsAfter(ctx context.Context, memory tm.MemoryID, f UnitQuery, after tm.UnitID, limit int) ([]tm.UnitID, error) {
	rest, args := f.where(memory)
	return all(ctx, r.q, scanUnitID, `SELECT u.id`+rest+` AND u.id > ? ORDER BY u.id LIMIT ?`, append(args, after, limit)...)
}

// CountFoundUnits counts the visible units of a memory that pass, up to limit.
func (r reader) CountFoundUnits(ctx context.Context, memory tm.MemoryID, f UnitQuery, limit int) (int, error) {
	rest, args := f.where(memory)
	n, err := one(r.q.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1`+rest+` LIMIT ?)`, append(args, limit)...), scanInt)
	return int(n), err
}

func scanUnitID(s scanner) (id tm.UnitID, err error) { return id, s.Scan(&id) }

// UnitDigest is what the units of a memory have in common, and how many there
// are of it.
type UnitDigest struct {
	Langs, Author, State, Kind string
	Month                      string // of the last change; "" when that is not known
	Units                      int
}

// UnitDigests counts the visible units of a memory by all their groups at once.
// It reads every unit.
func (r reader) UnitDigests(ctx context.Context, memory tm.MemoryID) ([]UnitDigest, error) {
	return all(ctx, r.q, func(s scanner) (d UnitDigest, err error) {
		return d, s.Scan(&d.Langs, &d.Author, &d.State, &d.Kind, &d.Month, &d.Units)
	}, `SELECT u.langs, u.author, u.state, u.kind, CASE u.changed WHEN 0 THEN '' ELSE `+groupExpressions[ByMonth]+` END AS month, count(*)
		FROM unit u WHERE u.memory = $1 AND `+unitVisible+` GROUP BY u.langs, u.author, u.state, u.kind, month`, memory)
}

// CountUsed counts the visible units of a memory that were used, by how often.
func (r reader) CountUsed(ctx context.Context, memory tm.MemoryID) ([]UnitCount, error) {
	return all(ctx, r.q, func(s scanner) (c UnitCount, err error) { return c, s.Scan(&c.Value, &c.Units) }, `
		SELECT CASE WHEN x.count < 10 THEN cast(x.count AS TEXT) ELSE '10+' END AS value, count(*)
		FROM unit_use x JOIN unit u ON u.id = x.unit
		WHERE u.memory = $1 AND `+unitVisible+` GROUP BY value ORDER BY min(x.count)`, memory)
}
