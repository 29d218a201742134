package markdown_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/formattest"
	"tarjoman/tm/format/markdown"
	"tarjoman/tm/tmtest"
)

func TestLaws(t *testing.T) { formattest.Run(t, markdown.Format{}, os.DirFS("testdata")) }

func TestLaws_Real(t *testing.T) {
	for _, dir := range []string{"documents/docs-opensource-guide", "documents/docs-vue", "suites/markdown", "suites/okapi-gold/markdown"} {
		t.Run(dir, func(t *testing.T) { formattest.RunReal(t, markdown.Format{}, dir) })
	}
}

// TestLaws_Spec runs the laws over every example of the CommonMark specification.
func TestLaws_Spec(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(formattest.SharedData(t, "suites/markdown"), "commonmark-spec.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var example struct{ Markdown string }
		if err := json.Unmarshal(line, &example); err != nil {
			t.Fatal(err)
		}
		t.Run("", func(t *testing.T) {
			formattest.Identity(t, markdown.Format{}, []byte(example.Markdown))
			formattest.Translation(t, markdown.Format{}, []byte(example.Markdown))
			if t.Failed() {
				t.Logf("document:\n%s", example.Markdown)
			}
		})
	}
}

func FuzzRewrite(f *testing.F) { formattest.Fuzz(f, markdown.Format{}, os.DirFS("testdata")) }

func TestRewrite_Blocks(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"paragraph over lines", "Rain\nin  Shiraz.\n\nSnow.", []string{"Rain in Shiraz.", "Snow."}},
		{"headings", "# Rain #\n\nSnow\n----\n\n## Sun {#sun}", []string{"Rain", "Snow", "Sun"}},
		{"emphasis", "a **b *c* d** ~~e~~ _f_", []string{"a [1]b [2]c[/2] d[/1] [3]e[/3] [4]f[/4]"}},
		{"pair around everything", "**Rain**", []string{"Rain"}},
		{"code span", "Run `go  test` now", []string{"Run [1]go  test[/1] now"}},
		{"only code", "`go test`", nil},
		{"link", "See [the *report*](http://x.org/a_(b)) now", []string{"See [1]the [2]report[/2][/1] now"}},
		{"link title", `See [it](a "Read (this)") now`, []string{"Read (this)", "See [1]it[/1] now"}},
		{"references", "See [a][r], [R] and [r][] now\n\n[r]: /x", []string{"See [1]a[/1], [2]R[/2] and [3]r[/3] now"}},
		{"image", `![A *bus*](a.png "The bus")`, []string{"The bus", "A [1]bus[/1]"}},
		{"image in a link", `Go [![alt](a.png)](b) on`, []string{"alt", "Go [1][2][/1] on"}},
		{"links of their own", "See <http://x.org> and www.x.org or a@x.org.", []string{"See [1] and [2] or [3]."}},
		{"hard breaks", "Rain  \nSnow\\\nSun", []string{"Rain [1]Snow [2]Sun"}},
		{"inline HTML", "a <b>b</b> <br> c <i>d", []string{"a [1]b[/1] [2]c [3]d"}},
		{"escapes and entities", `\*no\* 1 &lt; 2 &copy; AT&T &#x633;`, []string{"*no* 1 < 2 © AT&T س"}},
		{"lists", "- a\n- b\n  c\n\n1. d\n   - e", []string{"a", "b c", "d", "e"}},
		{"tasks", "- [ ] a\n- [x] b", []string{"a", "b"}},
		{"quote", "> a\n> b\n> > c\nlazy", []string{"a b", "c lazy"}},
		{"table", "| a | b |\n|---|---|\n| c \\| d | `e \\| f` g |", []string{"a", "b", "c | d", "[1]e | f[/1] g"}},
		{"footnotes", "a[^n]b\n\n[^n]: Note\n[^m]: Other", []string{"a[1]b", "Note", "Other"}},
		{"protected", "```\na\n```\n\n    b\n\n<script>\nc\n</script>\n\n<!-- d -->\n", nil},
		{"HTML blocks", "<div class=\"a\">\nRain in <b>Shiraz</b>\n</div>\n\nSnow", []string{"Rain in [1]Shiraz[/1]", "Snow"}},
		{"HTML block in a quote", "> <div>\n> Rain\n> </div>", nil},
		{"titles of definitions", "[a]: /x (Rain)\n[b]: </y> 'Snow'\n\n[a] [b] Sun", []string{"Rain", "Snow", "[1]a[/1] [2]b[/2] Sun"}},
		{"yaml", "---\ntitle: 'It''s raining' # note\ndescription: Snow\ndate: 2024\n---\nSun", []string{"It's raining", "Snow", "Sun"}},
		{"toml", "+++\ntitle = \"A \\\"b\\\"\"\n+++\nSun", []string{`A "b"`, "Sun"}},
		{"rule is no front matter", "---\n\nRain", []string{"Rain"}},
		{"containers", ":::tip Title\nRain\n:::", []string{"Rain"}},
		{"alert", "> [!NOTE]\n> Rain", []string{"Rain"}},
		{"line ends", "a\r\nb\r\n\r\nc\rd", []string{"a b", "c d"}},
		{"direction marks", "\u200fباران\u200f\n", []string{"باران"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, b := range formattest.Extract(t, markdown.Format{}, []byte(test.src)) {
				got = append(got, formattest.Show(b.Content))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
		})
	}
}

// translateWith answers the blocks whose shown text is in answers with the same
// notation: "[1]", "[/1]".
func translateWith(t *testing.T, src string, o format.Options, answers map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	err := markdown.Format{}.Rewrite(&out, []byte(src), o, func(b format.Block) (*tm.Content, error) {
		answer, ok := answers[formattest.Show(b.Content)]
		if !ok {
			return nil, nil
		}
		c := formattest.Parse(answer, b.Content)
		return &c, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestRewrite_Writes(t *testing.T) {
	tests := []struct{ name, src, block, answer, want string }{
		{"one line", "Rain\nin Shiraz\n", "Rain in Shiraz", "باران در شیراز", "باران در شیراز\n"},
		{"quote", "> Rain\n> in Shiraz\n", "Rain in Shiraz", "باران", "> باران\n"},
		{"hard break in a quote", "> Rain  \n> Snow\n", "Rain [1]Snow", "باران [1]برف", "> باران   \n> برف\n"},
		{"bold with a suffix", "Rain **on** it", "Rain [1]on[/1] it", "[1]«باران»[/1]ها", "<strong>«باران»</strong>ها"},
		{"bold", "Rain **on** it", "Rain [1]on[/1] it", "باران [1]بر[/1] آن", "باران **بر** آن"},
		{"no markup by accident", "Rain", "Rain", "1. *a* _b_ [c](d) <e> `f` snake_case", `1\. \*a\* \_b\_ \[c\](d) \<e> ` + "\\`f\\` snake_case"},
		{"no list by accident", "Rain", "Rain", "- a", `\- a`},
		{"no heading by accident", "Rain", "Rain", "# a", `\# a`},
		{"no link by accident", "Rain", "Rain", "www.a.org", `www\.a\.org`},
		{"heading", "## Rain ##\n", "Rain", "باران #", "## باران \\# ##\n"},
		{"cell", "|a|\n|-|\n|Rain|\n", "Rain", "a|b", "|a|\n|-|\n|a\\|b|\n"},
		{"code span", "Run `a` it", "Run [1]a[/1] it", "[1]a`b[/1] را اجرا کنید", "``a`b`` را اجرا کنید"},
		{"codes moved", "[a](x) and [b](y)", "[1]a[/1] and [2]b[/2]", "[2]ب[/2] و [1]آ[/1]", "[ب](y) و [آ](x)"},
		{"shortcut reference", "See [Rain] on\n\n[Rain]: /x", "See [1]Rain[/1] on", "[1]باران[/1] را ببینید", "[باران][Rain] را ببینید\n\n[Rain]: /x"},
		{"code left out", "Rain[^1]\n\n[^1]: Note", "Rain[1]", "باران", "باران\n\n[^1]: Note"},
		{"title", `[a](x "Rain") b`, "Rain", `"باران"`, `[a](x "\"باران\"") b`},
		{"alt", "![Rain](x)", "Rain", "باران]", `![باران\]](x)`},
		{"plain yaml", "---\ntitle: Rain\n---\n", "Rain", "باران: شیراز", "---\ntitle: \"باران: شیراز\"\n---\n"},
		{"quoted yaml", "---\ntitle: 'Rain'\n---\n", "Rain", "باران's", "---\ntitle: 'باران''s'\n---\n"},
		{"toml", "+++\ntitle = 'Rain'\n+++\n", "Rain", "باران's", "+++\ntitle = \"باران's\"\n+++\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := translateWith(t, test.src, format.Options{}, map[string]string{test.block: test.answer})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRewrite_Direction(t *testing.T) {
	answers := map[string]string{"Rain": "باران", "باران": "Rain"}
	toPersian := format.Options{Source: language.English, Target: language.Persian}
	toEnglish := format.Options{Source: language.Persian, Target: language.English}
	tests := []struct {
		name, src, want string
		o               format.Options
	}{
		{"wrapped", "Rain\n", "<div dir=\"rtl\" lang=\"fa\">\n\nباران\n\n</div>\n", toPersian},
		{"no line end", "Rain", "<div dir=\"rtl\" lang=\"fa\">\n\nباران\n\n</div>\n", toPersian},
		{"front matter stays outside", "---\na: b\n---\nRain\n", "---\na: b\n---\n<div dir=\"rtl\" lang=\"fa\">\n\nباران\n\n</div>\n", toPersian},
		{"not twice", "<div dir=\"rtl\" lang=\"fa\">\n\nRain\n\n</div>\n", "<div dir=\"rtl\" lang=\"fa\">\n\nباران\n\n</div>\n", toPersian},
		{"turned", "<div dir=\"rtl\" lang=\"fa\">\n\nباران\n\n</div>\n", "<div dir=\"ltr\" lang=\"en\">\n\nRain\n\n</div>\n", toEnglish},
		{"left to right needs none", "باران\n", "Rain\n", toEnglish},
		{"line ends", "Rain\r\n", "<div dir=\"rtl\" lang=\"fa\">\r\n\r\nباران\r\n\r\n</div>\r\n", toPersian},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, translateWith(t, test.src, test.o, answers)); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
}

func TestKeys_StayWhenBlocksComeAndGo(t *testing.T) {
	before := "# Rain\n\nRead more\n\nSnow\n\nRead more\n"
	after := "Wind\n\n# Rain\n\nRead more\n\n## Read more\n\n- Sun\n\nSnow\n\nRead more\n"
	formattest.Grow(t, markdown.Format{}, []byte(before), []byte(after))
}

func TestRewrite_Bounds(t *testing.T) {
	repeat := strings.Repeat
	tests := []struct{ name, src, code string }{
		{"link starts", repeat("[a](b", 50_000), "document.too_complex"},
		{"image starts", repeat("![](", 40_000), "document.too_complex"},
		{"brackets below the limit", repeat("[", 900) + "a" + repeat("]", 900), ""},
		{"wide table", repeat("|a", 20_000) + "|\n" + repeat("|-", 20_000) + "|\n", ""},
		{"long and wide table", repeat("|a", 900) + "|\n" + repeat("|-", 900) + "|\n" + repeat("|\n", 60_000), "document.too_complex"},
		{"quotes", repeat(">", 100_000) + " a", "document.too_deep"},
		{"lists in one line", repeat("- ", 50_000) + "a", "document.too_deep"},
		{"numbered lists in one line", repeat("1. ", 50_000) + "a", "document.too_deep"},
		{"long paragraph", repeat("word ", 20_000), "document.too_complex"},
		{"stars", repeat("*a ", 3_900), ""},
		{"stars and underscores", repeat("*a_ ", 1_900), ""},
		{"backticks", repeat("`a``", 900), ""},
		{"angle brackets", repeat("<a ", 1_900), ""},
		{"mail addresses", repeat("a.", 30_000) + "@", ""},
		{"parentheses", repeat("(www.", 900), ""},
		{"rule of many dashes", repeat("- ", 500) + "\n\na", ""},
		{"references", repeat("[a]: /x\n\n", 20_000), ""},
		{"many references", manyReferences(12_000), "document.too_many_references"},
		{"references and many paragraphs", manyReferences(5_000) + repeat("[ry] a\n\n", 20_000), ""},
		{"reference never ended", repeat("[a\n", 10_000), "document.too_complex"},
		{"many paragraphs", repeat("Rain *in* Shiraz.\n\n", 20_000), ""},
		{"deep list by indent", deepList(1_000), "document.too_deep"},
		{"deep list by tabs", repeat("\t", 5_000) + "- a\n" + repeat("\t", 5_001) + "- b\n", "document.too_deep"},
		{"list of ninety levels", deepList(90), ""},
		{"nested images", repeat("![", 600) + "a" + repeat("](b)", 600), ""},
		{"too large", repeat("a\n\n", 6<<20), "document.too_large"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := tmtest.CPU()
			_, err := format.Extract(markdown.Format{}, []byte(test.src), format.Options{})
			if tm.CodeOf(err) != test.code {
				t.Errorf("error %v, want %q", err, test.code)
			}
			if took := tmtest.CPU() - start; took > 20*time.Second {
				t.Errorf("took %v for %d bytes", took, len(test.src))
			}
		})
	}
}

func TestRewrite_BoundsAnswers(t *testing.T) {
	answer := strings.Repeat("[a](b", 50_000)
	start := tmtest.CPU()
	got := translateWith(t, "Rain\n", format.Options{}, map[string]string{"Rain": answer})
	if want := strings.NewReplacer("[", `\[`, "]", `\]`, "(", `\(`).Replace(answer) + "\n"; got != want {
		t.Errorf("%d bytes that begin %q, want %q", len(got), got[:20], want[:20])
	}
	if took := tmtest.CPU() - start; took > 10*time.Second {
		t.Errorf("took %v", took)
	}
}

func manyReferences(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("[r" + strings.Repeat("x", i%50) + string(rune('a'+i%26)) + strings.Repeat("y", i/50) + "]: /x\n\n")
	}
	return b.String()
}

func deepList(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func TestGold(t *testing.T) { formattest.Gold(t, markdown.Format{}, "suites/okapi-gold/markdown", 85) }
