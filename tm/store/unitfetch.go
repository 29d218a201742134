package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"

	"tarjoman/tm"
)

// Fetching units by id is what a look-up waits for, so it goes to the driver
// past database/sql, which would take as long again as SQLite does.

// fetchSizes are the numbers of ids the prepared queries take.
var fetchSizes = [...]int{1, 5, 20, 100}

// A fetcher is a connection with its prepared queries, one for each size.
type fetcher struct {
	conn    *sql.Conn
	queries [len(fetchSizes)]driver.Stmt
	args    []driver.NamedValue
	row     [10]driver.Value
}

func fetchQuery(n int) string {
	return `SELECT ` + unitColumns + ` FROM unit u WHERE u.id IN (?` + strings.Repeat(",?", n-1) + `)
		AND u.deleted = 0 AND (u.batch = 0 OR NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = u.batch AND b.ready = 0))`
}

// Units returns the visible units with the ids, in that order, and nil for each
// that is gone.
func (d *DB) Units(ctx context.Context, ids []tm.UnitID) ([]*tm.Unit, error) {
	if err := ctx.Err(); err != nil || len(ids) == 0 {
		return nil, err
	}
	f, err := d.fetcher()
	if err != nil {
		return nil, err
	}
	units := make([]*tm.Unit, len(ids))
	for from := 0; from < len(ids) && err == nil; from += fetchSizes[len(fetchSizes)-1] {
		to := min(from+fetchSizes[len(fetchSizes)-1], len(ids))
		err = f.fetch(ids[from:to], units[from:to])
	}
	if err != nil {
		f.close()
		return nil, err
	}
	d.giveBack(f)
	return units, nil
}

// giveBack keeps a fetcher for the next look-up, unless there are enough or the
// database is being closed.
func (d *DB) giveBack(f *fetcher) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if !d.closed {
		select {
		case d.fetchers <- f:
			return
		default:
		}
	}
	f.close()
}

// fetcher takes one that is idle or makes one.
func (d *DB) fetcher() (*fetcher, error) {
	select {
	case f := <-d.fetchers:
		return f, nil
	default:
	}
	// The connection outlives the look-up that it was made for.
	conn, err := d.readers.Conn(context.Background())
	if err != nil {
		return nil, err
	}
	return &fetcher{conn: conn, args: make([]driver.NamedValue, fetchSizes[len(fetchSizes)-1])}, nil
}

// closeFetchers closes those that are idle; the others follow when they are
// given back.
func (d *DB) closeFetchers() {
	for {
		select {
		case f := <-d.fetchers:
			f.close()
		default:
			return
		}
	}
}

func (f *fetcher) close() {
	for _, q := range f.queries {
		if q != nil {
			_ = q.Close()
		}
	}
	_ = f.conn.Close()
}

// fetch puts the units with the ids, at most as many as the greatest size, into
// their places.
func (f *fetcher) fetch(ids []tm.UnitID, into []*tm.Unit) error {
	size := 0
	for fetchSizes[size] < len(ids) {
		size++
	}
	n := fetchSizes[size]
	for i := range n { // the last id fills what is left over
		f.args[i] = driver.NamedValue{Ordinal: i + 1, Value: int64(ids[min(i, len(ids)-1)])}
	}
	return f.conn.Raw(func(conn any) error {
		if f.queries[size] == nil {
			q, err := conn.(driver.ConnPrepareContext).PrepareContext(context.Background(), fetchQuery(n))
			if err != nil {
				return err
			}
			f.queries[size] = q
		}
		rows, err := f.queries[size].(driver.StmtQueryContext).QueryContext(context.Background(), f.args[:n])
		if err != nil {
			return err
		}
		return errors.Join(f.read(rows, ids, into), rows.Close())
	})
}

func (f *fetcher) read(rows driver.Rows, ids []tm.UnitID, into []*tm.Unit) error {
	for {
		err := rows.Next(f.row[:])
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		u, err := unitOfRow(f.row[:])
		if err != nil {
			return err
		}
		for i, id := range ids {
			if id == u.ID {
				into[i] = u
			}
		}
	}
}

// unitOfRow is scanUnit for values as the driver gives them; STRICT tables
// promise their types.
func unitOfRow(row []driver.Value) (*tm.Unit, error) {
	id, _ := row[0].(int64)
	memory, _ := row[1].(int64)
	langs, _ := row[2].(string)
	texts, _ := row[3].(string)
	extra, _ := row[4].(string)
	author, _ := row[5].(string)
	state, _ := row[6].(string)
	kind, _ := row[7].(string)
	created, _ := row[8].(int64)
	changed, _ := row[9].(int64)
	return unitOf(id, memory, unitText{langs, texts, extra}, author, state, kind, created, changed)
}
