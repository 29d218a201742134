package glossary

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// shared returns a file of the shared test data and skips the test when the
// data is not there.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if data, err := os.ReadFile(filepath.Join(dir, "shared", "data", name)); err == nil {
			return data
		}
	}
	t.Skipf("SHARED DATA MISSING: shared/data/%s was not found above the test directory; nothing was checked", name)
	return nil
}

// A jsonTerm is a term as the command line takes it.
type jsonTerm struct {
	Source         string   `json:"source"`
	Target         string   `json:"target"`
	SourceVariants []string `json:"source_variants"`
	TargetVariants []string `json:"target_variants"`
	Forbidden      []string `json:"forbidden"`
	Type           string   `json:"type"`
	Case           string   `json:"case"`
	POS            string   `json:"pos"`
}

func (j jsonTerm) concept(source, target language.Tag) tm.Concept {
	c := tm.Concept{Type: tm.TermType(j.Type)}
	add := func(tag language.Tag, status tm.TermStatus, texts ...string) {
		for _, text := range texts {
			if text == "" {
				continue
			}
			c.Terms = append(c.Terms, tm.Term{Lang: tag, Text: text, Status: status, Case: tm.TermCase(j.Case), POS: j.POS})
		}
	}
	add(source, tm.Preferred, j.Source)
	add(source, tm.Admitted, j.SourceVariants...)
	add(target, tm.Preferred, j.Target)
	add(target, tm.Admitted, j.TargetVariants...)
	add(target, tm.ForbiddenTerm, j.Forbidden...)
	return c
}

type jsonSpan struct {
	Start   int `json:"start"`
	End     int `json:"end"`
	FullEnd int `json:"full_end"`
}

type jsonCase struct {
	ID          string     `json:"id"`
	Level       string     `json:"level"`
	SourceLang  string     `json:"source_lang"`
	TargetLang  string     `json:"target_lang"`
	Term        jsonTerm   `json:"term"`
	OtherTerms  []jsonTerm `json:"other_terms"`
	SourceText  string     `json:"source_text"`
	TargetText  string     `json:"target_text"`
	Expect      string     `json:"expect"`
	SourceSpans []jsonSpan `json:"source_spans"`
	TargetSpans []jsonSpan `json:"target_spans"`
}

func TestCheckConcept_Samples(t *testing.T) {
	lines := bufio.NewScanner(bytes.NewReader(shared(t, "persian/glossary.jsonl")))
	for lines.Scan() {
		var c jsonCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		t.Run(c.ID, func(t *testing.T) { c.run(t) })
	}
}

func (c jsonCase) run(t *testing.T) {
	source, target := language.Make(c.SourceLang), language.Make(c.TargetLang)
	concepts := []tm.Concept{c.Term.concept(source, target)}
	for _, o := range c.OtherTerms {
		concepts = append(concepts, o.concept(source, target))
	}
	got := Compile(concepts, source, target).CheckConcept(0, c.SourceText, c.TargetText)
	if string(got.Outcome) != c.Expect {
		t.Errorf("outcome %s, want %s for %q in %q", got.Outcome, c.Expect, c.Term.Source, c.TargetText)
	}
	compareSpans(t, "source", c.SourceText, got.Source, c.SourceSpans)
	compareSpans(t, "target", c.TargetText, got.Target, c.TargetSpans)
}

// compareSpans compares as the README of the samples says.
func compareSpans(t *testing.T, side, text string, got []Span, want []jsonSpan) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d spans, want %d", side, len(got), len(want))
		return
	}
	for i, s := range got {
		from, to := utf8.RuneCountInString(text[:s.From]), utf8.RuneCountInString(text[:s.To])
		if from != want[i].Start || to < want[i].End || to > want[i].FullEnd {
			t.Errorf("%s: span %d–%d, want %+v", side, from, to, want[i])
		}
	}
}

// seedGlossary reads the glossary of the seed pair.
func seedGlossary(t *testing.T) []tm.Concept {
	t.Helper()
	rows := strings.Split(strings.TrimSpace(string(shared(t, "seed/glossary.tsv"))), "\n")
	list := func(cell string) []string { return strings.Split(cell, "|") }
	var concepts []tm.Concept
	for _, row := range rows[1:] {
		f := strings.Split(row, "\t")
		term := jsonTerm{Source: f[0], Target: f[1], SourceVariants: list(f[2]), TargetVariants: list(f[3]),
			Forbidden: list(f[4]), Type: f[5], POS: f[6], Case: f[7]}
		concepts = append(concepts, term.concept(language.English, language.Persian))
	}
	return concepts
}
