package exchange

import (
	"io"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A RowProblem is something a person should look at in a row of a glossary.
// Code names a sentence in locales/ ("row." + Code):
//
//	column_unknown    a column of the header we do not know (Args: column)
//	source_empty      no source term; the target terms are kept
//	target_empty      no target term; the source terms are kept
//	duplicate         same source and target as another row (other)
//	conflict          same source as another row (other), another target
//	forbidden_preferred  a forbidden form is also a wanted one (term)
//	case_unknown      neither auto nor exact (value); taken for auto
//	row_long          more cells than the header has columns (value)
type RowProblem struct {
	Row  int // from 1, the header included
	Code string
	Args map[string]any
}

// ReadTerms reads a glossary table, TSV or CSV by the name of the file or else
// by its first line. The header names the columns, in any order: source and
// target (or the language tags), source_variants, target_variants, forbidden,
// type, pos, case, note; only one of source and target is required, and a file
// without header is source, target, note. Several values in a cell are divided
// by "|"; "\|" is the character itself.
//
// Every row with a term becomes a concept, problems or not: dropping is for
// people to decide. Terms come in the order preferred source, its variants,
// preferred target, its variants, forbidden target forms.
func ReadTerms(r io.Reader, name string, src, tgt language.Tag) ([]tm.Concept, []RowProblem, error) {
	g := glossaryReader{table: newTableReader(r, name), src: src, tgt: tgt, rows: map[string][]rowTarget{}}
	err := g.run()
	return g.concepts, g.problems, err
}

// The columns of a glossary, in the order they are written.
const (
	colSource = iota
	colTarget
	colSourceVariants
	colTargetVariants
	colForbidden
	colType
	colPOS
	colCase
	colNote
	columns
)

var columnNames = [columns]string{
	"source", "target", "source_variants", "target_variants", "forbidden", "type", "pos", "case", "note",
}

// otherNames are the heads that other tools give our columns.
var otherNames = map[string]int{
	"sourcestring": colSource, "source_term": colSource, "term": colSource,
	"targetstring": colTarget, "target_term": colTarget, "translation": colTarget,
	"description": colNote, "comment": colNote, "definition": colNote, "notes": colNote,
	"part_of_speech": colPOS, "synonyms": colTargetVariants, "source_synonyms": colSourceVariants,
}

type rowTarget struct {
	row    int
	target string
}

// glossaryReader is one run of [ReadTerms].
type glossaryReader struct {
	table    *tableReader
	src, tgt language.Tag
	at       [columns]int // where each column stands; -1 for absent
	width    int
	rows     map[string][]rowTarget // by source
	concepts []tm.Concept
	problems []RowProblem
}

func (g *glossaryReader) run() error {
	for header := true; ; {
		cells, err := g.table.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if blank(cells) || header && comment(cells) {
			continue
		}
		if header {
			header = false
			if g.header(cells) {
				continue
			}
		}
		if len(g.concepts) >= maxConcepts {
			return g.table.fail(tm.TooLarge, "exchange.too_many_rows", "limit", maxConcepts)
		}
		g.row(cells)
	}
}

// blank reports whether a row has nothing in it; spreadsheets leave many such.
func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// comment reports whether a row before the first term only speaks to programs:
// "# -*- coding: utf-8 -*-".
func comment(cells []string) bool {
	return len(cells) == 1 && strings.HasPrefix(cells[0], "#")
}

func (g *glossaryReader) problem(code string, pairs ...any) {
	args := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	g.problems = append(g.problems, RowProblem{Row: g.table.row, Code: code, Args: args})
}

// header reads the heads; false means that the row is none.
func (g *glossaryReader) header(cells []string) bool {
	for i := range g.at {
		g.at[i] = -1
	}
	var unknown []string
	for i, head := range cells {
		if c := g.column(head); c >= 0 && g.at[c] < 0 {
			g.at[c] = i
		} else {
			unknown = append(unknown, strings.TrimSpace(head))
		}
	}
	g.width = len(cells)
	if g.at[colSource] < 0 && g.at[colTarget] < 0 {
		g.at[colSource], g.at[colTarget], g.at[colNote], g.width = 0, 1, 2, 3
		return false
	}
	for _, head := range unknown {
		g.problem("column_unknown", "column", clip(head))
	}
	return true
}

// column returns the column that a head names, -1 for none.
func (g *glossaryReader) column(head string) int {
	head = strings.ToLower(strings.TrimSpace(head))
	head = strings.NewReplacer(" ", "_", "-", "_").Replace(head)
	if c := slices.Index(columnNames[:], head); c >= 0 {
		return c
	}
	if c, ok := otherNames[head]; ok {
		return c
	}
	switch columnSide(head, g.src, g.tgt) {
	case tm.SourceSide:
		return colSource
	case tm.TargetSide:
		return colTarget
	}
	return -1
}

// cell returns the text of a column in a row, without white space around it.
func (g *glossaryReader) cell(cells []string, column int) string {
	i := g.at[column]
	if i < 0 || i >= len(cells) {
		return ""
	}
	return active(strings.TrimSpace(cells[i]))
}

func (g *glossaryReader) row(cells []string) {
	for column, i := range g.at {
		if i >= 0 && i < len(cells) && strings.ContainsFunc(strings.TrimSpace(cells[i]), unicode.IsControl) {
			g.problem("control", "column", columnNames[column])
			return
		}
	}
	if len(cells) > g.width {
		g.problem("row_long", "value", clip(strings.Join(cells[g.width:], " ")))
	}
	c := tm.Concept{
		Type:  tm.TermType(strings.ToLower(g.cell(cells, colType))),
		Note:  g.cell(cells, colNote),
		Terms: g.terms(cells),
	}
	if c.Type == "" {
		c.Type = tm.PlainTerm
	}
	g.check(&c)
	if len(c.Terms) > 0 {
		g.concepts = append(g.concepts, c)
	}
}

func (g *glossaryReader) terms(cells []string) []tm.Term {
	like := tm.Term{POS: g.cell(cells, colPOS), Case: g.caseRule(g.cell(cells, colCase))}
	var terms []tm.Term
	add := func(column int, tag language.Tag, status tm.TermStatus) {
		for _, text := range splitList(g.cell(cells, column)) {
			term := like
			term.Lang, term.Text, term.Status = tag, text, status
			terms = append(terms, term)
			if column == colSource || column == colTarget {
				status = tm.Admitted // a list of preferred terms: the first is it
			}
		}
	}
	add(colSource, g.src, tm.Preferred)
	add(colSourceVariants, g.src, tm.Admitted)
	add(colTarget, g.tgt, tm.Preferred)
	add(colTargetVariants, g.tgt, tm.Admitted)
	add(colForbidden, g.tgt, tm.ForbiddenTerm)
	return terms
}

func (g *glossaryReader) caseRule(value string) tm.TermCase {
	switch rule := tm.TermCase(strings.ToLower(value)); rule {
	case tm.CaseAuto, tm.CaseExact:
		return rule
	case "":
		return tm.CaseAuto
	}
	g.problem("case_unknown", "value", clip(value))
	return tm.CaseAuto
}

// check reports what is odd about a concept.
func (g *glossaryReader) check(c *tm.Concept) {
	source, target := preferred(c, g.src), preferred(c, g.tgt)
	if source == "" {
		g.problem("source_empty", "target", target)
	}
	if target == "" {
		g.problem("target_empty", "source", source)
	}
	good := map[string]bool{}
	for _, t := range c.In(g.tgt, tm.Preferred, tm.Admitted) {
		good[t.Text] = true
	}
	for _, bad := range c.In(g.tgt, tm.ForbiddenTerm) {
		if good[bad.Text] {
			g.problem("forbidden_preferred", "term", bad.Text)
		}
	}
	if source != "" {
		g.compare(source, target)
	}
}

// compare looks for an earlier row with the same source: the same target makes
// a duplicate of that row, another target a conflict with the first row.
func (g *glossaryReader) compare(source, target string) {
	earlier := g.rows[source]
	same := slices.IndexFunc(earlier, func(r rowTarget) bool { return r.target == target })
	switch {
	case same >= 0:
		g.problem("duplicate", "other", earlier[same].row, "source", source)
		return
	case len(earlier) > 0:
		g.problem("conflict", "other", earlier[0].row, "source", source, "target", target)
	}
	const enough = 100 // a source with more targets than this is no glossary entry
	if len(earlier) < enough {
		g.rows[source] = append(earlier, rowTarget{g.table.row, target})
	}
}

func preferred(c *tm.Concept, tag language.Tag) string {
	for _, t := range c.In(tag, tm.Preferred) {
		return t.Text
	}
	return ""
}

// splitList divides a cell at "|". Empty values are left out.
func splitList(cell string) []string {
	const bar = "\x00"
	var values []string
	for _, v := range strings.Split(strings.ReplaceAll(cell, `\|`, bar), "|") {
		if v = strings.TrimSpace(strings.ReplaceAll(v, bar, "|")); v != "" {
			values = append(values, v)
		}
	}
	return values
}

func joinList(values []string) string {
	escaped := make([]string, len(values))
	for i, v := range values {
		escaped[i] = strings.ReplaceAll(v, "|", `\|`)
	}
	return strings.Join(escaped, "|")
}

// WriteTerms writes concepts as a glossary table: CSV when the name of the file
// ends in .csv, else TSV. [ReadTerms] gives the concepts back; case rule and
// part of speech are written once for the whole concept.
func WriteTerms(w io.Writer, name string, src, tgt language.Tag, concepts []tm.Concept) error {
	d := tabs
	if strings.HasSuffix(strings.ToLower(name), ".csv") {
		d = commas
	}
	t := newTableWriter(w, d)
	t.row(columnNames[:]...)
	for i := range concepts {
		t.row(termRow(&concepts[i], src, tgt)...)
	}
	return t.flush()
}

func termRow(c *tm.Concept, src, tgt language.Tag) []string {
	row := make([]string, columns)
	row[colSource], row[colSourceVariants] = wanted(c, src)
	row[colTarget], row[colTargetVariants] = wanted(c, tgt)
	row[colForbidden] = joinList(texts(c.In(tgt, tm.ForbiddenTerm)))
	row[colType], row[colNote] = string(c.Type), c.Note
	if len(c.Terms) > 0 {
		row[colPOS], row[colCase] = c.Terms[0].POS, string(c.Terms[0].Case)
	}
	return row
}

// wanted returns the preferred term of a language and the list of all others
// that are allowed.
func wanted(c *tm.Concept, tag language.Tag) (first, others string) {
	best := texts(c.In(tag, tm.Preferred))
	rest := texts(c.In(tag, tm.Admitted))
	if len(best) > 1 {
		best, rest = best[:1], append(best[1:], rest...)
	}
	return joinList(best), joinList(rest)
}

func texts(terms []tm.Term) []string {
	list := make([]string, len(terms))
	for i, t := range terms {
		list[i] = t.Text
	}
	return list
}
