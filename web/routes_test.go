package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// roles are the people of the matrix. The column of a row says what each gets.
var roles = []string{"", "disabled", "stranger", "admin", "viewer", "translator", "reviewer", "manager"}

// Outcomes of a cell. Nobody who is not let in sees data or learns what exists.
const (
	in      = "in"      // the handler runs
	door    = "login"   // redirect to the log-in
	missing = "missing" // 404, as if it did not exist
	refused = "refused" // 403
)

// verdict says what a role gets on a route for who; the matrix of TRUST.md 5 in
// one place, written without the code under test.
func verdict(role, who string) string {
	nobody := role == "" || role == "disabled"
	switch {
	case who == "anyone":
		return in
	case nobody:
		return door
	case who == "person":
		return in
	case who == "admin":
		return inIf(role == "admin")
	case role == "stranger", role == "admin":
		return missing
	}
	return inIf(slices.Contains(strings.Fields(matrix[who]), role))
}

func inIf(ok bool) string {
	if ok {
		return in
	}
	return refused
}

// matrix lists who may do an action in a project with its first settings.
var matrix = map[string]string{
	"see":             "viewer translator reviewer manager",
	"translate":       "translator reviewer manager",
	"review":          "reviewer manager",
	"upload":          "manager",
	"download":        "reviewer manager",
	"delete_document": "manager",
	"export_units":    "reviewer manager",
	"edit_units":      "reviewer manager",
	"manage_memories": "manager",
	"edit_terms":      "reviewer manager",
	"propose_terms":   "translator reviewer manager",
	"manage_project":  "manager",
}

// expected is the row of every route: what the matrix of permissions says it
// needs.
var expected = map[string]string{
	"GET /healthz": "anyone", "GET /readyz": "anyone", "GET /assets/*path": "anyone",
	"GET /login": "anyone", "POST /login": "anyone", "POST /logout": "person",
	"GET /setup/:token": "anyone", "POST /setup/:token": "anyone",
	"GET /password/:token": "anyone", "POST /password/:token": "anyone",
	"POST /language": "anyone",
	"GET /account":   "person", "POST /account": "person", "POST /account/password": "person",
	"POST /account/sessions/end": "person", "POST /account/sessions/end/:session": "person",
	"GET /help/matches":   "person",
	"GET /admin/accounts": "admin", "POST /admin/accounts": "admin",
	"POST /admin/accounts/:account/disable": "admin", "POST /admin/accounts/:account/enable": "admin",
	"POST /admin/accounts/:account/link": "admin", "GET /admin/activity": "admin",
	"GET /": "person", "GET /projects": "person", "POST /projects": "person",
	"GET /projects/new": "person", "GET /projects/trash": "person",
	"POST /projects/trash/:project/restore":                                   "person",
	"GET /projects/:project":                                                  "see",
	"GET /projects/:project/settings":                                         "manage_project",
	"POST /projects/:project/settings":                                        "manage_project",
	"GET /projects/:project/rules":                                            "manage_project",
	"POST /projects/:project/rules":                                           "manage_project",
	"POST /projects/:project/rules/reset":                                     "manage_project",
	"POST /projects/:project/archive":                                         "manage_project",
	"POST /projects/:project/delete":                                          "manage_project",
	"GET /projects/:project/activity":                                         "manage_project",
	"GET /projects/:project/members":                                          "see",
	"POST /projects/:project/members":                                         "manage_project",
	"POST /projects/:project/members/:account":                                "manage_project",
	"POST /projects/:project/members/:account/remove":                         "manage_project",
	"GET /projects/:project/analyses":                                         "see",
	"POST /projects/:project/analyses":                                        "translate",
	"GET /projects/:project/analyses/:analysis":                               "see",
	"GET /projects/:project/analyses/:analysis/export":                        "see",
	"POST /projects/:project/analyses/:analysis/delete":                       "manage_project",
	"GET /projects/:project/jobs":                                             "see",
	"GET /projects/:project/jobs/:job":                                        "see",
	"POST /projects/:project/jobs/:job/cancel":                                "manage_memories",
	"POST /projects/:project/documents":                                       "upload",
	"GET /projects/:project/documents/trash":                                  "delete_document",
	"GET /projects/:project/documents/:document":                              "see",
	"GET /projects/:project/documents/:document/issues":                       "see",
	"GET /projects/:project/documents/:document/original":                     "download",
	"GET /projects/:project/documents/:document/export":                       "download",
	"POST /projects/:project/documents/:document/rename":                      "delete_document",
	"POST /projects/:project/documents/:document/delete":                      "delete_document",
	"POST /projects/:project/documents/:document/restore":                     "delete_document",
	"POST /projects/:project/documents/:document/pretranslate":                "translate",
	"GET /projects/:project/documents/:document/segments":                     "see",
	"GET /projects/:project/documents/:document/concordance":                  "see",
	"GET /projects/:project/documents/:document/terms":                        "see",
	"GET /projects/:project/documents/:document/terms/complete":               "see",
	"GET /projects/:project/documents/:document/segments/:segment/terms":      "propose_terms",
	"POST /projects/:project/documents/:document/segments/:segment/terms":     "propose_terms",
	"POST /projects/:project/documents/:document/segments/:segment/dismiss":   "translate",
	"POST /projects/:project/documents/:document/segments/:segment/split":     "translate",
	"POST /projects/:project/documents/:document/segments/:segment/merge":     "translate",
	"GET /projects/:project/documents/:document/typography":                   "translate",
	"POST /projects/:project/documents/:document/typography":                  "translate",
	"POST /projects/:project/documents/:document/changes/:change/undo":        "translate",
	"GET /projects/:project/documents/:document/segments/:segment/assist":     "see",
	"GET /projects/:project/documents/:document/segments/:segment/fragments":  "see",
	"GET /projects/:project/documents/:document/segments/:segment/history":    "see",
	"PUT /projects/:project/documents/:document/segments/:segment":            "translate",
	"POST /projects/:project/documents/:document/segments/:segment/approve":   "review",
	"POST /projects/:project/documents/:document/segments/:segment/reject":    "review",
	"POST /projects/:project/documents/:document/segments/:segment/reopen":    "review",
	"POST /projects/:project/documents/:document/segments/:segment/restore":   "translate",
	"GET /projects/:project/memories":                                         "see",
	"POST /projects/:project/memories":                                        "manage_memories",
	"POST /projects/:project/memories/link":                                   "manage_memories",
	"GET /projects/:project/memories/:memory":                                 "see",
	"POST /projects/:project/memories/:memory":                                "manage_memories",
	"POST /projects/:project/memories/:memory/rename":                         "manage_memories",
	"POST /projects/:project/memories/:memory/unlink":                         "manage_memories",
	"POST /projects/:project/memories/:memory/delete":                         "manage_memories",
	"POST /projects/:project/memories/:memory/restore":                        "manage_memories",
	"POST /projects/:project/memories/:memory/import":                         "manage_memories",
	"GET /projects/:project/memories/:memory/export":                          "export_units",
	"GET /projects/:project/memories/:memory/statistics":                      "see",
	"POST /projects/:project/memories/:memory/change/preview":                 "edit_units",
	"POST /projects/:project/memories/:memory/change":                         "edit_units",
	"GET /projects/:project/memories/:memory/changes":                         "see",
	"POST /projects/:project/memories/:memory/changes/:change/undo":           "edit_units",
	"GET /projects/:project/memories/:memory/units/:unit":                     "see",
	"POST /projects/:project/memories/:memory/units/:unit/tags":               "edit_units",
	"POST /projects/:project/memories/:memory/units/:unit/revert":             "edit_units",
	"POST /projects/:project/memories/:memory/units/:unit":                    "edit_units",
	"POST /projects/:project/memories/:memory/units/:unit/delete":             "edit_units",
	"POST /projects/:project/memories/:memory/units/:unit/restore":            "edit_units",
	"GET /projects/:project/glossaries":                                       "see",
	"POST /projects/:project/glossaries":                                      "manage_project",
	"POST /projects/:project/glossaries/link":                                 "manage_project",
	"GET /projects/:project/glossaries/:glossary":                             "see",
	"POST /projects/:project/glossaries/:glossary/rename":                     "manage_project",
	"POST /projects/:project/glossaries/:glossary/move":                       "manage_project",
	"POST /projects/:project/glossaries/:glossary/unlink":                     "manage_project",
	"POST /projects/:project/glossaries/:glossary/delete":                     "manage_project",
	"POST /projects/:project/glossaries/:glossary/restore":                    "manage_project",
	"POST /projects/:project/glossaries/:glossary/preview":                    "edit_terms",
	"POST /projects/:project/glossaries/:glossary/import":                     "edit_terms",
	"GET /projects/:project/glossaries/:glossary/export":                      "edit_terms",
	"POST /projects/:project/glossaries/:glossary/concepts":                   "edit_terms",
	"POST /projects/:project/glossaries/:glossary/concepts/:concept":          "edit_terms",
	"POST /projects/:project/glossaries/:glossary/concepts/:concept/delete":   "edit_terms",
	"POST /projects/:project/glossaries/:glossary/concepts/:concept/restore":  "edit_terms",
	"POST /projects/:project/glossaries/:glossary/concepts/:concept/revert":   "edit_terms",
	"GET /projects/:project/glossaries/:glossary/concepts/:concept":           "see",
	"GET /projects/:project/glossaries/:glossary/concepts/new":                "propose_terms",
	"GET /projects/:project/glossaries/:glossary/merge":                       "edit_terms",
	"POST /projects/:project/glossaries/:glossary/merge":                      "edit_terms",
	"POST /projects/:project/glossaries/:glossary/changes/:change/undo":       "edit_terms",
	"POST /projects/:project/glossaries/:glossary/proposals":                  "propose_terms",
	"GET /projects/:project/proposals":                                        "propose_terms",
	"GET /projects/:project/proposals/:proposal":                              "edit_terms",
	"POST /projects/:project/proposals/:proposal/approve":                     "edit_terms",
	"POST /projects/:project/proposals/:proposal/reject":                      "edit_terms",
	"POST /projects/:project/proposals/:proposal/withdraw":                    "propose_terms",
	"GET /projects/:project/exceptions":                                       "review",
	"GET /projects/:project/names":                                            "see",
	"GET /projects/:project/names/merge":                                      "propose_terms",
	"POST /projects/:project/names/merge":                                     "propose_terms",
	"GET /projects/:project/documents/:document/extraction":                   "propose_terms",
	"GET /projects/:project/memories/:memory/extraction":                      "propose_terms",
	"POST /projects/:project/extraction":                                      "propose_terms",
	"POST /projects/:project/extraction/reject":                               "propose_terms",
	"POST /projects/:project/exchanges/:exchange/undo":                        "edit_terms",
	"GET /projects/:project/glossaries/:glossary/concepts/:concept/use":       "see",
	"GET /projects/:project/glossaries/:glossary/concepts/:concept/exchange":  "edit_terms",
	"POST /projects/:project/glossaries/:glossary/concepts/:concept/exchange": "edit_terms",
	"POST /projects/:project/documents/:document/date":                        "delete_document",
}

func TestRoutes_EveryRouteHasARow(t *testing.T) {
	s := newSite(t)
	seen := map[string]bool{}
	for _, r := range s.server.engine().Routes() {
		name := r.Method + " " + r.Path
		seen[name] = true
		if expected[name] == "" {
			t.Errorf("%s has no row in the matrix", name)
		}
	}
	for name := range expected {
		if !seen[name] {
			t.Errorf("%s is in the matrix but not among the routes", name)
		}
	}
}

// fillIn puts the objects of a project into the path of a route.
func (s *site) fillIn(path string, x things) string {
	return strings.NewReplacer(
		":project", fmt.Sprint(x.project), ":document", fmt.Sprint(x.document), ":segment", fmt.Sprint(x.segment),
		":memory", fmt.Sprint(x.memory), ":unit", fmt.Sprint(x.unit), ":glossary", fmt.Sprint(x.glossary),
		":concept", fmt.Sprint(x.concept), ":job", fmt.Sprint(x.job), ":analysis", fmt.Sprint(x.analysis), ":change", fmt.Sprint(max(x.change, 1)),
		":proposal", fmt.Sprint(x.proposal), ":exchange", "1",
		":account", fmt.Sprint(s.people["viewer"].ID), ":session", "none", ":token", "none", "*path", "none",
	).Replace(path)
}

// probe sends a harmless request: no body, so that whoever is let in fails on
// what he sent, not on who he is.
func (s *site) probe(role, method, path string) answer {
	return s.do(role, request(method, path, strings.NewReader(""), "application/x-www-form-urlencoded"))
}

// destructive routes change the world with an empty body; they are tried for
// those who are refused only.
func destructive(method, path string) bool {
	for _, end := range []string{"/logout", "/end", "/disable", "/enable", "/link", "/archive", "/delete", "/restore", "/unlink", "/remove", "/pretranslate", "/undo", "/cancel", "/reset", "/approve", "/withdraw"} {
		if method != "GET" && strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

func TestRoutes_EveryRoleGetsWhatTheMatrixSays(t *testing.T) {
	s := newWorld(t)
	cells := 0
	for _, r := range s.server.routes {
		for _, role := range roles {
			want := verdict(role, expected[r.method+" "+r.path])
			if want == in && destructive(r.method, r.path) {
				continue
			}
			cells++
			got := s.probe(role, r.method, s.fillIn(r.path, s.a))
			if message := judge(got, want, r.path); message != "" {
				t.Errorf("%s %s as %q: %s: %d %s", r.method, r.path, role, message, got.status, visible(got.body))
			}
		}
	}
	t.Logf("%d routes, %d roles, %d combinations", len(s.server.routes), len(roles), cells)
}

// judge says what is wrong with an answer; "" when nothing is.
func judge(got answer, want, path string) string {
	leaks := strings.Contains(got.body, "canary")
	switch want {
	case door:
		if got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/login") || leaks {
			return "want a redirect to the log-in"
		}
	case missing:
		if got.status != http.StatusNotFound || leaks {
			return "want 404 without data"
		}
	case refused:
		if got.status != http.StatusForbidden {
			return "want 403"
		}
	default:
		toDoor := got.status == http.StatusSeeOther && strings.HasPrefix(got.header.Get("Location"), "/login")
		if got.status == http.StatusForbidden || got.status == http.StatusUnauthorized || got.status >= 500 || toDoor {
			return "want to come in"
		}
	}
	return ""
}

// foreign swaps one object of the path for one of the other project at a time.
func (s *site) foreign(path string) []string {
	var paths []string
	for _, swap := range []func(*things){
		func(x *things) { x.document = s.b.document },
		func(x *things) { x.segment = s.b.segment },
		func(x *things) { x.memory = s.b.memory },
		func(x *things) { x.unit = s.b.unit },
		func(x *things) { x.glossary = s.b.glossary },
		func(x *things) { x.concept = s.b.concept },
		func(x *things) { x.job = s.b.job },
		func(x *things) { x.proposal = s.b.proposal },
		func(x *things) { x.analysis = s.b.analysis },
	} {
		x := s.a
		swap(&x)
		if p := s.fillIn(path, x); p != s.fillIn(path, s.a) {
			paths = append(paths, p)
		}
	}
	return paths
}

// validBody is a body that the route would accept, so that only the foreign
// object can be what is refused.
func validBody(s *site, method, route, path string) *http.Request {
	form := url.Values{"name": {"x"}, "position": {"0"}, "penalty": {"0"}, "read": {"on"}, "target": {"x"}, "type": {"term"},
		"lang": {"en"}, "term": {"x"}, "status": {"preferred"}, "case": {""}, "pos": {""}, "from": {""}, "until": {""},
		"termnote": {""}, "termsource": {""}, "was": {"0"}, "versions": {"0"}, "version": {"1"}, "action": {"delete"}, "revision": {"1"}, "reason": {"x"}, "date": {"2026-11-22"}}
	if strings.HasSuffix(route, "/merge") && strings.Contains(route, "glossar") {
		form["into"], form["concept"] = []string{fmt.Sprint(s.a.concept)}, []string{fmt.Sprint(s.b.concept)}
	}
	switch {
	case strings.Contains(route, "/segments/") && method != "GET":
		body := map[string]string{
			"approve": `{"revision":1,"override":""}`, "reject": `{"revision":1,"reason":"x"}`, "reopen": `{"revision":1}`,
			"dismiss": `{"revision":1,"code":"length","side":"target","start":0,"end":0,"reason":"x"}`,
			"split":   `{"revision":1,"at":1}`, "merge": `{"revision":1}`,
			"terms":   fmt.Sprintf(`{"glossary":%d,"source":"kite","target":"بادبادک","type":"term"}`, s.a.glossary),
			"restore": `{"revision":1,"version":1}`, ":segment": `{"revision":1,"target":{"text":"x","codes":[]},"state":"draft","filled":0,"filledBy":""}`,
		}[route[strings.LastIndex(route, "/")+1:]]
		return request(method, path, strings.NewReader(body), "application/json")
	case strings.HasSuffix(route, "/glossaries/:glossary/preview"), strings.HasSuffix(route, "/memories/:memory/import"), strings.HasSuffix(route, "/glossaries/:glossary/import"):
		body, kind := multipartBody(nil, map[string]string{"x.tsv": "en\tfa\nbridge\tپل\n"})
		return request(method, path, body, kind)
	case method == "GET" && strings.HasSuffix(route, "/export"):
		kind := "tmx"
		if strings.Contains(route, "glossary") {
			kind = "csv"
		}
		return request(method, path+"?kind="+kind, nil, "")
	case method == "GET" && strings.HasSuffix(route, "/concordance"):
		return request(method, path+"?q=x&side=source", nil, "")
	}
	return request(method, path, strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
}

func TestRoutes_ForeignObjectsLookMissing(t *testing.T) {
	s := newWorld(t)
	want := s.get("manager", "/projects/999999")
	if want.status != http.StatusNotFound {
		t.Fatalf("missing project: %d", want.status)
	}
	cells := 0
	for _, r := range s.server.routes {
		for _, path := range s.foreign(r.path) {
			cells++
			got := s.do("manager", validBody(s, r.method, r.path, path))
			if got.status != http.StatusNotFound || steady(got.body) != steady(want.body) {
				t.Errorf("%s %s: %d %s", r.method, path, got.status, visible(got.body))
			}
		}
	}
	t.Logf("%d foreign paths", cells)
	if row, _, err := s.work.Segments(t.Context(), s.actor("stranger"), s.b.document, 0); err != nil || row[0].Revision != s.revisionOf(t) {
		t.Errorf("the other project changed: %+v, %v", row, err)
	}
}

func (s *site) revisionOf(t *testing.T) int64 {
	rows, _, err := s.work.Segments(t.Context(), s.actor("manager"), s.a.document, 0)
	must(t, err)
	return rows[0].Revision
}

// steady is a page without what differs from one request to the next: the path
// to come back to and flash messages are none of the object's business.
func steady(body string) string {
	if at := strings.Index(body, `name="next"`); at >= 0 {
		if end := strings.Index(body[at:], ">"); end >= 0 {
			body = body[:at] + body[at+end:]
		}
	}
	return body
}

func TestRoutes_ForeignIDsInForms(t *testing.T) {
	s := newWorld(t)
	tests := map[string]struct {
		path string
		form url.Values
	}{
		"link a foreign memory":     {s.a.path("/memories/link"), url.Values{"memory": {fmt.Sprint(s.b.memory)}}},
		"link a foreign glossary":   {s.a.path("/glossaries/link"), url.Values{"glossary": {fmt.Sprint(s.b.glossary)}}},
		"restore a foreign project": {fmt.Sprintf("/projects/trash/%d/restore", s.b.project), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := s.post("manager", test.path, test.form)
			if got.status != http.StatusNotFound {
				t.Errorf("%d %s", got.status, visible(got.body))
			}
		})
	}
	t.Run("update a foreign document", func(t *testing.T) {
		got := s.upload("manager", s.a.path("/documents"), url.Values{"update": {fmt.Sprint(s.b.document)}}, map[string]string{"x.txt": "Hello there.\n"})
		if got.status != http.StatusNotFound {
			t.Errorf("%d %s", got.status, visible(got.body))
		}
	})
}

func TestRoutes_SettingsWidenWhatTranslatorsMay(t *testing.T) {
	s := newWorld(t)
	form := url.Values{"name": {"Alpha canary"}, "pretranslate": {"۱۰۰"}, "threshold": {"70"}, "translators_export": {"on"}, "translators_upload": {"on"}}
	if got := s.post("manager", s.a.path("/settings"), form); got.status != http.StatusSeeOther {
		t.Fatalf("settings: %d %s", got.status, visible(got.body))
	}
	original := s.a.path("/documents/%d/original", s.a.document)
	for role, want := range map[string]int{"translator": http.StatusOK, "viewer": http.StatusForbidden} {
		if got := s.get(role, original); got.status != want {
			t.Errorf("original as %s: %d, want %d", role, got.status, want)
		}
		if got := s.upload(role, s.a.path("/documents"), nil, map[string]string{role + ".txt": "A new text.\n"}); got.status != want {
			t.Errorf("upload as %s: %d, want %d", role, got.status, want)
		}
	}
}

func TestRoutes_ArchivedProjectIsReadOnly(t *testing.T) {
	s := newWorld(t)
	if got := s.post("manager", s.a.path("/archive"), nil); got.status != http.StatusSeeOther {
		t.Fatalf("archive: %d", got.status)
	}
	if got := s.get("translator", s.a.path("")); got.status != http.StatusOK {
		t.Errorf("reading: %d", got.status)
	}
	if got := s.upload("manager", s.a.path("/documents"), nil, map[string]string{"x.txt": "x"}); got.status != http.StatusForbidden || !strings.Contains(got.body, "archived") {
		t.Errorf("upload: %d %s", got.status, visible(got.body))
	}
	if got := s.post("manager", s.a.path("/archive?archived=0"), nil); got.status != http.StatusSeeOther {
		t.Errorf("unarchive: %d", got.status)
	}
}

func TestRoutes_RemovedMemberIsOutAtOnce(t *testing.T) {
	s := newWorld(t)
	if got := s.get("translator", s.a.path("")); got.status != http.StatusOK {
		t.Fatalf("before: %d", got.status)
	}
	s.post("manager", s.a.path("/members/%d/remove", s.people["translator"].ID), nil)
	if got := s.get("translator", s.a.path("")); got.status != http.StatusNotFound {
		t.Errorf("after: %d", got.status)
	}
}
