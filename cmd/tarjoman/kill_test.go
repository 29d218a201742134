package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestKilledServerLosesNothing kills the server with SIGKILL while people save,
// starts it again, and looks for every save it had acknowledged. Three rounds,
// or as many as TARJOMAN_KILL_ROUNDS says.
func TestKilledServerLosesNothing(t *testing.T) {
	rounds := 3
	if n, err := strconv.Atoi(os.Getenv("TARJOMAN_KILL_ROUNDS")); err == nil {
		rounds = n
	}
	data := filepath.Join(t.TempDir(), "data")
	var known []*typed
	total := 0
	for round := range rounds {
		s := startProcess(t, data)
		c := logIn(t, s.address)
		segments := readSegments(t, c, s.address)
		for i, k := range known {
			total += k.check(t, segments[i])
		}
		known = make([]*typed, len(segments))
		for i, seg := range segments {
			known[i] = &typed{shownSegment: seg}
		}
		saveUntilKilled(t, s, c, known, round)
		if t.Failed() {
			return
		}
	}
	s := startProcess(t, data)
	defer s.kill()
	for i, seg := range readSegments(t, logIn(t, s.address), s.address) {
		total += known[i].check(t, seg)
	}
	if total == 0 {
		t.Error("nothing was acknowledged before the kills")
	}
	t.Logf("after %d acknowledged saves and %d kills every segment holds the last one", total, rounds)
}

// process is a server in a process of its own.
type process struct {
	address string
	command *exec.Cmd
}

// startProcess runs this test binary under the name of the program.
func startProcess(t *testing.T, data string) *process {
	t.Helper()
	p := &process{command: command(t, "serve", "--demo", "--addr=127.0.0.1:0", "--locale=en", "--data="+data)}
	words, err := p.command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	var said []string
	for lines := bufio.NewScanner(words); p.address == "" && lines.Scan(); {
		said = append(said, lines.Text())
		_, p.address, _ = strings.Cut(lines.Text(), "Tarjoman is ready: ")
	}
	if p.address == "" {
		t.Fatalf("the server did not start: %q", said)
	}
	go io.Copy(io.Discard, words)
	return p
}

// kill ends the process with SIGKILL; it may have ended already.
func (p *process) kill() {
	p.command.Process.Kill()
	p.command.Wait()
}

// shownSegment is what the test needs of a segment.
type shownSegment struct {
	ID       int64 `json:"id"`
	Revision int64 `json:"revision"`
	Target   struct {
		Text string `json:"text"`
	} `json:"target"`
}

// typed is what one person typed into a segment: acknowledged, and sent last.
type typed struct {
	shownSegment
	acknowledged, sent string
	saves              int
}

// check looks for the last acknowledged text, or the one that was on its way,
// and returns how many saves that proves.
func (k *typed) check(t *testing.T, now shownSegment) int {
	t.Helper()
	if k.saves > 0 && now.Target.Text != k.acknowledged && now.Target.Text != k.sent {
		t.Errorf("segment %d holds %q; acknowledged was %q, on its way %q", now.ID, now.Target.Text, k.acknowledged, k.sent)
	}
	return k.saves
}

const demoDocument = "/projects/1/documents/1"

func logIn(t *testing.T, address string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, Transport: &http.Transport{}, Timeout: 30 * time.Second}
	t.Cleanup(c.CloseIdleConnections)
	answer, err := c.PostForm(address+"/login", url.Values{"login": {"admin"}, "password": {"bridge-over-the-dez-1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.Request.URL.Path == "/login" {
		t.Fatalf("log in: %s at %s", answer.Status, answer.Request.URL)
	}
	return c
}

func readSegments(t *testing.T, c *http.Client, address string) []shownSegment {
	t.Helper()
	answer, err := c.Get(address + demoDocument + "/segments")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var list struct {
		Segments []shownSegment `json:"segments"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&list); err != nil || len(list.Segments) == 0 {
		t.Fatalf("segments: %s, %v", answer.Status, err)
	}
	return list.Segments
}

// saveUntilKilled lets four people save as fast as they can and kills the
// server at a random moment in between.
func saveUntilKilled(t *testing.T, s *process, c *http.Client, known []*typed, round int) {
	var people sync.WaitGroup
	for person := range 4 {
		people.Go(func() {
			for n := 0; ; n++ {
				k := known[(person+4*n)%(len(known)/4*4)]
				k.sent = fmt.Sprintf("دور %d، متن %d از %d", round, n, person)
				if !k.save(t, c, s.address) {
					return
				}
			}
		})
	}
	time.Sleep(time.Duration(100+rand.IntN(400)) * time.Millisecond)
	s.kill()
	people.Wait()
}

// save sends the text and reports whether it was acknowledged; no answer means
// that the server is gone.
func (k *typed) save(t *testing.T, c *http.Client, address string) bool {
	body, err := json.Marshal(map[string]any{
		"revision": k.Revision, "state": "draft", "filled": 0, "filledBy": "",
		"target": map[string]any{"text": k.sent, "codes": []any{}},
	})
	if err != nil {
		t.Error(err)
		return false
	}
	request, err := http.NewRequest(http.MethodPut, fmt.Sprintf("%s%s/segments/%d", address, demoDocument, k.ID), bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return false
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := c.Do(request)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	var saved struct {
		Segment shownSegment `json:"segment"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&saved); err != nil {
		return false
	}
	if answer.StatusCode != http.StatusOK {
		t.Errorf("a save was refused: %s", answer.Status)
		return false
	}
	k.shownSegment, k.acknowledged = saved.Segment, saved.Segment.Target.Text
	k.saves++
	return true
}
