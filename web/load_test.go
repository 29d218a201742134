package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm/format/all"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
	"tarjoman/web"
)

// BenchmarkSaves drives the server over loopback as fifty people do who type at
// once: each has a log-in and segments of his own, saves a draft, waits a tenth
// of a second, and saves the next. It reports the round trip of a save and
// fails when one is refused or lost. It ends by itself after b.N rounds.
func BenchmarkSaves(b *testing.B) {
	const editors, each = 50, 20
	l := newLoad(b, editors*each)
	clients := make([]*http.Client, editors)
	for i := range clients {
		clients[i] = l.logIn(b, i)
	}
	segments := l.segments(b, clients[0])
	times := make([][]time.Duration, editors)
	b.ResetTimer()
	var all sync.WaitGroup
	for i, c := range clients {
		all.Go(func() {
			mine := segments[i*each : (i+1)*each]
			for n := range b.N * each {
				times[i] = append(times[i], l.save(b, c, &mine[n%each], n))
				time.Sleep(100 * time.Millisecond)
			}
		})
	}
	all.Wait()
	b.StopTimer()
	spent := slices.Concat(times...)
	slices.Sort(spent)
	for _, p := range []int{50, 95, 99} {
		b.ReportMetric(float64(spent[len(spent)*p/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
	}
	b.ReportMetric(float64(len(spent)), "saves")
	l.verify(b, clients[0], segments)
}

// load is a server with one long document and many translators.
type load struct {
	url  string
	path string // of the document
}

// draft is a segment as far as the driver knows it.
type draft struct {
	ID       int64 `json:"id"`
	Revision int64 `json:"revision"`
	Target   text  `json:"target"`
}

type text struct {
	Text string `json:"text"`
}

const loadPassword = "fifty people on one bridge"

func newLoad(b *testing.B, segments int) *load {
	b.Helper()
	ctx := b.Context()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	db, err := store.Open(ctx, filepath.Join(b.TempDir(), "load.db"))
	must(err)
	w, err := workbench.Open(ctx, workbench.Config{DB: db, Formats: all.Formats()})
	must(err)
	site, err := web.New(web.Config{Workbench: w, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	must(err)
	server := httptest.NewServer(site)
	b.Cleanup(func() {
		server.Close()
		w.Close()
		must(db.Close())
	})
	var manager workbench.Actor
	var project workbench.Project
	for i := range 50 {
		acc, err := w.AddAccountFromConsole(ctx, workbench.Actor{}, workbench.NewAccount{Login: fmt.Sprint("person", i), Password: loadPassword})
		must(err)
		if i == 0 {
			manager = workbench.Actor{Account: acc.ID, Name: acc.Name}
			project, err = w.CreateProject(ctx, manager, "Load", language.English, language.Persian)
			must(err)
			continue
		}
		must(w.SetMember(ctx, manager, project.ID, acc.Login, workbench.Translator))
	}
	var article strings.Builder
	for i := range segments {
		fmt.Fprintf(&article, "The council of district %d met on day %d to speak about the water of the river.\n", i%97, i)
	}
	made, err := w.Import(ctx, manager, project.ID, workbench.Upload{Name: "long.txt", Data: []byte(article.String())})
	must(err)
	return &load{url: server.URL, path: fmt.Sprintf("/projects/%d/documents/%d", project.ID, made.Document.ID)}
}

func (l *load) logIn(b *testing.B, i int) *http.Client {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	c := &http.Client{Jar: jar, Transport: &http.Transport{}}
	b.Cleanup(c.CloseIdleConnections)
	answer, err := c.PostForm(l.url+"/login", url.Values{"login": {fmt.Sprint("person", i)}, "password": {loadPassword}})
	if err != nil || answer.StatusCode != http.StatusOK || answer.Request.URL.Path == "/login" {
		b.Fatal("log in: ", err, answer)
	}
	answer.Body.Close()
	return c
}

func (l *load) segments(b *testing.B, c *http.Client) []draft {
	b.Helper()
	var list struct {
		Segments []draft `json:"segments"`
	}
	answer, err := c.Get(l.url + l.path + "/segments")
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&list); err != nil {
		b.Fatal(err)
	}
	return list.Segments
}

// save sends a draft and returns how long the answer took.
func (l *load) save(b *testing.B, c *http.Client, d *draft, n int) time.Duration {
	typed := fmt.Sprintf("شورا در روز %d دربارهٔ آب رود سخن گفت.", n)
	body, err := json.Marshal(map[string]any{
		"revision": d.Revision, "state": "draft", "filled": 0, "filledBy": "",
		"target": map[string]any{"text": typed, "codes": []any{}},
	})
	if err != nil {
		b.Error(err)
		return 0
	}
	request, err := http.NewRequest(http.MethodPut, fmt.Sprintf("%s%s/segments/%d", l.url, l.path, d.ID), bytes.NewReader(body))
	if err != nil {
		b.Error(err)
		return 0
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	start := time.Now()
	answer, err := c.Do(request)
	if err != nil {
		b.Error(err)
		return 0
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	spent := time.Since(start)
	var saved struct {
		Segment draft `json:"segment"`
	}
	if err != nil || answer.StatusCode != http.StatusOK || json.Unmarshal(got, &saved) != nil || saved.Segment.Target.Text != typed {
		b.Errorf("save: %d %s %v", answer.StatusCode, got, err)
		return spent
	}
	*d = saved.Segment
	return spent
}

// verify reads the document again: what was acknowledged last must stand.
func (l *load) verify(b *testing.B, c *http.Client, want []draft) {
	for i, d := range l.segments(b, c) {
		if d != want[i] {
			b.Errorf("segment %d is %+v, acknowledged was %+v", i, d, want[i])
		}
	}
}
