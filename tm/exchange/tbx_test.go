package exchange

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/tmtest"
)

// basic is a file as terminologists write it by hand.
const basic = `<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
 <tbxHeader><fileDesc><titleStmt><title>Courts</title></titleStmt><sourceDesc><p>Newsroom</p></sourceDesc></fileDesc></tbxHeader>
 <text><body>
  <conceptEntry id="c1">
   <descrip type="subjectField">law</descrip>
   <descripGrp>
    <descrip type="definition">A place where judges
       decide.</descrip>
    <admin type="source">House style</admin>
   </descripGrp>
   <ref type="crossReference" target="c2">judge</ref>
   <transacGrp><transac type="transactionType">origination</transac><transacNote type="responsibility">Sara</transacNote><date>2024-02-01</date></transacGrp>
   <langSec xml:lang="en">
    <termSec>
     <term>court</term>
     <termNote type="partOfSpeech">noun</termNote>
     <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
     <descrip type="context">The court sat on Monday.</descrip>
     <admin type="source">Reader 4</admin>
    </termSec>
    <termSec><term>law court</term><termNote type="termType">fullForm</termNote></termSec>
   </langSec>
   <langSec xml:lang="fa">
    <note>Never the old word.</note>
    <termSec><term>دادگاه</term><note>In every report.</note></termSec>
    <termSec><term>بیدادگاه</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
   </langSec>
  </conceptEntry>
  <conceptEntry id="c2"><langSec xml:lang="en"><termSec><term>judge</term></termSec></langSec></conceptEntry>
 </body></text>
</tbx>`

func readGlossaryXML(t testing.TB, in string) ([]tm.Concept, []RowProblem, TBXInfo) {
	t.Helper()
	concepts, problems, info, err := ReadTBX(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	return concepts, problems, info
}

func TestReadTBX_Fields(t *testing.T) {
	concepts, problems, info := readGlossaryXML(t, basic)
	if len(problems) > 0 || info.Dialect != "TBX-Basic" || info.Style != "dca" || info.Version != 3 || info.Title != "Courts" {
		t.Errorf("problems %v, info %+v", problems, info)
	}
	want := []tm.Concept{{
		Key: "c1", Type: tm.PlainTerm, Domain: "law", Note: "A place where judges decide.", See: []string{"c2"},
		Props: map[string]string{
			"tbx::form:1:note":      `<descripGrp><descrip type="definition"></descrip><admin type="source">House style</admin></descripGrp>`,
			"tbx::see:1:c2":         "judge",
			"tbx::xml:1:transacGrp": `<transacGrp><transac type="transactionType">origination</transac><transacNote type="responsibility">Sara</transacNote><date>2024-02-01</date></transacGrp>`,
			"tbx:fa:note:1:":        "Never the old word.",
		},
		Terms: []tm.Term{
			{Lang: en, Text: "court", Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun", Source: "Reader 4", Props: map[string]string{"context": "The court sat on Monday."}},
			{Lang: en, Text: "law court", Status: tm.Admitted, Case: tm.CaseAuto, Props: map[string]string{"termType": "fullForm"}},
			{Lang: fa, Text: "دادگاه", Status: tm.Preferred, Case: tm.CaseAuto, Note: "In every report."},
			{Lang: fa, Text: "بیدادگاه", Status: tm.ForbiddenTerm, Case: tm.CaseAuto, Props: map[string]string{"administrativeStatus": "supersededTerm-admn-sts"}},
		},
	}, {
		Key: "c2", Type: tm.PlainTerm, Terms: []tm.Term{{Lang: en, Text: "judge", Status: tm.Preferred, Case: tm.CaseAuto}},
	}}
	if d := cmp.Diff(want, concepts, tags); d != "" {
		t.Error(d)
	}
}

// old is version 2: other names, a DOCTYPE, terms in groups.
const old = `<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="EN"><martifHeader><fileDesc><sourceDesc><p>Desk</p></sourceDesc></fileDesc>
<encodingDesc><p type="XCSURI">http://www.lisa.org/fileadmin/standards/tbx/TBXXCSV02.xcs</p></encodingDesc></martifHeader>
<text><body>
<termEntry id="e-1">
 <descrip type="subjectField">medicine</descrip>
 <admin type="productSubset">Ward</admin>
 <langSet xml:lang="en"><adminGrp><admin type="sourceIdentifier">T9</admin></adminGrp>
  <ntig id="n1"><termGrp><term id="t1">H<hi type="subscript">2</hi>O</term>
   <termNote type="partOfSpeech">noun</termNote>
   <termNoteGrp><termNote type="usageNote">Only in formulas.</termNote><note>Checked</note></termNoteGrp></termGrp>
   <descrip type="context">Give H2O.</descrip></ntig></langSet>
 <langSet xml:lang="fa_IR"><tig><term>آب</term><termNote type="administrativeStatus">preferredTerm</termNote></tig></langSet>
</termEntry></body></text></martif>`

func TestReadTBX_Version2(t *testing.T) {
	concepts, problems, info := readGlossaryXML(t, old)
	if info.Version != 2 || info.Dialect != "TBX" || len(problems) > 0 || len(concepts) != 1 {
		t.Fatalf("%+v %v %v", info, problems, concepts)
	}
	c := concepts[0]
	water := tm.Term{Lang: en, Text: "H2O", Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun", Note: "Only in formulas.", Props: map[string]string{
		"context": "Give H2O.", "tbx::attr:1:term:id": "t1", "tbx::attr:1:termSec:id": "n1",
		"tbx::form:1:term": `<term>H<hi type="subscript">2</hi>O</term>`,
		"tbx::form:1:note": `<termNoteGrp><termNote type="usageNote"></termNote><note>Checked</note></termNoteGrp>`,
	}}
	if d := cmp.Diff(water, c.Terms[0], tags); d != "" {
		t.Error(d)
	}
	if c.Terms[1].Lang.String() != "fa-IR" || c.Terms[1].Status != tm.Preferred || c.Props["productSubset"] != "Ward" || c.Props["tbx:en:admin:1:sourceIdentifier"] != "T9" {
		t.Errorf("%+v", c)
	}
}

// categoryStyle is version 3, style dct.
const categoryStyle = `<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body><conceptEntry id="c5"><min:subjectField>politics</min:subjectField>
<langSec xml:lang="en"><basic:definition>An assembly.</basic:definition>
<termSec><term>parliament</term><min:partOfSpeech>noun</min:partOfSpeech><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
<basic:context>Parliament met.</basic:context>
<transacGrp><basic:transactionType>modification</basic:transactionType><basic:responsibility target="R1">Ali</basic:responsibility><date>2023-01-02</date></transacGrp></termSec></langSec>
</conceptEntry></body></text></tbx>`

func TestReadTBX_CategoryStyle(t *testing.T) {
	concepts, _, info := readGlossaryXML(t, categoryStyle)
	c := concepts[0]
	if info.Style != "dct" || c.Domain != "politics" || c.Note != "An assembly." || c.Terms[0].POS != "noun" || c.Terms[0].Status != tm.Preferred {
		t.Errorf("%+v", c)
	}
	want := map[string]string{
		"context":               "Parliament met.",
		"tbx::xml:1:transacGrp": `<transacGrp><transac type="transactionType">modification</transac><transacNote type="responsibility" target="R1">Ali</transacNote><date>2023-01-02</date></transacGrp>`,
	}
	if d := cmp.Diff(want, c.Terms[0].Props); d != "" {
		t.Error(d)
	}
	var b bytes.Buffer
	if err := WriteTBX(&b, info, concepts); err != nil {
		t.Fatal(err)
	}
	for _, wanted := range []string{"<basic:definition>An assembly.", "<min:subjectField>politics", "<basic:transactionType>modification", `<basic:responsibility target="R1">Ali`} {
		if !strings.Contains(b.String(), wanted) {
			t.Errorf("%s is not in %s", wanted, b.String())
		}
	}
	if strings.Contains(b.String(), "type=\"definition") {
		t.Error("mixed styles")
	}
}

// every way of writing.
var ways = []TBXInfo{
	{}, {Dialect: "TBX-Basic", Style: "dct"}, {Dialect: "TBX-Min"}, {Dialect: "TBX-Min", Style: "dct"}, {Dialect: "TBX-Core"}, {Dialect: "TBX-Core", Style: "dct"},
	{Version: 2, Dialect: "TBX"}, {Version: 2, Dialect: "TBX-Basic"}, {Dialect: "TBX-Newsroom"},
}

func checkReturn(t *testing.T, concepts []tm.Concept) {
	t.Helper()
	for _, way := range ways {
		var b bytes.Buffer
		if err := WriteTBX(&b, way, concepts); err != nil {
			t.Fatalf("%+v: %v", way, err)
		}
		written := b.String()
		again, _, info, err := ReadTBX(&b)
		if err != nil {
			t.Fatalf("%+v: %v\n%s", way, err, written)
		}
		if len(concepts) == 0 && len(again) == 0 {
			continue
		}
		if way.Dialect != "" && info.Dialect != way.Dialect {
			t.Errorf("%+v came back as %+v", way, info)
		}
		if !reflect.DeepEqual(concepts, again) {
			t.Fatalf("%+v: %s\n%s", way, cmp.Diff(concepts, again, tags), written)
		}
	}
}

func TestTBX_ReadWriteRead(t *testing.T) {
	for name, in := range map[string]string{"basic": basic, "version 2": old, "dct": categoryStyle} {
		t.Run(name, func(t *testing.T) {
			concepts, _, info := readGlossaryXML(t, in)
			checkReturn(t, concepts)
			var b bytes.Buffer
			if err := WriteTBX(&b, info, concepts); err != nil {
				t.Fatal(err)
			}
			_, _, again, err := ReadTBX(&b)
			if err != nil || !reflect.DeepEqual(info, again) {
				t.Errorf("%v: %s", err, cmp.Diff(info, again))
			}
		})
	}
}

func TestTBX_RealFiles(t *testing.T) {
	for _, file := range sharedFiles(t, "suites/tbx/okapi/*.tbx") {
		in, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		concepts, problems, info, err := ReadTBX(bytes.NewReader(in))
		if err != nil || len(concepts) == 0 || info.Version != 2 {
			t.Errorf("%s: %d concepts, %v", filepath.Base(file), len(concepts), err)
		}
		for _, p := range problems {
			if p.Code != "see_unknown" {
				t.Errorf("%s: %+v", filepath.Base(file), p)
			}
		}
		checkReturn(t, concepts)
	}
}

// own are texts that are hard on XML or on Persian.
var own = []string{
	"court", "دادگاه", "می‌خواهم", "a < b & c > \"d\" 'e'", " space ", "two  spaces", "line\nbreak", "tab\tinside", "CR\r\nLF",
	"\u202bبه \u2067NATO\u2069 پیوست\u202c", "x-tarjoman:field:type=person", "x-tarjoman:note:=a", "100% = all", "]]>", "<b>", "tarjoman-7",
	"𐎠𐎡", "é́", "C:\\new", "a|b", "=SUM(A1)", "شورای عالی امنیت ملّی", "_x0041_",
}

type maker struct{ *rand.Rand }

func (m maker) pick(list ...string) string { return list[m.IntN(len(list))] }
func (m maker) text() string               { return m.pick(own...) }
func (m maker) maybe() string {
	if m.IntN(2) == 0 {
		return ""
	}
	return m.text()
}

func (m maker) day() time.Time {
	if m.IntN(2) == 0 {
		return time.Time{}
	}
	return time.Date(1970+m.IntN(100), time.Month(1+m.IntN(12)), 1+m.IntN(28), 0, 0, 0, 0, time.UTC)
}

func (m maker) props(level string) map[string]string {
	if m.IntN(2) == 0 {
		return nil
	}
	props := map[string]string{"reviewer": m.text(), "a:b=c%3D": m.maybe(), "customerSubset": m.text()}
	if level == "term" {
		props["termType"], props["context"], props["tbx::descrip:1:context"] = "acronym", m.text(), m.text()
		props["tbx::termNote:1:termType"] = m.maybe()
	} else {
		props["tbx:de:descrip:1:reliability"], props["tbx::xml:1:transacGrp"] = m.text(), "<transacGrp><date>2020-01-01</date></transacGrp>"
	}
	return props
}

func (m maker) term(tag language.Tag) tm.Term {
	text := strings.Map(func(r rune) rune {
		if r < ' ' {
			return '-'
		}
		return r
	}, m.text())
	return tm.Term{
		Lang: tag, Text: text, Status: tm.TermStatus(m.pick("preferred", "admitted", "forbidden", "proposed")), Case: tm.TermCase(m.pick("auto", "exact")),
		POS: m.maybe(), Note: m.maybe(), Source: m.maybe(), From: m.day(), Until: m.day(), Props: m.props("term"),
	}
}

func (m maker) concept() tm.Concept {
	c := tm.Concept{Key: m.maybe(), Type: tm.TermType(m.pick("term", "person", "organization", "place", "ship", "a b")), Domain: m.maybe(), Note: m.maybe(), Keep: m.IntN(2) == 0, Props: m.props("concept")}
	for range m.IntN(3) {
		c.See = append(c.See, m.text())
	}
	for _, tag := range []language.Tag{en, fa, language.MustParse("zh-Hant-TW")}[:1+m.IntN(3)] {
		for range 1 + m.IntN(3) {
			c.Terms = append(c.Terms, m.term(tag))
		}
	}
	return c
}

func TestTBX_WriteReadIsIdentity(t *testing.T) {
	for seed := range uint64(150) {
		m := maker{rand.New(rand.NewPCG(seed, 5))}
		var concepts []tm.Concept
		for range 1 + m.IntN(4) {
			concepts = append(concepts, m.concept())
		}
		checkReturn(t, concepts)
	}
}

func TestWriteTBX_Characters(t *testing.T) {
	term := tm.Term{Lang: en, Text: "gate", Status: tm.Preferred}
	for name, c := range map[string]tm.Concept{
		"control in the note": {Key: "k", Note: "a\x07b", Terms: []tm.Term{term}},
		"no UTF-8":            {Key: "k", Domain: "\xff", Terms: []tm.Term{term}},
		"tab in a term":       {Key: "k", Terms: []tm.Term{{Lang: en, Text: "a\tb"}}},
		"a property":          {Key: "k", Props: map[string]string{"p": "\uffff"}, Terms: []tm.Term{term}},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			err := WriteTBX(&b, TBXInfo{}, []tm.Concept{c})
			if tm.CodeOf(err) != "exchange.tbx_character" || b.Len() > 0 {
				t.Errorf("%v, %d bytes written", err, b.Len())
			}
		})
	}
}

func entries(body string) string {
	return `<tbx type="TBX-Basic" style="dca"><text><body>` + body + `</body></text></tbx>`
}

func entry(id, inside string) string {
	return `<conceptEntry id="` + id + `">` + inside + `<langSec xml:lang="en"><termSec><term>t` + id + `</term></termSec></langSec></conceptEntry>` + "\n"
}

func TestReadTBX_Problems(t *testing.T) {
	see := func(to string) string { return `<ref type="crossReference" target="` + to + `"/>` }
	tests := map[string]struct {
		in   string
		want []RowProblem
	}{
		"duplicate ids":               {entry("a", "") + entry("a", ""), []RowProblem{{2, "key_duplicate", map[string]any{"key": "a", "other": 1}}}},
		"a reference to nobody":       {entry("a", see("z")), []RowProblem{{1, "see_unknown", map[string]any{"key": "z"}}}},
		"a concept that names itself": {entry("a", see("a")), []RowProblem{{1, "see_cycle", map[string]any{"keys": []string{"a"}}}}},
		"a ring": {entry("x", see("a")) + entry("a", see("b")) + entry("b", see("c")) + entry("c", see("a")),
			[]RowProblem{{2, "see_cycle", map[string]any{"keys": []string{"a", "b", "c"}}}}},
		"unknown status": {`<conceptEntry id="a"><langSec xml:lang="en"><termSec><term>t</term><termNote type="administrativeStatus">weird</termNote></termSec></langSec></conceptEntry>`,
			[]RowProblem{{1, "status_unknown", map[string]any{"value": "weird", "concept": "a"}}}},
		"no term": {`<conceptEntry id="a"><langSec xml:lang="en"><termSec><term> </term></termSec></langSec></conceptEntry>`,
			[]RowProblem{{1, "term_empty", map[string]any{"concept": "a"}}, {1, "concept_empty", map[string]any{"concept": "a"}}}},
		"a control character": {"\n" + `<conceptEntry id="a"><langSec xml:lang="en"><termSec><term>a&#x85;b</term></termSec><termSec><term>ok</term></termSec></langSec></conceptEntry>`,
			[]RowProblem{{2, "term_control", map[string]any{"term": "a\u0085b", "concept": "a"}}}},
		"one megabyte": {entry("a", "") + `<conceptEntry id="b"><langSec xml:lang="en"><termSec><term>` + strings.Repeat("x", 1<<20) + `</term></termSec><termSec><term>ok</term></termSec></langSec></conceptEntry>`,
			[]RowProblem{{2, "term_long", map[string]any{"term": strings.Repeat("x", 40) + "…", "limit": maxTermBytes, "concept": "b"}}}},
		"forbidden and wanted": {`<conceptEntry id="a"><langSec xml:lang="en"><termSec><term>t</term></termSec><termSec><term>t</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec></conceptEntry>`,
			[]RowProblem{{1, "forbidden_preferred", map[string]any{"term": "t"}}}},
		"a wrong day": {`<conceptEntry id="a"><langSec xml:lang="en"><termSec><term>t</term><note>x-tarjoman:field:from=soon</note></termSec></langSec></conceptEntry>`,
			[]RowProblem{{1, "date_unknown", map[string]any{"value": "soon", "concept": "a"}}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			concepts, problems, _ := readGlossaryXML(t, entries(test.in))
			if d := cmp.Diff(test.want, problems); d != "" {
				t.Error(d)
			}
			checkReturn(t, concepts)
		})
	}
}

func TestReadTBX_LongChainOfReferences(t *testing.T) {
	const n = 50_000
	var b strings.Builder
	for i := range n {
		b.WriteString(entry(fmt.Sprint("k", i), fmt.Sprintf(`<ref type="crossReference" target="k%d"/>`, (i+1)%n)))
	}
	concepts, problems, _ := readGlossaryXML(t, entries(b.String()))
	if len(concepts) != n || len(problems) != 1 || problems[0].Code != "see_cycle" {
		t.Errorf("%d concepts, %v", len(concepts), problems)
	}
}

func TestReadTBX_Refuses(t *testing.T) {
	long := strings.Repeat("<descripGrp>", 300)
	for name, test := range map[string]struct {
		in, code string
		line     int
	}{
		"empty":                {"", "exchange.xml_truncated", 1},
		"cut":                  {"<tbx>\n<text><body><conceptEntry id='k'>", "exchange.xml_truncated", 2},
		"wrong nesting":        {entries("<conceptEntry>\n<langSec xml:lang='en'></conceptEntry>"), "exchange.xml_nesting", 2},
		"another format":       {"<tmx version='1.4'/>", "exchange.tbx_not", 1},
		"an internal subset":   {`<!DOCTYPE martif [<!ENTITY a "b">]><martif/>`, "exchange.xml_doctype", 1},
		"an entity":            {entries("<conceptEntry id='k'><note>&c;</note></conceptEntry>"), "exchange.xml_entity", 1},
		"no language":          {entries("<conceptEntry id='k'><langSec><termSec><term>a</term></termSec></langSec></conceptEntry>"), "exchange.language", 1},
		"deep nesting":         {entries("<conceptEntry id='k'>" + long), "exchange.xml_too_complex", 1},
		"a gigantic entry":     {entries("<conceptEntry id='k'><note>" + strings.Repeat("long ", maxUnitBytes/5) + "</note></conceptEntry>"), "exchange.concept_too_large", 1},
		"many small elements":  {entries("<conceptEntry id='k'>" + strings.Repeat("<note/>", maxUnitBytes/nodeCost+1) + "</conceptEntry>"), "exchange.concept_too_large", 1},
		"bytes of no encoding": {entries("<conceptEntry id='k'><note>\xff</note></conceptEntry>"), "exchange.encoding_bytes", 1},
	} {
		t.Run(name, func(t *testing.T) {
			concepts, _, _, err := ReadTBX(strings.NewReader(test.in))
			if tm.CodeOf(err) != test.code || len(concepts) > 0 {
				t.Fatalf("%v, %d concepts", err, len(concepts))
			}
			if e := err.(*tm.Error); e.Args["line"] != test.line {
				t.Errorf("line %v, want %d", e.Args["line"], test.line)
			}
		})
	}
}

func TestReadTBX_Encodings(t *testing.T) {
	in := `<?xml version="1.0" encoding="windows-1256"?><martif type="TBX"><text><body><termEntry id="a"><langSet xml:lang="fa"><tig><term>` +
		"\xdf\xca\xc7\xc8</term></tig></langSet></termEntry></body></text></martif>"
	concepts, _, _ := readGlossaryXML(t, in)
	if concepts[0].Terms[0].Text != "كتاب" {
		t.Errorf("%q", concepts[0].Terms[0].Text)
	}
}

func TestReadTBX_PiecesOfTextAreNotQuadratic(t *testing.T) {
	in := entries("<conceptEntry id='k'><note>" + strings.Repeat("a<!---->", 500_000) + "</note><langSec xml:lang='en'><termSec><term>t</term></termSec></langSec></conceptEntry>")
	start := tmtest.CPU()
	concepts, _, _ := readGlossaryXML(t, in)
	if spent := tmtest.CPU() - start; len(concepts[0].Note) != 500_000 || spent > time.Minute {
		t.Errorf("%d bytes in %v", len(concepts[0].Note), spent)
	}
}

func FuzzReadTBX(f *testing.F) {
	for _, seed := range []string{basic, old, categoryStyle, entries(entry("a", `<note>x-tarjoman:field:type=person</note>`)),
		entries(entry("tarjoman-1", `<note xml:space="preserve"> x-tarjoman:xml:=&lt;note a="b"> </note>`) + entry("a b", `<ref type="crossReference" target="tarjoman-1">tarjoman-2</ref>`)),
		`<TBX dialect="TBX-Min"><body><termEntry id="1"><subjectField>law</subjectField><langSet xml:lang="en"><tig><term>a</term><termStatus>obsolete</termStatus><customer>x</customer></tig></langSet></termEntry></body></TBX>`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		concepts, _, _, err := ReadTBX(strings.NewReader(in))
		if err != nil {
			if tm.KindOf(err) == tm.Internal {
				t.Fatalf("not an error for people: %v", err)
			}
			return
		}
		checkReturn(t, concepts)
	})
}

// glossaryXML is a TBX file of n concepts as a newsroom has them.
func glossaryXML(t testing.TB, n int) []byte {
	var concepts []tm.Concept
	for i := range n {
		concepts = append(concepts, tm.Concept{Key: fmt.Sprint("c", i), Type: tm.Person, Domain: "politics", Note: "Minister; no honorific.", Terms: []tm.Term{
			{Lang: en, Text: fmt.Sprint("Hassan Rahimi ", i), Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun"},
			{Lang: fa, Text: fmt.Sprint("حسن رحیمی ", i), Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun"},
			{Lang: fa, Text: fmt.Sprint("رحیمی ", i), Status: tm.Admitted, Case: tm.CaseExact, POS: "noun"},
		}})
	}
	var b bytes.Buffer
	if err := WriteTBX(&b, TBXInfo{}, concepts); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func BenchmarkReadTBX(b *testing.B) {
	in := glossaryXML(b, 20_000)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, _, err := ReadTBX(bytes.NewReader(in)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteTBX(b *testing.B) {
	in := glossaryXML(b, 20_000)
	concepts, _, _, _ := ReadTBX(bytes.NewReader(in))
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		var out bytes.Buffer
		if err := WriteTBX(&out, TBXInfo{}, concepts); err != nil {
			b.Fatal(err)
		}
	}
}
