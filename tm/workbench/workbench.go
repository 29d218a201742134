package workbench

import (
	"context"
	"sync"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// Config is what a workbench is made of.
type Config struct {
	DB      *store.DB
	Formats []format.Format
	Now     func() time.Time // nil means time.Now
	// Beside says that another process serves the same database: its jobs and
	// unfinished imports are left alone.
	Beside bool
	// Index is the file the index of the memories is kept in, so that the next
	// start need not build it; "" for none. A process beside another one reads
	// it only.
	Index string
	// Lazy leaves the index alone until it is first asked: for work that may not
	// need it.
	Lazy bool
	// Report is told of failures in the background that have nobody to answer
	// to; nil drops them.
	Report func(error)
}

// Workbench is everything a person can do. Its methods may be called
// concurrently.
type Workbench struct {
	db      *store.DB
	formats []format.Format
	now     func() time.Time
	report  func(error)

	index *unitIndex

	glossaries glossaryCache
	across     acrossCache
	names      nameCache
	extracts   extractCache
	severals   severalCache
	passwords  chan struct{} // bounds how many passwords are hashed at once
	jobs       jobs
	outdated   chan struct{} // issues have to be counted again

	background sync.WaitGroup
	stop       context.CancelFunc
	ctx        context.Context // ends with Close
}

// Open starts a workbench on an open database: it clears up what a crash left
// behind and begins to load the memories. Close it before the database.
func Open(ctx context.Context, c Config) (*Workbench, error) {
	w := &Workbench{
		db:        c.DB,
		formats:   c.Formats,
		now:       c.Now,
		report:    c.Report,
		passwords: make(chan struct{}, 4),
		outdated:  make(chan struct{}, 1),
	}
	if w.now == nil {
		w.now = time.Now
	}
	if w.report == nil {
		w.report = func(error) {}
	}
	w.ctx, w.stop = context.WithCancel(context.WithoutCancel(ctx))
	w.index = newUnitIndex(c, w.report)
	if !c.Beside {
		if err := w.clearUp(ctx); err != nil {
			w.stop()
			return nil, err
		}
	}
	w.index.loading = func() { w.goSafely(func() { w.index.load(w.ctx) }) }
	if !c.Lazy {
		w.index.begin()
	}
	if !c.Lazy && !c.Beside {
		w.goSafely(w.recountNowAndThen)
	}
	w.goSafely(func() { w.index.saveNowAndThen(w.ctx) })
	w.goSafely(w.housekeep)
	return w, nil
}

// Close cancels background work, waits for it and saves the index. Imports that
// were running are undone at the next start.
func (w *Workbench) Close() {
	w.stop()
	w.background.Wait()
	if err := w.index.save(context.WithoutCancel(w.ctx)); err != nil {
		w.report(err)
	}
}

// Ready reports whether the database answers and the memories are loaded.
func (w *Workbench) Ready(ctx context.Context) error {
	if err := w.db.Ping(ctx); err != nil {
		return err
	}
	select {
	case <-w.index.ready:
		return w.index.err
	default:
		return tm.NewError(tm.Busy, "memory.loading")
	}
}

// Alive reports whether the database answers.
func (w *Workbench) Alive(ctx context.Context) error { return w.db.Ping(ctx) }

// goSafely runs f in the background; a panic ends f, not the server.
func (w *Workbench) goSafely(f func()) {
	w.background.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				w.report(panicError(p))
			}
		}()
		f()
	})
}

// memories waits until the memories are loaded and returns their index.
func (w *Workbench) memories(ctx context.Context) (*memory.Table, error) { return w.index.get(ctx) }

// trashFor is how long deleted things can be taken back.
const trashFor = 30 * 24 * time.Hour

// housekeep empties the trash of what is older than trashFor and forgets ended
// sessions, now and once an hour.
func (w *Workbench) housekeep() {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		err := w.purge(w.now().Add(-trashFor))
		if err != nil && w.ctx.Err() == nil {
			w.report(err)
		}
		select {
		case <-tick.C:
		case <-w.ctx.Done():
			return
		}
	}
}

// purge removes units in portions, so that saves in between do not wait, and
// then the rest.
func (w *Workbench) purge(before time.Time) error {
	err := w.portions(w.ctx, func(tx *store.Tx) (bool, error) { return tx.PurgeUnits(w.ctx, before, removeStep) })
	if err != nil {
		return err
	}
	return w.db.Update(w.ctx, func(tx *store.Tx) error {
		if err := tx.PurgeTrash(w.ctx, before); err != nil {
			return err
		}
		return tx.DropExpiredSessions(w.ctx, w.now())
	})
}
