package qa

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// bidiDisplay tells where a mark of the target will show on the wrong side when
// the text is displayed in the direction of its language (PERSIAN.md D4, G6):
// the percent sign of «۹۰٪ مردم», the minus of «-۵», the ends of «۱۹۷۹-۱۹۸۹» at
// the start. The text itself is right, and marks of direction are never stored
// to change its display (G2), so there is no fix. Args: text, the mark, and seen,
// what readers will see, which displays the same way anywhere.
func bidiDisplay(p *Pair) []tm.Issue {
	rtl := lang.RTL(p.TargetLang)
	if !twoDirections(p.Target.Text, rtl) {
		return nil
	}
	d := newDraft(p.Target.Text, merged(append(guardedSpans(p.Target.Text), codeSpans(p.Target)...)))
	var issues []tm.Issue
	for from := 0; from < len(d.glyphs); {
		to := from
		for to < len(d.glyphs) && !lineEnd(d.glyphs[to].r) {
			to++
		}
		if s := newShown(d, from, to, rtl); s != nil {
			s.look()
			issues = append(issues, s.issues...)
		}
		from = to + 1
	}
	return issues
}

// twoDirections reports whether text may hold something that runs against its
// direction. Most texts do not, and this is cheap.
func twoDirections(text string, rtl bool) bool {
	if !rtl {
		return strings.ContainsFunc(text, rightToLeft)
	}
	return strings.ContainsAny(text, "%-٪−") || strings.ContainsFunc(text, latin)
}

// rightToLeft reports whether r is of a block of letters written from right to
// left.
func rightToLeft(r rune) bool {
	return 0x0590 <= r && r <= 0x08FF || 0xFB1D <= r && r <= 0xFDFF || 0xFE70 <= r && r <= 0xFEFC
}

// lineEnd reports whether r ends a paragraph of the bidirectional algorithm.
func lineEnd(r rune) bool {
	return r == '\n' || r == '\r' || 0x1C <= r && r <= 0x1E || r == 0x85 || r == 0x2029
}

// shown is a line with the levels that its characters display at.
type shown struct {
	*draft
	from, to int // its glyphs
	rtl      bool
	levels   []uint8
	issues   []tm.Issue
}

// longestShown bounds the lines looked at; a longer one is no sentence.
const longestShown = 5000

// newShown lays the line out; nil when it is empty, too long or arranged by hand.
func newShown(d *draft, from, to int, rtl bool) *shown {
	if from == to || to-from > longestShown {
		return nil
	}
	line := make([]rune, 0, to-from)
	for _, g := range d.glyphs[from:to] {
		line = append(line, g.r)
	}
	levels, ok := displayLevels(line, rtl)
	if !ok {
		return nil
	}
	return &shown{draft: d, from: from, to: to, rtl: rtl, levels: levels}
}

// turned reports whether glyph i displays against the direction of the line.
func (s *shown) turned(i int) bool {
	return !s.outside(i) && s.levels[i-s.from]%2 == 0 == s.rtl
}

// outside reports whether glyph i does not belong to the line.
func (s *shown) outside(i int) bool { return i < s.from || i >= s.to }

// wrong reports the mark at glyphs i..j with what is seen of it and around it.
func (s *shown) wrong(i, j int, seen string) {
	a, b := s.glyphs[i].from, s.glyphs[j-1].to
	s.issues = append(s.issues, tm.Issue{Side: tm.TargetSide, From: a, To: b,
		Args: map[string]any{"text": s.text[a:b], "seen": seen}})
}

// seen writes glyphs from..to as they display.
func (s *shown) seen(from, to int) string { return s.arranged(from, to, s.rtl) }

// arranged writes glyphs from..to from left to right: every run in an isolate of
// its own direction, so that the order of the runs on the screen is theirs in the
// result, from the last to the first when reversed.
func (s *shown) arranged(from, to int, reversed bool) string {
	const (
		ltrIsolate = "\u2066"
		rtlIsolate = "\u2067"
		endIsolate = "\u2069"
	)
	var runs []string
	for i := from; i < to; {
		j := i
		for j < to && s.turned(j) == s.turned(i) {
			j++
		}
		mark := ltrIsolate
		if s.turned(i) != s.rtl {
			mark = rtlIsolate
		}
		runs = append(runs, mark+s.text[s.glyphs[i].from:s.glyphs[j-1].to]+endIsolate)
		i = j
	}
	if reversed {
		slices.Reverse(runs)
	}
	return ltrIsolate + strings.ToValidUTF8(strings.Join(runs, ""), string(utf8.RuneError)) + endIsolate
}
