package web

import (
	"net/http"

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
		Words       int          `json:"words"`
		Repetitions int          `json:"repetitions"`
		Reason      string       `json:"reason"`
		Errors      int          `json:"errors"`
		Warnings    int          `json:"warnings"`
	}
	issueJSON struct {
		Code      string      `json:"code"`
		Severity  tm.Severity `json:"severity"`
		Side      tm.Side     `json:"side"`
		Start     int         `json:"start"`
		End       int         `json:"end"`
		Message   string      `json:"message"`
		Fix       *string     `json:"fix,omitempty"`
		Dismissed string      `json:"dismissed"`
		Term      string      `json:"term,omitempty"`
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
		Original  *contentJSON  `json:"original,omitempty"`
	}
	termJSON struct {
		Start     int            `json:"start"`
		End       int            `json:"end"`
		Source    string         `json:"source"`
		Targets   []string       `json:"targets"`
		Forbidden []string       `json:"forbidden"`
		Type      tm.TermType    `json:"type"`
		Note      string         `json:"note"`
		Glossary  string         `json:"glossary"`
		Concept   tm.ConceptID   `json:"concept"`
		Domain    string         `json:"domain"`
		Keep      bool           `json:"keep"`
		Proposed  bool           `json:"proposed"`
		Link      string         `json:"link"`
		Forms     []termFormJSON `json:"forms"`
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
		Unit     tm.UnitID   `json:"unit,omitempty"`
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
	dismissJSON struct {
		Revision int64   `json:"revision"`
		Code     string  `json:"code"`
		Side     tm.Side `json:"side"`
		Start    int     `json:"start"`
		End      int     `json:"end"`
		Reason   string  `json:"reason"`
	}
	splitJSON struct {
		Revision int64 `json:"revision"`
		At       int   `json:"at"`
	}
	mergeJSON struct {
		Revision int64 `json:"revision"`
	}
	typographyPreviewJSON struct {
		Fixes []typographyEntryJSON `json:"fixes"`
	}
	typographyEntryJSON struct {
		ID       tm.SegmentID `json:"id"`
		Index    int          `json:"index"`
		Revision int64        `json:"revision"`
		Diff     []diffJSON   `json:"diff"`
	}
	typographyFixJSON struct {
		Segments []typographyChoiceJSON `json:"segments"`
	}
	typographyChoiceJSON struct {
		ID       tm.SegmentID `json:"id"`
		Revision int64        `json:"revision"`
	}
	typographyFixedJSON struct {
		Segments []segmentJSON `json:"segments"`
		Change   int64         `json:"change"`
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
		More  bool      `json:"more"`
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
		Edit    bool `json:"edit"`
		Review  bool `json:"review"`
		Propose bool `json:"propose"`
		Terms   bool `json:"terms"`
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
			Edit:    workbench.May(*project, workbench.Translate),
			Review:  workbench.May(*project, workbench.Review),
			Propose: workbench.May(*project, workbench.ProposeTerms),
			Terms:   workbench.May(*project, workbench.EditTerms),
		},
		DraftKey: v.draftKey(document.ID),
		Nonce:    aboutOf(v.ctx()).nonce,
		Segment:  tm.SegmentID(open),
		Messages: v.editorMessages(),
	}
}

// editorMessages returns the sentences of the editor, and the canned reasons in
// every language ("said.fa.reason_1"): what a reviewer chose in one language is
// read by a translator in another.
func (v *visit) editorMessages() map[string]string {
	messages := v.Slice("editor.")
	for _, tag := range locales.Tags() {
		for _, reason := range []string{"reason_", "let_be_reason_"} {
			for rest, text := range locales.For(tag.String()).Slice("editor." + reason) {
				messages["said."+tag.String()+"."+reason+rest] = text
			}
		}
	}
	return messages
}

func (v *visit) languageJSON(tag language.Tag) languageJSON {
	return languageJSON{tag.String(), v.Language(tag), locales.Dir(tag)}
}
