package segment

import (
	"slices"
	"strings"
	"unicode"
)

// A runeSet is a set of characters as sorted, separate, inclusive ranges.
type runeSet []runeRange

type runeRange struct{ lo, hi rune }

var everything = runeSet{{0, unicode.MaxRune}}

func setOf(runes ...rune) runeSet {
	s := make(runeSet, 0, len(runes))
	for _, r := range runes {
		s = append(s, runeRange{r, r})
	}
	return s.normal()
}

// tableSet returns the characters of the tables.
func tableSet(tables ...*unicode.RangeTable) runeSet {
	var s runeSet
	for _, t := range tables {
		for _, r := range t.R16 {
			s = s.stride(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			s = s.stride(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	return s.normal()
}

func (s runeSet) stride(lo, hi, stride rune) runeSet {
	if stride == 1 {
		return append(s, runeRange{lo, hi})
	}
	for r := lo; r <= hi; r += stride {
		s = append(s, runeRange{r, r})
	}
	return s
}

// normal sorts the ranges and joins those that touch.
func (s runeSet) normal() runeSet {
	slices.SortFunc(s, func(a, b runeRange) int { return int(a.lo - b.lo) })
	out := s[:0]
	for _, r := range s {
		if n := len(out); n > 0 && r.lo <= out[n-1].hi+1 {
			out[n-1].hi = max(out[n-1].hi, r.hi)
			continue
		}
		out = append(out, r)
	}
	return out
}

// has reports whether r is in the set.
func (s runeSet) has(r rune) bool {
	_, found := slices.BinarySearchFunc(s, r, func(span runeRange, r rune) int {
		switch {
		case span.hi < r:
			return -1
		case span.lo > r:
			return 1
		}
		return 0
	})
	return found
}

func (s runeSet) union(t runeSet) runeSet {
	return append(slices.Clone(s), t...).normal()
}

func (s runeSet) negate() runeSet {
	var out runeSet
	next := rune(0)
	for _, r := range s {
		if next < r.lo {
			out = append(out, runeRange{next, r.lo - 1})
		}
		next = r.hi + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, runeRange{next, unicode.MaxRune})
	}
	return out
}

func (s runeSet) intersect(t runeSet) runeSet {
	return s.negate().union(t.negate()).negate()
}

// within reports whether every character of s is in t.
func (s runeSet) within(t runeSet) bool { return len(s.intersect(t.negate())) == 0 }

// pattern writes the set as the inside of a bracket expression that RE2 and
// .NET read alike: literal characters, only syntax escaped.
func (s runeSet) pattern() string {
	var b strings.Builder
	for _, r := range s {
		classRune(&b, r.lo)
		if r.hi > r.lo {
			b.WriteByte('-')
			classRune(&b, r.hi)
		}
	}
	return b.String()
}

func classRune(b *strings.Builder, r rune) {
	if 0xD800 <= r && r <= 0xDFFF { // surrogates are no characters; step over them
		r = 0xD7FF
	}
	if strings.ContainsRune(`\]^-[&~|#`, r) {
		b.WriteByte('\\')
	}
	b.WriteRune(r)
}
