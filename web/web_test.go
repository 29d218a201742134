package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/format/all"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

func printerFor(tag string) Printer { return Printer{locales.For(tag)} }

// site is a running server with two projects: A with every kind of object, and B
// of somebody else.
type site struct {
	t      *testing.T
	server *Server
	work   *workbench.Workbench
	log    *bytes.Buffer
	a, b   things
	people map[string]workbench.Account
	jars   map[string][]*http.Cookie
}

// things are the objects of one project.
type things struct {
	project  tm.ProjectID
	document tm.DocumentID
	segment  tm.SegmentID
	memory   tm.MemoryID
	unit     tm.UnitID
	glossary tm.GlossaryID
	concept  tm.ConceptID
	proposal int64
	job      int64
	analysis int64
	change   int64
}

const password = "a bridge over the Dez"

// newSite is a server on an empty database.
func newSite(t *testing.T) *site {
	t.Helper()
	return openSite(t, filepath.Join(t.TempDir(), "test.db"))
}

func openSite(t *testing.T, path string) *site {
	t.Helper()
	ctx := t.Context()
	db, err := store.Open(ctx, path)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	work, err := workbench.Open(ctx, workbench.Config{DB: db, Formats: all.Formats()})
	must(t, err)
	t.Cleanup(work.Close)
	for work.Ready(ctx) != nil && ctx.Err() == nil {
		time.Sleep(time.Millisecond) // the index is being made
	}
	s := &site{t: t, work: work, log: &bytes.Buffer{}, people: map[string]workbench.Account{}, jars: map[string][]*http.Cookie{}}
	s.server, err = New(Config{Workbench: work, Logger: slog.New(slog.NewTextHandler(s.log, nil))})
	must(t, err)
	return s
}

// newWorld is newSite with people in every role and two filled projects. The
// world is made once, since hashing passwords takes its time; each test gets a
// copy of the database.
func newWorld(t *testing.T) *site {
	t.Helper()
	made := firstWorld(t)
	path := filepath.Join(t.TempDir(), "test.db")
	must(t, os.WriteFile(path, made.file, 0o600))
	s := openSite(t, path)
	s.a, s.b, s.people = made.a, made.b, made.people
	for name, jar := range made.jars {
		s.jars[name] = slices.Clone(jar)
	}
	return s
}

// world is what newWorld copies.
type world struct {
	*site
	file []byte
}

var (
	theWorld  world
	worldOnce sync.Once
)

func firstWorld(t *testing.T) world {
	t.Helper()
	worldOnce.Do(func() {
		folder, err := os.MkdirTemp("", "world")
		must(t, err)
		defer os.RemoveAll(folder)
		path := filepath.Join(folder, "test.db")
		t.Run("make the world", func(t *testing.T) {
			theWorld.site = openSite(t, path)
			theWorld.populate()
		}) // its clean-up closes the database
		theWorld.file, err = os.ReadFile(path)
		must(t, err)
	})
	return theWorld
}

func (s *site) populate() {
	ctx := s.t.Context()
	for _, name := range []string{"admin", "manager", "reviewer", "translator", "viewer", "stranger", "disabled"} {
		account, err := s.work.AddAccountFromConsole(ctx, workbench.Actor{}, workbench.NewAccount{
			Login: name, Name: name, Password: password, Admin: name == "admin",
		})
		must(s.t, err)
		s.people[name] = account
	}
	s.a = s.fill("manager", "Alpha canary")
	s.b = s.fill("stranger", "Beta canary")
	for _, role := range []workbench.Role{workbench.Reviewer, workbench.Translator, workbench.Viewer} {
		must(s.t, s.work.SetMember(ctx, s.actor("manager"), s.a.project, string(role), role))
	}
	must(s.t, s.work.SetMember(ctx, s.actor("manager"), s.a.project, "disabled", workbench.Manager))
	for name := range s.people {
		s.login(name)
	}
	must(s.t, s.work.SetDisabled(ctx, s.actor("admin"), s.people["disabled"].ID, true))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *site) actor(name string) workbench.Actor {
	a := s.people[name]
	return workbench.Actor{Account: a.ID, Name: a.Name, Admin: a.Admin}
}

// fill makes a project with one of everything; canary stands in each text.
func (s *site) fill(owner, canary string) (x things) {
	s.t.Helper()
	ctx, a := s.t.Context(), s.actor(owner)
	project, err := s.work.CreateProject(ctx, a, canary, language.English, language.Persian)
	must(s.t, err)
	x.project = project.ID
	imported, err := s.work.Import(ctx, a, x.project, workbench.Upload{Name: canary + ".txt", Data: []byte(canary + " opened.\n\n" + canary + " opened.\n")})
	must(s.t, err)
	x.document = imported.Document.ID
	rows, _, err := s.work.Segments(ctx, a, x.document, 0)
	must(s.t, err)
	x.segment = rows[0].ID
	saved, err := s.work.Save(ctx, a, x.document, workbench.Edit{Segment: x.segment, Revision: rows[0].Revision, Target: tm.Plain("گشوده شد. " + canary), State: tm.Translated})
	must(s.t, err)
	x.change = saved.Change
	s.fillStores(owner, canary, &x)
	return x
}

func (s *site) fillStores(owner, canary string, x *things) {
	s.t.Helper()
	ctx, a := s.t.Context(), s.actor(owner)
	memories, err := s.work.Memories(ctx, a, x.project)
	must(s.t, err)
	x.memory = memories[0].ID
	units, err := s.work.Units(ctx, a, x.project, x.memory, workbench.UnitFilter{}, 0, 10)
	must(s.t, err)
	x.unit = units.Rows[0].ID
	glossaries, err := s.work.Glossaries(ctx, a, x.project)
	must(s.t, err)
	x.glossary = glossaries[0].ID
	concept, err := s.work.SaveConcept(ctx, a, x.project, tm.Concept{Glossary: x.glossary, Type: tm.Person, Note: canary, Terms: []tm.Term{
		{Lang: language.English, Text: canary, Status: tm.Preferred}, {Lang: language.Persian, Text: "قناری", Status: tm.Preferred},
	}})
	must(s.t, err)
	x.concept = concept.ID
	concept.Note = canary + " proposed"
	proposal, err := s.work.Propose(ctx, a, x.project, concept, canary)
	must(s.t, err)
	x.proposal = proposal.ID
	job, err := s.work.Pretranslate(ctx, a, x.document)
	must(s.t, err)
	x.job = job.ID
	s.waitFor(owner, x.project, x.job)
	job, err = s.work.Analyse(ctx, a, x.project, nil)
	must(s.t, err)
	s.waitFor(owner, x.project, job.ID)
	analyses, err := s.work.Analyses(ctx, a, x.project)
	must(s.t, err)
	x.analysis = analyses[0].ID
}

func (s *site) waitFor(owner string, project tm.ProjectID, job int64) {
	s.t.Helper()
	for range 12_000 { // two minutes
		j, err := s.work.Job(s.t.Context(), s.actor(owner), project, job)
		must(s.t, err)
		if j.State != workbench.JobRunning {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.t.Fatal("the job does not end")
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// do sends a request as a person; "" is nobody. It behaves like a browser of the
// same site and keeps the cookies.
func (s *site) do(who string, r *http.Request) answer {
	s.t.Helper()
	for _, c := range s.jars[who] {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		s.keep(who, c)
	}
	return answer{w.Code, w.Header(), w.Body.String()}
}

func (s *site) keep(who string, cookie *http.Cookie) {
	for i, c := range s.jars[who] {
		if c.Name == cookie.Name {
			s.jars[who][i] = cookie
			return
		}
	}
	s.jars[who] = append(s.jars[who], cookie)
}

func (s *site) get(who, path string) answer {
	s.t.Helper()
	return s.do(who, request("GET", path, nil, ""))
}

func (s *site) post(who, path string, fields url.Values) answer {
	s.t.Helper()
	return s.do(who, request("POST", path, strings.NewReader(fields.Encode()), "application/x-www-form-urlencoded"))
}

func (s *site) json(who, method, path string, body any) answer {
	s.t.Helper()
	data, err := json.Marshal(body)
	must(s.t, err)
	r := request(method, path, bytes.NewReader(data), "application/json")
	r.Header.Set("Accept", "application/json")
	return s.do(who, r)
}

func (s *site) upload(who, path string, fields url.Values, files map[string]string) answer {
	s.t.Helper()
	body, kind := multipartBody(fields, files)
	return s.do(who, request("POST", path, body, kind))
}

func multipartBody(fields url.Values, files map[string]string) (io.Reader, string) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, v := range values {
			w.WriteField(name, v)
		}
	}
	for name, data := range files {
		part, _ := w.CreateFormFile("files", name)
		io.WriteString(part, data)
	}
	w.Close()
	return &body, w.FormDataContentType()
}

func request(method, path string, body io.Reader, kind string) *http.Request {
	r := httptest.NewRequest(method, path, body)
	r.Header.Set("Accept", "text/html")
	r.Header.Set("Accept-Language", "en")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

func (s *site) login(name string) {
	s.t.Helper()
	got := s.post(name, "/login", url.Values{"login": {name}, "password": {password}})
	if got.status != http.StatusSeeOther {
		s.t.Fatalf("log-in of %s: %d %s", name, got.status, visible(got.body))
	}
}

var tags = regexp.MustCompile(`(?s)<[^>]*>|\s+`)

// visible is the text of a page, for messages.
func visible(body string) string {
	text := strings.TrimSpace(tags.ReplaceAllString(body, " "))
	return text[:min(len(text), 300)]
}

func (x things) path(format string, args ...any) string {
	return fmt.Sprintf("/projects/%d", x.project) + fmt.Sprintf(format, args...)
}

var keptField = regexp.MustCompile(`<textarea name="kept" hidden>([^<]*)</textarea>`)

// keptFile is the file that a page keeps for the next step.
func keptFile(t *testing.T, body string) string {
	t.Helper()
	found := keptField.FindStringSubmatch(body)
	if found == nil {
		t.Fatal("the file is not kept for the next step")
	}
	return html.UnescapeString(found[1])
}
