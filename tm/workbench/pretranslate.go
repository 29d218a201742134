package workbench

import (
	"context"
	"errors"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/memory"
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
