package docx

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/formattest"
)

// Documents of other tools' test suites: every one either obeys the laws or is
// refused with an error a person can act on.
func TestSuites(t *testing.T) {
	for _, dir := range []string{"suites/docx-odt", "suites/okapi-gold/openxml/docx"} {
		eachDocument(t, formattest.SharedData(t, dir), func(t *testing.T, _ string, src []byte) {
			_, err := format.Extract(Format{}, src, format.Options{})
			if err != nil {
				var e *tm.Error
				if !errors.As(err, &e) || e.Kind == tm.Internal {
					t.Errorf("error %v, want a *tm.Error a person can act on", err)
				}
				t.Logf("refused: %v", err)
				return
			}
			formattest.Identity(t, Format{}, src)
			formattest.Translation(t, Format{}, src)
			formattest.Keys(t, Format{}, src)
		})
	}
}

func eachDocument(t *testing.T, dir string, test func(t *testing.T, path string, src []byte)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".docx" {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		t.Run(name, func(t *testing.T) { test(t, path, src) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What another importer found in the same documents. It also takes comments,
// authors and picture names, so only a share agrees.
func TestAgainstOkapi(t *testing.T) {
	found, all := 0, 0
	eachDocument(t, formattest.SharedData(t, "suites/okapi-gold/openxml/docx"), func(t *testing.T, path string, src []byte) {
		blocks, err := format.Extract(Format{}, src, format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		ours := map[string]int{}
		for _, b := range blocks {
			ours[squeeze(b.Content.Text)]++
		}
		for _, text := range goldTexts(t, path+".gold.json") {
			all++
			if ours[text] > 0 {
				ours[text]--
				found++
			} else {
				t.Logf("only theirs: %q", text)
			}
		}
		for text, n := range ours {
			if n > 0 {
				t.Logf("only ours: %q", text)
			}
		}
	})
	t.Logf("%d of %d texts agree", found, all)
	if found*10 < all*8 {
		t.Errorf("only %d of %d texts agree", found, all)
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func goldTexts(t *testing.T, path string) []string {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var gold struct{ Units []struct{ Text string } }
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, u := range gold.Units {
		if format.Translatable(u.Text) {
			texts = append(texts, squeeze(u.Text))
		}
	}
	return texts
}

// The words of the same documents as another reader has them in its syntax tree
// (Str "…"). Ours must hold them too; it computes more: numbers of footnotes,
// formulas, citations.
func TestAgainstPandoc(t *testing.T) {
	found, all := 0, 0
	word := regexp.MustCompile(`Str\s+("(?:[^"\\]|\\.)*")`)
	eachDocument(t, formattest.SharedData(t, "suites/docx-odt/pandoc/docx"), func(t *testing.T, path string, src []byte) {
		native, err := os.ReadFile(strings.TrimSuffix(path, ".docx") + ".native")
		if err != nil {
			return // a document without a tree has nothing to compare
		}
		blocks, err := format.Extract(Format{}, src, format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		ours := ""
		for _, b := range blocks {
			ours += b.Content.Text + "\n"
		}
		for _, m := range word.FindAllSubmatch(native, -1) {
			s := haskellString(string(m[1]))
			if !format.Translatable(s) {
				continue
			}
			if all++; strings.Contains(ours, s) {
				found++
			} else {
				t.Logf("only theirs: %q", s)
			}
		}
	})
	t.Logf("%d of %d words agree", found, all)
	if all == 0 || found*100 < all*85 {
		t.Errorf("only %d of %d words agree", found, all)
	}
}

// haskellString reads a string literal; \8217 is a code point in decimal and \&
// nothing.
func haskellString(literal string) string {
	s := regexp.MustCompile(`\\(\d+)`).ReplaceAllStringFunc(literal[1:len(literal)-1], func(m string) string {
		n, _ := strconv.Atoi(m[1:])
		return string(rune(n))
	})
	return strings.NewReplacer(`\&`, "", `\"`, `"`, `\\`, `\`).Replace(s)
}
