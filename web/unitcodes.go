package web

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// Inline codes are typed as {1> text <1} for a pair and {2} for one that stands
// alone: the same in both directions of writing, for the signs turn with the
// text. A text that holds such a sign itself has its brackets doubled.

// writtenCodes finds the signs, each with the run of brackets before it.
var writtenCodes = regexp.MustCompile(`(\{+)([\d۰-۹٠-٩]{1,9})([>}])|(<+)([\d۰-۹٠-٩]{1,9})(\})`)

// writeCodes writes a content as people edit it.
func writeCodes(c tm.Content) string {
	var b strings.Builder
	at := 0
	for _, code := range c.Codes {
		b.WriteString(escapeCodes(c.Text[at:code.Pos], codeSign(code)))
		b.WriteString(codeSign(code))
		at = code.Pos
	}
	b.WriteString(escapeCodes(c.Text[at:], ""))
	return b.String()
}

func codeSign(c tm.Code) string {
	n := strconv.Itoa(c.ID)
	switch c.Kind {
	case tm.Open:
		return "{" + n + ">"
	case tm.Close:
		return "<" + n + "}"
	}
	return "{" + n + "}"
}

// escapeCodes doubles the brackets of what reads like a sign, and those right
// before a sign.
func escapeCodes(text, next string) string {
	text = writtenCodes.ReplaceAllStringFunc(text, func(s string) string {
		run := len(s) - len(strings.TrimLeft(s, s[:1]))
		return strings.Repeat(s[:1], run) + s
	})
	if next == "" {
		return text
	}
	run := len(text) - len(strings.TrimRight(text, next[:1]))
	return text + strings.Repeat(next[:1], run)
}

// readCodes is the inverse of writeCodes. Codes come from the content that was
// edited; one it does not have stands alone without a type, for the workbench to
// refuse. Digits of numbers may be Persian.
func readCodes(text string, old tm.Content) tm.Content {
	var c tm.Content
	var b strings.Builder
	left := slices.Clone(old.Codes)
	take := func(kind tm.CodeKind, id int) tm.Code {
		for i, code := range left {
			if code.Kind == kind && code.ID == id {
				left = slices.Delete(left, i, i+1)
				return code
			}
		}
		return tm.Code{Kind: kind, ID: id, Type: "format"}
	}
	at := 0
	for _, m := range writtenCodes.FindAllStringSubmatchIndex(text, -1) {
		bracket, number, end, kind := m[2:4], m[4:6], m[1], tm.Alone
		if m[2] < 0 {
			bracket, number, kind = m[8:10], m[10:12], tm.Close
		} else if text[m[6]] == '>' {
			kind = tm.Open
		}
		run := bracket[1] - bracket[0]
		b.WriteString(text[at : bracket[0]+run/2])
		if run%2 == 0 {
			b.WriteString(text[number[0]:end])
		} else if id, err := strconv.Atoi(latinDigits(text[number[0]:number[1]])); err == nil {
			code := take(kind, id)
			code.Pos = b.Len()
			c.Codes = append(c.Codes, code)
		}
		at = end
	}
	b.WriteString(text[at:])
	c.Text = b.String()
	return c
}

// A piece is a stretch of a text as a page shows it: plain, marked, or the chip
// of a code.
type piece struct {
	Text string
	Mark bool
	Chip string // kind of the code: "open", "close", "alone"
	Name string // of the code, for its title
}

// Pieces cuts a content at its codes and marks.
func (p page) Pieces(c tm.Content, marks []workbench.Mark) []piece {
	var list []piece
	at := 0
	text := func(to int) {
		for at < to {
			end, marked := to, false
			for _, m := range marks {
				switch {
				case m.From <= at && at < m.To:
					end, marked = min(end, m.To), true
				case m.From > at:
					end = min(end, m.From)
				}
			}
			list = append(list, piece{Text: c.Text[at:end], Mark: marked})
			at = end
		}
	}
	for _, code := range c.Codes {
		text(code.Pos)
		list = append(list, piece{Text: p.Number(code.ID), Chip: code.Kind.String(), Name: p.CodeName(code)})
	}
	text(len(c.Text))
	return list
}

// CodeName says what an inline code is: "1: bold, begins".
func (p page) CodeName(c tm.Code) string {
	what, how := "editor.code_"+c.Type, "editor.code_is_"+c.Kind.String()
	if !p.Has(what) {
		what = "editor.code_format"
	}
	return p.T(how, "number", c.ID, "type", p.T(what))
}
