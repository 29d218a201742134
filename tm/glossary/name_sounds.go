package glossary

import (
	"strings"
	"unicode"
)

// consonantPairs are letters that write one consonant, longest first.
var consonantPairs = []struct {
	text string
	is   sound
}{
	{"dsch", 'j'}, {"shh", 'w'}, {"sch", 'w'}, {"tch", 'c'}, {"kh", 'x'}, {"gh", 'q'}, {"sh", 'w'}, {"ch", 'c'},
	{"zh", 'j'}, {"dj", 'j'}, {"th", 't'}, {"dh", 'd'}, {"ph", 'f'}, {"ck", 'k'},
}

// sounds reads one word of plain letters.
func sounds(word string) []sound {
	r := soundReader{word: mendWord(word)}
	for r.at < len(r.word) {
		if r.vowelHere() {
			r.vowels()
		} else {
			r.consonant()
		}
	}
	return r.out
}

// A soundReader reads a word from left to right.
type soundReader struct {
	word string
	at   int
	out  []sound
}

func (r *soundReader) letter(i int) byte {
	if i < 0 || i >= len(r.word) {
		return 0
	}
	return r.word[i]
}

func vowelLetter(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 && c != 0 }

// vowelHere reports whether the letter at hand is a vowel: y is none before
// another vowel, w only after one and not before one.
func (r *soundReader) vowelHere() bool { return r.vowelAt(r.at) }

func (r *soundReader) vowelAt(i int) bool {
	c, before, after := r.letter(i), r.letter(i-1), r.letter(i+1)
	switch {
	case vowelLetter(c):
		return true
	case c == 'w':
		return vowelLetter(before) && !vowelLetter(after)
	case c != 'y':
		return false
	case !vowelLetter(after):
		return after != 'y' && before != 'y' || !vowelLetter(before)
	case before == 'i':
		return true // Ziya is Zia
	}
	return vowelLetter(before) && (after == 'i' || strings.HasPrefix(r.word[i+1:], "ee")) || // Rezayi is Rezaei
		before == 'a' && r.consonantAfter(i) // Hayedeh is Haydeh
}

// consonantAfter reports whether a consonant follows the e behind letter i.
func (r *soundReader) consonantAfter(i int) bool {
	next := r.letter(i + 2)
	return r.letter(i+1) == 'e' && next != 0 && !vowelLetter(next) && next != 'y' && next != 'w' && i+3 < len(r.word)
}

func (r *soundReader) consonant() {
	rest := r.word[r.at:]
	for _, p := range consonantPairs {
		if strings.HasPrefix(rest, p.text) {
			r.put(p.is)
			r.at += len(p.text)
			return
		}
	}
	c, size := rune(rest[0]), 1
	if c >= 0x80 {
		for _, c = range rest {
			break
		}
		size = len(string(c))
	}
	switch {
	case c == 'h' && r.at+1 == len(r.word) && r.at > 0 && r.vowelAt(r.at-1):
		r.finalH()
	case c == 'w' && r.at == 2 && strings.HasPrefix(r.word, "kh"): // Khwaja
	case c == 'w':
		r.put('v')
	case c == 'c':
		r.put('k')
	default:
		r.put(c)
	}
	r.at += size
}

// finalH is silent; it tells that the i before it is not the ending -i (Salih is
// Saleh).
func (r *soundReader) finalH() {
	if n := len(r.out); r.out[n-1] == soundI {
		r.out[n-1] = soundE
	}
}

// put adds a consonant; double ones count once, two digits do not.
func (r *soundReader) put(s sound) {
	if n := len(r.out); n > 0 && r.out[n-1] == s && !unicode.IsDigit(s) {
		return
	}
	r.out = append(r.out, s)
}

// vowelRuns are letters that write vowels, longest first.
var vowelRuns = []struct {
	text string
	is   string
}{
	{"aaei", "H"}, {"aaee", "H"}, {"aaie", "H"}, {"aayi", "H"}, {"ayee", "H"}, {"aiee", "H"}, {"aai", "H"}, {"aae", "H"}, {"aay", "H"}, {"ayi", "H"}, {"aei", "H"}, {"aee", "H"}, {"aey", "H"}, {"aye", "H"}, {"aie", "H"}, {"aii", "H"},
	{"eyee", "D"}, {"eyi", "D"}, {"eei", "D"}, {"eii", "D"}, {"eiee", "D"}, {"eie", "D"}, {"iyi", "II"}, {"iei", "II"}, {"iee", "II"},
	{"aou", "AU"}, {"aoo", "AU"}, {"ai", "H"}, {"ay", "H"}, {"ae", "H"}, {"aa", "A"}, {"aw", "AO"},
	{"ei", "D"}, {"ey", "D"}, {"ee", "I"}, {"ew", "EO"}, {"iy", "I"}, {"ii", "I"}, {"ie", "I"}, {"iw", "IO"},
	{"oo", "U"}, {"ou", "U"}, {"ow", "U"}, {"uu", "U"}, {"uw", "U"},
	{"a", "A"}, {"e", "E"}, {"i", "I"}, {"y", "I"}, {"o", "O"}, {"u", "O"}, {"w", "O"},
}

// vowels reads the run of vowels at hand.
func (r *soundReader) vowels() {
	end := r.at
	for r.vowelAt(end) {
		end++
	}
	run := r.word[r.at:end]
	switch {
	case end == len(r.word) && run == "ii": // Rafii is Rafiei
		run = "iei"
	case end+1 == len(r.word) && r.word[end] == 'h' && strings.HasSuffix(run, "ie"): // Orumieh
		run = run[:len(run)-2] + "iye"
	}
	r.at = end
	for run != "" {
		for _, v := range vowelRuns {
			if rest, ok := strings.CutPrefix(run, v.text); ok {
				run = rest
				r.addVowels(v.is)
				break
			}
		}
	}
}

func (r *soundReader) addVowels(list string) {
	for _, s := range list {
		if n := len(r.out); n > 0 && list != "II" && (r.out[n-1] == s || rounded(r.out[n-1]) && rounded(s)) {
			continue
		}
		r.out = append(r.out, s)
	}
}

// rounded reports whether s is an o or u, however long.
func rounded(s sound) bool { return s == soundO || s == soundU }
