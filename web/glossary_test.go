package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tarjoman/locales"
	"tarjoman/tm"
)

// termForm is the form of a concept with rows of a language, a text and a
// status.
func termForm(rows ...[3]string) url.Values {
	form := url.Values{"type": {"person"}, "revision": {"0"}}
	for _, row := range rows {
		for name, value := range map[string]string{
			"lang": row[0], "term": row[1], "status": row[2], "case": "auto", "pos": "", "from": "", "until": "",
			"termnote": "", "termsource": "", "was": "0",
		} {
			form.Add(name, value)
		}
	}
	return form
}

func (s *site) glossaryPath(format string, args ...any) string {
	return s.a.path("/glossaries/%d", s.a.glossary) + fmt.Sprintf(format, args...)
}

func TestConcept_FormKeepsOtherLanguages(t *testing.T) {
	s := newWorld(t)
	form := termForm([3]string{"en", "Sara", "preferred"}, [3]string{"fa", "سارا", "preferred"}, [3]string{"de", "Sarah", "admitted"})
	got := s.post("reviewer", s.glossaryPath("/concepts"), form)
	if got.status != http.StatusSeeOther || !strings.Contains(got.header.Get("Location"), "/concepts/") {
		t.Fatalf("%d %s", got.status, visible(got.body))
	}
	body := s.get("reviewer", got.header.Get("Location")).body
	if !strings.Contains(body, `name="lang" value="de"`) || !strings.Contains(body, "سارا") {
		t.Errorf("page: %s", visible(body))
	}
	if body := s.get("viewer", got.header.Get("Location")).body; strings.Contains(body, `name="term"`) || !strings.Contains(body, "Sarah") {
		t.Errorf("a viewer gets a form, or no term: %s", visible(body))
	}
}

func TestConcept_EditHistoryRevert(t *testing.T) {
	s := newWorld(t)
	path := s.glossaryPath("/concepts/%d", s.a.concept)
	form := termForm([3]string{"en", "Alpha canary", "preferred"}, [3]string{"fa", "قناری زرد", "preferred"})
	form.Set("revision", "1")
	form["from"] = []string{"", "۱۴۰۳/۲/۱۲"}
	form["until"] = []string{"", "2025-01-31"}
	if got := s.post("reviewer", path, form); got.status != http.StatusSeeOther {
		t.Fatalf("save: %d %s", got.status, visible(got.body))
	}
	body := s.get("reviewer", path).body
	for _, want := range []string{`value="2024-05-01"`, `value="2025-01-31"`, "reviewer\u2069 changed it", "<del", "قناری زرد"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is missing: %s", want, visible(body))
		}
	}
	stale := s.post("manager", path, form)
	if stale.status != http.StatusConflict || !strings.Contains(stale.body, "reviewer\u2069 changed this concept") || !strings.Contains(stale.body, `name="revision" value="2"`) {
		t.Errorf("stale: %d %s", stale.status, visible(stale.body))
	}
	if got := s.post("reviewer", path+"/revert", url.Values{"revision": {"1"}}); got.status != http.StatusSeeOther {
		t.Errorf("revert: %d %s", got.status, visible(got.body))
	}
	c, err := s.work.Concept(t.Context(), s.actor("viewer"), s.a.project, s.a.concept)
	if must(t, err); c.Terms[1].Text != "قناری" || !c.Terms[1].From.IsZero() {
		t.Errorf("reverted: %+v", c)
	}
}

func TestConcept_FormWithoutScript(t *testing.T) {
	s := newWorld(t)
	form := termForm([3]string{"en", "Sara", "preferred"}, [3]string{"fa", "سارا", "preferred"})
	form.Set("more", "fa")
	got := s.post("reviewer", s.glossaryPath("/concepts"), form)
	if got.status != http.StatusOK || strings.Count(got.body, `name="term"`) != 3 || !strings.Contains(got.body, "سارا") {
		t.Errorf("one more: %d, %d rows", got.status, strings.Count(got.body, `name="term"`))
	}
	form.Del("more")
	form.Set("less", "0")
	got = s.post("reviewer", s.glossaryPath("/concepts"), form)
	if strings.Contains(got.body, `value="Sara"`) || !strings.Contains(got.body, "سارا") {
		t.Errorf("one less: %s", visible(got.body))
	}
}

func TestConcept_ErrorsStandAtTheirField(t *testing.T) {
	s := newWorld(t)
	tests := map[string]struct {
		change func(url.Values)
		want   []string
	}{
		"a day nobody knows":   {func(f url.Values) { f["until"] = []string{"", "soon"} }, []string{"soon", "term-bad"}},
		"ends before it began": {func(f url.Values) { f["from"], f["until"] = []string{"", "2025-2-2"}, []string{"", "2024-2-2"} }, []string{"term-bad"}},
		"the same term twice":  {func(f url.Values) { f["term"], f["lang"] = []string{"x", "x"}, []string{"fa", "fa"} }, []string{"term-bad", "twice"}},
		"related to nothing":   {func(f url.Values) { f.Set("see", "nobody at all") }, []string{`name="see" rows="2" dir="auto" aria-invalid="true"`}},
		"no term":              {func(f url.Values) { f["term"] = []string{" ", ""} }, []string{"needs an approved"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			form := termForm([3]string{"en", "Sara", "preferred"}, [3]string{"fa", "سارا", "preferred"})
			test.change(form)
			got := s.post("reviewer", s.glossaryPath("/concepts"), form)
			if got.status != http.StatusUnprocessableEntity {
				t.Fatalf("%d %s", got.status, visible(got.body))
			}
			for _, want := range test.want {
				if !strings.Contains(got.body, want) {
					t.Errorf("%s is missing: %s", want, visible(got.body))
				}
			}
		})
	}
	form := termForm([3]string{"en", "Sara", "preferred"})
	form["status"] = nil
	if got := s.post("reviewer", s.glossaryPath("/concepts"), form); got.status != http.StatusBadRequest {
		t.Errorf("a broken form: %d", got.status)
	}
}

func TestGlossary_SearchAndFilter(t *testing.T) {
	s := newWorld(t)
	_, err := s.work.ImportGlossary(t.Context(), s.actor("reviewer"), s.a.project, s.a.glossary, "t.tsv",
		[]byte("source\ttarget\tforbidden\ttype\npolitical prisoner\tزندانی سیاسی\tمجرم سیاسی\tlegal\nbridge\tپل\t\tterm\n"))
	must(t, err)
	tests := map[string]struct{ query, want, not string }{
		"Arabic letters, half-space": {"q=" + url.QueryEscape("زنداني‌سياسي"), "political prisoner", "bridge"},
		"type":                       {"type=legal", "political prisoner", "bridge"},
		"status":                     {"status=forbidden", "political prisoner", "bridge"},
		"proposals":                  {"proposed=1", "Alpha canary", "bridge"},
		"expired":                    {"expired=1", "Nothing", "bridge"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			body := s.get("viewer", s.glossaryPath("?%s", test.query)).body
			main := body[strings.Index(body, "<main"):]
			if !strings.Contains(main, test.want) || strings.Contains(main, test.not) {
				t.Errorf("want %s and not %s: %s", test.want, test.not, main[:min(len(main), 3000)])
			}
		})
	}
}

func TestGlossary_MergeAndUndo(t *testing.T) {
	s := newWorld(t)
	made := s.post("reviewer", s.glossaryPath("/concepts"), termForm([3]string{"en", "Alpha bird", "preferred"}, [3]string{"fa", "پرنده", "preferred"}))
	var other int64
	fmt.Sscanf(made.header.Get("Location")[strings.LastIndex(made.header.Get("Location"), "/")+1:], "%d", &other)
	page := s.get("reviewer", s.glossaryPath("/merge?concept=%d&concept=%d", s.a.concept, other))
	if page.status != http.StatusOK || !strings.Contains(page.body, "Merge 2 concepts") {
		t.Fatalf("%d %s", page.status, visible(page.body))
	}
	if got := s.get("reviewer", s.glossaryPath("/merge?concept=%d", s.b.concept)); got.status != http.StatusNotFound {
		t.Errorf("a concept of another project: %d", got.status)
	}
	form := url.Values{"into": {fmt.Sprint(s.a.concept)}, "concept": {fmt.Sprint(s.a.concept), fmt.Sprint(other)}}
	merged := s.post("reviewer", s.glossaryPath("/merge"), form)
	body := s.get("reviewer", merged.header.Get("Location")).body
	undo := between(body, `action="`, `"`, "/changes/")
	if !strings.Contains(body, "Alpha bird") || undo == "" {
		t.Fatalf("merged: %d %s", merged.status, visible(body))
	}
	s.post("reviewer", undo, nil)
	if body := s.get("reviewer", s.glossaryPath("/concepts/%d", other)).body; !strings.Contains(body, "پرنده") || strings.Contains(body, "in the trash") {
		t.Errorf("after undo: %s", visible(body))
	}
}

// between returns the first text between two others that holds part.
func between(body, before, after, part string) string {
	for _, piece := range strings.Split(body, before)[1:] {
		if text, _, ok := strings.Cut(piece, after); ok && strings.Contains(text, part) {
			return text
		}
	}
	return ""
}

func TestGlossary_PreviewThenImport(t *testing.T) {
	s := newWorld(t)
	table := "en\tfa\nbridge\tپل\nriver\tرود\nAlpha canary\tطوطی\n"
	preview := s.upload("manager", s.glossaryPath("/preview"), nil, map[string]string{"terms.tsv": table})
	if preview.status != http.StatusOK || !strings.Contains(preview.body, "bridge") || !strings.Contains(preview.body, "<b>2</b>") || !strings.Contains(preview.body, `name="choice_2"`) {
		t.Fatalf("preview: %d %s", preview.status, visible(preview.body))
	}
	if body := s.get("manager", s.glossaryPath("")).body; strings.Contains(body, "bridge") {
		t.Error("the preview has written")
	}
	kept := url.Values{"kept": {keptFile(t, preview.body)}, "kept_name": {"terms.tsv"}}
	kept.Set("report", "1")
	report := s.upload("manager", s.glossaryPath("/preview"), kept, nil)
	if !strings.Contains(report.header.Get("Content-Disposition"), "attachment") || !strings.Contains(report.body, "conflict,Alpha canary,طوطی,قناری") {
		t.Errorf("report: %v %s", report.header, report.body)
	}
	kept.Del("report")
	kept.Set("choice_2", "theirs")
	s.upload("manager", s.glossaryPath("/import"), kept, nil)
	body := s.get("manager", s.glossaryPath("")).body
	for _, want := range []string{"bridge", "2 new", "طوطی", "/undo"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is missing: %s", want, visible(body))
		}
	}
	s.post("manager", between(body, `action="`, `"`, "/changes/"), nil)
	if body := s.get("manager", s.glossaryPath("")).body; strings.Contains(body, "bridge") || !strings.Contains(body, "قناری") {
		t.Errorf("after undo: %s", visible(body))
	}
}

func TestImportReport_FormulasAreInert(t *testing.T) {
	s := newWorld(t)
	table := "en\tfa\n=HYPERLINK(1)\t@سلام\n"
	report := s.upload("manager", s.glossaryPath("/preview"), url.Values{"report": {"1"}}, map[string]string{"terms.tsv": table})
	if !strings.Contains(report.body, ",'=HYPERLINK(1),'@سلام,") {
		t.Errorf("report: %s", report.body)
	}
}

func TestProposals_FromTranslatorToReviewer(t *testing.T) {
	s := newWorld(t)
	if body := s.get("translator", s.glossaryPath("/concepts/%d?propose=1", s.a.concept)).body; !strings.Contains(body, `name="comment"`) {
		t.Errorf("no form: %s", visible(body))
	}
	form := termForm([3]string{"en", "Sara", "preferred"}, [3]string{"fa", "سارا", "preferred"})
	form.Set("comment", "in tomorrow's paper")
	if got := s.post("translator", s.glossaryPath("/concepts"), form); got.status != http.StatusForbidden {
		t.Errorf("a translator adds a term: %d", got.status)
	}
	sent := s.post("translator", s.glossaryPath("/proposals"), form)
	if sent.status != http.StatusSeeOther {
		t.Fatalf("%d %s", sent.status, visible(sent.body))
	}
	path := s.a.path("/proposals")
	body := s.get("reviewer", path).body
	for _, want := range []string{"Sara", "سارا", "in tomorrow", `class="count"`, "/approve"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is missing: %s", want, visible(body))
		}
	}
	proposals, err := s.work.Proposals(t.Context(), s.actor("reviewer"), s.a.project)
	must(t, err)
	id := proposals[len(proposals)-1].ID
	if body := s.get("translator", path).body; strings.Contains(body, "/approve") || !strings.Contains(body, fmt.Sprintf("%d/withdraw", id)) {
		t.Errorf("as translator: %s", visible(body))
	}
	edited := termForm([3]string{"en", "Sara", "preferred"}, [3]string{"fa", "سارا", "preferred"}, [3]string{"fa", "ساره", "forbidden"})
	if got := s.post("reviewer", path+fmt.Sprintf("/%d/approve", id), edited); got.status != http.StatusSeeOther {
		t.Fatalf("approve: %d %s", got.status, visible(got.body))
	}
	if body := s.get("viewer", s.glossaryPath("?q=Sara")).body; !strings.Contains(body, "ساره") {
		t.Errorf("glossary: %s", visible(body))
	}
	reject := s.post("reviewer", path+fmt.Sprintf("/%d/reject", s.a.proposal), url.Values{"reason": {"not our style"}})
	if reject.status != http.StatusSeeOther {
		t.Errorf("reject: %d %s", reject.status, visible(reject.body))
	}
	if body := s.get("translator", path).body; !strings.Contains(body, "badge-ok") || strings.Contains(body, "not our style") {
		t.Errorf("a translator sees the outcome of his own and no other: %s", visible(body))
	}
}

func TestExceptions_PageAndSettings(t *testing.T) {
	s := newWorld(t)
	rows, _, err := s.work.Segments(t.Context(), s.actor("manager"), s.a.document, 0)
	must(t, err)
	segment := fmt.Sprintf("%s/segments/%d", s.a.path("/documents/%d", s.a.document), rows[0].ID)
	body := approveJSON{Revision: rows[0].Revision, Override: "as in the quotation"}
	if got := s.json("reviewer", "POST", segment+"/approve", body); got.status != http.StatusOK {
		t.Fatalf("approve: %d %s", got.status, got.body)
	}
	page := s.get("reviewer", s.a.path("/exceptions")).body
	for _, want := range []string{"as in the quotation", "Alpha canary", "reviewer"} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing: %s", want, visible(page))
		}
	}
	form := url.Values{"name": {"Alpha canary"}, "pretranslate": {"100"}, "threshold": {"70"}, "term_person": {"warning"}, "term_legal": {"warning"}}
	if got := s.post("manager", s.a.path("/settings"), form); got.status != http.StatusSeeOther {
		t.Fatalf("settings: %d %s", got.status, visible(got.body))
	}
	project, err := s.work.Project(t.Context(), s.actor("manager"), s.a.project)
	if must(t, err); len(project.Settings.Terms) != 1 || project.Settings.Terms[tm.Person] != "warning" {
		t.Errorf("settings: %v", project.Settings.Terms)
	}
}

func TestDocument_Date(t *testing.T) {
	s := newWorld(t)
	path := s.a.path("/documents/%d/date", s.a.document)
	if got := s.post("manager", path, url.Values{"date": {"1402/11/22"}}); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, visible(got.body))
	}
	d, err := s.work.Document(t.Context(), s.actor("viewer"), s.a.document)
	if must(t, err); !d.Date.Equal(time.Date(2024, 2, 11, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("date: %v", d.Date)
	}
	s.post("manager", path, url.Values{"date": {"someday"}})
	if body := s.get("manager", s.a.path("")).body; !strings.Contains(body, "someday") {
		t.Errorf("no message: %s", visible(body))
	}
}

func TestParseDay(t *testing.T) {
	tests := map[string]string{
		"": "0001-01-01", "2024-05-01": "2024-05-01", "2024/5/1": "2024-05-01", " ۱۴۰۳/۰۲/۱۲ ": "2024-05-01", "١٤٠٣.٢.١٢": "2024-05-01",
		"1403/12/30": "2025-03-20", "1404/12/30": "error", "2023-02-29": "error", "2024-13-01": "error", "2024": "error",
		"1-2-3-4": "error", "2024-05-01x": "error", "soon": "error", "99999-1-1": "error", "1403/13/1": "error", "-5-1-1": "error",
	}
	for text, want := range tests {
		day, err := parseDay(text)
		got := day.Format(time.DateOnly)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	at := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	for tag, want := range map[string]string{"en": "2024-05-01", "fa": "۱۴۰۳/۰۲/۱۲"} {
		field := printerFor(tag).DayField(at)
		if back, err := parseDay(field); field != want || err != nil || !back.Equal(at) {
			t.Errorf("%s: %s, read back as %v, %v", tag, field, back, err)
		}
	}
}

// No sentence of the new pages may be missing in either language.
func TestGlossaryPages_SpeakBothLanguages(t *testing.T) {
	s := newWorld(t)
	before := locales.Misses()
	for _, tag := range []string{"en", "fa"} {
		for _, who := range []string{"reviewer", "translator", "viewer"} {
			s.post(who, "/account", url.Values{"name": {who}, "locale": {tag}})
			for _, path := range []string{s.glossaryPath(""), s.glossaryPath("?q=none"), s.glossaryPath("/concepts/%d", s.a.concept),
				s.glossaryPath("/concepts/%d?propose=1", s.a.concept), s.a.path("/glossaries")} {
				if got := s.get(who, path); got.status != http.StatusOK {
					t.Errorf("%s %s as %s: %d", tag, path, who, got.status)
				}
			}
		}
	}
	if n := locales.Misses() - before; n != 0 {
		t.Errorf("%d sentences are missing", n)
	}
}
