package workbench

import (
	"context"
	"errors"

	"tarjoman/tm"
	"tarjoman/tm/lang"
	"tarjoman/tm/memory"
	"tarjoman/tm/qa"
	"tarjoman/tm/store"
)

// TypographyFix is what the safe typographic fixes would make of a segment.
type TypographyFix struct {
	Row   Row
	Fixed tm.Content
	Diff  []tm.Diff
}

// PreviewTypography lists the segments of a document whose target the safe
// typographic fixes would change. Approved ones are left alone.
func (w *Workbench) PreviewTypography(ctx context.Context, a Actor, d tm.DocumentID) ([]TypographyFix, error) {
	_, p, err := accessDocument(ctx, w.db, a, d, Translate)
	if err != nil {
		return nil, err
	}
	rows, err := w.db.Rows(ctx, d, -1)
	var list []TypographyFix
	for _, r := range rows {
		if fixed, changed := fixTypography(p, r); changed {
			diff := memory.Diff(lang.For(p.Target), r.Target.Text, fixed.Text)
			list = append(list, TypographyFix{r, fixed, diff})
		}
	}
	return list, errors.Join(err, ctx.Err())
}

func fixTypography(p Project, r Row) (tm.Content, bool) {
	if r.State == tm.Approved || r.Target.IsZero() {
		return tm.Content{}, false
	}
	fixed := qa.FixContent(p.Target, r.Target)
	return fixed, fixed.Text != r.Target.Text
}

// FixTypography applies the safe typographic fixes to the segments named, each
// as far as it is still at the revision that was previewed, as one change that
// [Workbench.Undo] takes back. State and author stay.
func (w *Workbench) FixTypography(ctx context.Context, a Actor, d tm.DocumentID, previewed map[tm.SegmentID]int64) ([]Row, int64, error) {
	var rows []Row
	var change int64
	err := w.db.Update(ctx, func(tx *store.Tx) error {
		e := &edit{w: w, ctx: ctx, tx: tx, actor: a}
		var err error
		if e.doc, e.project, err = accessDocument(ctx, tx, a, d, Translate); err != nil {
			return err
		}
		if e.seq, err = tx.NextSeq(ctx, d); err != nil {
			return err
		}
		c := store.Change{Document: d, Kind: "typography", Account: a.Account}
		if change, err = tx.AddChange(ctx, c, w.now()); err != nil {
			return err
		}
		for id, revision := range previewed {
			row, done, err := e.fixTypography(id, revision, change)
			if err != nil {
				return err
			}
			if done {
				rows = append(rows, row)
			}
		}
		return nil
	})
	return rows, change, err
}

func (e *edit) fixTypography(id tm.SegmentID, revision, change int64) (Row, bool, error) {
	var err error
	e.row, err = e.tx.Row(e.ctx, e.doc.ID, id)
	if errors.Is(err, store.NotFound) || err == nil && e.row.Revision != revision {
		return Row{}, false, nil
	}
	if err != nil {
		return Row{}, false, err
	}
	fixed, changed := fixTypography(e.project, e.row)
	if !changed {
		return Row{}, false, nil
	}
	e.row.Target = fixed
	saved, err := e.write(store.Step{Action: "typography", Change: change})
	if err == nil && saved.Row.State == tm.Translated {
		err = e.remember(saved.Row)
	}
	return saved.Row, true, err
}
