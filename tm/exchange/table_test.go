package exchange

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

var en, fa = language.English, language.Persian

func readPairsOf(t testing.TB, in string) (pairs []string, err error) {
	t.Helper()
	err = ReadUnitsTSV(strings.NewReader(in), en, fa, func(u *tm.Unit) error {
		source, _ := u.In(en)
		target, _ := u.In(fa)
		pairs = append(pairs, source.Text+" = "+target.Text)
		return nil
	})
	return pairs, err
}

func TestReadUnitsTSV(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"no header", "The court\tدادگاه\nA judge\tیک قاضی\n", []string{"The court = دادگاه", "A judge = یک قاضی"}},
		{"words as header", "Source\ttarget\nThe court\tدادگاه", []string{"The court = دادگاه"}},
		{"tags as header", "en-US\tfa\nThe court\tدادگاه", []string{"The court = دادگاه"}},
		{"target first", "fa\ten\nدادگاه\tThe court", []string{"The court = دادگاه"}},
		{"mark, CRLF, blank lines", "\uFEFFa\tآ\r\n\r\n  \nb\tب\r\n", []string{"a = آ", "b = ب"}},
		{"quotes are text", "\"a\tآ\"\n", []string{"\"a = آ\""}},
		{"spaces are text", " a \t آ ", []string{" a  =  آ "}},
		{"third column", "a\tآ\tx", []string{"a = آ"}},
		{"empty target", "a\t\n", []string{"a = "}},
		{"inert formulas", "'=1+1\t'-۵\n''+\t'tis", []string{"=1+1 = -۵", "'+ = 'tis"}},
		{"nothing", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := readPairsOf(t, tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadUnitsTSV_Errors(t *testing.T) {
	tests := []struct{ name, in, code string }{
		{"one column", "a\tآ\nb\n", "exchange.row_short"},
		{"one column, no line end", "a\tآ\nb", "exchange.row_short"},
		{"bad bytes", "a\tآ\nb\t\xff\n", "exchange.row_bytes"},
		{"too many columns", "a\tآ\n" + strings.Repeat("\t", 2000), "exchange.row_too_large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readPairsOf(t, tt.in)
			e, ok := err.(*tm.Error)
			if !ok || e.Code != tt.code || e.Args["row"] != 2 {
				t.Errorf("error %v, want %s in row 2", err, tt.code)
			}
		})
	}
}

func TestReadUnitsCSV(t *testing.T) {
	in := "source;target\n\"He said \"\"no\"\"; then left\r\nthe room\";رفت\n"
	var got []*tm.Unit
	if err := ReadUnitsCSV(strings.NewReader(in), en, fa, func(u *tm.Unit) error { got = append(got, u); return nil }); err != nil {
		t.Fatal(err)
	}
	if text := got[0].Variants[0].Content.Text; text != "He said \"no\"; then left\r\nthe room" {
		t.Errorf("text %q", text)
	}
	if err := ReadUnitsCSV(strings.NewReader("a,b\n\"c,d"), en, fa, func(*tm.Unit) error { return nil }); tm.CodeOf(err) != "exchange.csv_quote" {
		t.Errorf("open quote: %v", err)
	}
}

func TestWriteUnitsTSV_RoundTrip(t *testing.T) {
	var units []*tm.Unit
	for _, s := range []string{"=1+1", "-5", "@a", "+98", "'=", "''", "'quoted'", "plain", " = "} {
		units = append(units, pairUnit("", "", en, fa))
		units[len(units)-1].Variants[0].Content = tm.Plain(s)
		units[len(units)-1].Variants[1].Content = tm.Plain("«" + s + "»")
	}
	var b bytes.Buffer
	if err := WriteUnitsTSV(&b, en, fa, seq(units)); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if line != "" && strings.IndexByte(triggers, line[0]) >= 0 {
			t.Errorf("live formula %q", line)
		}
	}
	var got []*tm.Unit
	if err := ReadUnitsTSV(&b, en, fa, func(u *tm.Unit) error { got = append(got, u); return nil }); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(units, got, tags); d != "" {
		t.Error(d)
	}
}

func TestReadTerms(t *testing.T) {
	in := "fa,note,EN,status,forbidden,case,source_variants\n" +
		"دادگاه,\"a, b\",court,x,محکمه|بیدادگاه,exact,Court of law|tribunal\n"
	concepts, problems, err := ReadTerms(strings.NewReader(in), "terms.csv", en, fa)
	if err != nil {
		t.Fatal(err)
	}
	term := func(tag language.Tag, text string, s tm.TermStatus) tm.Term {
		return tm.Term{Lang: tag, Text: text, Status: s, Case: tm.CaseExact}
	}
	want := []tm.Concept{{Type: tm.PlainTerm, Note: "a, b", Terms: []tm.Term{
		term(en, "court", tm.Preferred), term(en, "Court of law", tm.Admitted), term(en, "tribunal", tm.Admitted),
		term(fa, "دادگاه", tm.Preferred), term(fa, "محکمه", tm.ForbiddenTerm), term(fa, "بیدادگاه", tm.ForbiddenTerm),
	}}}
	if d := cmp.Diff(want, concepts, tags); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]RowProblem{{1, "column_unknown", map[string]any{"column": "status"}}}, problems); d != "" {
		t.Error(d)
	}
}

func TestReadTerms_Problems(t *testing.T) {
	in := "source\ttarget\tforbidden\tcase\n" +
		"court\tدادگاه\n" +
		"\tوکیل\n" +
		"court\tدادگاه\n" +
		"court\tمحکمه\n" +
		"judge\tقاضی\tداور|قاضی\tupper\n" +
		"trial\t\t\t\textra\n"
	concepts, problems, err := ReadTerms(strings.NewReader(in), "", en, fa)
	if err != nil {
		t.Fatal(err)
	}
	want := []RowProblem{
		{3, "source_empty", map[string]any{"target": "وکیل"}},
		{4, "duplicate", map[string]any{"other": 2, "source": "court"}},
		{5, "conflict", map[string]any{"other": 2, "source": "court", "target": "محکمه"}},
		{6, "case_unknown", map[string]any{"value": "upper"}},
		{6, "forbidden_preferred", map[string]any{"term": "قاضی"}},
		{7, "row_long", map[string]any{"value": "extra"}},
		{7, "target_empty", map[string]any{"source": "trial"}},
	}
	if d := cmp.Diff(want, problems); d != "" {
		t.Error(d)
	}
	if len(concepts) != 6 {
		t.Errorf("%d concepts: a row was lost", len(concepts))
	}
}

func TestReadTerms_WithoutHeader(t *testing.T) {
	if concepts, _, err := ReadTerms(strings.NewReader("# -*- coding: utf-8 -*-\ncourt\tدادگاه\n"), "x.tab", en, fa); err != nil || len(concepts) != 1 {
		t.Errorf("after a comment: %v %v", concepts, err)
	}
	concepts, problems, err := ReadTerms(strings.NewReader("court\tدادگاه\tlaw\n"), "terms.txt", en, fa)
	if err != nil || len(problems) > 0 || len(concepts) != 1 || concepts[0].Note != "law" {
		t.Errorf("got %v %v %v", concepts, problems, err)
	}
}

func TestWriteTerms_RoundTrip(t *testing.T) {
	concepts := []tm.Concept{{Type: tm.Person, Note: "=\"x\", y", Terms: []tm.Term{
		{Lang: en, Text: "A|B", Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun"},
		{Lang: en, Text: "-C", Status: tm.Admitted, Case: tm.CaseAuto, POS: "noun"},
		{Lang: fa, Text: "آ", Status: tm.ForbiddenTerm, Case: tm.CaseAuto, POS: "noun"},
	}}}
	for _, name := range []string{"x.tsv", "x.csv"} {
		var b bytes.Buffer
		if err := WriteTerms(&b, name, en, fa, concepts); err != nil {
			t.Fatal(err)
		}
		got, _, err := ReadTerms(&b, name, en, fa)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(concepts, got, tags); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestTerms_Seed(t *testing.T) {
	in, err := os.ReadFile(filepath.Join(shared(t), "seed", "glossary.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	concepts, problems, err := ReadTerms(bytes.NewReader(in), "glossary.tsv", en, fa)
	if err != nil || len(concepts) != 76 || len(problems) > 0 {
		t.Fatalf("%d concepts, problems %v, error %v", len(concepts), problems, err)
	}
	var b bytes.Buffer
	if err := WriteTerms(&b, "glossary.tsv", en, fa, concepts); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.TrimSpace(string(in)), strings.TrimSpace(b.String())); d != "" {
		t.Error(d)
	}
}

// TestTable_RealFiles compares what is read with the JSON beside each file.
func TestTable_RealFiles(t *testing.T) {
	for _, file := range sharedFiles(t, "suites/csv-xlsx/csv-spectrum/csvs/*.csv") {
		name := strings.TrimSuffix(filepath.Base(file), ".csv")
		in, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(filepath.Dir(file), "..", "json", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(records(t, want), readTable(t, in)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func records(t *testing.T, in []byte) (list []map[string]string) {
	if err := json.Unmarshal(in, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func readTable(t *testing.T, in []byte) (list []map[string]string) {
	table := newTableReader(bytes.NewReader(in), "x.csv")
	head, err := table.next()
	for err == nil {
		var cells []string
		if cells, err = table.next(); err == nil && len(cells) > 0 {
			record := map[string]string{}
			for i, c := range cells {
				record[head[i]] = c
			}
			list = append(list, record)
		}
	}
	if err != io.EOF {
		t.Fatal(err)
	}
	return list
}

func TestTerms_RealFiles(t *testing.T) {
	for _, file := range sharedFiles(t, "documents/csv-tico19-terminology/*.csv") {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		concepts, _, err := ReadTerms(f, file, en, fa)
		f.Close()
		if err != nil || len(concepts) < 40 {
			t.Errorf("%s: %d concepts, %v", file, len(concepts), err)
		}
	}
}

func FuzzReadTerms(f *testing.F) {
	f.Add("source\ttarget\tforbidden\ncourt\tدادگاه\tمحکمه|\n", "a.tsv")
	f.Add("en,fa,type\n\"a\"\"b\",'=آ,place\n", "a.csv")
	f.Fuzz(func(t *testing.T, in, name string) {
		concepts, _, err := ReadTerms(strings.NewReader(in), name, en, fa)
		if err != nil && tm.KindOf(err) == tm.Internal {
			t.Fatalf("not an error for people: %v", err)
		}
		var b bytes.Buffer
		if err := WriteTerms(&b, "x.csv", en, fa, concepts); err != nil {
			t.Fatal(err)
		}
		again, _, err := ReadTerms(&b, "x.csv", en, fa)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(concepts, again, tags); d != "" {
			t.Error(d)
		}
	})
}

func FuzzReadUnitsTSV(f *testing.F) {
	f.Add("source\ttarget\n'=a\tآ\r\n")
	f.Fuzz(func(t *testing.T, in string) {
		var units []*tm.Unit
		err := ReadUnitsTSV(strings.NewReader(in), en, fa, func(u *tm.Unit) error { units = append(units, u); return nil })
		if err != nil && tm.KindOf(err) == tm.Internal {
			t.Fatalf("not an error for people: %v", err)
		}
		var b bytes.Buffer
		if err := WriteUnitsTSV(&b, en, fa, seq(units)); err != nil {
			t.Fatal(err)
		}
		if err := ReadUnitsTSV(&b, en, fa, func(*tm.Unit) error { return nil }); err != nil {
			t.Error(err)
		}
	})
}
