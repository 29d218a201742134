package glossary

import "slices"

// A found is a pattern met in the text: cells from..to are the bare term, up to
// full with its ending.
type found struct {
	pattern        *pattern
	from, to, full int
	ending         ending
	head           ending // of the first word, inside the term
}

// A walker looks for the patterns of an index in one text.
type walker struct {
	*index
	text  []cell
	start int
	head  ending
	found []found
}

// find returns every pattern that stands in the cells of a text as words, of
// each pattern at each place the form with the longest ending. Cells marked in
// skip, which may be nil, begin nothing.
func (x *index) find(list []cell, skip []bool) []found {
	w := walker{index: x, text: list}
	for i := range list {
		span, ok := x.first[list[i].r]
		if !ok || skip != nil && skip[i] || !w.leftEdge(i) {
			continue
		}
		w.start = i
		w.walk(span[0], span[1], 1, i+1)
	}
	return w.found
}

// walk goes on from cell i with the patterns lo..hi that agree so far in depth
// runes.
func (w *walker) walk(lo, hi, depth, i int) {
	for lo < hi && len(w.patterns[lo].text) == depth {
		w.complete(&w.patterns[lo], i)
		lo++
	}
	if lo == hi || i >= len(w.text) {
		return
	}
	w.swapLetter(lo, hi, depth, i)
	if w.grammar.joiner {
		w.joints(lo, hi, depth, i)
		w.vowelHead(lo, hi, depth, i)
	}
	if l, h := w.narrow(lo, hi, depth, w.text[i].r); l < h {
		w.walk(l, h, depth+1, i+1)
	}
}

// joints takes the ways in which Persian words are put together (C6): a ZWNJ of
// the term is ZWNJ, space or nothing in the text, a space is a space or ZWNJ,
// and nothing between a letter and a digit.
func (w *walker) joints(lo, hi, depth, i int) {
	c, before := w.text[i], w.text[i-1]
	gap := c.r == zwnj || c.r == ' '
	if l, h := w.narrow(lo, hi, depth, zwnj); l < h {
		if c.r == ' ' {
			w.walk(l, h, depth+1, i+1)
		} else if c.r != zwnj {
			w.walk(l, h, depth+1, i)
		}
	}
	// «پاسخ‌گویی» for the term «پاسخگویی», «نیرو های» for «نیروهای».
	if i+1 < len(w.text) && (c.r == zwnj || c.r == ' ' && apartPlural(w.text[i+1:])) {
		if l, h := w.narrow(lo, hi, depth, w.text[i+1].r); l < h {
			w.walk(l, h, depth+1, i+2)
		}
	}
	l, h := w.narrow(lo, hi, depth, ' ')
	if l == h {
		return
	}
	switch {
	case c.r == zwnj:
		w.walk(l, h, depth+1, i+1)
	case !gap && c.word() && c.digit() != before.digit():
		w.walk(l, h, depth+1, i)
	}
	w.inflectedHead(l, h, depth, i)
}

// inflectedHead passes the ending of a word inside a term: of the first word
// what C10 allows, of the others the ezafe after heh. Patterns lo..hi go on with
// the space at depth.
func (w *walker) inflectedHead(lo, hi, depth, i int) {
	first := true
	for _, r := range w.patterns[lo].text[:depth] {
		first = first && r != ' '
	}
	if !first {
		if w.text[i-1].r == 'ه' && i+2 < len(w.text) && w.ezafeGap(i) {
			w.walk(lo, hi, depth+1, i+3)
		}
		return
	}
	for _, t := range []traits{{name: true}, {}} {
		w.headEnding(lo, hi, depth, i, t)
	}
}

// ezafeGap reports whether cells i… are «‌ی » after heh.
func (w *walker) ezafeGap(i int) bool {
	return (w.text[i].r == zwnj || w.text[i].r == ' ') && w.text[i+1].r == 'ی' && w.text[i+2].r == ' '
}

// headEnding walks on behind the longest ending of the head; patterns whose
// traits do not allow it are refused when they are complete.
func (w *walker) headEnding(lo, hi, depth, i int, t traits) {
	word := w.text[w.start:i]
	what, end, ok := w.grammar.head(word, t).at(w.text, i, func(end int, what ending) bool {
		return end < len(w.text) && (w.text[end].r == ' ' || w.text[end].r == zwnj) &&
			!w.grammar.otherWord(runes(word), w.text[i:end], what)
	})
	if !ok {
		return
	}
	saved := w.head
	w.head = what
	w.only(lo, hi, t, func(l, h int) { w.walk(l, h, depth+1, end+1) })
	w.head = saved
}

// only calls visit for the runs of patterns lo..hi whose concept is a name as t
// says.
func (w *walker) only(lo, hi int, t traits, visit func(lo, hi int)) {
	for lo < hi {
		end := lo
		for end < hi && w.patterns[end].traits.name == t.name {
			end++
		}
		if lo < end {
			visit(lo, end)
		}
		lo = end + 1
	}
}

// swapLetter completes terms whose last letter an ending replaces: city in
// «cities», بازمانده in «بازماندگان». The replaced form counts as the bare term.
func (w *walker) swapLetter(lo, hi, depth, i int) {
	g := w.grammar
	if g.swapped == nil {
		return
	}
	if r := w.text[i].r; r != 'i' && r != 'گ' {
		return
	}
	l, h := w.narrow(lo, hi, depth, g.swap)
	for ; l < h && len(w.patterns[l].text) == depth+1; l++ {
		p := &w.patterns[l]
		what, end, ok := g.swapped(p.traits).at(w.text, i, w.accept(p.lastWord()[:len(p.lastWord())-1], i))
		if ok && w.agrees(p, i) {
			w.found = append(w.found, found{p, w.start, w.swapEnd(i, what), end, what, w.head})
		}
	}
	w.swappedHead(l, h, depth, i)
}

// swapEnd is the end of the changed stem with its plural.
func (w *walker) swapEnd(i int, what ending) int {
	n := len([]rune("گان"))
	if len(what.text) > 0 && what.text[0] < 0x80 {
		n = len("ies")
	}
	return i + n
}

// swappedHead goes on behind a first word with گان: «بازماندگان قتل‌عام».
func (w *walker) swappedHead(lo, hi, depth, i int) {
	const n = 3 // letters of گان
	if !w.grammar.joiner || i+n >= len(w.text) || letters(w.text[i:i+n]) != "گان" || w.text[i+n].r != ' ' {
		return
	}
	if l, h := w.narrow(lo, hi, depth+1, ' '); l < h {
		saved := w.head
		w.head = ending{text: "گان", plural: true}
		w.only(l, h, traits{}, func(l, h int) { w.walk(l, h, depth+2, i+n+1) })
		w.head = saved
	}
}

// vowelHead goes on behind a first word listed with its ezafe that stands in the
// plural (C10): «نیروهای ویژه» for the term «نیروی ویژه».
func (w *walker) vowelHead(lo, hi, depth, i int) {
	if r := w.text[i-1].r; r != 'ا' && r != 'و' || depth < minVowelHead {
		return
	}
	l, h := w.narrow(lo, hi, depth, 'ی')
	if l, h = w.narrow(l, h, depth+1, ' '); l == h || slices.Contains(w.patterns[l].text[:depth], ' ') {
		return
	}
	plurals := vowelPlural
	if w.text[i-1].r == 'و' && depth > minVowelHead {
		plurals = vavPlural
	}
	many, end, ok := plurals.at(w.text, i, func(end int, _ ending) bool {
		return end < len(w.text) && (w.text[end].r == ' ' || w.text[end].r == zwnj)
	})
	if !ok {
		return
	}
	saved := w.head
	w.head = many
	if len(pluralPart(many.text)) == 0 {
		w.walk(l, h, depth+2, end+1)
	} else { // names take no joined plural (C8)
		w.only(l, h, traits{}, func(l, h int) { w.walk(l, h, depth+2, end+1) })
	}
	w.head = saved
}

// complete records the pattern that ends before cell i, with its longest
// ending.
func (w *walker) complete(p *pattern, i int) {
	if !w.agrees(p, i) {
		return
	}
	f := found{pattern: p, from: w.start, to: i, full: i, head: w.head}
	ok := w.rightEdge(i)
	if what, end, more := w.ending(p, i); more {
		f.ending, f.full, ok = what, end, true
	}
	if ok {
		w.found = append(w.found, f)
	}
}

// ending reads the longest ending of p at cell i. In Persian a ZWNJ after a
// letter that does not join says nothing: «نیرو‌ی».
func (w *walker) ending(p *pattern, i int) (what ending, end int, ok bool) {
	what, end, ok = p.last.at(w.text, i, w.acceptAfter(p, i))
	if w.grammar.joiner && i+1 < len(w.text) && w.text[i].r == zwnj && separate(w.text[i-1].r) {
		if other, to, more := p.last.at(w.text, i+1, w.acceptAfter(p, i+1)); more && to > end {
			return other, to, true
		}
	}
	return what, end, ok
}
