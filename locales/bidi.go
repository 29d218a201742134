package locales

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// rightToLeft lists the scripts written from right to left that have text on
// computers today (PERSIAN.md G1, G11: direction comes from the language).
var rightToLeft = []string{"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"}

// Dir returns "rtl" or "ltr" for a language.
func Dir(tag language.Tag) string {
	script, _ := tag.Script()
	if slices.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}

const (
	firstStrongIsolate = "\u2068"
	popIsolate         = "\u2069"
	arabicLetterMark   = "\u061C"
)

// Isolate wraps text of a user so that it cannot disturb the sentence around
// it, whatever its direction.
func Isolate(text string) string {
	if text == "" {
		return ""
	}
	return firstStrongIsolate + Clean(text) + popIsolate
}

// Clean removes what would let text reach outside its place on the screen:
// embeddings, overrides and isolates (U+202A–U+202E, U+2066–U+2069), and control
// characters. Marks and joiners such as ZWNJ stay. It is for showing only.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		case r < 0x20, r >= 0x7F && r < 0xA0:
			return ' '
		}
		return r
	}, text)
}
