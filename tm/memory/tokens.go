package memory

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm/lang"
)

// MaxTokens is the length of the longest text that fuzzy matching compares.
const MaxTokens = 4096

// tokenize returns the tokens of a text as the package comment defines them.
func tokenize(p *lang.Profile, text string) []string { return tokensOf(p.Keys(text)[0]) }

// tokensOf returns the tokens of a match key.
func tokensOf(key string) []string { return split(lower(key)) }

// lower is strings.ToLower, quick for letters of ASCII and of the Arabic block,
// which have no case.
func lower(s string) string {
	upper := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			upper = upper || 'A' <= c && c <= 'Z'
		case c >= 0xD8 && c <= 0xDB && i+1 < len(s) && s[i+1]&0xC0 == 0x80: // U+0600 to U+06FF
			i++
		default:
			return strings.ToLower(s)
		}
	}
	if !upper {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// inRun reports whether a character is part of a token of several characters.
func inRun(r rune) bool {
	if int(r) < len(runs) {
		return runs[r]
	}
	return isRun(r)
}

func isRun(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)) && !ideograph(r)
}

// runs holds isRun for the scripts we mostly read.
var runs = func() (runs [0x700]bool) {
	for r := range runs {
		runs[r] = isRun(rune(r))
	}
	return runs
}()

func split(key string) []string {
	tokens := make([]string, 0, len(key)/4+1)
	from := -1 // start of the run being read
	for at, r := range key {
		if inRun(r) {
			if from < 0 {
				from = at
			}
			continue
		}
		if from >= 0 {
			tokens = append(tokens, key[from:at])
			from = -1
		}
		if r != ' ' && !unicode.IsSpace(r) {
			_, size := utf8.DecodeRuneInString(key[at:])
			tokens = append(tokens, key[at:at+size])
		}
	}
	if from >= 0 {
		tokens = append(tokens, key[from:])
	}
	return tokens
}

// ideograph reports whether a character is a word of its own because the script
// writes no spaces.
func ideograph(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
