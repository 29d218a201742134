package docx

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/formattest"
)

var toPersian = format.Options{Source: language.English, Target: language.Persian}

// rewrite translates by source text; texts that are not in answers are kept.
func rewrite(t testing.TB, f fixture, o format.Options, answers map[string]tm.Content) []byte {
	t.Helper()
	var out bytes.Buffer
	err := Format{}.Rewrite(&out, f.zip(t), o, func(b format.Block) (*tm.Content, error) {
		if answer, ok := answers[b.Content.Text]; ok {
			return &answer, nil
		}
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := format.Extract(Format{}, out.Bytes(), format.Options{}); err != nil {
		t.Fatalf("the result cannot be read: %v", err)
	}
	return out.Bytes()
}

// body returns what stands between <w:body> and the last section.
func body(t testing.TB, src []byte) string {
	t.Helper()
	_, after, _ := strings.Cut(unzip(t, src, "word/document.xml"), "<w:body>")
	return after[:strings.LastIndex(after, "<w:sectPr")]
}

func extract(t testing.TB, f fixture) []format.Block {
	t.Helper()
	return formattest.Extract(t, Format{}, f.only().zip(t))
}

// show writes a content with its codes as tags, to read in tests.
func show(c tm.Content) string {
	var b strings.Builder
	at := 0
	for _, code := range c.Codes {
		b.WriteString(c.Text[at:code.Pos])
		at = code.Pos
		switch code.Kind {
		case tm.Open:
			b.WriteString("<" + code.Type + ">")
		case tm.Close:
			b.WriteString("</" + code.Type + ">")
		default:
			b.WriteString("<" + code.Type + "/>")
		}
	}
	return b.String() + c.Text[at:]
}

func TestExtract(t *testing.T) {
	bold, plain := func(s string) string { return styled("<w:b/>", s) }, text
	tests := []struct {
		name string
		doc  fixture
		want []string
	}{
		{"runs of one look are one text", paragraphs(plain("Pro") + `<w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1"><w:rPr><w:lang w:val="en-GB"/><w:noProof/></w:rPr><w:t>gress</w:t></w:r>`), []string{"Progress"}},
		{"bookmarks split no word", paragraphs(plain("Te") + `<w:bookmarkStart w:id="0" w:name="x"/>` + plain("hran")), []string{"Tehran"}},
		{"formatting", paragraphs(plain("a ") + bold("b") + plain(" c ") + styled(`<w:rStyle w:val="Strong"/>`, "d") + styled("<w:vertAlign w:val='superscript'/>", "2") + styled("<w:color w:val='FF0000'/>", "red")),
			[]string{"a <bold>b</bold> c <bold>d</bold><sup>2</sup><format>red</format>"}},
		{"all bold needs no code", paragraphs(bold("Whole ") + bold("line")), []string{"Whole line"}},
		{"a bold label", paragraphs(bold("Note:") + plain(" read this first")), []string{"<bold>Note:</bold> read this first"}},
		{"plain space between bold words", paragraphs(bold("Iran") + plain(" ") + bold("Watch") + plain(" says")), []string{"<bold>Iran Watch</bold> says"}},
		{"formatting that says nothing new", paragraphs(plain("a ") + styled(`<w:sz w:val="22"/><w:b w:val="0"/>`, "b")), []string{"a b"}},
		{"edges of w:t", paragraphs(`<w:r><w:t> lost </w:t></w:r><w:r><w:t xml:space="preserve"> kept </w:t></w:r>`), []string{"lost kept "}},
		{"hyphens", paragraphs(`<w:r><w:t>re</w:t><w:noBreakHyphen/><w:t>use co</w:t><w:softHyphen/><w:t>op</w:t></w:r>`), []string{"re‑use co\u00ADop"}},
		{"breaks, tabs, symbols, notes", paragraphs(`<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:footnoteReference w:id="1"/></w:r>`),
			[]string{"a<break/>b<break/>c<placeholder/><note/>"}},
		{"link", paragraphs(plain("See ") + `<w:hyperlink r:id="rId5">` + styled(`<w:rStyle w:val="Hyperlink"/>`, "the ") + styled(`<w:rStyle w:val="Hyperlink"/><w:b/>`, "report") + `</w:hyperlink>`),
			[]string{"See <link>the <bold>report</bold></link>"}},
		{"fields", paragraphs(plain("Page ")+complexField("PAGE", plain("7"))+plain(" of ")+`<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>`,
			complexField(` HYPERLINK "https://example.org" \h `, plain("the site"))),
			[]string{"Page <field/> of <field/>", "<link>the site</link>"}},
		{"field in a field", paragraphs(plain("On ") + complexField("IF "+"1 = 1 ", complexField("DATE", plain("May"))) + plain(" then")), []string{"On <field/> then"}},
		{"table of contents", paragraphs(plain("Contents"), toc, plain("Introduction")), []string{"Contents", "Introduction"}},
		{"tracked changes", paragraphs(plain("The ") + `<w:ins w:id="1" w:author="a"><w:r><w:t xml:space="preserve">new </w:t></w:r></w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>old </w:delText></w:r></w:del>` + plain("text")),
			[]string{"The new text"}},
		{"content control", paragraphs(plain("Name: ")+`<w:sdt><w:sdtPr><w:alias w:val="n"/></w:sdtPr><w:sdtContent>`+plain("Maryam")+`</w:sdtContent></w:sdt>`,
			`<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>`+plain("choice")+`</w:sdtContent></w:sdt>`+plain(" is chosen")),
			[]string{"Name: <format>Maryam</format>", "<placeholder/> is chosen"}},
		{"hidden text", paragraphs(plain("a ") + styled("<w:vanish/>", "secret") + plain("b")), []string{"a <placeholder/>b"}},
		{"smart tag", paragraphs(`<w:smartTag w:element="City">` + plain("Paris") + `</w:smartTag>` + plain(" agrees")), []string{"Paris agrees"}},
		{"text box once", document(`<w:p>` + plain("Beside") + textBox("Inside") + `</w:p>`), []string{"Beside<image/>", "A box with words", "Inside"}},
		{"nothing to translate", paragraphs(plain("—"), "", `<w:r><w:drawing/></w:r>`), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, b := range extract(t, tt.doc) {
				got = append(got, show(b.Content))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExtract_EveryPart(t *testing.T) {
	var got []string
	for _, b := range formattest.Extract(t, Format{}, paragraphs(text("Body")).zip(t)) {
		got = append(got, b.Content.Text)
	}
	want := []string{"Body", " Interview in Geneva.", "Weekly report", "Report on prisons"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
}

func TestKeys(t *testing.T) {
	id := func(id, s string) string { return `<w:p w14:paraId="` + id + `">` + text(s) + `</w:p>` }
	doc := document(id("0A", "One") + id("0B", "Two") + id("0B", "Three") + id("0C", "Same") + `<w:p>` + text("Same") + `</w:p>`)
	var keys []string
	for _, b := range extract(t, doc) {
		keys = append(keys, b.Key)
	}
	if keys[0] != "word/document.xml#0A" || keys[3] != "word/document.xml#0C" {
		t.Errorf("unique paragraph ids are not the keys: %q", keys)
	}
	if strings.HasSuffix(keys[1], "0B") || strings.HasSuffix(keys[2], "0B") {
		t.Errorf("a doubled paragraph id became a key: %q", keys)
	}
}

func TestKeys_StayWhenTheDocumentGrows(t *testing.T) {
	before := paragraphs(text("One."), text("Two."), text("Two."))
	after := paragraphs(text("New."), text("One."), text("Two."), text("Newer."), text("Two."))
	formattest.Grow(t, Format{}, before.zip(t), after.zip(t))
}

func TestRewrite_KeepsWhatIsNotTranslated(t *testing.T) {
	kept := `<w:p w:rsidR="00A1" ><w:pPr ><w:jc w:val="left"/></w:pPr><w:r ><w:t>Kept &#x26; untouched</w:t></w:r><!-- c --></w:p>`
	doc := document(kept + `<w:p>` + text("Changed") + `</w:p>` + kept)
	src := doc.zip(t)
	out := rewrite(t, doc, toPersian, map[string]tm.Content{"Changed": tm.Plain("دگرگون")})
	if got := body(t, out); !strings.HasPrefix(got, kept) || !strings.HasSuffix(got, kept) {
		t.Errorf("kept paragraphs changed: %s", got)
	}
	for _, name := range []string{"word/styles.xml", "word/footnotes.xml", "word/header1.xml", "docProps/core.xml", "[Content_Types].xml"} {
		if unzip(t, src, name) != unzip(t, out, name) {
			t.Errorf("%s changed", name)
		}
	}
}

func TestRewrite_Answers(t *testing.T) {
	bold := styled("<w:b/>", "bold")
	code := func(kind tm.CodeKind, id, pos int) tm.Code { return tm.Code{Kind: kind, ID: id, Pos: pos} }
	tests := []struct {
		name, inner, source string
		answer              tm.Content
		want                string // inside of the paragraph
	}{
		{"plain", text("Yes"), "Yes", tm.Plain("Ja"), text("Ja")},
		{"escaped", text("Yes"), "Yes", tm.Plain(`a<b>&"c"`), text("a&lt;b&gt;&amp;&quot;c&quot;")},
		{"formatting moves", text("a ") + bold + text(" c"), "a bold c",
			tm.Content{Text: "fett a c", Codes: []tm.Code{code(tm.Open, 1, 0), code(tm.Close, 1, 4)}},
			styled("<w:b/>", "fett") + text(" a c")},
		{"formatting dropped", text("a ") + bold, "a bold", tm.Plain("a fett"), text("a fett")},
		{"unknown and crossing codes", text("a ") + bold, "a bold",
			tm.Content{Text: "a fett", Codes: []tm.Code{code(tm.Close, 1, 0), code(tm.Alone, 9, 1), code(tm.Open, 7, 2)}}, text("a fett")},
		{"nested formatting", text("a ") + bold + text(" b ") + styled("<w:i/>", "it"), "a bold b it",
			tm.Content{Text: "xyz", Codes: []tm.Code{code(tm.Open, 1, 0), code(tm.Open, 2, 1), code(tm.Close, 2, 2), code(tm.Close, 1, 3)}},
			styled("<w:b/>", "x") + styled("<w:b/><w:i/>", "y") + styled("<w:b/>", "z")},
		{"bold moves into a link", bold + text(" b ") + `<w:hyperlink r:id="rId5">` + styled(`<w:rStyle w:val="Hyperlink"/>`, "link") + `</w:hyperlink>`, "bold b link",
			tm.Content{Text: "verweis b", Codes: []tm.Code{code(tm.Open, 2, 0), code(tm.Open, 1, 0), code(tm.Close, 1, 3), code(tm.Close, 2, 7)}},
			`<w:hyperlink r:id="rId5">` + styled(`<w:rStyle w:val="Hyperlink"/><w:b/>`, "ver") + styled(`<w:rStyle w:val="Hyperlink"/>`, "weis") + `</w:hyperlink>` + text(" b")},
		{"bookmarks stay", `<w:bookmarkStart w:id="1" w:name="a"/>` + text("a b") + `<w:bookmarkEnd w:id="1"/>`, "a b", tm.Plain("c"),
			`<w:bookmarkStart w:id="1" w:name="a"/>` + text("c") + `<w:bookmarkEnd w:id="1"/>`},
		{"comment anchors keep their share", text("one two ") + `<w:commentRangeStart w:id="3"/>` + text("three"), "one two three", tm.Plain("eins zwei drei"),
			text("eins zwei") + `<w:commentRangeStart w:id="3"/>` + text(" drei")},
		{"a dropped picture leaves its bookmark", text("a ") + `<w:r><w:drawing><w:bookmarkEnd w:id="4"/></w:drawing></w:r>`, "a ", tm.Plain("b"), text("b") + `<w:bookmarkEnd w:id="4"/>`},
		{"half a field cannot be lost", text("a ") + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>`, "a ", tm.Plain("b"),
			text("b") + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>`},
		{"tracked changes are accepted", text("a ") + `<w:del w:id="2"><w:bookmarkStart w:id="5" w:name="d"/><w:r><w:delText>x</w:delText></w:r></w:del><w:ins w:id="3"><w:r><w:rPr><w:i/><w:rPrChange w:id="4"><w:rPr/></w:rPrChange></w:rPr><w:t>new</w:t></w:r></w:ins>`, "a new",
			tm.Content{Text: "neu b", Codes: []tm.Code{code(tm.Open, 1, 0), code(tm.Close, 1, 3)}},
			styled("<w:i/>", "neu") + `<w:bookmarkStart w:id="5" w:name="d"/>` + text(" b")},
		{"hyphens", text("a"), "a", tm.Plain("b\u2011c\u00AD"), `<w:r><w:t xml:space="preserve">b</w:t><w:noBreakHyphen/><w:t xml:space="preserve">c</w:t><w:softHyphen/></w:r>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := rewrite(t, paragraphs(tt.inner), format.Options{}, map[string]tm.Content{tt.source: tt.answer})
			if diff := cmp.Diff("<w:p>"+tt.want+"</w:p>", body(t, out)); diff != "" {
				t.Errorf("paragraph (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRewrite_TextBoxBranchesAgree(t *testing.T) {
	doc := document(`<w:p>` + text("Beside") + textBox("Inside") + `</w:p>`)
	out := body(t, rewrite(t, doc, toPersian, map[string]tm.Content{
		"Inside": tm.Plain("درون"), "Beside": {Text: "کنار", Codes: []tm.Code{{Kind: tm.Alone, ID: 1}}}, "A box with words": tm.Plain("جعبه")}))
	if n := strings.Count(out, ">درون<"); n != 2 {
		t.Errorf("%d branches hold the translation, want 2: %s", n, out)
	}
	if !strings.Contains(out, `descr="جعبه"`) || !strings.Contains(out, `alt="جعبه"`) {
		t.Errorf("alternative texts differ: %s", out)
	}
}

func TestRewrite_UnbindsContentControls(t *testing.T) {
	doc := document(`<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{1}"/><w:text/></w:sdtPr><w:sdtContent><w:p>` + text("Title") + `</w:p></w:sdtContent></w:sdt>`)
	if out := body(t, rewrite(t, doc, toPersian, map[string]tm.Content{"Title": tm.Plain("عنوان")})); strings.Contains(out, "dataBinding") {
		t.Errorf("Word would put the old title back: %s", out)
	}
	if out := body(t, rewrite(t, doc, toPersian, nil)); !strings.Contains(out, "dataBinding") {
		t.Errorf("an untranslated control lost its binding: %s", out)
	}
}

func TestRewrite_RefusesControlCharacters(t *testing.T) {
	answer := tm.Plain("a\x0bb")
	err := Format{}.Rewrite(io.Discard, paragraphs(text("Yes")).zip(t), format.Options{},
		func(format.Block) (*tm.Content, error) { return &answer, nil })
	if tm.CodeOf(err) != "xml.bad_character" || tm.KindOf(err) != tm.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestRewrite_Refuses(t *testing.T) {
	password := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"...)
	doc := func(name, data string) []byte {
		f := paragraphs(text("a"))
		f[name] = data
		return f.zip(t)
	}
	tests := []struct {
		name, code string
		src        []byte
	}{
		{"password", "docx.encrypted", password},
		{"Word 97", "docx.old_format", password[:8]},
		{"no zip", "archive.broken", []byte("a letter")},
		{"workbook", "docx.not_word", doc("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`)},
		{"no types", "docx.incomplete", doc("[Content_Types].xml", "")},
		{"no relations", "docx.incomplete", doc("_rels/.rels", "")},
		{"no body", "archive.no_part", doc("word/document.xml", "")},
		{"bad markup", "xml.malformed", doc("word/document.xml", "<w:document>")},
		{"entities", "xml.doctype", doc("word/styles.xml", `<!DOCTYPE s [<!ENTITY a "b">]><s/>`)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := format.Extract(Format{}, tt.src, format.Options{})
			if tm.CodeOf(err) != tt.code && !(tt.code == "xml.malformed" && tm.CodeOf(err) == "xml.undeclared_prefix") {
				t.Errorf("got %v, want code %s", err, tt.code)
			}
		})
	}
}

func TestDetect(t *testing.T) {
	word := paragraphs(text("a")).zip(t)
	for name, tt := range map[string]struct {
		src  []byte
		want int
	}{"a.docx": {word, 100}, "a.bin": {word, 100}, "a.DOCX": {[]byte("broken"), 20}, "a.txt": {[]byte("text"), 0}} {
		if got := (Format{}).Detect(name, tt.src); got != tt.want {
			t.Errorf("Detect(%q) = %d, want %d", name, got, tt.want)
		}
	}
}
