package glossary

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// An ExtractSegment is a segment to take terms from. Document tells documents
// apart for the spread of a term; Target is "" when there is no translation.
type ExtractSegment struct {
	Document       int
	Source, Target string
}

// ExtractOptions steer [Extract]. Glossary, if given, holds what is known: its
// source terms are no candidates, and its target terms help to propose. Memory
// are further pairs to learn translations from; it may be passed over twice.
// Limit is the greatest number of candidates, 0 for [ExtractLimit].
type ExtractOptions struct {
	Source, Target language.Tag
	Glossary       *Glossary
	Memory         iter.Seq[Pair]
	Limit          int
}

// ExtractLimit is the number of candidates that are given when no other is
// asked for.
const ExtractLimit = 200

// maxExtractSegments bounds the segments one call looks at.
const maxExtractSegments = 500_000

// A TermCandidate is a word or phrase that may belong in a glossary (F6).
type TermCandidate struct {
	Text  string      // in the form it has most often
	Type  tm.TermType // Person, Organization, Place, Title, Date when there is evidence, else PlainTerm
	Name  bool        // written like a name: capitals throughout, or behind a title
	Long  string      // of an acronym, what it stands for in the text; "" when that is not said
	Count int         // how often it stands in the texts, inside longer ones too

	Segments, Documents int // in how many it stands
	Score               float64
	Contexts            []TermContext // up to three, from different segments
	Targets             []TargetCandidate
}

// A TermContext is a place of a candidate: the bytes From..To of the source of
// the segment with that number in the order given, from 0.
type TermContext struct {
	Segment, Document int
	Text              string
	From, To          int
}

// A TargetReason says where a [TargetCandidate] comes from.
type TargetReason string

// The reasons, the strongest first.
const (
	FromGlossary TargetReason = "glossary" // a term of the glossary: the long form of an acronym, a part
	FromMemory   TargetReason = "memory"   // stands where the term is translated
	FromName     TargetReason = "name"     // written by the rules for names (F4)
)

// A TargetCandidate is a way to say a candidate in the target language. Score is
// between 0 and 1.
type TargetCandidate struct {
	Text   string
	Reason TargetReason
	Score  float64
}

// Extract returns what in the texts may be terms and names, the most likely
// first: names, acronyms with what they stand for, and the phrases and nouns
// that come back. Candidates are ranked by frequency and spread; what the
// glossary knows, in any of its forms, and the words of every text are left out.
func Extract(segments iter.Seq[ExtractSegment], o ExtractOptions) []TermCandidate {
	x := newExtraction(o)
	for s := range segments {
		if len(x.segments) == maxExtractSegments {
			break
		}
		x.segments = append(x.segments, s)
	}
	x.read()
	x.collect()
	list := x.rank()
	x.propose(list)
	return list
}

// An extraction is one run of [Extract].
type extraction struct {
	o        ExtractOptions
	profile  *lang.Profile
	words    *extractWords
	rtl      bool
	segments []ExtractSegment
	lines    [][]exWord // words of the segments
	headline []bool     // segments whose words are all capitalised

	small, capital map[string]int // how often a word is written so, within sentences
	found          map[string]*candidate
}

func newExtraction(o ExtractOptions) *extraction {
	p := lang.For(o.Source)
	x := &extraction{o: o, profile: p, words: wordsOf(o.Source), rtl: p.RTL(),
		small: map[string]int{}, capital: map[string]int{}, found: map[string]*candidate{}}
	if x.o.Limit <= 0 {
		x.o.Limit = ExtractLimit
	}
	return x
}

// A candidate gathers the places of one term.
type candidate struct {
	key    string
	words  int
	name   bool // capitalised, or said to be a name
	long   string
	forms  map[string]int
	places []exPlace
	votes  map[tm.TermType]int
	nouns  int // places that show that it is a noun
	small  int // places where it is written small
	quoted int // places in quotation marks
	alone  int // places that are not within a longer candidate
}

// An exPlace is the bytes from..to of a segment, words first..last of it.
type exPlace struct{ segment, from, to, first, last int }

func (p exPlace) within(o exPlace) bool {
	return p.segment == o.segment && o.first <= p.first && p.last <= o.last && (o.first < p.first || p.last < o.last)
}

// maxFound is how many candidates are kept in mind. When there are more, those
// seen but once are forgotten.
const maxFound = 1_000_000

// add notes a place of a candidate with a key. A place may be noted twice.
func (x *extraction) add(key string, p exPlace) *candidate {
	c := x.found[key]
	if c == nil {
		if len(x.found) >= maxFound {
			maps.DeleteFunc(x.found, func(_ string, c *candidate) bool { return len(c.places) == 1 && !c.name })
		}
		c = &candidate{key: key, votes: map[tm.TermType]int{}, words: p.last - p.first + 1}
		x.found[key] = c
	}
	if n := len(c.places); n == 0 || c.places[n-1] != p {
		c.places = append(c.places, p)
	}
	return c
}

// settle brings the places of a candidate into order and counts its forms.
func (x *extraction) settle(c *candidate) {
	slices.SortFunc(c.places, func(a, b exPlace) int {
		return cmp.Or(cmp.Compare(a.segment, b.segment), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	c.places = slices.Compact(c.places)
	c.forms = map[string]int{}
	for _, p := range c.places {
		c.forms[x.text(p)]++
	}
}

func (x *extraction) text(p exPlace) string { return x.segments[p.segment].Source[p.from:p.to] }
