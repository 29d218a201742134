package workbench

import (
	"context"
	"errors"
	"maps"
	"slices"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

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

// lookup finds the best match of every new segment.
func (f *filling) lookup(ctx context.Context, j *Job, rows []Row) (map[tm.SegmentID]tm.Match, error) {
	least := f.project.Settings.Pretranslate
	l, err := f.w.leverage(ctx, f.project, f.doc, min(least, 100))
	if err != nil {
		return nil, err
	}
	j.Total = int64(len(rows))
	stop := f.w.showProgress(ctx, *j, l.done.Load)
	defer stop()
	matches, err := l.best(ctx, rows, func(r Row) bool { return r.State == tm.New })
	maps.DeleteFunc(matches, func(_ tm.SegmentID, m tm.Match) bool { return m.Score < least })
	return matches, err
}

// fillStep is how many segments are filled in one transaction.
const fillStep = 50

// write puts the matches into those segments that are still new, as one change
// that can be undone. It comes in portions, so that nobody's save waits for all
// of it; what does not come to its end is undone.
func (f *filling) write(ctx context.Context, matches map[tm.SegmentID]tm.Match) (map[string]any, error) {
	filled, change := 0, int64(0)
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(matches)), fillStep) {
		n := 0
		err := f.w.db.Update(ctx, func(tx *store.Tx) (err error) {
			n, err = f.writeSome(ctx, tx, ids, matches, &change)
			return err
		})
		if err != nil {
			if change != 0 {
				err = errors.Join(err, f.w.undoChange(context.WithoutCancel(ctx), f.doc.ID, change))
			}
			return nil, err
		}
		filled += n
	}
	err := f.w.db.Update(ctx, func(tx *store.Tx) error { return tx.FinishChange(ctx, change) })
	return map[string]any{"filled": filled, "change": change}, err
}

func (f *filling) writeSome(ctx context.Context, tx *store.Tx, ids []tm.SegmentID, matches map[tm.SegmentID]tm.Match, change *int64) (int, error) {
	e := &edit{w: f.w, ctx: ctx, tx: tx, actor: f.actor}
	var err error
	if e.doc, e.project, err = accessDocument(ctx, tx, f.actor, f.doc.ID, Translate); err != nil {
		return 0, err
	}
	if e.seq, err = tx.NextSeq(ctx, f.doc.ID); err != nil {
		return 0, err
	}
	id := *change
	if id == 0 {
		c := store.Change{Document: f.doc.ID, Kind: "pretranslate", Account: f.actor.Account}
		if id, err = tx.AddOpenChange(ctx, c, f.w.now()); err != nil {
			return 0, err
		}
		tx.AfterCommit(func() { *change = id })
	}
	filled := 0
	for _, segment := range ids {
		done, err := e.fill(segment, matches[segment], id)
		if err != nil {
			return 0, err
		}
		if done {
			filled++
		}
	}
	return filled, nil
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
	if _, err = e.write(store.Step{Action: "pretranslate", Change: change}); err != nil || m.Unit == nil {
		return err == nil, err
	}
	return true, e.tx.UseUnit(e.ctx, m.Unit.ID, e.w.now())
}
