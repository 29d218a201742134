package corpus

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// variant makes a near-duplicate as memories have them: a few words changed, a
// number changed, or the beginning of one sentence with the end of another.
func (m *maker) variant(random *rand.Rand, source string) string {
	switch random.IntN(4) {
	case 0:
		if s, ok := otherNumber(random, source); ok {
			return s
		}
	case 1:
		other := m.corpus.Units[random.IntN(len(m.corpus.Units))].Source
		return cross(source, other)
	}
	return m.edited(random, source, 1+random.IntN(3))
}

// cross joins the first half of one sentence to the second half of another.
func cross(a, b string) string {
	x, y := strings.Fields(a), strings.Fields(b)
	return strings.Join(slices.Concat(x[:(len(x)+1)/2], y[len(y)/2:]), " ")
}

func otherNumber(random *rand.Rand, source string) (string, bool) {
	fields := strings.Fields(source)
	for i, f := range fields {
		if n, err := strconv.Atoi(f); err == nil {
			fields[i] = strconv.Itoa((n + 1 + random.IntN(90)) % 10_000)
			return strings.Join(fields, " "), true
		}
	}
	return source, false
}

// edited changes n words: replaces, inserts, deletes or swaps. What it puts in
// stands in other units, or nowhere.
func (m *maker) edited(random *rand.Rand, source string, n int) string {
	fields := strings.Fields(source)
	for range n {
		fields = m.edit(random, fields)
	}
	return strings.Join(fields, " ")
}

func (m *maker) edit(random *rand.Rand, fields []string) []string {
	i := random.IntN(len(fields))
	switch random.IntN(5) {
	case 0:
		return slices.Insert(fields, i, m.anyWord(random))
	case 1:
		if len(fields) > 2 {
			return slices.Delete(fields, i, i+1)
		}
	case 2:
		if i > 0 {
			fields[i-1], fields[i] = fields[i], fields[i-1]
			return fields
		}
	}
	fields[i] = m.anyWord(random)
	return fields
}

// anyWord takes a word of some unit, so frequent ones often; one in eight is
// made up.
func (m *maker) anyWord(random *rand.Rand) string {
	units := m.corpus.Units
	if len(units) == 0 || random.IntN(8) == 0 {
		return m.vocabulary.word(random)
	}
	return pick(random, strings.Fields(units[random.IntN(len(units))].Source))
}

// misspelt has one to three typing errors.
func misspelt(random *rand.Rand, source string) string {
	r := []rune(source)
	for range 1 + random.IntN(3) {
		i := random.IntN(len(r))
		switch letter := 'a' + rune(random.IntN(26)); {
		case !unicode.IsLetter(r[i]):
		case random.IntN(3) == 0 && len(r) > 4:
			r = slices.Delete(r, i, i+1)
		case random.IntN(2) == 0:
			r = slices.Insert(r, i, letter)
		default:
			r[i] = letter
		}
	}
	return string(r)
}
