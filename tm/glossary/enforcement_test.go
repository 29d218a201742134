package glossary

import (
	_ "embed"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

//go:embed testdata/enforcement.txt
var enforcementCases string

// TestEnforcement runs the cases of testdata/enforcement.txt, whose head tells
// how they are written. Z is ZWNJ.
func TestEnforcement(t *testing.T) {
	for line := range strings.Lines(strings.ReplaceAll(enforcementCases, "Z", "\u200c")) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
		if line[0] == '#' || line == "\n" {
			continue
		}
		if len(cells) != 6 {
			t.Fatalf("no case: %q", line)
		}
		t.Run(cells[0], func(t *testing.T) {
			from, to, _ := strings.Cut(cells[1], ">")
			source, target := language.Make(from), language.Make(to)
			var concepts []tm.Concept
			for entry := range strings.SplitSeq(cells[2], " ; ") {
				concepts = append(concepts, writtenConcept(entry, source, target))
			}
			r := Compile(concepts, source, target).CheckConcept(0, cells[3], cells[4])
			got := string(r.Outcome)
			for _, s := range r.Target {
				got += " " + cells[4][s.From:s.To]
				if s.FullTo > s.To {
					got += "+" + cells[4][s.To:s.FullTo]
				}
				if s.Suggestion != "" {
					got += " → " + s.Suggestion
				}
			}
			if got != cells[5] {
				t.Errorf("%s in %q, %q: got %q, want %q", cells[2], cells[3], cells[4], got, cells[5])
			}
		})
	}
}

// writtenConcept reads «source,variant = target,variant !forbidden :type exact».
func writtenConcept(entry string, source, target language.Tag) tm.Concept {
	entry, kind, _ := strings.Cut(entry, " :")
	from, rest, _ := strings.Cut(entry, " = ")
	to, forbidden, _ := strings.Cut(rest, " !")
	kind, exact := strings.CutSuffix(kind, " exact")
	j := jsonTerm{Type: kind, Case: string(tm.CaseAuto)}
	if exact {
		j.Case = string(tm.CaseExact)
	}
	sources, targets := strings.Split(from, ","), strings.Split(to, ",")
	j.Source, j.SourceVariants = sources[0], sources[1:]
	j.Target, j.TargetVariants = targets[0], targets[1:]
	j.Forbidden = strings.Split(forbidden, ",")
	return j.concept(source, target)
}
