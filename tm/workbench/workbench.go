package workbench

import (
	"context"
	"errors"
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

	units      *memory.Table
	unitsReady chan struct{} // closed once units holds every memory
	unitsErr   error         // why it does not; read after unitsReady

	glossaries glossaryCache
	passwords  chan struct{} // bounds how many passwords are hashed at once
	jobs       jobs

	background sync.WaitGroup
	stop       context.CancelFunc
	ctx        context.Context // ends with Close
}

// Open starts a workbench on an open database: it clears up what a crash left
// behind and begins to load the memories. Close it before the database.
func Open(ctx context.Context, c Config) (*Workbench, error) {
	w := &Workbench{
		db:         c.DB,
		formats:    c.Formats,
		now:        c.Now,
		report:     c.Report,
		units:      &memory.Table{},
		unitsReady: make(chan struct{}),
		passwords:  make(chan struct{}, 4),
	}
	if w.now == nil {
		w.now = time.Now
	}
	if w.report == nil {
		w.report = func(error) {}
	}
	w.ctx, w.stop = context.WithCancel(context.WithoutCancel(ctx))
	if !c.Beside {
		if err := w.clearUp(ctx); err != nil {
			w.stop()
			return nil, err
		}
	}
	w.goSafely(w.loadMemories)
	w.goSafely(w.housekeep)
	return w, nil
}

// Close cancels background work and waits for it. Imports that were running are
// undone at the next start.
func (w *Workbench) Close() {
	w.stop()
	w.background.Wait()
}

// Ready reports whether the database answers and the memories are loaded.
func (w *Workbench) Ready(ctx context.Context) error {
	if err := w.db.Ping(ctx); err != nil {
		return err
	}
	select {
	case <-w.unitsReady:
		return w.unitsErr
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

// clearUp marks the jobs a crash interrupted and removes the imports it left
// unfinished.
func (w *Workbench) clearUp(ctx context.Context) error {
	open, err := w.db.OpenBatches(ctx)
	if err != nil {
		return err
	}
	for _, batch := range open {
		if err := w.dropBatch(ctx, batch); err != nil {
			return err
		}
	}
	unready, err := w.db.UnreadyGlossaryChanges(ctx)
	if err != nil {
		return err
	}
	for _, change := range unready {
		if err := w.dropGlossaryChange(ctx, change); err != nil {
			return err
		}
	}
	return w.db.Update(ctx, func(tx *store.Tx) error { return tx.InterruptJobs(ctx, w.now()) })
}

func (w *Workbench) dropBatch(ctx context.Context, batch int64) error {
	for done := false; !done; {
		err := w.db.Update(ctx, func(tx *store.Tx) (err error) {
			done, err = tx.DropBatch(ctx, batch, 2000)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// loadMemories fills the table of units from the database. Units confirmed
// meanwhile are put in by their own transactions; the newer one wins because
// the table keeps the last put and a row is read only once.
func (w *Workbench) loadMemories() {
	defer close(w.unitsReady)
	ids, err := w.db.LiveMemories(w.ctx)
	for _, id := range ids {
		if err == nil {
			err = w.loadMemory(w.ctx, id)
		}
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		w.report(err)
	}
	w.unitsErr = err
}

func (w *Workbench) loadMemory(ctx context.Context, id tm.MemoryID) error {
	return w.db.EachUnit(ctx, id, func(u *tm.Unit) error {
		w.units.PutIfAbsent(u)
		return ctx.Err()
	})
}

// memories waits until the memories are loaded and returns the table.
func (w *Workbench) memories(ctx context.Context) (*memory.Table, error) {
	select {
	case <-w.unitsReady:
		return w.units, w.unitsErr
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// trashFor is how long deleted things can be taken back.
const trashFor = 30 * 24 * time.Hour

// housekeep empties the trash of what is older than trashFor and forgets ended
// sessions, now and once an hour.
func (w *Workbench) housekeep() {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		err := w.db.Update(w.ctx, func(tx *store.Tx) error {
			if err := tx.PurgeTrash(w.ctx, w.now().Add(-trashFor)); err != nil {
				return err
			}
			return tx.DropExpiredSessions(w.ctx, w.now())
		})
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
