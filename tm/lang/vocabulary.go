package lang

import (
	"strings"
)

// A vocabulary is how a language writes numbers in words. Keys are folded as
// [Profile.FoldString] does, except while a language file builds it.
type vocabulary struct {
	cardinals  map[string]int64 // below 1000
	ordinals   map[string]int64
	magnitudes map[string]int // powers of ten: thousand 3
	hundred    string         // multiplies what stands before it
	article    map[string]bool
	and        map[string]bool // between the parts of one number
	to         map[string]bool // between the ends of a range
	percent    map[string]bool
	minus      map[string]bool
	half       map[string]bool // after and: «و نیم»
	halfAlone  map[string]bool // before a magnitude: half a million
	vague      map[string]bool // makes the number after it indefinite: several
	each       map[string]bool // makes it optional: «هر دو»
	ambiguous  map[string]bool // words that are more often something else: «نه»
	counted    map[string]bool // what makes an ambiguous word a number
	compounds  map[string]bool // joined to a number word: «ساله»
	weekday    string          // «سه شنبه» is no number
	collective map[string]int64
	ordinalEnd map[string]bool // after digits: st, th, «م»
	months     map[string]month
	ofYear     map[string]bool // between month and year: «سال»
	decade     map[string]bool // before a decade: «دهه»
	decades    map[string]int64
	clock      map[string]string // after an hour, without spaces: p.m → pm
	hourWord   map[string]bool   // before an hour in words; empty when none is needed
	dayOf      map[string]bool   // between day and month: 9th of May
	plural     map[string]bool   // joined to a number word it is none: «صدها»
	below      map[string]bool   // after a number: below zero
	short      map[string]int    // magnitudes directly after digits: bn
	joinedHalf map[string]bool   // «ونیم» in one word

	quarter map[string]bool // as half
	point   map[string]bool // before decimals: "three point five"
	moment  map[string]bool // with these "one point" is a moment: at one point

	trailingMinus bool            // ۵- is typed for −۵
	needsAnd      bool            // the parts of a number are joined by and: «بیست و یک»
	needsArticle  bool            // hundred alone is vague, a hundred is not
	slashDecimal  bool            // ۳/۵ is 3.5
	capital       map[string]bool // months that are also other words: May, «می»
	afterMonth    map[string]bool // what follows such a month, where there are no capitals
	units         map[string]bool // what looks like the plural of an ordinal: "twenty seconds"
	named         map[string]bool // a hyphen between these and a number is no minus: covid

	index *numberIndex // made by folded
}

// month is a month of a calendar.
type month struct {
	number int
	solar  bool
}

// numberList reads "word value" pairs, or "word=value word=value".
func numberList(pairs string) map[string]int64 {
	m := map[string]int64{}
	for _, f := range strings.Fields(pairs) {
		word, digits, _ := strings.Cut(f, "=")
		n := int64(0)
		for _, d := range digits {
			n = n*10 + int64(d-'0')
		}
		m[word] = n
	}
	return m
}

func powers(pairs string) map[string]int {
	m := map[string]int{}
	for w, n := range numberList(pairs) {
		m[w] = int(n)
	}
	return m
}

// monthList reads twelve months in order; spellings of one are joined by /.
func monthList(m map[string]month, solar bool, list string) map[string]month {
	if m == nil {
		m = map[string]month{}
	}
	for i, spellings := range strings.Fields(list) {
		for _, s := range strings.Split(spellings, "/") {
			m[s] = month{i + 1, solar}
		}
	}
	return m
}

// folded returns the vocabulary with its keys folded as texts are.
func (v *vocabulary) folded(p *Profile) *vocabulary {
	if v == nil {
		return nil
	}
	u := *v
	for _, m := range []*map[string]bool{
		&u.article, &u.and, &u.to, &u.percent, &u.minus, &u.half, &u.halfAlone, &u.vague, &u.each, &u.ambiguous,
		&u.counted, &u.compounds, &u.ordinalEnd, &u.ofYear, &u.decade, &u.capital, &u.units, &u.named,
		&u.dayOf, &u.quarter, &u.afterMonth, &u.hourWord, &u.plural, &u.below, &u.joinedHalf, &u.point, &u.moment,
	} {
		*m = foldKeys(p, *m)
	}
	for _, m := range []*map[string]int64{&u.cardinals, &u.ordinals, &u.collective, &u.decades} {
		*m = foldKeys(p, *m)
	}
	u.magnitudes, u.months, u.clock = foldKeys(p, u.magnitudes), foldKeys(p, u.months), foldKeys(p, u.clock)
	u.hundred, u.weekday = p.FoldString(u.hundred), p.FoldString(u.weekday)
	u.index = newNumberIndex(&u)
	return &u
}

func foldKeys[V any](p *Profile, m map[string]V) map[string]V {
	out := make(map[string]V, len(m))
	for k, v := range m {
		out[p.FoldString(k)] = v
	}
	return out
}
