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
	join:     joinEnglish,
}

var (
	plainS   = ending{text: "s", plural: true}
	pluralES = ending{text: "es", plural: true}
	ownS     = ending{text: "'s", tail: possessive}
	ownBare  = ending{text: "'", tail: possessive} // James’
	plurals  = ending{text: "s'", plural: true, tail: possessive}
	pluralEs = ending{text: "es'", plural: true, tail: possessive}

	enS        = newEndings([]ending{plainS, ownS, plurals})
	enSibilant = newEndings([]ending{pluralES, ownS, ownBare, pluralEs})
	enEither   = newEndings([]ending{plainS, pluralES, ownS, plurals, pluralEs})
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
	if len(word) == 0 || t.adj {
		return nil
	}
	last, before := word[len(word)-1].r, rune(0)
	if len(word) > 1 {
		before = word[len(word)-2].r
	}
	switch {
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
	return append(pluralHead(term, t), irregular(term, t)...)
}

// irregularEnds are the ends of words whose plural changes them.
var irregularEnds = []struct{ one, many string }{
	{"woman", "women"}, {"man", "men"}, {"child", "children"}, {"crisis", "crises"}, {"analysis", "analyses"},
	{"basis", "bases"}, {"thesis", "theses"}, {"wife", "wives"}, {"life", "lives"}, {"knife", "knives"},
	{"thief", "thieves"}, {"half", "halves"}, {"leaf", "leaves"}, {"foot", "feet"}, {"criterion", "criteria"},
}

func irregular(term tm.Term, t traits) []string {
	if t.name || t.adj {
		return nil
	}
	for _, end := range irregularEnds {
		if stem, ok := strings.CutSuffix(term.Text, end.one); ok {
			return []string{stem + end.many}
		}
	}
	return nil
}

func pluralHead(term tm.Term, t traits) []string {
	first, rest, ok := strings.Cut(term.Text, " ")
	next, _, _ := strings.Cut(rest, " ")
	if !ok || t.adj || !prepositions[strings.ToLower(next)] {
		return nil
	}
	return []string{pluralOf(first) + " " + rest}
}

// pluralOf is the regular plural of a word.
func pluralOf(word string) string {
	lower := strings.ToLower(word)
	switch {
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
	own := strings.Contains(ending, "'")
	word = pluralOf(word)
	if own {
		word += "’"
	}
	return word
}
