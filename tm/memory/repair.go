package memory

import (
	"golang.org/x/text/language"

	"tarjoman/tm/lang"
)

// PutNumbers puts the numbers of query into target, which translates source,
// where the two sentences differ in nothing else. Changed is 0 when they do not
// differ at all. Ok is false when they differ in more, or when a number cannot
// be put in safely: each that differs must be the only one of its value in
// source and stand once in target.
func PutNumbers(from, to language.Tag, query, source, target string) (text string, changed int, ok bool) {
	p := lang.For(from)
	if equal, _ := same(p, query, source); equal {
		return target, 0, true
	}
	numbers := findNumbers(p, query)
	bare := withoutNumbers(query, numbers)
	if equal, _ := same(p, bare, withoutNumbers(source, findNumbers(p, source))); !equal || len(numbers) == 0 {
		return "", 0, false
	}
	s, ok := substitute(p, lang.For(to), query, source, target)
	return s.target, s.changed, ok
}
