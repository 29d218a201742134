package workbench

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/lang"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

type (
	Analysis = store.Analysis
	Figures  = store.Figures
	Count    = store.Count
)

// Bands are those of an analysis, best first. Every segment is in one of them:
// a match of 100 or more counts as that; else a segment whose source stood
// before, in its document or in one analysed before it, is a repetition; else
// its best match decides.
var Bands = []string{"context", "exact", "repetition", "repetition_across", "95", "85", "75", "50", "new"}

// bandOf returns the band of a match with the score; 0 for none.
func bandOf(score int) string {
	switch {
	case score > 100:
		return "context"
	case score == 100:
		return "exact"
	case score >= 95:
		return "95"
	case score >= 85:
		return "85"
	case score >= 75:
		return "75"
	case score >= 50:
		return "50"
	}
	return "new"
}

// Analyse counts what the memories give for documents of a project, as a job,
// and keeps the result. No documents means all of them, in the order of the
// project.
func (w *Workbench) Analyse(ctx context.Context, a Actor, p tm.ProjectID, documents []tm.DocumentID) (Job, error) {
	project, err := access(ctx, w.db, a, p, Translate)
	if err != nil {
		return Job{}, err
	}
	all, err := w.db.Documents(ctx, p, false)
	if err != nil {
		return Job{}, err
	}
	chosen := chooseDocuments(all, documents)
	if len(chosen) == 0 || len(documents) > len(chosen) {
		return Job{}, store.NotFound
	}
	y := &analysing{w: w, actor: a, project: project, documents: chosen, seen: map[string]tm.DocumentID{}}
	name := project.Name
	if len(chosen) == 1 {
		name = chosen[0].Name
	}
	return w.start(ctx, a, Job{Project: p, Kind: "analysis", Name: name, Total: y.total()}, y.run)
}

func chooseDocuments(all []Document, wanted []tm.DocumentID) []Document {
	if len(wanted) == 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(d Document) bool { return !slices.Contains(wanted, d.ID) })
}

// analysing is one analysis on its way.
type analysing struct {
	w         *Workbench
	actor     Actor
	project   Project
	documents []Document
	done      atomic.Int64             // segments
	seen      map[string]tm.DocumentID // match keys of sources so far, and where first
}

func (y *analysing) total() (segments int64) {
	for _, d := range y.documents {
		n, _ := d.Progress.Total()
		segments += int64(n)
	}
	return segments
}

func (y *analysing) run(ctx context.Context, j *Job) (map[string]any, error) {
	stop := y.w.showProgress(ctx, *j, y.done.Load)
	defer stop()
	made := Analysis{Project: y.project.ID, Account: y.actor.Account, At: y.w.now()}
	var err error
	if made.Memories, err = y.memories(ctx); err != nil {
		return nil, err
	}
	for _, d := range y.documents {
		f, err := y.document(ctx, d)
		if err != nil {
			return nil, err
		}
		made.Documents = append(made.Documents, f)
	}
	stop()
	return y.keep(ctx, made)
}

func (y *analysing) memories(ctx context.Context) (names []string, err error) {
	use, called, err := y.w.reads(ctx, y.w.db, y.project.ID)
	for _, u := range use {
		names = append(names, called[u.Memory])
	}
	return names, err
}

func (y *analysing) document(ctx context.Context, d Document) (Figures, error) {
	rows, err := y.w.db.Rows(ctx, d.ID, -1)
	if err != nil {
		return Figures{}, err
	}
	l, err := y.w.leverage(ctx, y.project, d, memory.MinThreshold)
	if err != nil {
		return Figures{}, err
	}
	matches, err := l.best(ctx, rows, func(Row) bool { return true })
	y.done.Add(int64(len(rows)))
	f := Figures{Document: d.ID, Name: d.Name, Bands: map[string]Count{}}
	for _, r := range rows {
		band := y.band(d.ID, r, matches[r.ID].Score)
		f.Bands[band] = plus(f.Bands[band], countRow(r))
	}
	return f, err
}

// band puts a row of a document into its band and remembers its source.
func (y *analysing) band(d tm.DocumentID, r Row, score int) string {
	first, before := y.seen[r.Key]
	if !before {
		y.seen[r.Key] = d
	}
	switch {
	case score >= 100 || !before:
		return bandOf(score)
	case first == d:
		return "repetition"
	}
	return "repetition_across"
}

func countRow(r Row) Count {
	c := lang.Count(r.Source.Text)
	return Count{Segments: 1, Words: r.Words, Characters: c.Characters, Visible: c.CharactersNoSpace}
}

func plus(a, b Count) Count {
	a.Segments += b.Segments
	a.Words += b.Words
	a.Characters += b.Characters
	a.Visible += b.Visible
	return a
}

// TotalOf adds up the documents of an analysis, by band.
func TotalOf(a Analysis) Figures {
	total := Figures{Bands: map[string]Count{}}
	for _, d := range a.Documents {
		for band, c := range d.Bands {
			total.Bands[band] = plus(total.Bands[band], c)
		}
	}
	return total
}

// SumOf adds up the bands of a document.
func SumOf(f Figures) (sum Count) {
	for _, c := range f.Bands {
		sum = plus(sum, c)
	}
	return sum
}

func (y *analysing) keep(ctx context.Context, made Analysis) (map[string]any, error) {
	total := TotalOf(made)
	err := y.w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, y.actor, y.project.ID, Translate); err != nil {
			return err
		}
		var err error
		made.ID, err = tx.AddAnalysis(ctx, made)
		return err
	})
	sum := SumOf(total)
	return map[string]any{"analysis": made.ID, "segments": sum.Segments, "words": sum.Words, "new": total.Bands["new"].Words}, err
}

// showProgress stores how far a job has come, once a second, until it is
// stopped; stopping twice is no error.
func (w *Workbench) showProgress(ctx context.Context, j Job, done func() int64) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	w.goSafely(func() {
		defer close(ended)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			j.Done = min(done(), j.Total)
			err := w.db.Update(ctx, func(tx *store.Tx) error { return tx.SetJob(ctx, j) })
			if err != nil && ctx.Err() == nil {
				w.report(err)
			}
		}
	})
	return func() {
		cancel()
		<-ended
	}
}

// Analyses lists the last analyses of a project, newest first.
func (w *Workbench) Analyses(ctx context.Context, a Actor, p tm.ProjectID) ([]Analysis, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return nil, err
	}
	return w.db.Analyses(ctx, p, 50)
}

// Analysis returns an analysis of a project.
func (w *Workbench) Analysis(ctx context.Context, a Actor, p tm.ProjectID, id int64) (Analysis, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return Analysis{}, err
	}
	return w.db.Analysis(ctx, p, id)
}

// DeleteAnalysis removes an analysis.
func (w *Workbench) DeleteAnalysis(ctx context.Context, a Actor, p tm.ProjectID, id int64) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, p, ManageProject); err != nil {
			return err
		}
		return tx.DeleteAnalysis(ctx, p, id)
	})
}
