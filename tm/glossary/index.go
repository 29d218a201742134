package glossary

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A pattern is one folded spelling of a term.
type pattern struct {
	text    []rune
	caps    []bool // which letters are capitals, when exact
	exact   bool
	concept int32
	term    int32 // index into the terms of the concept
	traits  traits
	plural  bool     // an irregular plural
	last    *endings // those of its last word
}

// lastWord returns the last word of the pattern, with its ZWNJs.
func (p *pattern) lastWord() []rune {
	from := len(p.text)
	for from > 0 && p.text[from-1] != ' ' {
		from--
	}
	return p.text[from:]
}

// An index holds every pattern of one language, sorted, so that walking the
// text narrows a range of it.
type index struct {
	grammar  *grammar
	profile  *lang.Profile
	patterns []pattern
	first    map[rune][2]int // range of the patterns that begin with a rune
}

func newIndex(concepts []tm.Concept, tag language.Tag) *index {
	x := &index{grammar: grammarOf(tag), profile: lang.For(tag)}
	base, _ := tag.Base()
	for c := range concepts {
		for t, term := range concepts[c].Terms {
			if b, _ := term.Lang.Base(); b == base {
				x.add(&concepts[c], c, t, term)
			}
		}
	}
	return x.sort()
}

// newTargetIndex is newIndex that also knows the source terms of concepts that
// are not to be translated: they stand in the target as they are.
func newTargetIndex(concepts []tm.Concept, source, target language.Tag) *index {
	x := newIndex(concepts, target)
	from, _ := source.Base()
	to, _ := target.Base()
	for c := range concepts {
		for t, term := range concepts[c].Terms {
			if b, _ := term.Lang.Base(); concepts[c].Keep && b == from && b != to && term.Status != tm.ForbiddenTerm {
				term.Case = tm.CaseExact
				x.add(&concepts[c], c, t, term)
			}
		}
	}
	return x.sort()
}

// sort brings the patterns into the order that find needs: by their text.
func (x *index) sort() *index {
	slices.SortStableFunc(x.patterns, func(a, b pattern) int { return slices.Compare(a.text, b.text) })
	return x.ranges()
}

// ranges notes where the patterns of each first character stand.
func (x *index) ranges() *index {
	x.first = map[rune][2]int{}
	for i := range x.patterns {
		p := &x.patterns[i]
		span, ok := x.first[p.text[0]]
		if !ok {
			span[0] = i
		}
		span[1] = i + 1
		x.first[p.text[0]] = span
	}
	return x
}

func (x *index) add(c *tm.Concept, concept, term int, t tm.Term) {
	tr := traitsOf(c, t)
	spellings := []string{t.Text}
	if x.grammar.variants != nil {
		spellings = append(spellings, x.grammar.variants(t, tr)...)
	}
	for i, text := range spellings {
		p := x.pattern(text, tr)
		if len(p.text) == 0 {
			continue
		}
		p.concept, p.term, p.traits = int32(concept), int32(term), tr
		p.plural = i > 0 && x.grammar.plurals
		p.exact = x.grammar.cased && (t.Case == tm.CaseExact || acronym(t.Text))
		x.patterns = append(x.patterns, p)
	}
}

func traitsOf(c *tm.Concept, t tm.Term) traits {
	adj := t.POS == "adj" || t.POS == "adjective" || c.Type == "adj"
	return traits{name: c.Type.Name(), adj: adj}
}

// pattern folds a term. Where its language knows ZWNJ, the ezafe after a silent
// heh is left out: «اتحادیه‌ی اروپا» is written «اتحادیهٔ اروپا» as well (A5); and
// an ending written apart is joined by ZWNJ: «گروه های مسلح» (A8).
func (x *index) pattern(text string, t traits) pattern {
	if x.grammar.joiner {
		text = apartFromDigits(text)
	}
	list := trimSpace(x.grammar.cells(x.profile, text))
	kept := list[:0:0]
	for i, c := range list {
		if x.grammar.joiner && (ezafeAt(list, i) || ezafeAt(list, i-1)) {
			continue
		}
		if c.r == ' ' && x.grammar.joiner && apartEnding(list[i+1:]) {
			c.r = zwnj
		}
		kept = append(kept, c)
	}
	p := pattern{text: make([]rune, len(kept)), caps: make([]bool, len(kept))}
	for i, c := range kept {
		p.text[i], p.caps[i] = c.r, c.upper
	}
	if x.grammar.last != nil {
		p.last = x.grammar.last(wordBefore(kept, 0, len(kept)), t)
	}
	return p
}

// apartFromDigits writes a space for the ZWNJ between a letter and a digit of a
// term, which folding would drop and which may be a space in the text (C6):
// «اف‌۱۶» is also written «اف ۱۶».
func apartFromDigits(text string) string {
	if !strings.ContainsRune(text, zwnj) {
		return text
	}
	out := []rune(text)
	for i := 1; i+1 < len(out); i++ {
		before, after := out[i-1], out[i+1]
		if out[i] == zwnj && (unicode.IsLetter(before) && unicode.IsDigit(after) || unicode.IsDigit(before) && unicode.IsLetter(after)) {
			out[i] = ' '
		}
	}
	return string(out)
}

// ezafeAt reports whether «‌ی» after heh begins at cell i and ends its word.
func ezafeAt(list []cell, i int) bool {
	return i > 0 && i+1 < len(list) && list[i-1].r == 'ه' && (list[i].r == zwnj || list[i].r == ' ') &&
		list[i+1].r == 'ی' && (i+2 == len(list) || !list[i+2].word())
}

func trimSpace(list []cell) []cell {
	for len(list) > 0 && list[0].r == ' ' {
		list = list[1:]
	}
	for len(list) > 0 && list[len(list)-1].r == ' ' {
		list = list[:len(list)-1]
	}
	return list
}

// acronym reports whether a term is one word whose letters are all capitals,
// at least two of them or one with a digit: MEK, PMOI/MEK, G7 (C4).
func acronym(term string) bool {
	capitals, digits := 0, 0
	for _, r := range term {
		switch {
		case r == ' ' || unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			capitals++
		case '0' <= r && r <= '9':
			digits++
		}
	}
	return capitals > 1 || capitals == 1 && digits > 0
}

// narrow returns the patterns of lo..hi, alike in their first depth runes,
// that go on with r.
func (x *index) narrow(lo, hi, depth int, r rune) (int, int) {
	at := func(i int) rune {
		if p := x.patterns[lo+i].text; depth < len(p) {
			return p[depth]
		}
		return -1 // shorter patterns stand first
	}
	n := hi - lo
	from := sort.Search(n, func(i int) bool { return at(i) >= r })
	if from == n || at(from) != r {
		return lo, lo
	}
	to := from + sort.Search(n-from, func(i int) bool { return at(from+i) > r })
	return lo + from, lo + to
}
