package storetest

import (
	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

var sessionTests = []test{
	{"a session holds what was put last", func(w *world) {
		w.update(func(tx *store.Tx) error {
			return tx.PutSession(w.ctx, "hash", "handle", []byte("one"), after(10), noon)
		})
		w.update(func(tx *store.Tx) error {
			return tx.PutSession(w.ctx, "hash", "handle", []byte("two"), after(20), after(5))
		})
		if got := must(w.db.SessionData(w.ctx, "hash", after(15)))(w); string(got) != "two" {
			w.Errorf("data %q, want two", got)
		}
	}},
	{"an expired, dropped or unknown session holds nothing", func(w *world) {
		w.update(func(tx *store.Tx) error {
			return tx.PutSession(w.ctx, "hash", "handle", []byte("one"), after(10), noon)
		})
		_, err := w.db.SessionData(w.ctx, "hash", after(10))
		w.missing("expired", err)
		_, err = w.db.SessionData(w.ctx, "other", noon)
		w.missing("unknown", err)
		w.update(func(tx *store.Tx) error { return tx.DropSession(w.ctx, "hash") })
		_, err = w.db.SessionData(w.ctx, "hash", noon)
		w.missing("dropped", err)
	}},
	{"binding keeps what the session holds", func(w *world) {
		w.update(func(tx *store.Tx) error {
			return tx.PutSession(w.ctx, "hash", "handle", []byte("kept"), after(10), noon)
		})
		w.update(func(tx *store.Tx) error {
			return tx.BindSession(w.ctx, "hash", "another", w.sara, "203.0.113.7", "Browser", after(10), noon)
		})
		if got := must(w.db.SessionData(w.ctx, "hash", noon))(w); string(got) != "kept" {
			w.Errorf("data %q", got)
		}
		want := []store.Session{{ID: "handle", Created: noon, Seen: noon, Addr: "203.0.113.7", Agent: "Browser", Current: true}}
		if diff := cmp.Diff(want, must(w.db.Sessions(w.ctx, w.sara, "hash", noon))(w)); diff != "" {
			w.Error(diff)
		}
	}},
	{"live sessions are listed, the last active first", func(w *world) {
		bindThree(w)
		got := each(must(w.db.Sessions(w.ctx, w.sara, "b", after(30)))(w), func(s store.Session) string {
			if s.Current {
				return s.ID + ", this one"
			}
			return s.ID
		})
		if diff := cmp.Diff([]string{"handle c", "handle b, this one"}, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"only one's own session can be ended by its handle", func(w *world) {
		bindThree(w)
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.EndSession(w.ctx, w.omid, "handle b") })
		w.update(func(tx *store.Tx) error { return tx.EndSession(w.ctx, w.sara, "handle b") })
		_, err := w.db.SessionData(w.ctx, "b", noon)
		w.missing("ended session", err)
	}},
	{"all sessions end but the one kept", func(w *world) {
		bindThree(w)
		w.update(func(tx *store.Tx) error { return tx.EndSessions(w.ctx, w.sara, "c") })
		got := each(must(w.db.Sessions(w.ctx, w.sara, "", noon))(w), func(s store.Session) string { return s.ID })
		if diff := cmp.Diff([]string{"handle c"}, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"expired sessions are forgotten, others stay", func(w *world) {
		bindThree(w)
		w.update(func(tx *store.Tx) error { return tx.DropExpiredSessions(w.ctx, after(30)) })
		// Asking as of noon shows what is still there.
		if got := must(w.db.Sessions(w.ctx, w.sara, "", noon))(w); len(got) != 2 {
			w.Errorf("%d sessions left, want 2", len(got))
		}
	}},
}

// bindThree gives Sara three sessions; a ends after half an hour.
func bindThree(w *world) {
	w.update(func(tx *store.Tx) error {
		for i, hash := range []string{"a", "b", "c"} {
			expires := after(30 + 30*i)
			if err := tx.BindSession(w.ctx, hash, "handle "+hash, w.sara, "", "", expires, after(i)); err != nil {
				return err
			}
		}
		return nil
	})
}
