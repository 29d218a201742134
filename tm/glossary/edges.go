package glossary

import (
	"strings"
	"unicode"
)

// accept tells whether an ending begun at cell i, behind a stem, may end at a
// cell.
func (w *walker) accept(stem []rune, i int) func(int, ending) bool {
	return func(end int, what ending) bool {
		return w.rightEdge(end) && !w.grammar.otherWord(stem, w.text[i:end], what)
	}
}

// acceptAfter is accept for the ending of p: of an exact term it is in small
// letters (US, but not «USES»).
func (w *walker) acceptAfter(p *pattern, i int) func(int, ending) bool {
	accept := w.accept(p.lastWord(), i)
	return func(end int, what ending) bool {
		for _, c := range w.text[i:end] {
			if p.exact && c.upper {
				return false
			}
		}
		return accept(end, what)
	}
}

// otherWord reports whether a stem with a joined ending makes one of the listed
// words (C9), alone or as a plural with something behind it: زندانی, مجازاتش. With
// «ی» the last part of a compound makes one as well (دندان‌پزشکی), with other
// endings it does not: پناه‌جویان has nothing to do with جویان.
func (g *grammar) otherWord(stem []rune, ending []cell, what ending) bool {
	if len(g.other) == 0 || !ending[0].letter() {
		return false
	}
	joined := ending
	for k, c := range ending {
		if !c.letter() {
			joined = ending[:k]
			break
		}
	}
	plural := pluralPart(what.text)
	word := withoutJoints(stem)
	if g.other[word+letters(joined)] || plural != "" && g.other[word+plural] {
		return true
	}
	return len(joined) == 1 && joined[0].r == 'ی' && g.otherPart(afterJoint(stem)) && !g.other["!"+word+"ی"]
}

// otherPart reports whether the last parts of a compound with «ی» are listed.
func (g *grammar) otherPart(stem []rune) bool {
	for ; len(stem) > 0; stem = afterJoint(stem) {
		if g.other[withoutJoints(stem)+"ی"] {
			return true
		}
	}
	return false
}

// afterJoint returns the part of a word after its first ZWNJ or space.
func afterJoint(word []rune) []rune {
	for i, r := range word {
		if r == zwnj || r == ' ' {
			return word[i+1:]
		}
	}
	return nil
}

// withoutJoints writes a word without ZWNJ and spaces.
func withoutJoints(word []rune) string {
	var b strings.Builder
	for _, r := range word {
		if r != zwnj && r != ' ' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// runes returns the characters of cells.
func runes(list []cell) []rune {
	out := make([]rune, len(list))
	for i, c := range list {
		out[i] = c.r
	}
	return out
}

// wordBefore returns the cells of the word that ends before cell i, not before
// start.
func wordBefore(list []cell, start, i int) []cell {
	from := i
	for from > start && list[from-1].r != ' ' {
		from--
	}
	return list[from:i]
}

// agrees reports whether the capitals of the text are those an exact pattern
// asks for.
func (w *walker) agrees(p *pattern, i int) bool {
	if !p.exact {
		return true
	}
	k := 0
	for n, r := range p.text {
		if !unicode.Is(unicode.Latin, r) && !unicode.IsLower(r) {
			continue
		}
		for k < i-w.start && w.text[w.start+k].r != r {
			k++
		}
		if k == i-w.start {
			break // the letter an ending replaced
		}
		if w.text[w.start+k].upper != p.caps[n] {
			return false
		}
		k++
	}
	return true
}

// leftEdge reports whether a term may begin at cell i (C4, C5). «و‌» before a
// Persian word is allowed.
func (w *walker) leftEdge(i int) bool {
	if i == 0 {
		return true
	}
	before := w.text[i-1]
	if w.grammar.joiner && before.r == zwnj {
		return i > 1 && w.text[i-2].r == 'و' && (i == 2 || !w.text[i-3].word())
	}
	if spaceless(before.r) || spaceless(w.text[i].r) {
		return true
	}
	if before.word() {
		return false
	}
	return !(w.text[i].digit() && i > 1 && w.text[i-2].digit() && decimal(before.r))
}

// rightEdge reports whether a term may end before cell i. A term that ends in a
// digit also ends where the number does: Ashraf 3 is not in «Ashraf 3.5».
func (w *walker) rightEdge(i int) bool {
	if i >= len(w.text) {
		return true
	}
	after, last := w.text[i], w.text[i-1]
	if spaceless(after.r) || spaceless(last.r) {
		return true
	}
	if after.word() {
		return false
	}
	return !(last.digit() && decimal(after.r) && i+1 < len(w.text) && w.text[i+1].digit())
}

// decimal reports whether r may stand inside a number, folded.
func decimal(r rune) bool { return r == '.' || r == ',' || r == '/' }
