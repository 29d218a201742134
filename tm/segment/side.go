package segment

import (
	"fmt"
	"regexp/syntax"
	"strings"
	"sync"
	"time"

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
	edge  runeSet  // what can stand next to the place
	skip  *runeSet // right half: a run of these comes first; nil for none
	inner runeSet  // what can stand after that run

	tree *syntax.Regexp // what RE2 can run; reversed in a left half
	run  func() *automaton
	net  *regexp2.Regexp // what it cannot
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
				return linear(tree, left), nil
			}
		}
	}
	return backtracking(common, left)
}

// linear builds a side that needs no backtracking. Its automaton is made when
// first used.
func linear(tree *syntax.Regexp, left bool) *side {
	if left {
		tree = reverse(tree)
	}
	set, empty := first(tree)
	if empty {
		set = everything
	}
	s := &side{edge: set, tree: tree, inner: everything}
	if !left {
		tree = s.skipRun(tree)
	}
	s.run = sync.OnceValue(func() *automaton { return newAutomaton(tree) })
	return s
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
	return &side{edge: everything, inner: everything, net: re}, nil
}

// join returns the left half that matches where any of the sides does; none may
// need backtracking.
func join(sides []*side) *side {
	tree := &syntax.Regexp{Op: syntax.OpAlternate}
	for _, s := range sides {
		tree.Sub = append(tree.Sub, s.tree)
	}
	return linear(reverse(tree), true) // linear reverses again
}
