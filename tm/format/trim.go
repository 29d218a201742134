package format

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Trim returns the span of s without what stands only at its edges: white space,
// byte order marks, zero-width spaces and direction marks (PERSIAN.md A10, G10).
// U+200C and U+200D are letters' business and stay: «می‌» ends with one.
// A pair of embedding or isolate controls around everything goes too.
func Trim(s string) (from, to int) {
	from, to = trimMarks(s, 0, len(s))
	for {
		first, n := utf8.DecodeRuneInString(s[from:to])
		last, m := utf8.DecodeLastRuneInString(s[from:to])
		end, ok := closerOf[first]
		if !ok || last != end || strings.ContainsRune(s[from+n:to-m], end) {
			return from, to
		}
		from, to = trimMarks(s, from+n, to-m)
	}
}

func trimMarks(s string, from, to int) (int, int) {
	from += len(s[from:to]) - len(strings.TrimLeftFunc(s[from:to], IsEdge))
	return from, from + len(strings.TrimRightFunc(s[from:to], IsEdge))
}

// IsEdge reports whether [Trim] takes r from an edge of text by itself.
func IsEdge(r rune) bool {
	switch r {
	case '\uFEFF', '\u200B', '\u200E', '\u200F', '\u061C':
		return true
	}
	return unicode.IsSpace(r)
}

// closerOf pairs the direction controls of UAX #9 that open with what ends them.
var closerOf = map[rune]rune{
	'\u202A': '\u202C', '\u202B': '\u202C', '\u202D': '\u202C', '\u202E': '\u202C',
	'\u2066': '\u2069', '\u2067': '\u2069', '\u2068': '\u2069',
}

// Translatable reports whether s has a letter or a digit, that is, whether a
// translator has anything to do with it. A line of dashes has not.
func Translatable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
