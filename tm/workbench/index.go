package workbench

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// unitIndex is the index of the units of all memories: derived from the
// database, and kept in step with it by the journal of units. It holds every
// unit that shows, of memories in the trash as well; queries name the memories
// they read.
type unitIndex struct {
	db     *store.DB
	path   string // of the file it is kept in; "" for none
	beside bool   // the file is another process's to write
	report func(error)

	table atomic.Pointer[memory.Table] // nil until it is up to date
	seq   atomic.Int64                 // row of the journal up to which table is
	ready chan struct{}                // closed once table is there, or err
	err   error

	loading  func() // begins load in the background
	begun    sync.Once
	scanning chan struct{} // bounds the look-ups that read the database
	saving   sync.Mutex
	saved    atomic.Int64  // row of the journal the file stands for, 0 for no file
	wake     chan struct{} // there is much to save
}

func newUnitIndex(c Config, report func(error)) *unitIndex {
	ix := &unitIndex{
		db: c.DB, path: c.Index, beside: c.Beside, report: report, ready: make(chan struct{}),
		scanning: make(chan struct{}, 1), wake: make(chan struct{}, 1), loading: func() {},
	}
	c.DB.WatchUnits(ix.follow)
	return ix
}

// follow takes over a change that was committed. What happens before the table
// is there comes through the journal.
func (ix *unitIndex) follow(c store.UnitsChanged) {
	t := ix.table.Load()
	if t == nil {
		return
	}
	for _, u := range c.Put {
		t.Put(u)
	}
	for _, r := range c.Gone {
		for id := r.First; id <= r.Last; id++ {
			t.Delete(id)
		}
	}
	ix.seq.Store(c.Seq)
	if c.Seq-ix.saved.Load() >= manyChanges {
		ix.saveSoon()
	}
}

// begin has the index loaded, once.
func (ix *unitIndex) begin() { ix.begun.Do(ix.loading) }

// load opens the file, or builds the index anew, and brings it up to date.
func (ix *unitIndex) load(ctx context.Context) {
	defer func() {
		if ix.err == nil && ix.table.Load() == nil {
			ix.err = tm.NewError(tm.Internal, "internal") // a panic is on its way
		}
		close(ix.ready)
	}()
	t, seq, err := openSnapshot(ctx, ix.db, ix.path)
	if err != nil {
		ix.report(err) // the file is of no use, but nothing is lost
	}
	if t != nil {
		ix.saved.Store(seq)
	} else if t, seq, ix.err = build(ctx, ix.db); ix.err != nil {
		return
	}
	if seq, ix.err = replay(ctx, ix.db, t, seq); ix.err == nil {
		ix.err = ix.publish(ctx, t, seq)
	}
	if ix.err == nil && (ix.saved.Load() == 0 || ix.seq.Load()-ix.saved.Load() >= manyChanges) {
		ix.saveSoon()
	}
}

// build reads every unit.
func build(ctx context.Context, db *store.DB) (*memory.Table, int64, error) {
	seq, err := db.JournalEnd(ctx)
	if err != nil {
		return nil, 0, err
	}
	t := memory.NewTable(db)
	return t, seq, t.Load(ctx, everyUnit(ctx, db))
}

// everyUnit reads the units of all memories in steps, so that no read
// transaction lasts.
func everyUnit(ctx context.Context, db *store.DB) iter.Seq2[*tm.Unit, error] {
	return inSteps(func(after tm.UnitID) ([]*tm.Unit, error) { return db.EveryUnitAfter(ctx, after, unitStep) })
}

// unitStep is how many units are read at a time.
const unitStep = 2000

func inSteps(read func(after tm.UnitID) ([]*tm.Unit, error)) iter.Seq2[*tm.Unit, error] {
	return func(yield func(*tm.Unit, error) bool) {
		for after := tm.UnitID(0); ; {
			page, err := read(after)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, u := range page {
				if !yield(u, nil) {
					return
				}
				after = u.ID
			}
			if len(page) == 0 {
				return
			}
		}
	}
}

// fewIDs is how many ids are looked up one by one; more are read in one go.
const fewIDs = 2000

// replay takes over what the journal has after seq, until little is left, and
// returns the row it came to.
func replay(ctx context.Context, db *store.DB, t *memory.Table, seq int64) (int64, error) {
	for {
		ranges, last, err := db.JournalAfter(ctx, seq)
		if err != nil || len(ranges) == 0 {
			return seq, err
		}
		if err := takeOver(ctx, db, t, ranges); err != nil {
			return seq, err
		}
		seq = last
	}
}

// unitRanges is what *store.DB and *store.Tx offer to read units by ranges.
type unitRanges interface {
	UnitsIn(context.Context, store.IDRange, int) ([]*tm.Unit, error)
}

// takeOver makes the table hold the units with the ids as they are now.
func takeOver(ctx context.Context, r unitRanges, t *memory.Table, ranges []store.IDRange) error {
	for _, ids := range ranges {
		for id := ids.First; id <= ids.Last; id++ {
			t.Delete(id)
		}
		units := inSteps(func(after tm.UnitID) ([]*tm.Unit, error) {
			return r.UnitsIn(ctx, store.IDRange{First: max(ids.First, after+1), Last: ids.Last}, unitStep)
		})
		if ids.Last-ids.First >= fewIDs {
			if err := t.Load(ctx, units); err != nil {
				return err
			}
			continue
		}
		for u, err := range units {
			if err != nil {
				return err
			}
			t.Put(u)
		}
	}
	return nil
}

// publish makes the table the one that answers and is kept in step. It reads the
// end of the journal in the writer's turn, so that no change falls in between.
func (ix *unitIndex) publish(ctx context.Context, t *memory.Table, seq int64) error {
	return ix.db.Update(ctx, func(tx *store.Tx) error {
		ranges, last, err := tx.JournalAfter(ctx, seq)
		if err != nil {
			return err
		}
		if err := takeOver(ctx, tx, t, ranges); err != nil {
			return err
		}
		tx.AfterCommit(func() {
			ix.seq.Store(last)
			ix.table.Store(t)
		})
		return nil
	})
}

// get waits until the index is there.
func (ix *unitIndex) get(ctx context.Context) (*memory.Table, error) {
	ix.begin()
	select {
	case <-ix.ready:
		return ix.table.Load(), ix.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// lookup answers from the index. While it is being built the units of the
// query's memories are read instead, for one look-up at a time; the others wait
// for their turn or for the index.
func (ix *unitIndex) lookup(ctx context.Context, q memory.Query) ([]tm.Match, error) {
	ix.begin()
	select {
	case <-ix.ready:
	default:
		select {
		case <-ix.ready:
		case ix.scanning <- struct{}{}:
			defer func() { <-ix.scanning }()
			return scan(ctx, ix.db, q)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if ix.err != nil {
		return nil, ix.err
	}
	return ix.table.Load().Lookup(ctx, q)
}

// scan answers from the database.
func scan(ctx context.Context, db *store.DB, q memory.Query) ([]tm.Match, error) {
	units := func(yield func(*tm.Unit, error) bool) {
		for _, use := range q.Memories {
			for u, err := range inSteps(func(after tm.UnitID) ([]*tm.Unit, error) {
				return db.UnitsAfter(ctx, use.Memory, after, unitStep)
			}) {
				if !yield(u, err) {
					return
				}
			}
		}
	}
	return memory.Scan(ctx, units, q)
}
