package workbench

import (
	"context"
	"encoding/json"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/memory"
)

// leverage looks many segments of a document up in the memories of its project,
// each distinct question once, on all processors. Pre-translation and the analysis share it,
// so their numbers agree with what the editor offers.
type leverage struct {
	*repairing
	project   Project
	use       []memory.Use
	threshold int
	now       time.Time
	done      atomic.Int64 // questions answered, for progress
}

func (w *Workbench) leverage(ctx context.Context, p Project, d Document, threshold int) (*leverage, error) {
	table, err := w.memories(ctx)
	if err != nil {
		return nil, err
	}
	terms, err := w.terms(ctx, w.db, p, d.Date)
	if err != nil {
		return nil, err
	}
	use, _, err := w.reads(ctx, w.db, p.ID)
	return &leverage{repairing: &repairing{table.Lookup, terms}, project: p, use: use, threshold: threshold, now: w.now()}, err
}

// A question is what a look-up depends on; segments that share it share the
// answer.
type question struct{ source, codes, previous, next string }

func ask(rows []Row, i int) (question, error) {
	q := question{source: rows[i].Source.Text}
	q.previous, q.next = around(rows, i)
	if len(rows[i].Source.Codes) == 0 {
		return q, nil
	}
	codes, err := json.Marshal(rows[i].Source.Codes)
	q.codes = string(codes)
	return q, err
}

// best returns the best match of every wanted row of a document that has one.
func (l *leverage) best(ctx context.Context, rows []Row, wanted func(Row) bool) (map[tm.SegmentID]tm.Match, error) {
	askers := map[question][]int{}
	var questions []question
	for i, r := range rows {
		if !wanted(r) {
			continue
		}
		q, err := ask(rows, i)
		if err != nil {
			return nil, err
		}
		if askers[q] == nil {
			questions = append(questions, q)
		}
		askers[q] = append(askers[q], i)
	}
	answers, err := l.answer(ctx, questions, func(q question) tm.Content { return rows[askers[q][0]].Source })
	if err != nil {
		return nil, err
	}
	matches := map[tm.SegmentID]tm.Match{}
	for n, q := range questions {
		for _, i := range askers[q] {
			if len(answers[n]) > 0 {
				matches[rows[i].ID] = answers[n][0]
			}
		}
	}
	return matches, nil
}

// answer looks the questions up, each worker taking the next one.
func (l *leverage) answer(ctx context.Context, questions []question, source func(question) tm.Content) ([][]tm.Match, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	answers := make([][]tm.Match, len(questions))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(questions)) {
		workers.Go(func() {
			for n := next.Add(1) - 1; n < int64(len(questions)) && ctx.Err() == nil; n = next.Add(1) - 1 {
				q := questions[n]
				found, err := safely(func() ([]tm.Match, error) {
					return l.find(ctx, aged(memory.Query{
						From: l.project.Source, To: l.project.Target, Source: source(q),
						Previous: q.previous, Next: q.next, Memories: l.use, Threshold: l.threshold, Limit: 1,
					}, l.project.Settings, l.now))
				})
				if err != nil {
					cancel(err)
				}
				answers[n] = found
				l.done.Add(1)
			}
		})
	}
	workers.Wait()
	return answers, context.Cause(ctx)
}
