package workbench

import (
	"context"
	"errors"
	"sync"
	"time"

	"tarjoman/tm"
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

// AwaitJob waits for a job for a while and returns it as it is then.
func (w *Workbench) AwaitJob(ctx context.Context, a Actor, p tm.ProjectID, id int64, limit time.Duration) (Job, error) {
	w.jobs.wait(ctx, id, limit)
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
