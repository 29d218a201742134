package web

import (
	"context"
	"net/http"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

func (s *Server) dismiss(v *visit) error {
	var in dismissJSON
	return v.change(&in, func(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID) (workbench.Saved, error) {
		row, err := s.work.Segment(ctx, a, d, id)
		if err != nil {
			return workbench.Saved{}, err
		}
		text := row.Target.Text
		if in.Side == tm.SourceSide {
			text = row.Source.Text
		}
		from, to, ok := bytesOf(text, in.Start, in.End)
		if !ok {
			return workbench.Saved{}, errUnreadable
		}
		ref := workbench.IssueRef{Code: in.Code, Side: in.Side, From: from, To: to}
		return s.work.Dismiss(ctx, a, d, id, in.Revision, ref, in.Reason)
	})
}

// bytesOf is the inverse of units; ok is false for offsets outside the text or
// out of order.
func bytesOf(text string, start, end int) (from, to int, ok bool) {
	c, ok := tm.FromUTF16(text, []tm.Code{{Pos: start}, {Pos: end}})
	if !ok || start < 0 || start > end {
		return 0, 0, false
	}
	return c.Codes[0].Pos, c.Codes[1].Pos, true
}

func (s *Server) split(v *visit) error {
	var in splitJSON
	return v.cut(&in, func(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID) error {
		row, err := s.work.Segment(ctx, a, d, id)
		if err != nil {
			return err
		}
		at, _, ok := bytesOf(row.Source.Text, in.At, in.At)
		if !ok {
			return errUnreadable
		}
		_, err = s.work.Split(ctx, a, d, id, in.Revision, at)
		return err
	})
}

func (s *Server) merge(v *visit) error {
	var in mergeJSON
	return v.cut(&in, func(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID) error {
		_, err := s.work.Merge(ctx, a, d, id, in.Revision)
		return err
	})
}

// cut is the way of a change of the segments themselves: every number behind
// them moves, so that the answer is the whole list.
func (v *visit) cut(in any, act func(context.Context, workbench.Actor, tm.DocumentID, tm.SegmentID) error) error {
	document, segment, err := v.segment()
	if err != nil {
		return err
	}
	if err := v.bind(in); err != nil {
		return err
	}
	if err := act(v.ctx(), v.actor(), document, segment); err != nil {
		return err
	}
	rows, seq, err := v.s.work.Segments(v.ctx(), v.actor(), document, -1)
	if err != nil {
		return err
	}
	return v.json(http.StatusOK, segmentListJSON{seq, segmentsOut(rows)})
}

func (s *Server) previewTypography(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	fixes, err := s.work.PreviewTypography(v.ctx(), v.actor(), document.ID)
	if err != nil {
		return err
	}
	out := typographyPreviewJSON{make([]typographyEntryJSON, len(fixes))}
	for i, f := range fixes {
		out.Fixes[i] = typographyEntryJSON{f.Row.ID, f.Row.Index, f.Row.Revision, diffOut(f.Diff)}
	}
	return v.json(http.StatusOK, out)
}

func (s *Server) fixTypography(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	var in typographyFixJSON
	if err := v.bind(&in); err != nil {
		return err
	}
	chosen := make(map[tm.SegmentID]int64, len(in.Segments))
	for _, c := range in.Segments {
		chosen[c.ID] = c.Revision
	}
	rows, change, err := s.work.FixTypography(v.ctx(), v.actor(), document.ID, chosen)
	if err != nil {
		return err
	}
	return v.json(http.StatusOK, typographyFixedJSON{segmentsOut(rows), change})
}
