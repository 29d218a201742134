package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

func TestHeaders_OnEveryKindOfAnswer(t *testing.T) {
	s := newWorld(t)
	paths := []string{"/login", "/healthz", "/nowhere", "/projects", s.a.path(""), s.a.path("/documents/%d", s.a.document), "/assets/none.css"}
	want := map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
	}
	for _, path := range paths {
		got := s.get("manager", path)
		for name, value := range want {
			if !strings.Contains(got.header.Get(name), value) {
				t.Errorf("%s: %s is %q, want %q", path, name, got.header.Get(name), value)
			}
		}
		policy := got.header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: policy %q lacks %q", path, policy, part)
			}
		}
	}
}

func TestHeaders_NonceIsNewEachTime(t *testing.T) {
	s := newSite(t)
	a, b := s.get("", "/login"), s.get("", "/login")
	if a.header.Get("Content-Security-Policy") == b.header.Get("Content-Security-Policy") {
		t.Error("two answers share a nonce")
	}
}

func TestPages_HaveNoInlineScriptOrStyle(t *testing.T) {
	s := newWorld(t)
	for _, path := range []string{"/projects", s.a.path(""), s.a.path("/memories/%d", s.a.memory), s.a.path("/glossaries/%d", s.a.glossary), "/account"} {
		body := s.get("manager", path).body
		for _, bad := range []string{" style=", "<style", "javascript:", " onclick", "ZgotmplZ"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s contains %q", path, bad)
			}
		}
	}
}

func TestCrossSite_ChangesAreRefused(t *testing.T) {
	s := newWorld(t)
	tests := map[string]map[string]string{
		"other site":     {"Sec-Fetch-Site": "cross-site"},
		"same site":      {"Sec-Fetch-Site": "same-site"},
		"foreign origin": {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
		"null origin":    {"Sec-Fetch-Site": "", "Origin": "null"},
	}
	for name, headers := range tests {
		t.Run(name, func(t *testing.T) {
			r := request("POST", "/projects", strings.NewReader("name=Evil&source=en&target=fa"), "application/x-www-form-urlencoded")
			for k, v := range headers {
				r.Header.Set(k, v)
				if v == "" {
					r.Header.Del(k)
				}
			}
			r.Header.Set("Accept-Language", "fa")
			got := s.do("manager", r)
			if got.status != http.StatusForbidden || !strings.Contains(got.body, "سایت دیگری") {
				t.Errorf("%d %s", got.status, visible(got.body))
			}
		})
	}
	if list := s.get("manager", "/projects").body; strings.Contains(list, "Evil") {
		t.Error("the change was made")
	}
}

const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>`

func TestHostileNames_ComeOutEscaped(t *testing.T) {
	s := newWorld(t)
	a, ctx := s.actor("manager"), t.Context()
	project, err := s.work.CreateProject(ctx, a, hostile, language.English, language.Persian)
	must(t, err)
	imported, err := s.work.Import(ctx, a, project.ID, workbench.Upload{Name: "x.txt", Data: []byte(hostile + " was here.\n")})
	must(t, err)
	must(t, s.work.RenameDocument(ctx, a, imported.Document.ID, hostile))
	x := things{project: project.ID, document: imported.Document.ID}
	memories, err := s.work.Memories(ctx, a, x.project)
	must(t, err)
	glossaries, err := s.work.Glossaries(ctx, a, x.project)
	must(t, err)
	_, err = s.work.SaveConcept(ctx, a, x.project, tm.Concept{Glossary: glossaries[0].ID, Note: hostile, Terms: []tm.Term{{Lang: language.English, Text: hostile, Status: tm.Preferred}}})
	must(t, err)
	paths := []string{"/projects", x.path(""), x.path("/documents/%d", x.document), x.path("/memories"), x.path("/memories/%d", memories[0].ID),
		x.path("/glossaries"), x.path("/glossaries/%d", glossaries[0].ID), x.path("/glossaries/%d?q=%s", glossaries[0].ID, url.QueryEscape(hostile)),
		x.path("/settings"), x.path("/activity"), x.path("/members")}
	for _, path := range paths {
		body := s.get("manager", path).body
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") || !strings.Contains(body, "alert(1)") {
			t.Errorf("%s: hostile text is missing or alive", path)
		}
	}
}

func TestHostileNames_InFlashMessagesAndErrors(t *testing.T) {
	s := newWorld(t)
	s.post("manager", s.a.path("/members"), url.Values{"login": {hostile + "\u202Eevil"}, "role": {"viewer"}})
	body := s.get("manager", s.a.path("/members")).body
	if strings.Contains(body, "<script>alert") || strings.Contains(body, "\u202E") {
		t.Error("hostile text is alive")
	}
	if !strings.Contains(body, "There is no account") {
		t.Errorf("no sentence: %s", visible(body))
	}
}

func TestDisposition(t *testing.T) {
	tests := map[string]struct{ name, want string }{
		"plain":    {"report.docx", `attachment; filename=report.docx`},
		"persian":  {"گزارش.txt", `attachment; filename="_____.txt"; filename*=utf-8''%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4.txt`},
		"path":     {"../../etc/passwd", `attachment; filename=.._.._etc_passwd`},
		"new line": {"a\r\nSet-Cookie: x", `attachment; filename="a  Set-Cookie_ x"`},
		"override": {"a\u202Efdp.exe", `attachment; filename=afdp.exe`},
		"quote":    {`a"b.txt`, `attachment; filename=a_b.txt`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := disposition(test.name); got != test.want {
				t.Errorf("disposition(%q) = %s, want %s", test.name, got, test.want)
			}
		})
	}
}

func TestDownloads_AreInert(t *testing.T) {
	s := newWorld(t)
	got := s.get("manager", s.a.path("/documents/%d/export?kind=bilingual", s.a.document))
	if got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") ||
		!strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %v", got.status, got.header)
	}
}

func TestLocalPath(t *testing.T) {
	tests := map[string]string{
		"/projects?x=1": "/projects?x=1", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/",
		"projects": "/", "": "/", "javascript:alert(1)": "/", "/a\r\nb": "/",
	}
	for path, want := range tests {
		if got := localPath(path, "/"); got != want {
			t.Errorf("localPath(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestBodies_AreBounded(t *testing.T) {
	s := newWorld(t)
	segment := s.a.path("/documents/%d/segments/%d", s.a.document, s.a.segment)
	long := `{"revision":1,"target":{"text":"` + strings.Repeat("x", smallBody) + `","codes":[]},"state":"draft","filled":0,"filledBy":""}`
	manyParts := url.Values{}
	for range uploadParts + 1 {
		manyParts.Add("x", "y")
	}
	tests := map[string]struct {
		got  answer
		want int
	}{
		"JSON over the limit": {s.do("manager", request("PUT", segment, strings.NewReader(long), "application/json")), http.StatusRequestEntityTooLarge},
		"form over the limit": {s.post("manager", "/projects", url.Values{"name": {strings.Repeat("x", smallBody)}}), http.StatusRequestEntityTooLarge},
		"unknown field":       {s.json("manager", "PUT", segment, map[string]any{"revision": 1, "author": 7}), http.StatusBadRequest},
		"two values":          {s.do("manager", request("POST", segment+"/reopen", strings.NewReader(`{"revision":1}{"revision":2}`), "application/json")), http.StatusBadRequest},
		"not JSON":            {s.do("manager", request("PUT", segment, strings.NewReader("revision=1"), "application/x-www-form-urlencoded")), http.StatusUnsupportedMediaType},
		"NUL in a form":       {s.post("manager", "/projects", url.Values{"name": {"a\x00b"}}), http.StatusBadRequest},
		"NUL in the query":    {s.get("manager", s.a.path("/memories/%d?q=%%00", s.a.memory)), http.StatusBadRequest},
		"NUL in a file name":  {s.upload("manager", s.a.path("/documents"), nil, map[string]string{"a%00b.txt\x00": "x"}), http.StatusBadRequest},
		"wrong method":        {s.get("manager", "/logout"), http.StatusMethodNotAllowed},
		"number too large":    {s.get("manager", "/projects/99999999999999999999"), http.StatusNotFound},
	}
	for name, test := range tests {
		if test.got.status != test.want {
			t.Errorf("%s: %d, want %d: %s", name, test.got.status, test.want, visible(test.got.body))
		}
	}
	parts := s.upload("manager", s.a.path("/documents"), manyParts, map[string]string{"x.txt": "x"})
	if parts.status != http.StatusSeeOther || !strings.Contains(s.get("manager", s.a.path("")).body, "Too many files") {
		t.Errorf("too many parts: %d", parts.status)
	}
}

func TestRecovery_NeutralPageAndOneLogLine(t *testing.T) {
	s := newWorld(t)
	s.server.routes = []route{{"GET", "/boom", func(*visit) error { panic("secret") }, anyone, 0}, {"GET", "/fail", func(*visit) error { return errors.New("secret") }, anyone, 0}}
	s.server.handler = s.server.wrap(s.server.engine())
	for _, path := range []string{"/boom", "/fail"} {
		s.log.Reset()
		got := s.get("", path)
		if got.status != http.StatusInternalServerError || strings.Contains(got.body, "secret") || !strings.Contains(got.body, got.header.Get("X-Request-Id")) {
			t.Errorf("%s: %d %s", path, got.status, visible(got.body))
		}
		if !strings.Contains(s.log.String(), "secret") || !strings.Contains(s.log.String(), got.header.Get("X-Request-Id")) {
			t.Errorf("%s: log %q", path, s.log.String())
		}
	}
}

func TestCompress_TextOnly(t *testing.T) {
	s := newSite(t)
	r := request("GET", "/login", nil, "")
	r.Header.Set("Accept-Encoding", "gzip")
	got := s.do("", r)
	if got.header.Get("Content-Encoding") != "gzip" {
		t.Fatal("the page is not compressed")
	}
	zip, err := gzip.NewReader(strings.NewReader(got.body))
	must(t, err)
	page, err := io.ReadAll(zip)
	if err != nil || !bytes.Contains(page, []byte("</html>")) {
		t.Errorf("unpacked %d bytes, %v", len(page), err)
	}
}

func TestAssets_HashedAndKept(t *testing.T) {
	s := newSite(t)
	path := s.server.assets.url("site.css")
	got := s.get("", path)
	if got.status != http.StatusOK || !strings.Contains(got.header.Get("Cache-Control"), "immutable") || got.header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("%s: %d %v", path, got.status, got.header)
	}
	if len(got.header.Values("Set-Cookie")) != 0 {
		t.Error("an asset sets a cookie")
	}
	if got := s.get("", "/assets/site.css"); got.status != http.StatusNotFound {
		t.Errorf("plain name: %d", got.status)
	}
}

func TestEditor_NotBuilt(t *testing.T) {
	s := newWorld(t)
	server, err := New(Config{Workbench: s.work, Assets: fstest.MapFS{}, Logger: s.server.log})
	must(t, err)
	if !strings.Contains(s.log.String(), "make ui") {
		t.Error("the log does not say so")
	}
	s.server = server
	got := s.get("manager", s.a.path("/documents/%d", s.a.document))
	if got.status != http.StatusOK || !strings.Contains(got.body, "make ui") || !strings.Contains(got.body, "site.") {
		t.Errorf("%d %s", got.status, visible(got.body))
	}
}

func TestHTTPServer_Limits(t *testing.T) {
	h := HTTPServer("127.0.0.1:0", http.NotFoundHandler())
	if h.ReadHeaderTimeout != 5*time.Second || h.MaxHeaderBytes != 32<<10 || h.IdleTimeout == 0 || h.Addr == "" {
		t.Errorf("server %+v", h)
	}
}

func TestProbes(t *testing.T) {
	s := newSite(t)
	for range 6000 { // a minute
		if s.get("", "/readyz").status == http.StatusOK {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if got := s.get("", path); got.status != http.StatusOK || got.body != "ok\n" {
			t.Errorf("%s: %d %q", path, got.status, got.body)
		}
	}
}

func TestSlowBody_DeadlineMovesAndClears(t *testing.T) {
	var set []time.Time
	body := &patientBody{ReadCloser: io.NopCloser(strings.NewReader("x")), deadline: func(at time.Time) error {
		set = append(set, at)
		return nil
	}}
	if _, err := body.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if len(set) != 2 || time.Until(set[0]) <= 0 || !set[1].IsZero() {
		t.Errorf("deadlines %v", set)
	}
}
