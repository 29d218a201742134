package lang

import (
	"bytes"
	"slices"
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

	prefixEnds, suffixStarts letterSet // made by prepare
}

func (a *affixes) prepare() {
	if a == nil {
		return
	}
	for p := range a.prefixes {
		r, _ := utf8.DecodeLastRuneInString(p)
		a.prefixEnds[r-firstLetter] = true
	}
	for s := range a.suffixes {
		r, _ := utf8.DecodeRuneInString(s)
		a.suffixStarts[r-firstLetter] = true
	}
}

// attach joins, in place, spaced affixes of a match key to their words by joints
// and drops the ezafe after silent heh, however it is written.
func (a *affixes) attach(key []byte) []byte {
	if a == nil {
		return key
	}
	key = a.dropEzafe(key)
	n, left := 0, 0 // where the next byte goes and where the last word begins
	for at := 0; at <= len(key); {
		word := key[at:]
		if end := bytes.IndexByte(word, ' '); end >= 0 {
			word = word[:end]
		}
		at += len(word) + 1
		switch rest, ezafe := a.cutEzafe(key[:n], word); {
		case at == len(word)+1:
		case ezafe:
			word = rest
		default:
			key[n] = a.between(key[left:n], word)
			n++
			left = n
		}
		if n+len(word) == at-1 {
			n += len(word) // nothing was dropped so far
		} else {
			n += copy(key[n:], word)
		}
	}
	return key[:n]
}

// cutEzafe reports whether a word begins with an ezafe of its own, to a text
// that ends in silent heh, and returns what follows it.
func (a *affixes) cutEzafe(text, word []byte) (rest []byte, ok bool) {
	if firstLetterOf(word) != a.ezafe || lastLetterOf(text) != a.silentHeh {
		return word, false
	}
	rest = word[2:]
	return rest, !arabicLetter(firstLetterOf(rest))
}

// between returns what joins two neighbouring words: a joint or a space.
func (a *affixes) between(left, right []byte) byte {
	last, first := lastLetterOf(left), firstLetterOf(right)
	if !arabicLetter(last) || !arabicLetter(first) {
		return ' '
	}
	if a.prefixEnds[last-firstLetter] && a.prefixes[string(bytes.TrimLeftFunc(left, notLetter))] {
		return joint
	}
	if !a.suffixStarts[first-firstLetter] && last != a.silentHeh {
		return ' '
	}
	suffix := bytes.TrimRightFunc(right, notLetter)
	if a.suffixes[string(suffix)] || last == a.silentHeh && a.afterHeh[string(suffix)] {
		return joint
	}
	return ' '
}

// firstLetterOf returns the letter a text begins with, when it is one of two
// bytes, as all Arabic letters are.
func firstLetterOf(text []byte) rune {
	if len(text) < 2 {
		return utf8.RuneError
	}
	return twoBytes(text[0], text[1])
}

func lastLetterOf(text []byte) rune {
	if len(text) < 2 {
		return utf8.RuneError
	}
	return twoBytes(text[len(text)-2], text[len(text)-1])
}

func notLetter(r rune) bool { return !arabicLetter(r) }

// dropEzafe removes, in place, a joint and ezafe that follow a silent heh at a
// word's end: «نامه‌ی» → «نامه».
func (a *affixes) dropEzafe(key []byte) []byte {
	n := 0
	for at := 0; at < len(key); {
		next := bytes.IndexByte(key[at+1:], joint) + 1
		if next == 0 {
			next = len(key) - at
		}
		part := key[at : at+next]
		at += next
		if part[0] == joint {
			if rest, ok := a.cutEzafe(key[:n], part[1:]); ok {
				part = rest
			}
		}
		n += copy(key[n:], part)
	}
	return key[:n]
}

// readings returns the keys that a key with joints stands for. It changes key.
func (a *affixes) readings(key []byte) []string {
	joined := withoutJoints(key)
	for i, c := range key {
		if c == joint {
			key[i] = ' '
		}
	}
	keys := []string{string(key), joined}
	if mixed := withoutJoints(a.attach(key)); !slices.Contains(keys, mixed) {
		keys = append(keys, mixed)
	}
	return keys
}

func withoutJoints(key []byte) string {
	var b strings.Builder
	b.Grow(len(key))
	for len(key) > 0 {
		part, rest, _ := bytes.Cut(key, []byte{joint})
		b.Write(part)
		key = rest
	}
	return b.String()
}
