package lang

import (
	"slices"
)

// A Number is a number, date or time found in a text. From and To are bytes of
// the text. Value is exact, with ASCII digits: "-12.5" for a quantity or year,
// "2019-11-09" for a date (in its own calendar), "11-09" for a day without
// year, "17:30" for a time, "1980" for a decade.
type Number struct {
	From, To int
	Text     string // as written
	Value    string
	Kind     NumberKind
	Percent  bool
	Words    bool // has no digits: "twenty", «بیست»
	Ordinal  bool // 21st, third, «سوم»
	Optional bool // need not occur on the other side (E3): one, both, dozens

	alts        []string // other readings of Value, for a quantity
	days        []int    // a date's readings, as days since 1 March of year 0
	parts       []string // the numbers a date, time or fraction is made of
	mixed       []string // the fraction of 2 1/2
	listed      []string // of 123،456: the numbers, should it be a list
	grouped     bool
	maybeWhole  bool // the percent sign may belong to it, as 10 in «۱۰ تا ۱۵ درصد»
	month, mday int  // of a date or a day without year
	solar       bool // its calendar
	hour        int  // of a time, 0 to 24
	minute      int
	half        string // am, pm, or "" when not said
}

// NumberKind says what a number stands for.
type NumberKind uint8

const (
	Quantity  NumberKind = iota // a plain number; a year alone is one too
	Date                        // day, month and year
	DayMonth                    // day and month
	ClockTime                   // 5:30 p.m., 17:30
	Decade                      // the 1980s, «دههٔ ۶۰»
	Fraction                    // 3/5
)

// maxNumbers bounds how many numbers of one text are looked at. A sentence has
// a few; a table pasted into one segment may have more.
const maxNumbers = 5000

// Numbers returns the numbers of text in order (E1): digits of any script with
// group and decimal marks, number words where the language's are known, with
// magnitudes (E2), percent and sign (E4), dates, times and decades (E5, E6).
// Addresses, tags and placeholders are passed over.
func (p *Profile) Numbers(text string) []Number {
	x := extractor{profile: p, vocabulary: p.words, text: text, folded: p.Fold(text)}
	if x.vocabulary == nil {
		x.vocabulary = noWords
	}
	x.tokens = tokenize(x.folded, text, p)
	x.read()
	x.joinDates()
	x.spreadRanges()
	return x.list
}

// noWords is the vocabulary of a language whose words we do not know.
var noWords = &vocabulary{index: newNumberIndex(&vocabulary{})}

// extractor is one run of [Profile.Numbers].
type extractor struct {
	profile *Profile
	*vocabulary
	text   string
	folded Folded
	tokens []token
	list   []Number
	ends   []int // the token after each number of list
	starts []int // its first token
}

// read goes over the tokens and collects numbers.
func (x *extractor) read() {
	for i := 0; i < len(x.tokens) && len(x.list) < maxNumbers; {
		n, next := x.number(i)
		if next == i {
			i++
			continue
		}
		n.From, n.To = x.original(i, next)
		n.Text = x.text[n.From:n.To]
		x.list = append(x.list, n)
		x.starts, x.ends = append(x.starts, i), append(x.ends, next)
		i = next
	}
}

// original returns the bytes of the text that tokens from..to-1 stand for.
func (x *extractor) original(from, to int) (int, int) {
	return x.folded.Original(x.tokens[from].from, x.tokens[to-1].to)
}

// at returns the text of token i, "" outside.
func (x *extractor) at(i int) string {
	if i < 0 || i >= len(x.tokens) {
		return ""
	}
	return x.tokens[i].text
}

// any reports whether token i is one of the words.
func (x *extractor) any(i int, words map[string]bool) bool { return words[x.at(i)] }

// spreadRanges lets the percent sign and the magnitude of the second number of
// a range count for the first: «۱۰ تا ۱۵ درصد», "2 to 3 million".
func (x *extractor) spreadRanges() {
	for i := range len(x.list) - 1 {
		a, b := &x.list[i], x.list[i+1]
		if a.Kind != Quantity || b.Kind != Quantity || !x.ranged(x.ends[i], x.starts[i+1]) {
			continue
		}
		a.maybeWhole = a.maybeWhole || b.Percent && !a.Percent
		if m := x.magnitudeIn(x.starts[i+1], x.ends[i+1]); m > 0 {
			a.alts = append(a.alts, shift(a.Value, m))
		}
	}
}

// ranged reports whether only a word or mark of ranges stands between tokens.
func (x *extractor) ranged(from, to int) bool {
	return to == from && x.tokens[to].sep == '-' || to == from+1 && (x.any(from, x.to) || x.at(from) == "-")
}

func (x *extractor) magnitudeIn(from, to int) (power int) {
	for i := from; i < to; i++ {
		power += x.magnitudes[x.at(i)]
	}
	return power
}

// values returns every reading of a quantity.
func (n *Number) values() []string { return append([]string{n.Value}, n.alts...) }

func (n *Number) reads(value string) bool {
	return n.Value == value || slices.Contains(n.alts, value) || slices.Contains(n.listed, value)
}
