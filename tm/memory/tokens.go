package memory

import (
	"strings"
	"unicode"

	"tarjoman/tm/lang"
)

// MaxTokens is the length of the longest text that fuzzy matching compares.
const MaxTokens = 4096

// tokenize returns the tokens of a text as the package comment defines them.
func tokenize(p *lang.Profile, text string) []string { return tokensOf(p.Keys(text)[0]) }

// tokensOf returns the tokens of a match key.
func tokensOf(key string) []string { return split(strings.ToLower(key)) }

func split(key string) []string {
	var tokens []string
	from := -1 // start of the run being read
	for at, r := range key {
		inRun := (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)) && !ideograph(r)
		if inRun {
			if from < 0 {
				from = at
			}
			continue
		}
		if from >= 0 {
			tokens = append(tokens, key[from:at])
			from = -1
		}
		if !unicode.IsSpace(r) {
			tokens = append(tokens, string(r))
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
