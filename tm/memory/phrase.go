package memory

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm/lang"
)

// A class ranks how a phrase occurs in a text, best first.
type class uint8

const (
	wholePhrase    class = iota // as whole words, divided at the same places
	rejoinedPhrase              // as whole words, written joined or divided elsewhere
	partPhrase                  // beginning or ending inside words
	wholeWords                  // all its words, scattered
	partWords                   // all its words, some as parts of others
	nowhere
)

const zwnj = '\u200c'

// A phrase is a query text made ready to be found in folded texts.
type phrase struct {
	profile *lang.Profile
	joined  string       // without joints
	joints  map[int]bool // offsets of joined where the query has a joint
	words   []phrase     // when there are several
}

// newPhrase folds the query. A text of nothing but space occurs nowhere.
func newPhrase(p *lang.Profile, text string) phrase {
	folded := p.FoldString(strings.TrimSpace(text))
	f := onePhrase(p, folded)
	if words := strings.Fields(folded); len(words) > 1 {
		for _, w := range words {
			f.words = append(f.words, onePhrase(p, w))
		}
	}
	return f
}

func onePhrase(p *lang.Profile, folded string) phrase {
	joined, at := join(strings.Join(strings.Fields(folded), " "))
	return phrase{profile: p, joined: joined, joints: jointsOf(at, len(joined))}
}

// join takes out of a folded text the joints: ZWNJ anywhere, and space between
// letters of the Arabic script. At holds for every byte that stays its offset
// in the folded text; nil when nothing was taken out.
func join(folded string) (joined string, at []int) {
	if !hasJoint(folded) {
		return folded, nil
	}
	b := make([]byte, 0, len(folded))
	last := rune(0)
	for i, r := range folded {
		if r == zwnj || r == ' ' && arabic(last) && arabic(nextLetter(folded[i:])) {
			continue
		}
		last = r
		n := len(b)
		b = utf8.AppendRune(b, r)
		for k := range len(b) - n {
			at = append(at, i+k)
		}
	}
	return string(b), at
}

// hasJoint is true for every text with a joint, and for few others.
func hasJoint(folded string) bool {
	return strings.ContainsRune(folded, zwnj) || strings.IndexFunc(folded, arabic) >= 0 && strings.Contains(folded, " ")
}

// nextLetter returns the first character of s that is no joint.
func nextLetter(s string) rune {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u200c"))
	return r
}

// arabic reports whether r is a letter of the Arabic script; the common ones
// need no table.
func arabic(r rune) bool {
	switch {
	case r < 0x0600:
		return false
	case 'آ' <= r && r <= 'غ', 'ف' <= r && r <= 'ي':
		return true
	}
	return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r)
}

// jointsOf returns the offsets before which something was taken out.
func jointsOf(at []int, length int) map[int]bool {
	joints := map[int]bool{}
	for i := 1; i < length && at != nil; i++ {
		if at[i] != at[i-1]+1 {
			joints[i] = true
		}
	}
	return joints
}

// class returns the best way the phrase occurs in a folded text.
func (f *phrase) class(folded string) class {
	if f.joined == "" {
		return nowhere
	}
	best := nowhere
	f.each(folded, func(_, _ int, c class) { best = min(best, c) })
	if best < nowhere || len(f.words) == 0 {
		return best
	}
	for i := range f.words {
		switch c := f.words[i].class(folded); {
		case c == nowhere:
			return nowhere
		case c == partPhrase:
			best = partWords
		case best == nowhere:
			best = wholeWords
		}
	}
	return best
}

// each calls yield for every occurrence of the whole phrase in a folded text,
// with its byte range there.
func (f *phrase) each(folded string, yield func(from, to int, c class)) {
	joined, at := join(folded)
	for from := 0; ; {
		i := strings.Index(joined[from:], f.joined)
		if i < 0 {
			return
		}
		i += from
		start, end := place(at, i), place(at, i+len(f.joined)-1)+1
		if c := f.judge(folded, start, end, at, i); c < nowhere {
			yield(start, end, c)
		}
		_, size := utf8.DecodeRuneInString(joined[i:])
		from = i + size
	}
}

func place(at []int, i int) int {
	if at == nil {
		return i
	}
	return at[i]
}

// judge returns the class of the occurrence start..end of the folded text,
// which begins at offset i of the joined one.
func (f *phrase) judge(folded string, start, end int, at []int, i int) class {
	whole := !insideWord(folded, start) && !insideWord(folded, end)
	rejoined := false
	for k := 1; k < len(f.joined) && !rejoined; k++ {
		rejoined = f.joints[k] != (at != nil && at[i+k] != at[i+k-1]+1)
	}
	switch {
	case whole && !rejoined:
		return wholePhrase
	case whole:
		return rejoinedPhrase
	case !rejoined:
		return partPhrase
	}
	return nowhere
}

// insideWord reports whether the offset is between two letters or digits.
func insideWord(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	return wordRune(before) && wordRune(after)
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// spans returns what to highlight in a text: every occurrence of the phrase in
// its best class, or of its words.
func (f *phrase) spans(text string) []Span {
	folded := f.profile.Fold(text)
	best := f.class(folded.Text)
	if best == nowhere {
		return nil
	}
	parts := f.words
	if best <= partPhrase {
		parts = []phrase{*f}
	}
	var list []Span
	for i := range parts {
		most := max(parts[i].class(folded.Text), rejoinedPhrase)
		parts[i].each(folded.Text, func(from, to int, c class) {
			if c <= most {
				from, to = folded.Original(from, to)
				list = append(list, Span{from, to})
			}
		})
	}
	return mergeSpans(list)
}

// mergeSpans sorts spans and joins those that overlap.
func mergeSpans(list []Span) []Span {
	slices.SortFunc(list, func(a, b Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	var out []Span
	for _, s := range list {
		if n := len(out); n > 0 && s.From < out[n-1].To {
			out[n-1].To = max(out[n-1].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}
