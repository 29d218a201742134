// Package store keeps everything in one SQLite database.
//
// Reads are methods of [DB] and may run at any time from any goroutine. Writes
// are methods of [Tx], which [DB.Update] hands to a callback: one writer
// goroutine runs the callbacks one after another and commits those that were
// waiting together, so that each change is on disk when Update returns and a
// hundred people saving at once share one sync. Rows are checked for
// permission in tm/workbench, the only caller.
//
// SQL is written with $1 placeholders, which SQLite and PostgreSQL both take;
// what only SQLite understands is in this file and in migrations/.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"tarjoman/migrations"
	"tarjoman/tm"
)

// SQLite is the version of the engine.
const SQLite = sqlite3.SQLITE_VERSION

// DB is an open database. Its methods may be called concurrently.
type DB struct {
	reader
	readers *sql.DB
	writer  *sql.DB
	queue   chan *change
	stopped chan struct{}
	closing sync.Once
	mu      sync.RWMutex // held shared while a change is queued, exclusively to close
	closed  bool
	watch   func(UnitsChanged) // set before the first change

	fetchers chan *fetcher // idle ones
}

// Open opens the database file at path, creating and migrating it as needed.
// The folder must exist. A database of a newer Tarjoman is refused and left
// untouched (error code "database.newer").
func Open(ctx context.Context, path string) (*DB, error) {
	if err := createPrivate(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("open database: %w", err)
	}
	writer, err := sql.Open("sqlite", dsn(path, "_txlock=immediate"))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	writer.SetMaxOpenConns(1)
	if err := migrate(ctx, writer); err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	if err := fillSearch(ctx, writer); err != nil {
		return nil, errors.Join(fmt.Errorf("fold terms: %w", err), writer.Close())
	}
	readers, err := sql.Open("sqlite", dsn(path, "_pragma=query_only(1)"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), writer.Close())
	}
	// Half of them at most are taken up by fetchers.
	readers.SetMaxOpenConns(max(8, 4*runtime.NumCPU()))
	readers.SetMaxIdleConns(max(4, 2*runtime.NumCPU()))
	d := &DB{
		reader:  reader{&pool{DB: readers}},
		readers: readers,
		writer:  writer,
		queue:   make(chan *change, 256),
		stopped: make(chan struct{}),

		fetchers: make(chan *fetcher, max(2, runtime.NumCPU())),
	}
	go d.write()
	return d, nil
}

// createPrivate makes an empty file only its owner can read. SQLite takes it for
// an empty database and gives its log the same mode.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// dsn carries every pragma, so that each pooled connection has it. busy_timeout
// comes first: setting journal_mode may itself have to wait.
func dsn(path, extra string) string {
	return uri(path) + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=journal_size_limit(67108864)&_pragma=temp_store(MEMORY)&" + extra
}

// uri escapes what a path may hold and a URI may not, such as ? and %.
func uri(path string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	return u.String()
}

func migrate(ctx context.Context, db *sql.DB) error {
	p, err := goose.NewProvider(goose.DialectSQLite3, db, migrations.SQLite)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	sources := p.ListSources()
	known := sources[len(sources)-1].Version
	current, err := schemaVersion(ctx, db)
	if err != nil {
		return fmt.Errorf("read database: %w", err)
	}
	if current > known {
		return tm.NewError(tm.Unsupported, "database.newer", "version", current, "known", known)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate database: %w", err)
	}
	return nil
}

// schemaVersion reads the version without writing, 0 for an empty database.
func schemaVersion(ctx context.Context, db *sql.DB) (int64, error) {
	var n int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'goose_db_version'`).Scan(&n)
	if err != nil || n == 0 {
		return 0, err
	}
	var v sql.NullInt64
	err = db.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version`).Scan(&v)
	return v.Int64, err
}

// Close waits for the changes already queued and closes the database.
func (d *DB) Close() error {
	var err error
	d.closing.Do(func() {
		d.mu.Lock()
		d.closed = true
		close(d.queue)
		d.mu.Unlock()
		<-d.stopped
		d.closeFetchers()
		err = errors.Join(d.readers.Close(), d.writer.Close())
	})
	return err
}

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.readers.PingContext(ctx) }

// Check verifies the database: structure, and references between rows. It
// returns the faults found, none when all is well, at most a hundred.
func (d *DB) Check(ctx context.Context) ([]string, error) {
	var faults []string
	for _, pragma := range []string{`PRAGMA integrity_check(100)`, `PRAGMA foreign_key_check`} {
		found, err := d.pragma(ctx, pragma)
		if err != nil {
			return nil, err
		}
		faults = append(faults, found...)
	}
	return faults, nil
}

func (d *DB) pragma(ctx context.Context, pragma string) ([]string, error) {
	rows, err := d.readers.QueryContext(ctx, pragma)
	if err != nil {
		return nil, fmt.Errorf("check database: %w", err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() && len(found) < 100 {
		var what, rowid, parent, n sql.NullString
		columns, _ := rows.Columns()
		targets := []any{&what, &rowid, &parent, &n}[:len(columns)]
		if err := rows.Scan(targets...); err != nil {
			return nil, fmt.Errorf("check database: %w", err)
		}
		if what.String != "ok" {
			found = append(found, what.String)
		}
	}
	return found, rows.Err()
}

// Versions returns the version of SQLite and of the schema.
func (d *DB) Versions(ctx context.Context) (sqlite string, schema int64, err error) {
	if err := d.readers.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&sqlite); err != nil {
		return "", 0, err
	}
	schema, err = schemaVersion(ctx, d.readers)
	return sqlite, schema, err
}

// Backup writes a consistent copy of the database to path, which must not
// exist, while others go on reading and writing. The copy is on disk and checked
// before Backup returns; of a backup that fails nothing is left.
func (d *DB) Backup(ctx context.Context, path string) error {
	err := createPrivate(path)
	if errors.Is(err, fs.ErrExist) {
		return tm.NewError(tm.Invalid, "backup.exists", "path", path)
	}
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if err := d.copyTo(ctx, path); err != nil {
		return errors.Join(fmt.Errorf("back up: %w", storageError(err)), os.Remove(path))
	}
	return nil
}

func (d *DB) copyTo(ctx context.Context, path string) error {
	source, err := sql.Open("sqlite", dsn(d.path(ctx), ""))
	if err != nil {
		return err
	}
	defer source.Close()
	if _, err := source.ExecContext(ctx, `VACUUM INTO $1`, path); err != nil {
		return err
	}
	if err := checkFile(ctx, path); err != nil {
		return err
	}
	return syncFile(path)
}

// syncFile waits until a file and its name are on disk.
func syncFile(path string) error {
	for _, name := range []string{path, filepath.Dir(path)} {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (d *DB) path(ctx context.Context) string {
	var seq int
	var name, file string
	if err := d.readers.QueryRowContext(ctx, `PRAGMA database_list`).Scan(&seq, &name, &file); err != nil {
		return ""
	}
	return file
}

// checkFile verifies a database nobody else has open, without a trace.
func checkFile(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", uri(path)+"?immutable=1")
	if err != nil {
		return err
	}
	defer db.Close()
	var answer string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&answer); err != nil {
		return err
	}
	if answer != "ok" {
		return fmt.Errorf("the copy is damaged: %s", answer)
	}
	return nil
}

// micros is how times are stored; the zero time is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}
