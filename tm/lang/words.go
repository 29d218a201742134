package lang

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// WordKind says what a [Word] is made of.
type WordKind uint8

const (
	SpaceWord  WordKind = iota // white space
	MarkWord                   // punctuation, symbols, emoji
	NumberWord                 // digits without letters: 30,000 ۳٫۵
	LetterWord                 // has a letter: می‌رود COVID-19
)

// A Word is a token of a text, the bytes From..To.
type Word struct {
	From, To int
	Kind     WordKind
}

// Words cuts text into tokens that cover it without gaps. A word keeps its
// inner ZWNJ, apostrophes and hyphens (B2); every run of white space is one
// token, every mark its own.
func (p *Profile) Words(text string) []Word {
	var list []Word
	for it := words.FromString(text); it.Next(); {
		w := Word{From: it.Start(), To: it.End(), Kind: kindOf(it.Value())}
		list = appendWord(list, w, text)
	}
	return list
}

// appendWord adds w, merged with what stands before it where UAX #29 cuts
// finer than we want: runs of white space and parts of hyphenated words.
func appendWord(list []Word, w Word, text string) []Word {
	n := len(list)
	if n > 0 && w.Kind == SpaceWord && list[n-1].Kind == SpaceWord {
		list[n-1].To = w.To
		return list
	}
	if n > 1 && w.Kind >= NumberWord && list[n-2].Kind >= NumberWord && hyphen(text[list[n-1].From:list[n-1].To]) {
		list[n-2].To = w.To
		list[n-2].Kind = max(list[n-2].Kind, w.Kind)
		return list[:n-1]
	}
	return append(list, w)
}

func hyphen(s string) bool { return s == "-" || s == "‐" || s == "‑" }

// kindOf looks at all runes of a token: a letter decides.
func kindOf(s string) WordKind {
	kind := MarkWord
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
			return LetterWord
		case unicode.IsNumber(r):
			kind = NumberWord
		case i == 0 && unicode.IsSpace(r):
			kind = SpaceWord
		}
	}
	return kind
}

// SubWords cuts a word token at its ZWNJs, so that «کتاب‌ها» and «کتاب ها» give
// the same parts (B2). The ZWNJ itself belongs to no part. A token without ZWNJ
// is its only part.
func (p *Profile) SubWords(text string, w Word) []Word {
	var parts []Word
	from := w.From
	for at := w.From; at < w.To; {
		r, size := utf8.DecodeRuneInString(text[at:w.To])
		if r == zwnj {
			parts = appendPart(parts, Word{from, at, w.Kind}, text)
			from = at + size
		}
		at += size
	}
	return appendPart(parts, Word{from, w.To, w.Kind}, text)
}

func appendPart(parts []Word, w Word, text string) []Word {
	if w.From == w.To {
		return parts
	}
	w.Kind = kindOf(text[w.From:w.To])
	return append(parts, w)
}
