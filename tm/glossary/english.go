package glossary

import (
	"strings"

	"tarjoman/tm"
)

// English (C4): plural s, es, ies and the possessive on the last word of a
// term; never -ed, -ing, -ian, -ist, -er.
var english = &grammar{
	cased:    true,
	hyphens:  true,
	last:     englishEndings,
	swap:     'y',
	swapped:  func(t traits) *endings { return enIES.unless(t.adj) },
	variants: englishPlurals,
	plurals:  true,
	join:     joinEnglish,
}

var (
	plainS    = ending{text: "s", plural: true}
	pluralES  = ending{text: "es", plural: true}
	ownS      = ending{text: "'s", tail: possessive}
	ownBare   = ending{text: "'", tail: possessive} // James’
	pluralOwn = ending{text: "s'", plural: true, tail: possessive}
	pluralEs  = ending{text: "es'", plural: true, tail: possessive}

	enS        = newEndings([]ending{plainS, ownS, pluralOwn})
	enOwn      = newEndings([]ending{ownS, ownBare})
	enSibilant = newEndings([]ending{pluralES, ownS, ownBare, pluralEs})
	enEither   = newEndings([]ending{plainS, pluralES, ownS, pluralOwn, pluralEs})
	enAcronym  = newEndings([]ending{plainS, pluralES, ownS, ownBare, pluralOwn, pluralEs}) // SMSs, ISIS’
	enIES      = newEndings([]ending{
		{text: "ies", plural: true},
		{text: "ies'", plural: true, tail: possessive},
	})
)

func (e *endings) unless(no bool) *endings {
	if no {
		return nil
	}
	return e
}

func englishEndings(word []cell, t traits) *endings {
	if len(word) == 0 {
		return nil
	}
	if t.adj { // the accused’s
		return enOwn
	}
	last, before := word[len(word)-1].r, rune(0)
	if len(word) > 1 {
		before = word[len(word)-2].r
	}
	switch {
	case word[len(word)-1].upper:
		return enAcronym
	case last == 's', last == 'x', last == 'z', last == 'h' && before == 's':
		return enSibilant
	case last == 'o', last == 'h' && before == 'c': // heroes, photos; churches, monarchs
		return enEither
	}
	return enS
}

// prepositions after which a noun phrase is over: its noun stands before them
// and takes the plural (prisoners of conscience).
var prepositions = map[string]bool{
	"of": true, "for": true, "in": true, "at": true, "to": true, "against": true,
	"on": true, "from": true, "by": true, "with": true,
}

// englishPlurals returns the plurals that are no ending of the last word.
func englishPlurals(term tm.Term, t traits) []string {
	if t.adj {
		return nil
	}
	if many, ok := pluralInside(term.Text); ok {
		return []string{many}
	}
	words := strings.Split(term.Text, " ")
	many, ok := irregular(words[len(words)-1])
	if t.name || !ok {
		return nil
	}
	words[len(words)-1] = many
	return []string{strings.Join(words, " ")}
}

// irregularEnds are the ends of words whose plural changes them.
var irregularEnds = []struct{ one, many string }{
	{"woman", "women"}, {"man", "men"}, {"child", "children"}, {"sperson", "speople"}, {"foot", "feet"}, {"tooth", "teeth"},
	{"mouse", "mice"}, {"wife", "wives"}, {"life", "lives"}, {"knife", "knives"}, {"thief", "thieves"}, {"half", "halves"},
	{"leaf", "leaves"}, {"loaf", "loaves"}, {"wolf", "wolves"}, {"shelf", "shelves"}, {"calf", "calves"}, {"self", "selves"},
	{"axis", "axes"}, {"crisis", "crises"}, {"basis", "bases"}, {"lysis", "lyses"}, {"thesis", "theses"}, {"nosis", "noses"},
	{"tasis", "tases"}, {"oasis", "oases"}, {"phasis", "phases"}, {"criterion", "criteria"}, {"phenomenon", "phenomena"},
	{"memorandum", "memoranda"}, {"referendum", "referenda"}, {"bacterium", "bacteria"}, {"medium", "media"},
	{"symposium", "symposia"}, {"stratum", "strata"}, {"nucleus", "nuclei"}, {"stimulus", "stimuli"}, {"fungus", "fungi"},
	{"alumnus", "alumni"}, {"bacillus", "bacilli"}, {"larva", "larvae"}, {"vertebra", "vertebrae"}, {"quiz", "quizzes"},
}

// irregular returns the plural of a word that changes.
func irregular(word string) (many string, ok bool) {
	for _, end := range irregularEnds {
		if stem, ok := cutSuffixFold(word, end.one); ok {
			return stem + end.many, true
		}
	}
	return "", false
}

func cutSuffixFold(s, suffix string) (string, bool) {
	at := len(s) - len(suffix)
	if at < 0 || !strings.EqualFold(s[at:], suffix) {
		return s, false
	}
	return s[:at], true
}

// afterNoun are adjectives that stand behind their noun.
var afterNoun = map[string]bool{"general": true, "elect": true, "designate": true, "martial": true}

// pluralInside returns the plural of a term whose noun is not its last word: it
// stands before a preposition (prisoners of conscience, passers-by) or an
// adjective (attorneys general).
func pluralInside(term string) (many string, ok bool) {
	for i, r := range term {
		if r != ' ' && r != '-' || i == 0 {
			continue
		}
		next := strings.ToLower(term[i+1:])
		if end := strings.IndexAny(next, " -"); end >= 0 {
			next = next[:end]
		}
		last := i+1+len(next) == len(term)
		if prepositions[next] && (!last || r == '-') || last && afterNoun[next] {
			from := strings.LastIndexAny(term[:i], " -") + 1
			return term[:from] + pluralOf(term[from:i]) + term[i:], true
		}
	}
	return "", false
}

// pluralOf is the plural of a word.
func pluralOf(word string) string {
	lower := strings.ToLower(word)
	many, ok := irregular(word)
	switch {
	case ok:
		return many
	case strings.HasSuffix(lower, "y") && !strings.ContainsAny(lower[max(0, len(lower)-2):len(lower)-1], "aeiou"):
		return word[:len(word)-1] + "ies"
	case strings.HasSuffix(lower, "s"), strings.HasSuffix(lower, "x"), strings.HasSuffix(lower, "z"),
		strings.HasSuffix(lower, "ch"), strings.HasSuffix(lower, "sh"):
		return word + "es"
	}
	return word + "s"
}

func joinEnglish(word, ending string) string {
	if strings.HasPrefix(ending, "'") || ending == "" {
		return word + strings.ReplaceAll(ending, "'", "’")
	}
	many := pluralOf(word)
	switch {
	case !strings.Contains(ending, "'"):
		return many
	case strings.HasSuffix(many, "s"):
		return many + "’"
	}
	return many + "’s"
}
