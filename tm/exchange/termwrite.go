package exchange

import (
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// WriteTerms writes concepts as a glossary table: CSV when the name of the file
// ends in .csv, else TSV. [ReadTerms] gives back what two languages have to say:
// not properties, terms of other languages, the region of a language, further
// preferred terms, which come back as admitted, and in TSV, which has no quotes,
// line breaks and tabs. TBX loses nothing.
func WriteTerms(w io.Writer, name string, src, tgt language.Tag, concepts []tm.Concept) error {
	d := tabs
	if strings.HasSuffix(strings.ToLower(name), ".csv") {
		d = commas
	}
	t := newTableWriter(w, d)
	table := newTermTable(src, tgt, concepts)
	t.row(table.heads()...)
	for i := range concepts {
		t.row(table.row(&concepts[i])...)
	}
	return t.flush()
}

// termTable lays out concepts in columns.
type termTable struct {
	src, tgt language.Tag
	columns  []int // that are written
}

func newTermTable(src, tgt language.Tag, concepts []tm.Concept) termTable {
	t := termTable{src: src, tgt: tgt}
	var used [columns]bool
	for column := range colDomain {
		used[column] = true
	}
	for i := range concepts {
		for column, cell := range t.cells(&concepts[i]) {
			used[column] = used[column] || cell != ""
		}
	}
	for column, use := range used {
		if use {
			t.columns = append(t.columns, column)
		}
	}
	return t
}

func (t termTable) heads() []string {
	heads := make([]string, len(t.columns))
	for i, column := range t.columns {
		heads[i] = columnNames[column]
	}
	return heads
}

func (t termTable) row(c *tm.Concept) []string {
	cells := t.cells(c)
	row := make([]string, len(t.columns))
	for i, column := range t.columns {
		row[i] = cells[column]
	}
	return row
}

// cells returns the cell of every column.
func (t termTable) cells(c *tm.Concept) (cells [columns]string) {
	cells[colKey], cells[colType], cells[colDomain], cells[colNote] = c.Key, string(c.Type), c.Domain, c.Note
	cells[colSee] = joinCell(c.See)
	if c.Keep {
		cells[colKeep] = keepYes
	}
	var terms []*tm.Term
	for _, side := range []struct{ first, others, forbidden, proposed int }{
		{colSource, colSourceVariants, colSourceForbidden, colSourceProposed},
		{colTarget, colTargetVariants, colForbidden, colProposed},
	} {
		tag := t.src
		if side.first == colTarget {
			tag = t.tgt
		}
		first, others := wanted(c, tag)
		forbidden, proposed := having(c, tag, tm.ForbiddenTerm), having(c, tag, tm.Proposed)
		cells[side.first], cells[side.others] = joinTexts(first), joinTexts(others)
		cells[side.forbidden], cells[side.proposed] = joinTexts(forbidden), joinTexts(proposed)
		terms = slices.Concat(terms, first, others, forbidden, proposed)
	}
	cells[colPOS] = joinEach(terms, func(t *tm.Term) string { return t.POS })
	cells[colCase] = joinEach(terms, func(t *tm.Term) string { return string(t.Case) })
	cells[colTermNote] = joinEach(terms, func(t *tm.Term) string { return t.Note })
	cells[colTermSource] = joinEach(terms, func(t *tm.Term) string { return t.Source })
	cells[colFrom] = joinEach(terms, func(t *tm.Term) string { return day(t.From) })
	cells[colUntil] = joinEach(terms, func(t *tm.Term) string { return day(t.Until) })
	return cells
}

// wanted returns the preferred term of a language and all others that are
// allowed.
func wanted(c *tm.Concept, tag language.Tag) (first, others []*tm.Term) {
	first, others = having(c, tag, tm.Preferred), having(c, tag, tm.Admitted)
	if len(first) > 1 {
		first, others = first[:1], append(first[1:], others...)
	}
	return first, others
}

func having(c *tm.Concept, tag language.Tag, status tm.TermStatus) []*tm.Term {
	base, _ := tag.Base()
	var terms []*tm.Term
	for i := range c.Terms {
		t := &c.Terms[i]
		if b, _ := t.Lang.Base(); b == base && t.Status == status && t.Text != "" {
			terms = append(terms, t)
		}
	}
	return terms
}

func joinTexts(terms []*tm.Term) string {
	if len(terms) == 0 {
		return ""
	}
	texts := make([]string, len(terms))
	for i, t := range terms {
		texts[i] = t.Text
	}
	return joinCell(texts)
}

// joinEach writes what the terms say, once when all say the same.
func joinEach(terms []*tm.Term, of func(*tm.Term) string) string {
	values := make([]string, len(terms))
	same := true
	for i, t := range terms {
		values[i] = of(t)
		same = same && values[i] == values[0]
	}
	if same && len(values) > 0 {
		values = values[:1]
	}
	return joinCell(values)
}
