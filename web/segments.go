package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

func (v *visit) documentPath(id tm.DocumentID) string {
	return fmt.Sprintf("%s/documents/%d", v.base(), id)
}

// draftKey differs by account and document, so that drafts kept in a shared
// browser never cross.
func (v *visit) draftKey(id tm.DocumentID) string {
	return fmt.Sprintf("tarjoman-%d-%d", v.account.ID, id)
}

func idOf(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, errUnreadable
	}
	return n, nil
}

func (s *Server) segments(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	since, err := idOf(v.query("since"))
	if err != nil {
		return err
	}
	rows, seq, err := s.work.Segments(v.ctx(), v.actor(), document.ID, since)
	if err != nil {
		return err
	}
	return v.json(http.StatusOK, segmentListJSON{seq, segmentsOut(rows)})
}

// segment returns the document and the segment of the path. The workbench
// checks that one belongs to the other.
func (v *visit) segment() (tm.DocumentID, tm.SegmentID, error) {
	document, err := v.document()
	if err != nil {
		return 0, 0, err
	}
	id, err := v.id("segment")
	return document.ID, tm.SegmentID(id), err
}

func (s *Server) assist(v *visit) error {
	document, segment, err := v.segment()
	if err != nil {
		return err
	}
	help, err := s.work.Assist(v.ctx(), v.actor(), document, segment)
	if err != nil {
		return err
	}
	return v.json(http.StatusOK, v.assistJSON(help))
}

func (v *visit) assistJSON(help workbench.Assist) assistJSON {
	out := assistJSON{
		Matches: make([]matchJSON, len(help.Matches)),
		Terms:   make([]termJSON, len(help.Terms)),
		Issues:  v.issuesJSON(help.Issues, help.Source, help.Target),
	}
	for i, m := range help.Matches {
		out.Matches[i] = v.matchJSON(m)
	}
	for i, t := range help.Terms {
		out.Terms[i] = v.termOut(t, help.Source.Text)
	}
	return out
}

func (s *Server) history(v *visit) error {
	document, segment, err := v.segment()
	if err != nil {
		return err
	}
	versions, err := s.work.History(v.ctx(), v.actor(), document, segment)
	if err != nil {
		return err
	}
	out := historyJSON{make([]versionJSON, len(versions))}
	for i, version := range versions {
		out.Versions[i] = versionJSON{
			Revision: version.Revision, At: stamp(version.At), Author: version.Author, State: version.State,
			Action: version.Action, Target: contentOut(version.Target), Reason: version.Reason, Diff: diffOut(version.Diff),
		}
	}
	return v.json(http.StatusOK, out)
}

func (s *Server) saveSegment(v *visit) error {
	var in saveJSON
	return v.change(&in, func(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID) (workbench.Saved, error) {
		target, err := in.Target.content()
		if err != nil {
			return workbench.Saved{}, err
		}
		if in.State != tm.Draft && in.State != tm.Translated {
			return workbench.Saved{}, errUnreadable
		}
		return s.work.Save(ctx, a, d, workbench.Edit{
			Segment: id, Revision: in.Revision, Target: target, State: in.State, Filled: in.Filled, FilledBy: in.FilledBy, Unit: in.Unit,
		})
	})
}

func (s *Server) approve(v *visit) error {
	var in approveJSON
	return v.change(&in, func(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID) (workbench.Saved, error) {
		return s.work.Approve(ctx, a, d, id, in.Revision, in.Override)
	})
}

func (s *Server) reject(v *visit) error {
	var in rejectJSON
	return v.change(&in, func(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID) (workbench.Saved, error) {
		return s.work.Reject(ctx, a, d, id, in.Revision, in.Reason)
	})
}

func (s *Server) reopen(v *visit) error {
	var in reopenJSON
	return v.change(&in, func(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID) (workbench.Saved, error) {
		return s.work.Reopen(ctx, a, d, id, in.Revision)
	})
}

func (s *Server) restoreVersion(v *visit) error {
	var in restoreJSON
	return v.change(&in, func(ctx context.Context, a workbench.Actor, d tm.DocumentID, id tm.SegmentID) (workbench.Saved, error) {
		return s.work.RestoreVersion(ctx, a, d, id, in.Revision, in.Version)
	})
}

// change is the way of every change of one segment: find it, read the body into
// in, act, answer with the segment as it is now.
func (v *visit) change(in any, act func(context.Context, workbench.Actor, tm.DocumentID, tm.SegmentID) (workbench.Saved, error)) error {
	document, segment, err := v.segment()
	if err != nil {
		return err
	}
	if err := v.bind(in); err != nil {
		return err
	}
	saved, err := act(v.ctx(), v.actor(), document, segment)
	if err != nil {
		return err
	}
	return v.json(http.StatusOK, savedJSON{
		Segment:    segmentOut(saved.Row),
		Issues:     v.issuesJSON(saved.Issues, saved.Row.Source, saved.Row.Target),
		Propagated: segmentsOut(saved.Propagated),
		Change:     saved.Change,
	})
}

// undo answers the editor with the segments as they are now, and a plain form
// with the page it came from.
func (s *Server) undo(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	change, err := v.id("change")
	if err != nil {
		return err
	}
	rows, err := s.work.Undo(v.ctx(), v.actor(), document.ID, change)
	if err != nil {
		return v.excuse(err, v.issuesPath(document.ID))
	}
	if !wantsJSON(v.r) {
		v.flash(flash{Kind: "ok", Text: v.N("change.undone", len(rows))})
		return v.redirect(localPath(v.r.FormValue("back"), v.issuesPath(document.ID)))
	}
	return v.json(http.StatusOK, undoneJSON{segmentsOut(rows)})
}

// concordanceStep is how many hits one answer holds.
const concordanceStep = 50

func (s *Server) concordance(v *visit) error {
	if _, err := v.document(); err != nil {
		return err
	}
	side := tm.Side(v.query("side"))
	if side != tm.SourceSide && side != tm.TargetSide {
		return errUnreadable
	}
	hits, err := s.work.Concordance(v.ctx(), v.actor(), v.project.ID, v.query("q"), side, v.offset(), concordanceStep)
	if err != nil {
		return err
	}
	out := concordanceJSON{hits.Total, hits.More, make([]hitJSON, len(hits.List))}
	for i, h := range hits.List {
		out.Hits[i] = hitOut(h, side)
	}
	return v.json(http.StatusOK, out)
}
