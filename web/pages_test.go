package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

func TestPages_EveryPageInEveryLanguage(t *testing.T) {
	s := newWorld(t)
	before := locales.Misses()
	for _, tag := range []string{"en", "fa"} {
		s.post("manager", "/account", url.Values{"name": {"manager"}, "locale": {tag}})
		for _, r := range s.server.routes {
			if r.method != "GET" || strings.Contains(r.path, "export") || strings.Contains(r.path, ":token") || r.path == "/assets/*path" || r.path == "/login" || r.path == "/" || strings.HasPrefix(r.path, "/admin") || strings.HasSuffix(r.path, "/concordance") || strings.HasSuffix(r.path, "/merge") {
				continue
			}
			got := s.get("manager", s.fillIn(r.path, s.a))
			if got.status != http.StatusOK || strings.Contains(got.body, "<no value>") {
				t.Errorf("%s %s: %d %s", tag, r.path, got.status, visible(got.body))
			}
		}
	}
	if n := locales.Misses() - before; n != 0 {
		t.Errorf("%d sentences are missing", n)
	}
}

func TestUpload_ManyFilesAndTheirQuestions(t *testing.T) {
	s := newWorld(t)
	cp1256 := string([]byte{0xD3, 0xE1, 0xC7, 0xE3})
	path := s.a.path("/documents")
	got := s.upload("manager", path, nil, map[string]string{"one.txt": "The bridge opened.\n", "two.txt": cp1256, "three.zzz": "\x00\x01"})
	if got.status != http.StatusOK || !strings.Contains(got.body, "Uploaded: 1 segment") || !strings.Contains(got.body, "سلام") || !strings.Contains(got.body, `value="windows-1256"`) {
		t.Fatalf("%d %s", got.status, visible(got.body))
	}
	again := s.upload("manager", path, url.Values{"kept": {keptFile(t, got.body)}, "kept_name": {"two.txt"}, "charset": {"windows-1256"}}, nil)
	if !strings.Contains(again.body, "Uploaded: 1 segment") {
		t.Errorf("second step: %s", visible(again.body))
	}
	same := s.upload("manager", path, nil, map[string]string{"one.txt": "The bridge closed.\n"})
	if !strings.Contains(same.body, "Keep both") || !strings.Contains(same.body, "one (2).txt") {
		t.Errorf("same name: %s", visible(same.body))
	}
	both := s.upload("manager", path, url.Values{"name": {"one (2).txt"}}, map[string]string{"one.txt": "The bridge closed.\n"})
	if !strings.Contains(both.body, "Uploaded") {
		t.Errorf("keep both: %s", visible(both.body))
	}
}

func TestUpload_JSONForTheDropZone(t *testing.T) {
	s := newWorld(t)
	body, kind := multipartBody(nil, map[string]string{"one.txt": "The bridge opened.\n"})
	r := request("POST", s.a.path("/documents"), body, kind)
	r.Header.Set("Accept", "application/json")
	var out struct{ Files []uploadResult }
	if err := json.Unmarshal([]byte(s.do("manager", r).body), &out); err != nil || len(out.Files) != 1 || !out.Files[0].OK || out.Files[0].Link == "" {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestDelete_IsTakenBackFromTheMessage(t *testing.T) {
	s := newWorld(t)
	tests := map[string]string{
		"document": s.a.path("/documents/%d/delete", s.a.document),
		"unit":     s.a.path("/memories/%d/units/%d/delete", s.a.memory, s.a.unit),
		"concept":  s.a.path("/glossaries/%d/concepts/%d/delete", s.a.glossary, s.a.concept),
		"memory":   s.a.path("/memories/%d/delete", s.a.memory),
		"glossary": s.a.path("/glossaries/%d/delete", s.a.glossary),
	}
	for name, path := range tests {
		t.Run(name, func(t *testing.T) {
			got := s.post("manager", path, nil)
			body := s.get("manager", got.header.Get("Location")).body
			undo := strings.TrimSuffix(path, "/delete") + "/restore"
			if !strings.Contains(body, `action="`+undo+`"`) {
				t.Fatalf("no way back: %s", visible(body))
			}
			if got := s.post("manager", undo, nil); got.status != http.StatusSeeOther {
				t.Errorf("undo: %d %s", got.status, visible(got.body))
			}
		})
	}
}

func TestDeleteProject_AsksForItsName(t *testing.T) {
	s := newWorld(t)
	s.post("manager", s.a.path("/delete"), url.Values{"confirm": {"alpha"}})
	if got := s.get("manager", s.a.path("")); got.status != http.StatusOK {
		t.Fatal("deleted without its name")
	}
	s.post("manager", s.a.path("/delete"), url.Values{"confirm": {"Alpha canary"}})
	if got := s.get("manager", s.a.path("")); got.status != http.StatusNotFound {
		t.Errorf("after: %d", got.status)
	}
	if body := s.get("manager", "/projects/trash").body; !strings.Contains(body, "Alpha canary") {
		t.Error("not in the trash")
	}
	if got := s.post("manager", fmt.Sprintf("/projects/trash/%d/restore", s.a.project), nil); got.status != http.StatusSeeOther {
		t.Errorf("restore: %d", got.status)
	}
}

func TestMemory_ImportJobAndExport(t *testing.T) {
	s := newWorld(t)
	path := s.a.path("/memories/%d", s.a.memory)
	got := s.upload("manager", path+"/import", nil, map[string]string{"pairs.tsv": "en\tfa\nThe river rose.\tرود بالا آمد.\n"})
	job := got.header.Get("Location")
	if !strings.Contains(job, "/jobs/") {
		t.Fatalf("%d %s", got.status, visible(got.body))
	}
	var id int64
	fmt.Sscanf(job[strings.LastIndex(job, "/")+1:], "%d", &id)
	s.waitFor("manager", s.a.project, id)
	if body := s.get("manager", job).body; !strings.Contains(body, "New units: 1") {
		t.Errorf("job: %s", visible(body))
	}
	export := s.get("manager", path+"/export?kind=tmx")
	if !strings.Contains(export.body, "رود بالا آمد.") || !strings.HasPrefix(export.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("export: %d %v", export.status, export.header)
	}
}

func TestEditor_SaveStaleApproveHistory(t *testing.T) {
	s := newWorld(t)
	api := s.a.path("/documents/%d", s.a.document)
	var list segmentListJSON
	must(t, json.Unmarshal([]byte(s.get("translator", api+"/segments").body), &list))
	row := list.Segments[0]
	save := saveJSON{Revision: row.Revision, Target: contentJSON{Text: "کتاب 😀", Codes: []codeJSON{}}, State: tm.Translated}
	segment := fmt.Sprintf("%s/segments/%d", api, row.ID)
	var saved savedJSON
	must(t, json.Unmarshal([]byte(s.json("translator", "PUT", segment, save).body), &saved))
	if saved.Segment.Target.Text != "کتاب 😀" || saved.Segment.Revision <= row.Revision {
		t.Errorf("saved %+v", saved.Segment)
	}
	stale := s.json("reviewer", "PUT", segment, save)
	var problem problemJSON
	must(t, json.Unmarshal([]byte(stale.body), &problem))
	if stale.status != http.StatusConflict || problem.Code != "segment.stale" || problem.Current == nil || problem.Message == "" {
		t.Errorf("stale: %d %s", stale.status, stale.body)
	}
	gate := s.json("reviewer", "POST", segment+"/approve", approveJSON{Revision: saved.Segment.Revision})
	must(t, json.Unmarshal([]byte(gate.body), &problem))
	if gate.status != http.StatusUnprocessableEntity || problem.Code != "segment.gate" || len(problem.Issues) == 0 || problem.Issues[0].End == 0 {
		t.Errorf("gate: %d %s", gate.status, gate.body)
	}
	if got := s.json("reviewer", "POST", segment+"/approve", approveJSON{Revision: saved.Segment.Revision, Override: "A test."}); got.status != http.StatusOK {
		t.Errorf("approve: %d %s", got.status, got.body)
	}
	if got := s.get("viewer", segment+"/history"); got.status != http.StatusOK || !strings.Contains(got.body, "کتاب") {
		t.Errorf("history: %d %s", got.status, got.body)
	}
}

func TestEditor_LoggedOutIs401(t *testing.T) {
	s := newWorld(t)
	got := s.json("", "PUT", s.a.path("/documents/%d/segments/%d", s.a.document, s.a.segment), saveJSON{})
	if got.status != http.StatusUnauthorized || !strings.Contains(got.body, "login.needed") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestPrinter_DatesOfBothCalendars(t *testing.T) {
	at := time.Date(1979, 2, 11, 12, 35, 0, 0, time.FixedZone("Tehran", 12600))
	if got := printerFor("en").Moment(at); got != "11 February 1979, 09:05 UTC" {
		t.Errorf("en: %q", got)
	}
	if got := printerFor("fa").Moment(at); got != "۲۲ بهمن ۱۳۵۷، ۰۹:۰۵ به وقت جهانی (UTC)" {
		t.Errorf("fa: %q", got)
	}
}

func TestPrinter_TimesForTheBrowser(t *testing.T) {
	p, at := printerFor("fa"), time.Date(1979, 2, 11, 9, 5, 0, 0, time.UTC)
	if got := p.MomentPattern(); got != "{day} {month} {year}، {hour}:{minute}" {
		t.Errorf("pattern %q", got)
	}
	const element = `<time datetime="1979-02-11T09:05:00Z" data-time="day">۲۲ بهمن ۱۳۵۷</time>`
	got := p.Timed("document.by", "date", p.Day(at), "name", "<b>\x00</b>")
	if want := "\u2068&lt;b&gt; &lt;/b&gt;\u2069، " + element; string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBar_NeverPassesTheEnd(t *testing.T) {
	p := page{Printer: printerFor("en")}
	b := p.Bar(workbench.Progress{Words: map[tm.State]int{tm.Approved: 1, tm.Translated: 1, tm.Draft: 1}})
	end := 0
	for _, part := range b.Parts {
		if part.At != end {
			t.Errorf("part %+v does not begin at %d", part, end)
		}
		end += part.Percent
	}
	if end > 100 || b.Done != "66%" {
		t.Errorf("end %d, done %s", end, b.Done)
	}
}

func TestCanary_StrangersNeverSeeOtherProjects(t *testing.T) {
	s := newWorld(t)
	seen := 0
	for _, r := range s.server.routes {
		if r.method != "GET" {
			continue
		}
		for _, query := range []string{"", "?q=canary&side=source", "?q=canary&side=target&kind=tmx", "?kind=csv", "?kind=bilingual"} {
			body := s.get("stranger", s.fillIn(r.path, s.b)+query).body
			if strings.Contains(body, "Alpha") {
				t.Errorf("%s%s shows the other project", r.path, query)
			}
			seen += strings.Count(body, "Beta canary")
		}
	}
	if seen < 20 {
		t.Errorf("their own project shows only %d times; the sweep is blind", seen)
	}
}

func TestSettings_KeepWhatHasNoField(t *testing.T) {
	s := newWorld(t)
	project, err := s.work.Project(t.Context(), s.actor("manager"), s.a.project)
	must(t, err)
	project.Settings.Checks = map[string]string{"double_space": "off"}
	must(t, s.work.UpdateProject(t.Context(), s.actor("manager"), s.a.project, project.Name, project.Settings))
	got := s.post("manager", s.a.path("/settings"), url.Values{"name": {"Alpha"}, "pretranslate": {"90"}, "threshold": {"75"}, "check_length": {"error"}, "check_latin_comma": {"warning"}})
	if got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, visible(got.body))
	}
	project, err = s.work.Project(t.Context(), s.actor("manager"), s.a.project)
	must(t, err)
	if project.Settings.Checks["double_space"] != "off" || len(project.Settings.Checks) != 2 || project.Settings.Checks["length"] != "error" || project.Settings.Pretranslate != 90 || project.Settings.Propagate {
		t.Errorf("settings %+v", project.Settings)
	}
}

func TestChecks_HaveNameAndSentence(t *testing.T) {
	p := printerFor("en")
	for code := range workbench.CheckSeverities() {
		sentence := p.Has("issue."+code) || p.Has("issue."+code+"_source") && p.Has("issue."+code+"_target")
		if !p.Has("check."+code) || !sentence {
			t.Errorf("%s has no name or no sentence", code)
		}
	}
}

func TestUpload_OneFileTooLargeLeavesTheOthers(t *testing.T) {
	s := newWorld(t)
	got := s.upload("manager", s.a.path("/documents"), nil, map[string]string{
		"huge.txt": strings.Repeat("x", uploadFile+1), "small.txt": "The bridge opened.\n",
	})
	if got.status != http.StatusOK || !strings.Contains(got.body, "Uploaded: 1 segment") || !strings.Contains(got.body, "limit of 64 MB") || !strings.Contains(got.body, "Uploaded: 1 of 2 files.") {
		t.Errorf("%d %s", got.status, visible(got.body))
	}
}
