package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tarjoman/tm"
	"tarjoman/tm/tmtest"
)

// full is a concept with everything a table of two languages can hold.
func full() tm.Concept {
	day := time.Date(2021, 8, 3, 0, 0, 0, 0, time.UTC)
	return tm.Concept{
		Key: "raisi", Type: tm.Person, Domain: "politics", Note: "=Two lines:\nno honorific.", Keep: true, See: []string{"office", "a|b"},
		Terms: []tm.Term{
			{Lang: en, Text: "Ebrahim Raisi", Status: tm.Preferred, Case: tm.CaseExact, POS: "noun", From: day, Until: day.AddDate(2, 9, 16)},
			{Lang: en, Text: "-Raisi", Status: tm.Admitted, Case: tm.CaseAuto, POS: "noun"},
			{Lang: en, Text: "Raissi", Status: tm.ForbiddenTerm, Case: tm.CaseAuto, POS: "noun", Note: "French"},
			{Lang: fa, Text: "ابراهیم رئیسی", Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun", Source: "the \"office\", 2021"},
			{Lang: fa, Text: `رئیسی\`, Status: tm.Admitted, Case: tm.CaseAuto, POS: "noun"},
			{Lang: fa, Text: "رئیسی|ساداتی", Status: tm.Admitted, Case: tm.CaseAuto, POS: "noun"},
			{Lang: fa, Text: "آیت‌الله رئیسی", Status: tm.ForbiddenTerm, Case: tm.CaseAuto, POS: "noun"},
			{Lang: fa, Text: "@رئیسی", Status: tm.Proposed, Case: tm.CaseAuto, POS: "noun"},
		},
	}
}

func glossaryReturn(t *testing.T, kind string, concepts []tm.Concept) []tm.Concept {
	t.Helper()
	var b bytes.Buffer
	if err := WriteGlossary(&b, kind, en, fa, concepts); err != nil {
		t.Fatal(err)
	}
	again, _, err := ReadGlossary(&b, "terms."+kind, en, fa)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func TestGlossary_EveryKindComesBack(t *testing.T) {
	plain := tm.Concept{Type: tm.PlainTerm, Terms: []tm.Term{{Lang: en, Text: "_x0041_", Status: tm.Preferred, Case: tm.CaseAuto}, {Lang: fa, Text: "007", Status: tm.Preferred, Case: tm.CaseAuto}}}
	concepts := []tm.Concept{full(), plain}
	for _, kind := range GlossaryKinds {
		t.Run(kind, func(t *testing.T) {
			want := []tm.Concept{full(), plain}
			if kind == "tsv" {
				want[0].Note = strings.ReplaceAll(want[0].Note, "\n", " ")
			}
			if d := cmp.Diff(want, glossaryReturn(t, kind, concepts), tags); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestTables_WriteReadIsIdentity writes random concepts as CSV and XLSX.
func TestTables_WriteReadIsIdentity(t *testing.T) {
	for seed := range uint64(60) {
		m := maker{rand.New(rand.NewPCG(seed, 9))}
		var concepts []tm.Concept
		for range 1 + m.IntN(5) {
			concepts = append(concepts, tableConcept(m))
		}
		for _, kind := range []string{"csv", "xlsx"} {
			if again := glossaryReturn(t, kind, concepts); !reflect.DeepEqual(concepts, again) {
				t.Fatalf("seed %d, %s: %s", seed, kind, cmp.Diff(concepts, again, tags))
			}
		}
	}
}

// tableConcept is a concept of which a table holds everything.
func tableConcept(m maker) tm.Concept {
	c := m.concept()
	c.Props, c.Key, c.Domain = nil, oneLineText(c.Key), oneLineText(c.Domain)
	c.Note = strings.TrimSpace(strings.ReplaceAll(c.Note, "\r", ""))
	for i := range c.See {
		c.See[i] = oneLineText(c.See[i])
	}
	c.Terms = nil
	for _, column := range termColumns {
		tag := en
		if column.side == tm.TargetSide {
			tag = fa
		}
		n := m.IntN(3)
		if column.status == tm.Preferred {
			n = min(n, 1)
		}
		for range n {
			t := m.term(tag)
			t.Text, t.Status, t.Props = oneLineText(t.Text), column.status, nil
			t.POS, t.Source = oneLineText(t.POS), oneLineText(t.Source)
			t.Note = strings.TrimSpace(strings.ReplaceAll(t.Note, "\r", ""))
			c.Terms = append(c.Terms, t)
		}
	}
	if len(c.Terms) == 0 {
		c.Terms = append(c.Terms, tm.Term{Lang: en, Text: "gate", Status: tm.Preferred, Case: tm.CaseAuto})
	}
	return c
}

func oneLineText(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\n", " ", "\t", " ", "\r", " ").Replace(s))
}

func TestWriteTermsXLSX_Sheet(t *testing.T) {
	var b bytes.Buffer
	if err := WriteTermsXLSX(&b, en, fa, []tm.Concept{full()}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	view, err := f.GetSheetView("Terms", 0)
	if err != nil || view.RightToLeft == nil || !*view.RightToLeft {
		t.Errorf("the sheet runs from left to right: %+v %v", view, err)
	}
	rows, err := f.GetRows("Terms")
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v %v", rows, err)
	}
	for i := range rows[1] {
		at, _ := excelize.CoordinatesToCellName(i+1, 2)
		if formula, err := f.GetCellFormula("Terms", at); formula != "" || err != nil {
			t.Errorf("%s holds the formula %q", at, formula)
		}
		if c := rows[1][i]; c != "" && strings.IndexByte(triggers, c[0]) >= 0 {
			t.Errorf("%s is not inert: %q", at, c)
		}
	}
	b.Reset()
	long := tm.Concept{Note: strings.Repeat("long ", 7000), Terms: full().Terms}
	if err := WriteTermsXLSX(&b, en, fa, []tm.Concept{long}); tm.CodeOf(err) != "exchange.xlsx_cell_long" || b.Len() > 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
}

// workbook makes a file with a hidden sheet, cells that are no text, and a
// second sheet.
func workbook(t testing.TB) *excelize.File {
	f := excelize.NewFile()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.SetSheetName("Sheet1", "Old"))
	check(f.SetCellStr("Old", "A1", "source"))
	for _, name := range []string{"Terms", "More", "Empty"} {
		_, err := f.NewSheet(name)
		check(err)
	}
	f.SetActiveSheet(1)
	check(f.SetSheetVisible("Old", false))
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	check(err)
	for at, value := range map[string]any{"A2": "English", "B2": "fa", "C2": "note", "A3": "flight", "B3": 655, "C3": time.Date(1988, 7, 3, 0, 0, 0, 0, time.UTC), "A4": "share", "B4": 0.5, "A5": "sum"} {
		check(f.SetCellValue("Terms", at, value))
	}
	check(f.SetCellStr("Terms", "A2", "source"))
	check(f.SetCellStyle("Terms", "C3", "C3", style))
	check(f.SetCellFormula("Terms", "B5", "=1+1"))
	check(f.SetCellStr("More", "A1", "text"))
	return f
}

func xlsxBytes(t testing.TB, f *excelize.File) []byte {
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadTermsXLSX_CellsAsShown(t *testing.T) {
	concepts, problems, err := ReadTermsXLSX(bytes.NewReader(xlsxBytes(t, workbook(t))), en, fa)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range concepts {
		got = append(got, preferred(&c, en)+"="+preferred(&c, fa)+" "+c.Note)
	}
	if d := cmp.Diff([]string{"flight=655 07-03-88", "share=0.5 ", "sum= "}, got); d != "" {
		t.Error(d)
	}
	want := []RowProblem{{5, "target_empty", map[string]any{"source": "sum"}}, {0, "sheet_unread", map[string]any{"sheet": "More"}}}
	if d := cmp.Diff(want, problems); d != "" {
		t.Error(d)
	}
}

// repack rewrites the parts of a container; a nil result leaves a part out.
func repack(t testing.TB, in []byte, change func(name string, data []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(in), int64(len(in)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		if data = change(f.Name, data); data != nil {
			out, _ := w.Create(f.Name)
			out.Write(data)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lyingZip is a container whose one part claims to be small.
func lyingZip(size int) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	out, _ := w.Create("xl/worksheets/sheet1.xml")
	zeros := bytes.Repeat([]byte{' '}, 1<<20)
	for range size >> 20 {
		out.Write(zeros)
	}
	w.Close()
	return b.Bytes()
}

func TestReadTermsXLSX_Refuses(t *testing.T) {
	good := xlsxBytes(t, workbook(t))
	sheet := func(change func(string) string) []byte {
		return repack(t, good, func(name string, data []byte) []byte {
			if name == "xl/worksheets/sheet2.xml" {
				return []byte(change(string(data)))
			}
			return data
		})
	}
	wide := `<row r="2"><c r="XFD2" t="inlineStr"><is><t>far</t></is></c></row>`
	many := func() []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for i := range maxParts + 1 {
			w.Create(fmt.Sprint(i))
		}
		w.Close()
		return b.Bytes()
	}
	broken := bytes.Clone(good)
	binary.LittleEndian.PutUint32(broken[14:], crc32.ChecksumIEEE(nil)^1)
	for name, test := range map[string]struct {
		in   []byte
		code string
	}{
		"not a container": {[]byte("PK\x03\x04 nothing"), "exchange.xlsx_broken"},
		"cut":             {good[:len(good)/2], "exchange.xlsx_broken"},
		"a cut sheet":     {sheet(func(s string) string { return s[:len(s)/2] }), "exchange.xlsx_broken"},
		"a bomb":          {lyingZip(64 << 20), "exchange.xlsx_bomb"},
		"many parts":      {many(), "exchange.xlsx_too_large"},
		"a cell far away": {sheet(func(s string) string { return strings.Replace(s, "<sheetData>", "<sheetData>"+wide, 1) }), "exchange.row_too_large"},
		"a document type": {sheet(func(s string) string {
			return strings.Replace(s, "<worksheet", `<!DOCTYPE a [<!ENTITY b "c">]><worksheet`, 1)
		}), "exchange.xml_doctype"},
		"deep nesting":  {sheet(func(s string) string { return strings.Repeat("<a>", 1000) + s }), "exchange.xml_too_complex"},
		"nothing in it": {xlsxBytes(t, excelize.NewFile()), "exchange.xlsx_empty"},
		"no workbook": {repack(t, good, func(name string, data []byte) []byte {
			return map[bool][]byte{true: nil, false: data}[name == "xl/workbook.xml"]
		}), "exchange.xlsx_broken"},
		"the old kind of file": {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...), "exchange.xlsx_old"},
	} {
		t.Run(name, func(t *testing.T) {
			concepts, _, err := ReadGlossary(bytes.NewReader(test.in), "terms.xlsx", en, fa)
			if tm.CodeOf(err) != test.code || len(concepts) > 0 {
				t.Errorf("%v, %d concepts", err, len(concepts))
			}
		})
	}
}

func TestReadTermsXLSX_RealFiles(t *testing.T) {
	for _, file := range append(sharedFiles(t, "suites/csv-xlsx/okapi-xlsx/*.xlsx"), sharedFiles(t, "suites/csv-xlsx/excelize/*.xlsx")...) {
		in, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = ReadGlossary(bytes.NewReader(in), file, en, fa)
		if err != nil && tm.KindOf(err) == tm.Internal {
			t.Errorf("%s: not an error for people: %v", file, err)
		}
		if encrypted := strings.Contains(file, "encrypt"); encrypted != (tm.CodeOf(err) == "exchange.xlsx_old") {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func FuzzReadTermsXLSX(f *testing.F) {
	good := xlsxBytes(f, workbook(f))
	f.Add(`<row r="3"><c r="A3" t="s"><v>0</v></c></row>`)
	f.Add(`<row r="1048577"/><row r="9"><c r="B9" t="inlineStr"><is><r><t>a</t></r></is></c></row>`)
	f.Add(`<row r="-1"><c r="ZZZZ0" s="99"><v>1e999</v></c><c t="b"><v>1</v></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		in := repack(t, good, func(name string, data []byte) []byte {
			if name != "xl/worksheets/sheet2.xml" {
				return data
			}
			return []byte(strings.Replace(string(data), "<sheetData>", "<sheetData>"+rows, 1))
		})
		if _, _, err := ReadTermsXLSX(bytes.NewReader(in), en, fa); err != nil && tm.KindOf(err) == tm.Internal {
			t.Fatalf("not an error for people: %v", err)
		}
	})
}

// lines gives one line again and again, with its number.
type lines struct {
	left, n int
	line    string
	rest    []byte
}

func (l *lines) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		if l.left == 0 {
			return 0, io.EOF
		}
		l.left--
		l.n++
		l.rest = fmt.Appendf(l.rest[:0], l.line, l.n)
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

func TestReadTerms_MillionRows(t *testing.T) {
	for name, line := range map[string]string{"all different": "bell %d,زنگ\n", "nothing but problems": "bell,زنگ %d,x,x,x\n"} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := tmtest.CPU()
			concepts, problems, err := ReadGlossary(&lines{left: 1_000_000, line: line}, "big.csv", en, fa)
			spent := tmtest.CPU() - start
			runtime.ReadMemStats(&after)
			e, ok := err.(*tm.Error)
			if !ok || e.Code != "exchange.too_many_rows" || e.Args["row"] != maxConcepts+1 || len(concepts) > 0 || len(problems) > maxProblems+1 {
				t.Fatalf("%v, %d concepts, %d problems", err, len(concepts), len(problems))
			}
			if most := uint64(700 << 20); after.TotalAlloc-before.TotalAlloc > most || spent > time.Minute {
				t.Errorf("%d MB allocated in all, %v", (after.TotalAlloc-before.TotalAlloc)>>20, spent)
			}
			t.Logf("%d MB allocated in all, %v", (after.TotalAlloc-before.TotalAlloc)>>20, spent)
		})
	}
}

func TestReadGlossary_BrokenBytesNameTheRow(t *testing.T) {
	_, _, err := ReadGlossary(strings.NewReader("source,target\ncourt,دادگاه\njudge,\xdf\xca\n"), "x.csv", en, fa)
	if e, ok := err.(*tm.Error); !ok || e.Code != "exchange.row_bytes" || e.Args["row"] != 3 {
		t.Errorf("%v", err)
	}
}

func TestReadGlossary_KindByContent(t *testing.T) {
	sheet := xlsxBytes(t, workbook(t))
	for name, test := range map[string]struct {
		in, name string
		want     int
	}{
		"TBX with a mark":         {"\xEF\xBB\xBF" + basic, "x.txt", 2},
		"TBX":                     {old, "glossary.xml", 1},
		"a spreadsheet":           {string(sheet), "export.csv", 3},
		"a table":                 {"court\tدادگاه\n", "x", 1},
		"a table that tells tags": {"<b>\tپررنگ\n", "x.tsv", 1},
	} {
		t.Run(name, func(t *testing.T) {
			concepts, _, err := ReadGlossary(strings.NewReader(test.in), test.name, en, fa)
			if err != nil || len(concepts) != test.want {
				t.Errorf("%d concepts, %v", len(concepts), err)
			}
		})
	}
}

func TestReadGlossary_TBXPairs(t *testing.T) {
	two := func(id, source, target string) string {
		return `<conceptEntry id="` + id + `"><langSec xml:lang="en"><termSec><term>` + source + `</term></termSec></langSec><langSec xml:lang="fa"><termSec><term>` + target + "</term></termSec></langSec></conceptEntry>\n"
	}
	_, problems, err := ReadGlossary(strings.NewReader(entries(two("a", "court", "دادگاه")+two("b", "court", "دادگاه")+two("c", "court", "محکمه")+entry("d", ""))), "x.tbx", en, fa)
	if err != nil {
		t.Fatal(err)
	}
	want := []RowProblem{
		{2, "duplicate", map[string]any{"other": 1, "source": "court"}},
		{3, "conflict", map[string]any{"other": 1, "source": "court", "target": "محکمه"}},
		{4, "target_empty", map[string]any{"source": "td"}},
	}
	if d := cmp.Diff(want, problems); d != "" {
		t.Error(d)
	}
}

func TestReadTerms_ColumnsAboutTerms(t *testing.T) {
	in := "source\ttarget\tpos\tvalid_from\tkeep\tkey\tsee\tvalid_until\n" +
		"NATO\tناتو\tacronym|noun\t2020-01-02\tyes\tnato\tnobody\t2019-01-01\n" +
		"UN\t\tnoun|noun|noun\tlast year\tmaybe\tnato\t\t\n"
	concepts, problems, err := ReadTerms(strings.NewReader(in), "x.tsv", en, fa)
	if err != nil {
		t.Fatal(err)
	}
	nato := concepts[0]
	if nato.Terms[0].POS != "acronym" || nato.Terms[1].POS != "noun" || nato.Terms[1].From.Format(dayForm) != "2020-01-02" || !nato.Keep || nato.Key != "nato" {
		t.Errorf("%+v", nato)
	}
	if concepts[1].Terms[0].POS != "noun|noun|noun" {
		t.Errorf("%+v", concepts[1])
	}
	want := []RowProblem{
		{2, "dates_reversed", map[string]any{"term": "NATO"}},
		{2, "dates_reversed", map[string]any{"term": "ناتو"}},
		{2, "see_unknown", map[string]any{"key": "nobody"}},
		{3, "keep_unknown", map[string]any{"value": "maybe"}},
		{3, "list_uneven", map[string]any{"column": "pos"}},
		{3, "date_unknown", map[string]any{"value": "last year"}},
		{3, "target_empty", map[string]any{"source": "UN"}},
		{3, "key_duplicate", map[string]any{"key": "nato", "other": 2}},
	}
	if d := cmp.Diff(want, problems); d != "" {
		t.Error(d)
	}
}

func bigGlossary(n int) []tm.Concept {
	concepts := make([]tm.Concept, n)
	for i := range concepts {
		concepts[i] = tm.Concept{Type: tm.Person, Note: "Minister; no honorific.", Terms: []tm.Term{
			{Lang: en, Text: fmt.Sprint("Hassan Rahimi ", i), Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun"},
			{Lang: fa, Text: fmt.Sprint("حسن رحیمی ", i), Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun"}}}
	}
	return concepts
}

func BenchmarkReadGlossary(b *testing.B) {
	const rows = 20_000
	concepts := bigGlossary(rows)
	for _, kind := range GlossaryKinds {
		b.Run(kind, func(b *testing.B) {
			var out bytes.Buffer
			if err := WriteGlossary(&out, kind, en, fa, concepts); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(out.Len()))
			start := tmtest.CPU()
			for b.Loop() {
				if _, _, err := ReadGlossary(bytes.NewReader(out.Bytes()), "x."+kind, en, fa); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows*b.N)/(tmtest.CPU()-start).Seconds(), "rows/cpu-s")
		})
	}
}

func BenchmarkWriteGlossary(b *testing.B) {
	const rows = 20_000
	concepts := bigGlossary(rows)
	for _, kind := range GlossaryKinds {
		b.Run(kind, func(b *testing.B) {
			start := tmtest.CPU()
			for b.Loop() {
				if err := WriteGlossary(io.Discard, kind, en, fa, concepts); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows*b.N)/(tmtest.CPU()-start).Seconds(), "rows/cpu-s")
		})
	}
}
