package glossary

import (
	"slices"
	"strings"
)

// cost says how far two Latin spellings are apart: the worst of their words,
// compared one by one. A word may be written as several on the other side
// (Ahmadinejad, Ahmadi-Nejad). Initials are words like others: an H. may be
// anybody.
func (n latinName) cost(o latinName) float64 {
	if n.key() == o.key() {
		return 0
	}
	if n.long || o.long || len(n.tokens) == 0 || len(o.tokens) == 0 {
		return apartName
	}
	return splitCost(n, o)
}

// maxParts is how many words one word may be on the other side.
const maxParts = 3

// splitCost finds the cheapest way to pair words, each with one or with up to
// maxParts joined ones.
func splitCost(n, o latinName) float64 {
	table := make([][]float64, len(n.tokens)+1)
	for i := range table {
		table[i] = make([]float64, len(o.tokens)+1)
		for j := range table[i] {
			if i+j > 0 {
				table[i][j] = cheapestStep(table, n, o, i, j)
			}
		}
	}
	return table[len(n.tokens)][len(o.tokens)]
}

func cheapestStep(table [][]float64, n, o latinName, i, j int) float64 {
	best := 2 * apartName
	for a := 1; a <= min(i, maxParts); a++ {
		for b := 1; b <= min(j, maxParts) && (a == 1 || b == 1); b++ {
			before := table[i-a][j-b]
			if before < best && abs(n.length(i-a, i)-o.length(j-b, j)) <= 6 {
				best = min(best, max(before, tokenCost(n, o, i-a, i, j-b, j)))
			}
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

func (n latinName) length(from, to int) int {
	sum := 0
	for _, s := range n.sounds[from:to] {
		sum += len(s)
	}
	return sum
}

// joined returns the words from..to as one.
func (n latinName) joined(from, to int) string { return strings.Join(n.tokens[from:to], "") }

// readings returns the sounds of words as one: read as one word, and as they are
// read alone, where a last heh is silent (Chah Bahar, Chabahar).
func (n latinName) readings(from, to int) [][]sound {
	if to-from == 1 {
		return n.sounds[from : from+1]
	}
	return [][]sound{sounds(n.joined(from, to)), slices.Concat(n.sounds[from:to]...)}
}

func tokenCost(n, o latinName, i, k, j, m int) float64 {
	a, b := n.joined(i, k), o.joined(j, m)
	if a == b {
		return 0
	}
	if same, known := names.judge(a, b); known {
		if same {
			return 0
		}
		return apartName
	}
	best := 2 * apartName
	for _, x := range n.readings(i, k) {
		for _, y := range o.readings(j, m) {
			best = min(best, soundCost(x, y))
		}
	}
	return best
}

// soundCost aligns the sounds of two words (F2). The same sounds in another order
// are another name: Nazemi, Nezami.
func soundCost(a, b []sound) float64 {
	if reordered(a, b) {
		return apartName
	}
	row := make([]float64, len(b)+1)
	for j := range b {
		row[j+1] = row[j] + gapCost(b, j)
	}
	for i := range a {
		diagonal := row[0]
		row[0] += gapCost(a, i)
		for j := range b {
			best := min(diagonal+swapCost(a, b, i, j), row[j+1]+gapCost(a, i), row[j]+gapCost(b, j))
			diagonal, row[j+1] = row[j+1], best
		}
	}
	return row[len(b)]
}

// reordered reports whether two words have the same sounds in another order;
// long vowels count as short ones.
func reordered(a, b []sound) bool {
	if len(a) != len(b) {
		return false
	}
	x, y := shortVowels(a), shortVowels(b)
	if slices.Equal(x, y) {
		return false
	}
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

func shortVowels(word []sound) []sound {
	out := slices.Clone(word)
	for i, s := range out {
		switch s {
		case soundU:
			out[i] = soundO
		case soundI:
			out[i] = soundE
		}
	}
	return out
}

// minGapConsonants is how many consonants a word has that may lose a vowel.
const minGapConsonants = 4

// gapCost is the cost of leaving out sound i. Inside a long word a short vowel
// may (Tehran, Teheran), in a short one it makes another name (Hamedi, Hamdi);
// never at an end (Mohsen, Mohseni), nor before a last consonant (Nasr, Naser),
// nor a long i (Ahmadnejad).
func gapCost(word []sound, i int) float64 {
	s := word[i]
	short := s == soundA || s == soundE || s == soundO
	if !short || i == 0 || i == len(word)-1 || i == len(word)-2 && !vowelSound(word[i-1]) && !vowelSound(word[i+1]) {
		return apartName
	}
	if vowelSound(word[i-1]) || vowelSound(word[i+1]) {
		if next := word[i+1]; s == soundA && (next == soundO || next == soundU) {
			return 0.3 // Nawruz, Noruz
		}
		return apartName
	}
	if consonantCount(word) < minGapConsonants {
		return apartName
	}
	return 0.3
}

func consonantCount(word []sound) int {
	n := 0
	for _, s := range word {
		if !vowelSound(s) {
			n++
		}
	}
	return n
}

// swapCost is the cost of b[j] in the place of a[i].
func swapCost(a, b []sound, i, j int) float64 {
	if a[i] == b[j] {
		return 0
	}
	last := i == len(a)-1 || j == len(b)-1
	return pairCost(min(a[i], b[j]), max(a[i], b[j]), last)
}

// pairCost is the cost of two different sounds, x before y in the alphabet; last
// tells that a word ends with one of them. Then e is a silent heh and i the
// ending -i: Fateme and Fatemi are two names.
func pairCost(x, y sound, last bool) float64 {
	switch [2]sound{x, y} {
	case [2]sound{soundO, soundU}:
		return 0
	case [2]sound{soundE, soundI}:
		if !last {
			return 0.1
		}
	case [2]sound{soundEi, soundE}:
		if !last {
			return 0.2
		}
	case [2]sound{soundE, soundAi}:
		if !last {
			return 0.4
		}
	case [2]sound{soundA, soundE}, [2]sound{soundEi, soundI}, [2]sound{soundEi, soundAi}, [2]sound{soundI, 'y'}:
		return 0.2
	}
	return apartName
}
