package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// Imports store units by the million, so rows go to the driver past
// database/sql, many in a statement, and what they have in common once.

// insertSize is how many units share a statement: more gains little.
const insertSize = 100

// Units that are alike differ in nothing but ownColumns; a statement for such
// takes the others, headColumns, once.
const (
	headColumns = `memory, batch, langs, state, kind`
	ownColumns  = `texts, extra, author, created, changed`
)

var (
	insertOne   = insertQuery(1, false)
	insertMany  = insertQuery(insertSize, false)
	insertAlike = insertQuery(insertSize, true)
)

func insertQuery(n int, alike bool) string {
	head := `?,?,?,?,?`
	if alike {
		head = `?1,?2,?3,?4,?5`
	}
	row := `(` + head + `,?,?,?,?,?)`
	return `INSERT INTO unit (` + headColumns + `, ` + ownColumns + `) VALUES ` + row + strings.Repeat(`,`+row, n-1)
}

// An inserter adds units over one connection. The zero value is ready.
type inserter struct {
	queries map[string]driver.Stmt
	args    []driver.NamedValue
	room    []byte // texts and extra of the units, one after another
	ends    []int
	tags    []language.Tag
	langs   string // of the tags
}

func (in *inserter) close() {
	for _, q := range in.queries {
		_ = q.Close()
	}
	in.queries = nil
}

// insert adds units. Their ids follow the greatest there is, as SQLite gives
// them to rows without: it need not look whether they are taken.
func (in *inserter) insert(conn *sql.Conn, batch int64, units []*tm.Unit) error {
	return conn.Raw(func(c any) error {
		for len(units) >= insertSize {
			if err := in.some(c, batch, units[:insertSize]); err != nil {
				return err
			}
			units = units[insertSize:]
		}
		for i := range units {
			if err := in.some(c, batch, units[i:i+1]); err != nil {
				return err
			}
		}
		return nil
	})
}

// some adds one or insertSize units.
func (in *inserter) some(conn any, batch int64, units []*tm.Unit) error {
	query, once := insertOne, false
	if len(units) > 1 {
		if query, once = insertMany, alike(units); once {
			query = insertAlike
		}
	}
	stored := in.encode(units)
	in.args = in.args[:0]
	for i, u := range units {
		if i == 0 || !once {
			in.add(int64(u.Memory), batch, in.langsOf(u), string(u.Origin.State), string(u.Origin.Kind))
		}
		from, middle, to := in.ends[2*i], in.ends[2*i+1], in.ends[2*i+2]
		in.add(stored[from:middle], stored[middle:to], u.Origin.Author,
			micros(u.Origin.Created), micros(u.Origin.Changed))
	}
	last, err := in.exec(conn, query)
	clear(in.args)
	if want := int64(units[len(units)-1].ID); err == nil && last != want {
		err = fmt.Errorf("a unit was given the id %d instead of %d", last, want)
	}
	return err
}

// alike reports whether the units differ only in ownColumns.
func alike(units []*tm.Unit) bool {
	first := units[0]
	for _, u := range units[1:] {
		if u.Memory != first.Memory || u.Origin.State != first.Origin.State || u.Origin.Kind != first.Origin.Kind ||
			len(u.Variants) != len(first.Variants) {
			return false
		}
		for i := range u.Variants {
			if u.Variants[i].Lang != first.Variants[i].Lang {
				return false
			}
		}
	}
	return true
}

// encode returns the texts and extra of the units in one string, which in.ends
// divides. What giant units needed is let go.
func (in *inserter) encode(units []*tm.Unit) string {
	const keep = 1 << 20
	if cap(in.room) > keep {
		in.room = nil
	}
	in.room, in.ends = in.room[:0], append(in.ends[:0], 0)
	for _, u := range units {
		in.room = appendTexts(in.room, u)
		in.ends = append(in.ends, len(in.room))
		in.room = appendExtra(in.room, u)
		in.ends = append(in.ends, len(in.room))
	}
	return string(in.room)
}

// langsOf is encodeLangs, quick for a unit with the languages of the last one.
func (in *inserter) langsOf(u *tm.Unit) string {
	same := len(in.tags) == len(u.Variants)
	for i := 0; same && i < len(in.tags); i++ {
		same = in.tags[i] == u.Variants[i].Lang
	}
	if !same {
		in.tags = in.tags[:0]
		for i := range u.Variants {
			in.tags = append(in.tags, u.Variants[i].Lang)
		}
		in.langs = encodeLangs(u)
	}
	return in.langs
}

func (in *inserter) add(values ...driver.Value) {
	for _, v := range values {
		in.args = append(in.args, driver.NamedValue{Ordinal: len(in.args) + 1, Value: v})
	}
}

// exec returns the id of the last row.
func (in *inserter) exec(conn any, query string) (int64, error) {
	q := in.queries[query]
	if q == nil {
		made, err := conn.(driver.ConnPrepareContext).PrepareContext(context.Background(), query)
		if err != nil {
			return 0, err
		}
		if in.queries == nil {
			in.queries = map[string]driver.Stmt{}
		}
		in.queries[query], q = made, made
	}
	// As everywhere in the writer, nothing interrupts a statement.
	res, err := q.(driver.StmtExecContext).ExecContext(context.Background(), in.args)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}
