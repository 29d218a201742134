package storetest

import (
	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

var accountTests = []test{
	{"an account is read as it was added", func(w *world) {
		want := store.Account{ID: w.maryam, Login: "maryam", Name: "مریم راد", Admin: true, Locale: "fa", Created: noon}
		got := must(w.db.Account(w.ctx, w.maryam))(w)
		if diff := cmp.Diff(want, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"an unknown account is not found", func(w *world) {
		_, err := w.db.Account(w.ctx, 999)
		w.missing("Account", err)
		_, _, err = w.db.AccountByLogin(w.ctx, "nobody")
		w.missing("AccountByLogin", err)
		_, err = w.db.Password(w.ctx, 999)
		w.missing("Password", err)
	}},
	{"the log-in name is found in any case, with the hash", func(w *world) {
		a, hash, err := w.db.AccountByLogin(w.ctx, "SARA")
		if err != nil || a.ID != w.sara || a.Login != "Sara" || hash != "hash of Sara" {
			w.Errorf("got %+v, %q, %v", a, hash, err)
		}
	}},
	{"a log-in name that differs in case only is taken", func(w *world) {
		err := w.refused(tm.Conflict, func(tx *store.Tx) error {
			_, err := tx.AddAccount(w.ctx, store.Account{Login: "MARYAM", Name: "Another", Created: noon}, "")
			return err
		})
		if tm.CodeOf(err) != "account.exists" {
			w.Errorf("code %q, want account.exists", tm.CodeOf(err))
		}
	}},
	{"accounts are listed by name", func(w *world) {
		got := each(must(w.db.Accounts(w.ctx))(w), func(a store.Account) string { return a.Name })
		if diff := cmp.Diff([]string{"Omid K.", "Sara Amini", "مریم راد"}, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"a disabled administrator does not count", func(w *world) {
		before := must(w.db.CountAdmins(w.ctx))(w)
		w.update(func(tx *store.Tx) error {
			return tx.SetAccount(w.ctx, store.Account{ID: w.maryam, Name: "مریم", Disabled: true})
		})
		got := must(w.db.CountAdmins(w.ctx))(w)
		if before != 1 || got != 0 {
			w.Errorf("%d administrators before, %d after; want 1 and 0", before, got)
		}
	}},
	{"name, locale and mark change, the rest stays", func(w *world) {
		w.update(func(tx *store.Tx) error {
			return tx.SetAccount(w.ctx, store.Account{ID: w.sara, Login: "other", Name: "سارا", Locale: "en", Disabled: true, Admin: true})
		})
		want := store.Account{ID: w.sara, Login: "Sara", Name: "سارا", Locale: "en", Disabled: true, Created: noon}
		if diff := cmp.Diff(want, must(w.db.Account(w.ctx, w.sara))(w)); diff != "" {
			w.Error(diff)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetAccount(w.ctx, store.Account{ID: 999}) })
	}},
	{"a new password ends every session but the one kept", func(w *world) {
		w.update(func(tx *store.Tx) error {
			for _, hash := range []string{"here", "phone"} {
				if err := tx.BindSession(w.ctx, hash, "handle "+hash, w.sara, "", "", after(60), noon); err != nil {
					return err
				}
			}
			return tx.SetPassword(w.ctx, w.sara, "new hash", "here")
		})
		if got := must(w.db.Password(w.ctx, w.sara))(w); got != "new hash" {
			w.Errorf("hash %q", got)
		}
		got := each(must(w.db.Sessions(w.ctx, w.sara, "", noon))(w), func(s store.Session) string { return s.ID })
		if diff := cmp.Diff([]string{"handle here"}, got); diff != "" {
			w.Error(diff)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetPassword(w.ctx, 999, "x", "") })
	}},
	{"activity is noted", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.Seen(w.ctx, w.omid, after(5)) })
		if got := must(w.db.Account(w.ctx, w.omid))(w).LastSeen; !got.Equal(after(5)) {
			w.Errorf("seen %v, want %v", got, after(5))
		}
	}},
	{"a one-time link stands for its account until it expires or is dropped", testLink},
	{"a new link of a kind replaces the account's earlier one", func(w *world) {
		w.update(func(tx *store.Tx) error {
			for _, hash := range []string{"old", "new"} {
				if err := tx.AddLink(w.ctx, hash, "password", w.sara, after(60)); err != nil {
					return err
				}
			}
			return tx.AddLink(w.ctx, "omid's", "password", w.omid, after(60))
		})
		_, err := w.db.Link(w.ctx, "old", "password", noon)
		w.missing("Link old", err)
		for hash, account := range map[string]tm.AccountID{"new": w.sara, "omid's": w.omid} {
			if got := must(w.db.Link(w.ctx, hash, "password", noon))(w); got != account {
				w.Errorf("link %s stands for %d, want %d", hash, got, account)
			}
		}
	}},
	{"failed log-ins are counted by account and by network", testFailures},
}

func testLink(w *world) {
	w.update(func(tx *store.Tx) error {
		if err := tx.AddLink(w.ctx, "setup", "setup", 0, after(60)); err != nil {
			return err
		}
		return tx.AddLink(w.ctx, "pw", "password", w.sara, after(60))
	})
	if got := must(w.db.Link(w.ctx, "setup", "setup", noon))(w); got != 0 {
		w.Errorf("the set-up link stands for account %d, want none", got)
	}
	if got := must(w.db.Link(w.ctx, "pw", "password", noon))(w); got != w.sara {
		w.Errorf("the password link stands for %d, want %d", got, w.sara)
	}
	_, err := w.db.Link(w.ctx, "pw", "setup", noon)
	w.missing("Link of another kind", err)
	_, err = w.db.Link(w.ctx, "pw", "password", after(60))
	w.missing("Link that expired", err)
	w.update(func(tx *store.Tx) error { return tx.DropLink(w.ctx, "pw") })
	_, err = w.db.Link(w.ctx, "pw", "password", noon)
	w.missing("Link that was used", err)
}

func testFailures(w *world) {
	w.update(func(tx *store.Tx) error {
		for i, login := range []string{"sara", "Sara", "omid", "ghost"} {
			if err := tx.AddLoginFailure(w.ctx, login, "203.0.113.0/24", after(i), noon); err != nil {
				return err
			}
		}
		return tx.AddLoginFailure(w.ctx, "sara", "198.51.100.0/24", after(4), after(1))
	})
	mine := must(w.db.LoginFailures(w.ctx, "SARA", "203.0.113.0/24", noon))(w)
	anybody := must(w.db.NetworkFailures(w.ctx, "203.0.113.0/24", noon))(w)
	// The failure at noon was forgotten with the last one.
	if len(mine) != 1 || !mine[0].Equal(after(1)) || anybody != 3 {
		w.Errorf("sara %v, anybody %d; want one at %v and 3", mine, anybody, after(1))
	}
	w.update(func(tx *store.Tx) error { return tx.ClearLoginFailures(w.ctx, "Sara", "203.0.113.0/24") })
	mine = must(w.db.LoginFailures(w.ctx, "sara", "203.0.113.0/24", noon))(w)
	anybody = must(w.db.NetworkFailures(w.ctx, "203.0.113.0/24", noon))(w)
	if len(mine) != 0 || anybody != 2 {
		w.Errorf("after clearing: sara %v, anybody %d; want none and 2", mine, anybody)
	}
}
