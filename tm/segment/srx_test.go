package segment

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/tmtest"
)

// file builds an SRX file with one rule list for all languages.
func file(rules string) string {
	return `<?xml version="1.0"?><srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="yes"><formathandle type="start" include="no"/>
<formathandle type="end" include="yes"/><formathandle type="isolated" include="no"/></header>
<body><languagerules><languagerule languagerulename="L">` + rules + `</languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="L"/></maprules></body></srx>`
}

func srxRule(br, before, after string) string {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace
	return `<rule break="` + br + `"><beforebreak>` + escape(before) + `</beforebreak><afterbreak>` + escape(after) + `</afterbreak></rule>`
}

func compileRules(t *testing.T, rules string) *Rules {
	t.Helper()
	f, err := Load(strings.NewReader(file(rules)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := f.Rules(language.English)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Patterns as ICU and Java write them, which neither RE2 nor .NET reads as
// they are.
func TestRules_PatternsOfOtherTools(t *testing.T) {
	tests := []struct {
		name, before, after, text string
		want                      []string
	}{
		{"horizontal space", `\.`, `\h`, "A.\u00a0B.\tC", []string{"A.", "B.", "C"}},
		{"line break", `\R`, ``, "A\r\nB\u2028C", []string{"A", "B", "C"}},
		{"quoted", `\Q...\E`, `\s`, "A... B. C", []string{"A...", "B. C"}},
		{"possessive", `\.++`, `\s`, "A.. B", []string{"A..", "B"}},
		{"atomic group", `(?>[.!])`, `\s`, "A. B! C", []string{"A.", "B!", "C"}},
		{"look-ahead", `\.`, `\s(?=[A-Z])`, "A. b. C", []string{"A. b.", "C"}},
		{"look-behind", `(?<!Mr)\.`, `\s`, "Mr. A. B", []string{"Mr. A.", "B"}},
		{"look-ahead in the first half", `\.(?=\s[A-Z])`, ``, "A. b. C", []string{"A. b.", "C"}},
		{"intersection", `\.`, `\s[\p{L}&&[^a-z]]`, "A. b. C", []string{"A. b.", "C"}},
		{"difference", `\.`, `\s[\p{L}--[a-z]]`, "A. b. C", []string{"A. b.", "C"}},
		{"nested set", `\.`, `\s[A-M[X-Z]]`, "A. N. X", []string{"A. N.", "X"}},
		{"POSIX class", `\.`, `\s[[:upper:]]`, "A. b. C", []string{"A. b.", "C"}},
		{"property by long name", `\.`, `\s\p{Uppercase_Letter}`, "A. b. C", []string{"A. b.", "C"}},
		{"property by script", `\.`, `\s\p{IsArabic}`, "A. B. ب", []string{"A. B.", "ب"}},
		{"script by key", `\.`, `\s\p{script=Arabic}`, "A. B. ب", []string{"A. B.", "ب"}},
		{"word characters are Unicode", `\w\.`, `\s\w`, "آب. نان", []string{"آب.", "نان"}},
		{"digits are Unicode", `\d\.`, `\s`, "۱. ب. ۲. پ", []string{"۱.", "ب. ۲.", "پ"}},
		{"boundary before Persian", `\bب\.`, `\s`, "آب. ب. پ", []string{"آب. ب.", "پ"}},
		{"boundary in the middle", `a\b\.`, `\s`, "a. b", []string{"a.", "b"}},
		{"ignore case", `(?i)etc\.`, `\s`, "ETC. b. c", []string{"ETC.", "b. c"}},
		{"code point", `\u061F`, `\s`, "آری؟ نه", []string{"آری؟", "نه"}},
		{"start of the text", `^\w+\.`, `\s`, "A. B. C", []string{"A.", "B. C"}},
		{"empty first half", ``, `\|`, "A|B", []string{"A", "|B"}},
		{"back reference", `-`, `(\w)\1`, "ab-ac-aa", []string{"ab-ac-", "aa"}},
		{"literal brace", `\}`, `\s`, "{a} b", []string{"{a}", "b"}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			got := compileRules(t, srxRule("yes", c.before, c.after)).SplitText(c.text)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestRules_FirstMatchWins(t *testing.T) {
	r := compileRules(t, srxRule("no", `\bMr\.`, `\s`)+srxRule("no", `\bDr\.`, `\s`)+srxRule("yes", `\.`, `\s`)+srxRule("no", `\.`, `\s`))
	if got, want := r.SplitText("Mr. A came. Dr. B left."), []string{"Mr. A came.", "Dr. B left."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

const cascade = `<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="%"/>
<body><languagerules>
<languagerule languagerulename="Persian"><rule break="yes"><beforebreak>؟</beforebreak><afterbreak>\s</afterbreak></rule></languagerule>
<languagerule languagerulename="Default"><rule break="yes"><beforebreak>\.</beforebreak><afterbreak>\s</afterbreak></rule></languagerule>
</languagerules><maprules>
<languagemap languagepattern="[Ff][Aa].*" languagerulename="Persian"/><languagemap languagepattern=".*" languagerulename="Default"/>
</maprules></body></srx>`

func TestFile_Cascade(t *testing.T) {
	for _, c := range []struct {
		cascade, lang string
		want          int
	}{{"yes", "fa-IR", 3}, {"no", "fa-IR", 2}, {"yes", "en", 2}, {"no", "en", 2}} {
		f, err := Load(strings.NewReader(strings.Replace(cascade, "%", c.cascade, 1)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := f.Rules(language.Make(c.lang))
		if err != nil {
			t.Fatal(err)
		}
		if got := r.SplitText("یک؟ دو. سه"); len(got) != c.want {
			t.Errorf("cascade %s, %s: %q", c.cascade, c.lang, got)
		}
	}
}

func TestLoad_Refuses(t *testing.T) {
	tests := []struct{ name, src, code string }{
		{"empty", "", "srx.invalid"},
		{"not SRX", "<html/>", "srx.invalid"},
		{"not XML", "%PDF-1.4", "srx.invalid"},
		{"cut off", file("")[:200], "srx.invalid"},
		{"internal subset", `<!DOCTYPE srx [<!ENTITY a "b">]>` + file("")[21:], "srx.doctype"},
		{"entity", strings.Replace(file(""), `"L">`, `"L">&a;`, 1), "srx.invalid"},
		{"too deep", strings.Repeat("<a>", 100), "srx.too_deep"},
		{"too large", strings.Repeat(" ", maxFile+1), "srx.too_large"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(strings.NewReader(c.src))
			if got := tm.CodeOf(err); got != c.code {
				t.Errorf("got %q (%v), want %q", got, err, c.code)
			}
		})
	}
}

func TestRules_NamesTheBadPattern(t *testing.T) {
	for _, pattern := range []string{`(`, `[a`, `\p{Nonsense}`, `a)`, `\`, `\k`, `[z-a]`, `(?x)a`, `(a)\1`, `\x{110000}`} {
		f, err := Load(strings.NewReader(file(srxRule("yes", `\.`, `\s`) + srxRule("no", pattern, ""))))
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Rules(language.English)
		var e *tm.Error
		if !errors.As(err, &e) || e.Code != "srx.pattern" || e.Args["rules"] != "L" || e.Args["number"] != 2 {
			t.Errorf("%s: got %v", pattern, err)
		}
	}
}

func TestFile_WriteAndLoad(t *testing.T) {
	f, err := Load(strings.NewReader(file(srxRule("no", `\bMr\.`, `\s<&`) + srxRule("yes", "[.؟]", " "))))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	again, err := Load(&b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, again); diff != "" {
		t.Error(diff)
	}
}

// A pattern that takes exponential time is given up soon.
func TestRules_SlowPattern(t *testing.T) {
	r := compileRules(t, srxRule("yes", `(?=x)(a+)+b(?<!c)\.`, `\s`)+srxRule("yes", `(?<!x)(a*)*b\.`, `\s`)+srxRule("yes", `!`, `\s`))
	start := tmtest.CPU()
	r.SplitText(strings.Repeat(strings.Repeat("a", 40)+". ", 1000))
	if d := tmtest.CPU() - start; d > 10*time.Second {
		t.Errorf("took %v", d)
	}
}

// The rule files of other tools load and split.
func TestLoad_FilesOfOtherTools(t *testing.T) {
	dir, _ := os.Getwd()
	for ; dir != "/"; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "shared", "data", "suites", "srx")); err == nil {
			break
		}
	}
	names, _ := filepath.Glob(filepath.Join(dir, "shared", "data", "suites", "srx", "*", "*.srx"))
	if len(names) == 0 {
		t.Skip("NOT MEASURED: shared/data/suites/srx is not there")
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) { loadOther(t, name) })
	}
}

func loadOther(t *testing.T, name string) {
	src, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	f, err := Load(src)
	if filepath.Base(name) == "empty.srx" {
		if tm.CodeOf(err) != "srx.invalid" {
			t.Errorf("an empty file: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "fa", "de-DE", "pl"} {
		start := tmtest.CPU()
		r, err := f.Rules(language.Make(lang))
		if err != nil {
			t.Errorf("%s: %v", lang, err)
			continue
		}
		t.Logf("%s: %d rules after joining in %v", lang, len(r.rules), tmtest.CPU()-start)
		text := strings.Repeat("This is one. And this is Mr. Two! ", 50)
		if got := strings.Join(r.SplitText(text), " "); got != strings.TrimSpace(text) {
			t.Errorf("%s: text changed", lang)
		}
	}
}

// Whatever the file, loading and splitting end without panic and change no
// text.
func FuzzLoad(f *testing.F) {
	f.Add(file(srxRule("yes", `[.?!]+`, `\s`)), "One. Two")
	f.Add(file(srxRule("no", `\bMr\.`, `\s`)+srxRule("yes", `(?<!x)\.++`, `\h\R?`)), "Mr. A. B")
	f.Add(strings.Replace(cascade, "%", "yes", 1), "یک؟ دو. سه")
	f.Fuzz(func(t *testing.T, src, text string) {
		parsed, err := Load(strings.NewReader(src))
		if err != nil {
			return
		}
		r, err := parsed.Rules(language.Persian)
		if err != nil {
			return
		}
		c := tm.Content{Text: text, Codes: []tm.Code{alone(0, 9), open(0, 1), shut(len(text), 1), alone(len(text), 8)}}
		checkParts(t, c, r.Split(c))
	})
}

// Every pattern that translates compiles or is refused with a reason.
func FuzzCompile(f *testing.F) {
	for _, p := range []string{`[\p{L}&&[^a-z]]++`, `\Qa.b\E*`, `(?i-s:a|\bb)`, `[[:^alpha:]-[x]]`, `a{2,}?`, `\x{1F600}\u00e9\07`, `(?<n>a)(?!b)`, `[]a]`, `[^]a]`, `\p{^Lu}`} {
		f.Add(p, "a.b été", true)
	}
	f.Fuzz(func(t *testing.T, pattern, text string, left bool) {
		s, err := compile(pattern, left)
		if err != nil {
			return
		}
		p := place{text: text}
		for at := range text {
			p.move(at)
			if left {
				p.before(s)
			} else {
				p.after(s)
			}
		}
	})
}
