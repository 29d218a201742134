package workbench

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// jobs keeps the handles of running jobs.
type jobs struct {
	mu      sync.Mutex
	running map[int64]*running
}

type running struct {
	cancel context.CancelFunc
	done   chan struct{}
}

// wait reports whether a job ended within the time.
func (j *jobs) wait(ctx context.Context, id int64, limit time.Duration) bool {
	j.mu.Lock()
	r := j.running[id]
	j.mu.Unlock()
	if r == nil {
		return true
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-r.done:
		return true
	case <-timer.C:
	case <-ctx.Done():
	}
	return false
}

// start stores a job and runs work in the background. work returns the counts
// to show; its context ends when the job is cancelled or the workbench closes.
func (w *Workbench) start(ctx context.Context, a Actor, j Job, work func(context.Context, *Job) (map[string]any, error)) (Job, error) {
	j.State, j.Created = JobRunning, w.now()
	err := w.db.Update(ctx, func(tx *store.Tx) (err error) {
		j.ID, err = tx.AddJob(ctx, j, a.Account)
		return err
	})
	if err != nil {
		return j, err
	}
	jobCtx, cancel := context.WithCancel(w.ctx)
	r := &running{cancel: cancel, done: make(chan struct{})}
	w.jobs.mu.Lock()
	if w.jobs.running == nil {
		w.jobs.running = map[int64]*running{}
	}
	w.jobs.running[j.ID] = r
	w.jobs.mu.Unlock()
	started := j
	w.goSafely(func() {
		defer w.end(started.ID, r)
		w.run(jobCtx, started, work)
	})
	return j, nil
}

func (w *Workbench) end(id int64, r *running) {
	r.cancel()
	w.jobs.mu.Lock()
	delete(w.jobs.running, id)
	w.jobs.mu.Unlock()
	close(r.done)
}

// run carries a job out and stores how it ended.
func (w *Workbench) run(ctx context.Context, j Job, work func(context.Context, *Job) (map[string]any, error)) {
	result, err := safely(func() (map[string]any, error) { return work(ctx, &j) })
	j.Finished, j.Result = w.now(), result
	switch {
	case err == nil:
		j.State = JobDone
	case w.ctx.Err() != nil:
		return // the next start marks it interrupted
	case errors.Is(err, context.Canceled):
		j.State = JobCancelled
	default:
		j.State, j.Error = JobFailed, asError(err)
		if j.Error.Kind == tm.Internal {
			w.report(err)
		}
	}
	err = w.db.Update(w.ctx, func(tx *store.Tx) error { return tx.SetJob(w.ctx, j) })
	if err != nil {
		w.report(err)
	}
}

func safely[T any](f func() (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicError(p)
		}
	}()
	return f()
}

// asError is the part of an error that may be stored and shown.
func asError(err error) *tm.Error {
	if e, ok := errors.AsType[*tm.Error](err); ok {
		return e
	}
	return tm.NewError(tm.Internal, "internal")
}

// Job returns a job of a project.
func (w *Workbench) Job(ctx context.Context, a Actor, p tm.ProjectID, id int64) (Job, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return Job{}, err
	}
	return w.db.Job(ctx, p, id)
}

// WaitJob waits until a job has ended and returns it.
func (w *Workbench) WaitJob(ctx context.Context, a Actor, p tm.ProjectID, id int64) (Job, error) {
	for !w.jobs.wait(ctx, id, time.Minute) && ctx.Err() == nil {
	}
	return w.Job(ctx, a, p, id)
}

// Jobs lists the last jobs of a project, newest first.
func (w *Workbench) Jobs(ctx context.Context, a Actor, p tm.ProjectID) ([]Job, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return nil, err
	}
	return w.db.Jobs(ctx, p, 20)
}

// CancelJob stops a job; nothing of an import is kept.
func (w *Workbench) CancelJob(ctx context.Context, a Actor, p tm.ProjectID, id int64) error {
	if _, err := access(ctx, w.db, a, p, ManageMemories); err != nil {
		return err
	}
	if _, err := w.db.Job(ctx, p, id); err != nil {
		return err
	}
	w.jobs.mu.Lock()
	defer w.jobs.mu.Unlock()
	if r := w.jobs.running[id]; r != nil {
		r.cancel()
	}
	return nil
}

// ImportMemory reads units from a TMX, TSV or CSV file into a memory, as a
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
	im := &unitImport{w: w, project: project, memory: id, name: name, size: size}
	return w.start(ctx, a, Job{Project: p, Kind: "memory_import", Name: name, Total: size},
		func(ctx context.Context, j *Job) (map[string]any, error) {
			defer r.Close()
			return im.run(ctx, j, r)
		})
}

// unitImport is one import of units on its way.
type unitImport struct {
	w       *Workbench
	project Project
	memory  tm.MemoryID
	name    string
	size    int64
	read    atomic.Int64 // bytes so far
	batch   int64
	waiting []*tm.Unit
	stored  []*tm.Unit
	seen    map[uint64]struct{}
	skipped int
}

// importStep is how many units share a transaction: small enough that saves in
// between do not notice.
const importStep = 500

func (im *unitImport) run(ctx context.Context, j *Job, r io.Reader) (map[string]any, error) {
	if _, err := im.w.memories(ctx); err != nil {
		return nil, err
	}
	err := im.load(ctx, j, r)
	if err != nil {
		return nil, errors.Join(err, im.undo())
	}
	for _, u := range im.stored {
		im.w.units.Put(u)
	}
	return map[string]any{"units": len(im.stored), "skipped": im.skipped}, nil
}

// undo removes what was stored, also when the job was cancelled.
func (im *unitImport) undo() error {
	if im.batch == 0 {
		return nil
	}
	return im.w.dropBatch(context.WithoutCancel(im.w.ctx), im.batch)
}

func (im *unitImport) load(ctx context.Context, j *Job, r io.Reader) error {
	if err := im.knownUnits(ctx); err != nil {
		return err
	}
	err := im.w.db.Update(ctx, func(tx *store.Tx) (err error) {
		im.batch, err = tx.AddBatch(ctx, im.memory)
		return err
	})
	if err != nil {
		return err
	}
	err = readUnits(counting{r, &im.read}, im.name, im.project, func(u *tm.Unit) error {
		return im.add(ctx, j, u)
	})
	if err != nil {
		return err
	}
	if err := im.flush(ctx, j); err != nil {
		return err
	}
	return im.w.db.Update(ctx, func(tx *store.Tx) error { return tx.FinishBatch(ctx, im.batch) })
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
	case ".tsv", ".txt", ".tab":
		return exchange.ReadUnitsTSV(r, p.Source, p.Target, yield)
	case ".csv":
		return exchange.ReadUnitsCSV(r, p.Source, p.Target, yield)
	}
	return tm.NewError(tm.Unsupported, "memory.format", "name", name)
}

// knownUnits fills seen with what the memory already holds.
func (im *unitImport) knownUnits(ctx context.Context) error {
	im.seen = map[uint64]struct{}{}
	return im.w.db.EachUnit(ctx, im.memory, func(u *tm.Unit) error {
		im.seen[unitHash(u)] = struct{}{}
		return ctx.Err()
	})
}

var hashSeed = maphash.MakeSeed()

// unitHash is equal for units with the same texts, codes and neighbours.
func unitHash(u *tm.Unit) uint64 {
	variants := slices.Clone(u.Variants)
	slices.SortFunc(variants, func(a, b tm.Variant) int { return strings.Compare(a.Lang.String(), b.Lang.String()) })
	var h maphash.Hash
	h.SetSeed(hashSeed)
	text := func(s string) {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.WriteString(s)
	}
	text(u.Previous)
	text(u.Next)
	for _, v := range variants {
		text(v.Lang.String())
		text(v.Content.Text)
		for _, c := range v.Content.Codes {
			maphash.WriteComparable(&h, c)
		}
	}
	return h.Sum64()
}

func (im *unitImport) add(ctx context.Context, j *Job, u *tm.Unit) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	hash := unitHash(u)
	if _, known := im.seen[hash]; known {
		im.skipped++
		return nil
	}
	im.seen[hash] = struct{}{}
	u.Memory = im.memory
	im.waiting = append(im.waiting, u)
	if len(im.waiting) < importStep {
		return nil
	}
	return im.flush(ctx, j)
}

// flush stores the waiting units and the progress of the job.
func (im *unitImport) flush(ctx context.Context, j *Job) error {
	j.Done = min(im.read.Load(), max(im.size, 1))
	err := im.w.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.AddUnits(ctx, im.batch, im.waiting); err != nil {
			return err
		}
		return tx.SetJob(ctx, *j)
	})
	im.stored = append(im.stored, im.waiting...)
	im.waiting = nil
	return err
}

// Pretranslate fills the new segments of a document from the memories, as a
// job, as the settings of the project say.
func (w *Workbench) Pretranslate(ctx context.Context, a Actor, d tm.DocumentID) (Job, error) {
	return w.pretranslate(ctx, a, d)
}

// pretranslate returns a Job with ID 0 when the project does not pre-translate.
func (w *Workbench) pretranslate(ctx context.Context, a Actor, id tm.DocumentID) (Job, error) {
	d, p, err := accessDocument(ctx, w.db, a, id, Translate)
	if tm.KindOf(err) == tm.Forbidden {
		return Job{}, nil
	}
	if err != nil || p.Settings.Pretranslate == 0 {
		return Job{}, err
	}
	f := &filling{w: w, actor: a, doc: d, project: p}
	return w.start(ctx, a, Job{Project: p.ID, Kind: "pretranslate", Name: d.Name}, f.run)
}

// filling is one pre-translation on its way.
type filling struct {
	w       *Workbench
	actor   Actor
	doc     Document
	project Project
}

func (f *filling) run(ctx context.Context, j *Job) (map[string]any, error) {
	rows, err := f.w.db.Rows(ctx, f.doc.ID, -1)
	if err != nil {
		return nil, err
	}
	matches, err := f.lookup(ctx, j, rows)
	if err != nil || len(matches) == 0 {
		return map[string]any{"filled": 0}, err
	}
	return f.write(ctx, matches)
}

// lookup finds the best match of every new segment, each distinct source with
// the same neighbours once.
func (f *filling) lookup(ctx context.Context, j *Job, rows []Row) (map[tm.SegmentID]tm.Match, error) {
	table, err := f.w.memories(ctx)
	if err != nil {
		return nil, err
	}
	use, _, err := f.w.reads(ctx, f.w.db, f.project.ID)
	if err != nil {
		return nil, err
	}
	matches := map[tm.SegmentID]tm.Match{}
	shown := time.Now()
	for i, r := range rows {
		if r.State != tm.New {
			continue
		}
		previous, next := around(rows, i)
		found, err := table.Lookup(ctx, memory.Query{
			From: f.project.Source, To: f.project.Target, Source: r.Source, Previous: previous, Next: next,
			Memories: use, Threshold: min(f.project.Settings.Pretranslate, 100), Limit: 1,
		})
		if err != nil {
			return nil, err
		}
		if len(found) > 0 && found[0].Score >= f.project.Settings.Pretranslate {
			matches[r.ID] = found[0]
		}
		if time.Since(shown) > time.Second {
			shown = time.Now()
			f.progress(ctx, j, i, len(rows))
		}
	}
	return matches, nil
}

func (f *filling) progress(ctx context.Context, j *Job, done, total int) {
	j.Done, j.Total = int64(done), int64(total)
	err := f.w.db.Update(ctx, func(tx *store.Tx) error { return tx.SetJob(ctx, *j) })
	if err != nil && ctx.Err() == nil {
		f.w.report(err)
	}
}

// write puts the matches into those segments that are still new, as one change
// that can be undone.
func (f *filling) write(ctx context.Context, matches map[tm.SegmentID]tm.Match) (map[string]any, error) {
	filled, change := 0, int64(0)
	err := f.w.db.Update(ctx, func(tx *store.Tx) error {
		e := &edit{w: f.w, ctx: ctx, tx: tx, actor: f.actor}
		var err error
		if e.doc, e.project, err = accessDocument(ctx, tx, f.actor, f.doc.ID, Translate); err != nil {
			return err
		}
		if e.seq, err = tx.NextSeq(ctx, f.doc.ID); err != nil {
			return err
		}
		c := store.Change{Document: f.doc.ID, Kind: "pretranslate", Account: f.actor.Account}
		if change, err = tx.AddChange(ctx, c, f.w.now()); err != nil {
			return err
		}
		for id, m := range matches {
			done, err := e.fill(id, m, change)
			if err != nil {
				return err
			}
			if done {
				filled++
			}
		}
		return nil
	})
	return map[string]any{"filled": filled, "change": change}, err
}

func (e *edit) fill(id tm.SegmentID, m tm.Match, change int64) (bool, error) {
	var err error
	e.row, err = e.tx.Row(e.ctx, e.doc.ID, id)
	if errors.Is(err, store.NotFound) || err == nil && e.row.State != tm.New {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	e.row.Target, e.row.State = m.Target, tm.Draft
	e.row.Filled, e.row.FilledBy, e.row.Author = m.Score, string(m.Kind), 0
	_, err = e.write(store.Step{Action: "pretranslate", Change: change})
	return err == nil, err
}
