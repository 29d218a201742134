package workbench

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/lang"
	"tarjoman/tm/qa"
	"tarjoman/tm/segment"
	"tarjoman/tm/store"
)

// checker finds what is wrong with segments of one project: the checks of
// tm/qa, the glossary, and what takes the history of a segment to know. Issues
// have the severity the project gives them; those somebody dismissed for the
// present text say why.
type checker struct {
	project    Project
	terms      *compiled
	dismissals map[tm.SegmentID][]store.Dismissal
}

// checkReader is what *store.DB and *store.Tx offer to check segments.
type checkReader interface {
	glossaryReader
	Dismissals(context.Context, tm.DocumentID, tm.SegmentID) (map[tm.SegmentID][]store.Dismissal, error)
}

// checker prepares to check segments of a document: one of them, or all for 0.
func (w *Workbench) checker(ctx context.Context, r checkReader, p Project, d Document, s tm.SegmentID) (*checker, error) {
	terms, err := w.terms(ctx, r, p, d.Date)
	if err != nil {
		return nil, err
	}
	dismissals, err := r.Dismissals(ctx, d.ID, s)
	return &checker{p, terms, dismissals}, err
}

// check finds what is wrong with a row, the gravest first. A segment without a
// target has no issues yet.
func (c *checker) check(r Row) []tm.Issue {
	if r.Target.IsZero() {
		return nil
	}
	pair := c.pair(r)
	terms := c.terms.Mend(r.Source.Text, r.Target.Text, c.terms.Issues(r.Source, r.Target))
	issues := append(terms, qa.Run(pair)...)
	issues = append(issues, c.uneditedFuzzy(r)...)
	issues = append(issues, c.tooLong(r)...)
	return c.settle(r, append(issues, c.sentenceCount(r)...))
}

func (c *checker) pair(r Row) qa.Pair {
	return qa.Pair{Source: r.Source, Target: r.Target, SourceLang: c.project.Source, TargetLang: c.project.Target}
}

// uneditedFuzzy reports a fuzzy match that was confirmed as it came.
func (c *checker) uneditedFuzzy(r Row) []tm.Issue {
	confirmed := r.State == tm.Translated || r.State == tm.Approved
	if !confirmed || r.Filled == 0 || r.Filled >= 100 || r.FilledBy == repetition {
		return nil
	}
	return []tm.Issue{{
		Code: "fuzzy_unedited", Severity: tm.SeverityWarning, Side: tm.TargetSide, Args: map[string]any{"score": r.Filled},
	}}
}

// tooLong reports a target with more characters than the project allows, from
// the first that is too many.
func (c *checker) tooLong(r Row) []tm.Issue {
	limit := c.project.Settings.MaxLength
	if limit == 0 {
		return nil
	}
	n := 0
	for at := range r.Target.Text {
		if n++; n > limit {
			return []tm.Issue{{
				Code: "too_long", Severity: tm.SeverityError, Side: tm.TargetSide, From: at, To: len(r.Target.Text),
				Args: map[string]any{"limit": limit, "count": lang.Count(r.Target.Text).Characters},
			}}
		}
	}
	return nil
}

// sentenceCount reports a translation with fewer or more sentences than its
// source (PERSIAN.md B16).
func (c *checker) sentenceCount(r Row) []tm.Issue {
	source := len(segment.For(c.project.Source).SplitText(r.Source.Text))
	target := len(segment.For(c.project.Target).SplitText(r.Target.Text))
	if source == target || source == 0 || target == 0 {
		return nil
	}
	return []tm.Issue{{
		Code: "segment_count", Severity: tm.SeverityInfo, Side: tm.TargetSide,
		Args: map[string]any{"source": source, "target": target},
	}}
}

// settle gives issues the severities of the project, drops those it turned off,
// marks those dismissed, and puts the gravest first.
func (c *checker) settle(r Row, issues []tm.Issue) []tm.Issue {
	kept := issues[:0]
	for _, i := range issues {
		if s := c.project.Settings.Checks[i.Code]; s != "" {
			i.Severity = tm.Severity(s)
		}
		if i.Severity == severityOff {
			continue
		}
		i.Dismissed = c.dismissed(r, i)
		kept = append(kept, i)
	}
	slices.SortStableFunc(kept, func(a, b tm.Issue) int {
		return cmp.Or(cmp.Compare(weight(a), weight(b)), cmp.Compare(a.Side, b.Side), cmp.Compare(a.From, b.From))
	})
	return kept
}

// severityOff is what a project calls a check it does not want.
const severityOff tm.Severity = "off"

// CheckSeverities lists every check with the severity it has by itself, by
// code. Glossary issues are not among them: see [TermSeverity].
func CheckSeverities() map[string]tm.Severity {
	all := map[string]tm.Severity{
		"fuzzy_unedited": tm.SeverityWarning, "segment_count": tm.SeverityInfo, "too_long": tm.SeverityError,
		glossary.AcronymFirstCode: tm.SeverityWarning, glossary.InconsistentNameCode: tm.SeverityWarning,
		"inconsistent_translation": tm.SeverityWarning, "inconsistent_elsewhere": tm.SeverityWarning,
	}
	for _, c := range qa.Checks() {
		all[c.ID] = c.Severity
	}
	return all
}

func weight(i tm.Issue) int {
	n := slices.Index([]tm.Severity{tm.SeverityError, tm.SeverityWarning, tm.SeverityInfo}, i.Severity)
	if i.Dismissed != "" {
		n += 3
	}
	return n
}

func (c *checker) dismissed(r Row, i tm.Issue) string {
	for _, d := range c.dismissals[r.ID] {
		if d.Code == i.Code && d.Target == r.Target.Text && d.Mark == markOf(r, i) {
			return d.Reason
		}
	}
	return ""
}

// markOf names what an issue points at, so that a decision about it is found
// again: the side and the text under it.
func markOf(r Row, i tm.Issue) string {
	text := r.Target.Text
	if i.Side == tm.SourceSide {
		text = r.Source.Text
	}
	if i.From < 0 || i.To > len(text) || i.From >= i.To {
		return string(i.Side)
	}
	return string(i.Side) + " " + text[i.From:i.To]
}

// countIssues counts what is open: dismissed issues and hints are not.
func countIssues(issues []tm.Issue) (errors, warnings int) {
	for _, i := range issues {
		switch {
		case i.Dismissed != "":
		case i.Severity == tm.SeverityError:
			errors++
		case i.Severity == tm.SeverityWarning:
			warnings++
		}
	}
	return errors, warnings
}

// issueCount is how many issues a row has as it is.
func issueCount(r Row, issues []tm.Issue) store.IssueCount {
	c := store.IssueCount{Segment: r.ID, Revision: r.Revision}
	c.Errors, c.Warnings = countIssues(issues)
	return c
}

// RowIssues is a segment with what is wrong with it.
type RowIssues struct {
	Row    Row
	Issues []tm.Issue
}

// Issues checks a whole document, each segment for itself and then against the
// others, and lists the segments with issues in order.
func (w *Workbench) Issues(ctx context.Context, a Actor, d tm.DocumentID) ([]RowIssues, error) {
	document, p, err := accessDocument(ctx, w.db, a, d, See)
	if err != nil {
		return nil, err
	}
	rows, err := w.db.Rows(ctx, d, -1)
	if err != nil {
		return nil, err
	}
	c, err := w.checker(ctx, w.db, p, document, 0)
	if err != nil {
		return nil, err
	}
	found := c.checkAll(ctx, rows)
	for _, f := range qa.Consistency(c.pairs(rows)) {
		found[f.Pair] = append(found[f.Pair], c.settle(rows[f.Pair], []tm.Issue{f.Issue})...)
	}
	c.addAcross(rows, found)
	elsewhere, err := w.db.Elsewhere(ctx, d)
	if err != nil {
		return nil, err
	}
	c.addElsewhere(rows, elsewhere, found)
	var list []RowIssues
	for i, issues := range found {
		if len(issues) > 0 {
			list = append(list, RowIssues{rows[i], issues})
		}
	}
	return list, ctx.Err()
}

func (c *checker) pairs(rows []Row) func(func(qa.Pair) bool) {
	return func(yield func(qa.Pair) bool) {
		for _, r := range rows {
			if !yield(c.pair(r)) {
				return
			}
		}
	}
}

// addElsewhere reports segments whose source other documents of the project
// translate, none of them this way.
func (c *checker) addElsewhere(rows []Row, elsewhere []store.Elsewhere, found [][]tm.Issue) {
	byKey := map[string][]store.Elsewhere{}
	for _, e := range elsewhere {
		byKey[e.Key] = append(byKey[e.Key], e)
	}
	profile := lang.For(c.project.Target)
	for i, r := range rows {
		others := byKey[r.Key]
		if len(others) == 0 || r.Target.IsZero() {
			continue
		}
		if slices.ContainsFunc(others, func(e store.Elsewhere) bool {
			equal, _ := profile.Equal(e.Target, r.Target.Text)
			return equal
		}) {
			continue
		}
		found[i] = append(found[i], c.settle(r, []tm.Issue{{
			Code: "inconsistent_elsewhere", Severity: tm.SeverityWarning, Side: tm.TargetSide, To: len(r.Target.Text),
			Args: map[string]any{"other": others[0].Target, "document": others[0].Document},
		}})...)
	}
}

// checkAll checks the rows with one worker a processor.
func (c *checker) checkAll(ctx context.Context, rows []Row) [][]tm.Issue {
	found := make([][]tm.Issue, len(rows))
	var workers sync.WaitGroup
	n := runtime.GOMAXPROCS(0)
	for worker := range n {
		workers.Go(func() {
			for i := worker; i < len(rows) && ctx.Err() == nil; i += n {
				found[i] = c.check(rows[i])
			}
		})
	}
	workers.Wait()
	return found
}

// IssueRef names an issue of a segment: its code, and where it points in the
// texts of the revision.
type IssueRef struct {
	Code     string
	Side     tm.Side
	From, To int // bytes
}

// Dismiss lets an issue be, with a reason, until the target changes. Glossary
// errors are for reviewers only: they stand in the way of an approval. An empty
// reason takes the decision back.
func (w *Workbench) Dismiss(ctx context.Context, a Actor, d tm.DocumentID, s tm.SegmentID, revision int64, ref IssueRef, reason string) (Saved, error) {
	reason, err := cleanReason(reason)
	if err != nil {
		return Saved{}, err
	}
	action := Translate
	if strings.HasPrefix(ref.Code, "glossary_") {
		action = Review
	}
	return w.editSegment(ctx, a, d, s, revision, action, never, func(e *edit) (Saved, error) {
		issue := tm.Issue{Code: ref.Code, Side: ref.Side, From: ref.From, To: ref.To}
		mark := markOf(e.row, issue)
		event, detail := "issue.reopen", ref.Code
		var err error
		if reason == "" {
			err = e.tx.DropDismissal(ctx, s, ref.Code, mark)
		} else {
			event, detail = "issue.dismiss", ref.Code+": "+reason
			err = e.tx.PutDismissal(ctx, store.Dismissal{
				Segment: s, Target: e.row.Target.Text, Code: ref.Code, Mark: mark, Reason: reason,
			}, a.Account, w.now())
		}
		if err == nil {
			err = w.audit(ctx, e.tx, a, e.project.ID, event, e.doc.Name, detail)
		}
		if err != nil {
			return Saved{}, err
		}
		return e.recount()
	})
}

// recount stores how many issues the row has now, without a new revision.
func (e *edit) recount() (Saved, error) {
	issues, err := e.issues(e.row)
	if err != nil {
		return Saved{}, err
	}
	if err := e.tx.SetIssues(e.ctx, issueCount(e.row, issues), e.seq); err != nil {
		return Saved{}, err
	}
	e.row, err = e.tx.Row(e.ctx, e.doc.ID, e.row.ID)
	return Saved{Row: e.row, Issues: issues}, err
}
