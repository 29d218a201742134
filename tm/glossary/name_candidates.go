package glossary

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// A NameReason says where a [NameCandidate] comes from.
type NameReason string

// The reasons, the strongest first.
const (
	KnownName NameReason = "known" // the memory or a glossary holds it
	UsualName NameReason = "usual" // every word of it is a frequent name
	RuleName  NameReason = "rule"  // spelled by the table of F4
)

// A NameCandidate is one way to write a name in another script. Cost is 0 for a
// perfect match and grows with doubt.
type NameCandidate struct {
	Text   string
	Reason NameReason
	Cost   float64
}

// maxCandidates is how many candidates are offered.
const maxCandidates = 8

// CrossCandidates proposes how to write a name of one language in another one
// (F4): first the spellings in known, which should be ordered by how much they
// are used, then what is usual, then what the table gives. It knows the way
// between Latin and Persian script; for others it returns nil.
func CrossCandidates(name string, from, to language.Tag, known []string) []NameCandidate {
	var list []NameCandidate
	switch source, target := scriptOf(from), scriptOf(to); {
	case source == LatinNames && target == PersianNames:
		list = persianCandidates(name, known)
	case source == PersianNames && target == LatinNames:
		list = latinCandidates(name, known)
	}
	var out []NameCandidate
	for _, c := range list {
		same := func(o NameCandidate) bool { return o.Text == c.Text }
		if c.Text != "" && !slices.ContainsFunc(out, same) && len(out) < maxCandidates {
			out = append(out, c)
		}
	}
	return out
}

// scriptOf returns the script in which a language writes names, "" for one we
// do not compare.
func scriptOf(tag language.Tag) NameScript {
	script, _ := tag.Script()
	switch script.String() {
	case "Latn":
		return LatinNames
	case "Arab", "Aran":
		return PersianNames
	}
	return ""
}

func persianCandidates(name string, known []string) []NameCandidate {
	n := newLatinName(name)
	if n.long || len(n.tokens) == 0 {
		return nil
	}
	list := knownCandidates(known, func(spelling string) float64 {
		return looseCross(n, spelling)
	})
	if usual := usualPersian(n); usual != "" {
		list = append(list, NameCandidate{usual, UsualName, 0})
	}
	return append(list, spellPersian(n)...)
}

// knownCandidates ranks known spellings by cost; equal ones stay in order.
func knownCandidates(known []string, cost func(string) float64) []NameCandidate {
	var list []NameCandidate
	for _, spelling := range known {
		if c := cost(spelling); c < alikeName {
			list = append(list, NameCandidate{spelling, KnownName, c})
		}
	}
	slices.SortStableFunc(list, func(a, b NameCandidate) int { return cmp.Compare(a.Cost, b.Cost) })
	return list
}

// looseCross compares a Latin name with a spelling in Persian script as foreign
// names need it.
func looseCross(n latinName, spelling string) float64 {
	key := PersianNameKey(spelling)
	if usual := usualPersian(n); usual != "" && PersianNameKey(usual) == key {
		return 0
	}
	return newCrossName(n, 0, len(n.tokens)).cost(key, false)
}

// spellPersian writes a name by the table: word by word what is usual, else the
// first way of every sound, once with the short vowels unwritten and once with
// every a written.
func spellPersian(n latinName) []NameCandidate {
	var short, long []string
	for i, t := range n.tokens {
		if usual := names.persianOf(t); usual != "" {
			short, long = append(short, usual), append(long, usual)
			continue
		}
		c := newCrossName(n, i, i+1)
		short, long = append(short, c.spell(false)), append(long, c.spell(true))
	}
	return []NameCandidate{
		{strings.Join(long, " "), RuleName, 0.3},
		{strings.Join(short, " "), RuleName, 0.4},
	}
}

// persianLetters are the letters that write a sound by rule.
var persianLetters = map[sound]string{
	'b': "ب", 'p': "پ", 't': "ت", 's': "س", 'j': "ج", 'c': "چ", 'x': "خ", 'd': "د", 'r': "ر", 'z': "ز", 'w': "ش",
	'q': "ق", 'f': "ف", 'k': "ک", 'g': "گ", 'l': "ل", 'm': "م", 'n': "ن", 'v': "و", 'h': "ه", 'y': "ی",
	soundI: "ی", soundU: "و", soundO: "و", soundEi: "ی", soundAi: "ای",
}

// spell writes one word; full writes the a inside it.
func (c crossName) spell(full bool) string {
	var b strings.Builder
	for _, s := range c.sounds {
		b.WriteString(s.spell(full))
	}
	return b.String()
}

func (s crossSound) spell(full bool) string {
	switch {
	case s.is == soundA && s.first && full:
		return "آ"
	case s.first && vowelSound(s.is):
		return "ا" + strings.TrimPrefix(persianLetters[s.is], "ا")
	case s.is == soundA && (full || s.last):
		return "ا"
	case s.is == soundE && s.last:
		return "ه"
	case s.is == soundO && !full && !s.last, s.is == soundA, s.is == soundE:
		return ""
	case s.is == soundAi && s.last:
		return "ایی"
	case persianLetters[s.is] == "":
		return string(s.is)
	}
	return persianLetters[s.is]
}

func latinCandidates(name string, known []string) []NameCandidate {
	words := persianNameWords(name)
	if len(name) > maxName || len(words) == 0 {
		return nil
	}
	key := joinNameWords(words)
	list := knownCandidates(known, func(spelling string) float64 {
		n := newLatinName(spelling)
		if n.long || len(n.tokens) == 0 {
			return apartName
		}
		if usual := usualPersian(n); usual != "" && PersianNameKey(usual) == key {
			return 0
		}
		return newCrossName(n, 0, len(n.tokens)).cost(key, false)
	})
	reason, cost := UsualName, 0.0
	var spelled []string
	for _, w := range words {
		latin := names.latinOf(w)
		if latin == "" {
			latin, reason, cost = spellLatin(w), RuleName, 0.4
		}
		spelled = append(spelled, latin)
	}
	if usual := names.latinOf(key); usual != "" {
		list = append(list, NameCandidate{usual, UsualName, 0})
	}
	return append(list, NameCandidate{strings.Join(spelled, " "), reason, cost})
}

// latinLetters writes Persian consonants.
var latinLetters = map[rune]string{
	'ب': "b", 'پ': "p", 'ت': "t", 'ط': "t", 'ث': "s", 'س': "s", 'ص': "s", 'ج': "j", 'چ': "ch", 'ح': "h", 'ه': "h", 'خ': "kh",
	'د': "d", 'ذ': "z", 'ز': "z", 'ض': "z", 'ظ': "z", 'ر': "r", 'ژ': "zh", 'ش': "sh", 'غ': "gh", 'ق': "gh", 'ف': "f",
	'ک': "k", 'گ': "g", 'ل': "l", 'م': "m", 'ن': "n",
}

// nameEnds are second parts of surnames, with their usual spelling.
var nameEnds = []struct{ persian, latin string }{
	{"نژاد", "nejad"}, {"زاده", "zadeh"}, {"زاد", "zad"}, {"پور", "pour"}, {"فر", "far"}, {"نیا", "nia"}, {"خواه", "khah"},
	{"دوست", "doust"}, {"پناه", "panah"}, {"آبادی", "abadi"}, {"ابادی", "abadi"}, {"آباد", "abad"}, {"اباد", "abad"}, {"اله", "ollah"}, {"الله", "ollah"}, {"شهر", "shahr"}, {"دشت", "dasht"},
}

// spellLatin writes one folded Persian word in Latin letters. Short vowels are
// guessed: an a after the first of two consonants that begin a word or a
// syllable.
func spellLatin(word string) string {
	for _, end := range nameEnds {
		stem, ok := strings.CutSuffix(word, end.persian)
		if ok && letterCount(stem) > 1 {
			if usual := names.latinOf(stem); usual != "" {
				return usual + end.latin
			}
			return spellLatin(stem) + end.latin
		}
	}
	letters := []rune(word)
	var b strings.Builder
	open := false // a consonant waits for its vowel
	for i, r := range letters {
		text, vowel := latinLetter(letters, i)
		if open && !vowel && i+1 < len(letters) || open && !vowel && i == 1 {
			b.WriteByte('a')
			open = false
		} else {
			open = !vowel
		}
		if vowel || r == 'ع' {
			open = false
		}
		b.WriteString(text)
	}
	return capital(b.String())
}

// latinLetter writes letter i of a word and tells whether it is a vowel there.
func latinLetter(letters []rune, i int) (text string, vowel bool) {
	first, last := i == 0, i == len(letters)-1
	afterVowel := i > 0 && strings.ContainsRune("اآویع", letters[i-1])
	beforeVowel := !last && strings.ContainsRune("اآوی", letters[i+1])
	switch letters[i] {
	case 'ا', 'آ', 'ع':
		if first && !last && strings.ContainsRune("یو", letters[i+1]) {
			return "", true
		}
		return "a", true
	case 'و':
		if first || afterVowel || beforeVowel {
			return "v", false
		}
		return "ou", true
	case 'ی':
		switch {
		case first || beforeVowel && !afterVowel && letters[i+1] == 'ا':
			return "y", false
		case afterVowel && !last:
			return "e", true
		}
		return "i", true
	case 'ه':
		if last && !afterVowel {
			return "eh", true
		}
	}
	if text := latinLetters[letters[i]]; text != "" {
		return text, false
	}
	return string(letters[i]), false
}
