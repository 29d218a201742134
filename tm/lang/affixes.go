package lang

import (
	"strings"
	"unicode/utf8"
)

// affixes are the endings and prefixes a language writes apart, with ZWNJ or
// joined, all meaning the same (A8). Matching attaches them with ZWNJ.
type affixes struct {
	prefixes  map[string]bool // می in «می رود»
	suffixes  map[string]bool // ها in «کتاب ها»
	afterHeh  map[string]bool // ای in «خانه ای»
	silentHeh rune            // the letter afterHeh attaches to
	ezafe     rune            // after silentHeh at a word's end it means nothing (A5)
}

// attach joins spaced affixes of a match key to their words by ZWNJ and drops
// the ezafe after silent heh, however it is written.
func (a *affixes) attach(key string) string {
	if a == nil {
		return key
	}
	out := make([]byte, 0, len(key))
	left := ""
	for i, word := range strings.Split(a.dropEzafe(key), " ") {
		last, _ := utf8.DecodeLastRune(out)
		rest, ezafe := strings.CutPrefix(word, string(a.ezafe))
		next, _ := utf8.DecodeRuneInString(rest)
		if i > 0 && ezafe && last == a.silentHeh && !arabicLetter(next) {
			out = append(out, rest...)
			left = left + rest
			continue
		}
		if i > 0 {
			out = utf8.AppendRune(out, a.between(left, word))
		}
		out = append(out, word...)
		left = word
	}
	return string(out)
}

// between returns what joins two neighbouring words: ZWNJ or a space.
func (a *affixes) between(left, right string) rune {
	last, _ := utf8.DecodeLastRuneInString(left)
	first, _ := utf8.DecodeRuneInString(right)
	if !arabicLetter(last) || !arabicLetter(first) {
		return ' '
	}
	if a.prefixes[strings.TrimLeftFunc(left, notLetter)] {
		return zwnj
	}
	suffix := strings.TrimRightFunc(right, notLetter)
	if a.suffixes[suffix] || last == a.silentHeh && a.afterHeh[suffix] {
		return zwnj
	}
	return ' '
}

func notLetter(r rune) bool { return !arabicLetter(r) }

// dropEzafe removes a ZWNJ and ezafe that follow a silent heh at a word's end:
// «نامه‌ی» → «نامه».
func (a *affixes) dropEzafe(key string) string {
	mark := string([]rune{zwnj, a.ezafe})
	if !strings.Contains(key, mark) {
		return key
	}
	out := make([]byte, 0, len(key))
	for at := 0; at < len(key); {
		if strings.HasPrefix(key[at:], mark) {
			last, _ := utf8.DecodeLastRune(out)
			next, _ := utf8.DecodeRuneInString(key[at+len(mark):])
			if last == a.silentHeh && !arabicLetter(next) {
				at += len(mark)
				continue
			}
		}
		out = append(out, key[at])
		at++
	}
	return string(out)
}
