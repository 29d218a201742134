// Package lang holds everything that differs between languages: match keys,
// folding for search, words, counts, numbers and dates, digits and direction.
//
// Start with [For], which answers a [Profile] for any language tag. A profile
// is plain data: each language is one file (en.go, fa.go …) that registers it,
// and nothing else in the program switches on a language tag. A language
// without a file gets a default profile that knows no words but compares, cuts
// and counts text soundly.
//
// The rules for Persian and English follow the requirements called PERSIAN.md;
// comments cite its rule ids (A8, B1, E5 …).
//
// Offsets are bytes. Invalid UTF-8 is never an error: a bad byte counts as the
// replacement character U+FFFD.
package lang
