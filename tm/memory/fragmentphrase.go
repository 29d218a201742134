package memory

import (
	"slices"
	"unicode/utf8"
)

// trim takes off the ends of a phrase what says nothing; ok is false when
// nothing is left to offer.
func (q *quarry) trim(s span8) (span8, bool) {
	idle := func(i int) bool {
		t := &q.tokens[i]
		w := &q.words[t.word]
		return !w.letters || w.frequent && !t.content
	}
	for s.from < s.to && (idle(s.from) || q.tokens[s.from].startsOff) {
		s.from++
	}
	for s.from < s.to && (idle(s.to-1) || q.endsInPrefix(s)) {
		s.to--
	}
	return s, q.content(s) > 0
}

// endsInPrefix reports whether a phrase ends with the beginning of a word that
// is too short to be more than a prefix, as «می» of «می‌رود».
func (q *quarry) endsInPrefix(s span8) bool {
	if s.to >= len(q.tokens) || !q.tokens[s.to].startsOff || q.tokens[s.to-1].startsOff {
		return false
	}
	return utf8.RuneCountInString(q.tokens[s.to-1].text) <= 3
}

// content counts the words of a phrase that say something.
func (q *quarry) content(s span8) int {
	n := 0
	for _, t := range q.tokens[s.from:s.to] {
		if t.content {
			n++
		}
	}
	return n
}

// candidates returns the phrases and words to try, with offsets in the query.
func (q *quarry) candidates() []span8 {
	var list []span8
	for _, b := range q.blocks {
		for s := range b.runs {
			list = append(list, span8{b.from + s.from, b.from + s.to})
		}
	}
	for i, t := range q.tokens {
		if t.content {
			list = append(list, span8{i, i + 1})
		}
	}
	for i, s := range list {
		list[i], _ = q.trim(s)
	}
	list = slices.DeleteFunc(list, func(s span8) bool { return q.content(s) == 0 })
	slices.SortFunc(list, q.compare)
	return slices.Compact(list)
}

// compare orders phrases, the longest first.
func (q *quarry) compare(a, b span8) int {
	if x, y := q.content(a), q.content(b); x != y {
		return y - x
	}
	if x, y := a.to-a.from, b.to-b.from; x != y {
		return y - x
	}
	return a.from - b.from
}
