package glossary

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A sound is one unit of a Latin spelling (F1). Consonants are small letters,
// with x for kh, q for gh and q, c for ch, w for sh, j for j, zh and dj, y for y
// as a consonant; anything unknown stands for itself. Vowels are the constants
// below.
type sound = rune

// The vowels, by how sure the spelling is about them: ee is long and never an a,
// e may be a short a. F1 has three classes; Karim and Karam would be one name
// with them.
const (
	soundA  sound = 'A' // a, aa
	soundE  sound = 'E' // e
	soundI  sound = 'I' // i, ee, y
	soundO  sound = 'O' // o, u
	soundU  sound = 'U' // oo, ou, ow: long for certain
	soundEi sound = 'D' // ei, ey
	soundAi sound = 'H' // ai, ay, ae, aei
)

func vowelSound(s sound) bool { return 'A' <= s && s <= 'Z' }

// latinPlain writes letters outside ASCII whose plain letter would say something
// else.
var latinPlain = strings.NewReplacer("š", "sh", "ş", "sh", "ș", "sh", "č", "ch", "ç", "ch", "ć", "ch", "ž", "zh",
	"ğ", "gh", "ġ", "gh", "ḡ", "gh", "ḵ", "kh", "ẖ", "kh", "ḫ", "kh", "ə", "e", "ı", "i", "ø", "o", "æ", "ae", "ß", "ss",
	"đ", "d", "ð", "d", "ł", "l", "ū", "ou", "œ", "oe")

// latinTokens cuts a name into words of plain small letters and digits. An
// apostrophe is nothing; space, hyphen and any other mark cut.
func latinTokens(name string) []string {
	name = latinPlain.Replace(strings.ToLower(norm.NFC.String(name)))
	var tokens []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			tokens = append(tokens, word.String())
			word.Reset()
		}
	}
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || apostrophe(r) || unicode.Is(unicode.Cf, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word.WriteRune(r)
		default:
			flush()
		}
	}
	flush()
	return tokens
}

// apostrophe reports whether r is an apostrophe or a sign for ʿayn or hamza.
func apostrophe(r rune) bool { return strings.ContainsRune("'’‘`´ʼʻʾʿˈ′‛", r) }

// A latinName is a Latin spelling prepared for comparing.
type latinName struct {
	tokens []string  // words as the rules compare them
	sounds [][]sound // of every token
	long   bool      // too long to compare
}

func newLatinName(name string) latinName {
	n := latinName{tokens: mendParticles(latinTokens(name)), long: len(name) > maxName}
	for _, t := range n.tokens {
		n.sounds = append(n.sounds, sounds(t))
	}
	return n
}

// key tells spellings apart that are the same to every rule.
func (n latinName) key() string { return strings.Join(n.tokens, " ") }

// skeleton is the consonants of the name as far as all spellings share them,
// however its words are joined: letters that h may change count as without it,
// h, y and the vowels not at all.
func (n latinName) skeleton() string {
	var out []rune
	for _, word := range n.sounds {
		for _, s := range word {
			out = addSkeleton(out, s)
		}
	}
	return string(out)
}

var skeletons = map[sound]sound{'w': 's', 'q': 'g', 'x': 'k', 'c': 'k', 'j': 'z', 'f': 'p'}

func addSkeleton(out []rune, s sound) []rune {
	if vowelSound(s) || s == 'h' || s == 'y' {
		return out
	}
	n := len(out)
	if n > 0 && (s == 'j' && out[n-1] == 'd' || s == 'c' && out[n-1] == 't') {
		out = out[:n-1] // dj and tch across two words
	}
	if plain := skeletons[s]; plain != 0 {
		s = plain
	}
	if n = len(out); n > 0 && out[n-1] == s && !unicode.IsDigit(s) {
		return out
	}
	return append(out, s)
}

var articles = []string{"al", "el", "ol", "ul", "ad", "ud", "od", "ed", "as", "ar", "an", "ash"}

// mendParticles rewrites the small words of Arabic and Persian names: the
// article after a first word is dropped (Bashar al-Assad) or joined to Abd and
// Abu (Abd al-Karim, Abdolkarim), the ezafe between words is dropped
// (Mojahedin-e Khalq).
func mendParticles(tokens []string) []string {
	var out []string
	for i, t := range tokens {
		inner := len(out) > 0 && i+1 < len(tokens)
		switch {
		case len(out) > 0 && (t == "e" || t == "ye") || inner && (t == "i" || t == "yi"):
			continue
		case inner && slices.Contains(articles, t) && (len(t) == 2 && t[1] == 'l' || tokens[i+1] == "din" || tokens[i+1] == "deen"):
			if last := out[len(out)-1]; slices.Contains([]string{"abd", "abu", "abo", "abou"}, last) {
				out[len(out)-1] = last[:min(len(last), 3)] + "ol"
				if last != "abd" {
					out[len(out)-1] = "abol"
				}
			} else if tokens[i+1] == "din" || tokens[i+1] == "deen" {
				out[len(out)-1] = last + "od"
			}
			continue
		case inner && t == "ibn":
			t = "bin"
		}
		out = append(out, t)
	}
	return out
}

// mendWord rewrites the parts of words that are spelled in every way: -ollah,
// -ullah, -allah; Abdol-, Abdul-, Abdel-; -eddin, -uddin.
func mendWord(word string) string {
	for _, end := range []string{"oullah", "ullah", "allah"} {
		if i := strings.Index(word, end); i > 0 {
			word = word[:i] + "ollah" + word[i+len(end):]
		}
	}
	for _, end := range []string{"ulla", "alla"} {
		if stem, ok := strings.CutSuffix(word, end); ok && stem != "" {
			word = stem + "olla"
		}
	}
	for _, start := range []string{"abdoul", "abdul", "abdel", "abdal", "aboul", "abul"} {
		if rest, ok := strings.CutPrefix(word, start); ok && rest != "" {
			word = strings.TrimRight(start, "aeoul") + "ol" + rest
		}
	}
	return mendDin(word)
}

// mendDin writes -oddin for -eddin, -uddin, -adin …
func mendDin(word string) string {
	stem := word
	for _, end := range []string{"din", "deen", "dine"} {
		if s, ok := strings.CutSuffix(word, end); ok {
			stem = s
		}
	}
	if stem == word {
		return word
	}
	doubled := strings.TrimSuffix(stem, "d")
	before := strings.TrimRight(doubled, "aeou")
	if len(before) < 3 || before == doubled || doubled == stem {
		return word
	}
	return before + "oddin"
}

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
	return vowelLetter(before) && (after == 'i' || strings.HasPrefix(r.word[i+1:], "ee")) // Rezayi is Rezaei
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
	{"aaei", "H"}, {"aaee", "H"}, {"aaie", "H"}, {"aayi", "H"}, {"ayee", "H"}, {"aiee", "H"}, {"aai", "H"}, {"aae", "H"}, {"aay", "H"}, {"ayi", "H"}, {"aei", "H"}, {"aee", "H"}, {"aey", "H"}, {"aie", "H"}, {"aii", "H"},
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
