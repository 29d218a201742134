package web

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// contract pairs the interfaces of web/editor/types.ts with our structs.
var contract = map[string]any{
	"Code": codeJSON{}, "Content": contentJSON{}, "Segment": segmentJSON{}, "Issue": issueJSON{},
	"Penalty": penaltyJSON{}, "Diff": diffJSON{}, "Match": matchJSON{}, "Term": termJSON{},
	"SegmentList": segmentListJSON{}, "Assist": assistJSON{}, "Save": saveJSON{}, "Saved": savedJSON{},
	"Approve": approveJSON{}, "Reject": rejectJSON{}, "Reopen": reopenJSON{}, "Restore": restoreJSON{},
	"Version": versionJSON{}, "History": historyJSON{}, "Undone": undoneJSON{}, "Concordance": concordanceJSON{},
	"Dismiss": dismissJSON{}, "Split": splitJSON{}, "Merge": mergeJSON{}, "TypographyPreview": typographyPreviewJSON{},
	"TermForm": termFormJSON{}, "Entry": entryJSON{}, "TermsFound": termsFoundJSON{}, "Completion": completionJSON{},
	"Completions": completionsJSON{}, "OwnGlossary": ownGlossaryJSON{}, "TermDraft": termDraftJSON{},
	"AddTerm": addTermJSON{}, "AddedTerm": addedTermJSON{},
	"TypographyFix": typographyFixJSON{}, "TypographyFixed": typographyFixedJSON{},
	"Fragments": fragmentsJSON{}, "Fragment": fragmentJSON{}, "FragmentTranslation": fragmentTranslationJSON{},
	"Problem": problemJSON{}, "Language": languageJSON{}, "EditorData": editorDataJSON{},
}

var (
	tsInterface = regexp.MustCompile(`(?ms)^export interface (\w+) \{\n(.*?)^\}`)
	tsField     = regexp.MustCompile(`(?m)^  (\w+)(\?)?:`)
)

func TestContract_FieldNamesAgree(t *testing.T) {
	source, err := os.ReadFile("editor/types.ts")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, found := range tsInterface.FindAllStringSubmatch(string(source), -1) {
		ours, ok := contract[found[1]]
		if !ok {
			t.Errorf("types.ts has an interface %s that web/editor.go lacks", found[1])
			continue
		}
		seen++
		got, want := goFields(reflect.TypeOf(ours)), tsFields(found[2])
		if !slices.Equal(got, want) {
			t.Errorf("%s: fields %v in Go, %v in TypeScript", found[1], got, want)
		}
	}
	if seen != len(contract) {
		t.Errorf("types.ts has %d of the %d interfaces", seen, len(contract))
	}
}

// goFields returns the names in the JSON, optional ones with a "?", sorted.
func goFields(typ reflect.Type) []string {
	var names []string
	for i := range typ.NumField() {
		name, option, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		if option == "omitempty" {
			name += "?"
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func tsFields(body string) []string {
	var names []string
	for _, found := range tsField.FindAllStringSubmatch(body, -1) {
		names = append(names, found[1]+found[2])
	}
	slices.Sort(names)
	return names
}

func TestContent_CountsUTF16(t *testing.T) {
	inside := tm.Content{Text: "😀 کتاب", Codes: []tm.Code{{Pos: 5, Kind: tm.Open, ID: 1, Type: "bold"}, {Pos: 13, Kind: tm.Close, ID: 1, Type: "bold"}}}
	out := contentOut(inside)
	if out.Codes[0].Pos != 3 || out.Codes[1].Pos != 7 {
		t.Errorf("positions %d and %d, want 3 and 7", out.Codes[0].Pos, out.Codes[1].Pos)
	}
	back, err := out.content()
	if err != nil || !back.Equal(inside) {
		t.Errorf("content() = %+v, %v; want %+v", back, err, inside)
	}
}

func TestContent_RefusesBadCodes(t *testing.T) {
	tests := map[string]contentJSON{
		"inside a surrogate pair": {Text: "😀", Codes: []codeJSON{{Pos: 1, Kind: "alone", ID: 1}}},
		"past the end":            {Text: "ab", Codes: []codeJSON{{Pos: 3, Kind: "alone", ID: 1}}},
		"before the start":        {Text: "ab", Codes: []codeJSON{{Pos: -1, Kind: "alone", ID: 1}}},
		"out of order":            {Text: "ab", Codes: []codeJSON{{Pos: 2, Kind: "open", ID: 1}, {Pos: 0, Kind: "close", ID: 1}}},
		"unknown kind":            {Text: "ab", Codes: []codeJSON{{Kind: "both", ID: 1}}},
		"NUL":                     {Text: "a\x00b"},
	}
	for name, in := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := in.content(); tm.KindOf(err) != tm.Invalid {
				t.Errorf("content() = %v, want Invalid", err)
			}
		})
	}
}

func TestIssuesJSON_OffsetsAndSentence(t *testing.T) {
	p := printerFor("en")
	issues := []tm.Issue{{Code: "double_space", Severity: tm.SeverityWarning, Side: tm.TargetSide, From: 4, To: 6, Fix: " ", Fixable: true}}
	got := p.issuesJSON(issues, tm.Plain("x"), tm.Plain("😀  a"))[0]
	if got.Start != 2 || got.End != 4 || got.Fix == nil || *got.Fix != " " || got.Message != "More than one space." {
		t.Errorf("issue = %+v", got)
	}
}

func TestTermOut_EmptyListsAreLists(t *testing.T) {
	v := &visit{Printer: printerFor("en"), project: &workbench.Project{Source: language.English, Target: language.Persian}}
	got := v.termOut(workbench.TermHit{From: 0, To: 4, Source: "Iran"}, "Iran")
	if got.Targets == nil || got.Forbidden == nil || got.Forms == nil {
		t.Errorf("nil lists in %+v become null in JSON", got)
	}
}

func TestEditorMessages_CannedReasonsInEveryLanguage(t *testing.T) {
	got := (&visit{Printer: Printer{locales.For("en")}}).editorMessages()
	for _, tag := range []string{"en", "fa"} {
		for _, key := range []string{"reason_1", "let_be_reason_1"} {
			want := locales.For(tag).T("editor." + key)
			if said := got["said."+tag+"."+key]; said != want {
				t.Errorf("%s in %s: %q, want %q", key, tag, said, want)
			}
		}
	}
	if got["reason_1"] != locales.For("en").T("editor.reason_1") {
		t.Errorf("the page's own language: %q", got["reason_1"])
	}
}
