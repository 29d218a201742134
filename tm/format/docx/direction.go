package docx

import (
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/bidi"

	"tarjoman/tm/format/internal/xmlspan"
	"tarjoman/tm/lang"
)

// A direction is what the target asks of translated paragraphs.
type direction uint8

const (
	asIs        direction = iota // no target is known: keep what the original has
	leftToRight                  // undo what right-to-left text had
	rightToLeft
)

func directionOf(target language.Tag) direction {
	switch {
	case target == language.Tag{}:
		return asIs
	case lang.RTL(target):
		return rightToLeft
	}
	return leftToRight
}

// A stretch is a part of a text that goes into runs of one direction, up to the
// byte to.
type stretch struct {
	to  int
	rtl bool
}

// stretches cuts text at changes of script (PERSIAN.md G7). Runs of Word carry
// their direction, so what has none of its own follows its neighbours: between
// two words of the other script it goes with them ("Human Rights Watch" stays
// one stretch), else with the paragraph, whose direction is rtl. Digits of ASCII
// that touch or follow a Latin word belong to it ("COVID-19", "3M"), as do + and
// # at its end ("C++"); those of Persian and Arabic are right-to-left.
func stretches(text string, rtl bool) []stretch {
	var out []stretch
	last := rtl // direction of the last strong character
	at := 0     // its end
	digits := 0 // start of the ASCII digits that end at number
	number := -1
	for i, r := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		dir, strong := directionOfRune(r, last)
		if (r == '+' || r == '#') && !last && i == at {
			dir, strong = false, true
		}
		if !strong {
			if r >= '0' && r <= '9' {
				if number != i {
					digits = i
				}
				number = i + size
			}
			continue
		}
		if dir != last {
			cut := at // what stands between goes with the paragraph
			if dir != rtl {
				cut = i
				if number == i && !dir {
					cut = digits
				}
			}
			out = grow(out, cut, last)
		}
		last, at = dir, i+size
	}
	if last != rtl {
		out = grow(out, at, last)
	}
	return grow(out, len(text), rtl)
}

func grow(out []stretch, to int, rtl bool) []stretch {
	from := 0
	if n := len(out); n > 0 {
		from = out[n-1].to
	}
	switch n := len(out); {
	case to <= from:
	case n > 0 && out[n-1].rtl == rtl:
		out[n-1].to = to
	default:
		out = append(out, stretch{to, rtl})
	}
	return out
}

// directionOfRune returns the direction of a character; last is that of the
// strong one before it. What is not strong waits for its neighbours.
func directionOfRune(r rune, last bool) (rtl, strong bool) {
	switch {
	case r >= '\u06F0' && r <= '\u06F9', r >= '\u0660' && r <= '\u066C': // Arabic digits, ٪ ٫ ٬
		return true, true
	case r == '\u200E' || r == '\u200F' || r == '\u061C': // marks, no letters
		return false, false
	}
	p, _ := bidi.LookupRune(r)
	switch p.Class() {
	case bidi.L:
		return false, true
	case bidi.R, bidi.AL:
		return true, true
	case bidi.EN:
		return last, !last
	case bidi.NSM:
		return last, true
	}
	return false, false
}

// table mirrors a table that holds translations, or turns it back.
func (s *story) table(n *xmlspan.Node) {
	pr := child(n, "tblPr")
	if pr == nil || s.dir == asIs {
		return
	}
	s.amend(pr, tableOrder, []change{{"bidiVisual", s.when(newTagger(n).empty("bidiVisual"))}})
}

// when returns markup that only a right-to-left target wants.
func (s *story) when(markup string) string {
	if s.dir == rightToLeft {
		return markup
	}
	return ""
}

// endSection turns the columns and the gutter of a section with translations.
func (s *story) endSection(n *xmlspan.Node) {
	translated := s.done > s.section
	s.section = s.done
	if !translated || s.dir == asIs {
		return
	}
	t := newTagger(n)
	gutter := ""
	if g := attr(child(n, "pgMar"), "gutter"); g != "" && g != "0" {
		gutter = s.when(t.empty("rtlGutter"))
	}
	s.amend(n, sectionOrder, []change{{"bidi", s.when(t.empty("bidi"))}, {"rtlGutter", gutter}})
}

// amendParagraph gives the properties of a translated paragraph the direction
// of the target. Indents, tabs and numbering follow it without a change.
func (s *story) amendParagraph(p *para, t tagger) {
	if s.dir == asIs {
		return
	}
	bidi := s.when(t.empty("bidi"))
	pStyle := attr(child(p.pPr, "pStyle"), "val")
	if bidi == "" && s.styles.bidi(pStyle) {
		bidi = t.empty("bidi", "val", "0")
	}
	mark := ""
	if s.dir == rightToLeft || child(p.pPr, "rPr") != nil {
		mark = s.dressMark(p, t)
	}
	if p.pPr == nil {
		if bidi == "" {
			return
		}
		s.edits.Replace(p.node.OpenEnd, p.node.OpenEnd, xmlspan.Raw(t.open("pPr")+bidi+mark+t.close("pPr")))
		return
	}
	changes := []change{{"bidi", bidi}, {"rPr", mark}}
	if jc := s.justification(child(p.pPr, "jc"), t); jc != "" {
		changes = append(changes, change{"jc", jc})
	}
	s.amend(p.pPr, paragraphOrder, changes)
}

// justification says "start" where a left-to-right original says "left", so
// that the text begins at the right; "center" and "both" need no change.
func (s *story) justification(jc *xmlspan.Node, t tagger) string {
	if jc == nil || s.dir != rightToLeft {
		return ""
	}
	switch attr(jc, "val") {
	case "left":
		return t.empty("jc", "val", "start")
	case "right":
		return t.empty("jc", "val", "end")
	}
	return ""
}
