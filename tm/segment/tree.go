package segment

import (
	"regexp/syntax"
	"slices"
	"unicode"
)

// reverse returns the expression that matches the reversed texts of re, so that
// a pattern that must end at a place can be tried from the place backwards.
func reverse(re *syntax.Regexp) *syntax.Regexp {
	r := *re
	r.Sub = make([]*syntax.Regexp, len(re.Sub))
	for i, sub := range re.Sub {
		r.Sub[i] = reverse(sub)
	}
	switch re.Op {
	case syntax.OpConcat:
		slices.Reverse(r.Sub)
	case syntax.OpLiteral:
		r.Rune = slices.Clone(re.Rune)
		slices.Reverse(r.Rune)
	case syntax.OpBeginText:
		r.Op = syntax.OpEndText
		r.Flags &^= syntax.WasDollar
	case syntax.OpEndText:
		r.Op = syntax.OpBeginText
	}
	return &r
}

// has reports whether re contains one of the operators.
func has(re *syntax.Regexp, ops ...syntax.Op) bool {
	return slices.Contains(ops, re.Op) || slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return has(sub, ops...) })
}

// first returns the characters a match of re can begin with, and whether it can
// be empty.
func first(re *syntax.Regexp) (set runeSet, empty bool) {
	switch re.Op {
	case syntax.OpNoMatch:
		return nil, false
	case syntax.OpLiteral:
		return folded(re.Rune[0], re.Flags&syntax.FoldCase != 0), false
	case syntax.OpCharClass:
		return pairs(re.Rune), false
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return everything, false
	case syntax.OpCapture, syntax.OpPlus:
		return first(re.Sub[0])
	case syntax.OpStar, syntax.OpQuest:
		set, _ = first(re.Sub[0])
		return set, true
	case syntax.OpRepeat:
		set, empty = first(re.Sub[0])
		return set, empty || re.Min == 0
	case syntax.OpConcat:
		return firstOfAll(re.Sub)
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			s, e := first(sub)
			set, empty = set.union(s), empty || e
		}
		return set, empty
	}
	return nil, true // an empty match or an assertion
}

func firstOfAll(subs []*syntax.Regexp) (set runeSet, empty bool) {
	for _, sub := range subs {
		s, e := first(sub)
		set = set.union(s)
		if !e {
			return set, false
		}
	}
	return set, true
}

func folded(r rune, fold bool) runeSet {
	s := setOf(r)
	for f := unicode.SimpleFold(r); fold && f != r; f = unicode.SimpleFold(f) {
		s = s.union(setOf(f))
	}
	return s
}

func pairs(runes []rune) runeSet {
	var s runeSet
	for i := 0; i+1 < len(runes); i += 2 {
		s = append(s, runeRange{runes[i], runes[i+1]})
	}
	return s.normal()
}

// spellBoundary replaces a \b at the outer end of a pattern (where nothing else
// looks at the text beyond) by what it means there: a character that is not
// part of a word, or the text's edge. It reports false when re has a \b
// elsewhere. RE2's own \b knows only ASCII.
func spellBoundary(re *syntax.Regexp, left bool) (*syntax.Regexp, bool) {
	re = outerBoundary(re, left)
	return re, !has(re, syntax.OpWordBoundary, syntax.OpNoWordBoundary)
}

func outerBoundary(re *syntax.Regexp, left bool) *syntax.Regexp {
	r := *re
	r.Sub = slices.Clone(re.Sub)
	switch re.Op {
	case syntax.OpCapture:
		r.Sub[0] = outerBoundary(r.Sub[0], left)
	case syntax.OpAlternate:
		for i := range r.Sub {
			r.Sub[i] = outerBoundary(r.Sub[i], left)
		}
	case syntax.OpConcat:
		outer, inner := 0, r.Sub[1:]
		if !left {
			outer, inner = len(r.Sub)-1, r.Sub[:len(r.Sub)-1]
		}
		if r.Sub[outer].Op != syntax.OpWordBoundary {
			r.Sub[outer] = outerBoundary(r.Sub[outer], left)
		} else if besideWord(inner, left) {
			r.Sub[outer] = wordEdge(left)
		}
	}
	return &r
}

// besideWord reports whether the neighbour of a boundary is always a character
// of a word.
func besideWord(subs []*syntax.Regexp, left bool) bool {
	re := &syntax.Regexp{Op: syntax.OpConcat, Sub: subs}
	if !left {
		re = reverse(re)
	}
	set, empty := first(re)
	return !empty && set.within(wordSet)
}

// wordEdge matches one character outside words, or the edge of the text.
func wordEdge(left bool) *syntax.Regexp {
	edge := syntax.OpEndText
	if left {
		edge = syntax.OpBeginText
	}
	class := &syntax.Regexp{Op: syntax.OpCharClass}
	for _, r := range wordSet.negate() {
		class.Rune = append(class.Rune, r.lo, r.hi)
	}
	return &syntax.Regexp{Op: syntax.OpAlternate, Sub: []*syntax.Regexp{{Op: edge}, class}}
}
