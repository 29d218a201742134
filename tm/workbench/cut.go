package workbench

import (
	"context"
	"errors"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/lang"
	"tarjoman/tm/segment"
	"tarjoman/tm/store"
)

// rules returns the segmentation rules of a project: its own SRX file, or ours.
func (w *Workbench) rules(ctx context.Context, p Project) (*segment.Rules, error) {
	srx, err := w.db.SRX(ctx, p.ID)
	if err != nil || srx == "" {
		return segment.For(p.Source), err
	}
	f, err := segment.Load(strings.NewReader(srx))
	if err != nil {
		return nil, err
	}
	return f.Rules(p.Source)
}

// SetSRX gives a project segmentation rules of its own, as an SRX file, for
// documents that are uploaded from now on; an empty one goes back to ours.
func (w *Workbench) SetSRX(ctx context.Context, a Actor, id tm.ProjectID, srx []byte) error {
	p, err := access(ctx, w.db, a, id, ManageProject)
	if err != nil {
		return err
	}
	if len(srx) > 0 {
		if err := acceptSRX(p, srx); err != nil {
			return err
		}
	}
	return w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, id, ManageProject); err != nil {
			return err
		}
		return errors.Join(tx.SetSRX(ctx, id, string(srx)), w.audit(ctx, tx, a, id, "project.srx", p.Name, ""))
	})
}

// acceptSRX reads rules and compiles them for the language of the project.
func acceptSRX(p Project, srx []byte) error {
	f, err := segment.Load(strings.NewReader(string(srx)))
	if err != nil {
		return err
	}
	_, err = f.Rules(p.Source)
	return err
}

// SRX returns the segmentation rules of a project as an SRX file, and whether
// they are its own.
func (w *Workbench) SRX(ctx context.Context, a Actor, id tm.ProjectID) (srx []byte, own bool, err error) {
	if _, err := access(ctx, w.db, a, id, See); err != nil {
		return nil, false, err
	}
	stored, err := w.db.SRX(ctx, id)
	if err != nil || stored != "" {
		return []byte(stored), stored != "", err
	}
	var out strings.Builder
	err = segment.Builtin().Write(&out)
	return []byte(out.String()), false, err
}

// Split cuts a segment in two at a place in its source, in bytes, strictly
// inside the text. The target is cut where the rules of its language end its
// first sentence, if they do; else all of it stays with the first part. Both
// parts are drafts, or new without a target. It returns both.
func (w *Workbench) Split(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID, revision int64, at int) ([]Row, error) {
	var made tm.SegmentID
	saved, err := w.editSegment(ctx, a, d, s, revision, Translate, never, func(e *edit) (Saved, error) {
		if err := e.mayCut(e.row); err != nil {
			return Saved{}, err
		}
		first, second, err := e.halves(at)
		if err != nil {
			return Saved{}, err
		}
		if err := e.tx.ShiftSegments(ctx, d, e.row.Index+1, 1, e.seq); err != nil {
			return Saved{}, err
		}
		if made, err = e.tx.AddSegment(ctx, second, e.seq); err != nil {
			return Saved{}, err
		}
		return e.recut(first, made, second.Target)
	})
	if err != nil {
		return nil, err
	}
	second, err := w.db.Row(ctx, d, made)
	return []Row{saved.Row, second}, err
}

// mayCut refuses segments that are approved, for everybody: what was approved
// is the sentence as it stands.
func (e *edit) mayCut(r Row) error {
	if r.State == tm.Approved {
		return tm.NewError(tm.Conflict, "segment.approved")
	}
	return nil
}

// halves cuts the row at a place in its source. White space around the cut
// belongs to neither half.
func (e *edit) halves(at int) (first, second Row, err error) {
	text := e.row.Source.Text
	if at <= 0 || at >= len(text) || !startsRune(text, at) {
		return first, second, tm.NewError(tm.Invalid, "segment.cut")
	}
	left := strings.TrimRight(text[:at], " \t\n\r\u00a0")
	right := strings.TrimLeft(text[at:], " \t\n\r\u00a0")
	if left == "" || right == "" {
		return first, second, tm.NewError(tm.Invalid, "segment.cut")
	}
	first, second = e.row, Row{}
	second.Document, second.Block, second.Index, second.Trail = e.row.Document, e.row.Block, e.row.Index+1, e.row.Trail
	gap := len(text) - len(right)
	first.Source, first.Trail = e.row.Source.Slice(0, len(left)), text[len(left):gap]
	second.Source = e.row.Source.Slice(gap, len(text))
	first.Target, second.Target = e.halfTargets()
	e.describe(&first)
	e.describe(&second)
	return first, second, nil
}

func startsRune(s string, at int) bool { return s[at]&0xC0 != 0x80 }

// describe computes what is derived from the source of a row.
func (e *edit) describe(r *Row) {
	r.Key = repetitionKey(lang.For(e.project.Source), r.Source)
	r.Words = lang.Count(r.Source.Text).Words
}

func (e *edit) halfTargets() (first, second tm.Content) {
	parts := segment.For(e.project.Target).Split(e.row.Target)
	if len(parts) < 2 {
		return e.row.Target, tm.Content{}
	}
	cut := len(parts[0].Lead) + len(parts[0].Content.Text)
	rest := cut + len(parts[0].Trail)
	return e.row.Target.Slice(0, cut), e.row.Target.Slice(rest, len(e.row.Target.Text))
}

// recut writes the first half over the segment and the target of the second.
func (e *edit) recut(first Row, second tm.SegmentID, target tm.Content) (Saved, error) {
	if err := e.tx.MoveSegment(e.ctx, first, true, e.seq); err != nil {
		return Saved{}, err
	}
	e.row = first
	saved, err := e.writeDraft("split", first.Target)
	if err != nil || target.IsZero() {
		return saved, err
	}
	if e.row, err = e.tx.Row(e.ctx, e.doc.ID, second); err != nil {
		return saved, err
	}
	_, err = e.writeDraft("split", target)
	return saved, err
}

// writeDraft makes a target the draft of the row.
func (e *edit) writeDraft(action string, target tm.Content) (Saved, error) {
	e.row.Target, e.row.State, e.row.Author, e.row.Reason = target, tm.Draft, e.actor.Account, ""
	e.row.Filled, e.row.FilledBy = 0, ""
	if target.IsZero() {
		e.row.State = tm.New
	}
	return e.write(store.Step{Action: action})
}

// Merge joins a segment with the next one of its block. The targets are joined
// too; the result is a draft, or new without a target. The history of the
// second is kept in the database.
func (w *Workbench) Merge(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID, revision int64) (Saved, error) {
	return w.editSegment(ctx, a, d, s, revision, Translate, never, func(e *edit) (Saved, error) {
		next, err := e.tx.RowAt(ctx, d, e.row.Index+1)
		if errors.Is(err, store.NotFound) || err == nil && next.Block != e.row.Block {
			return Saved{}, tm.NewError(tm.Invalid, "segment.last_of_block")
		}
		if err != nil {
			return Saved{}, err
		}
		if err := errors.Join(e.mayCut(e.row), e.mayCut(next)); err != nil {
			return Saved{}, err
		}
		return e.merge(next)
	})
}

func (e *edit) merge(next Row) (Saved, error) {
	if err := e.tx.MoveSegment(e.ctx, next, false, e.seq); err != nil {
		return Saved{}, err
	}
	if err := e.tx.ShiftSegments(e.ctx, e.doc.ID, e.row.Index+2, -1, e.seq); err != nil {
		return Saved{}, err
	}
	gap := tm.Plain(e.row.Trail + next.Lead)
	target := e.row.Target
	switch {
	case target.IsZero():
		target = next.Target
	case !next.Target.IsZero():
		target = tm.Join(target, tm.Plain(" "), next.Target)
	}
	e.row.Source, e.row.Trail = tm.Join(e.row.Source, gap, next.Source), next.Trail
	e.describe(&e.row)
	if err := e.tx.MoveSegment(e.ctx, e.row, true, e.seq); err != nil {
		return Saved{}, err
	}
	return e.writeDraft("merge", target)
}
