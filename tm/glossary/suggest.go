package glossary

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// suggest writes the preferred term in the form the forbidden match stands in:
// «اسیران» becomes «گروگان‌ها», Noury's «نوروزی‌ها» «نوری‌ها». An ending that the
// preferred term cannot take is left out.
func (g *Glossary) suggest(preferred string, m match, target string) string {
	if preferred == "" {
		return ""
	}
	x := g.base.target
	t := traitsOf(m.concept, *m.term)
	like := m.ending
	if like == (ending{}) && endsInEzafe(target[m.from:m.full]) {
		like.tail = ezafe
	}
	text := x.inflect(preferred, like.plural || m.head.plural || m.pattern.plural, like, t)
	if stem, ok := strings.CutSuffix(text, "ه\u200cی"); ok && m.ending == (ending{}) {
		text = stem + "هٔ" // written as it was
	}
	if x.grammar == english && m.from < len(target) {
		text = likeCapital(text, target[m.from:])
	}
	return text
}

// endsInEzafe reports whether a text ends in a written mark of ezafe: «خانهٔ»,
// «زندانِ».
func endsInEzafe(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r == 0x0650 || r == 0x0654 || r == 0x06C0
}

// inflect gives term a number and the ending of another word. In Persian the
// plural of a term of several words stands on its first word (C10).
func (x *index) inflect(term string, plural bool, like ending, t traits) string {
	first, rest, several := strings.Cut(term, " ")
	if several && plural && x.grammar.head != nil {
		first = withoutVowelEzafe(first)
		e := x.grammar.head(x.word(first), t)
		if end, ok := e.like(ending{plural: true, tail: ezafe}); ok {
			first = x.grammar.join(first, end.text)
		}
		term, plural = first+" "+rest, false
	}
	if many, ok := pluralInside(term); ok && plural && x.grammar == english {
		term, plural = many, false
	}
	like.plural = plural
	if x.grammar.last == nil || like == (ending{}) {
		return term
	}
	words := strings.Split(term, " ")
	last := words[len(words)-1]
	if end, ok := x.grammar.last(x.word(last), t).like(like); ok {
		words[len(words)-1] = x.grammar.join(last, end.text)
	}
	return strings.Join(words, " ")
}

// withoutVowelEzafe cuts the ezafe off a word in alef or vav: «نیروی».
func withoutVowelEzafe(word string) string {
	stem, ok := strings.CutSuffix(word, "ی")
	if ok && utf8.RuneCountInString(stem) >= minVowelHead && (strings.HasSuffix(stem, "ا") || strings.HasSuffix(stem, "و")) {
		return stem
	}
	return word
}

func (x *index) word(text string) []cell { return trimSpace(x.grammar.cells(x.profile, text)) }

// like returns the first ending that says the same, else one that at least has
// the same number.
func (e *endings) like(what ending) (ending, bool) {
	if e == nil {
		return ending{}, false
	}
	for _, want := range []ending{what, {plural: what.plural, tail: what.tail}, {plural: what.plural}} {
		if want == (ending{}) {
			continue
		}
		for _, end := range e.list {
			if end.plural == want.plural && end.tail == want.tail && end.object == want.object {
				return end, true
			}
		}
	}
	return ending{}, false
}

// likeCapital begins text with a capital when the replaced text does.
func likeCapital(text, replaced string) string {
	was, _ := utf8.DecodeRuneInString(replaced)
	first, size := utf8.DecodeRuneInString(text)
	if !unicode.IsUpper(was) || !unicode.IsLower(first) {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
