package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

var errNo = errors.New("no")

// rename changes Omid's name: the smallest change there is.
func (w *world) rename(ctx context.Context, tx *store.Tx, name string) error {
	return tx.SetAccount(ctx, store.Account{ID: w.omid, Name: name})
}

// omidsName reads it.
func (w *world) omidsName() string {
	w.Helper()
	return must(w.db.Account(w.ctx, w.omid))(w).Name
}

var writerTests = []test{
	{"a transaction reads what it has written, others once it is answered", func(w *world) {
		var inside, outside string
		w.update(func(tx *store.Tx) error {
			if err := w.rename(w.ctx, tx, "Omid Karimi"); err != nil {
				return err
			}
			mine, err := tx.Account(w.ctx, w.omid)
			if err != nil {
				return err
			}
			theirs, err := w.db.Account(w.ctx, w.omid)
			inside, outside = mine.Name, theirs.Name
			return err
		})
		if inside != "Omid Karimi" || outside != "Omid K." || w.omidsName() != "Omid Karimi" {
			w.Errorf("inside %q, outside %q, after %q", inside, outside, w.omidsName())
		}
	}},
	{"nothing is kept of a change that fails", func(w *world) {
		err := w.db.Update(w.ctx, func(tx *store.Tx) error {
			if err := w.rename(w.ctx, tx, "half"); err != nil {
				return err
			}
			return errNo
		})
		if !errors.Is(err, errNo) || w.omidsName() != "Omid K." {
			w.Errorf("error %v, name %q", err, w.omidsName())
		}
	}},
	{"nothing is kept of a change that panics, and the writer lives on", func(w *world) {
		err := w.db.Update(w.ctx, func(tx *store.Tx) error {
			_ = w.rename(w.ctx, tx, "half")
			panic("broken")
		})
		if err == nil || tm.KindOf(err) != tm.Internal || w.omidsName() != "Omid K." {
			w.Errorf("error %v, name %q", err, w.omidsName())
		}
		w.update(func(tx *store.Tx) error { return w.rename(w.ctx, tx, "later") })
	}},
	{"changes that wait together fail alone", testNeighbours},
	{"a change cancelled while it waits never begins", func(w *world) {
		ctx, cancel := context.WithCancel(w.ctx)
		began := false
		err := w.hold(cancel, func() error {
			return w.db.Update(ctx, func(*store.Tx) error {
				began = true
				return nil
			})
		})
		if !errors.Is(err, context.Canceled) || began {
			w.Errorf("error %v, began %v", err, began)
		}
	}},
	{"a change cancelled while it runs is carried through", func(w *world) {
		ctx, cancel := context.WithCancel(w.ctx)
		err := w.db.Update(ctx, func(tx *store.Tx) error {
			if err := w.rename(ctx, tx, "first half"); err != nil {
				return err
			}
			cancel()
			if _, err := tx.Accounts(ctx); err != nil {
				return err
			}
			return w.rename(ctx, tx, "both halves")
		})
		if err != nil || w.omidsName() != "both halves" {
			w.Errorf("error %v, name %q", err, w.omidsName())
		}
	}},
	{"AfterCommit runs once the change is on disk and before it is answered", func(w *world) {
		var seen string
		w.update(func(tx *store.Tx) error {
			tx.AfterCommit(func() { seen = w.omidsName() })
			return w.rename(w.ctx, tx, "durable")
		})
		if seen != "durable" {
			w.Errorf("AfterCommit saw %q", seen)
		}
	}},
	{"AfterCommit does not run for a change that fails", func(w *world) {
		ran := false
		_ = w.db.Update(w.ctx, func(tx *store.Tx) error {
			tx.AfterCommit(func() { ran = true })
			return errNo
		})
		if ran {
			w.Error("it ran")
		}
	}},
	{"AfterCommit runs in the order of registration and of the changes", func(w *world) {
		var order []int
		for i := range 3 {
			w.update(func(tx *store.Tx) error {
				tx.AfterCommit(func() { order = append(order, 2*i) })
				tx.AfterCommit(func() { order = append(order, 2*i+1) })
				return nil
			})
		}
		if !slices.Equal(order, []int{0, 1, 2, 3, 4, 5}) {
			w.Errorf("order %v", order)
		}
	}},
	{"a panic in AfterCommit reaches the caller and nobody else", func(w *world) {
		func() {
			defer func() {
				if recover() == nil {
					w.Error("the panic was lost")
				}
			}()
			_ = w.db.Update(w.ctx, func(tx *store.Tx) error {
				tx.AfterCommit(func() { panic("broken") })
				return w.rename(w.ctx, tx, "kept all the same")
			})
		}()
		if got := w.omidsName(); got != "kept all the same" {
			w.Errorf("name %q", got)
		}
		w.update(func(tx *store.Tx) error { return w.rename(w.ctx, tx, "later") })
	}},
	{"Close carries through what waits, then refuses", testClose},
}

// hold keeps the writer busy while call waits in the queue, runs meanwhile, and
// returns what call returned.
func (w *world) hold(meanwhile func(), call func() error) error {
	started, release := make(chan struct{}), make(chan struct{})
	var holding sync.WaitGroup
	holding.Go(func() {
		_ = w.db.Update(w.ctx, func(*store.Tx) error {
			close(started)
			<-release
			return nil
		})
	})
	<-started
	answer := make(chan error, 1)
	go func() { answer <- call() }()
	meanwhile()
	close(release)
	holding.Wait()
	return <-answer
}

// testNeighbours sends good and bad changes while the writer is busy, so that
// they share commits.
func testNeighbours(w *world) {
	const n = 60
	errs := make([]error, n)
	var waiting sync.WaitGroup
	_ = w.hold(func() {
		for i := range n {
			waiting.Go(func() { errs[i] = w.db.Update(w.ctx, func(tx *store.Tx) error { return w.oneOfMany(tx, i) }) })
		}
	}, func() error { return nil })
	waiting.Wait()
	for i, err := range errs {
		if (i%3 != 0) != (err != nil) {
			w.Errorf("change %d: %v", i, err)
		}
	}
	got := must(w.db.Accounts(w.ctx))(w)
	if want := 3 + n/3; len(got) != want {
		w.Errorf("%d accounts, want %d", len(got), want)
	}
}

// oneOfMany adds an account; every second of three fails, every third panics.
func (w *world) oneOfMany(tx *store.Tx, i int) error {
	login := string(rune('A'+i%26)) + string(rune('a'+i/26))
	_, err := tx.AddAccount(w.ctx, store.Account{Login: "n" + login + login, Name: "N", Created: noon}, "")
	switch i % 3 {
	case 1:
		return errNo
	case 2:
		panic("broken")
	}
	return err
}

func testClose(w *world) {
	const n = 20
	errs := make(chan error, n)
	for range n {
		go func() {
			errs <- w.db.Update(w.ctx, func(tx *store.Tx) error {
				_, err := tx.NextSeq(w.ctx, w.document)
				return err
			})
		}()
	}
	if err := w.db.Close(); err != nil {
		w.Fatal(err)
	}
	for range n {
		if err := <-errs; err != nil && tm.CodeOf(err) != "database.closed" {
			w.Errorf("a change around Close: %v", err)
		}
	}
	err := w.db.Update(w.ctx, func(*store.Tx) error { return nil })
	if tm.KindOf(err) != tm.Busy || tm.CodeOf(err) != "database.closed" {
		w.Errorf("Update after Close: %v", err)
	}
	if err := w.db.Close(); err != nil {
		w.Errorf("second Close: %v", err)
	}
}
