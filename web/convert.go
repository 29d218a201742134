package web

import (
	"strings"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/workbench"
)

// From the words of the workbench to the JSON of the editor, and back.

func contentOut(c tm.Content) contentJSON {
	out := contentJSON{Text: c.Text, Codes: []codeJSON{}}
	for _, code := range c.UTF16() {
		out.Codes = append(out.Codes, codeJSON{code.Pos, code.Kind.String(), code.ID, code.Type, code.Data})
	}
	return out
}

// content reads what the browser sends; codes must lie inside the text.
func (in contentJSON) content() (tm.Content, error) {
	codes := make([]tm.Code, len(in.Codes))
	for i, c := range in.Codes {
		kind, ok := tm.ParseCodeKind(c.Kind)
		if !ok {
			return tm.Content{}, errUnreadable
		}
		codes[i] = tm.Code{Pos: c.Pos, Kind: kind, ID: c.ID, Type: c.Type, Data: c.Data}
	}
	content, ok := tm.FromUTF16(in.Text, codes)
	if !ok || strings.ContainsRune(in.Text, 0) {
		return tm.Content{}, errUnreadable
	}
	return content, nil
}

// units counts the UTF-16 units before each of two byte offsets. An offset
// outside the text counts as its end.
func units(text string, from, to int) (start, end int) {
	from = max(0, min(from, len(text)))
	to = max(from, min(to, len(text)))
	codes := tm.Content{Text: text, Codes: []tm.Code{{Pos: from}, {Pos: to}}}.UTF16()
	return codes[0].Pos, codes[1].Pos
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func segmentOut(r workbench.Row) segmentJSON {
	return segmentJSON{
		ID: r.ID, Index: r.Index, Block: r.Block,
		Source: contentOut(r.Source), Target: contentOut(r.Target),
		State: r.State, Revision: r.Revision,
		Author: r.AuthorName, Changed: stamp(r.Changed),
		Filled: r.Filled, FilledBy: r.FilledBy, Words: r.Words, Repetitions: r.Repetitions,
		Reason: r.Reason, Errors: r.Errors, Warnings: r.Warnings,
	}
}

func segmentsOut(rows []workbench.Row) []segmentJSON {
	out := make([]segmentJSON, len(rows))
	for i, r := range rows {
		out[i] = segmentOut(r)
	}
	return out
}

func (p Printer) issuesJSON(issues []tm.Issue, source, target tm.Content) []issueJSON {
	out := make([]issueJSON, len(issues))
	for i, issue := range issues {
		text := target.Text
		if issue.Side == tm.SourceSide {
			text = source.Text
		}
		start, end := units(text, issue.From, issue.To)
		out[i] = issueJSON{
			Code: issue.Code, Severity: issue.Severity, Side: issue.Side,
			Start: start, End: end, Message: p.issue(issue), Dismissed: issue.Dismissed,
		}
		if issue.Fixable {
			out[i].Fix = &issue.Fix
		}
		if issue.Code == glossary.MissingCode {
			out[i].Term, _ = issue.Args["term"].(string)
		}
	}
	return out
}

// issue writes the sentence of an issue; some differ by the side they point at.
func (p Printer) issue(issue tm.Issue) string {
	key := "issue." + issue.Code
	if side := key + "_" + string(issue.Side); p.Has(side) {
		key = side
	}
	return p.Map(key, issue.Args)
}

func (p Printer) matchJSON(o workbench.Offer) matchJSON {
	out := matchJSON{
		Kind: o.Kind, Score: o.Score, Raw: o.Raw,
		Penalties: p.penaltiesJSON(o.Penalties), Diff: diffOut(o.Diff),
		Source: contentOut(o.Source), Target: contentOut(o.Target), Memory: o.MemoryName,
	}
	if u := o.Unit; u != nil {
		out.Unit, out.Author, out.Changed = u.ID, u.Origin.Author, stamp(u.Origin.Changed)
		out.Document, out.State = u.Origin.Document, u.Origin.State
	}
	if o.Original != nil {
		original := contentOut(*o.Original)
		out.Original = &original
	}
	return out
}

func (p Printer) penaltiesJSON(penalties []tm.Penalty) []penaltyJSON {
	out := make([]penaltyJSON, len(penalties))
	for i, penalty := range penalties {
		out[i] = penaltyJSON{penalty.Code, penalty.Points, p.T("penalty." + penalty.Code)}
	}
	return out
}

func diffOut(diff []tm.Diff) []diffJSON {
	out := make([]diffJSON, len(diff))
	for i, d := range diff {
		out[i] = diffJSON(d)
	}
	return out
}

// orEmpty makes JSON say [] instead of null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func hitOut(h workbench.Hit, side tm.Side) hitJSON {
	text := h.Target.Text
	if side == tm.SourceSide {
		text = h.Source.Text
	}
	out := hitJSON{
		Source: contentOut(h.Source), Target: contentOut(h.Target), Marks: []markJSON{},
		Memory: h.Memory, Author: h.Origin.Author, Changed: stamp(h.Origin.Changed), Document: h.Origin.Document,
	}
	for _, m := range h.Marks {
		start, end := units(text, m.From, m.To)
		out.Marks = append(out.Marks, markJSON{start, end})
	}
	return out
}
