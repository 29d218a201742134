package docx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

func TestStretches(t *testing.T) {
	tests := []struct {
		name, text string
		rtl        bool
		want       string // stretches, those from right to left in braces
	}{
		{"persian", "سلام، دنیا!", true, "{سلام، دنیا!}"},
		{"a latin phrase", "گزارش Human Rights Watch منتشر شد.", true, "{گزارش }Human Rights Watch{ منتشر شد.}"},
		{"latin at the end", "این NATO.", true, "{این }NATO{.}"},
		{"latin first", "NATO گفت", true, "NATO{ گفت}"},
		{"in brackets", "ناتو (NATO) است", true, "{ناتو (}NATO{) است}"},
		{"ascii digits follow their word", "ویروس COVID-19 در 2020", true, "{ویروس }COVID-19{ در 2020}"},
		{"digits before a latin letter", "شرکت 3M است", true, "{شرکت }3M{ است}"},
		{"persian digits after latin", "iPhone ۱۵ است", true, "iPhone{ ۱۵ است}"},
		{"signs of a latin word", "زبان C++ و C#", true, "{زبان }C++{ و }C#"},
		{"joiners and vowel signs", "می\u200cروَد", true, "{می\u200cروَد}"},
		{"only latin", "Firefox", true, "Firefox"},
		{"no letters", "…", true, "{…}"},
		{"persian in english", "The word «امید» means hope.", false, "The word «{امید}» means hope."},
		{"two persian words in english", "a سلام دنیا b", false, "a {سلام دنیا} b"},
		{"english", "No change, 100 %.", false, "No change, 100 %."},
		{"hebrew", "שלום UN", true, "{שלום }UN"},
		{"broken bytes", "a\xff\xfe", true, "a{\xff\xfe}"},
		{"empty", "", true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			at := 0
			for _, s := range stretches(tt.text, tt.rtl) {
				part := tt.text[at:s.to]
				if at = s.to; s.rtl {
					part = "{" + part + "}"
				}
				b.WriteString(part)
			}
			if b.String() != tt.want {
				t.Errorf("got %s, want %s", b.String(), tt.want)
			}
		})
	}
}

const (
	faLang = `<w:lang w:bidi="fa-IR"/>`
	faFont = `<w:rFonts w:cs="Tahoma"/>` // the default font of the fixture, Calibri, has no Arabic letters
)

// rtlRun and ltrRun are the runs of an unformatted paragraph after translation
// into Persian.
func rtlRun(s string) string { return styled(faFont+`<w:rtl/>`+faLang, s) }
func ltrRun(s string) string { return styled(faFont+faLang, s) }

func TestRewrite_ToPersian(t *testing.T) {
	const mark = `<w:rPr>` + faFont + `<w:rtl/>` + faLang + `</w:rPr>`
	const headingMark = `<w:rPr>` + faFont + `<w:bCs/><w:szCs w:val="32"/><w:rtl/>` + faLang + `</w:rPr>`
	tests := []struct{ name, inner, want string }{
		{"no properties", text("x"), `<w:pPr><w:bidi/>` + mark + `</w:pPr>` + rtlRun("سلام ") + ltrRun("UN")},
		{"empty properties", `<w:pPr/>` + text("x"), `<w:pPr><w:bidi/>` + mark + `</w:pPr>` + rtlRun("سلام ") + ltrRun("UN")},
		{"order of the schema", `<w:pPr><w:keepNext/><w:spacing w:after="0"/><w:ind w:left="720"/><w:jc w:val="left"/><w:outlineLvl w:val="1"/></w:pPr>` + text("x"),
			`<w:pPr><w:keepNext/><w:bidi/><w:spacing w:after="0"/><w:ind w:left="720"/><w:jc w:val="start"/><w:outlineLvl w:val="1"/>` + mark + `</w:pPr>` + rtlRun("سلام ") + ltrRun("UN")},
		{"centred stays", `<w:pPr><w:bidi w:val="0"/><w:jc w:val="center"/><w:rPr><w:i/><w:lang w:val="en-US"/></w:rPr></w:pPr>` + text("x"),
			`<w:pPr><w:bidi/><w:jc w:val="center"/><w:rPr>` + faFont + `<w:i/><w:iCs/><w:rtl/><w:lang w:bidi="fa-IR" w:val="en-US"/></w:rPr></w:pPr>` + rtlRun("سلام ") + ltrRun("UN")},
		{"right becomes end", `<w:pPr><w:jc w:val="right"/></w:pPr>` + text("x"),
			`<w:pPr><w:bidi/><w:jc w:val="end"/>` + mark + `</w:pPr>` + rtlRun("سلام ") + ltrRun("UN")},
		{"bold, italic and size are mirrored", styled(`<w:b/><w:i/><w:spacing w:val="20"/><w:sz w:val="30"/><w:lang w:val="en-GB"/>`, "x"),
			`<w:pPr><w:bidi/>` + mark + `</w:pPr>` +
				styled(faFont+`<w:b/><w:bCs/><w:i/><w:iCs/><w:sz w:val="30"/><w:szCs w:val="30"/><w:rtl/><w:lang w:bidi="fa-IR" w:val="en-GB"/>`, "سلام ") +
				styled(faFont+`<w:b/><w:bCs/><w:i/><w:iCs/><w:spacing w:val="20"/><w:sz w:val="30"/><w:szCs w:val="30"/><w:lang w:bidi="fa-IR" w:val="en-GB"/>`, "UN")},
		{"weight and size of the style", `<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>` + text("x"),
			`<w:pPr><w:pStyle w:val="Heading1"/><w:bidi/>` + headingMark + `</w:pPr>` +
				styled(faFont+`<w:bCs/><w:szCs w:val="32"/><w:rtl/>`+faLang, "سلام ") + styled(faFont+`<w:bCs/><w:szCs w:val="32"/>`+faLang, "UN")},
		{"a chosen size stays", styled(`<w:sz w:val="30"/><w:szCs w:val="34"/>`, "x"), `<w:pPr><w:bidi/>` + mark + `</w:pPr>` +
			styled(faFont+`<w:sz w:val="30"/><w:szCs w:val="34"/><w:rtl/>`+faLang, "سلام ") + styled(faFont+`<w:sz w:val="30"/><w:szCs w:val="34"/>`+faLang, "UN")},
		{"a font with Arabic letters stays", styled(`<w:rFonts w:ascii="Arial" w:cs="B Nazanin"/>`, "x"), `<w:pPr><w:bidi/>` + mark + `</w:pPr>` +
			styled(`<w:rFonts w:ascii="Arial" w:cs="B Nazanin"/><w:rtl/>`+faLang, "سلام ") + styled(`<w:rFonts w:ascii="Arial" w:cs="B Nazanin"/>`+faLang, "UN")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := body(t, rewrite(t, paragraphs(tt.inner), toPersian, map[string]tm.Content{"x": tm.Plain("سلام UN")}))
			if diff := cmp.Diff("<w:p>"+tt.want+"</w:p>", got); diff != "" {
				t.Errorf("paragraph (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRewrite_TablesAndSections(t *testing.T) {
	table := func(s string) string {
		return `<w:tbl><w:tblPr><w:tblStyle w:val="T"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tr><w:tc><w:p>` + text(s) + `</w:p></w:tc></w:tr></w:tbl>`
	}
	first := `<w:p><w:pPr><w:sectPr><w:pgMar w:left="1" w:gutter="300"/><w:docGrid w:linePitch="360"/></w:sectPr></w:pPr></w:p>`
	doc := document(table("City") + first + table("Kept"))
	out := unzip(t, rewrite(t, doc, toPersian, map[string]tm.Content{"City": tm.Plain("شهر")}), "word/document.xml")
	if strings.Count(out, `<w:tblPr><w:tblStyle w:val="T"/><w:bidiVisual/><w:tblW`) != 1 {
		t.Errorf("only the translated table must be mirrored: %s", out)
	}
	if !strings.Contains(out, `w:gutter="300"/><w:bidi/><w:rtlGutter/><w:docGrid`) || !strings.HasSuffix(out, section+"</w:body></w:document>") {
		t.Errorf("only the translated section must be turned: %s", out)
	}
}

func TestRewrite_NamesThePersianOfTheTheme(t *testing.T) {
	out := rewrite(t, paragraphs(text("x")), toPersian, map[string]tm.Content{"x": tm.Plain("سلام")})
	if got := unzip(t, out, "word/settings.xml"); !strings.Contains(got, `<w:themeFontLang w:bidi="fa-IR" w:val="en-US"/>`) {
		t.Errorf("settings: %s", got)
	}
}

func TestRewrite_ToEnglish(t *testing.T) {
	doc := paragraphs(`<w:pPr><w:bidi/><w:jc w:val="center"/><w:rPr><w:rtl/></w:rPr></w:pPr>`+styled(`<w:bCs/><w:szCs w:val="28"/><w:rtl/><w:lang w:bidi="fa-IR"/>`, "سلام"), text("ماند"))
	o := format.Options{Source: language.Persian, Target: language.English}
	got := body(t, rewrite(t, doc, o, map[string]tm.Content{"سلام": tm.Plain("Hello")}))
	want := `<w:p><w:pPr><w:jc w:val="center"/><w:rPr><w:lang w:val="en-US"/></w:rPr></w:pPr>` +
		styled(`<w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="en-US" w:bidi="fa-IR"/>`, "Hello") + `</w:p><w:p>` + text("ماند") + `</w:p>`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

func TestRewrite_WithoutTargetKeepsDirections(t *testing.T) {
	inner := `<w:pPr><w:bidi/></w:pPr>` + styled(`<w:rtl/>`, "سلام ") + text("UN") + styled(`<w:rtl/>`, " است")
	got := body(t, rewrite(t, paragraphs(inner), format.Options{}, map[string]tm.Content{"سلام UN است": tm.Plain("درود به UNHCR")}))
	want := `<w:p><w:pPr><w:bidi/></w:pPr>` + styled(`<w:rtl/>`, "درود به ") + text("UNHCR") + `</w:p>`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

func TestRewrite_OutdatesTheContents(t *testing.T) {
	doc := paragraphs(toc, text("Introduction"))
	got := body(t, rewrite(t, doc, toPersian, map[string]tm.Content{"Introduction": tm.Plain("پیش\u200cگفتار")}))
	if !strings.Contains(got, `<w:fldChar w:dirty="true" w:fldCharType="begin"/>`) || !strings.Contains(got, ">Methods<") {
		t.Errorf("the table of contents must be kept and marked: %s", got)
	}
}

// Strict documents have other namespaces; some writers use no prefix at all.
func TestRewrite_OtherNamespaces(t *testing.T) {
	strict := paragraphs(text("Yes"))
	for name, data := range strict {
		strict[name] = strings.ReplaceAll(data, nsWord, nsWordStrict)
	}
	bare := fixture{"word/document.xml": `<document xmlns="` + nsWord + `"><body><p><r><t>Yes</t></r></p></body></document>`}
	for name, doc := range map[string]fixture{"strict": strict, "default namespace": bare} {
		t.Run(name, func(t *testing.T) {
			out := rewrite(t, doc, toPersian, map[string]tm.Content{"Yes": tm.Plain("بله")})
			blocks, err := format.Extract(Format{}, out, format.Options{})
			if err != nil || len(blocks) == 0 || blocks[0].Content.Text != "بله" {
				t.Errorf("got %v (%v): %s", blocks, err, unzip(t, out, "word/document.xml"))
			}
		})
	}
}

func TestWordTag(t *testing.T) {
	for tag, want := range map[string]string{"fa": "fa-IR", "en": "en-US", "ar": "ar-EG", "fa-AF": "fa-AF", "ckb": "ckb-IQ"} {
		if got := wordTag(language.Make(tag)); got != want {
			t.Errorf("wordTag(%s) = %s, want %s", tag, got, want)
		}
	}
}
