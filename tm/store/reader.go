package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"tarjoman/tm"
)

// querier is what *sql.DB and *sql.Conn have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// reader holds every query that only reads; DB runs them on the readers, Tx in
// its transaction.
type reader struct{ q querier }

// NotFound is what every look-up of a single row returns when there is none.
// Workbench answers the same for a row the actor may not see.
var NotFound = tm.NewError(tm.NotFound, "not_found")

// scanner is what *sql.Row and *sql.Rows have in common.
type scanner interface{ Scan(...any) error }

// one scans a single row; a missing one is [NotFound].
func one[T any](row *sql.Row, scan func(scanner) (T, error)) (T, error) {
	v, err := scan(row)
	if errors.Is(err, sql.ErrNoRows) {
		return v, NotFound
	}
	return v, err
}

// all scans every row of a query.
func all[T any](ctx context.Context, q querier, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	var list []T
	err := each(ctx, q, scan, func(v T) error {
		list = append(list, v)
		return nil
	}, query, args...)
	return list, err
}

// each scans the rows of a query one after another.
func each[T any](ctx context.Context, q querier, scan func(scanner) (T, error), yield func(T) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return err
		}
		if err := yield(v); err != nil {
			return err
		}
	}
	return rows.Err()
}

// insert runs a statement that ends in RETURNING id; when it touches no row it
// is [NotFound].
func (tx *Tx) insert(ctx context.Context, query string, args ...any) (int64, error) {
	return one(tx.q.QueryRowContext(ctx, query, args...), scanInt)
}

// exec runs a statement that may touch any number of rows.
func (tx *Tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := tx.q.ExecContext(ctx, query, args...)
	return err
}

// execOne runs a statement that must touch a row; else it is [NotFound].
func (tx *Tx) execOne(ctx context.Context, query string, args ...any) error {
	res, err := tx.q.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(NotFound, err)
	}
	return nil
}

// encodeCodes is the stored form of inline codes.
func encodeCodes(codes []tm.Code) string {
	if len(codes) == 0 {
		return ""
	}
	return string(appendCodes(nil, codes))
}

// appendCodes appends codes as a JSON array of rows.
func appendCodes(b []byte, codes []tm.Code) []byte {
	b = append(b, '[')
	for i := range codes {
		c := &codes[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, '['), int64(c.Pos), 10)
		b = appendQuoted(append(b, ','), c.Kind.String())
		b = strconv.AppendInt(append(b, ','), int64(c.ID), 10)
		b = appendQuoted(append(b, ','), c.Type)
		b = append(appendQuoted(append(b, ','), c.Data), ']')
	}
	return append(b, ']')
}

// content puts a text and its stored codes together.
func content(text, codes string) (tm.Content, error) {
	c := tm.Content{Text: text}
	if codes == "" {
		return c, nil
	}
	var rows []codeRow
	if err := json.Unmarshal([]byte(codes), &rows); err != nil {
		return c, fmt.Errorf("read codes: %w", err)
	}
	for _, r := range rows {
		c.Codes = append(c.Codes, r.Code)
	}
	return c, nil
}

// codeRow reads one row of the stored form.
type codeRow struct{ tm.Code }

func (r *codeRow) UnmarshalJSON(b []byte) error {
	var kind string
	row := []any{&r.Pos, &kind, &r.ID, &r.Type, &r.Data}
	if err := json.Unmarshal(b, &row); err != nil {
		return err
	}
	var ok bool
	if r.Kind, ok = tm.ParseCodeKind(kind); !ok {
		return fmt.Errorf("code kind %q", kind)
	}
	return nil
}
