package workbench

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

func baseOf(tag language.Tag) string {
	base, _ := tag.Base()
	return base.String()
}

// Segments lists the segments of a document that changed after the answer that
// gave since; all of them for -1. Pass the returned counter next time.
func (w *Workbench) Segments(ctx context.Context, a Actor, id tm.DocumentID, since int64) ([]Row, int64, error) {
	if _, _, err := accessDocument(ctx, w.db, a, id, See); err != nil {
		return nil, 0, err
	}
	// The counter is read first: what changes in between is listed twice
	// rather than never.
	seq, err := w.db.Seq(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	rows, err := w.db.Rows(ctx, id, since)
	return rows, seq, err
}

// Segment returns one segment of a document.
func (w *Workbench) Segment(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID) (Row, error) {
	if _, _, err := accessDocument(ctx, w.db, a, d, See); err != nil {
		return Row{}, err
	}
	return w.db.Row(ctx, d, s)
}

// edit is one change of a segment on its way through a transaction.
type edit struct {
	w       *Workbench
	ctx     context.Context
	tx      *store.Tx
	actor   Actor
	doc     Document
	project Project
	row     Row
	seq     int64
}

// editSegment loads a segment for an actor who may do action and runs change.
// A revision that is not the current one is a *[StaleError], unless retried
// says that the segment is already as this change would make it.
func (w *Workbench) editSegment(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID, revision int64,
	action Action, retried func(*edit) bool, change func(*edit) (Saved, error)) (Saved, error) {
	var saved Saved
	var e *edit
	err := w.db.Update(ctx, func(tx *store.Tx) error {
		e = &edit{w: w, ctx: ctx, tx: tx, actor: a}
		var err error
		if e.doc, e.project, err = accessDocument(ctx, tx, a, d, action); err != nil {
			return err
		}
		if e.row, err = tx.Row(ctx, d, s); err != nil {
			return err
		}
		if e.row.Revision != revision {
			if !retried(e) {
				return &StaleError{Current: e.row}
			}
			saved, err = e.answer()
			return err
		}
		if e.seq, err = tx.NextSeq(ctx, d); err != nil {
			return err
		}
		saved, err = change(e)
		return err
	})
	if err == nil {
		w.addAcrossIssues(ctx, e, &saved)
	}
	return saved, err
}

// addAcrossIssues adds what the whole document shows to the answer of a change
// that is done: it cannot fail any more.
func (w *Workbench) addAcrossIssues(ctx context.Context, e *edit, saved *Saved) {
	c, err := w.checker(ctx, w.db, e.project, e.doc, saved.Row.ID)
	if err != nil {
		w.report(err)
		return
	}
	saved.Issues = append(saved.Issues, w.acrossIssues(ctx, c, e.doc, saved.Row, saved.Issues)...)
}

func never(*edit) bool { return false }

// answer is the row as it stands, with its issues.
func (e *edit) answer() (Saved, error) {
	issues, err := e.issues(e.row)
	return Saved{Row: e.row, Issues: issues}, err
}

func (e *edit) issues(r Row) ([]tm.Issue, error) {
	c, err := e.w.checker(e.ctx, e.tx, e.project, e.doc, r.ID)
	if err != nil {
		return nil, err
	}
	return c.check(r), nil
}

// write counts the issues of the row, stores it as a new revision and answers.
func (e *edit) write(step store.Step) (Saved, error) {
	issues, err := e.issues(e.row)
	if err != nil {
		return Saved{}, err
	}
	e.row.Errors, e.row.Warnings = countIssues(issues)
	step.At, step.By = e.w.now(), e.actor.Account
	if err := e.tx.SetTarget(e.ctx, &e.row, step, e.seq); err != nil {
		return Saved{}, err
	}
	// Read again for the author's name and the count of repetitions.
	e.row, err = e.tx.Row(e.ctx, e.doc.ID, e.row.ID)
	return Saved{Row: e.row, Issues: issues}, err
}

// Save keeps a target: as draft while typing, as translated when the translator
// confirms. Confirming puts the pair into the memory the project writes and
// fills repetitions. A draft that changes nothing is no new revision. The same
// edit sent again after its answer was lost is answered as before.
func (w *Workbench) Save(ctx context.Context, a Actor, d tm.DocumentID, e Edit) (Saved, error) {
	if err := checkEdit(e); err != nil {
		return Saved{}, err
	}
	retried := func(x *edit) bool {
		return x.row.Revision == e.Revision+1 && x.row.Author == a.Account && x.row.Target.Equal(e.Target) &&
			(x.row.State == e.State || x.row.State == tm.New)
	}
	return w.editSegment(ctx, a, d, e.Segment, e.Revision, Translate, retried, func(x *edit) (Saved, error) {
		if x.row.State == tm.Approved && !May(x.project, Review) {
			return Saved{}, tm.NewError(tm.Forbidden, "segment.approved")
		}
		same := x.row.Target.Equal(e.Target)
		if same && (e.State == tm.Draft && x.row.State != tm.Rejected || e.State == x.row.State) {
			return x.answer()
		}
		return x.save(e)
	})
}

// maxTarget is the longest target, in bytes, and maxCodes the most codes in it.
const (
	maxTarget = 256 << 10
	maxCodes  = 2000
)

func checkEdit(e Edit) error {
	switch {
	case e.State != tm.Draft && e.State != tm.Translated:
		return tm.NewError(tm.Invalid, "segment.state")
	case len(e.Target.Text) > maxTarget || len(e.Target.Codes) > maxCodes:
		return tm.NewError(tm.TooLarge, "segment.too_long", "limit_kb", maxTarget>>10)
	case !utf8.ValidString(e.Target.Text) || strings.ContainsRune(e.Target.Text, 0):
		return tm.NewError(tm.Invalid, "segment.malformed")
	case e.State == tm.Translated && strings.TrimSpace(e.Target.Text) == "" && len(e.Target.Codes) == 0:
		return tm.NewError(tm.Invalid, "segment.empty")
	}
	return nil
}

func (e *edit) save(want Edit) (Saved, error) {
	e.row.Target, e.row.State, e.row.Author = want.Target, want.State, e.actor.Account
	e.row.Filled, e.row.FilledBy, e.row.Reason = want.Filled, want.FilledBy, ""
	action := "confirm"
	if want.State == tm.Draft {
		action = "save"
		if want.Target.IsZero() {
			e.row.State = tm.New
		}
	}
	saved, err := e.write(store.Step{Action: action})
	if err == nil {
		err = e.used(want.Unit)
	}
	if err != nil || want.State != tm.Translated {
		return saved, err
	}
	if err := e.remember(e.row); err != nil {
		return saved, err
	}
	if e.project.Settings.Propagate {
		err = e.propagate(&saved)
	}
	return saved, err
}

// used counts that a unit was put into a target, when it is of a memory the
// project reads.
func (e *edit) used(id tm.UnitID) error {
	if id == 0 {
		return nil
	}
	memories, err := e.tx.UsedMemories(e.ctx, e.project.ID)
	if err != nil {
		return err
	}
	for _, m := range memories {
		_, err := e.tx.Unit(e.ctx, m.ID, id)
		if err == nil && m.Read {
			return e.tx.UseUnit(e.ctx, id, e.w.now())
		}
		if err != nil && !errors.Is(err, store.NotFound) {
			return err
		}
	}
	return nil
}

// remember puts a row into the memory the project writes, if it has one.
func (e *edit) remember(r Row) error {
	m, err := writeMemory(e.ctx, e.tx, e.project.ID)
	if err != nil || m == 0 {
		return err
	}
	previous, next, err := e.tx.Neighbours(e.ctx, e.doc.ID, r.Index)
	if err != nil {
		return err
	}
	u := unitOf(r, e.doc, e.project, previous, next, r.AuthorName)
	u.Memory = m
	return e.tx.PutSegmentUnit(e.ctx, r.ID, u, e.w.unitStep(e.actor, "confirm"))
}

// writeMemory returns the memory a project writes, 0 for none.
func writeMemory(ctx context.Context, r memoriesReader, p tm.ProjectID) (tm.MemoryID, error) {
	list, err := r.UsedMemories(ctx, p)
	for _, m := range list {
		if m.Write {
			return m.ID, err
		}
	}
	return 0, err
}

// propagate gives the confirmed target to the repetitions nobody has worked on:
// those without a target and those an earlier propagation or a match filled.
func (e *edit) propagate(saved *Saved) error {
	repetitions, err := e.tx.Repetitions(e.ctx, e.doc.ID, e.row.Key, e.row.ID)
	if err != nil {
		return err
	}
	source := e.row
	for _, r := range repetitions {
		untouched := r.State == tm.New || r.State == tm.Draft && r.FilledBy != "" || r.FilledBy == repetition && r.State == tm.Translated
		if !untouched || r.State == tm.Translated && r.Target.Equal(source.Target) {
			continue
		}
		if saved.Change == 0 {
			c := store.Change{Document: e.doc.ID, Kind: "propagate", Account: e.actor.Account}
			if saved.Change, err = e.tx.AddChange(e.ctx, c, e.w.now()); err != nil {
				return err
			}
		}
		e.row = r
		e.row.Target, e.row.State, e.row.Author = fitCodes(source, r), tm.Translated, e.actor.Account
		e.row.Filled, e.row.FilledBy, e.row.Reason = 100, repetition, ""
		s, err := e.write(store.Step{Action: "propagate", Change: saved.Change})
		if err != nil {
			return err
		}
		saved.Propagated = append(saved.Propagated, s.Row)
	}
	e.row = source
	return nil
}

// repetition marks segments that auto-propagation filled.
const repetition = "repetition"

// fitCodes gives the target of one repetition to another, whose codes may have
// other numbers: the nth distinct code of the one is the nth of the other.
func fitCodes(from, to Row) tm.Content {
	ids := map[int]int{}
	for i, c := range from.Source.Codes {
		if i < len(to.Source.Codes) {
			ids[c.ID] = to.Source.Codes[i].ID
		}
	}
	target := tm.Content{Text: from.Target.Text}
	for _, c := range from.Target.Codes {
		if id, ok := ids[c.ID]; ok {
			c.ID = id
		}
		target.Codes = append(target.Codes, c)
	}
	return target
}

// Approve accepts a segment at a revision. While a glossary error stands it is
// refused with a *[GateError], unless override is a written reason, which is
// kept with the version and in the audit log. With four eyes nobody approves
// what he wrote himself.
func (w *Workbench) Approve(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID, revision int64, override string) (Saved, error) {
	override, err := cleanReason(override)
	if err != nil {
		return Saved{}, err
	}
	retried := func(e *edit) bool { return e.row.Revision == revision+1 && e.row.State == tm.Approved }
	return w.editSegment(ctx, a, d, s, revision, Review, retried, func(e *edit) (Saved, error) {
		switch {
		case e.row.State == tm.Approved:
			return e.answer()
		case strings.TrimSpace(e.row.Target.Text) == "" && len(e.row.Target.Codes) == 0:
			return Saved{}, tm.NewError(tm.Invalid, "segment.empty")
		case e.project.Settings.FourEyes && e.row.Author == a.Account:
			return Saved{}, tm.NewError(tm.Forbidden, "segment.own")
		}
		return e.approve(override)
	})
}

func (e *edit) approve(override string) (Saved, error) {
	issues, err := e.issues(e.row)
	if err != nil {
		return Saved{}, err
	}
	gate := gateIssues(issues)
	step := store.Step{Action: "approve"}
	switch {
	case len(gate) > 0 && override == "":
		return Saved{}, &GateError{Issues: gate, Source: e.row.Source, Target: e.row.Target}
	case len(gate) > 0:
		step.Reason = override
		detail := strings.Join(issueCodes(gate), " ") + ": " + override
		if err := e.w.audit(e.ctx, e.tx, e.actor, e.project.ID, "segment.override", e.doc.Name, detail); err != nil {
			return Saved{}, err
		}
	}
	e.row.State, e.row.Reason = tm.Approved, ""
	saved, err := e.write(step)
	if err != nil {
		return saved, err
	}
	if err := e.tx.AddOverrides(e.ctx, e.row.ID, e.row.Revision, overridesOf(gate)); err != nil {
		return saved, err
	}
	return saved, e.remember(e.row)
}

// gateIssues are those that stand in the way of an approval: glossary errors.
func gateIssues(issues []tm.Issue) []tm.Issue {
	var gate []tm.Issue
	for _, i := range issues {
		if i.Severity == tm.SeverityError && i.Dismissed == "" && strings.HasPrefix(i.Code, "glossary_") {
			gate = append(gate, i)
		}
	}
	return gate
}

func issueCodes(issues []tm.Issue) []string {
	codes := make([]string, len(issues))
	for i, issue := range issues {
		codes[i] = issue.Code
	}
	return codes
}

// maxReason is the longest reason, in runes.
const maxReason = 2000

func cleanReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > maxReason || !utf8.ValidString(reason) {
		return "", tm.NewError(tm.Invalid, "reason.too_long", "limit", maxReason)
	}
	return reason, nil
}

// Reject sends a segment back with a reason. Its unit, if it gave one, counts
// as a draft from then on.
func (w *Workbench) Reject(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID, revision int64, reason string) (Saved, error) {
	reason, err := cleanReason(reason)
	if err == nil && reason == "" {
		err = tm.NewError(tm.Invalid, "reason.empty")
	}
	if err != nil {
		return Saved{}, err
	}
	retried := func(e *edit) bool { return e.row.Revision == revision+1 && e.row.State == tm.Rejected }
	return w.editSegment(ctx, a, d, s, revision, Review, retried, func(e *edit) (Saved, error) {
		if e.row.State == tm.New {
			return Saved{}, tm.NewError(tm.Invalid, "segment.empty")
		}
		e.row.State, e.row.Reason = tm.Rejected, reason
		return e.withdraw(store.Step{Action: "reject", Reason: reason})
	})
}

// withdraw writes the row, and its unit when it had given one.
func (e *edit) withdraw(step store.Step) (Saved, error) {
	saved, err := e.write(step)
	if err != nil {
		return saved, err
	}
	m, err := writeMemory(e.ctx, e.tx, e.project.ID)
	if err != nil || m == 0 {
		return saved, err
	}
	if id, err := e.tx.SegmentUnit(e.ctx, m, e.row.ID); err != nil || id == 0 {
		return saved, err
	}
	return saved, e.remember(e.row)
}

// Reopen takes an approval back; the segment counts as translated again.
func (w *Workbench) Reopen(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID, revision int64) (Saved, error) {
	return w.editSegment(ctx, a, d, s, revision, Review, never, func(e *edit) (Saved, error) {
		if e.row.State != tm.Approved {
			return e.answer()
		}
		e.row.State = tm.Translated
		return e.withdraw(store.Step{Action: "reopen"})
	})
}

// RestoreVersion makes an old version the target again, as a draft.
func (w *Workbench) RestoreVersion(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID, revision, version int64) (Saved, error) {
	return w.editSegment(ctx, a, d, s, revision, Translate, never, func(e *edit) (Saved, error) {
		if e.row.State == tm.Approved && !May(e.project, Review) {
			return Saved{}, tm.NewError(tm.Forbidden, "segment.approved")
		}
		v, err := e.tx.Version(ctx, s, version)
		if err != nil {
			return Saved{}, err
		}
		e.row.Target, e.row.State, e.row.Author, e.row.Reason = v.Target, tm.Draft, a.Account, ""
		if v.Target.IsZero() {
			e.row.State = tm.New
		}
		e.row.Filled, e.row.FilledBy = v.Filled, v.FilledBy
		return e.write(store.Step{Action: "restore"})
	})
}

// History lists the versions of a segment, newest first, each with what it
// changed.
func (w *Workbench) History(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID) ([]Version, error) {
	_, p, err := accessDocument(ctx, w.db, a, d, See)
	if err != nil {
		return nil, err
	}
	if _, err := w.db.Row(ctx, d, s); err != nil {
		return nil, err
	}
	stored, err := w.db.History(ctx, s)
	list := make([]Version, len(stored))
	profile := lang.For(p.Target)
	for i, v := range stored {
		before := ""
		if i+1 < len(stored) {
			before = stored[i+1].Target.Text
		}
		list[i] = Version{Version: v, Diff: memory.Diff(profile, before, v.Target.Text)}
	}
	return list, err
}

// Undo takes a change of many segments back: each that is still as the change
// left it gets its state and target from before. Its author may, and reviewers.
func (w *Workbench) Undo(ctx context.Context, a Actor, d tm.DocumentID, change int64) ([]Row, error) {
	var undone []Row
	err := w.db.Update(ctx, func(tx *store.Tx) error {
		e := &edit{w: w, ctx: ctx, tx: tx, actor: a}
		var err error
		if e.doc, e.project, err = accessDocument(ctx, tx, a, d, Translate); err != nil {
			return err
		}
		c, err := tx.Change(ctx, d, change)
		switch {
		case err != nil:
			return err
		case c.Account != a.Account && !May(e.project, Review):
			return tm.NewError(tm.Forbidden, "forbidden")
		case c.Undone:
			return nil
		}
		if e.seq, err = tx.NextSeq(ctx, d); err != nil {
			return err
		}
		if undone, err = e.undo(change); err != nil {
			return err
		}
		return tx.MarkUndone(ctx, change)
	})
	return undone, err
}

func (e *edit) undo(change int64) ([]Row, error) {
	changed, err := e.tx.Changed(e.ctx, change)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for id, revision := range changed {
		row, err := e.tx.Row(e.ctx, e.doc.ID, id)
		if errors.Is(err, store.NotFound) || err == nil && row.Revision != revision {
			continue
		}
		if err != nil {
			return nil, err
		}
		if e.row, err = e.before(row); err != nil {
			return nil, err
		}
		saved, err := e.write(store.Step{Action: "undo"})
		if err != nil {
			return nil, err
		}
		rows = append(rows, saved.Row)
	}
	return rows, nil
}

// before is the row with the target and state of the version before its
// current one.
func (e *edit) before(r Row) (Row, error) {
	v := store.Version{State: tm.New}
	if r.Revision > 1 {
		var err error
		if v, err = e.tx.Version(e.ctx, r.ID, r.Revision-1); err != nil {
			return r, err
		}
	}
	r.Target, r.State, r.Author, r.Filled, r.FilledBy = v.Target, v.State, v.Account, v.Filled, v.FilledBy
	r.Reason = ""
	if v.State == tm.Rejected {
		r.Reason = v.Reason
	}
	return r, nil
}
