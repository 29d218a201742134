package qa

import "strings"

// partners marks the brackets and quotation marks that have a partner.
func (d *draft) partners() []bool {
	matched, _ := d.match()
	return matched
}

// match pairs « » and ( ) by nesting; loose are those without a partner, in
// order. Markers of lists such as «۱)» and smileys are neither.
func (d *draft) match() (matched []bool, loose []int) {
	matched = make([]bool, len(d.glyphs))
	open := map[rune][]int{}
	for i, g := range d.glyphs {
		if g.keep {
			continue
		}
		switch g.r {
		case '«', '(':
			open[g.r] = append(open[g.r], i)
		case '»', ')':
			other := map[rune]rune{'»': '«', ')': '('}[g.r]
			if n := len(open[other]); n > 0 {
				matched[i], matched[open[other][n-1]] = true, true
				open[other] = open[other][:n-1]
			} else if g.r == '»' || !d.listMarker(i) && !d.smiley(i) {
				loose = append(loose, i)
			}
		}
	}
	for i, g := range d.glyphs {
		if (g.r == '«' || g.r == '(' && !d.smiley(i)) && !g.keep && !matched[i] {
			loose = append(loose, i)
		}
	}
	return matched, loose
}

// listMarker reports whether the bracket at i ends a marker at the start of a
// line, «۱)» or «الف)», or a letter behind a space, as in «الف) نخست ب) دوم».
func (d *draft) listMarker(i int) bool {
	n := 0
	for n < 4 && wordRune(d.at(i-1-n)) {
		n++
	}
	before := i - 1 - n
	if n == 0 || n > 3 {
		return false
	}
	letter := n == 1 && persian(d.at(i-1)) || n == 3 && d.word(span{i - 3, i}) == "الف"
	return letter && blank(d.at(before)) || d.lineStart(before)
}

func (d *draft) lineStart(i int) bool {
	for end := i - sight; i >= 0 && i > end && blank(d.at(i)); {
		i--
	}
	return i < 0 || d.at(i) == '\n'
}

// pairs reports « » and ( ) that do not come in pairs, an odd number of
// straight quotes, and pairs that are the wrong way round.
func pairs(d *draft) {
	reversed := d.reversed()
	_, loose := d.match()
	for _, i := range loose {
		if strings.ContainsRune(reversed, d.at(i)) {
			d.note("reversed_pair", i, i+1)
			continue
		}
		d.note("unbalanced_pair", i, i+1)
	}
	straight := 0
	last := 0
	for i, g := range d.glyphs {
		if g.r == '"' && !g.keep {
			straight++
			last = i
		}
	}
	if straight%2 != 0 {
		d.note("unbalanced_pair", last, last+1)
	}
}

// reversed returns the marks that are used the wrong way round: as many opening
// as closing ones, but a closing one comes first, as in »متن«.
func (d *draft) reversed() string {
	var out string
	for _, kind := range []string{"«»", "()"} {
		open, end := []rune(kind)[0], []rune(kind)[1]
		opens, ends, wrong := 0, 0, false
		for i, g := range d.glyphs {
			switch {
			case g.keep || g.r == ')' && (d.listMarker(i) || d.smiley(i)):
			case g.r == open:
				opens++
			case g.r == end:
				ends++
				wrong = wrong || ends > opens
			}
		}
		if wrong && opens == ends {
			out += kind
		}
	}
	return out
}
