// Package glossary finds the terms of a glossary in text and tells whether a
// translation uses them.
//
// Start with [Compile], which builds an immutable [Glossary] once; then
// [Glossary.Find] marks terms in one text, [Glossary.Check] judges a source with
// its target, and [Glossary.Issues] turns what is wrong into issues with a fix.
//
// # How terms are found
//
// Text and terms are folded by tm/lang and cut into cells, one per folded
// character, that remember their place in the original (cells.go). The terms
// are one sorted list of folded strings; walking the text from every place where
// a word begins narrows a range of that list one character at a time, so the
// cost grows with the text and hardly with the number of terms (index.go,
// walk.go, edges.go). When a term is complete, the longest ending its last word
// may take is read after it. Which endings exist is the only thing that differs
// between languages: english.go, and persian.go with persian_endings.go; every
// other language has none and matches whole words.
//
// A glossary is changed by [Glossary.With], which makes a new one that shares the
// old one's index (part.go). [Glossary.FirstMentions] looks at a whole document
// (mention.go), and [Extract] at texts whose terms are not known yet
// (extract.go).
//
// Rule ids such as C5 are those of PERSIAN.md section c.
package glossary
