package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// translate gives the first segment of the document a target.
func (s *site) translate(target string) workbench.Row {
	s.t.Helper()
	saved, err := s.work.Save(s.t.Context(), s.actor("manager"), s.a.document, workbench.Edit{
		Segment: s.a.segment, Revision: s.revisionAt(), Target: tm.Plain(target), State: tm.Draft,
	})
	must(s.t, err)
	return saved.Row
}

func (s *site) revisionAt() int64 {
	s.t.Helper()
	row, err := s.work.Segment(s.t.Context(), s.actor("manager"), s.a.document, s.a.segment)
	must(s.t, err)
	return row.Revision
}

func TestIssues_MarksEscapesAndLinks(t *testing.T) {
	s := newWorld(t)
	s.translate(`<b onclick="x">قناری</b> باز شد, ديروز.`)
	got := s.get("viewer", s.a.path("/documents/%d/issues", s.a.document))
	if got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, visible(got.body))
	}
	for name, want := range map[string]string{
		"link":   fmt.Sprintf(`href="/projects/%d/documents/%d?segment=%d"`, s.a.project, s.a.document, s.a.segment),
		"mark":   "<mark>,</mark>",
		"escape": "&lt;b onclick=",
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("%s: no %s", name, want)
		}
	}
	if strings.Contains(got.body, "<b onclick") || strings.Contains(got.body, "/dismiss") {
		t.Error("text is not escaped, or a viewer is offered a decision")
	}
}

func TestIssues_Filters(t *testing.T) {
	s := newWorld(t)
	s.translate("قناری Alpha canary باز شد, ديروز.")
	path := s.a.path("/documents/%d/issues", s.a.document)
	count := func(query string) int {
		return strings.Count(s.get("manager", path+query).body, `<li class="row row-block issue `)
	}
	all := count("")
	if all < 2 || count("?severity=error")+count("?severity=warning")+count("?severity=info") != all {
		t.Errorf("%d issues, by severity %d %d %d", all, count("?severity=error"), count("?severity=warning"), count("?severity=info"))
	}
	if count("?side=source")+count("?side=target") != all {
		t.Errorf("%d issues, by side %d %d", all, count("?side=source"), count("?side=target"))
	}
	if count("?code=latin_comma") != 1 || count("?code=nothing") != 0 || count("?state=dismissed") != 0 || count("?offset=999") != 0 {
		t.Error("a filter lets the wrong issues through")
	}
}

var dismissForm = regexp.MustCompile(`(?s)<form method="post" action="([^"]*/dismiss)".*?</form>`)
var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// formOf is the form about the issue of a code, as a browser would send it.
func formOf(t *testing.T, body, code string) (string, url.Values) {
	t.Helper()
	for _, form := range dismissForm.FindAllStringSubmatch(body, -1) {
		values := url.Values{}
		for _, field := range hiddenField.FindAllStringSubmatch(form[0], -1) {
			values.Set(field[1], html.UnescapeString(field[2]))
		}
		if values.Get("code") == code {
			return form[1], values
		}
	}
	t.Fatalf("no form for %s", code)
	return "", nil
}

func TestIssues_LetBeAndReopen(t *testing.T) {
	s := newWorld(t)
	s.translate("قناری Alpha canary باز شد, ديروز.")
	list := s.a.path("/documents/%d/issues", s.a.document)
	path, form := formOf(t, s.get("translator", list).body, "latin_comma")

	s.post("translator", path, form)
	if body := s.get("translator", list).body; !strings.Contains(body, "Give a reason.") {
		t.Errorf("without a reason: %s", visible(body))
	}
	form.Set("reason", `quoted <i>as is</i>`)
	got := s.post("translator", path, form)
	if got.status != http.StatusSeeOther || got.header.Get("Location") != list {
		t.Fatalf("%d to %s", got.status, got.header.Get("Location"))
	}
	after := s.get("translator", list).body
	if strings.Contains(after, "<mark>,</mark>") || !strings.Contains(after, "reopen=1") {
		t.Errorf("still open, or no way back: %s", visible(after))
	}
	dismissed := s.get("translator", list+"?state=dismissed").body
	if !strings.Contains(dismissed, "quoted &lt;i&gt;") {
		t.Errorf("the reason is not shown: %s", visible(dismissed))
	}
	path, form = formOf(t, dismissed, "latin_comma")
	s.post("translator", path, form)
	if body := s.get("translator", list).body; !strings.Contains(body, "<mark>,</mark>") {
		t.Error("not open again")
	}
}

func TestIssues_UndoInTheMessage(t *testing.T) {
	s := newWorld(t)
	s.translate("قناری Alpha canary باز شد, ديروز.")
	list := s.a.path("/documents/%d/issues", s.a.document)
	path, form := formOf(t, s.get("translator", list).body, "latin_comma")
	form.Set("reason", "as quoted")
	s.post("translator", path, form)
	undo := regexp.MustCompile(`action="([^"]*reopen=1[^"]*)"`).FindStringSubmatch(s.get("translator", list).body)
	if undo == nil {
		t.Fatal("no way back")
	}
	s.post("translator", html.UnescapeString(undo[1]), nil)
	if body := s.get("translator", list).body; !strings.Contains(body, "<mark>,</mark>") {
		t.Error("not taken back")
	}
}

func TestIssues_GlossaryIsForReviewers(t *testing.T) {
	s := newWorld(t)
	s.translate("گشوده شد. چیز دیگر")
	list := s.a.path("/documents/%d/issues?code=glossary_missing", s.a.document)
	if body := s.get("translator", list).body; !strings.Contains(body, "issue-error") || strings.Contains(body, "/dismiss") {
		t.Errorf("translator: %s", visible(body))
	}
	path, form := formOf(t, s.get("reviewer", list).body, "glossary_missing")
	form.Set("reason", "a bird, not a name")
	if got := s.post("translator", path, form); got.status != http.StatusForbidden {
		t.Errorf("translator: %d", got.status)
	}
	if got := s.post("reviewer", path, form); got.status != http.StatusSeeOther {
		t.Errorf("reviewer: %d %s", got.status, visible(got.body))
	}
}

func TestTypography_PreviewApplyUndo(t *testing.T) {
	s := newWorld(t)
	s.translate("قناری Alpha canary ديروز 12 بار <b>باز شد.")
	path := s.a.path("/documents/%d/typography", s.a.document)
	page := s.get("translator", path)
	value := fmt.Sprintf("%d:%d", s.a.segment, s.revisionAt())
	if !strings.Contains(page.body, `value="`+value+`" checked`) || !strings.Contains(page.body, "<ins>") || strings.Contains(page.body, "<b>باز") {
		t.Fatalf("preview: %d %s", page.status, visible(page.body))
	}
	s.post("translator", path, nil)
	if body := s.get("translator", path).body; !strings.Contains(body, "Tick at least one segment.") {
		t.Errorf("nothing ticked: %s", visible(body))
	}
	if got := s.post("translator", path, url.Values{"segment": {"x"}}); got.status != http.StatusBadRequest {
		t.Errorf("nonsense: %d", got.status)
	}
	s.post("translator", path, url.Values{"segment": {value}})
	after := s.get("translator", path).body
	undo := regexp.MustCompile(`action="([^"]*/changes/\d+/undo[^"]*)"`).FindStringSubmatch(after)
	if !strings.Contains(after, "nothing to mend") || undo == nil {
		t.Fatalf("after: %s", visible(after))
	}
	got := s.post("translator", html.UnescapeString(undo[1]), nil)
	if got.status != http.StatusSeeOther || got.header.Get("Location") != path {
		t.Errorf("undo: %d to %s", got.status, got.header.Get("Location"))
	}
	if body := s.get("translator", path).body; !strings.Contains(body, "Taken back in 1 segment.") || !strings.Contains(body, "<ins>") {
		t.Errorf("undone: %s", visible(body))
	}
}

func TestTypography_JSONForTheEditor(t *testing.T) {
	s := newWorld(t)
	s.translate("قناری ديروز 12 بار باز شد.")
	path := s.a.path("/documents/%d/typography", s.a.document)
	if got := s.json("translator", "GET", path, nil); !strings.HasPrefix(got.body, `{"fixes":[{"id":`) {
		t.Errorf("preview: %d %s", got.status, got.body)
	}
	got := s.json("translator", "POST", path, typographyFixJSON{[]typographyChoiceJSON{{s.a.segment, s.revisionAt()}}})
	if got.status != http.StatusOK || !strings.Contains(got.body, `"change":`) {
		t.Errorf("fix: %d %s", got.status, got.body)
	}
}
