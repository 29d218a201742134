package segment

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
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
	skip  *runeSet       // right half: a run of these comes first; nil for none
	inner runeSet        // what can stand after that run
	limit int            // bytes of text that can matter, at most window
	open  *regexp.Regexp // anchored; for the left half, on reversed text
	cut   *regexp.Regexp // for text cut off by the limit, where its edge is not the text's
	quick *regexp.Regexp // what a match must begin with, for a side without limit; nil for none
	near  int            // bytes quick needs
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
	s := &side{edge: set, tree: tree, limit: window, inner: everything}
	if !left {
		tree = s.skipRun(tree)
	}
	n := longest(tree)
	if n >= 0 && n < window/utf8.UTFMax {
		s.limit = (n + 1) * utf8.UTFMax // one more, so that a cut is never taken for the edge
	}
	var err error
	if s.open, err = anchored(tree); err != nil {
		return nil, err
	}
	s.cut = s.open
	if n < 0 {
		if err = s.prefilter(tree); err != nil {
			return nil, err
		}
	}
	if n < 0 && has(tree, syntax.OpEndText) {
		s.cut, err = anchored(without(tree, syntax.OpEndText))
	}
	return s, err
}

// prefilter compiles what every match of an unlimited tree begins with, up to
// its first unlimited repetition, so that most places fail after a few
// characters.
func (s *side) prefilter(tree *syntax.Regexp) error {
	head, _ := beginning(tree)
	n := longest(head)
	if n <= 0 || n > window/8 {
		return nil
	}
	s.near = (n + 1) * utf8.UTFMax
	var err error
	s.quick, err = anchored(head)
	return err
}

// skipRun takes a run such as \s+ off the beginning of a tree and returns the
// rest, when the run cannot give back characters to it. Runs of any length are
// then passed over at once, and the rest is short.
func (s *side) skipRun(tree *syntax.Regexp) *syntax.Regexp {
	if tree.Op != syntax.OpConcat || tree.Sub[0].Op != syntax.OpPlus || tree.Sub[0].Sub[0].Op != syntax.OpCharClass {
		return tree
	}
	run := pairs(tree.Sub[0].Sub[0].Rune)
	rest := &syntax.Regexp{Op: syntax.OpConcat, Sub: tree.Sub[1:]}
	next, empty := first(rest)
	if empty || len(run.intersect(next)) > 0 {
		return tree
	}
	s.skip, s.inner = interned(run), next
	return rest
}

// sets keeps one copy of each set that is skipped, so that a place can tell
// that two rules skip the same.
var sets sync.Map

func interned(s runeSet) *runeSet {
	p, _ := sets.LoadOrStore(s.pattern(), &s)
	return p.(*runeSet)
}

func anchored(tree *syntax.Regexp) (*regexp.Regexp, error) {
	return regexp.Compile(`\A(?:` + write(tree) + `)`)
}

// backtracking builds a side that regexp2 runs, from the place leftwards or
// rightwards.
func backtracking(common string, left bool) (*side, error) {
	options, pattern := regexp2.RegexOptions(regexp2.None), `\G(?:`+common+`)`
	if left {
		options, pattern = regexp2.RightToLeft, `(?:`+common+`)\G`
	}
	if left && strings.Contains(strings.ReplaceAll(common, `\\`, ""), `\1`) {
		return nil, fmt.Errorf("a back reference is not understood before the break")
	}
	re, err := regexp2.Compile(pattern, options)
	if err != nil {
		return nil, fmt.Errorf("regular expression: %w", err)
	}
	re.MatchTimeout = patternMax
	return &side{edge: everything, inner: everything, limit: window, net: re}, nil
}

// join returns a side that matches where any of the sides does; all must be
// linear.
func join(sides []*side, left bool) (*side, error) {
	tree := &syntax.Regexp{Op: syntax.OpAlternate}
	for _, s := range sides {
		tree.Sub = append(tree.Sub, s.tree)
	}
	factored, err := syntax.Parse(write(tree), syntax.Perl) // parsing factors common beginnings
	if err != nil {
		return nil, err
	}
	if left {
		factored = reverse(factored) // linear reverses again
	}
	return linear(factored, left)
}
