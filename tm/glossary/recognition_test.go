package glossary

import (
	_ "embed"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

//go:embed testdata/english.txt
var englishCases string

//go:embed testdata/persian.txt
var persianCases string

func TestRecognition_English(t *testing.T) { recognise(t, language.English, englishCases) }

func TestRecognition_Persian(t *testing.T) {
	recognise(t, language.Persian, strings.ReplaceAll(persianCases, "Z", "\u200c"))
}

// recognise runs the cases of a table, see testdata/english.txt. Each is asked
// of the source and of the target side.
func recognise(t *testing.T, tag language.Tag, table string) {
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
		if len(cells) != 5 || line[0] == '#' {
			if line != "\n" && line[0] != '#' {
				t.Errorf("no case: %q", line)
			}
			continue
		}
		t.Run(cells[0], func(t *testing.T) {
			want := cells[4]
			if want == "-" {
				want = ""
			}
			c := []tm.Concept{caseConcept(tag, cells[1], cells[2])}
			if got := foundIn(Compile(c, tag, language.German), tm.SourceSide, cells[3]); got != want {
				t.Errorf("%q in %q: got %q, want %q", cells[2], cells[3], got, want)
			}
			if got := foundIn(Compile(c, language.German, tag), tm.TargetSide, cells[3]); got != want {
				t.Errorf("as target %q in %q: got %q, want %q", cells[2], cells[3], got, want)
			}
		})
	}
}

func caseConcept(tag language.Tag, options, text string) tm.Concept {
	term := tm.Term{Lang: tag, Text: text, Status: tm.Preferred}
	var c tm.Concept
	for option := range strings.FieldsSeq(options) {
		switch option {
		case "exact":
			term.Case = tm.CaseExact
		case "adj":
			term.POS = option
		default:
			c.Type = tm.TermType(option)
		}
	}
	c.Terms = []tm.Term{term}
	return c
}

// foundIn writes what is found as the tables do.
func foundIn(g *Glossary, side tm.Side, text string) string {
	var found []string
	for _, h := range g.Find(side, text) {
		one := text[h.From:h.To]
		if h.FullTo > h.To {
			one += "+" + text[h.To:h.FullTo]
		}
		found = append(found, one)
	}
	return strings.Join(found, " ; ")
}
