package memory

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm/lang"
)

// MaxTokens is the length of the longest text that fuzzy matching compares.
const MaxTokens = 4096

// tokenize returns the tokens of a text as the package comment defines them.
func tokenize(p *lang.Profile, text string) []string { return tokensOf(p.Keys(text)[0]) }

// tokensOf returns the tokens of a match key.
func tokensOf(key string) []string {
	text := lower([]byte(key))
	return cutAt(string(text), split(make([]piece, 0, len(text)/4+1), text))
}

// cutAt returns the parts of a text.
func cutAt(text string, pieces []piece) []string {
	list := make([]string, len(pieces))
	for i, s := range pieces {
		list[i] = text[s.from:s.to]
	}
	return list
}

// lower is bytes.ToLower, in place where letters keep their length, quick for
// those of ASCII and of the Arabic block, which have no case.
func lower(s []byte) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			if 'A' <= c && c <= 'Z' {
				s[i] = c + 'a' - 'A'
			}
		case c >= 0xD8 && c <= 0xDB && i+1 < len(s) && s[i+1]&0xC0 == 0x80: // U+0600 to U+06FF
			i++
		default:
			return bytes.ToLower(s)
		}
	}
	return s
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

// A piece is a range of bytes.
type piece struct{ from, to int }

// split appends the tokens of a key in lower case to list.
func split(list []piece, key []byte) []piece {
	from := -1 // start of the run being read
	for at := 0; at < len(key); {
		r, size := rune(key[at]), 1
		if r >= utf8.RuneSelf {
			r, size = runeOf(key[at:])
		}
		if inRun(r) {
			if from < 0 {
				from = at
			}
			at += size
			continue
		}
		if from >= 0 {
			list = append(list, piece{from, at})
			from = -1
		}
		if r != ' ' && !unicode.IsSpace(r) {
			list = append(list, piece{at, at + size})
		}
		at += size
	}
	if from >= 0 {
		list = append(list, piece{from, len(key)})
	}
	return list
}

// runeOf is utf8.DecodeRune, quicker for the letters of two bytes.
func runeOf[S string | []byte](s S) (rune, int) {
	if len(s) > 1 && s[0]&0xE0 == 0xC0 && s[0] >= 0xC2 && s[1]&0xC0 == 0x80 {
		return rune(s[0]&0x1F)<<6 | rune(s[1]&0x3F), 2
	}
	return utf8.DecodeRuneInString(string(s[:min(len(s), utf8.UTFMax)]))
}

// ideograph reports whether a character is a word of its own because the script
// writes no spaces.
func ideograph(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
