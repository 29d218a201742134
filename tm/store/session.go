package store

import (
	"context"
	"time"

	"tarjoman/tm"
)

// SessionData returns what a live session holds.
func (r reader) SessionData(ctx context.Context, hash string, now time.Time) ([]byte, error) {
	return one(r.q.QueryRowContext(ctx,
		`SELECT data FROM session WHERE hash = $1 AND expires > $2`, hash, micros(now)),
		func(s scanner) (b []byte, err error) { return b, s.Scan(&b) })
}

// PutSession stores what a session holds, adding the session when it is new.
func (tx *Tx) PutSession(ctx context.Context, hash, handle string, data []byte, expires, now time.Time) error {
	return tx.exec(ctx, `
		INSERT INTO session (hash, handle, data, created, seen, expires) VALUES ($1, $2, $3, $4, $4, $5)
		ON CONFLICT (hash) DO UPDATE SET data = excluded.data, seen = excluded.seen, expires = excluded.expires`,
		hash, handle, data, micros(now), micros(expires))
}

// BindSession names the account that logged in with a session, so that it can
// be listed and ended.
func (tx *Tx) BindSession(ctx context.Context, hash, handle string, account tm.AccountID, addr, agent string, expires, now time.Time) error {
	return tx.exec(ctx, `
		INSERT INTO session (hash, handle, account, data, created, seen, expires, addr, agent)
		VALUES ($1, $2, $3, x'', $4, $4, $5, $6, $7)
		ON CONFLICT (hash) DO UPDATE SET account = excluded.account, addr = excluded.addr, agent = excluded.agent`,
		hash, handle, account, micros(now), micros(expires), addr, agent)
}

// DropSession ends one session by the hash of its token.
func (tx *Tx) DropSession(ctx context.Context, hash string) error {
	return tx.exec(ctx, `DELETE FROM session WHERE hash = $1`, hash)
}

// EndSession ends one session of an account by its public handle.
func (tx *Tx) EndSession(ctx context.Context, account tm.AccountID, handle string) error {
	return tx.execOne(ctx, `DELETE FROM session WHERE account = $1 AND handle = $2`, account, handle)
}

// EndSessions ends every session of an account but the one with the token hash
// keep; "" ends all.
func (tx *Tx) EndSessions(ctx context.Context, account tm.AccountID, keep string) error {
	return tx.exec(ctx, `DELETE FROM session WHERE account = $1 AND hash <> $2`, account, keep)
}

// DropExpiredSessions forgets sessions that have ended.
func (tx *Tx) DropExpiredSessions(ctx context.Context, now time.Time) error {
	return tx.exec(ctx, `DELETE FROM session WHERE expires <= $1`, micros(now))
}

// Sessions lists the live sessions of an account, the last active first.
// current is the token hash of the one who asks.
func (r reader) Sessions(ctx context.Context, account tm.AccountID, current string, now time.Time) ([]Session, error) {
	return all(ctx, r.q, func(s scanner) (Session, error) {
		var v Session
		var created, seen int64
		err := s.Scan(&v.ID, &created, &seen, &v.Addr, &v.Agent, &v.Current)
		v.Created, v.Seen = fromMicros(created), fromMicros(seen)
		return v, err
	}, `SELECT handle, created, seen, addr, agent, hash = $2
		FROM session WHERE account = $1 AND expires > $3 ORDER BY seen DESC, handle`,
		account, current, micros(now))
}
