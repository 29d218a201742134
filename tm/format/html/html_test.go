package html_test

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/formattest"
	"tarjoman/tm/format/html"
)

func TestLaws(t *testing.T) { formattest.Run(t, html.Format{}, os.DirFS("testdata")) }

func TestLaws_Real(t *testing.T) {
	for _, dir := range []string{"documents/docs-debian-handbook", "suites/html", "suites/okapi-gold/html"} {
		t.Run(dir, func(t *testing.T) { formattest.RunReal(t, html.Format{}, dir) })
	}
}

func FuzzRewrite(f *testing.F) { formattest.Fuzz(f, html.Format{}, os.DirFS("testdata")) }

func TestRewrite_Blocks(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"white space is collapsed", "<p>\n Rain  in\n\tShiraz \n</p>", []string{"Rain in Shiraz"}},
		{"white space around inline elements", "<p>Rain <b> in </b> Shiraz</p>", []string{"Rain [1]in [/1]Shiraz"}},
		{"references", "<p>Tom &amp; Jerry&nbsp;&#8211; &eacute;t&eacute; &lt;3</p>", []string{"Tom & Jerry\u00a0– été <3"}},
		{"a pair around everything stays outside", "<p><a href=x><b>Rain</b></a></p>", []string{"Rain"}},
		{"a pair inside is a code", "<p><b>Note</b>: rain</p>", []string{"[1]Note[/1]: rain"}},
		{"line break parts words", "<h1>Rain<br>in Shiraz</h1>", []string{"Rain [1]in Shiraz"}},
		{"two line breaks part blocks", "Rain.<br>\n<br/>Snow.", []string{"Rain.", "Snow."}},
		{"unclosed elements", "<ul><li>Rain<li>Snow</ul><p>Wind<p>Sun", []string{"Rain", "Snow", "Wind", "Sun"}},
		{"mis-nested tags", "<p>a <b>x <i>y</b> z</i> w</p>", []string{"a [1]x [2]y[/1] z[3] w"}},
		{"attributes come first", `<p title="Hint">See <img alt="A bus"> there</p>`, []string{"Hint", "A bus", "See [1] there"}},
		{"meta", `<meta name=keywords content="rain, snow"><meta name=viewport content="width=1">`, []string{"rain, snow"}},
		{"button values", `<input type=submit value=Send><input type=text value=secret>`, []string{"Send"}},
		{"protected blocks", `<p translate=no>A</p><div class="x notranslate">B<div>C</div></div><script>d()</script><p>E`, []string{"E"}},
		{"protected without end", `<div><p class=notranslate>A</div><p>B</p>`, []string{"B"}},
		{"protected in a sentence", `<p>By <span translate=no>Daily <b>Star</b></span> today</p>`, []string{"By [1] today"}},
		{"code listing", "<pre><code>x = 1</code></pre><p>See <code>x</code> there</p>", []string{"See [1]x[/1] there"}},
		{"preformatted text", "<pre>roses\n  are red</pre>", []string{"roses\n  are red"}},
		{"comment in a sentence", "<p>Rain <!-- note -->in Shiraz</p>", []string{"Rain [1]in Shiraz"}},
		{"nothing to translate", "<p>—</p><td>&nbsp;</td><hr>", nil},
		{"root that asks browsers for no translation", "<html translate=no><p>Rain</p>", []string{"Rain"}},
		{"joiner and direction marks", "<p>&rlm;می\u200cرود\u200f</p>", []string{"می\u200cرود"}},
		{"noscript is read", "<noscript><p>Rain</p></noscript>", []string{"Rain"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, b := range formattest.Extract(t, html.Format{}, []byte(test.src)) {
				got = append(got, formattest.Show(b.Content))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
		})
	}
}

var (
	toPersian = format.Options{Source: language.English, Target: language.Persian}
	toEnglish = format.Options{Source: language.Persian, Target: language.English}
)

// translateWith answers the blocks found in answers and keeps the others.
func translateWith(t *testing.T, src string, o format.Options, answers map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	err := html.Format{}.Rewrite(&out, []byte(src), o, func(b format.Block) (*tm.Content, error) {
		answer, ok := answers[b.Content.Text]
		if !ok {
			return nil, nil
		}
		return &tm.Content{Text: answer, Codes: b.Content.Codes}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestRewrite_Direction(t *testing.T) {
	answers := map[string]string{"Rain": "باران", "Snow": "برف", "باران": "Rain", "برف": "Snow"}
	tests := []struct {
		name, src, want string
		o               format.Options
	}{
		{"page", `<html lang="en"><body><p>Rain</p></body></html>`, `<html dir="rtl" lang="fa"><body><p>باران</p></body></html>`, toPersian},
		{"page without marks", `<HTML class=a><p>Rain`, `<HTML dir="rtl" lang="fa" class=a><p>باران`, toPersian},
		{"xml:lang", `<html xml:lang="en" lang="en">Rain`, `<html dir="rtl" xml:lang="fa" lang="fa">باران`, toPersian},
		{"body alone", `<body dir=ltr>Rain`, `<body lang="fa" dir="rtl">باران`, toPersian},
		{"block with own marks", `<html lang=en><p dir="ltr" lang="en-US">Rain</p>`, `<html dir="rtl" lang="fa"><p dir="rtl" lang="fa">باران</p>`, toPersian},
		{"kept block", `<html lang=en><p>Rain</p><p>Fog</p>`, `<html dir="rtl" lang="fa"><p>باران</p><p dir="ltr" lang="en">Fog</p>`, toPersian},
		{"container of the source language", `<html><div lang=en dir=ltr><p>Rain</p><p>Fog</p></div>`, `<html dir="rtl" lang="fa"><div lang="fa" dir="rtl"><p>باران</p><p dir="ltr" lang="en">Fog</p></div>`, toPersian},
		{"container of a third language", `<html><div lang=de dir=ltr><p>Rain</p></div>`, `<html dir="rtl" lang="fa"><div lang=de dir=ltr><p dir="rtl" lang="fa">باران</p></div>`, toPersian},
		{"inline elements keep theirs", `<html><p><b dir="ltr">Rain</b> <i>1</i></p>`, `<html dir="rtl" lang="fa"><p dir="ltr" lang="en"><b dir="ltr">Rain</b> <i>1</i></p>`, toPersian},
		{"protected block", `<html><p translate=no>BBC</p>`, `<html dir="rtl" lang="fa"><p dir="ltr" lang="en" translate=no>BBC</p>`, toPersian},
		{"fragment", `<p>Rain</p><div class="a"><p>Snow</p></div>`, `<p dir="rtl" lang="fa">باران</p><div dir="rtl" lang="fa" class="a"><p>برف</p></div>`, toPersian},
		{"fragment with a kept block", `<p>Rain</p><p>Fog</p>`, `<p dir="rtl" lang="fa">باران</p><p dir="ltr" lang="en">Fog</p>`, toPersian},
		{"to the left again", `<html lang="fa" dir="rtl"><p dir=rtl>باران</p><p>مه</p>`, `<html lang="en" dir="ltr"><p dir="ltr">Rain</p><p dir="rtl" lang="fa">مه</p>`, toEnglish},
		{"no target", `<html lang="en"><p>Rain</p>`, `<html lang="en"><p>باران</p>`, format.Options{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := translateWith(t, test.src, test.o, answers)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("page (-want +got):\n%s", diff)
			}
			if again := translateWith(t, got, test.o, nil); test.name == "page" && again != strings.Replace(got, "<p>", `<p dir="ltr" lang="en">`, 1) {
				t.Errorf("a second time: %s", again)
			}
		})
	}
}

func TestRewrite_Escapes(t *testing.T) {
	src := `<p title='a "b"'>x</p><input type=submit value=Send>`
	got := translateWith(t, src, format.Options{}, map[string]string{`a "b"`: `it's <b> & "c"`, "x": "1 < 2 & <i>\u00a03", "Send": "Send it"})
	want := `<p title='it&#39;s &lt;b> &amp; "c"'>1 &lt; 2 &amp; &lt;i&gt;&nbsp;3</p><input type=submit value="Send it">`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
}

func TestMarkCharset(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"meta", `<head><meta charset="windows-1256">`, `<head><meta charset="utf-8">`},
		{"http-equiv", `<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">`, `<meta http-equiv="Content-Type" content="text/html; charset=utf-8">`},
		{"same in capitals", `<meta charset=UTF-8>`, `<meta charset=UTF-8>`},
		{"xml", `<?xml version="1.0" encoding="ISO-8859-1"?><html><head></head><body>`, `<?xml version="1.0" encoding="utf-8"?><html><head><meta charset="utf-8"></head><body>`},
		{"none", `<html><head><title>a</title>`, `<html><head><meta charset="utf-8"><title>a</title>`},
		{"in a comment", `<head><!-- <meta charset=x> --></head>`, `<head><meta charset="utf-8"><!-- <meta charset=x> --></head>`},
		{"fragment", `<p>a`, `<p>a`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := string(html.Format{}.MarkCharset([]byte(test.in), "utf-8"))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("page (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDocument_SwitchesToUTF8(t *testing.T) {
	src := []byte("<html><head><meta charset=windows-1252></head><p>\x93Rain\x94</p></html>")
	doc, err := format.Open([]format.Format{html.Format{}}, "a.html", src, "")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = doc.Write(&out, toPersian, func(format.Block) (*tm.Content, error) { return &tm.Content{Text: "«باران»"}, nil })
	want := `<html dir="rtl" lang="fa"><head><meta charset=utf-8></head><p>«باران»</p></html>`
	if err != nil || out.String() != want {
		t.Errorf("Write = %s, %v; want %s", out.Bytes(), err, want)
	}
}

func TestKeys_StayWhenBlocksComeAndGo(t *testing.T) {
	before := "<h1>Rain</h1><p>Read more</p><p>Snow</p><p>Read more</p>"
	after := "<p>Wind</p><h1>Rain</h1><p>Read more</p><h2>Read more</h2><ul><li>Snow</ul><p>Snow</p><p>Read more</p>"
	formattest.Grow(t, html.Format{}, []byte(before), []byte(after))
}

func TestRewrite_Bounds(t *testing.T) {
	tests := []struct{ name, src, code string }{
		{"deep", strings.Repeat("<div>", 200_000), "document.too_deep"},
		{"unclosed items are not deep", strings.Repeat("<li>a", 50_000), ""},
		{"codes", "a" + strings.Repeat("<b>", 100_000), "document.block_too_large"},
		{"long text", strings.Repeat("word ", 1<<20), "document.block_too_large"},
		{"one tag with many attributes", "<p " + strings.Repeat(`title="a" b`, 20_000) + ">x", ""},
		{"one tag with many names", "<p " + manyNames(50_000) + ">x", ""},
		{"code in a listing", "<pre>" + strings.Repeat("&amp;", 200_000) + strings.Repeat("<code>a</code>", 4_000), ""},
		{"end tags without start", strings.Repeat("</div>", 500_000), ""},
		{"breaks", strings.Repeat("a<br>", 4_000), ""},
		{"ampersands", strings.Repeat("&", 500_000) + "a", ""},
		{"unclosed comment", "<!--" + strings.Repeat("-", 1<<20), ""},
		{"open angle brackets", strings.Repeat("<", 500_000) + "a", ""},
		{"protected without end", strings.Repeat("<svg>", 300_000), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := format.Extract(html.Format{}, []byte(test.src), format.Options{})
			if tm.CodeOf(err) != test.code {
				t.Errorf("error %v, want %q", err, test.code)
			}
		})
	}
}

func TestDetect(t *testing.T) {
	tests := []struct {
		name, src string
		want      bool
	}{
		{"a.HTM", "", true}, {"a", "\n<!DOCTYPE html>", true}, {"a", "<!-- saved -->\n<html>", true}, {"a.txt", "Rain <b>", false},
	}
	for _, test := range tests {
		if got := (html.Format{}).Detect(test.name, []byte(test.src)) > 0; got != test.want {
			t.Errorf("Detect(%q, %q) > 0 is %v, want %v", test.name, test.src, got, test.want)
		}
	}
}

func TestGold(t *testing.T) { formattest.Gold(t, html.Format{}, "suites/okapi-gold/html", 95) }

func manyNames(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a" + strconv.Itoa(i))
	}
	return b.String()
}
