package qa

import "strings"

// spaces makes one space of several.
func spaces(d *draft) {
	for i := 0; i < len(d.glyphs); i++ {
		end := i
		for blank(d.at(end)) && !d.kept(end) {
			end++
		}
		if end-i < 2 {
			continue
		}
		d.fix("double_space", i, end, " ")
		d.glyphs[i].r = ' '
		d.delete(i+1, end)
		i = end - 1
	}
}

// spacesAroundMarks removes the space before a mark and adds the missing one
// after it.
func spacesAroundMarks(d *draft) {
	reversed := d.reversed()
	for i := 0; i < len(d.glyphs); i++ {
		if d.kept(i) {
			continue
		}
		if i > 1 && blank(d.at(i-1)) && d.spacelessMark(i) {
			d.remove("space_before_punct", i-1, i)
		}
		if d.needsSpace(i) && !strings.ContainsRune(reversed, d.at(i+1)) {
			d.insertAfter("missing_space_after_punct", i, ' ')
		}
	}
}

// spacelessMark reports whether the mark at i should not have a space before
// it. An ellipsis may.
func (d *draft) spacelessMark(i int) bool {
	r, next := d.at(i), d.at(i+1)
	switch r {
	case '،', '؛', '؟', '٪':
		return true
	case ':':
		return next != ')' && next != '(' && next != ':' && next != '/' && !latin(next) && next != '-'
	case '!':
		return !latin(next) && next != '='
	case '.':
		spaced := d.at(i-2) == '.' || blank(next) && d.at(i+2) == '.' // an ellipsis like «. . .»
		return !spaced && (next == 0 || space(next) || closer(next))
	}
	return false
}

// needsSpace reports whether a space is missing behind the mark at i.
func (d *draft) needsSpace(i int) bool {
	next := d.at(i + 1)
	switch d.at(i) {
	case '،', '؛', '؟', '!', ':':
		return i > 0 && (persian(next) || next == '«')
	case '.':
		return persian(next) && d.sentenceEnds(i)
	}
	return false
}

// sentenceEnds reports whether the dot at i stands between words of two letters
// or more that are no abbreviation, as in «رفت.او».
func (d *draft) sentenceEnds(i int) bool {
	before, after := 0, 0
	for wordRune(d.at(i - 1 - before)) {
		before++
	}
	for wordRune(d.at(i + 1 + after)) {
		after++
	}
	return before >= 2 && after >= 2 && persian(d.lastLetter(i-1)) &&
		d.at(i-1-before) != '.' && !(d.at(i+1+after) == '.' && persian(d.at(i+2+after)))
}

func (d *draft) lastLetter(i int) rune {
	for mark(d.at(i)) {
		i--
	}
	return d.at(i)
}

const (
	pairOpeners = "«([“"
	pairClosers = "»)]”"
)

// spacesInsidePairs removes the space behind an opening and before a closing
// mark. Reversed pairs are only reported, see pairs.
func spacesInsidePairs(d *draft) {
	reversed := d.reversed()
	for i := 0; i < len(d.glyphs); i++ {
		r := d.at(i)
		switch {
		case d.kept(i) || strings.ContainsRune(reversed, r):
		case strings.ContainsRune(pairOpeners, r) && blank(d.at(i+1)) && !d.emptyBox(i+1):
			d.remove("space_inside_pair", i+1, i+2)
		case i > 1 && strings.ContainsRune(pairClosers, r) && blank(d.at(i-1)) && !d.emptyBox(i-1) && !d.smiley(i):
			d.remove("space_inside_pair", i-1, i)
		}
	}
}

// emptyBox reports whether the space at i is all that a bracket holds: [ ].
func (d *draft) emptyBox(i int) bool {
	return i > 0 && strings.ContainsRune(pairOpeners, d.at(i-1)) && strings.ContainsRune(pairClosers, d.at(i+1))
}

func (d *draft) smiley(i int) bool {
	before := d.at(i - 1)
	return before == ':' || before == ';' || before == '-' && (d.at(i-2) == ':' || d.at(i-2) == ';')
}

// spacesOutsidePairs adds the space between a word and a quotation or bracket.
func spacesOutsidePairs(d *draft) {
	reversed := d.reversed()
	partner := d.partners()
	for i := range d.glyphs {
		r := d.at(i)
		if d.kept(i) || strings.ContainsRune(reversed, r) {
			continue
		}
		switch {
		case (r == '«' || r == '(' && partner[i]) && d.wordEnds(i-1) && !d.attached(i+1):
			d.insertBefore("missing_space_outside_pair", i, ' ')
		case (r == '»' || r == ')' && partner[i] && !d.optionalPrefix(i)) && d.wordBegins(i+1) && !d.attached(i+1):
			d.insertAfter("missing_space_outside_pair", i, ' ')
		}
	}
}

func (d *draft) wordEnds(i int) bool {
	r := d.lastLetter(i)
	return persian(r) || persianNumeral(r) && d.at(i+1) == '«' || persianNumeral(r) && persianNumeral(d.at(i+2)) && persianNumeral(d.at(i-1))
}

func (d *draft) wordBegins(i int) bool {
	return persian(d.at(i)) || persianNumeral(d.at(i)) && d.at(i-1) == '»'
}

// attachments are endings written onto a bracket or quotation: کتاب(ها), «گاردین»ها.
var attachments = wordSet("ها های هایی ی یی ای ان یان ات ام اش مان تان شان اند ند م ت ش")

// optionalPrefixes are written in brackets before the word they may stand with:
// «(غیر)مجاز».
var optionalPrefixes = wordSet("غیر نا بی هم ضد پیش پسا فرا ابر نیمه باز بر در ن ب")

// optionalPrefix reports whether the bracket that closes at i holds just a prefix.
func (d *draft) optionalPrefix(i int) bool {
	from := i
	for wordRune(d.at(from - 1)) {
		from--
	}
	return d.at(from-1) == '(' && optionalPrefixes[d.word(span{from, i})]
}

func (d *draft) attached(i int) bool {
	end := i
	for wordRune(d.at(end)) {
		end++
	}
	ending, _, _ := strings.Cut(d.word(span{i, end}), string(zwnj))
	return d.at(i) == zwnj || attachments[ending]
}
