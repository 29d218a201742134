package lang

import "maps"

// numberIndex holds what a vocabulary says about single words, worked out once
// so that reading a text needs no search for prefixes and suffixes.
type numberIndex struct {
	single    map[string]numberWord
	prefixed  map[string]numberWord // with "and" in one word: «ویک»
	thousands map[string]numberWord // with a magnitude in one word: «پنجهزار»
	starts    map[string]bool       // every word a number may begin with, but Roman numerals
	joins     map[string]bool       // what may go on with a number in digits
}

// A numberWord is the number one word stands for.
type numberWord struct {
	value                      int64
	power                      int // of ten, to be multiplied
	ordinal, percent, optional bool
}

func newNumberIndex(v *vocabulary) *numberIndex {
	x := &numberIndex{single: map[string]numberWord{}, prefixed: map[string]numberWord{}, thousands: map[string]numberWord{}}
	for word, n := range v.ordinals {
		x.addOrdinal(v, word, n)
	}
	for word, n := range v.cardinals {
		x.addCardinal(v, word, n)
	}
	if v.hundred != "" {
		x.addEndings(v.percent, v.hundred, numberWord{value: 100, percent: true}) // «صددرصد»
	}
	if v.needsAnd {
		x.addJoined(v)
	}
	x.starts = v.starts(x)
	x.joins = map[string]bool{"+": true}
	addWords(x.joins, v.magnitudes)
	addWords(x.joins, v.short)
	addWords(x.joins, v.and)
	addWords(x.joins, v.joinedHalf)
	addWords(x.joins, v.point)
	addWords(x.joins, vulgar)
	return x
}

// addOrdinal adds an ordinal with its plural, which is part of a fraction: two
// thirds, but not twenty seconds.
func (x *numberIndex) addOrdinal(v *vocabulary, word string, n int64) {
	x.single[word] = numberWord{value: n, ordinal: true}
	if plural := word + "s"; len(plural) > 4 && !v.units[plural] {
		x.single[plural] = x.single[word]
	}
	x.addPrefixes(v, word, x.single[word])
}

func (x *numberIndex) addCardinal(v *vocabulary, word string, n int64) {
	x.single[word] = numberWord{value: n}
	x.addPrefixes(v, word, x.single[word])
	x.addEndings(v.percent, word, numberWord{value: n, percent: true})
	x.addEndings(v.compounds, word, numberWord{value: n, optional: true}) // «پنجساله»
	for magnitude, power := range v.magnitudes {
		if n > 0 {
			x.thousands[word+magnitude] = numberWord{value: n, power: power}
		}
	}
}

func (x *numberIndex) addPrefixes(v *vocabulary, word string, n numberWord) {
	for and := range v.and {
		if v.needsAnd {
			x.prefixed[and+word] = n
		}
	}
}

// addJoined adds what some write in one word: «صدوبیست».
func (x *numberIndex) addJoined(v *vocabulary) {
	firsts := maps.Clone(x.single)
	if v.hundred != "" {
		firsts[v.hundred] = numberWord{value: 100}
	}
	for first, a := range firsts {
		level := below(a.value)
		if level == 0 || a.ordinal || a.percent || a.optional {
			continue
		}
		for rest, b := range x.prefixed {
			if _, taken := x.single[first+rest]; !taken && b.value > 0 && b.value < level {
				x.single[first+rest] = numberWord{value: a.value + b.value, ordinal: b.ordinal}
			}
		}
	}
}

// addEndings adds a number word with endings, where that is no word already.
func (x *numberIndex) addEndings(endings map[string]bool, word string, n numberWord) {
	for ending := range endings {
		if _, taken := x.single[word+ending]; !taken {
			x.single[word+ending] = n
		}
	}
}

func (v *vocabulary) starts(x *numberIndex) map[string]bool {
	m := map[string]bool{v.hundred: true}
	addWords(m, v.minus)
	addWords(m, v.halfAlone)
	addWords(m, v.decades)
	addWords(m, v.collective)
	addWords(m, v.magnitudes)
	addWords(m, x.single)
	addWords(m, x.thousands)
	return m
}

func addWords[V any](m map[string]bool, words map[string]V) {
	for w := range words {
		m[w] = true
	}
}
