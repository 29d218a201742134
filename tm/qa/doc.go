// Package qa checks a translation against its source and its typography.
//
// Start with [Run]: it takes a [Pair] and returns the issues of every check,
// or of the named ones. [Checks] lists them; each is one file of this package
// and one line of the table in checks.go. What only shows across a document is
// found by [Consistency]. [Typography] and [FixTypography] know the typography
// of a language without a source.
//
// bidi_display lays a target out as a screen will (bidi.go; the algorithm is in
// bidi_levels.go, what is looked for in bidi_marks.go and bidi_pairs.go).
//
// Terms are the business of tm/glossary, which reports issues of its own.
//
// # Typography
//
// The rules of Persian (PERSIAN.md section d) work on a draft (draft.go): each
// rule reports what it finds and makes its safe fix, so the next one sees
// corrected text. letters.go, digits.go, marks.go, spacing.go, pairs.go, words.go
// and verbs.go hold the rules; data/fa-words.txt the words they know.
package qa
