package workbench

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// ImportMemory reads units from a TMX, XLIFF, TSV or CSV file into a memory, as a
// job. Units the memory already has are skipped. The units show once all of
// them are stored; a job that fails or is cancelled leaves none. The workbench
// closes r.
func (w *Workbench) ImportMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, name string, size int64, r io.ReadCloser) (Job, error) {
	project, err := access(ctx, w.db, a, p, ManageMemories)
	if err == nil {
		var m Memory
		if m, err = liveMemory(ctx, w.db, p, id); err == nil && !m.Own {
			err = tm.NewError(tm.Forbidden, "memory.linked")
		}
	}
	if err != nil {
		return Job{}, errors.Join(err, r.Close())
	}
	im := &unitImport{w: w, memory: id, size: size}
	im.source = func(_ context.Context, yield func(*tm.Unit) error) error {
		return readUnits(counting{r, &im.read}, name, project, yield)
	}
	return w.start(ctx, a, Job{Project: p, Kind: "memory_import", Name: name, Total: size},
		func(ctx context.Context, j *Job) (map[string]any, error) {
			defer r.Close()
			return im.run(ctx, j)
		})
}

// counting counts the bytes that pass.
type counting struct {
	io.Reader
	n *atomic.Int64
}

func (c counting) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n.Add(int64(n))
	return n, err
}

// readUnits reads a file of units by its extension.
func readUnits(r io.Reader, name string, p Project, yield func(*tm.Unit) error) error {
	switch strings.ToLower(path.Ext(name)) {
	case ".tmx":
		_, err := exchange.ReadTMX(r, yield)
		return err
	case ".xlf", ".xliff", ".sdlxliff":
		_, err := exchange.ReadXLIFF(r, yield)
		return err
	case ".tsv", ".txt", ".tab":
		return exchange.ReadUnitsTSV(r, p.Source, p.Target, yield)
	case ".csv":
		return exchange.ReadUnitsCSV(r, p.Source, p.Target, yield)
	}
	return tm.NewError(tm.Unsupported, "memory.format", "name", name)
}

// unitImport is one import of units on its way. Three goroutines share the work:
// one reads the source and leaves out what the memory has, one stores, and one
// adds to the index what is stored. Only what is between them is in memory.
type unitImport struct {
	w       *Workbench
	source  func(ctx context.Context, yield func(*tm.Unit) error) error
	memory  tm.MemoryID
	size    int64        // of the source in bytes, 0 when not known
	read    atomic.Int64 // bytes so far
	batch   int64
	seen    hashSet
	waiting []*tm.Unit
	hashes  []uint64 // of what waits
	bytes   int      // of what waits
	stored  int
	skipped int
	shown   time.Time // when progress was last stored
}

// Units go through an import in lists of importStep, or fewer with importBytes
// of texts. A transaction takes lists for importTime, but only one when others
// wait to save: they shall not notice.
const (
	importStep  = 500
	importBytes = 1 << 20
	importTime  = 4 * time.Millisecond
)

func (im *unitImport) run(ctx context.Context, j *Job) (map[string]any, error) {
	table, err := im.w.memories(ctx)
	if err != nil {
		return nil, err
	}
	err = im.w.db.Update(ctx, func(tx *store.Tx) (err error) {
		im.batch, err = tx.AddBatch(ctx, im.memory)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err = im.load(ctx, j, table); err == nil {
		err = im.w.db.Update(ctx, func(tx *store.Tx) error { return tx.FinishBatch(ctx, im.batch) })
	}
	if err != nil { // also when the job was cancelled
		return nil, errors.Join(err, im.w.dropBatch(context.WithoutCancel(ctx), im.batch))
	}
	im.w.index.saveSoon()
	return map[string]any{"memory": im.memory, "units": im.stored, "skipped": im.skipped}, nil
}

// load reads, stores and indexes all units. The index has them before they
// show: so a file of the index that is newer than the end of the import has them
// too.
func (im *unitImport) load(ctx context.Context, j *Job, table *memory.Table) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	read, stored := make(chan []*tm.Unit, 8), make(chan []*tm.Unit, 8)
	var others sync.WaitGroup
	run := func(f func() error) {
		others.Go(func() {
			if _, err := safely(func() (any, error) { return nil, f() }); err != nil {
				cancel(err)
			}
		})
	}
	run(func() error {
		defer close(read)
		return im.produce(ctx, read)
	})
	run(func() error { return table.Load(ctx, chunks(ctx, stored)) })
	err := im.store(ctx, j, read, stored)
	if err != nil {
		cancel(err)
	} else {
		close(stored)
	}
	others.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// chunks are the units of the lists that come, until the channel is closed. A
// context that ends is an error.
func chunks(ctx context.Context, lists <-chan []*tm.Unit) func(func(*tm.Unit, error) bool) {
	return func(yield func(*tm.Unit, error) bool) {
		for {
			select {
			case list, ok := <-lists:
				if !ok {
					return
				}
				for _, u := range list {
					if !yield(u, nil) {
						return
					}
				}
			case <-ctx.Done():
				yield(nil, context.Cause(ctx))
				return
			}
		}
	}
}

// produce sends the units of the source that the memory does not have.
func (im *unitImport) produce(ctx context.Context, out chan<- []*tm.Unit) error {
	for u, err := range im.w.eachUnit(ctx, im.memory) {
		if err != nil {
			return err
		}
		im.seen.add(unitHash(u))
	}
	err := im.source(ctx, func(u *tm.Unit) error {
		im.take(u)
		if len(im.waiting) < importStep && im.bytes < importBytes {
			return nil
		}
		return im.send(ctx, out)
	})
	if err == nil {
		err = im.send(ctx, out)
	}
	im.seen = hashSet{} // the index, which is still being made, can use the room
	return err
}

func (im *unitImport) take(u *tm.Unit) {
	im.hashes = append(im.hashes, unitHash(u))
	im.bytes += u.Size()
	u.Memory = im.memory
	if u.Origin.State == "" {
		u.Origin.State = tm.Translated
	}
	if u.Origin.Kind == "" {
		u.Origin.Kind = tm.Human
	}
	im.waiting = append(im.waiting, u)
}

// send sends what waits and was not seen before. That is looked up for all at
// once: the look-ups need not wait for one another.
func (im *unitImport) send(ctx context.Context, out chan<- []*tm.Unit) error {
	list := im.waiting[:0]
	for i, hash := range im.hashes {
		if im.seen.add(hash) {
			list = append(list, im.waiting[i])
		}
	}
	im.skipped += len(im.waiting) - len(list)
	im.waiting, im.hashes, im.bytes = im.waiting[:0], im.hashes[:0], 0
	if len(list) == 0 {
		return ctx.Err()
	}
	select {
	case out <- list:
		im.waiting = make([]*tm.Unit, 0, importStep)
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// store stores the lists and passes them on.
func (im *unitImport) store(ctx context.Context, j *Job, in <-chan []*tm.Unit, out chan<- []*tm.Unit) error {
	for first := range in {
		var stored [][]*tm.Unit
		err := im.w.db.Update(ctx, func(tx *store.Tx) (err error) {
			if stored, err = im.add(ctx, tx, first, in); err != nil {
				return err
			}
			return im.showProgress(ctx, tx, j)
		})
		if err != nil {
			return err
		}
		for _, list := range stored {
			im.stored += len(list)
			select {
			case out <- list:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
	}
	return nil
}

// add adds a list, and those that are ready behind it while nobody waits. It
// returns all it has added.
func (im *unitImport) add(ctx context.Context, tx *store.Tx, list []*tm.Unit, in <-chan []*tm.Unit) (added [][]*tm.Unit, err error) {
	deadline := time.Now().Add(importTime)
	for list != nil {
		if err := tx.AddUnits(ctx, im.batch, list); err != nil {
			return nil, err
		}
		added, list = append(added, list), nil
		if !tx.Awaited() && time.Now().Before(deadline) {
			select {
			case list = <-in: // nil once it is closed
			default:
			}
		}
	}
	return added, nil
}

func (im *unitImport) showProgress(ctx context.Context, tx *store.Tx, j *Job) error {
	if time.Since(im.shown) < 100*time.Millisecond {
		return nil
	}
	im.shown = time.Now()
	j.Done = min(im.read.Load(), max(im.size, 1))
	return tx.SetJob(ctx, *j)
}
