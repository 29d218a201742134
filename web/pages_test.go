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

func TestLogin_WrongIsTheSameForKnownAndUnknown(t *testing.T) {
	s := newWorld(t)
	known := s.post("x", "/login", url.Values{"login": {"viewer"}, "password": {"wrong"}})
	unknown := s.post("y", "/login", url.Values{"login": {"nobody"}, "password": {"wrong"}})
	closed := s.post("z", "/login", url.Values{"login": {"disabled"}, "password": {password}})
	for name, got := range map[string]answer{"known": known, "unknown": unknown, "disabled": closed} {
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "name or the password is wrong") {
			t.Errorf("%s: %d %s", name, got.status, visible(got.body))
		}
	}
}

func TestLogin_Throttled(t *testing.T) {
	s := newWorld(t)
	for range 5 {
		s.post("x", "/login", url.Values{"login": {"viewer"}, "password": {"wrong"}})
	}
	got := s.post("x", "/login", url.Values{"login": {"viewer"}, "password": {password}})
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" || !strings.Contains(got.body, "Too many failed attempts") {
		t.Errorf("%d %v %s", got.status, got.header.Get("Retry-After"), visible(got.body))
	}
}

func TestLogin_NewTokenAndWayBack(t *testing.T) {
	s := newWorld(t)
	s.get("x", "/login")
	s.post("x", "/language", url.Values{"lang": {"en"}})
	s.keep("x", &http.Cookie{Name: "tarjoman", Value: "planted"})
	got := s.post("x", "/login", url.Values{"login": {"viewer"}, "password": {password}, "next": {s.a.path("/members")}})
	if got.header.Get("Location") != s.a.path("/members") {
		t.Errorf("sent to %s", got.header.Get("Location"))
	}
	cookie := got.header.Get("Set-Cookie")
	if strings.Contains(cookie, "planted") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("cookie %q", cookie)
	}
	if s.get("planted", "/projects").status != http.StatusSeeOther {
		t.Error("a planted token is logged in")
	}
}

func TestCookies_Secure(t *testing.T) {
	s := newWorld(t)
	server, err := New(Config{Workbench: s.work, SecureCookies: true, Logger: s.server.log})
	must(t, err)
	s.server = server
	got := s.post("x", "/login", url.Values{"login": {"viewer"}, "password": {password}})
	cookie := got.header.Get("Set-Cookie")
	if !strings.HasPrefix(cookie, "__Host-") || !strings.Contains(cookie, "Secure") || !strings.Contains(cookie, "Path=/") {
		t.Errorf("cookie %q", cookie)
	}
}

func TestSessions_EndWhenLeftAlone(t *testing.T) {
	s := newWorld(t)
	if got := s.get("viewer", "/projects"); got.status != http.StatusOK {
		t.Fatalf("before: %d", got.status)
	}
	s.server.clock = func() time.Time { return time.Now().Add(idleLimit + time.Minute) }
	if got := s.get("viewer", "/projects"); got.status != http.StatusSeeOther {
		t.Errorf("after: %d", got.status)
	}
}

func TestSessions_LogoutEndsTheToken(t *testing.T) {
	s := newWorld(t)
	before := append([]*http.Cookie(nil), s.jars["viewer"]...)
	s.post("viewer", "/logout", nil)
	s.jars["thief"] = before
	if got := s.get("thief", "/projects"); got.status != http.StatusSeeOther {
		t.Errorf("the old token still works: %d", got.status)
	}
}

func TestSessions_ListAndEndOthers(t *testing.T) {
	s := newWorld(t)
	s.jars["phone"] = nil
	s.post("phone", "/login", url.Values{"login": {"viewer"}, "password": {password}})
	if body := s.get("viewer", "/account").body; strings.Count(body, "/account/sessions/end/") != 1 {
		t.Errorf("want one other session: %s", visible(body))
	}
	s.post("viewer", "/account/sessions/end", nil)
	if got := s.get("phone", "/projects"); got.status != http.StatusSeeOther {
		t.Errorf("the phone: %d", got.status)
	}
	if got := s.get("viewer", "/projects"); got.status != http.StatusOK {
		t.Errorf("this browser: %d", got.status)
	}
}

func TestAccount_PasswordChange(t *testing.T) {
	s := newWorld(t)
	got := s.post("viewer", "/account/password", url.Values{"old": {"wrong"}, "new": {"another long password"}})
	if got.status != http.StatusSeeOther || !strings.Contains(s.get("viewer", "/account").body, "present password is wrong") {
		t.Errorf("wrong one: %d", got.status)
	}
	s.post("viewer", "/account/password", url.Values{"old": {password}, "new": {"another long password"}})
	if body := s.get("viewer", "/account").body; !strings.Contains(body, "password is changed") {
		t.Errorf("right one: %s", visible(body))
	}
}

func TestSetup_OnceByLink(t *testing.T) {
	s := newSite(t)
	if body := s.get("", "/login").body; !strings.Contains(body, "no account yet") {
		t.Errorf("log-in page: %s", visible(body))
	}
	token, err := s.work.SetupToken(t.Context())
	must(t, err)
	form := url.Values{"login": {"first"}, "name": {"آرش"}, "password": {password}}
	if got := s.post("", "/setup/wrong", form); got.status != http.StatusUnprocessableEntity {
		t.Errorf("wrong link: %d", got.status)
	}
	if got := s.post("", "/setup/"+token, form); got.status != http.StatusSeeOther {
		t.Fatalf("right link: %d %s", got.status, visible(got.body))
	}
	if body := s.get("", "/projects").body; !strings.Contains(body, "No projects yet") || !strings.Contains(body, "آرش") {
		t.Errorf("after: %s", visible(body))
	}
	if got := s.get("other", "/setup/"+token); got.status != http.StatusNotFound {
		t.Errorf("second time: %d", got.status)
	}
}

func TestAdmin_AddAccountAndLink(t *testing.T) {
	s := newWorld(t)
	body := s.post("admin", "/admin/accounts", url.Values{"login": {"new"}, "name": {"New"}}).body
	at := strings.Index(body, "/password/")
	if at < 0 {
		t.Fatalf("no link: %s", visible(body))
	}
	link := body[at : at+strings.IndexByte(body[at:], '"')]
	if got := s.get("", link); got.status != http.StatusOK {
		t.Fatalf("link: %d", got.status)
	}
	if got := s.post("", link, url.Values{"password": {"short"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("short password: %d", got.status)
	}
	if got := s.post("", link, url.Values{"password": {"a fresh long one"}}); got.header.Get("Location") != "/login" {
		t.Errorf("after: %d %v", got.status, got.header)
	}
	if got := s.get("", link); got.status == http.StatusOK {
		t.Error("the link works twice")
	}
}

func TestLanguage_AccountThenCookieThenBrowser(t *testing.T) {
	s := newWorld(t)
	persian := request("GET", "/login", nil, "")
	persian.Header.Set("Accept-Language", "fa-IR,fa;q=0.9,en;q=0.5")
	if body := s.do("x", persian).body; !strings.Contains(body, `lang="fa" dir="rtl"`) || !strings.Contains(body, "گذرواژه") {
		t.Error("Accept-Language is not followed")
	}
	s.post("y", "/language", url.Values{"lang": {"fa"}, "next": {"/login"}})
	if body := s.get("y", "/login").body; !strings.Contains(body, `lang="fa"`) {
		t.Error("the cookie is not followed")
	}
	s.post("viewer", "/account", url.Values{"name": {"viewer"}, "locale": {"fa"}})
	if body := s.get("viewer", "/projects").body; !strings.Contains(body, "پروژه‌ها") {
		t.Error("the account is not followed")
	}
	if got := s.post("y", "/language", url.Values{"lang": {"xx"}}); got.status != http.StatusBadRequest {
		t.Errorf("unknown language: %d", got.status)
	}
}

func TestPages_EveryPageInEveryLanguage(t *testing.T) {
	s := newWorld(t)
	before := locales.Misses()
	for _, tag := range []string{"en", "fa"} {
		s.post("manager", "/account", url.Values{"name": {"manager"}, "locale": {tag}})
		for _, r := range s.server.routes {
			if r.method != "GET" || strings.Contains(r.path, "export") || strings.Contains(r.path, ":token") || r.path == "/assets/*path" || r.path == "/login" || r.path == "/" || strings.HasPrefix(r.path, "/admin") || strings.HasSuffix(r.path, "/concordance") {
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

func TestGlossary_PreviewThenImport(t *testing.T) {
	s := newWorld(t)
	path := s.a.path("/glossaries/%d", s.a.glossary)
	table := "en\tfa\nbridge\tپل\nriver\tرود\n"
	preview := s.upload("manager", path+"/preview", nil, map[string]string{"terms.tsv": table})
	if preview.status != http.StatusOK || !strings.Contains(preview.body, "bridge") || !strings.Contains(preview.body, "<b>2</b>") {
		t.Fatalf("preview: %d %s", preview.status, visible(preview.body))
	}
	if body := s.get("manager", path).body; strings.Contains(body, "bridge") {
		t.Error("the preview has written")
	}
	s.upload("manager", path+"/import", url.Values{"kept": {keptFile(t, preview.body)}, "kept_name": {"terms.tsv"}}, nil)
	if body := s.get("manager", path).body; !strings.Contains(body, "bridge") || !strings.Contains(body, "2 new") {
		t.Errorf("import: %s", visible(body))
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

func TestConcept_FormKeepsOtherLanguages(t *testing.T) {
	s := newWorld(t)
	form := url.Values{"type": {"person"}, "note": {"n"}, "lang": {"en", "fa", "de"}, "term": {"Sara", "سارا", "Sara"},
		"status": {"preferred", "preferred", "admitted"}, "case": {"", "", ""}, "pos": {"", "", ""}}
	if got := s.post("reviewer", s.a.path("/glossaries/%d/concepts", s.a.glossary), form); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, visible(got.body))
	}
	body := s.get("reviewer", s.a.path("/glossaries/%d?q=Sara", s.a.glossary)).body
	if !strings.Contains(body, `name="lang" value="de"`) || !strings.Contains(body, "سارا") {
		t.Errorf("page: %s", visible(body))
	}
}

func TestPrinter_DatesOfBothCalendars(t *testing.T) {
	at := time.Date(1979, 2, 11, 9, 5, 0, 0, time.Local)
	if got := printerFor("en").Moment(at); got != "11 February 1979, 09:05" {
		t.Errorf("en: %q", got)
	}
	if got := printerFor("fa").Moment(at); got != "۲۲ بهمن ۱۳۵۷، ۰۹:۰۵" {
		t.Errorf("fa: %q", got)
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
