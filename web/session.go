package web

import (
	"context"
	"encoding/gob"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// How long a session lives: without use, and at most.
const (
	idleLimit     = 12 * time.Hour
	absoluteLimit = 14 * 24 * time.Hour
	seenStep      = 5 * time.Minute // how exactly use is noted; each note is a write
)

// Keys of the session data.
const (
	accountKey = "account"
	seenKey    = "seen"
	flashKey   = "flash"
)

func (s *Server) newSessions() *scs.SessionManager {
	gob.Register(time.Time{})
	gob.Register([]flash{})
	m := scs.New()
	m.Store = s.work.SessionData()
	m.Lifetime = absoluteLimit
	m.Cookie.Name = "tarjoman"
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = s.secure
	if s.secure {
		m.Cookie.Name = "__Host-tarjoman"
	}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		v := &visit{s: s, w: w, r: r, Printer: s.printer(r, "")}
		v.fail(err)
	}
	return m
}

// hasSession reports whether the request went through the session middleware.
func (v *visit) hasSession() bool { return v.c != nil && !sessionless(v.r.URL.Path) }

// recognise fills in who is logged in. An account that was disabled or a session
// left alone too long ends the session.
func (v *visit) recognise() error {
	ctx, sessions := v.ctx(), v.s.sessions
	id := sessions.GetInt64(ctx, accountKey)
	if id == 0 {
		return nil
	}
	now := v.s.clock()
	seen := sessions.GetTime(ctx, seenKey)
	account, err := v.s.work.Account(ctx, tm.AccountID(id))
	if tm.KindOf(err) == tm.NotFound && err != nil || account.Disabled || now.Sub(seen) > idleLimit {
		return sessions.Destroy(ctx)
	}
	if err != nil {
		return err
	}
	if now.Sub(seen) > seenStep {
		sessions.Put(ctx, seenKey, now)
	}
	v.account = account
	v.Printer = v.s.printer(v.r, account.Locale)
	return nil
}

// enter begins a session of the account under a new token. It is stored before
// it is bound, so that the account can list and end it at once.
func (v *visit) enter(account workbench.Account) error {
	ctx, sessions := v.ctx(), v.s.sessions
	if err := sessions.Clear(ctx); err != nil {
		return err
	}
	if err := sessions.RenewToken(ctx); err != nil {
		return err
	}
	sessions.Put(ctx, accountKey, int64(account.ID))
	sessions.Put(ctx, seenKey, v.s.clock())
	token, expires, err := sessions.Commit(ctx)
	if err != nil {
		return err
	}
	return v.s.work.BindSession(ctx, token, account.ID, v.addr(), v.r.UserAgent(), expires)
}

// token returns the secret of the present session.
func (v *visit) token() string { return v.s.sessions.Token(v.ctx()) }

// A flash is a message for the next page. Undo, when set, is where a POST takes
// the change back; Link leads to what can be done next.
type flash struct {
	Kind     string // ok, error
	Text     string
	Undo     string
	Link     string
	LinkText string
}

func (v *visit) flash(f flash) {
	list, _ := v.s.sessions.Get(v.ctx(), flashKey).([]flash)
	v.s.sessions.Put(v.ctx(), flashKey, append(list, f))
}

// done notes success with a sentence of the catalogue.
func (v *visit) done(key string, pairs ...any) { v.flash(flash{Kind: "ok", Text: v.T(key, pairs...)}) }

// undoable notes success with a button that posts to undo.
func (v *visit) undoable(undo, key string, pairs ...any) {
	v.flash(flash{Kind: "ok", Text: v.T(key, pairs...), Undo: undo})
}

func (s *Server) takeFlashes(ctx context.Context) []flash {
	list, _ := s.sessions.Pop(ctx, flashKey).([]flash)
	return list
}
