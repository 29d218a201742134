// Package memory answers a source sentence with what was translated before. It
// is the one place that scores, penalises, ranks and explains matches. Start at
// [Table], the units of all memories, with [Table.Lookup] and
// [Table.Concordance].
//
// # The score
//
// The tokens of a text are those of its match key (lang.Profile.Keys, the one
// with a space for ZWNJ) in lower case: every run of letters, marks and numbers
// is one token, every other character that is not space is one, and so is each
// Han, Hiragana and Katakana character. For two texts of n and m tokens with the
// Levenshtein distance d (insert, delete, replace: 1 each) and x = max(n, m),
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
// The penalties, in points: typographic 0 (equal only after folding: shown, not
// deducted, PERSIAN.md A9), codes 1, numbers 1 each, several_translations 1
// (exact matches that disagree; a match whose context agrees is not in doubt),
// draft 1, aligned 1, machine 15, memory as the query says.
//
// Matches are ranked by score, kind, identical before typographically
// different, approved before translated before draft, newer before older, and
// ID. Of units with the same source and target text the best is offered.
//
// # Exactness
//
// Lookup compares the query with every unit whose length allows a hit; there is
// no candidate cut. It is the reference that any index has to equal.
package memory
