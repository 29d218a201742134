package glossary

import (
	"bufio"
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
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

func FuzzGroupNames(f *testing.F) {
	f.Add("latin", "Noury\nNouri\nHamid Noury\n\n'\nAl-e Ahmad\nyyy\nwow")
	f.Add("persian", "علی‌رضا\nعلیرضا\nهٔ\n\u200c")
	f.Add("cross", "Khamenei\nخامنه‌ای\nxx\xffx\nhhh")
	f.Fuzz(func(t *testing.T, script, list string) {
		names := strings.Split(list, "\n")
		groups := GroupNames(NameScript(script), names)
		seen := make([]bool, len(names))
		first := -1
		for _, g := range groups {
			if len(g) == 0 || g[0] <= first || !slices.IsSorted(g) {
				t.Fatalf("groups are not in order: %v", groups)
			}
			first = g[0]
			for _, i := range g {
				if seen[i] {
					t.Fatalf("name %d stands twice: %v", i, groups)
				}
				seen[i] = true
			}
		}
		if slices.Contains(seen, false) {
			t.Fatalf("a name is missing: %v", groups)
		}
		if again := GroupNames(NameScript(script), names); !cmp.Equal(groups, again) {
			t.Fatalf("not the same twice: %v and %v", groups, again)
		}
	})
}

func FuzzPairNames(f *testing.F) {
	f.Add("Hamid Noury was in Evin.", "حمید نوری در اوین بود.")
	f.Add("A A A A a-B 'O", "ا ا اا ا\u200cی ه\u200cای")
	f.Fuzz(func(t *testing.T, source, target string) {
		for _, p := range PairNames(language.English, language.Persian, source, target) {
			_ = source[p.Source.From:p.Source.To]
			_ = target[p.Target.From:p.Target.To]
			if len(p.Parts) == 0 || p.Source.To > p.Source.FullTo || p.Target.To > p.Target.FullTo {
				t.Errorf("pairing %+v", p)
			}
		}
	})
}

func BenchmarkGroupNames(b *testing.B) {
	var list []string
	for _, e := range names.entries {
		for _, f := range names.entries[:20] {
			list = append(list, e.latin+" "+f.latin)
		}
	}
	b.ReportMetric(float64(len(list)), "names")
	for b.Loop() {
		GroupNames(LatinNames, list)
	}
}
