package memory

import (
	"context"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A FragmentQuery asks which phrases of Source the memories hold. Nil Memories
// are all; of those given, units of one with a penalty are asked last. The zero
// Limit is [DefaultFragments].
type FragmentQuery struct {
	From, To language.Tag
	Source   tm.Content
	Memories []Use
	Limit    int
	Except   tm.UnitID // as if it was not there; 0 for none
	Filter
}

// DefaultFragments is the number of fragments offered for a query.
const DefaultFragments = 10

// A Fragment is a phrase of a query, the bytes From..To of its source, that
// Count units hold as the same whole words; with More there are more of them,
// and Count are those that were met. Translations, the best first and never
// none, were learned from Sampled of these units.
type Fragment struct {
	From, To     int
	Source       string
	Count        int
	More         bool
	Sampled      int
	Translations []FragmentTranslation
}

// A FragmentTranslation is what a fragment was probably translated as, written
// as most of the Units write it, which are some of the Count units, among those
// sampled, that have it. Confidence, 0 to 1, is a guess at how probable it is;
// it is no score and not to be compared with one.
type FragmentTranslation struct {
	Text       string
	Count      int
	Confidence float64
	Units      []*tm.Unit
}

// Fragments returns the longest phrases of the query that the memories hold and
// whose translation can be told, in the order of the query, not overlapping. It
// is for sentences without a match: pieces to write with, not a translation.
//
// A phrase is two tokens or more that follow each other in a unit as they do in
// the query, compared in folded form as by [Table.Concordance]; it has a word
// that is not frequent, neither begins nor ends with punctuation or a short
// frequent word, and begins where a written word begins. Single words are
// offered when they are rare and their translation is certain. Where a phrase
// has no translation that can be told, parts of it are tried.
//
// How translations are learned says fragmentlearn.go. Only the first
// [maxFragmentTokens] tokens of the query are looked at, at most some hundreds
// of units are read for each phrase, and the answer is the same as long as the
// table is. The only errors are those of ctx and of the [Source].
func (t *Table) Fragments(ctx context.Context, query FragmentQuery) ([]Fragment, error) {
	if query.Limit <= 0 {
		query.Limit = DefaultFragments
	}
	t.init()
	places, ok := placeTokens(lang.For(query.From), query.Source.Text)
	if !ok || len(places) == 0 || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	t.prepareWords(ConcordanceQuery{From: query.From, To: query.To})
	found := t.quarry(ctx, &query, places[:min(len(places), maxFragmentTokens)])
	list, err := t.spellOut(ctx, &query, found)
	if err != nil {
		return nil, err
	}
	return list, ctx.Err()
}

// maxFragmentTokens bounds how much of a query is looked at; its distinct words
// are numbered in a byte.
const maxFragmentTokens = 240
