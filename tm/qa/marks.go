package qa

import "strings"

// quotes turns "…" and “…” around Persian words into «…». Straight quotes are
// paired in order, and only when their number is even; inside «…» English
// quotes are the inner ones and stay.
func quotes(d *draft) {
	d.quotePairs(d.straightQuotes())
	d.quotePairs(d.curlyQuotes())
}

// straightQuotes returns the pairs of "; none when their number is odd.
func (d *draft) straightQuotes() []span {
	var at []int
	for i, g := range d.glyphs {
		if g.r == '"' && !g.keep {
			at = append(at, i)
		}
	}
	if len(at)%2 != 0 {
		return nil
	}
	var list []span
	for k := 0; k < len(at); k += 2 {
		list = append(list, span{at[k], at[k+1]})
	}
	return list
}

func (d *draft) curlyQuotes() []span {
	var list []span
	open := -1
	for i, g := range d.glyphs {
		switch {
		case open < 0 && (g.r == '“' || g.r == '„'):
			open = i
		case open >= 0 && (g.r == '”' || g.r == '“'):
			list = append(list, span{open, i})
			open = -1
		}
	}
	return list
}

func (d *draft) quotePairs(list []span) {
	inner := d.insideGuillemets()
	for _, q := range list {
		if inner[q.from] || !d.has(q.from, q.to, persian) {
			continue
		}
		from, to := d.glyphs[q.from], d.glyphs[q.to]
		d.fix("latin_quotes", q.from, q.to+1, "«"+d.text[from.to:to.from]+"»")
		d.glyphs[q.from].r, d.glyphs[q.to].r = '«', '»'
	}
}

// insideGuillemets marks the glyphs between « and ».
func (d *draft) insideGuillemets() []bool {
	inside := make([]bool, len(d.glyphs))
	depth := 0
	for i, g := range d.glyphs {
		switch g.r {
		case '«':
			depth++
		case '»':
			depth--
		}
		inside[i] = depth > 0
	}
	return inside
}

var latinMarks = map[rune]letterFix{
	',': {"latin_comma", '،'},
	';': {"latin_semicolon", '؛'},
	'?': {"latin_question", '؟'},
}

// marks puts the Persian comma, semicolon and question mark behind Persian
// text: what stands before the mark decides.
func marks(d *draft) {
	for i, g := range d.glyphs {
		fix, ok := latinMarks[g.r]
		if !ok || g.keep || g.r == ',' && digit(d.at(i-1)) && digit(d.at(i+1)) || !d.persianBefore(i) {
			continue
		}
		d.replace(fix.code, i, fix.want)
	}
}

// persianBefore reports whether a mark at i ends Persian text: a letter, a
// Persian number, or a closing bracket not amid Latin text stands before it.
func (d *draft) persianBefore(i int) bool {
	k := i - 1
	for k > i-sight && (blank(d.at(k)) || mark(d.at(k)) || latinMarks[d.at(k)].code != "") {
		k--
	}
	r := d.at(k)
	switch {
	case d.kept(k):
		return false
	case persian(r), persianNumeral(r), strings.ContainsRune("،؛؟٪!…", r) && r != 0:
		return true
	case digit(r): // a Latin number left alone for its Latin neighbours
		return false
	case r == 0 || !closer(r):
		return false
	}
	for k > i-sight && closer(d.at(k)) {
		k--
	}
	if !latin(d.at(k)) {
		return true
	}
	next := i + 1
	for blank(d.at(next)) {
		next++
	}
	return !latin(d.at(next))
}

// ellipses makes … of three dots and – of two hyphens in Persian text.
func ellipses(d *draft) {
	for i := 0; i < len(d.glyphs); i++ {
		r, end := d.at(i), i
		if r != '.' && r != '-' {
			continue
		}
		for d.at(end) == r {
			end++
		}
		if d.kept(i) || d.latinAround(i, end) {
			i = end - 1
			continue
		}
		switch {
		case r == '.' && end-i == 3:
			d.merge("three_dots", i, end, '…')
		case r == '-' && end-i == 2:
			d.merge("double_hyphen", i, end, '–')
		}
		i = end - 1
	}
}

// merge reports glyphs i..j and puts one character in their place.
func (d *draft) merge(code string, i, j int, r rune) {
	d.fix(code, i, j, string(r))
	d.glyphs[i].r, d.glyphs[i].to = r, d.glyphs[j-1].to
	d.delete(i+1, j)
}

// latinAround reports whether the mark at i..end belongs to Latin text: the
// nearest word before it is Latin, or there is none and the next one is. A
// hyphen that touches a Latin letter, as in --help, does too.
func (d *draft) latinAround(i, end int) bool {
	if latin(d.at(end)) || latin(d.at(i-1)) {
		return true
	}
	for k := i - 1; k >= max(0, i-sight); k-- {
		if wordRune(d.at(k)) {
			return latin(d.at(k))
		}
	}
	for k := end; k < min(len(d.glyphs), end+sight); k++ {
		if wordRune(d.at(k)) {
			return latin(d.at(k))
		}
	}
	return false
}

// repeatedMarks reports !! ؟؟ ،، and two dots; «؟!» is fine.
func repeatedMarks(d *draft) {
	for i := 0; i < len(d.glyphs); i++ {
		r, end := d.at(i), i
		for end < len(d.glyphs) && d.at(end) == r {
			end++
		}
		if !d.kept(i) && (end-i > 1 && strings.ContainsRune("!؟،؛", r) || r == '.' && end-i == 2) {
			d.note("repeated_punct", i, end)
		}
		i = end - 1
	}
}
