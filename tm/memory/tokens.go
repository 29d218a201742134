package memory

import (
	"bytes"
	"encoding/binary"
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
	text, _ := lower([]byte(key))
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

// lower is bytes.ToLower of a match key, in place where letters keep their
// length, quick for those of ASCII and of the Arabic block, which have no case.
// Digits is false when the text has none: those of all scripts are ASCII in its
// key.
func lower(s []byte) (key []byte, digits bool) {
	at, found := 0, uint64(0)
	for ; at+8 <= len(s); at += 8 {
		x := eight(s[at:])
		if foreign(x) != 0 {
			break
		}
		found |= within(x, '0', '9')
		if upper := within(x, 'A', 'Z'); upper != 0 {
			binary.LittleEndian.PutUint64(s[at:], x|upper>>2)
		}
	}
	for ; at < len(s); at++ {
		switch c := s[at]; {
		case 'A' <= c && c <= 'Z':
			s[at] = c + 'a' - 'A'
		case '0' <= c && c <= '9':
			found = 1
		case c >= 0xC0 && c&^3 != 0xD8:
			return bytes.ToLower(s), true
		}
	}
	return s, found != 0
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
	for at := 0; at < len(key); {
		if end := endOfRun(key, at); end > at {
			list = append(list, piece{at, end})
			at = end
			continue
		}
		r, size := rune(key[at]), 1
		if r >= utf8.RuneSelf {
			r, size = runeOf(key[at:])
		}
		if r != ' ' && !unicode.IsSpace(r) {
			list = append(list, piece{at, at + size})
		}
		at += size
	}
	return list
}

// endOfRun returns where the token of several characters at the offset ends.
func endOfRun(key []byte, at int) int {
	for at < len(key) {
		c := key[at]
		if c < utf8.RuneSelf {
			if !runs[c] {
				break
			}
			at++
			continue
		}
		if c&^3 == 0xD8 && at+1 < len(key) && key[at+1]&0xC0 == 0x80 { // U+0600 to U+06FF
			if !runs[0x600|int(c<<6|key[at+1]&0x3F)] {
				break
			}
			at += 2
			continue
		}
		r, size := runeOf(key[at:])
		if !inRun(r) {
			break
		}
		at += size
	}
	return at
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
