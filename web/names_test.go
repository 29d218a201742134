package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// lighthouse is a project of an owner with a name in two forms, a term whose
// Persian form was changed, and segments with the old one.
type lighthouse struct {
	*site
	project  tm.ProjectID
	document tm.DocumentID
	glossary tm.GlossaryID
	concept  tm.ConceptID
}

func (s *site) lighthouse(owner string) *lighthouse {
	s.t.Helper()
	ctx, a := s.t.Context(), s.actor(owner)
	l := &lighthouse{site: s}
	p, err := s.work.CreateProject(ctx, a, "Harbour", language.English, language.Persian)
	must(s.t, err)
	l.project = p.ID
	for role, name := range map[workbench.Role]string{workbench.Reviewer: "reviewer", workbench.Translator: "translator", workbench.Viewer: "viewer"} {
		must(s.t, s.work.SetMember(ctx, a, p.ID, name, role))
	}
	made, err := s.work.Import(ctx, a, p.ID, workbench.Upload{Name: "harbour.txt", Data: []byte(
		"Parviz Golshan saw the lighthouse.\n\nParviz Golshan left the lighthouse.\n\nHere the harbour office is large. The harbour office was closed in the harbour office of old.\n")})
	must(s.t, err)
	l.document = made.Document.ID
	rows, _, err := s.work.Segments(ctx, a, l.document, -1)
	must(s.t, err)
	for i, text := range []string{"پرویز گلشن چراغ دریایی را دید.", "پرویز گلشان چراغ دریایی را ترک کرد."} {
		_, err := s.work.Save(ctx, a, l.document, workbench.Edit{Segment: rows[i].ID, Revision: rows[i].Revision, Target: tm.Plain(text), State: tm.Translated})
		must(s.t, err)
	}
	list, err := s.work.Glossaries(ctx, a, p.ID)
	must(s.t, err)
	l.glossary = list[0].ID
	c, err := s.work.SaveConcept(ctx, a, p.ID, tm.Concept{Glossary: l.glossary, Terms: []tm.Term{
		{Lang: language.English, Text: "lighthouse", Status: tm.Preferred}, {Lang: language.Persian, Text: "چراغ دریایی", Status: tm.Preferred},
	}})
	must(s.t, err)
	l.concept = c.ID
	return l
}

func (l *lighthouse) path(format string, args ...any) string {
	return fmt.Sprintf("/projects/%d", l.project) + fmt.Sprintf(format, args...)
}

func (l *lighthouse) targets() string {
	l.t.Helper()
	rows, _, err := l.work.Segments(l.t.Context(), l.actor("viewer"), l.document, -1)
	must(l.t, err)
	var all []string
	for _, r := range rows {
		all = append(all, r.Target.Text)
	}
	return strings.Join(all, "|")
}

// rename gives the lighthouse another Persian name, by the form.
func (l *lighthouse) rename() string {
	l.t.Helper()
	form := termForm([3]string{"en", "lighthouse", "preferred"}, [3]string{"fa", "فانوس دریایی", "preferred"})
	form.Set("revision", "1")
	form.Set("type", "term")
	concept := l.path("/glossaries/%d/concepts/%d", l.glossary, l.concept)
	if got := l.post("reviewer", concept, form); got.status != http.StatusSeeOther {
		l.t.Fatalf("rename: %d %s", got.status, visible(got.body))
	}
	return concept
}

func TestNames_ListMergeUndo(t *testing.T) {
	l := newWorld(t).lighthouse("manager")
	body := l.get("viewer", l.path("/names")).body
	for _, want := range []string{"Parviz Golshan", "پرویز گلشان", "name-differs", "2 forms"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is missing: %s", want, visible(body))
		}
	}
	if strings.Contains(body, "/names/merge") {
		t.Error("a viewer is offered to merge")
	}
	merge := l.path("/names/merge")
	if got := l.get("reviewer", merge+"?name=Parviz+Golshan"); got.status != http.StatusOK || !strings.Contains(got.body, `value="پرویز گلشان"`) {
		t.Errorf("form: %d %s", got.status, visible(got.body))
	}
	if got := l.get("reviewer", merge+"?name=Nobody"); got.status != http.StatusSeeOther {
		t.Errorf("no such name: %d", got.status)
	}
	form := url.Values{"key": {"Parviz Golshan"}, "source": {"Parviz Golshan"}, "preferred": {"پرویز گلشن"}, "target": {"پرویز گلشن", "پرویز گلشان"},
		"others": {"forbidden"}, "type": {"person"}, "glossary": {fmt.Sprint(l.glossary)}}
	if got := l.post("reviewer", merge, form); got.status != http.StatusSeeOther {
		t.Fatalf("merge: %d %s", got.status, visible(got.body))
	}
	body = l.get("reviewer", l.path("/names")).body
	offer := regexp.MustCompile(`href="([^"]+/exchange\?form=[^"]+)"`).FindStringSubmatch(body)
	undo := regexp.MustCompile(`action="([^"]+/undo[^"]*)"`).FindStringSubmatch(body)
	if offer == nil || undo == nil {
		t.Fatalf("no offer or no undo: %s", visible(body))
	}
	if got := l.get("reviewer", html.UnescapeString(offer[1])); got.status != http.StatusOK || !strings.Contains(got.body, `name="place"`) {
		t.Errorf("exchange after a merge: %d %s", got.status, visible(got.body))
	}
	// What the glossary forbids does not become allowed by extending the term.
	again := l.get("reviewer", merge+"?name=Parviz+Golshan").body
	if box := regexp.MustCompile(`<input type="checkbox" name="target" value="پرویز گلشان"[^>]*>`).FindString(again); box == "" || strings.Contains(box, "checked") {
		t.Errorf("a forbidden form is ticked to become allowed: %q", box)
	}
	if got := l.post("reviewer", html.UnescapeString(undo[1]), nil); got.status != http.StatusSeeOther || got.header.Get("Location") != l.path("/names") {
		t.Errorf("undo: %d %s", got.status, got.header.Get("Location"))
	}
	form.Set("preferred", "")
	if got := l.post("reviewer", merge, form); !strings.Contains(l.get("reviewer", got.header.Get("Location")).body, `role="alert"`) {
		t.Errorf("without a form: %d", got.status)
	}
}

func TestExchange_PreviewApplyUndo(t *testing.T) {
	l := newWorld(t).lighthouse("manager")
	concept := l.rename()
	body := l.get("reviewer", concept).body
	if !strings.Contains(body, concept+"/exchange?since=1") {
		t.Fatalf("no offer after saving: %s", visible(body))
	}
	preview := concept + "/exchange?since=1"
	body = l.get("reviewer", preview).body
	places := regexp.MustCompile(`name="place" value="([^"]+)" checked`).FindAllStringSubmatch(body, -1)
	if len(places) != 2 || !strings.Contains(body, "<ins>فانوس</ins>") {
		t.Fatalf("preview: %v %s", places, visible(body))
	}
	form := url.Values{"since": {"1"}, "units": {"follow"}, "place": {places[0][1], places[1][1]}}
	if got := l.post("reviewer", concept+"/exchange", form); got.status != http.StatusSeeOther {
		t.Fatalf("apply: %d %s", got.status, visible(got.body))
	}
	if got := l.targets(); strings.Contains(got, "چراغ") {
		t.Errorf("applied: %s", got)
	}
	undo := regexp.MustCompile(`action="([^"?]+/exchanges/\d+/undo)[?"]`).FindStringSubmatch(l.get("reviewer", preview).body)
	if undo == nil {
		t.Fatal("no undo")
	}
	// The exchange of one project is none of another's.
	foreign := strings.Replace(undo[1], fmt.Sprintf("/projects/%d/", l.project), fmt.Sprintf("/projects/%d/", l.a.project), 1)
	if got := l.post("reviewer", foreign, nil); got.status != http.StatusNotFound || strings.Contains(l.targets(), "چراغ") {
		t.Errorf("undo from another project: %d", got.status)
	}
	if got := l.post("manager", undo[1], nil); got.status != http.StatusSeeOther || strings.Count(l.targets(), "چراغ") != 2 {
		t.Errorf("undo: %d %s", got.status, l.targets())
	}
}

func TestExchange_BadInput(t *testing.T) {
	l := newWorld(t).lighthouse("manager")
	concept := l.rename()
	rows, _, err := l.work.Segments(t.Context(), l.actor("stranger"), l.b.document, -1)
	must(t, err)
	foreign := fmt.Sprintf("s:%d:%d:%d", l.b.document, rows[0].ID, rows[0].Revision)
	for name, test := range map[string]struct {
		form url.Values
		want int
	}{
		"nothing chosen":               {url.Values{"since": {"1"}, "units": {"follow"}}, http.StatusSeeOther},
		"no place":                     {url.Values{"since": {"1"}, "units": {"follow"}, "place": {"x"}}, http.StatusBadRequest},
		"no number":                    {url.Values{"since": {"1"}, "units": {"follow"}, "place": {"s:1:2:x"}}, http.StatusBadRequest},
		"units nobody knows":           {url.Values{"since": {"1"}, "units": {"burn"}, "place": {"s:1:2:3"}}, http.StatusSeeOther},
		"a form the concept never had": {url.Values{"form": {"خانه"}, "units": {"follow"}, "place": {"s:1:2:3"}}, http.StatusNotFound},
		"no such revision":             {url.Values{"since": {"77"}, "units": {"follow"}, "place": {"s:1:2:3"}}, http.StatusNotFound},
		"a foreign segment":            {url.Values{"since": {"1"}, "units": {"follow"}, "place": {foreign}}, http.StatusSeeOther},
		"a foreign unit":               {url.Values{"since": {"1"}, "units": {"follow"}, "place": {fmt.Sprintf("u:%d:%d:%d:1", l.b.project, l.b.memory, l.b.unit)}}, http.StatusSeeOther},
	} {
		t.Run(name, func(t *testing.T) {
			if got := l.post("reviewer", concept+"/exchange", test.form); got.status != test.want && got.status != http.StatusUnprocessableEntity {
				t.Errorf("%d %s", got.status, visible(got.body))
			}
		})
	}
	after, _, err := l.work.Segments(t.Context(), l.actor("stranger"), l.b.document, -1)
	if must(t, err); after[0].Revision != rows[0].Revision || strings.Contains(l.targets(), "فانوس") {
		t.Error("something changed")
	}
}

func TestUseOfTerm_Page(t *testing.T) {
	l := newWorld(t).lighthouse("manager")
	concept := l.rename()
	body := l.get("viewer", concept+"/use").body
	for _, want := range []string{"<mark>lighthouse</mark>", "<mark>چراغ دریایی</mark>", "Removed"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is missing: %s", want, visible(body))
		}
	}
	if strings.Contains(body, "/exchange") || !strings.Contains(l.get("reviewer", concept+"/use").body, "/exchange?form=") {
		t.Error("who may exchange?")
	}
}

func TestExtraction_AcceptRejectPropose(t *testing.T) {
	l := newWorld(t).lighthouse("manager")
	list := l.path("/documents/%d/extraction", l.document)
	has := func(text string) bool {
		return regexp.MustCompile(`name="source\.\d+" value="` + text + `"`).MatchString(l.get("reviewer", list).body)
	}
	if !has("harbour office") || !has("Parviz Golshan") {
		t.Fatalf("offers: %q", regexp.MustCompile(`name="source.\d+" value="[^"]+"`).FindAllString(l.get("reviewer", list).body, -1))
	}
	row := func(text, target string) url.Values {
		return url.Values{"back": {list}, "glossary": {fmt.Sprint(l.glossary)}, "source.0": {text}, "target.0": {target}, "type.0": {"person"}}
	}
	accept := row("Parviz Golshan", "پرویز گلشن")
	accept.Set("one", "0")
	if got := l.post("reviewer", l.path("/extraction"), accept); got.status != http.StatusSeeOther || got.header.Get("Location") != list+"?next=1" || has("Parviz Golshan") {
		t.Errorf("accept: %d %s", got.status, visible(got.body))
	}
	reject := row("harbour office", "")
	reject.Set("reject", "0")
	if got := l.post("translator", l.path("/extraction/reject"), reject); got.status != http.StatusSeeOther || has("harbour office") {
		t.Errorf("reject: %d", got.status)
	}
	undo := regexp.MustCompile(`action="([^"]+/extraction/reject\?[^"]*)"`).FindStringSubmatch(l.get("translator", list).body)
	if undo == nil {
		t.Fatal("no undo")
	}
	l.post("translator", html.UnescapeString(undo[1]), nil)
	if !has("harbour office") {
		t.Error("brought back, yet not offered")
	}
	propose := row("harbour office", "دفتر بندر")
	propose.Set("pick", "0")
	if got := l.post("translator", l.path("/extraction"), propose); got.status != http.StatusSeeOther {
		t.Errorf("propose: %d %s", got.status, visible(got.body))
	}
	if body := l.get("reviewer", l.path("/proposals")).body; !strings.Contains(body, "harbour office") {
		t.Errorf("proposals: %s", visible(body))
	}
	foreign := row("x", "y")
	foreign.Set("glossary", fmt.Sprint(l.b.glossary))
	foreign.Set("pick", "0")
	if got := l.post("reviewer", l.path("/extraction"), foreign); got.status != http.StatusNotFound {
		t.Errorf("a foreign glossary: %d", got.status)
	}
	foreign.Set("back", "https://evil.example/")
	foreign.Del("pick")
	if got := l.post("reviewer", l.path("/extraction"), foreign); strings.Contains(got.header.Get("Location"), "evil") {
		t.Errorf("sent on to %s", got.header.Get("Location"))
	}
}
