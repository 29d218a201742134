package exchange

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
)

func collectXLIFF(in []byte) (units []*tm.Unit, info XLIFFInfo, err error) {
	info, err = ReadXLIFF(bytes.NewReader(in), func(u *tm.Unit) error {
		units = append(units, u)
		return nil
	})
	return units, info, err
}

func readXLIFF(t testing.TB, in string) ([]*tm.Unit, XLIFFInfo) {
	t.Helper()
	units, info, err := collectXLIFF([]byte(in))
	if err != nil {
		t.Fatalf("ReadXLIFF: %v", err)
	}
	return units, info
}

// xliff12 and xliff2 wrap units in a file.
func xliff12(body string) string {
	return `<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">` +
		`<file original="news.html" source-language="en" target-language="fa"><header><note>of the file</note></header><body>` + body + `</body></file></xliff>`
}

func xliff2(body string) string {
	return `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="fa"><file id="f1" original="news.html">` + body + `</file></xliff>`
}

// shown writes units in a form to compare: state, neighbours and both texts.
func shown(units []*tm.Unit) []string {
	var list []string
	for _, u := range units {
		list = append(list, strings.Join([]string{string(u.Origin.State), u.Previous, marks(u.Variants[0].Content), marks(u.Variants[1].Content), u.Next}, "|"))
	}
	return list
}

// marks shows the codes of a content in its text: [1 opens, 1] closes, {1}
// stands alone.
func marks(c tm.Content) string {
	var b strings.Builder
	at := 0
	for _, code := range c.Codes {
		b.WriteString(c.Text[at:code.Pos])
		at = code.Pos
		id := string(rune('0' + code.ID))
		b.WriteString(map[tm.CodeKind]string{tm.Alone: "{" + id + "}", tm.Open: "[" + id, tm.Close: id + "]"}[code.Kind])
	}
	return b.String() + c.Text[at:]
}

func TestReadXLIFF(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
		skipped  int
	}{
		{"1.2 states and neighbours", xliff12(`<trans-unit id="1"><source>One.</source><target>یک.</target></trans-unit>` +
			`<group><trans-unit id="2"><source>Two.</source></trans-unit>` +
			`<trans-unit id="3" approved="yes"><source>Three.</source><target state="translated">سه.</target></trans-unit></group>` +
			`<trans-unit id="4"><source>Four.</source><target state="needs-translation">Four.</target></trans-unit>` +
			`<trans-unit id="5"><source>Five.</source><target state="new"/></trans-unit>` +
			`<trans-unit id="6" translate="no"><source>Six.</source><target>Six.</target></trans-unit>` +
			`<trans-unit id="7"><source>Seven.</source><target state="signed-off">هفت.</target><alt-trans><target>هشت.</target></alt-trans></trans-unit>`),
			[]string{"||One.|یک.|Two.", "approved|Two.|Three.|سه.|Four.", "draft|Three.|Four.|Four.|Five.", "approved|Six.|Seven.|هفت.|"}, 3},
		{"1.2 codes", xliff12(`<trans-unit id="1"><source>The <g id="a" ctype="bold">court</g><x id="b"/> of <bpt id="c">&lt;i></bpt>appeal<ept id="c">&lt;/i></ept><bx id="d"/>, <ex id="d"/><ph id="e">br</ph><it id="f" pos="close">z</it></source>` +
			`<target><bpt id="c">&lt;i></bpt>دادگاه<ept id="c">&lt;/i></ept> <x id="b"/><g id="a" ctype="bold">تجدید نظر</g><bx id="d"/><ex id="d"/><ph id="e">br</ph></target></trans-unit>`),
			[]string{"||The [1court1]{2} of [3appeal3][4, 4]{5}6]|[3دادگاه3] {2}[1تجدید نظر1][44]{5}|"}, 0},
		{"1.2 segments", xliff12(`<trans-unit id="1"><source>One. Two.</source><seg-source><g id="9"><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2"><g id="2">Two</g>.<x id="3"/></mrk></g></seg-source>` +
			`<target><g id="9"><mrk mtype="seg" mid="2"><x id="3"/><g id="2">دو</g>.</mrk> <mrk mtype="seg" mid="1">یک.</mrk></g></target></trans-unit>`),
			[]string{"||One.|یک.|Two.", "|One.|[1Two1].{2}|{2}[1دو1].|"}, 0},
		{"1.2 pair across segments", xliff12(`<trans-unit id="1"><source/><seg-source><mrk mtype="seg" mid="1">a<bx id="1"/>b</mrk><mrk mtype="seg" mid="2">c<ex id="1"/>d</mrk></seg-source>` +
			`<target><mrk mtype="seg" mid="1">آ<bx id="1"/>ب</mrk><mrk mtype="seg" mid="2">پ<ex id="1"/>ت</mrk></target></trans-unit>`),
			[]string{"||a[1b|آ[1ب|cd", "|ab|c1]d|پ1]ت|"}, 0},
		{"only the target has segments", xliff12(`<trans-unit id="1"><source>One. Two.</source><target><mrk mtype="seg" mid="1">یک.</mrk> <mrk mtype="seg" mid="2">دو.</mrk></target></trans-unit>`),
			[]string{"||One. Two.|یک. دو.|"}, 0},
		{"SDL states, comments and changes", xliff12(`<trans-unit id="1"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two.</mrk></seg-source>` +
			`<target><mrk mtype="seg" mid="1">یک<mrk mtype="x-sdl-deleted">ی</mrk>.</mrk> <mrk mtype="seg" mid="2"><mrk mtype="x-sdl-comment">دو</mrk>.</mrk></target>` +
			`<sdl:seg-defs><sdl:seg id="1" conf="ApprovedSignOff"><sdl:value/></sdl:seg><sdl:seg id="2" conf="Draft"/></sdl:seg-defs></trans-unit>`),
			[]string{"approved||One.|یک.|Two.", "draft|One.|Two.|دو.|"}, 0},
		{"2.x segments", xliff2(`<unit id="1"><segment state="translated"><source>One.</source><target>یک.</target></segment><ignorable><source> </source><target> </target></ignorable>` +
			`<segment state="final"><source>Two.</source><target>دو.</target></segment></unit>` +
			`<group id="g"><unit id="2"><segment state="initial"><source>Three.</source><target>سه</target></segment><segment><source>Four.</source></segment></unit></group>`),
			[]string{"translated||One.|یک.|Two.", "approved|One.|Two.|دو.|Three.", "draft|Two.|Three.|سه|Four."}, 1},
		{"2.x codes", xliff2(`<unit id="1"><originalData><data id="d1">&lt;b></data><data id="d2">&lt;/b></data></originalData><segment>` +
			`<source><sc id="1" type="fmt" subType="xlf:i"/>a<pc id="2" dataRefStart="d1" dataRefEnd="d2">b<mrk id="m" type="comment">c</mrk></pc><ec startRef="1"/><ph id="3"/><cp hex="001F"/></source>` +
			`<target><ph id="3"/><pc id="2" dataRefStart="d1" dataRefEnd="d2">پ</pc><sc id="1"/>آ<ec startRef="1"/></target></segment></unit>`),
			[]string{"||[1a[2bc2]1]{3}{4}|{3}[2پ2][1آ1]|"}, 0},
		{"2.x proposals are passed over", xliff2(`<unit id="1"><mtc:matches xmlns:mtc="m"><mtc:match><source>x</source><target>y</target></mtc:match></mtc:matches><segment><source>a</source><target>آ</target></segment></unit>`),
			[]string{"||a|آ|"}, 0},
		{"prefixed names", `<x:xliff version="1.2" xmlns:x="u"><x:file original="" source-language="en" target-language="fa"><x:body><x:trans-unit id="1"><x:source>a <x:x id="1"/>b</x:source><x:target>آ<x:x id="1"/></x:target></x:trans-unit></x:body></x:file></x:xliff>`,
			[]string{"||a {1}b|آ{1}|"}, 0},
		{"languages of the elements", `<xliff version="1.2"><file><body><trans-unit><source xml:lang="en">a</source><target xml:lang="fa">آ</target></trans-unit></body></file></xliff>`,
			[]string{"||a|آ|"}, 0},
		{"neighbours stay in their file", `<xliff srcLang="en" trgLang="fa"><file><unit><segment><source>a</source><target>آ</target></segment></unit></file><file><unit><segment><source>b</source><target>ب</target></segment></unit></file></xliff>`,
			[]string{"||a|آ|", "||b|ب|"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			units, info := readXLIFF(t, tt.in)
			if d := cmp.Diff(tt.want, shown(units)); d != "" {
				t.Error(d)
			}
			if info.Skipped != tt.skipped || info.Units != len(units) {
				t.Errorf("%d units, %d skipped", info.Units, info.Skipped)
			}
		})
	}
}

func TestReadXLIFF_Metadata(t *testing.T) {
	units, info := readXLIFF(t, xliff12(`<trans-unit id="1"><source>a<g id="1" ctype="bold"><bpt id="2">&lt;i></bpt></g></source><target state-qualifier="mt-suggestion">آ</target><note>check <b>it</b></note><note/><note from="x">again</note></trans-unit>`))
	want := &tm.Unit{
		Variants: []tm.Variant{
			{Lang: en, Content: tm.Content{Text: "a", Codes: []tm.Code{{Pos: 1, Kind: tm.Open, ID: 1, Type: "bold"}, {Pos: 1, Kind: tm.Open, ID: 2, Type: "format", Data: "<i>"}, {Pos: 1, Kind: tm.Close, ID: 1, Type: "bold"}}}},
			{Lang: fa, Content: tm.Plain("آ")},
		},
		Origin: tm.Origin{Document: "news.html", Kind: tm.Machine},
		Props:  map[string]string{"tmx::note:1:": "check it", "tmx::note:2:": "again"},
	}
	if d := cmp.Diff(want, units[0], tags); d != "" {
		t.Error(d)
	}
	if info != (XLIFFInfo{Version: "1.2", Source: en, Target: fa, Units: 1}) {
		t.Errorf("info %+v", info)
	}
}

func TestReadXLIFF_Errors(t *testing.T) {
	unit := `<trans-unit id="1"><source>a</source><target>آ</target></trans-unit>`
	tests := []struct {
		name, in, code string
		line, unit     int
	}{
		{"another document", "<tmx/>", "exchange.xliff_not", 1, 0},
		{"truncated", strings.TrimSuffix(xliff12(unit+"\n<trans-unit><source>b"), "</source></body></file></xliff>")[:len(xliff12(unit+"\n<trans-unit><source>b"))-len("</body></file></xliff>")], "exchange.xml_truncated", 2, 2},
		{"no language", `<xliff version="1.2"><file>` + unit + `</file></xliff>`, "exchange.language_missing", 1, 1},
		{"broken inline elements", xliff12(unit + "\n" + `<trans-unit><source><g id="1">a</source></g></trans-unit>`), "exchange.xml_nesting", 2, 2},
		{"internal subset", `<!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff/>`, "exchange.xml_doctype", 1, 0},
		{"unknown entity", xliff12(`<trans-unit><source>&a;</source></trans-unit>`), "exchange.xml_entity", 1, 1},
		{"deep", xliff12(strings.Repeat("<group>", 300)), "exchange.xml_too_complex", 1, 0},
		{"too many segments", xliff2("<unit>" + strings.Repeat("<segment/>", maxSegments+1) + "</unit>"), "exchange.unit_too_large", 1, 1},
		{"too many codes", xliff2("<unit><segment><source>" + strings.Repeat("<ph/>", maxCodes+1)), "exchange.unit_too_large", 1, 1},
		{"too many notes", xliff12("<trans-unit>" + strings.Repeat("<note>n</note>", maxProps+1)), "exchange.unit_too_large", 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := collectXLIFF([]byte(tt.in))
			e, ok := errors.AsType[*tm.Error](err)
			if !ok || e.Code != tt.code || e.Args["line"] != tt.line || e.Args["unit"] != tt.unit {
				t.Errorf("error %v, want %s at line %d, unit %d", err, tt.code, tt.line, tt.unit)
			}
		})
	}
}

func TestReadXLIFF_YieldErrorStops(t *testing.T) {
	stop := errors.New("enough")
	in := xliff12(strings.Repeat(`<trans-unit><source>a</source><target>آ</target></trans-unit>`, 3))
	n := 0
	if _, err := ReadXLIFF(strings.NewReader(in), func(*tm.Unit) error { n++; return stop }); err != stop || n != 1 {
		t.Errorf("error %v after %d units", err, n)
	}
}

// TestReadXLIFF_RealFiles reads the files of other tools. Some of them are
// broken on purpose or are no XLIFF; those must say so.
func TestReadXLIFF_RealFiles(t *testing.T) {
	files := slices.Concat(sharedFiles(t, "suites/xliff12/*/*"), sharedFiles(t, "suites/xliff2/*/*"))
	read := 0
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil || info.IsDir() || filepath.Ext(file) == ".json" {
			continue
		}
		in, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		units, got, err := collectXLIFF(in)
		if err != nil && tm.KindOf(err) == tm.Internal {
			t.Errorf("%s: not an error for people: %v", file, err)
		}
		if err == nil {
			read++
		} else {
			t.Logf("%s: %v", filepath.Base(file), err)
		}
		again, _ := readAll(t, write(t, Header{}, units))
		if d := cmp.Diff(units, again, tags); d != "" {
			t.Errorf("%s through TMX: %s", file, d)
		}
		t.Logf("%s: %d units, %d skipped", filepath.Base(file), got.Units, got.Skipped)
	}
	if read < len(files)*3/4 {
		t.Errorf("%d of %d files were read", read, len(files))
	}
}

var xliffSeeds = []string{
	xliff12(`<trans-unit id="1"><source>a</source><seg-source><g id="9"><mrk mtype="seg" mid="1">a<bx id="1"/></mrk></g></seg-source><target state="final"><mrk mtype="seg" mid="1">آ<ex id="1"/></mrk></target></trans-unit>`),
	xliff2(`<unit id="1"><originalData><data id="d">&lt;b></data></originalData><segment state="final"><source><pc id="1" dataRefStart="d">a</pc><sc id="2"/></source><target><ec startRef="2"/>آ<pc id="1">ب</pc></target></segment></unit>`),
	xliff12(`<trans-unit><source>a<mrk mtype="seg"><mrk mtype="seg">b</mrk></mrk></source><target>x<it pos="close"/></target><note>n</note><sdl:seg-defs><sdl:seg id="1" conf="Draft"/></sdl:seg-defs></trans-unit>`),
	xliff12(`<trans-unit><source>a b</source><seg-source><mrk mtype="seg" mid="1"><g id="1">a<mrk mtype="seg" mid="2">b</mrk></g></mrk> <mrk mtype="seg" mid="2">c</mrk></seg-source><target><mrk mtype="seg" mid="2">پ<x id="1"/></mrk><mrk mtype="seg" mid="1"><g id="1">آ</g></mrk></target></trans-unit>`),
}

// TestReadXLIFF_DamagedFiles reads seeds with pieces cut out, doubled, moved and
// replaced, at once and byte by byte: the same units or the same error.
func TestReadXLIFF_DamagedFiles(t *testing.T) {
	m := tmxMaker{rand.New(rand.NewPCG(7, 7))}
	accepted := 0
	for range 3000 {
		in := []byte(m.mutate(m.one(xliffSeeds...)))
		if checkXLIFF(t, in) == nil {
			accepted++
		}
		if t.Failed() {
			t.Fatalf("%q", in)
		}
	}
	if accepted < 100 {
		t.Errorf("only %d files were accepted", accepted)
	}
}

func FuzzReadXLIFF(f *testing.F) {
	for _, seed := range xliffSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) { checkXLIFF(t, in) })
}

func checkXLIFF(t *testing.T, in []byte) error {
	t.Helper()
	units, info, err := collectXLIFF(in)
	if err != nil && tm.KindOf(err) == tm.Internal {
		t.Errorf("not an error for people: %v", err)
	}
	if len(units) != info.Units {
		t.Errorf("%d units, %d said", len(units), info.Units)
	}
	for _, u := range units {
		for _, v := range u.Variants {
			checkCodes(t, v.Content)
		}
	}
	var slow []*tm.Unit
	_, slowErr := ReadXLIFF(oneByOne{bytes.NewReader(in)}, func(u *tm.Unit) error { slow = append(slow, u); return nil })
	if d := cmp.Diff(units, slow, tags); d != "" || tm.CodeOf(err) != tm.CodeOf(slowErr) {
		t.Errorf("byte by byte: %v, not %v %s", slowErr, err, d)
	}
	again, _ := readAll(t, write(t, Header{}, units))
	if d := cmp.Diff(units, again, tags); d != "" {
		t.Error(d)
	}
	return err
}

// checkCodes checks that codes are in order, inside the text and numbered.
func checkCodes(t *testing.T, c tm.Content) {
	t.Helper()
	at := 0
	for _, code := range c.Codes {
		if code.Pos < at || code.Pos > len(c.Text) || code.ID < 1 {
			t.Fatalf("code %+v after %d in %q", code, at, c.Text)
		}
		at = code.Pos
	}
}
