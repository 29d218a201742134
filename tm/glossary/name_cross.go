package glossary

import (
	"slices"
	"strings"
	"unicode"
)

// A crossName is a Latin spelling prepared for comparing with Persian ones: the
// sounds of its words in a row, with the ends of words (F4).
type crossName struct {
	sounds []crossSound
	words  int
}

type crossSound struct {
	is          sound
	first, last bool // of its word
	heh         bool // an h is written behind it that may be silent: Fatemeh, Fallah
}

func newCrossName(n latinName, from, to int) crossName {
	c := crossName{words: to - from}
	for w, word := range n.sounds[from:to] {
		heh := strings.HasSuffix(n.tokens[from+w], "h")
		for i, s := range word {
			last := i == len(word)-1
			c.sounds = append(c.sounds, crossSound{s, i == 0, last, last && heh})
		}
	}
	return c
}

// A rendering is one way in which Persian writes a sound.
type rendering struct {
	text string
	cost float64
}

// looseCost is from where a way of writing is one of foreign names in general
// (George, جورج), not of Persian ones.
const looseCost = 0.35

// crossConsonants are the ways to write consonants, the usual ones first (F4).
// Two letters stand where a Latin pair may be two consonants: Fathi, «فتحی».
var crossConsonants = map[sound][]rendering{
	'b': ways("ب", ""), 'p': ways("پ", "ف ب"), 't': append(ways("ت ط", "ث د تت"), rendering{"تح", 0.3}), 's': ways("س ص ث", "ز ش"),
	'j': ways("ج ژ", "ی خ گ ز"), 'c': ways("چ", "ش ک خ تش"), 'x': append(ways("خ", "کس ش ه"), rendering{"خو", 0.1}), 'd': ways("د", "ذ ض ظ ت دد"),
	'r': ways("ر", ""), 'z': ways("ز ذ ض ظ", "س ژ تس"), 'w': append(ways("ش", "سچ"), rendering{"شه", 0.3}, rendering{"سح", 0.3}), 'q': ways("ق غ", "گ ک"),
	'f': ways("ف", "و پ"), 'k': ways("ک", "ق س چ ش"), 'g': ways("گ", "غ ج ق ژ"), 'l': ways("ل", ""),
	'm': ways("م", ""), 'n': ways("ن", "نن"), 'v': ways("و", "ف ب"), 'h': ways("ه ح", "خ"), 'y': ways("ی", "یی ای ج"),
}

// firstS may have an alef before it: Stockholm, «استکهلم».
var firstS = append(slices.Clone(crossConsonants['s']), rendering{"اس", 0.2})

func ways(usual, loose string) []rendering {
	var list []rendering
	for _, text := range strings.Fields(usual) {
		list = append(list, rendering{text, 0})
	}
	for _, text := range strings.Fields(loose) {
		list = append(list, rendering{text, 0.5})
	}
	return list
}

// The ways to write vowels inside a word; "-" is nothing.
var crossVowels = map[sound][]rendering{
	soundA:  priced("ا=0 -=0 ع=0 عا=0 اع=.1 ه=.3 ی=.45 و=.5 ای=.5"),
	soundE:  priced("-=0 ع=.1 اع=.2 ه=.3 ی=.35 ا=.4 ای=.5"),
	soundI:  priced("ی=0 یی=.1 عی=.1 یع=.1 -=.3 ای=.4 ا=.5"),
	soundO:  priced("و=0 -=0 عو=.1 وع=.2 ع=.2 ا=.3 یو=.4 او=.4"),
	soundU:  priced("و=0 عو=.1 وع=.2 ع=.3 -=.45 ا=.45 یو=.35 او=.35"),
	soundEi: priced("ی=0 عی=.1 یی=.1 های=.1 ای=.2 -=.5 ا=.5"),
	soundAi: priced("ی=0 ای=0 ایی=0 یی=0 عی=0 اعی=0 ایع=.1 اع=.1 ا=.4 های=.3"),
}

// The ways at the beginning of a word, where a vowel needs a carrier.
var crossFirst = map[sound][]rendering{
	soundA:  priced("ا=0 آ=0 ع=0 عا=0 ه=.5 ای=.5 او=.5"),
	soundE:  priced("ا=0 ع=0 اع=0 ای=.3 ی=.4"),
	soundI:  priced("ای=0 ا=0 عی=0 ع=.2 آی=.4"),
	soundO:  priced("ا=0 او=0 ع=0 عو=.1 یو=.35 آ=.35 و=.5"),
	soundU:  priced("او=0 عو=.1 ا=.3 و=.4 آ=.45"),
	soundEi: priced("ای=0 عی=.1 آی=.35"),
	soundAi: priced("ای=0 عی=.1 آی=0 عای=0 آ=.35 ا=.35"),
}

// The ways at the end of a word.
var crossLast = map[sound][]rendering{
	soundA:  priced("ا=0 ه=0 ع=.1 اع=.1 ی=.45 و=.5 -=.5"),
	soundE:  priced("ه=0 ی=.35 -=.35 ا=.45 ع=.1"),
	soundI:  priced("ی=0 یی=.2 عی=.1 ای=.5"),
	soundO:  priced("و=0 ا=.5 -=.5"),
	soundU:  priced("و=0 ا=.5"),
	soundEi: priced("ی=0 های=0 عی=.1 یی=.1 ای=.2 ا=.5"),
	soundAi: priced("ای=0 ایی=0 عی=.1 یی=.1 ی=.3 های=.3 اع=.3 ه=.5"),
}

// The ways of a last vowel with an h behind it, which is heard or not: فاطمه and
// فلاح, شاه and سارا.
var crossHeh = map[sound][]rendering{
	soundA: priced("ه=0 اه=0 اح=0 ا=0 ح=.1 ع=.2 ی=.45"),
	soundE: priced("ه=0 یح=0 ح=0 یه=.1 ی=.35 ا=.45"),
	soundO: priced("وه=0 وح=0 ه=.1 ح=.1 و=.1"),
	soundU: priced("وه=0 وح=0 و=.1"),
}

func priced(list string) []rendering {
	var out []rendering
	for field := range strings.FieldsSeq(list) {
		text, price, _ := strings.Cut(field, "=")
		r := rendering{text: strings.Trim(text, "-")}
		for i, c := range strings.TrimPrefix(price, ".") { // hundredths
			r.cost += float64(c-'0') * []float64{0.1, 0.01}[i]
		}
		out = append(out, r)
	}
	return out
}

func (s crossSound) ways() []rendering {
	switch {
	case s.first && s.is == 's':
		return firstS
	case !vowelSound(s.is):
		if list, ok := crossConsonants[s.is]; ok {
			return list
		}
		return []rendering{{string(s.is), 0}}
	case s.first:
		return crossFirst[s.is]
	case s.heh && crossHeh[s.is] != nil:
		return crossHeh[s.is]
	case s.last:
		return crossLast[s.is]
	}
	return crossVowels[s.is]
}

// crossMisses is the cost of a consonant left out or a Persian letter nobody
// asked for: too much for Persian names, a slip in others.
const (
	missedSound  = 1.0
	extraVowel   = 0.45 // ا و ی ه ع
	extraLetter  = 1.2
	silentLetter = 0.5 // h, and v after a vowel
)

// cost says how far a Persian key is from what the name would be written like.
// Strict leaves out the ways of foreign names.
func (c crossName) cost(key string, strict bool) float64 {
	letters := []rune(key)
	if len(letters) == 0 || len(c.sounds) == 0 || len(letters) > maxName/2 {
		return 2 * apartName
	}
	m := crossMatch{name: c, letters: letters, strict: strict}
	return m.run()
}

// A crossMatch aligns a Latin name with a Persian key.
type crossMatch struct {
	name    crossName
	letters []rune
	strict  bool
	table   []float64 // costs so far, by sounds and letters used
}

func (m *crossMatch) run() float64 {
	width := len(m.letters) + 1
	m.table = make([]float64, (len(m.name.sounds)+1)*width)
	for i := range m.table {
		m.table[i] = 99
	}
	m.table[0] = 0
	for i := range m.name.sounds {
		for j := range width {
			if m.table[i*width+j] < 3*apartName {
				m.from(i, j, width)
			}
		}
	}
	last := len(m.name.sounds) * width
	for j := range m.letters {
		m.skip(last+j, j)
	}
	return m.table[len(m.table)-1]
}

// from goes on from sound i and letter j.
func (m *crossMatch) from(i, j, width int) {
	at := i*width + j
	s := m.name.sounds[i]
	for _, w := range s.ways() {
		if n := prefixLetters(m.letters[j:], w.text); n >= 0 && (!m.strict || w.cost <= looseCost) {
			m.set(at+width+n, m.table[at]+w.cost)
		}
	}
	if m.strict {
		return
	}
	if !vowelSound(s.is) {
		price := missedSound
		if s.is == 'h' || s.is == 'v' || s.is == 'y' {
			price = silentLetter
		}
		m.set(at+width, m.table[at]+price)
	}
	if j < len(m.letters) {
		m.skip(at, j)
	}
}

// skip passes letter j as one too many.
func (m *crossMatch) skip(at, j int) {
	if m.strict {
		return
	}
	price := extraLetter
	if strings.ContainsRune("اویهع", m.letters[j]) {
		price = extraVowel
	}
	m.set(at+1, m.table[at]+price)
}

func (m *crossMatch) set(at int, cost float64) { m.table[at] = min(m.table[at], cost) }

// prefixLetters returns the number of letters of text when the list begins with
// it, -1 otherwise.
func prefixLetters(list []rune, text string) int {
	n := 0
	for _, r := range text {
		if n >= len(list) || list[n] != r {
			return -1
		}
		n++
	}
	return n
}

func letterCount(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
