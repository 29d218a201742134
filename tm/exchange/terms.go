package exchange

import (
	"io"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// ReadTerms reads a glossary table, TSV or CSV by the name of the file or else
// by its first line. The header names the columns, in any order; only one of
// source and target is required, and a file without header is source, target,
// note:
//
//	source, target           the preferred term (or the language tag as head)
//	source_variants, target_variants   allowed terms
//	source_forbidden, forbidden        forbidden terms; the bare head is the target's
//	source_proposed, proposed          terms that wait for a reviewer
//	type, domain, note, keep, key, see what [tm.Concept] says; keep is yes or no
//	pos, case, term_note, term_source, valid_from, valid_until
//
// Several values in a cell are divided by "|"; "\|" is the character itself. The
// columns of the last line are about terms: one value for all of the row or, as
// a list, one for each in the order of the first four lines, source before
// target.
//
// Every row with a term becomes a concept, problems or not: dropping is for
// people to decide. Terms come in the order of the columns above.
func ReadTerms(r io.Reader, name string, src, tgt language.Tag) ([]tm.Concept, []RowProblem, error) {
	return readTermRows(newTableReader(r, name), src, tgt)
}

// The columns of a glossary, in the order they are written; those from colDomain
// on only when they are needed.
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
	colDomain
	colKeep
	colKey
	colSee
	colSourceForbidden
	colSourceProposed
	colProposed
	colTermNote
	colTermSource
	colFrom
	colUntil
	columns
)

var columnNames = [columns]string{
	"source", "target", "source_variants", "target_variants", "forbidden", "type", "pos", "case", "note",
	"domain", "keep", "key", "see", "source_forbidden", "source_proposed", "proposed",
	"term_note", "term_source", "valid_from", "valid_until",
}

// otherNames are the heads that other tools give our columns.
var otherNames = map[string]int{
	"sourcestring": colSource, "source_term": colSource, "term": colSource,
	"targetstring": colTarget, "target_term": colTarget, "translation": colTarget,
	"description": colNote, "comment": colNote, "definition": colNote, "notes": colNote,
	"part_of_speech": colPOS, "synonyms": colTargetVariants, "source_synonyms": colSourceVariants,
	"target_forbidden": colForbidden, "target_proposed": colProposed, "subject": colDomain, "subject_field": colDomain,
	"do_not_translate": colKeep, "see_also": colSee,
}

// termColumns say where the terms of a row stand, in their order.
var termColumns = []struct {
	column int
	side   tm.Side
	status tm.TermStatus
}{
	{colSource, tm.SourceSide, tm.Preferred},
	{colSourceVariants, tm.SourceSide, tm.Admitted},
	{colSourceForbidden, tm.SourceSide, tm.ForbiddenTerm},
	{colSourceProposed, tm.SourceSide, tm.Proposed},
	{colTarget, tm.TargetSide, tm.Preferred},
	{colTargetVariants, tm.TargetSide, tm.Admitted},
	{colForbidden, tm.TargetSide, tm.ForbiddenTerm},
	{colProposed, tm.TargetSide, tm.Proposed},
}

func isTermColumn(column int) bool {
	for _, t := range termColumns {
		if t.column == column {
			return true
		}
	}
	return false
}

// A rowReader gives the rows of a table: their cells, io.EOF after the last.
type rowReader interface {
	next() ([]string, error)
	number() int // of the row given last, from 1
}

// glossaryReader is one run of [ReadTerms].
type glossaryReader struct {
	problems
	pairChecker
	table    rowReader
	at       [columns]int // where each column stands; -1 for absent
	width    int
	concepts []tm.Concept
	numbers  []int // rows of the concepts
}

func readTermRows(table rowReader, src, tgt language.Tag) ([]tm.Concept, []RowProblem, error) {
	g := glossaryReader{table: table, pairChecker: newPairChecker(src, tgt)}
	if err := g.run(); err != nil {
		return nil, g.list(), err
	}
	g.checkKeys(g.concepts, g.numbers)
	return g.concepts, g.list(), nil
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
			return tm.NewError(tm.TooLarge, "exchange.too_many_rows", "limit", maxConcepts, "row", g.table.number())
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

// problem tells about the row being read, once where one cell is about several
// terms.
func (g *glossaryReader) problem(code string, pairs ...any) {
	row, n := g.table.number(), len(g.told)
	g.add(row, code, pairs...)
	if n > 0 && len(g.told) > n && g.told[n-1].Row == row && reflect.DeepEqual(g.told[n-1], g.told[n]) {
		g.told = g.told[:n]
	}
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
	if !g.usable(cells) {
		return
	}
	if len(cells) > g.width {
		g.problem("row_long", "value", clip(strings.Join(cells[g.width:], " ")))
	}
	c := tm.Concept{
		Key:    g.cell(cells, colKey),
		Type:   tm.TermType(strings.ToLower(g.cell(cells, colType))),
		Domain: g.cell(cells, colDomain),
		Note:   g.cell(cells, colNote),
		Keep:   g.keep(g.cell(cells, colKeep)),
		See:    splitList(g.cell(cells, colSee)),
		Terms:  g.terms(cells),
	}
	if c.Type == "" {
		c.Type = tm.PlainTerm
	}
	row := g.table.number()
	g.check(&g.problems, &c, row)
	g.checkForbidden(&c, row)
	if len(c.Terms) > 0 {
		g.concepts = append(g.concepts, c)
		g.numbers = append(g.numbers, row)
	}
}

// usable reports whether all texts of a row can stand in a glossary, and tells
// why not. Only notes have several lines.
func (g *glossaryReader) usable(cells []string) bool {
	for column, i := range g.at {
		if i < 0 || i >= len(cells) {
			continue
		}
		bad := unicode.IsControl
		if column == colNote || column == colTermNote {
			bad = func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
		}
		cell := strings.TrimSpace(cells[i])
		if strings.ContainsFunc(cell, bad) {
			g.problem("control", "column", columnNames[column])
			return false
		}
		if len(cell) > maxTermBytes && isTermColumn(column) && !g.short(cell) {
			return false
		}
	}
	return true
}

func (g *glossaryReader) short(cell string) bool {
	for _, term := range splitList(cell) {
		if len(term) > maxTermBytes {
			g.problem("term_long", "term", clip(term), "limit", maxTermBytes)
			return false
		}
	}
	return true
}

func (g *glossaryReader) terms(cells []string) []tm.Term {
	var terms []tm.Term
	for _, t := range termColumns {
		tag := g.src
		if t.side == tm.TargetSide {
			tag = g.tgt
		}
		for i, text := range splitList(g.cell(cells, t.column)) {
			status := t.status
			if i > 0 && status == tm.Preferred {
				status = tm.Admitted // a list of preferred terms: the first is it
			}
			terms = append(terms, tm.Term{Lang: tag, Text: text, Status: status, Case: tm.CaseAuto})
		}
	}
	g.each(cells, colPOS, terms, func(t *tm.Term, v string) { t.POS = v })
	g.each(cells, colCase, terms, func(t *tm.Term, v string) { t.Case = g.caseRule(v) })
	g.each(cells, colTermNote, terms, func(t *tm.Term, v string) { t.Note = v })
	g.each(cells, colTermSource, terms, func(t *tm.Term, v string) { t.Source = v })
	g.each(cells, colFrom, terms, func(t *tm.Term, v string) { t.From = g.day(v) })
	g.each(cells, colUntil, terms, func(t *tm.Term, v string) { t.Until = g.day(v) })
	for i := range terms {
		if t := &terms[i]; !t.Until.IsZero() && t.Until.Before(t.From) {
			g.problem("dates_reversed", "term", clip(t.Text))
		}
	}
	return terms
}

// each hands the values of a column to the terms they are about.
func (g *glossaryReader) each(cells []string, column int, terms []tm.Term, set func(*tm.Term, string)) {
	cell := g.cell(cells, column)
	if cell == "" || len(terms) == 0 {
		return
	}
	values := splitCell(cell)
	if len(values) != len(terms) {
		value := values[0]
		if len(values) > 1 {
			value = cell
			g.problem("list_uneven", "column", columnNames[column])
		}
		values = slices.Repeat([]string{value}, len(terms))
	}
	for i := range terms {
		if values[i] != "" {
			set(&terms[i], values[i])
		}
	}
}

func (g *glossaryReader) caseRule(value string) tm.TermCase {
	switch rule := tm.TermCase(strings.ToLower(value)); rule {
	case tm.CaseAuto, tm.CaseExact:
		return rule
	}
	g.problem("case_unknown", "value", clip(value))
	return tm.CaseAuto
}

func (g *glossaryReader) keep(value string) bool {
	switch strings.ToLower(value) {
	case keepYes, "y", "true", "1", "x", "بله":
		return true
	case "", "no", "n", "false", "0", "خیر":
		return false
	}
	g.problem("keep_unknown", "value", clip(value))
	return false
}

func (g *glossaryReader) day(value string) time.Time {
	day, ok := parseDay(value)
	if !ok {
		g.problem("date_unknown", "value", clip(value))
	}
	return day
}

// splitCell divides a cell at "|". A bar that belongs to a value has a backslash
// before it, and backslashes before a bar are doubled; others stand for
// themselves.
func splitCell(cell string) []string {
	if !strings.Contains(cell, "|") {
		return []string{strings.TrimSpace(cell)}
	}
	var values []string
	var value strings.Builder
	for cell != "" {
		bar := strings.IndexByte(cell, '|')
		if bar < 0 {
			break
		}
		text := strings.TrimRight(cell[:bar], `\`)
		slashes := bar - len(text)
		value.WriteString(text + cell[len(text):len(text)+slashes/2])
		if slashes%2 == 1 {
			value.WriteByte('|')
		} else {
			values = append(values, strings.TrimSpace(value.String()))
			value.Reset()
		}
		cell = cell[bar+1:]
	}
	value.WriteString(cell)
	return append(values, strings.TrimSpace(value.String()))
}

// splitList is splitCell without empty values.
func splitList(cell string) []string {
	if cell == "" {
		return nil
	}
	values := slices.DeleteFunc(splitCell(cell), func(v string) bool { return v == "" })
	if len(values) == 0 {
		return nil
	}
	return values
}

// joinCell is the inverse of splitCell.
func joinCell(values []string) string {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteByte('|')
		}
		for bar := strings.IndexByte(v, '|'); bar >= 0; bar = strings.IndexByte(v, '|') {
			text := strings.TrimRight(v[:bar], `\`)
			b.WriteString(v[:bar] + v[len(text):bar] + `\|`)
			v = v[bar+1:]
		}
		b.WriteString(v)
		if i < len(values)-1 {
			b.WriteString(v[len(strings.TrimRight(v, `\`)):])
		}
	}
	return b.String()
}
