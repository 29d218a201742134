package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"tarjoman/tm"
)

// Tx is a write transaction. It reads what it has written. It is only valid
// inside the callback of [DB.Update] and only in its goroutine.
type Tx struct {
	reader
	conn    *connection
	queue   <-chan *change
	after   []func()
	watch   func(UnitsChanged)
	touched []IDRange    // units, for the journal
	changed UnitsChanged // for the watcher
}

// AfterCommit registers f to run once the change is durable and before Update
// returns; it does not run when the change fails. It is how memory in the
// process follows the database. A panic in f goes on in the caller of Update.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// Awaited reports whether other changes wait for this one to end.
func (tx *Tx) Awaited() bool { return len(tx.queue) > 0 }

// change is one call of Update on its way through the writer.
type change struct {
	ctx    context.Context
	apply  func(*Tx) error
	tx     *Tx
	err    error
	broken any // the panic of an AfterCommit
	done   chan struct{}
}

// connection is the writer's connection. Statements run to their end whatever
// becomes of the caller's context: SQLite answers an interrupted INSERT, UPDATE
// or DELETE by rolling the whole transaction back, and with it the changes of
// others.
type connection struct {
	*sql.Conn
	failed error // why there is no Conn
	statements
	units inserter
}

func (c *connection) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return c.query(context.WithoutCancel(ctx), c.Conn, query, args)
}

func (c *connection) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return c.queryRow(context.WithoutCancel(ctx), c.Conn, query, args)
}

func (c *connection) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return c.exec(context.WithoutCancel(ctx), c.Conn, query, args)
}

// groupLimit bounds how many changes share a commit, and groupTime how long the
// first of them waits for the others to run.
const (
	groupLimit = 128
	groupTime  = 20 * time.Millisecond
)

// errAborted tells that SQLite rolled the whole group back.
var errAborted = errors.New("transaction aborted")

// Update runs apply in a write transaction and returns once the change is on
// disk. When apply returns an error nothing of it is kept and Update returns
// that error. apply runs in the writer's goroutine while every other writer
// waits: it must not call Update, wait for anything, or take long (a few
// milliseconds; cut long work into several updates). A context that ends before
// the change begins cancels it; afterwards it is carried through.
func (d *DB) Update(ctx context.Context, apply func(*Tx) error) error {
	c := &change{ctx: ctx, apply: apply, done: make(chan struct{})}
	if err := d.enqueue(ctx, c); err != nil {
		return err
	}
	<-c.done
	if c.broken != nil {
		panic(c.broken)
	}
	return c.err
}

func (d *DB) enqueue(ctx context.Context, c *change) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.closed {
		return tm.NewError(tm.Busy, "database.closed")
	}
	select {
	case d.queue <- c:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// write is the writer's goroutine. It keeps its connection until a commit fails:
// what SQLite holds in memory can then no longer be trusted.
func (d *DB) write() {
	defer close(d.stopped)
	var conn *connection
	for first := range d.queue {
		if conn == nil {
			conn = d.connect()
		}
		if err := d.commitGroup(conn, first); err != nil {
			conn.close(err)
			conn = nil
		}
	}
	conn.close(nil)
}

// connect opens the writer's connection. A failure shows at its first use.
func (d *DB) connect() *connection {
	c, err := d.writer.Conn(context.Background())
	return &connection{Conn: c, failed: err}
}

// close gives the connection back; after a failure it is closed for good.
func (c *connection) close(failed error) {
	if c == nil || c.Conn == nil {
		return
	}
	c.statements.close()
	c.units.close()
	if failed != nil {
		_ = c.Raw(func(any) error { return driver.ErrBadConn })
	}
	_ = c.Conn.Close()
}

// commitGroup runs first and what is waiting behind it in one transaction, each
// in a savepoint of its own, and answers all of them after the commit. An error
// is one of the connection.
func (d *DB) commitGroup(conn *connection, first *change) error {
	group := []*change{first}
	err := d.runGroup(conn, &group)
	for _, c := range group {
		if c.err == nil && err != nil {
			c.err = storageError(err)
		}
		c.finish()
	}
	return err
}

// finish runs what was to follow the commit and answers the caller. A panic is
// handed to him, so that the writer lives on.
func (c *change) finish() {
	defer close(c.done)
	defer func() { c.broken = recover() }()
	if c.err != nil {
		return
	}
	for _, f := range c.tx.after {
		f()
	}
}

func (d *DB) runGroup(conn *connection, group *[]*change) error {
	ctx := context.Background()
	if conn.failed != nil {
		return conn.failed
	}
	if _, err := conn.ExecContext(ctx, `BEGIN IMMEDIATE`); err != nil {
		return err
	}
	if err := d.runChanges(ctx, conn, group); err != nil {
		conn.rollback(ctx)
		return err
	}
	if _, err := conn.ExecContext(ctx, `COMMIT`); err != nil {
		conn.rollback(ctx)
		return err
	}
	return nil
}

// runChanges runs the first of the group and adds what waits behind it while
// there is time.
func (d *DB) runChanges(ctx context.Context, conn *connection, group *[]*change) error {
	deadline := time.Now().Add(groupTime)
	for next := (*group)[0]; ; {
		if err := next.run(ctx, conn, d); err != nil {
			return err
		}
		if len(*group) == groupLimit || time.Now().After(deadline) {
			return nil
		}
		if next = d.waiting(); next == nil {
			return nil
		}
		*group = append(*group, next)
	}
}

// rollback ends the transaction; SQLite may have done so already.
func (c *connection) rollback(ctx context.Context) { _, _ = c.ExecContext(ctx, `ROLLBACK`) }

// waiting returns the next queued change, or nil when there is none.
func (d *DB) waiting() *change {
	select {
	case c := <-d.queue:
		return c
	default:
		return nil
	}
}

// run applies one change within the group's transaction. Its own failure stays
// in c.err; a returned error means the whole group is lost.
func (c *change) run(ctx context.Context, conn *connection, d *DB) error {
	if c.err = c.ctx.Err(); c.err != nil {
		return nil
	}
	if _, err := conn.ExecContext(ctx, `SAVEPOINT change`); err != nil {
		return err
	}
	c.tx = &Tx{reader: reader{conn}, conn: conn, queue: d.queue, watch: d.watch}
	if c.err = storageError(c.applySafely()); c.err != nil {
		if _, err := conn.ExecContext(ctx, `ROLLBACK TO change`); err != nil {
			return fmt.Errorf("%w: %w", errAborted, c.err)
		}
	}
	_, err := conn.ExecContext(ctx, `RELEASE change`)
	return err
}

// applySafely turns a panic of one change into its error, so that the writer
// and everybody waiting behind it live on.
func (c *change) applySafely() (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a change: %v\n%s", p, debug.Stack())
		}
	}()
	if err := c.apply(c.tx); err != nil {
		return err
	}
	return c.tx.writeJournal(c.ctx)
}

// storageError names the failures of the disk a person can do something about.
func storageError(err error) error {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			return tm.NewError(tm.Busy, "storage.full").Wrap(err)
		case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
			return tm.NewError(tm.Busy, "storage.failed").Wrap(err)
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return tm.NewError(tm.Busy, "storage.busy").Wrap(err)
		}
	}
	return err
}
