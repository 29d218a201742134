package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
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
	if body := s.get("viewer", "/projects").body; !strings.Contains(body, "پروژهٔ تازه") {
		t.Error("the account is not followed")
	}
	if got := s.post("y", "/language", url.Values{"lang": {"xx"}}); got.status != http.StatusBadRequest {
		t.Errorf("unknown language: %d", got.status)
	}
}
