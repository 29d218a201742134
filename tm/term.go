package tm

import (
	"time"

	"golang.org/x/text/language"
)

// TermStatus says whether a term may be used.
type TermStatus string

const (
	Preferred     TermStatus = "preferred" // the approved form
	Admitted      TermStatus = "admitted"  // an allowed variant
	ForbiddenTerm TermStatus = "forbidden" // must not be used
	Proposed      TermStatus = "proposed"  // waits for a reviewer; shown, never enforced
)

// TermType is what a concept names. Names never derive: the place Iran is not
// the adjective Iranian (PERSIAN.md C8).
type TermType string

// The types of concepts; any other word is kept and treated as an ordinary
// term.
const (
	PlainTerm    TermType = "term"
	Person       TermType = "person"
	Organization TermType = "organization"
	Place        TermType = "place"
	Title        TermType = "title"
	Event        TermType = "event"
	Legal        TermType = "legal"
	Date         TermType = "date"
	Religion     TermType = "religion"
)

// Name reports whether the type names a single thing: such terms take plural
// and case endings but never derive (PERSIAN.md C8).
func (t TermType) Name() bool {
	switch t {
	case Person, Organization, Place, Date, Religion:
		return true
	}
	return false
}

// A Concept is one meaning with its terms in every language.
type Concept struct {
	ID       ConceptID
	Glossary GlossaryID
	Key      string // its name in exchange files and for See; "" when it has none
	Type     TermType
	Domain   string            // subject field: law, medicine …
	Note     string            // definition or advice, for people
	Keep     bool              // do not translate: the source term stands in the target as it is
	See      []string          // keys of related concepts
	Props    map[string]string // what an exchange file says that has no field of ours
	Terms    []Term
}

// A Term is one way to say a concept in a language.
type Term struct {
	Lang   language.Tag
	Text   string
	Status TermStatus
	Case   TermCase
	POS    string            // part of speech: noun, adj, acronym …; "" when unknown
	Note   string            // when to use it
	Source string            // where it was found: a book, a web page
	From   time.Time         // first day it holds, at 0:00 UTC; zero for always
	Until  time.Time         // last day it holds, at 0:00 UTC; zero for ever
	Props  map[string]string // as in Concept
}

// Valid reports whether the term holds on the day.
func (t Term) Valid(day time.Time) bool {
	day = day.UTC().Truncate(24 * time.Hour)
	return !day.Before(t.From) && (t.Until.IsZero() || !day.After(t.Until))
}

// TermCase is the case rule of a term.
type TermCase string

const (
	CaseAuto  TermCase = "auto"  // all-capitals acronyms exact, others insensitive
	CaseExact TermCase = "exact" // as written
)

// In returns the terms of the concept in the base language of tag that have one
// of the statuses, in order; all of the language when none is named.
func (c *Concept) In(tag language.Tag, statuses ...TermStatus) []Term {
	base, _ := tag.Base()
	var terms []Term
	for _, t := range c.Terms {
		if b, _ := t.Lang.Base(); b != base {
			continue
		}
		if len(statuses) == 0 {
			terms = append(terms, t)
			continue
		}
		for _, s := range statuses {
			if t.Status == s {
				terms = append(terms, t)
			}
		}
	}
	return terms
}
