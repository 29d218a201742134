package glossary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// GuessType guesses what a term names by its words alone: «Evin Prison» a place,
// «Stockholm District Court» an organization, «Hamid Noury» a person. What says
// nothing is a plain term.
func GuessType(p *lang.Profile, text string) tm.TermType {
	words := strings.Fields(p.FoldString(text))
	if len(words) == 0 {
		return tm.PlainTerm
	}
	if p.RTL() {
		return guessPersian(words, text)
	}
	has := func(set map[string]bool) bool {
		return len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return set[strings.Trim(w, ".,’'")] })
	}
	switch {
	case has(monthWords):
		return tm.Date
	case has(orgWords) && named(text):
		return tm.Organization
	case has(placeWords) && named(text):
		return tm.Place
	case len(words) == 1 && acronym(text):
		return tm.Organization
	case named(text) && (len(words) == 2 || len(words) == 3 || usualPersian(newLatinName(text)) != ""):
		return tm.Person
	}
	return tm.PlainTerm
}

func guessPersian(words []string, text string) tm.TermType {
	first := words[0]
	switch {
	case len(words) > 1 && persianOrgs[first]:
		return tm.Organization
	case len(words) > 1 && persianPlaces[first]:
		return tm.Place
	case len(words) > 1 && persianTitles[first]:
		return tm.Person
	case usualLatin(text):
		return tm.Person
	}
	return tm.PlainTerm
}

// usualLatin reports whether every word of a Persian text is a frequent name.
func usualLatin(text string) bool {
	words := persianNameWords(text)
	for _, w := range words {
		if names.latinOf(w) == "" {
			return false
		}
	}
	return len(words) > 0
}

// named reports whether a Latin text is written as a name: its long words begin
// with capitals.
func named(text string) bool {
	for _, w := range strings.Fields(text) {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && utf8.RuneCountInString(w) > 3 {
			return false
		}
	}
	return true
}
