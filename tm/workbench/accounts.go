package workbench

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// NeedsSetup reports whether no account exists yet.
func (w *Workbench) NeedsSetup(ctx context.Context) (bool, error) {
	accounts, err := w.db.Accounts(ctx)
	return len(accounts) == 0, err
}

// setupFor is how long the one-time links live.
const setupFor = 24 * time.Hour

// SetupToken returns a one-time token that makes the first administrator. It is
// for the console only. With accounts present it is a Conflict "setup.done".
func (w *Workbench) SetupToken(ctx context.Context) (string, error) {
	token := newToken()
	err := w.db.Update(ctx, func(tx *store.Tx) error {
		if err := mustBeEmpty(ctx, tx); err != nil {
			return err
		}
		return tx.AddLink(ctx, tokenHash(token), "setup", 0, w.now().Add(setupFor))
	})
	return token, err
}

func mustBeEmpty(ctx context.Context, tx *store.Tx) error {
	accounts, err := tx.Accounts(ctx)
	if err == nil && len(accounts) > 0 {
		err = tm.NewError(tm.Conflict, "setup.done")
	}
	return err
}

// Setup makes the first administrator. A token that is wrong, old or used is
// an Invalid "link.invalid".
func (w *Workbench) Setup(ctx context.Context, token string, n NewAccount) (Account, error) {
	n.Admin = true
	hash, err := w.prepare(ctx, &n)
	if err != nil {
		return Account{}, err
	}
	var made Account
	err = w.db.Update(ctx, func(tx *store.Tx) error {
		if err := mustBeEmpty(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Link(ctx, tokenHash(token), "setup", w.now()); err != nil {
			return linkInvalid(err)
		}
		if err := tx.DropLink(ctx, tokenHash(token)); err != nil {
			return err
		}
		made, err = w.addAccount(ctx, tx, Actor{Name: n.Name}, n, hash)
		return err
	})
	return made, err
}

func linkInvalid(err error) error {
	if errors.Is(err, store.NotFound) {
		return tm.NewError(tm.Invalid, "link.invalid")
	}
	return err
}

// prepare checks a new account and hashes its password, outside of any
// transaction because that takes a while.
func (w *Workbench) prepare(ctx context.Context, n *NewAccount) (hash string, err error) {
	if n.Login, err = cleanLogin(n.Login); err != nil {
		return "", err
	}
	if strings.TrimSpace(n.Name) == "" {
		n.Name = n.Login
	}
	if n.Name, err = cleanName(n.Name); err != nil {
		return "", err
	}
	if err := acceptPassword(n.Password, n.Login); err != nil {
		return "", err
	}
	return w.hashPassword(ctx, n.Password)
}

func cleanLogin(login string) (string, error) {
	login, err := cleanName(login)
	if err != nil {
		return "", err
	}
	if utf8.RuneCountInString(login) > 64 || strings.ContainsAny(login, " \t/\\") {
		return "", tm.NewError(tm.Invalid, "login.malformed")
	}
	return login, nil
}

func (w *Workbench) addAccount(ctx context.Context, tx *store.Tx, by Actor, n NewAccount, hash string) (Account, error) {
	a := Account{Login: n.Login, Name: n.Name, Admin: n.Admin, Locale: n.Locale, Created: w.now()}
	id, err := tx.AddAccount(ctx, a, hash)
	if err != nil {
		return Account{}, err
	}
	a.ID = id
	return a, w.audit(ctx, tx, by, 0, "account.add", a.Login, "")
}

// AddAccount adds an account; administrators only.
func (w *Workbench) AddAccount(ctx context.Context, a Actor, n NewAccount) (Account, error) {
	if err := mustAdmin(a); err != nil {
		return Account{}, err
	}
	return w.AddAccountFromConsole(ctx, a, n)
}

// AddAccountFromConsole adds an account without asking who may: whoever has the
// data folder may.
func (w *Workbench) AddAccountFromConsole(ctx context.Context, by Actor, n NewAccount) (Account, error) {
	hash, err := w.prepare(ctx, &n)
	if err != nil {
		return Account{}, err
	}
	var made Account
	err = w.db.Update(ctx, func(tx *store.Tx) (err error) {
		made, err = w.addAccount(ctx, tx, by, n, hash)
		return err
	})
	return made, err
}

// Account returns an account that can log in, for the session of a browser; a
// disabled one is not found.
func (w *Workbench) Account(ctx context.Context, id tm.AccountID) (Account, error) {
	a, err := w.db.Account(ctx, id)
	if err == nil && a.Disabled {
		err = store.NotFound
	}
	return a, err
}

// AccountByLogin returns an account by its log-in name, for the console.
func (w *Workbench) AccountByLogin(ctx context.Context, login string) (Account, error) {
	a, _, err := w.db.AccountByLogin(ctx, login)
	return a, err
}

// Accounts lists every account; administrators only.
func (w *Workbench) Accounts(ctx context.Context, a Actor) ([]Account, error) {
	if err := mustAdmin(a); err != nil {
		return nil, err
	}
	return w.db.Accounts(ctx)
}

// AccountsFromConsole lists every account for the console.
func (w *Workbench) AccountsFromConsole(ctx context.Context) ([]Account, error) {
	return w.db.Accounts(ctx)
}

// SetDisabled closes or opens an account; its sessions end at once. The last
// administrator stays.
func (w *Workbench) SetDisabled(ctx context.Context, a Actor, id tm.AccountID, disabled bool) error {
	if err := mustAdmin(a); err != nil {
		return err
	}
	return w.SetDisabledFromConsole(ctx, a, id, disabled)
}

// SetDisabledFromConsole is SetDisabled without asking who may.
func (w *Workbench) SetDisabledFromConsole(ctx context.Context, by Actor, id tm.AccountID, disabled bool) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		acc, err := tx.Account(ctx, id)
		if err != nil {
			return err
		}
		acc.Disabled = disabled
		if err := tx.SetAccount(ctx, acc); err != nil {
			return err
		}
		if n, err := tx.CountAdmins(ctx); err != nil || n == 0 {
			return errors.Join(tm.NewError(tm.Conflict, "account.last_admin"), err)
		}
		if err := tx.EndSessions(ctx, id, ""); err != nil {
			return err
		}
		action := "account.enable"
		if disabled {
			action = "account.disable"
		}
		return w.audit(ctx, tx, by, 0, action, acc.Login, "")
	})
}

// PasswordLink returns a one-time token with which the owner of an account sets
// a new password; administrators only.
func (w *Workbench) PasswordLink(ctx context.Context, a Actor, id tm.AccountID) (string, error) {
	if err := mustAdmin(a); err != nil {
		return "", err
	}
	token := newToken()
	err := w.db.Update(ctx, func(tx *store.Tx) error {
		acc, err := tx.Account(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.AddLink(ctx, tokenHash(token), "password", id, w.now().Add(setupFor)); err != nil {
			return err
		}
		return w.audit(ctx, tx, a, 0, "account.link", acc.Login, "")
	})
	return token, err
}

// PasswordLinkAccount returns the account a password link is for.
func (w *Workbench) PasswordLinkAccount(ctx context.Context, token string) (Account, error) {
	id, err := w.db.Link(ctx, tokenHash(token), "password", w.now())
	if err != nil {
		return Account{}, linkInvalid(err)
	}
	return w.Account(ctx, id)
}

// UsePasswordLink sets the password of the account a link is for and ends its
// sessions. It does not log in.
func (w *Workbench) UsePasswordLink(ctx context.Context, token, password string) error {
	acc, err := w.PasswordLinkAccount(ctx, token)
	if err != nil {
		return err
	}
	owner := Actor{Account: acc.ID, Name: acc.Name}
	return w.setPassword(ctx, owner, acc, password, "", func(tx *store.Tx) error {
		if _, err := tx.Link(ctx, tokenHash(token), "password", w.now()); err != nil {
			return linkInvalid(err)
		}
		return tx.DropLink(ctx, tokenHash(token))
	})
}

// SetPasswordFromConsole sets a password without the old one.
func (w *Workbench) SetPasswordFromConsole(ctx context.Context, by Actor, id tm.AccountID, password string) error {
	acc, err := w.db.Account(ctx, id)
	if err != nil {
		return err
	}
	return w.setPassword(ctx, by, acc, password, "", nil)
}

// setPassword replaces a password and ends every session but the one whose token
// hash is keep; before, when there is one, has to agree in the same transaction.
func (w *Workbench) setPassword(ctx context.Context, by Actor, acc Account, password, keep string, before func(*store.Tx) error) error {
	if err := acceptPassword(password, acc.Login); err != nil {
		return err
	}
	hash, err := w.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return w.db.Update(ctx, func(tx *store.Tx) error {
		if before != nil {
			if err := before(tx); err != nil {
				return err
			}
		}
		if err := tx.SetPassword(ctx, acc.ID, hash, keep); err != nil {
			return err
		}
		return w.audit(ctx, tx, by, 0, "account.password", acc.Login, "")
	})
}

// ChangePassword replaces one's own password and ends one's other sessions;
// token is that of the session that stays.
func (w *Workbench) ChangePassword(ctx context.Context, a Actor, token, old, password string) error {
	acc, err := w.Account(ctx, a.Account)
	if err != nil {
		return err
	}
	hash, err := w.db.Password(ctx, acc.ID)
	if err != nil {
		return err
	}
	if ok, err := w.checkPassword(ctx, hash, old); err != nil || !ok {
		return errors.Join(tm.NewError(tm.Invalid, "password.wrong"), err)
	}
	return w.setPassword(ctx, a, acc, password, tokenHash(token), nil)
}

// SetLocale keeps the language of the interface an account wants.
func (w *Workbench) SetLocale(ctx context.Context, a Actor, locale string) error {
	return w.setAccount(ctx, a, func(acc *Account) { acc.Locale = locale })
}

// SetName changes one's own display name.
func (w *Workbench) SetName(ctx context.Context, a Actor, name string) error {
	name, err := cleanName(name)
	if err != nil {
		return err
	}
	return w.setAccount(ctx, a, func(acc *Account) { acc.Name = name })
}

func (w *Workbench) setAccount(ctx context.Context, a Actor, change func(*Account)) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		acc, err := tx.Account(ctx, a.Account)
		if err != nil {
			return err
		}
		change(&acc)
		return tx.SetAccount(ctx, acc)
	})
}

// Throttling of log-ins: after so many failures of one account from one network
// each further one makes the next wait longer; and a network may fail only so
// often, whoever it is for.
const (
	loginFailures   = 5
	firstLoginWait  = 30 * time.Second
	longestWait     = 15 * time.Minute
	networkWindow   = 10 * time.Minute
	networkFailures = 50
)

// Authenticate checks a log-in name and password. A wrong one is an Invalid
// "login.wrong", whatever was wrong with it; too many from one network are a
// Busy "login.throttled" with the seconds to wait, and the password is not even
// looked at.
func (w *Workbench) Authenticate(ctx context.Context, login, password, addr string) (Account, error) {
	network := networkOf(addr)
	login = shorten(login)
	if err := w.throttle(ctx, login, network); err != nil {
		return Account{}, err
	}
	acc, hash, err := w.db.AccountByLogin(ctx, login)
	if err != nil && !errors.Is(err, store.NotFound) {
		return Account{}, err
	}
	ok, err := w.checkPassword(ctx, hash, password)
	if err != nil {
		return Account{}, err
	}
	ok = ok && !acc.Disabled && len(password) <= maxPassword
	return acc, w.noteLogin(ctx, acc, login, network, addr, ok)
}

func (w *Workbench) noteLogin(ctx context.Context, acc Account, login, network, addr string, ok bool) error {
	err := w.db.Update(ctx, func(tx *store.Tx) error {
		by := Actor{Account: acc.ID, Name: acc.Name, Addr: addr}
		if !ok {
			if err := tx.AddLoginFailure(ctx, login, network, w.now(), w.now().Add(-time.Hour)); err != nil {
				return err
			}
			return w.audit(ctx, tx, by, 0, "login.failed", login, "")
		}
		if err := tx.ClearLoginFailures(ctx, login, network); err != nil {
			return err
		}
		if err := tx.Seen(ctx, acc.ID, w.now()); err != nil {
			return err
		}
		return w.audit(ctx, tx, by, 0, "login", acc.Login, "")
	})
	if err == nil && !ok {
		err = tm.NewError(tm.Invalid, "login.wrong")
	}
	return err
}

// shorten bounds what a stranger can put into the log.
func shorten(s string) string {
	s = strings.ToValidUTF8(s, "?")
	s = strings.Map(func(r rune) rune {
		if isControl(r) {
			return '?'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 64 {
		s = string(r[:64])
	}
	return s
}

func (w *Workbench) throttle(ctx context.Context, login, network string) error {
	failed, err := w.db.LoginFailures(ctx, login, network, w.now().Add(-longestWait))
	if err != nil {
		return err
	}
	anybody, err := w.db.NetworkFailures(ctx, network, w.now().Add(-networkWindow))
	if err != nil {
		return err
	}
	wait := time.Duration(0)
	if n := len(failed); n >= loginFailures {
		wait = failed[0].Add(min(firstLoginWait<<min(n-loginFailures, 5), longestWait)).Sub(w.now())
	}
	if anybody >= networkFailures {
		wait = max(wait, time.Minute)
	}
	if wait <= 0 {
		return nil
	}
	return tm.NewError(tm.Busy, "login.throttled", "seconds", int(wait.Seconds())+1)
}

// networkOf is what failed log-ins are counted by: an IPv4 address or the /64
// of an IPv6 address.
func networkOf(addr string) string {
	ip, err := netip.ParseAddr(addr)
	if err != nil {
		return addr
	}
	if ip = ip.Unmap(); ip.Is6() {
		if prefix, err := ip.WithZone("").Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return ip.String()
}
