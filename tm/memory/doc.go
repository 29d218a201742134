// Package memory answers a source sentence with what was translated before. It
// is the one place that scores, penalises, ranks and explains matches. Start at
// [Table], the units of all memories, with [Table.Lookup] and
// [Table.Concordance]; [Scan] defines what Lookup returns.
//
// # The score
//
// The tokens of a text are those of its match key (lang.Profile.Keys, the one
// with a space for ZWNJ) in lower case: every run of letters, marks and numbers
// is one token, every other character that is not space is one, and so is each
// Han, Hiragana and Katakana character. Words, numbers and punctuation weigh the
// same. For two texts of n and m tokens with the Levenshtein distance d (insert,
// delete, replace: 1 each) and x = max(n, m),
//
//	raw = floor(100 · (x − d) / x), at most 99
//
// Raw is 100 exactly when the texts share a match key. Texts of more than
// [MaxTokens] tokens match exactly or not at all. Score is raw plus 1 for each
// neighbour that agrees minus every penalty. The kinds:
//
//	context    raw 100, and the sentence before or after (101) or both (102) agree
//	exact      raw 100
//	assembled  equal but for numbers, which were put into the target; raw 100,
//	           minus 1 for each number
//	fuzzy      raw at least the threshold
//
// The sense of a text is its first match key without spaces: texts that share a
// key have one sense. Neighbours agree, and texts are equal but for numbers, when
// their senses are the same; translations contradict each other when theirs are
// not.
//
// The penalties, in points: typographic 0 (equal only after folding: shown, not
// deducted, PERSIAN.md A9), codes 1, numbers 1 each, several_translations 1
// (exact matches that a translation of the same sense contradicts; matches whose
// context agrees are in doubt only among themselves), context 0 (an exact match
// of which both neighbours are known and neither agrees), draft 1, aligned 1,
// machine 15, unit as people have set it, memory and age as the query says.
//
// Matches are ranked by score, kind, identical before typographically
// different, approved before translated before draft, newer (to the microsecond)
// before older, and ID. Of units with the same source and target text, composed
// as NFC, the best is offered.
//
// # The index
//
// A [Table] holds no texts. Of every unit it knows a few facts (ledger): ID,
// time, trait (memory, origin, penalty, languages and codes, numbered because
// many units share them), and hashes of 64 bits of the senses, 32 of spellings,
// numbers and neighbours, all with a seed of the table's own. Of every text it
// has the tokens, numbered by one vocabulary for each language, and posting
// lists.
//
// New units go into a draft, which is searched one by one; a mark of 64 bits
// passes over most. Full drafts become segments, and segments larger ones, in
// the background (tend). A segment has a lane for each language: its texts in
// the order of their number of tokens, cut into chunks of at most 65,536, of one
// length where there are many of it. A deleted unit is marked in its segment
// until that is merged.
//
// A list holds the texts with a feature: a token, and how many of the same stand
// before it in the text. Texts of distance d have at least T = x − d features in
// common, counted as a multiset. So a hit stands in at least k of the n − T + k
// shortest lists of a query of n tokens, for every k up to T: only those are
// read, chunk by chunk, beginning with the query's own length, and what was
// counted k times is compared by a bit-parallel distance. The bound T rises with
// the score of the last of the best matches found so far. k is chosen by cost.
// Lists that are long have a directory by chunk.
//
// # Exactness
//
// Nothing else is passed over: Lookup returns what Scan returns for the units of
// the table, whatever was added, changed or deleted. The tests compare the two.
// Candidates are ranked by what the ledger knows, which is never less than the
// truth; the few that are shown are fetched from the [Source] and judged as Scan
// judges them. Where hashes left a doubt, or a unit was changed meanwhile, the
// search goes on with what is known now (see Table.best). Two hashes that are
// equal by chance can only hide that translations contradict each other, or a
// pair that differs from another one in typography alone.
//
// # Words and phrases
//
// [Table.Concordance] asks the same lists: a needle is a run of words in folded
// form, and the rows with its rarest word are tried, the best class of
// occurrence first (trawl). Parts of words come from the vocabulary, which a
// lexicon keeps in order by beginnings and ends. [Table.Fragments] seeks the
// longest phrases of a sentence that the memories hold, and learns from the
// units with them what their translation is (fragment).
package memory
