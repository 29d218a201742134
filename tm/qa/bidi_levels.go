package qa

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// displayLevels returns the embedding level of each character of a line, as the
// Unicode bidirectional algorithm (UAX #9, rules W1 to I2) gives it: even levels
// display from left to right, odd ones from right to left. ok is false for a line
// with embeddings, overrides or isolates, whose writer has arranged the display.
//
// The classes come from x/text; its own paragraphs pair no brackets (rule N0), so
// they cannot tell how «Reuters (AFP)» shows.
func displayLevels(line []rune, rtl bool) (levels []uint8, ok bool) {
	l := bidiLine{runes: line, base: bidi.L}
	if rtl {
		l.base = bidi.R
	}
	for i, r := range line {
		props, _ := bidi.LookupRune(r)
		class := props.Class()
		switch class {
		case bidi.LRO, bidi.RLO, bidi.LRE, bidi.RLE, bidi.PDF, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI:
			return nil, false
		case bidi.BN:
			continue // X9: as if not there
		}
		l.at, l.classes = append(l.at, i), append(l.classes, class)
	}
	l.weak()
	l.numbersAmidLatin()
	l.brackets()
	l.neutrals()
	return l.levels(), true
}

// bidiLine is a line on its way through the algorithm. Characters that the
// algorithm does not see are left out: at gives the place of the others in runes.
type bidiLine struct {
	runes   []rune
	base    bidi.Class // L or R
	at      []int
	classes []bidi.Class
}

// weak is W1 to W6: marks, numbers and the signs beside them.
func (l *bidiLine) weak() {
	c := l.classes
	strong, before := l.base, l.base
	for i := range c {
		switch c[i] {
		case bidi.NSM:
			c[i] = before // W1
		case bidi.EN:
			if strong == bidi.AL {
				c[i] = bidi.AN // W2
			}
		}
		before = c[i]
		if strongClass(c[i]) {
			strong = c[i]
		}
	}
	for i := range c {
		if c[i] == bidi.AL {
			c[i] = bidi.R // W3
		}
	}
	for i := 1; i+1 < len(c); i++ { // W4
		number := c[i-1] == bidi.EN || c[i] == bidi.CS && c[i-1] == bidi.AN
		if number && c[i+1] == c[i-1] && (c[i] == bidi.ES || c[i] == bidi.CS) {
			c[i] = c[i-1]
		}
	}
	for i := 0; i < len(c); i++ { // W5
		end := i
		for end < len(c) && c[end] == bidi.ET {
			end++
		}
		if end > i && (i > 0 && c[i-1] == bidi.EN || end < len(c) && c[end] == bidi.EN) {
			fill(c[i:end], bidi.EN)
		}
		i = max(i, end-1)
	}
	for i := range c { // W6
		if c[i] == bidi.ES || c[i] == bidi.ET || c[i] == bidi.CS {
			c[i] = bidi.ON
		}
	}
}

// numbersAmidLatin is W7: a number behind Latin letters goes with them.
func (l *bidiLine) numbersAmidLatin() {
	strong := l.base
	for i, c := range l.classes {
		if strongClass(c) {
			strong = c
		}
		if c == bidi.EN && strong == bidi.L {
			l.classes[i] = bidi.L
		}
	}
}

func strongClass(c bidi.Class) bool { return c == bidi.L || c == bidi.R || c == bidi.AL }

// strongSide returns the direction that a class stands for among neutrals, where
// numbers count as R, and ok false for a neutral.
func strongSide(c bidi.Class) (side bidi.Class, ok bool) {
	switch c {
	case bidi.L:
		return bidi.L, true
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R, true
	}
	return c, false
}

// brackets is N0: both brackets of a pair go the same way, that of the line when
// anything inside does, else that of what is inside if it goes on from before.
func (l *bidiLine) brackets() {
	for _, p := range l.bracketPairs() {
		with, against := false, false
		for _, c := range l.classes[p.from+1 : p.to] {
			side, ok := strongSide(c)
			with, against = with || ok && side == l.base, against || ok && side != l.base
		}
		side := l.base
		if !with && against {
			side = l.sideBefore(p.from)
		}
		if with || against {
			l.classes[p.from], l.classes[p.to] = side, side
		}
	}
}

func (l *bidiLine) sideBefore(i int) bidi.Class {
	for i--; i >= 0; i-- {
		if side, ok := strongSide(l.classes[i]); ok {
			return side
		}
	}
	return l.base
}

// bracketPairs returns the pairs of BD16 in the order of their opening brackets.
func (l *bidiLine) bracketPairs() []span {
	const deepest = 63
	var open []int
	var pairs []span
	for i, c := range l.classes {
		props, _ := bidi.LookupRune(l.rune(i))
		switch {
		case c != bidi.ON || !props.IsBracket():
		case props.IsOpeningBracket():
			if open = append(open, i); len(open) > deepest {
				return nil
			}
		default:
			for k := len(open) - 1; k >= 0; k-- {
				if l.rune(i) == closing(l.rune(open[k])) {
					pairs = append(pairs, span{open[k], i})
					open = open[:k]
					break
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b span) int { return a.from - b.from })
	return pairs
}

func (l *bidiLine) rune(i int) rune { return l.runes[l.at[i]] }

// closing returns the bracket that closes an opening one.
func closing(open rune) rune { return []rune(bidi.ReverseString(string(open)))[0] }

// neutrals is N1 and N2: what stands between two of the same direction takes it,
// all else that of the line.
func (l *bidiLine) neutrals() {
	for i := 0; i < len(l.classes); i++ {
		end := i
		for end < len(l.classes) {
			if _, ok := strongSide(l.classes[end]); ok {
				break
			}
			end++
		}
		if end == i {
			continue
		}
		side, after := l.sideBefore(i), l.base
		if end < len(l.classes) {
			after, _ = strongSide(l.classes[end])
		}
		if side != after {
			side = l.base
		}
		fill(l.classes[i:end], side)
		i = end - 1
	}
}

// levels is I1 and I2. Characters that were left out take the level before them.
func (l *bidiLine) levels() []uint8 {
	levels := make([]uint8, len(l.runes))
	base := uint8(0)
	if l.base == bidi.R {
		base = 1
	}
	level, next := base, 0
	for i := range levels {
		if next < len(l.at) && l.at[next] == i {
			level = base + step(base, l.classes[next])
			next++
		}
		levels[i] = level
	}
	return levels
}

func step(base uint8, c bidi.Class) uint8 {
	switch {
	case base == 0 && c == bidi.R, base == 1 && c != bidi.R:
		return 1
	case base == 0 && c != bidi.L:
		return 2
	}
	return 0
}

func fill(classes []bidi.Class, c bidi.Class) {
	for i := range classes {
		classes[i] = c
	}
}
