package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A server under test runs in this process. Its words go through a pipe.
type testServer struct {
	address string
	words   []string // what it said until it was ready
	stop    context.CancelFunc
	status  chan int
}

// serve starts the web app on a free port and waits until it is ready.
func serve(t *testing.T, args ...string) testServer {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	s := testServer{stop: stop, status: make(chan int, 1)}
	go func() {
		s.status <- run(ctx, append([]string{"serve", "--addr=127.0.0.1:0", "--locale=en"}, args...), nil, io.Discard, in)
		in.Close()
	}()
	t.Cleanup(stop)
	lines := bufio.NewScanner(out)
	for s.address == "" && lines.Scan() {
		s.words = append(s.words, lines.Text())
		_, s.address, _ = strings.Cut(lines.Text(), "Tarjoman is ready: ")
	}
	go io.Copy(io.Discard, out)
	if s.address == "" {
		t.Fatalf("the server did not start: %q", s.words)
	}
	return s
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestServe(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	s := serve(t, "--data="+data)
	if status, _ := get(t, s.address+"/healthz"); status != http.StatusOK {
		t.Errorf("/healthz answers %d", status)
	}
	if info, err := os.Stat(data); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the data folder: %v, %v; want mode 700", info, err)
	}
	link := regexp.MustCompile(`http://\S+/setup/\S+`).FindString(strings.Join(s.words, "\n"))
	if link == "" {
		t.Fatalf("no link for the first administrator in %q", s.words)
	}
	if status, _ := get(t, link); status != http.StatusOK {
		t.Errorf("%s answers %d", link, status)
	}
	checkSecondServer(t, data)
	s.stop()
	select {
	case status := <-s.status:
		if status != exitDone {
			t.Errorf("ended with status %d, want 0", status)
		}
	case <-time.After(shutdownTime + time.Minute):
		t.Error("the server did not end")
	}
}

// checkSecondServer looks that others keep off the data of a running server,
// but may look at it, copy it and add accounts.
func checkSecondServer(t *testing.T, data string) {
	t.Helper()
	tests := []struct {
		name   string
		args   []string
		in     string
		status int
		words  string
	}{
		{"a second server", []string{"serve", "--addr=127.0.0.1:0"}, "", exitWrong, "running on"},
		{"a restore", []string{"restore", "copy.db"}, "", exitWrong, "running on"},
		{"an account", []string{"user", "add", "arash", "--admin"}, "seven bridges of Isfahan\n", exitDone, "can log in"},
		{"a project", []string{"project", "create", "--name=News"}, "", exitDone, ""},
		{"an import of units", []string{"memory", "import", "units.tsv"}, "", exitWrong, "running on"},
		{"a backup", []string{"backup", "-o", filepath.Join(t.TempDir(), "copy.db")}, "", exitDone, "complete"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out, words bytes.Buffer
			args := append(test.args, "--data="+data, "--locale=en")
			status := run(t.Context(), args, strings.NewReader(test.in), &out, &words)
			if status != test.status || !strings.Contains(words.String(), test.words) {
				t.Errorf("status %d, %q; want %d and %q", status, words.String(), test.status, test.words)
			}
		})
	}
}

func TestServe_Demo(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	for range 2 { // the second time finds the sample and leaves it alone
		s := serve(t, "--demo", "--data="+data)
		said := strings.Join(s.words, "\n")
		for _, login := range []string{"admin", "translator", "reviewer"} {
			if !strings.Contains(said, login) {
				t.Errorf("no log-in %s in %q", login, said)
			}
		}
		if strings.Contains(said, "/setup/") {
			t.Error("a link for a first administrator, although there is one")
		}
		s.stop()
		if status := <-s.status; status != exitDone {
			t.Fatalf("ended with status %d", status)
		}
	}
}

func TestServe_AddressTaken(t *testing.T) {
	s := serve(t, "--data="+filepath.Join(t.TempDir(), "first"))
	var words bytes.Buffer
	taken := strings.TrimPrefix(s.address, "http://")
	args := []string{"serve", "--addr=" + taken, "--locale=en", "--data=" + filepath.Join(t.TempDir(), "second")}
	if status := run(t.Context(), args, nil, io.Discard, &words); status != exitWrong || !strings.Contains(words.String(), "--addr") {
		t.Errorf("status %d, %q", status, words.String())
	}
}
