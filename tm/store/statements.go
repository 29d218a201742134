package store

import (
	"context"
	"database/sql"
	"sync"
)

// statements keeps queries prepared: parsing the SQL anew would take half the
// time of a small one. The texts of the queries are constants, so their number
// stays small. The zero value is ready; it is safe for concurrent use.
type statements struct {
	prepared sync.Map // query → *sql.Stmt
}

// preparer is what *sql.DB and *sql.Conn have in common.
type preparer interface {
	querier
	PrepareContext(context.Context, string) (*sql.Stmt, error)
}

func (s *statements) get(ctx context.Context, db preparer, query string) (*sql.Stmt, error) {
	if found, ok := s.prepared.Load(query); ok {
		return found.(*sql.Stmt), nil
	}
	made, err := db.PrepareContext(context.WithoutCancel(ctx), query)
	if err != nil {
		return nil, err
	}
	if first, raced := s.prepared.LoadOrStore(query, made); raced {
		return first.(*sql.Stmt), made.Close()
	}
	return made, nil
}

func (s *statements) query(ctx context.Context, db preparer, query string, args []any) (*sql.Rows, error) {
	stmt, err := s.get(ctx, db, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

func (s *statements) queryRow(ctx context.Context, db preparer, query string, args []any) *sql.Row {
	stmt, err := s.get(ctx, db, query)
	if err != nil {
		return db.QueryRowContext(ctx, query, args...) // fails with the same error
	}
	return stmt.QueryRowContext(ctx, args...)
}

func (s *statements) exec(ctx context.Context, db preparer, query string, args []any) (sql.Result, error) {
	stmt, err := s.get(ctx, db, query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

func (s *statements) close() {
	s.prepared.Range(func(_, stmt any) bool {
		_ = stmt.(*sql.Stmt).Close()
		return true
	})
}

// pool is the readers' connections with their statements.
type pool struct {
	*sql.DB
	statements
}

func (p *pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return p.query(ctx, p.DB, query, args)
}

func (p *pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return p.queryRow(ctx, p.DB, query, args)
}

func (p *pool) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return p.exec(ctx, p.DB, query, args)
}
