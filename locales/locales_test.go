package locales

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// forms are the plural categories of CLDR.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// split separates a key from its plural category; form is "" for plain keys.
func split(key string) (base, form string) {
	at := strings.LastIndex(key, ".")
	if at >= 0 && slices.Contains(forms, key[at+1:]) {
		return key[:at], key[at+1:]
	}
	return key, ""
}

func TestFiles_SameKeysAsEnglish(t *testing.T) {
	for _, tag := range Tags() {
		t.Run(tag.String(), func(t *testing.T) {
			want, got := bases(printers[English].flat), bases(printers[tag].flat)
			for key := range want {
				if !got[key] {
					t.Errorf("%s is missing", key)
				}
			}
			for key := range got {
				if !want[key] {
					t.Errorf("%s is not in English", key)
				}
			}
		})
	}
}

func bases(flat map[string]string) map[string]bool {
	set := map[string]bool{}
	for key := range flat {
		base, _ := split(key)
		set[base] = true
	}
	return set
}

var placeholder = regexp.MustCompile(`\{\{.*?\}\}`)

func TestFiles_SamePlaceholders(t *testing.T) {
	for _, tag := range Tags() {
		for key, text := range printers[tag].flat {
			base, form := split(key)
			english, ok := printers[English].flat[key]
			if !ok && form != "" {
				english = printers[English].flat[base+".other"]
			}
			if got, want := placeholders(text), placeholders(english); !maps.Equal(got, want) {
				t.Errorf("%s %s: placeholders %v, English has %v", tag, key, got, want)
			}
			if strings.TrimSpace(text) == "" || text != strings.TrimSpace(text) {
				t.Errorf("%s %s: empty, or white space at an end", tag, key)
			}
		}
	}
}

func placeholders(text string) map[string]bool {
	set := map[string]bool{}
	for _, p := range placeholder.FindAllString(text, -1) {
		set[p] = true
	}
	return set
}

func TestFiles_RightPluralCategories(t *testing.T) {
	for _, tag := range Tags() {
		want := categories(tag)
		byBase := map[string][]string{}
		for key := range printers[tag].flat {
			if base, form := split(key); form != "" {
				byBase[base] = append(byBase[base], form)
			}
		}
		for base, got := range byBase {
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s %s: categories %v, want %v", tag, base, got, want)
			}
		}
	}
}

// categories returns the categories integers of the language fall into.
func categories(tag language.Tag) []string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	set := map[string]bool{}
	for n := range 1000 {
		set[names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// mistakes are spellings no Persian reader should see: letters and digits of
// other alphabets, and endings without their half-space.
var mistakes = regexp.MustCompile(`[يكة٤٥٦]|[ \x{200C}]\x{200C}|\x{200C} |(?:^|[ «])(?:می|نمی) |[\p{Arabic}][,;?]|\S  `)

func TestPersian_Spelling(t *testing.T) {
	for key, text := range For("fa").flat {
		if strings.HasPrefix(key, "issue.") {
			continue // these name the mistakes
		}
		if found := mistakes.FindString(text); found != "" {
			t.Errorf("%s: %q in %s", key, found, text)
		}
	}
}

func TestT(t *testing.T) {
	tests := map[string]struct {
		tag, key string
		args     []any
		want     string
	}{
		"text is isolated":        {"en", "members.added", []any{"login", "ali"}, "\u2068ali\u2069 is a member now."},
		"controls are taken out":  {"en", "members.added", []any{"login", "a\u202Eb\u2069"}, "\u2068ab\u2069 is a member now."},
		"numbers in Persian":      {"fa", "list.range", []any{"from", 1, "to", 50, "total", 1234}, "۱ تا ۵۰ از ۱٬۲۳۴"},
		"several texts":           {"en", "issue.glossary_missing", []any{"term", "Iran", "expected", []string{"ایران", "ایران زمین"}}, "\u2068Iran\u2069 must be translated as \u2068ایران\u2069 / \u2068ایران زمین\u2069."},
		"a key nobody knows":      {"fa", "no.such.key", nil, "no.such.key"},
		"markup is left to pages": {"en", "members.added", []any{"login", "<b>"}, "\u2068<b>\u2069 is a member now."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := For(test.tag).T(test.key, test.args...); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestN(t *testing.T) {
	for want, got := range map[string]string{
		"1 document":  For("en").N("document.count", 1),
		"2 documents": For("en").N("document.count", 2),
		"0 documents": For("en").N("document.count", 0),
		"۱٬۰۰۰ سند":   For("fa").N("document.count", 1000),
		"12 % as 12%": "12 % as " + For("en").Percent(12),
		"\u061C۱۲٪":   For("fa").Percent(12),
		"1.5 MB":      For("en").Bytes(1536 << 10),
		"۱٫۵ مگابایت": For("fa").Bytes(1536 << 10),
		"Persian":     For("en").Language(language.Persian),
		"انگلیسی":     For("fa").Language(language.English),
		"فارسی":       Self(language.Persian),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestFor(t *testing.T) {
	tests := map[string]struct {
		wishes []string
		want   string
	}{
		"nothing wished":        {nil, "en"},
		"setting first":         {[]string{"fa", "", "en"}, "fa"},
		"header with qualities": {[]string{"", "", "de;q=0.9, fa-IR;q=0.8"}, "fa"},
		"a language we lack":    {[]string{"de"}, "en"},
		"nonsense":              {[]string{"\x00", ";;;", "fa"}, "fa"},
		"Dari readers":          {[]string{"fa-AF"}, "fa"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := For(test.wishes...).Lang(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestDir(t *testing.T) {
	for tag, want := range map[string]string{"fa": "rtl", "ar-EG": "rtl", "he": "rtl", "ckb": "rtl", "ur": "rtl", "dv": "rtl", "en": "ltr", "az": "ltr", "az-Arab": "rtl", "ku": "ltr", "zh-Hant": "ltr"} {
		if got := Dir(language.MustParse(tag)); got != want {
			t.Errorf("Dir(%s) = %s, want %s", tag, got, want)
		}
	}
}

// codes finds in the Go source of the project every code that needs a sentence.
type codes struct {
	found map[string]token.Position
	files *token.FileSet
}

func TestCodes_EveryOneHasASentence(t *testing.T) {
	c := codes{map[string]token.Position{}, token.NewFileSet()}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && (name == "node_modules" || name == ".git" || name == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		return c.read(path)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.found) < 100 {
		t.Fatalf("only %d codes found; the search is broken", len(c.found))
	}
	for key, at := range c.found {
		_, plain := printers[English].flat[key]
		_, source := printers[English].flat[key+"_source"]
		_, target := printers[English].flat[key+"_target"]
		if !plain && !(source && target) {
			t.Errorf("%s: %s has no sentence", at, key)
		}
	}
}

func (c codes) read(path string) error {
	source, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(c.files, path, source, 0)
	if err != nil {
		return fmt.Errorf("parse %s: %w", path, err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			c.call(n)
		case *ast.CompositeLit:
			c.literal(n)
		case *ast.ValueSpec:
			c.table(n)
		}
		return true
	})
	return nil
}

// call takes tm.NewError(kind, "code", …).
func (c codes) call(n *ast.CallExpr) {
	if named(n.Fun) == "NewError" && len(n.Args) >= 2 {
		c.note("error.", n.Args[1])
	}
}

// words says which field of which type holds a code.
var words = map[string]struct{ field, prefix string }{
	"Issue": {"Code", "issue."}, "Penalty": {"Code", "penalty."}, "Job": {"Kind", "job.kind."}, "RowProblem": {"Code", "error."},
}

// literal takes the words of tm.Issue, tm.Penalty, store.Job and qa.Check
// literals, and the codes of RowProblem.
func (c codes) literal(n *ast.CompositeLit) {
	if list, ok := n.Type.(*ast.ArrayType); ok {
		for _, element := range n.Elts { // []tm.Issue{{Code: …}}
			if short, ok := element.(*ast.CompositeLit); ok && short.Type == nil {
				short.Type = list.Elt
			}
		}
	}
	word, ok := words[named(n.Type)]
	if !ok {
		return
	}
	for _, element := range n.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok || named(pair.Key) != word.field {
			continue
		}
		if text, ok := pair.Value.(*ast.BasicLit); ok && word.field == "Code" && word.prefix == "error." && !strings.Contains(text.Value, ".") {
			c.note("row.", pair.Value) // what is wrong in a row of a glossary
			continue
		}
		c.note(word.prefix, pair.Value)
	}
}

// table takes the tables of checks in tm/qa.
func (c codes) table(n *ast.ValueSpec) {
	if len(n.Names) != 1 || len(n.Values) != 1 {
		return
	}
	list, ok := n.Values[0].(*ast.CompositeLit)
	if !ok {
		return
	}
	for _, element := range list.Elts {
		switch name := n.Names[0].Name; {
		case name == "checks":
			if check, ok := element.(*ast.CompositeLit); ok && len(check.Elts) > 0 {
				c.note("issue.", check.Elts[0])
			}
		case name == "typographic":
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				c.note("issue.", pair.Key)
			}
		case name == "DocumentCodes":
			c.note("issue.", element)
		}
	}
}

func named(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func (c codes) note(prefix string, e ast.Expr) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return
	}
	code, err := strconv.Unquote(literal.Value)
	if strings.HasPrefix(code, "cli.") {
		prefix = "" // the command line keeps its errors with its other words
	}
	if err == nil && code != "" {
		c.found[prefix+code] = c.files.Position(literal.Pos())
	}
}

// used finds keys in templates and in calls of the printer; keys put together at
// run time are found by TestCodes and by the pages themselves.
var used = regexp.MustCompile(`\.(?:T|N) "([a-z0-9_.]+)"|\b(?:p|v|a\.p)\.(?:T|N)\("([a-z0-9_.]+[a-z0-9_])"|\b(?:done|say|undoable)\((?:[^,"]*(?:"[^"]*"[^,"]*)*, )?"([a-z]+\.[a-z0-9_.]+)"`)

func TestKeys_EveryOneUsedExists(t *testing.T) {
	have := bases(printers[English].flat)
	found := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && (name == "node_modules" || name == ".git") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, "_test.go") || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".html") {
			return nil
		}
		source, err := os.ReadFile(path)
		for _, m := range used.FindAllStringSubmatch(string(source), -1) {
			found++
			if key := m[1] + m[2] + m[3]; !have[key] {
				t.Errorf("%s: %s has no sentence", path, key)
			}
		}
		return err
	})
	if err != nil || found < 300 {
		t.Errorf("%d keys found, %v", found, err)
	}
}
