package glossary

import (
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A grammar says how terms of one language stand in text. The zero grammar is
// that of a language we know nothing about: whole words, nothing else.
type grammar struct {
	cased   bool // capitals matter to acronyms and exact terms
	hyphens bool // hyphen and space are one inside terms (C4)
	joiner  bool // ZWNJ, space and nothing are related (C6)

	// last returns the endings of the last word of a term, head those of the
	// first word of a term of several (C10). Either may be nil.
	last, head func(word []cell, t traits) *endings
	// swap is the letter that an ending may replace, swapped the endings that
	// then stand in its place: city, cities; بازمانده, بازماندگان.
	swap    rune
	swapped func(t traits) *endings
	// other lists joined forms that are words of their own (C9): زندانی is
	// not «a prison».
	other map[string]bool
	// variants returns further forms of a term to look for, which are its
	// plurals when plurals is true.
	variants func(term tm.Term, t traits) []string
	plurals  bool
	// join writes an ending after a word.
	join func(word, ending string) string
}

// traits is what decides, besides its letters, which endings a term takes.
type traits struct {
	name bool // names never derive (C8)
	adj  bool // has degrees
}

var plain = &grammar{cased: true}

var grammars = map[string]*grammar{"en": english, "fa": persian}

func grammarOf(tag language.Tag) *grammar {
	base, _ := tag.Base()
	if g := grammars[base.String()]; g != nil {
		return g
	}
	return plain
}

// spaceless reports whether the script of r is written without spaces, so that
// a neighbouring letter is no reason against a match.
func spaceless(r rune) bool {
	switch {
	case 0x0E00 <= r && r <= 0x0EFF, 0x1000 <= r && r <= 0x109F, 0x1780 <= r && r <= 0x17FF, // Thai, Lao, Myanmar, Khmer
		0x3040 <= r && r <= 0x30FF, 0x3400 <= r && r <= 0x9FFF, 0x20000 <= r && r <= 0x323AF: // kana, Han
		return true
	}
	return false
}
