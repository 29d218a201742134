package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// readAll reads TMX and fails the test on an error.
func readAll(t testing.TB, in []byte) ([]*tm.Unit, Header) {
	t.Helper()
	units, h, err := collect(in)
	if err != nil {
		t.Fatalf("ReadTMX: %v", err)
	}
	return units, h
}

func collect(in []byte) (units []*tm.Unit, h Header, err error) {
	h, err = ReadTMX(bytes.NewReader(in), func(u *tm.Unit) error {
		units = append(units, u)
		return nil
	})
	return units, h, err
}

func seq(units []*tm.Unit) iter.Seq2[*tm.Unit, error] {
	return func(yield func(*tm.Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
	}
}

func write(t testing.TB, h Header, units []*tm.Unit) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteTMX(&b, h, seq(units)); err != nil {
		t.Fatalf("WriteTMX: %v", err)
	}
	return b.Bytes()
}

var tags = cmp.Comparer(func(a, b language.Tag) bool { return a == b })

// tmx wraps units in a file.
func tmx(body string) []byte {
	return []byte(`<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>` + body + `</body></tmx>`)
}

// pair is a tu with an English and a Persian seg.
func pair(en, fa string) string {
	return `<tu><tuv xml:lang="en"><seg>` + en + `</seg></tuv><tuv xml:lang="fa"><seg>` + fa + `</seg></tuv></tu>`
}

func TestReadTMX_TextIsExact(t *testing.T) {
	tests := []struct{ name, seg, want string }{
		{"zero-width non-joiner", "می\u200cروند", "می\u200cروند"},
		{"entities", "&lt;b&gt; &amp;amp; &#x6CC;&#1740; &quot;&apos;", "<b> &amp; یی \"'"},
		{"white space", " \t a \u3000", " \t a \u3000"},
		{"line ends", "a\r\nb\rc&#13;d", "a\nb\nc\rd"},
		{"cdata", "x<![CDATA[<&>\r\n]]>y", "x<&>\ny"},
		{"comment and instruction", "x<!-- - > --><?pi ?>y", "xy"},
		{"not normalised", "ي\u0643 e\u0301", "ي\u0643 e\u0301"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			units, _ := readAll(t, tmx(pair(tt.seg, "آ")))
			if got := units[0].Variants[0].Content.Text; got != tt.want {
				t.Errorf("text %q, want %q", got, tt.want)
			}
		})
	}
}

func TestReadTMX_Codes(t *testing.T) {
	source := `<it pos="begin" type="italic">&lt;I></it><bpt i="1" type="bold">&lt;B></bpt>Click ` +
		`<ph type="image">&lt;IMG ALT="<sub>Start!</sub>"></ph> to <hi type="verb">start</hi>.<ept i="1">&lt;/B></ept>`
	target := `<bpt i="7" type="bold">&lt;B></bpt>برای <hi type="verb">شروع</hi> <ph type="image">&lt;IMG></ph> را بزنید.<ept i="7">&lt;/B></ept>`
	units, _ := readAll(t, tmx(pair(source, target)))
	want := []tm.Variant{
		{Lang: language.English, Content: tm.Content{Text: "Click  to start.", Codes: []tm.Code{
			{Pos: 0, Kind: tm.Open, ID: 1, Type: "italic", Data: "<I>"},
			{Pos: 0, Kind: tm.Open, ID: 2, Type: "bold", Data: "<B>"},
			{Pos: 6, Kind: tm.Alone, ID: 3, Type: "image", Data: `<IMG ALT="Start!">`},
			{Pos: 10, Kind: tm.Open, ID: 4, Type: "format"},
			{Pos: 15, Kind: tm.Close, ID: 4, Type: "format"},
			{Pos: 16, Kind: tm.Close, ID: 2, Type: "bold", Data: "</B>"},
		}}},
		{Lang: language.Persian, Content: tm.Content{Text: "برای شروع  را بزنید.", Codes: []tm.Code{
			{Pos: 0, Kind: tm.Open, ID: 2, Type: "bold", Data: "<B>"},
			{Pos: 9, Kind: tm.Open, ID: 4, Type: "format"},
			{Pos: 17, Kind: tm.Close, ID: 4, Type: "format"},
			{Pos: 18, Kind: tm.Alone, ID: 3, Type: "image", Data: "<IMG>"},
			{Pos: 35, Kind: tm.Close, ID: 2, Type: "bold", Data: "</B>"},
		}}},
	}
	if d := cmp.Diff(want, units[0].Variants, tags); d != "" {
		t.Error(d)
	}
}

func TestReadTMX_BrokenPairsStandAlone(t *testing.T) {
	units, _ := readAll(t, tmx(pair(`<ept i="1"/>a<bpt i="1"/>b<bpt i="2"/>c<ept i="2"/><x/>`, "آ")))
	var got []string
	for _, c := range units[0].Variants[0].Content.Codes {
		got = append(got, fmt.Sprint(c.Kind, c.ID))
	}
	want := []string{"close 1", "open 2", "open 3", "close 3", "open 4", "close 4"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestReadTMX_Metadata(t *testing.T) {
	in := tmx(`<tu tuid="n1" creationdate="20240102T030405Z" creationid="sara" changedate="2024-05-06T07:08:09Z" changeid="omid">
		<prop type="prev">They left.</prop><prop type="x-context-post">&lt;seg&gt;A &amp;amp; B&lt;ph&gt;x&lt;/ph&gt;.&lt;/seg&gt;</prop>
		<prop type="Domain">law</prop><prop type="Domain">news</prop><note>check</note>
		<prop type="x-ConfirmationLevel">ApprovedSignOff</prop><prop type="document">a.docx</prop>
		<tuv xml:lang="en" usagecount="3"><seg>Court</seg></tuv><tuv xml:lang="fa_IR"><seg>دادگاه</seg></tuv></tu>`)
	units, h := readAll(t, in)
	want := &tm.Unit{
		Variants: []tm.Variant{{Lang: language.English, Content: tm.Plain("Court")}, {Lang: language.MustParse("fa-IR"), Content: tm.Plain("دادگاه")}},
		Previous: "They left.", Next: "A & B.",
		Origin: tm.Origin{
			Author: "omid", Document: "a.docx", State: tm.Approved,
			Created: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), Changed: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC),
		},
		Props: map[string]string{
			"tmx::attr:1:tuid": "n1", "tmx::attr:1:creationid": "sara", "Domain": "law", "tmx::prop:2:Domain": "news",
			"tmx::note:1:": "check", "x-ConfirmationLevel": "ApprovedSignOff", "document": "a.docx", "tmx:en:attr:1:usagecount": "3",
		},
	}
	if d := cmp.Diff(want, units[0], tags); d != "" {
		t.Error(d)
	}
	if h.Source != language.English {
		t.Errorf("header source %v", h.Source)
	}
}

func TestReadTMX_NeighboursOfOtherTools(t *testing.T) {
	tests := []struct{ name, prop, want string }{
		{"plain", "They left.", "They left."},
		{"seg", "&lt;seg&gt;They left.&lt;/seg&gt;", "They left."},
		{"seg with entities", "&lt;seg&gt;A &amp;amp; B&lt;/seg&gt;", "A & B"},
		{"seg with codes", "&lt;seg&gt;A&lt;bpt i='1'&gt;{}&lt;/bpt&gt; B&lt;hi&gt;!&lt;/hi&gt;&lt;/seg&gt;", "A B!"},
		{"two lines", "&lt;seg&gt;A\nB&lt;/seg&gt;", "A\nB"},
		{"not closed", "&lt;seg&gt;A&lt;hi&gt;&lt;/seg&gt;", "<seg>A<hi></seg>"},
		{"more than a seg", "&lt;seg&gt;A&lt;/seg&gt;&lt;seg&gt;B&lt;/seg&gt;", "<seg>A</seg><seg>B</seg>"},
		{"only a beginning", "&lt;seg&gt;", "<seg>"},
		{"overlapping", "&lt;seg&gt;/seg&gt;", "<seg>/seg>"},
	}
	var body strings.Builder
	for _, tt := range tests {
		body.WriteString(`<tu><prop type="x-context-pre">` + tt.prop + `</prop><tuv xml:lang="en"><seg>a</seg></tuv></tu>`)
	}
	units, _ := readAll(t, tmx(body.String()))
	for i, tt := range tests {
		if got := units[i].Previous; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestReadTMX_SecondVariantOfALanguageIsAUnit(t *testing.T) {
	units, _ := readAll(t, tmx(`<tu><tuv lang="fa"><seg>دادگاه</seg></tuv><tuv lang="EN"><seg>court</seg></tuv><tuv lang="fa"><seg>محکمه</seg></tuv></tu>`))
	var got []string
	for _, u := range units {
		for _, v := range u.Variants {
			got = append(got, v.Lang.String()+" "+v.Content.Text)
		}
	}
	want := []string{"fa دادگاه", "en court", "en court", "fa محکمه"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestReadTMX_Encodings(t *testing.T) {
	file := strings.Replace(string(tmx(pair("café", "کافه"))), `version="1.0"`, `version="1.0" encoding="%s"`, 1)
	utf16le := func(s string, mark bool) []byte {
		var b []byte
		if mark {
			b = []byte{0xFF, 0xFE}
		}
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	}
	tests := []struct {
		name string
		in   []byte
	}{
		{"utf-8", []byte(fmt.Sprintf(file, "UTF-8"))},
		{"utf-8 with mark", []byte("\uFEFF" + fmt.Sprintf(file, "utf-8"))},
		{"utf-16 with mark", utf16le(fmt.Sprintf(file, "UTF-16"), true)},
		{"utf-16 without mark", utf16le(fmt.Sprintf(file, "UTF-16"), false)},
		{"claims utf-16 but is utf-8", []byte(fmt.Sprintf(file, "UTF-16"))},
		{"latin 1", bytes.ReplaceAll([]byte(strings.ReplaceAll(fmt.Sprintf(file, "ISO-8859-1"), "کافه", "&#1705;&#1575;&#1601;&#1607;")), []byte("é"), []byte{0xE9})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			units, _ := readAll(t, tt.in)
			if got := units[0].Variants[0].Content.Text + units[0].Variants[1].Content.Text; got != "caféکافه" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestReadTMX_Errors(t *testing.T) {
	unit := pair("a", "آ")
	tests := []struct {
		name, in string
		code     string
		line     int
		unit     int
	}{
		{"empty", "", "exchange.xml_truncated", 1, 0},
		{"not xml", "source\ttarget", "exchange.xml_malformed", 1, 0},
		{"another document", "<html></html>", "exchange.tmx_not", 1, 0},
		{"cut in a unit", string(tmx(unit + "\n<tu>\n<tuv"))[:len(string(tmx(unit+"\n<tu>\n<tuv")))-len("</body></tmx>")], "exchange.xml_truncated", 3, 2},
		{"cut after a unit", strings.TrimSuffix(string(tmx(unit)), "</body></tmx>"), "exchange.xml_truncated", 1, 1},
		{"cut in a character", strings.TrimSuffix(string(tmx(unit)), "\xa2</seg></tuv></tu></body></tmx>"), "exchange.xml_truncated", 1, 1},
		{"wrong nesting", string(tmx(unit + "\n" + pair("<ph>x</bpt>", "آ"))), "exchange.xml_nesting", 2, 2},
		{"unknown entity", string(tmx("\n" + pair("a&nbsp;b", "آ"))), "exchange.xml_entity", 2, 1},
		{"lone ampersand", string(tmx(pair("R & D", "آ"))), "exchange.xml_entity", 1, 1},
		{"control character", string(tmx(pair("a\x01", "آ"))), "exchange.xml_character", 1, 1},
		{"reference to one", string(tmx(pair("a&#x1F;", "آ"))), "exchange.xml_character", 1, 1},
		{"no language", string(tmx(`<tu><tuv><seg>a</seg></tuv></tu>`)), "exchange.language_missing", 1, 1},
		{"no code of a language", string(tmx(`<tu><tuv xml:lang="Persian (Iran)"><seg>a</seg></tuv></tu>`)), "exchange.language", 1, 1},
		{"bad bytes", string(tmx("\n\n" + pair("a\xff", "آ"))), "exchange.encoding_bytes", 3, 1},
		{"unknown encoding", `<?xml version="1.0" encoding="klingon"?><tmx/>`, "exchange.encoding_unknown", 0, 0},
		{"internal subset", `<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>`, "exchange.xml_doctype", 1, 0},
		{"external and internal", `<!DOCTYPE tmx SYSTEM "[" [ ]><tmx/>`, "exchange.xml_doctype", 1, 0},
		{"deep", "<tmx>" + strings.Repeat("<a>", 300), "exchange.xml_too_complex", 1, 0},
		{"text after the root", "<tmx></tmx>x", "exchange.xml_malformed", 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := collect([]byte(tt.in))
			e, ok := errors.AsType[*tm.Error](err)
			if !ok || e.Code != tt.code {
				t.Fatalf("error %v, want %s", err, tt.code)
			}
			if tt.line > 0 && (e.Args["line"] != tt.line || e.Args["unit"] != tt.unit) {
				t.Errorf("at line %v, unit %v; want %d, %d", e.Args["line"], e.Args["unit"], tt.line, tt.unit)
			}
		})
	}
}

func TestReadTMX_Languages(t *testing.T) {
	tests := []struct{ in, want string }{
		{"fa_IR", "fa-IR"}, {"EN-us", "en-US"}, {"pes", "fa"}, {"pes-Arab-IR", "fa-Arab-IR"}, {"prs", "fa-AF"}, {"per", "fa"},
		{"zz", "x-zz"}, {"nb", "nb"}, {"ckb", "ckb"}, {"en-XX", "en-XX"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			units, _ := readAll(t, tmx(`<tu><tuv xml:lang="`+tt.in+`"><seg>a</seg></tuv></tu>`))
			if got := units[0].Variants[0].Lang.String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestReadTMX_ExternalSubsetIsNotOpened(t *testing.T) {
	in := `<!DOCTYPE tmx PUBLIC "-//LISA//DTD [x]//EN" "file:///nowhere/tmx14.dtd"><tmx>` + pair("a", "آ") + `</tmx>`
	if units, _ := readAll(t, []byte(in)); len(units) != 1 {
		t.Errorf("%d units", len(units))
	}
}

func TestReadTMX_YieldErrorStops(t *testing.T) {
	stop := errors.New("enough")
	n := 0
	_, err := ReadTMX(bytes.NewReader(tmx(pair("a", "آ")+pair("b", "ب"))), func(*tm.Unit) error { n++; return stop })
	if err != stop || n != 1 {
		t.Errorf("error %v after %d units", err, n)
	}
}

func TestReadTMX_LargeUnits(t *testing.T) {
	long := strings.Repeat("واژهٔ دراز &amp; ", 60_000)
	var many strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&many, `<tuv xml:lang="x-l%d"><seg>%d<ph/></seg></tuv>`, i, i)
	}
	units, _ := readAll(t, tmx(pair(long, long)+"<tu>"+many.String()+"</tu>"))
	if got := len(units[0].Variants[0].Content.Text); got != len(long)-4*60_000 {
		t.Errorf("long text has %d bytes", got)
	}
	if got := len(units[1].Variants); got != 10_000 {
		t.Errorf("%d languages", got)
	}
}

func TestReadTMX_UnitOverTheLimit(t *testing.T) {
	in := io.MultiReader(strings.NewReader(`<tmx><body><tu><tuv xml:lang="en"><seg>`), &repeat{"a lot ", 4 << 20})
	_, err := ReadTMX(in, func(*tm.Unit) error { return nil })
	if tm.CodeOf(err) != "exchange.unit_too_large" {
		t.Errorf("error %v", err)
	}
}

// repeat reads s n times.
type repeat struct {
	s string
	n int
}

func (r *repeat) Read(p []byte) (int, error) {
	n := 0
	for ; r.n > 0 && n+len(r.s) <= len(p); r.n-- {
		n += copy(p[n:], r.s)
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func TestWriteTMX_RoundTrip(t *testing.T) {
	header := Header{
		Tool: "Tool \"x\"", ToolVersion: "2", SegType: "block", OriginalTM: "abc", AdminLang: "fa", Source: language.English, DataType: "html",
		Created: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), CreatedBy: "a\tb", ChangedBy: "c", Notes: []string{"یک", "دو"},
		Props: []Prop{{"x", "<y>"}, {"", "no type"}},
	}
	units := []*tm.Unit{
		{
			Variants: []tm.Variant{
				{Lang: language.English, Content: tm.Content{Text: "a\r\n\tb", Codes: []tm.Code{{Pos: 0, Kind: tm.Close, ID: 9, Type: "format"}, {Pos: 1, Kind: tm.Open, ID: 3, Type: "underline", Data: "<u>"}, {Pos: 1, ID: 1, Type: "break"}, {Pos: 2, Kind: tm.Close, ID: 3, Type: "underline"}}}},
				{Lang: language.Persian, Content: tm.Plain("«می\u200cروم» <&>")},
			},
			Previous: "<seg>odd</seg>", Next: " & ",
			Penalty: 12,
			Origin:  tm.Origin{Author: "رضا", Created: time.Date(2021, 2, 3, 4, 5, 6, 0, time.UTC), Document: "خبر.docx", State: tm.Approved, Kind: tm.Aligned},
			Props:   map[string]string{"prev": "another", "tmx:fa:note:1:": "n", "tmx:fa:note:2:": "m", "tmx::prop:1:": "untyped", "tmx::attr:1:tuid": "7"},
		},
		{Variants: []tm.Variant{{Lang: language.English, Content: tm.Plain("")}}},
	}
	got, h := readAll(t, write(t, header, units))
	if d := cmp.Diff(header, h, tags); d != "" {
		t.Errorf("header: %s", d)
	}
	if d := cmp.Diff(units, got, tags); d != "" {
		t.Errorf("units: %s", d)
	}
}

func TestWriteTMX_ControlCharactersAreLeftOut(t *testing.T) {
	out := write(t, Header{}, []*tm.Unit{{Variants: []tm.Variant{{Lang: language.English, Content: tm.Plain("a\x00b\x1f\uFFFFc")}}}})
	got, _ := readAll(t, out)
	if text := got[0].Variants[0].Content.Text; text != "abc" {
		t.Errorf("text %q", text)
	}
}

func TestWriteTMX_ErrorOfUnits(t *testing.T) {
	broken := errors.New("store closed")
	err := WriteTMX(io.Discard, Header{}, func(yield func(*tm.Unit, error) bool) { yield(nil, broken) })
	if err != broken {
		t.Errorf("error %v", err)
	}
}

// TestTMX_RealFiles reads the files of other tools: all of them must be read,
// and what is written must be read again the same.
func TestTMX_RealFiles(t *testing.T) {
	files := slices.Concat(sharedFiles(t, "suites/tmx/*/*.tmx"), sharedFiles(t, "suites/tmx/*/*/*.tmx"), sharedFiles(t, "documents/tmx-tico19/*.tmx"))
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			in, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			units, h := readAll(t, in)
			again, _ := readAll(t, write(t, h, units))
			if d := cmp.Diff(units, again, tags); d != "" {
				t.Error(d)
			}
			if starts := bytes.Count(bytes.ReplaceAll(in, []byte{0}, nil), []byte("<tu\x20")) + bytes.Count(bytes.ReplaceAll(in, []byte{0}, nil), []byte("<tu>")); len(units) < starts {
				t.Errorf("%d units of %d", len(units), starts)
			}
		})
	}
}

// shared returns the folder of real inputs beside the project, or skips.
func shared(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for ; err == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if data := filepath.Join(dir, "shared", "data"); isDir(data) {
			return data
		}
	}
	t.Skip("SKIPPED: shared/data is not beside the project, nothing real was tested")
	return ""
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func sharedFiles(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared(t), pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s (%v)", pattern, err)
	}
	return files
}

func FuzzReadTMX(f *testing.F) {
	f.Add(tmx(pair(`a<bpt i="1" x="2">&lt;b></bpt>b<ept i="1"/>`, "آ<ph/>")))
	f.Add(tmx(`<tu tuid="1"><prop type="prev">x</prop><note>n</note><tuv lang="fa"><seg><hi>آ</hi></seg></tuv><tuv lang="fa"><seg>ب</seg></tuv></tu>`))
	f.Add([]byte("<!DOCTYPE tmx SYSTEM \"x\"><tmx><![CDATA[a]]><tu/></tmx>"))
	f.Add([]byte{0xFF, 0xFE, '<', 0, 't', 0})
	f.Fuzz(func(t *testing.T, in []byte) {
		units, h, err := collect(in)
		again, h2 := readAll(t, write(t, h, units))
		if d := cmp.Diff(units, again, tags); d != "" {
			t.Error(d)
		}
		if last, h3 := readAll(t, write(t, h2, again)); !cmp.Equal(again, last, tags) || !cmp.Equal(h2, h3, tags) {
			t.Error("the second writing differs")
		}
		if err != nil && tm.KindOf(err) == tm.Internal {
			t.Errorf("not an error for people: %v", err)
		}
	})
}
