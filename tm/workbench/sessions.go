package workbench

import (
	"context"
	"errors"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// SessionData keeps the sessions of browsers in the database; it has the shape
// of the store of a session manager. Only hashes of tokens are kept.
type SessionData struct{ w *Workbench }

// SessionData returns the store of sessions.
func (w *Workbench) SessionData() SessionData { return SessionData{w} }

// FindCtx returns what a live session holds.
func (s SessionData) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	b, err := s.w.db.SessionData(ctx, tokenHash(token), s.w.now())
	if errors.Is(err, store.NotFound) {
		return nil, false, nil
	}
	return b, err == nil && len(b) > 0, err
}

// CommitCtx stores what a session holds until it expires.
func (s SessionData) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	return s.w.db.Update(ctx, func(tx *store.Tx) error {
		return tx.PutSession(ctx, tokenHash(token), newToken(), b, expiry, s.w.now())
	})
}

// DeleteCtx ends a session.
func (s SessionData) DeleteCtx(ctx context.Context, token string) error {
	return s.w.db.Update(ctx, func(tx *store.Tx) error { return tx.DropSession(ctx, tokenHash(token)) })
}

// Find is FindCtx without a context.
func (s SessionData) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s SessionData) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

// Delete is DeleteCtx without a context.
func (s SessionData) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// BindSession notes whose a session is after log-in, so that it can be listed
// and ended.
func (w *Workbench) BindSession(ctx context.Context, token string, account tm.AccountID, addr, agent string, expires time.Time) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		return tx.BindSession(ctx, tokenHash(token), newToken(), account, addr, shorten(agent), expires, w.now())
	})
}

// Sessions lists one's own log-ins; token is that of the asking session.
func (w *Workbench) Sessions(ctx context.Context, a Actor, token string) ([]Session, error) {
	return w.db.Sessions(ctx, a.Account, tokenHash(token), w.now())
}

// EndSession ends one of one's own sessions by its public handle.
func (w *Workbench) EndSession(ctx context.Context, a Actor, id string) error {
	return w.db.Update(ctx, func(tx *store.Tx) error { return tx.EndSession(ctx, a.Account, id) })
}

// EndOtherSessions ends all of one's sessions but the asking one.
func (w *Workbench) EndOtherSessions(ctx context.Context, a Actor, token string) error {
	return w.db.Update(ctx, func(tx *store.Tx) error { return tx.EndSessions(ctx, a.Account, tokenHash(token)) })
}
