package segment

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"time"
	"unicode/utf8"

	"github.com/dlclark/regexp2"
)

// Bounds of one pattern at one place.
const (
	window     = 1 << 10               // bytes of text a pattern sees on its side
	patternMax = 20 * time.Millisecond // time of a pattern that RE2 cannot run
)

// A side is one compiled half of a rule: the pattern that must end at a place,
// or the one that must begin there.
type side struct {
	edge  runeSet        // what can stand next to the place
	limit int            // bytes of text that can matter, at most window
	open  *regexp.Regexp // anchored; for the left half, on reversed text
	cut   *regexp.Regexp // for text cut off by the limit, where its edge is not the text's
	tree  *syntax.Regexp // of open, to join rules
	net   *regexp2.Regexp
}

// compile compiles one half of a rule; left is the half before the place.
func compile(pattern string, left bool) (*side, error) {
	common, net, err := translate(pattern)
	if err != nil {
		return nil, err
	}
	if !net {
		if tree, err := syntax.Parse(common, syntax.Perl); err == nil {
			if tree, ok := spellBoundary(tree, left); ok && !has(tree, syntax.OpBeginLine, syntax.OpEndLine) {
				return linear(tree, left)
			}
		}
	}
	return backtracking(common, left)
}

// linear builds a side that RE2 runs.
func linear(tree *syntax.Regexp, left bool) (*side, error) {
	if left {
		tree = reverse(tree)
	}
	set, empty := first(tree)
	if empty {
		set = everything
	}
	s := &side{edge: set, tree: tree, limit: window}
	n := longest(tree)
	if n >= 0 && n < window/utf8.UTFMax {
		s.limit = (n + 1) * utf8.UTFMax // one more, so that a cut is never taken for the edge
	}
	var err error
	if s.open, err = anchored(tree); err != nil {
		return nil, err
	}
	s.cut = s.open
	if n < 0 && has(tree, syntax.OpEndText) {
		s.cut, err = anchored(without(tree, syntax.OpEndText))
	}
	return s, err
}

func anchored(tree *syntax.Regexp) (*regexp.Regexp, error) {
	return regexp.Compile(`\A(?:` + tree.String() + `)`)
}

// backtracking builds a side that regexp2 runs, from the place leftwards or
// rightwards.
func backtracking(common string, left bool) (*side, error) {
	options, pattern := regexp2.RegexOptions(regexp2.None), `\G(?:`+common+`)`
	if left {
		options, pattern = regexp2.RightToLeft, `(?:`+common+`)\G`
	}
	re, err := regexp2.Compile(pattern, options)
	if err != nil {
		return nil, fmt.Errorf("regular expression: %w", err)
	}
	re.MatchTimeout = patternMax
	return &side{edge: everything, limit: window, net: re}, nil
}

// join returns a side that matches where any of the sides does; all must be
// linear.
func join(sides []*side, left bool) (*side, error) {
	tree := &syntax.Regexp{Op: syntax.OpAlternate}
	for _, s := range sides {
		tree.Sub = append(tree.Sub, s.tree)
	}
	factored, err := syntax.Parse(tree.String(), syntax.Perl) // parsing factors common beginnings
	if err != nil {
		return nil, err
	}
	if left {
		factored = reverse(factored) // linear reverses again
	}
	return linear(factored, left)
}
