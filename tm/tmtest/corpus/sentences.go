package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// collapse makes every run of white space one space.
func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

// sentences calls yield for every sentence of a paragraph that is fit to be a
// unit. It need not divide as the product does: it only has to give prose.
func sentences(paragraph string, yield func(string)) {
	s := collapse(paragraph)
	for from := 0; from < len(s); {
		to := from + end(s[from:])
		if one := strings.TrimSpace(s[from:to]); fit(one) {
			yield(one)
		}
		from = to
	}
}

// end returns the length of the first sentence: to a mark before a space and a
// capital.
func end(s string) int {
	for i := 0; i < len(s); i++ {
		if !strings.ContainsRune(".!?", rune(s[i])) || i+2 >= len(s) || s[i+1] != ' ' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+2:])
		if unicode.IsUpper(next) && i > 3 && s[i-2] != ' ' && s[i-2] != '.' {
			return i + 1
		}
	}
	return len(s)
}

// fit reports whether a text is prose: two to eighty words, mostly letters,
// valid and without control characters.
func fit(s string) bool {
	if len(s) < 8 || len(s) > 600 || !utf8.ValidString(s) {
		return false
	}
	letters, spaces, others := 0, 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case r == ' ':
			spaces++
		case unicode.IsControl(r) || r == unicode.ReplacementChar:
			return false
		default:
			others++
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	return spaces >= 1 && spaces < 80 && others*4 <= letters && letters < 12*(spaces+1) &&
		(unicode.IsLetter(first) || unicode.IsNumber(first))
}
