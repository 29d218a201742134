package workbench

import (
	"context"
	"errors"
	"slices"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// A recount brings the counts of issues up to date that segments are listed
// with, after terms, settings or the date of a document have changed. What is
// outdated is noted in the transaction of the change, so that nothing of it is
// lost when the server stops. Approving and exporting check for themselves.

// outdate notes in tx that the rules of a project's issues change; of all
// projects for 0.
func (w *Workbench) outdate(ctx context.Context, tx *store.Tx, p tm.ProjectID) error {
	tx.AfterCommit(w.recountSoon)
	return tx.OutdateIssues(ctx, p)
}

func (w *Workbench) recountSoon() {
	select {
	case w.outdated <- struct{}{}:
	default: // it is on its way
	}
}

// recountNowAndThen counts what is outdated, now and after every change of the
// rules. It rests as long as it works, for those who wait for the processors.
func (w *Workbench) recountNowAndThen() {
	for w.ctx.Err() == nil {
		began := time.Now()
		counted, err := w.recountOne(w.ctx)
		if err != nil && w.ctx.Err() == nil {
			w.report(err)
		}
		if counted && err == nil {
			w.rest(time.Since(began))
			continue
		}
		select {
		case <-w.outdated:
			w.rest(gather)
		case <-w.ctx.Done():
		}
	}
}

// gather is how long a change of the rules waits for others.
const gather = 300 * time.Millisecond

func (w *Workbench) rest(d time.Duration) {
	select {
	case <-time.After(d):
	case <-w.ctx.Done():
	}
}

// recountOne counts the issues of one outdated document, if there is one.
func (w *Workbench) recountOne(ctx context.Context) (counted bool, err error) {
	list, err := w.db.OutdatedIssues(ctx, 1)
	if err != nil || len(list) == 0 {
		return false, err
	}
	changed, err := w.recountDocument(ctx, list[0].Document)
	if err != nil && !errors.Is(err, store.NotFound) {
		return false, err
	}
	for part := range slices.Chunk(changed, recountStep) {
		err := w.db.Update(ctx, func(tx *store.Tx) error { return tx.CountIssues(ctx, list[0].Document, part) })
		if err != nil {
			return false, err
		}
	}
	return true, w.db.Update(ctx, func(tx *store.Tx) error { return tx.IssuesUpdated(ctx, list[0]) })
}

// recountStep is how many segments are changed in one transaction.
const recountStep = 200

// recountDocument returns the segments that have other issues now than they are
// listed with.
func (w *Workbench) recountDocument(ctx context.Context, id tm.DocumentID) ([]store.IssueCount, error) {
	d, err := w.db.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := w.db.Project(ctx, d.Project, 0)
	if err != nil {
		return nil, err
	}
	rows, err := w.db.Rows(ctx, id, -1)
	if err != nil {
		return nil, err
	}
	c, err := w.checker(ctx, w.db, p, d, 0)
	if err != nil {
		return nil, err
	}
	var changed []store.IssueCount
	for _, r := range rows {
		if n := issueCount(r, c.check(r)); n.Errors != r.Errors || n.Warnings != r.Warnings {
			changed = append(changed, n)
		}
	}
	return changed, ctx.Err()
}
