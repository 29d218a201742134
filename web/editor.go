package web

import (
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// The JSON of the segment editor; web/editor/types.ts is the other side and says
// what each field means. Offsets count UTF-16 units.
type (
	codeJSON struct {
		Pos  int    `json:"pos"`
		Kind string `json:"kind"`
		ID   int    `json:"id"`
		Type string `json:"type"`
		Data string `json:"data"`
	}
	contentJSON struct {
		Text  string     `json:"text"`
		Codes []codeJSON `json:"codes"`
	}
	segmentJSON struct {
		ID          tm.SegmentID `json:"id"`
		Index       int          `json:"index"`
		Block       tm.BlockID   `json:"block"`
		Source      contentJSON  `json:"source"`
		Target      contentJSON  `json:"target"`
		State       tm.State     `json:"state"`
		Revision    int64        `json:"revision"`
		Author      string       `json:"author"`
		Changed     string       `json:"changed"`
		Filled      int          `json:"filled"`
		FilledBy    string       `json:"filledBy"`
		Repetitions int          `json:"repetitions"`
		Reason      string       `json:"reason"`
		Errors      int          `json:"errors"`
		Warnings    int          `json:"warnings"`
	}
	issueJSON struct {
		Code     string      `json:"code"`
		Severity tm.Severity `json:"severity"`
		Side     tm.Side     `json:"side"`
		Start    int         `json:"start"`
		End      int         `json:"end"`
		Message  string      `json:"message"`
		Fix      *string     `json:"fix,omitempty"`
	}
	penaltyJSON struct {
		Code    string `json:"code"`
		Points  int    `json:"points"`
		Message string `json:"message"`
	}
	diffJSON struct {
		Kind tm.DiffKind `json:"kind"`
		Text string      `json:"text"`
	}
	matchJSON struct {
		Unit      tm.UnitID     `json:"unit"`
		Kind      tm.MatchKind  `json:"kind"`
		Score     int           `json:"score"`
		Raw       int           `json:"raw"`
		Penalties []penaltyJSON `json:"penalties"`
		Diff      []diffJSON    `json:"diff"`
		Source    contentJSON   `json:"source"`
		Target    contentJSON   `json:"target"`
		Memory    string        `json:"memory"`
		Author    string        `json:"author"`
		Changed   string        `json:"changed"`
		Document  string        `json:"document"`
		State     tm.State      `json:"state"`
	}
	termJSON struct {
		Start     int         `json:"start"`
		End       int         `json:"end"`
		Source    string      `json:"source"`
		Targets   []string    `json:"targets"`
		Forbidden []string    `json:"forbidden"`
		Type      tm.TermType `json:"type"`
		Note      string      `json:"note"`
		Glossary  string      `json:"glossary"`
	}
	segmentListJSON struct {
		Seq      int64         `json:"seq"`
		Segments []segmentJSON `json:"segments"`
	}
	assistJSON struct {
		Matches []matchJSON `json:"matches"`
		Terms   []termJSON  `json:"terms"`
		Issues  []issueJSON `json:"issues"`
	}
	saveJSON struct {
		Revision int64       `json:"revision"`
		Target   contentJSON `json:"target"`
		State    tm.State    `json:"state"`
		Filled   int         `json:"filled"`
		FilledBy string      `json:"filledBy"`
	}
	savedJSON struct {
		Segment    segmentJSON   `json:"segment"`
		Issues     []issueJSON   `json:"issues"`
		Propagated []segmentJSON `json:"propagated"`
		Change     int64         `json:"change"`
	}
	approveJSON struct {
		Revision int64  `json:"revision"`
		Override string `json:"override"`
	}
	rejectJSON struct {
		Revision int64  `json:"revision"`
		Reason   string `json:"reason"`
	}
	reopenJSON struct {
		Revision int64 `json:"revision"`
	}
	restoreJSON struct {
		Revision int64 `json:"revision"`
		Version  int64 `json:"version"`
	}
	versionJSON struct {
		Revision int64       `json:"revision"`
		At       string      `json:"at"`
		Author   string      `json:"author"`
		State    tm.State    `json:"state"`
		Action   string      `json:"action"`
		Target   contentJSON `json:"target"`
		Reason   string      `json:"reason"`
		Diff     []diffJSON  `json:"diff"`
	}
	historyJSON struct {
		Versions []versionJSON `json:"versions"`
	}
	undoneJSON struct {
		Segments []segmentJSON `json:"segments"`
	}
	markJSON struct {
		Start int `json:"start"`
		End   int `json:"end"`
	}
	hitJSON struct {
		Source   contentJSON `json:"source"`
		Target   contentJSON `json:"target"`
		Marks    []markJSON  `json:"marks"`
		Memory   string      `json:"memory"`
		Author   string      `json:"author"`
		Changed  string      `json:"changed"`
		Document string      `json:"document"`
	}
	concordanceJSON struct {
		Total int       `json:"total"`
		Hits  []hitJSON `json:"hits"`
	}
	problemJSON struct {
		Code    string       `json:"code"`
		Message string       `json:"message"`
		Current *segmentJSON `json:"current,omitempty"`
		Issues  []issueJSON  `json:"issues,omitempty"`
	}
	languageJSON struct {
		Tag  string `json:"tag"`
		Name string `json:"name"`
		Dir  string `json:"dir"`
	}
	canJSON struct {
		Edit   bool `json:"edit"`
		Review bool `json:"review"`
	}
	editorDataJSON struct {
		API      string            `json:"api"`
		Document string            `json:"document"`
		Project  string            `json:"project"`
		Source   languageJSON      `json:"source"`
		Target   languageJSON      `json:"target"`
		Locale   string            `json:"locale"`
		Can      canJSON           `json:"can"`
		DraftKey string            `json:"draftKey"`
		Nonce    string            `json:"nonce"`
		Segment  tm.SegmentID      `json:"segment"`
		Messages map[string]string `json:"messages"`
	}
)

type editorPage struct {
	page
	Document workbench.Document
	Data     editorDataJSON
}

func (editorPage) view() string { return "editor" }

func (s *Server) showEditor(v *visit) error {
	document, err := v.document()
	if err != nil {
		return err
	}
	data := v.editorData(document)
	p := editorPage{page: v.section("documents", document.Name), Document: document, Data: data}
	return v.render(http.StatusOK, p)
}

func (v *visit) editorData(document workbench.Document) editorDataJSON {
	open, _ := idOf(v.query("segment"))
	project := v.project
	return editorDataJSON{
		API:      v.documentPath(document.ID),
		Document: document.Name,
		Project:  project.Name,
		Source:   v.languageJSON(project.Source),
		Target:   v.languageJSON(project.Target),
		Locale:   v.Lang(),
		Can: canJSON{
			Edit:   workbench.May(*project, workbench.Translate),
			Review: workbench.May(*project, workbench.Review),
		},
		DraftKey: v.draftKey(document.ID),
		Nonce:    aboutOf(v.ctx()).nonce,
		Segment:  tm.SegmentID(open),
		Messages: v.Slice("editor."),
	}
}

func (v *visit) languageJSON(tag language.Tag) languageJSON {
	return languageJSON{tag.String(), v.Language(tag), locales.Dir(tag)}
}

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
		Filled: r.Filled, FilledBy: r.FilledBy, Repetitions: r.Repetitions,
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
			Start: start, End: end, Message: p.issue(issue),
		}
		if issue.Fixable {
			out[i].Fix = &issue.Fix
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

func termOut(t workbench.TermHit, source string) termJSON {
	start, end := units(source, t.From, t.To)
	return termJSON{
		Start: start, End: end, Source: t.Source,
		Targets: orEmpty(t.Targets), Forbidden: orEmpty(t.Forbidden),
		Type: t.Type, Note: t.Note, Glossary: t.Glossary,
	}
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
