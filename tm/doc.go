// Package tm is the vocabulary of Tarjoman, a translation-memory workbench.
// It holds the words every other package speaks and does no input or output.
//
// # The map
//
// A [Content] is plain text with inline codes kept beside it. A document is cut
// into blocks of layout (package tm/format) and blocks into sentences (package
// tm/segment); each sentence is a [Segment] with a source, a target and a
// [State]. Confirmed segments become a [Unit] of a memory; package tm/memory
// answers a new source with [Match] values, each with its score and every
// [Penalty] spelled out. A glossary holds [Concept] values, each with a [Term]
// per language; package tm/glossary finds them in text. Package tm/qa compares a
// source with its target and reports [Issue] values. What a person can act on
// when something fails is an [Error].
//
//	tm            these words
//	tm/lang       what differs between languages: match keys, words, numbers, direction
//	tm/segment    text into sentences, by SRX rules
//	tm/memory     lookup, scores, penalties, diff, concordance
//	tm/glossary   terms found and enforced
//	tm/qa         checks, typography
//	tm/align      two texts into beads
//	tm/format     documents in and out; one folder per format
//	tm/exchange   units and terms in and out: TMX, TSV, CSV
//	tm/store      SQLite: readers, one writer, migrations
//	tm/workbench  everything a person can do, with its permission
//	web, cmd      the browser and the command line
//
// Packages import only downwards in this order: tm, lang, then the domain
// packages (which never import each other), store, workbench, and last web and
// cmd. The test in arch_test.go enforces it.
//
// # Conventions
//
// Offsets are bytes unless a name says otherwise: the command line counts
// Unicode code points, the browser UTF-16 units, and both convert at their own
// edge with [Content.Runes] and [Content.UTF16]. Languages are BCP 47 tags,
// parsed once where they enter. Text of the user is never normalised for
// storing; keys for comparing come from tm/lang.
package tm
