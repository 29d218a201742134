package store

import (
	"context"
	"time"

	"golang.org/x/text/cases"

	"tarjoman/tm"
)

// LoginKey folds a log-in name for comparing: names that differ in case only
// are the same account.
func LoginKey(login string) string { return cases.Fold().String(login) }

const accountColumns = `id, login, name, admin, disabled, locale, created, seen`

func scanAccount(s scanner) (Account, error) {
	var a Account
	var created, seen int64
	err := s.Scan(&a.ID, &a.Login, &a.Name, &a.Admin, &a.Disabled, &a.Locale, &created, &seen)
	a.Created, a.LastSeen = fromMicros(created), fromMicros(seen)
	return a, err
}

// Account returns an account by id.
func (r reader) Account(ctx context.Context, id tm.AccountID) (Account, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM account WHERE id = $1`, id), scanAccount)
}

// AccountByLogin returns the account with the log-in name, in any case, and the
// hash of its password.
func (r reader) AccountByLogin(ctx context.Context, login string) (Account, string, error) {
	var hash string
	a, err := one(r.q.QueryRowContext(ctx,
		`SELECT `+accountColumns+`, password FROM account WHERE login_key = $1`, LoginKey(login)),
		func(s scanner) (Account, error) {
			var err error
			a, err := scanAccount(withExtra{s, []any{&hash}})
			return a, err
		})
	return a, hash, err
}

// withExtra scans further columns behind those of the inner scan.
type withExtra struct {
	scanner
	extra []any
}

func (w withExtra) Scan(targets ...any) error { return w.scanner.Scan(append(targets, w.extra...)...) }

// Password returns the password hash of an account.
func (r reader) Password(ctx context.Context, id tm.AccountID) (string, error) {
	return one(r.q.QueryRowContext(ctx, `SELECT password FROM account WHERE id = $1`, id), scanString)
}

func scanString(s scanner) (v string, err error) { return v, s.Scan(&v) }

func scanInt(s scanner) (v int64, err error) { return v, s.Scan(&v) }

// Accounts lists every account by name.
func (r reader) Accounts(ctx context.Context) ([]Account, error) {
	return all(ctx, r.q, scanAccount, `SELECT `+accountColumns+` FROM account ORDER BY name, id`)
}

// CountAdmins counts the administrators who can log in.
func (r reader) CountAdmins(ctx context.Context) (int64, error) {
	return one(r.q.QueryRowContext(ctx,
		`SELECT count(*) FROM account WHERE admin = 1 AND disabled = 0`), scanInt)
}

// AddAccount adds an account; a log-in name that is taken is a Conflict
// "account.exists".
func (tx *Tx) AddAccount(ctx context.Context, a Account, password string) (tm.AccountID, error) {
	n, err := one(tx.q.QueryRowContext(ctx,
		`SELECT count(*) FROM account WHERE login_key = $1`, LoginKey(a.Login)), scanInt)
	if err != nil {
		return 0, err
	}
	if n > 0 {
		return 0, tm.NewError(tm.Conflict, "account.exists", "login", a.Login)
	}
	id, err := tx.insert(ctx, `
		INSERT INTO account (login, login_key, name, password, admin, locale, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		a.Login, LoginKey(a.Login), a.Name, password, a.Admin, a.Locale, micros(a.Created))
	return tm.AccountID(id), err
}

// SetAccount updates name, locale and the disabled mark of an account.
func (tx *Tx) SetAccount(ctx context.Context, a Account) error {
	return tx.execOne(ctx, `UPDATE account SET name = $2, locale = $3, disabled = $4 WHERE id = $1`,
		a.ID, a.Name, a.Locale, a.Disabled)
}

// SetPassword replaces the password hash and ends every session of the account
// but the one whose token hash is keep.
func (tx *Tx) SetPassword(ctx context.Context, id tm.AccountID, hash, keep string) error {
	if err := tx.execOne(ctx, `UPDATE account SET password = $2 WHERE id = $1`, id, hash); err != nil {
		return err
	}
	return tx.EndSessions(ctx, id, keep)
}

// Seen notes that the account was active.
func (tx *Tx) Seen(ctx context.Context, id tm.AccountID, at time.Time) error {
	return tx.exec(ctx, `UPDATE account SET seen = $2 WHERE id = $1`, id, micros(at))
}

// AddLink stores the hash of a one-time link and drops earlier ones of the same
// kind and account.
func (tx *Tx) AddLink(ctx context.Context, hash, kind string, account tm.AccountID, expires time.Time) error {
	err := tx.exec(ctx, `DELETE FROM link WHERE kind = $1 AND account IS $2`, kind, nullID(account))
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO link (hash, kind, account, expires) VALUES ($1, $2, $3, $4)`,
		hash, kind, nullID(account), micros(expires))
}

// Link returns the account a live one-time link stands for, 0 when it stands
// for none.
func (r reader) Link(ctx context.Context, hash, kind string, now time.Time) (tm.AccountID, error) {
	id, err := one(r.q.QueryRowContext(ctx,
		`SELECT coalesce(account, 0) FROM link WHERE hash = $1 AND kind = $2 AND expires > $3`,
		hash, kind, micros(now)), scanInt)
	return tm.AccountID(id), err
}

// DropLink removes a one-time link once it was used.
func (tx *Tx) DropLink(ctx context.Context, hash string) error {
	return tx.exec(ctx, `DELETE FROM link WHERE hash = $1`, hash)
}

// LoginFailures returns when log-ins of an account from a network failed since
// the given time, newest first.
func (r reader) LoginFailures(ctx context.Context, login, network string, since time.Time) ([]time.Time, error) {
	return all(ctx, r.q, scanTime, `
		SELECT at FROM login_failure WHERE login = $1 AND network = $2 AND at > $3 ORDER BY at DESC`,
		LoginKey(login), network, micros(since))
}

// NetworkFailures counts the log-ins from a network that failed since the given
// time, whoever they were for.
func (r reader) NetworkFailures(ctx context.Context, network string, since time.Time) (int64, error) {
	return one(r.q.QueryRowContext(ctx,
		`SELECT count(*) FROM login_failure WHERE network = $1 AND at > $2`, network, micros(since)), scanInt)
}

func scanTime(s scanner) (time.Time, error) {
	n, err := scanInt(s)
	return fromMicros(n), err
}

// AddLoginFailure notes a failed log-in and forgets those before the given time.
func (tx *Tx) AddLoginFailure(ctx context.Context, login, network string, at, forget time.Time) error {
	if err := tx.exec(ctx, `DELETE FROM login_failure WHERE at < $1`, micros(forget)); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO login_failure (login, network, at) VALUES ($1, $2, $3)`,
		LoginKey(login), network, micros(at))
}

// ClearLoginFailures forgets the failures of an account from a network.
func (tx *Tx) ClearLoginFailures(ctx context.Context, login, network string) error {
	return tx.exec(ctx, `DELETE FROM login_failure WHERE login = $1 AND network = $2`, LoginKey(login), network)
}

// nullID stores the zero identifier as NULL.
func nullID[T ~int64](id T) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}
