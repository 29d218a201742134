package qa

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
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

func codesOf(issues []tm.Issue) []string {
	codes := []string{}
	for _, i := range issues {
		codes = append(codes, i.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// redundantZWNJ is a ZWNJ behind a letter that does not join: both spellings
// are right.
var redundantZWNJ = regexp.MustCompile("([اآأإدذرزژوؤة])\u200c")

func TestTypography_Samples(t *testing.T) {
	lines := bufio.NewScanner(bytes.NewReader(shared(t, "persian/typography.jsonl")))
	for lines.Scan() {
		var c struct {
			ID, Text, Fixed string
			Issues          []string
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		t.Run(c.ID, func(t *testing.T) {
			if diff := cmp.Diff(c.Issues, codesOf(Typography(language.Persian, c.Text))); diff != "" {
				t.Error(diff)
			}
			fixed := FixTypography(language.Persian, c.Text)
			plain := func(s string) string { return redundantZWNJ.ReplaceAllString(s, "$1") }
			if diff := cmp.Diff(plain(c.Fixed), plain(fixed)); diff != "" {
				t.Error(diff)
			}
			if again := FixTypography(language.Persian, fixed); again != fixed {
				t.Errorf("fixed again: %q, was %q", again, fixed)
			}
		})
	}
}

func TestTypography_SeedTranslationIsClean(t *testing.T) {
	for line := range bytes.Lines(shared(t, "seed/translation.fa.txt")) {
		text := string(bytes.TrimSpace(line))
		for _, i := range Typography(language.Persian, text) {
			t.Errorf("false alarm %s %q in %q", i.Code, text[i.From:i.To], text)
		}
	}
}
