// Package segment cuts text into sentences by rules in SRX 2.0, the exchange
// format for segmentation rules.
//
// Start with [For], which answers the [Rules] of a language, and [Rules.Split].
// Our own rules are the files in rules/, one per language; [Load] reads the
// rule files of other tools. The engine knows no language itself.
//
// A rule names a pattern before a place and one after it; the first rule of the
// list that matches both sides of a place decides whether there is a break. The
// engine scans for the few places where a breaking rule could match at all, by
// the characters next to it, and tries patterns only there (see rules.go). A
// pattern runs as an automaton from the place outwards (automaton.go), or by
// package regexp2 with a time limit when it needs what only backtracking can do.
// Each sees at most a fixed stretch of text.
//
// Text is never changed: parts joined give the text back, whatever it holds.
// Invalid UTF-8 is copied through, a bad byte counting as one unknown
// character.
package segment
