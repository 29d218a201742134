package web

import (
	"context"
	"net/http"
	"net/url"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// dismiss takes the JSON of the editor and the form of the list of issues.
func (s *Server) dismiss(v *visit) error {
	if v.sentForm() {
		return v.dismissByForm()
	}
	var in dismissJSON
	return v.change(&in, func(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID) (workbench.Saved, error) {
		return s.decide(ctx, a, d, id, in)
	})
}

func (s *Server) decide(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID, in dismissJSON) (workbench.Saved, error) {
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
}

// dismissByForm lets an issue be, or takes that back with the field reopen. The
// fields may stand in the query too: so does the way back in the message.
func (v *visit) dismissByForm() error {
	document, segment, err := v.segment()
	if err != nil {
		return err
	}
	back := localPath(v.r.FormValue("back"), v.issuesPath(document))
	in, err := v.dismissal()
	if err == nil {
		_, err = v.s.decide(v.ctx(), v.actor(), document, segment, in)
	}
	if err != nil {
		return v.excuse(err, back)
	}
	if in.Reason == "" {
		v.done("issues.reopened")
		return v.redirect(back)
	}
	v.undoable(v.reopenPath(back), "issues.dismissed")
	return v.redirect(back)
}

// reopenPath takes back what the form of the visit has dismissed.
func (v *visit) reopenPath(back string) string {
	values := url.Values{"reopen": {"1"}, "back": {back}}
	for _, name := range []string{"revision", "code", "side", "start", "end"} {
		values.Set(name, v.r.FormValue(name))
	}
	return withQuery(v.r.URL.Path, values)
}

func (v *visit) dismissal() (in dismissJSON, err error) {
	in.Code, in.Side = v.r.FormValue("code"), tm.Side(v.r.FormValue("side"))
	in.Reason = v.text("reason")
	if (in.Reason == "") == (v.r.FormValue("reopen") == "") {
		return in, tm.NewError(tm.Invalid, "reason.empty")
	}
	if in.Revision, err = idOf(v.r.FormValue("revision")); err != nil {
		return in, err
	}
	if in.Start, err = v.number("start"); err != nil {
		return in, err
	}
	in.End, err = v.number("end")
	return in, err
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
