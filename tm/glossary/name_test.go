package glossary

import (
	"bufio"
	"bytes"
	"encoding/json"
	"testing"
)

// nameSample is one line of the shared samples: all of Same are one name, none
// of Different is that name.
type nameSample struct {
	ID        string     `json:"id"`
	Script    NameScript `json:"script"`
	Same      []string   `json:"same"`
	Different []string   `json:"different"`
}

// wrong returns what is wrong with the grouping of the sample, "" for nothing.
func (s nameSample) wrong() string {
	list := append(append([]string{}, s.Same...), s.Different...)
	for _, group := range GroupNames(s.Script, list) {
		if group[0] != 0 {
			continue
		}
		if len(group) != len(s.Same) || group[len(group)-1] != len(s.Same)-1 {
			var got []string
			for _, i := range group {
				got = append(got, list[i])
			}
			text, _ := json.Marshal(got)
			return string(text)
		}
	}
	return ""
}

func TestGroupNames_Samples(t *testing.T) {
	lines := bufio.NewScanner(bytes.NewReader(shared(t, "persian/names.jsonl")))
	n := 0
	for lines.Scan() {
		var s nameSample
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		n++
		if got := s.wrong(); got != "" {
			t.Errorf("%s: the group of %q is %s", s.ID, s.Same[0], got)
		}
	}
	if n == 0 {
		t.Error("no samples")
	}
}
