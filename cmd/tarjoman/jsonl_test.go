package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"tarjoman/locales"
)

// echo answers a line with its text.
func echo(in textLine) (map[string]string, error) {
	text, err := need("text", in.Text)
	return map[string]string{"text": text}, err
}

func TestJSONLines_LongLines(t *testing.T) {
	fits := strings.Repeat("x", maxLine-100)
	tooLong := strings.Repeat("y", maxLine)
	in := `{"id":1,"text":"` + fits + `"}` + "\n" + `{"id":2,"text":"` + tooLong + `"}` + "\n" + `{"id":3,"text":"after"}`
	var out bytes.Buffer
	a := &app{in: strings.NewReader(in), out: &out, err: io.Discard, p: locales.For("en")}
	if err := jsonLines(a, echo); err != errShort {
		t.Errorf("error %v, want errShort", err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d answers to 3 lines", len(lines))
	}
	if want := `{"id":1,"text":"` + fits + `"}`; lines[0] != want {
		t.Error("the line that fits came back changed")
	}
	if !strings.Contains(lines[1], "longer than") || lines[2] != `{"id":3,"text":"after"}` {
		t.Errorf("then %q and %q", lines[1], lines[2])
	}
}

// TestJSONLines_AnswersAtOnce shows that a program on the other end may wait for
// each answer before it asks again.
func TestJSONLines_AnswersAtOnce(t *testing.T) {
	asks, ask := io.Pipe()
	answers, answer := io.Pipe()
	a := &app{in: asks, out: answer, err: io.Discard, p: locales.For("en")}
	done := make(chan error, 1)
	go func() { done <- jsonLines(a, echo) }()
	lines := bufio.NewScanner(answers)
	for _, id := range []string{"1", "2", "3"} {
		if _, err := io.WriteString(ask, `{"id":`+id+`,"text":"x"}`+"\n"); err != nil {
			t.Fatal(err)
		}
		if !lines.Scan() || lines.Text() != `{"id":`+id+`,"text":"x"}` {
			t.Fatalf("answer %q", lines.Text())
		}
	}
	ask.Close()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Error("it goes on after the end of its input")
	}
}

// FuzzJSONLines: whatever comes in, each line has one answer that is JSON with
// an id.
func FuzzJSONLines(f *testing.F) {
	for _, seed := range []string{
		`{"id":1,"text":"سلام"}`, "{}\n[]\nnull\n\"x\"", `{"id":"\ud83d","text":"\ude00"}`, "\ufeff{\"text\":\"a\"}",
		`{"id":1,"id":2,"text":3}`, "\xff\n\r\n", `{"id":{"x":[1,2]},"text":"` + "\u2028" + `"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		var out bytes.Buffer
		a := &app{in: strings.NewReader(in), out: &out, err: io.Discard, p: locales.For("en")}
		_ = jsonLines(a, echo)
		want := strings.Count(in, "\n")
		if in != "" && !strings.HasSuffix(in, "\n") {
			want++
		}
		answers := strings.SplitAfter(out.String(), "\n")
		answers = answers[:len(answers)-1]
		if len(answers) != want {
			t.Fatalf("%d answers to %d lines of %q", len(answers), want, in)
		}
		for _, line := range answers {
			var object map[string]json.RawMessage
			if err := json.Unmarshal([]byte(line), &object); err != nil || object["id"] == nil {
				t.Errorf("answer %q to %q: %v", line, in, err)
			}
		}
	})
}
