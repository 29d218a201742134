package lang

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Keys returns the match keys of text: two texts match exactly when they share
// a key. Where ZWNJ is part of the spelling (fa) there are up to two, with a
// space and with nothing in its place, so that «قتل‌عام» matches «قتل عام» and
// «قتلعام» (A8). Every key is among its own keys. Case, accents and hyphens
// count (A9, A11).
func (p *Profile) Keys(text string) []string {
	w := folder{folding: &p.fold, key: true}
	w.run(text)
	key := ungroup(strings.TrimRight(string(w.out), " "))
	if !p.fold.zwnj {
		return []string{key}
	}
	key = p.fold.affixes.attach(strayJoiners(key))
	if !strings.ContainsRune(key, zwnj) {
		return []string{key}
	}
	return []string{strings.ReplaceAll(key, string(zwnj), " "), strings.ReplaceAll(key, string(zwnj), "")}
}

var joiner = []byte(string(zwnj))

// Equal reports whether two texts match (share a key), and whether they do so
// only after folding: then they differ in typography and the difference should
// be shown (A9).
func (p *Profile) Equal(a, b string) (equal, typographic bool) {
	a, b = norm.NFC.String(a), norm.NFC.String(b)
	if a == b {
		return true, false
	}
	keys := p.Keys(b)
	equal = slices.ContainsFunc(p.Keys(a), func(k string) bool { return slices.Contains(keys, k) })
	return equal, equal
}

// space puts one space of a match key: none at the start, after another space,
// or inside an opening bracket or quote (A7).
func (w *folder) space(from, to int) {
	w.out = bytes.TrimSuffix(w.out, joiner)
	last, _ := utf8.DecodeLastRune(w.out)
	if len(w.out) == 0 || w.opened || last == ' ' || last == '(' || last == '[' {
		return
	}
	w.put(' ', from, to)
}

// tight removes a space before punctuation that never has one (A7).
func (w *folder) tight() {
	w.out = bytes.TrimSuffix(w.out, joiner)
	if n := len(w.out); n > 0 && w.out[n-1] == ' ' {
		w.out = w.out[:n-1]
	}
}

// listComma is kept apart from the group separator until numbers are done:
// «۱۲۳،۴۵۶» is two numbers, «۱۲۳٬۴۵۶» is one.
const listComma = "،"

// ungroup removes the separators between groups of three digits (A6) and then
// makes all commas alike.
func ungroup(key string) string {
	if !strings.Contains(key, ",") {
		return plainCommas(key)
	}
	var b strings.Builder
	for at := 0; at < len(key); {
		n := groupedLen(key, at)
		if n == 0 {
			b.WriteByte(key[at])
			at++
			continue
		}
		b.WriteString(strings.ReplaceAll(key[at:at+n], ",", ""))
		at += n
	}
	return plainCommas(b.String())
}

// plainCommas turns list commas into plain ones, with a space between digits,
// where a plain comma alone would group them.
func plainCommas(key string) string {
	if !strings.Contains(key, listComma) {
		return key
	}
	var b strings.Builder
	for i, part := range strings.Split(key, listComma) {
		if i > 0 {
			b.WriteByte(',')
			if s := b.String(); digitRun(part, 0) > 0 && len(s) > 1 && digitRun(s, len(s)-2) > 0 {
				b.WriteByte(' ')
			}
		}
		b.WriteString(part)
	}
	return b.String()
}

// groupedLen returns the length of a grouped number at the offset, or of the
// run of digits there, or 0.
func groupedLen(s string, at int) int {
	n := digitRun(s, at)
	if n == 0 || n > 3 || at > 0 && s[at-1] == '.' {
		return n
	}
	end := at + n
	for end < len(s) && s[end] == ',' && digitRun(s, end+1) == 3 {
		end += 4
	}
	return end - at
}

func digitRun(s string, at int) int {
	n := 0
	for at+n < len(s) && '0' <= s[at+n] && s[at+n] <= '9' {
		n++
	}
	return n
}

// strayJoiners removes every ZWNJ that does not stand between two Persian
// letters, and doubled ones (A8).
func strayJoiners(key string) string {
	if !strings.ContainsRune(key, zwnj) {
		return key
	}
	out := make([]byte, 0, len(key))
	var last rune
	for at, r := range key {
		if r == zwnj {
			next, _ := utf8.DecodeRuneInString(strings.TrimLeft(key[at:], string(zwnj)))
			if last == zwnj || !arabicLetter(last) || !arabicLetter(next) {
				continue
			}
		}
		out = append(out, key[at:at+runeSize(key[at:], r)]...)
		last = r
	}
	return string(out)
}
