package segment

import (
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// An automaton runs a pattern without captures as a deterministic automaton
// whose states are made when first needed. It matches from a place in one
// direction, character by character, and stops as soon as the answer is known;
// most places fail at the first or second one. Safe for concurrent use.
type automaton struct {
	prog  *syntax.Prog
	cuts  []rune // characters from one cut to the next are alike to the pattern
	ascii [utf8.RuneSelf]uint16
	start *state

	mu     sync.Mutex
	states map[string]*state
}

// A state is a set of places in the program.
type state struct {
	insts    []uint32 // instructions that read a character, in order
	match    bool     // the pattern has matched
	matchEnd bool     // it has if the text ends here
	next     []atomic.Pointer[state]
}

// maxTable bounds the transitions an automaton keeps; further states are made
// each time.
const maxTable = 1 << 19

// newAutomaton compiles a tree that was parsed before, and perhaps reversed or
// joined with others, none of which can make it wrong.
func newAutomaton(tree *syntax.Regexp) *automaton {
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		panic(err)
	}
	a := &automaton{prog: prog, states: map[string]*state{}}
	a.cut()
	a.start = a.state([]uint32{uint32(prog.Start)}, true)
	return a
}

// cut finds the classes of characters the program can tell apart.
func (a *automaton) cut() {
	a.cuts = []rune{0}
	for _, inst := range a.prog.Inst {
		switch inst.Op {
		case syntax.InstRuneAnyNotNL:
			a.cuts = append(a.cuts, '\n', '\n'+1)
		case syntax.InstRune, syntax.InstRune1:
			a.cutAt(inst)
		}
	}
	slices.Sort(a.cuts)
	a.cuts = slices.Compact(a.cuts)
	for r := range a.ascii {
		a.ascii[r] = uint16(a.search(rune(r)))
	}
}

func (a *automaton) cutAt(inst syntax.Inst) {
	if len(inst.Rune) != 1 {
		for i := 0; i+1 < len(inst.Rune); i += 2 {
			a.cuts = append(a.cuts, inst.Rune[i], inst.Rune[i+1]+1)
		}
		return
	}
	for _, span := range folded(inst.Rune[0], syntax.Flags(inst.Arg)&syntax.FoldCase != 0) {
		for r := span.lo; r <= span.hi; r++ {
			a.cuts = append(a.cuts, r, r+1)
		}
	}
}

// search returns the class of a character.
func (a *automaton) search(r rune) int {
	i, found := slices.BinarySearch(a.cuts, r)
	if found {
		return i
	}
	return i - 1
}

func (a *automaton) class(r rune) int {
	if r < utf8.RuneSelf {
		return int(a.ascii[r])
	}
	return a.search(min(r, unicode.MaxRune))
}

// state returns the state of being at the given instructions, before the first
// character or after some.
func (a *automaton) state(pcs []uint32, begin bool) *state {
	s := &state{}
	seen := map[uint32]bool{}
	for _, pc := range pcs {
		a.follow(s, pc, begin, false, seen)
	}
	seen = map[uint32]bool{}
	for _, pc := range pcs {
		a.follow(s, pc, begin, true, seen)
	}
	slices.Sort(s.insts)
	return a.shared(s)
}

// follow collects what can be reached without reading a character. At the end
// of the text only matches are of interest.
func (a *automaton) follow(s *state, pc uint32, begin, end bool, seen map[uint32]bool) {
	if seen[pc] {
		return
	}
	seen[pc] = true
	inst := &a.prog.Inst[pc]
	switch inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		a.follow(s, inst.Out, begin, end, seen)
		a.follow(s, inst.Arg, begin, end, seen)
	case syntax.InstCapture, syntax.InstNop:
		a.follow(s, inst.Out, begin, end, seen)
	case syntax.InstEmptyWidth:
		op := syntax.EmptyOp(inst.Arg)
		if op&syntax.EmptyBeginText != 0 && !begin || op&syntax.EmptyEndText != 0 && !end {
			return
		}
		a.follow(s, inst.Out, begin, end, seen)
	case syntax.InstMatch:
		s.matchEnd = true
		s.match = s.match || !end
	case syntax.InstFail:
	default:
		if !end {
			s.insts = append(s.insts, pc)
		}
	}
}

// shared returns the one kept copy of a state, while there is room.
func (a *automaton) shared(s *state) *state {
	var key strings.Builder
	for _, pc := range s.insts {
		key.WriteRune(rune(pc))
	}
	if s.match {
		key.WriteString("m")
	}
	if s.matchEnd {
		key.WriteString("e")
	}
	if old := a.states[key.String()]; old != nil {
		return old
	}
	if (len(a.states)+1)*len(a.cuts) <= maxTable {
		s.next = make([]atomic.Pointer[state], len(a.cuts))
		a.states[key.String()] = s
	}
	return s
}

// step returns the state after a character.
func (a *automaton) step(s *state, r rune) *state {
	class := a.class(r)
	if s.next != nil {
		if next := s.next[class].Load(); next != nil {
			return next
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	var pcs []uint32
	for _, pc := range s.insts {
		if inst := &a.prog.Inst[pc]; inst.MatchRune(a.cuts[class]) {
			pcs = append(pcs, inst.Out)
		}
	}
	next := a.state(pcs, false)
	if s.next != nil {
		s.next[class].Store(next)
	}
	return next
}

// forward reports whether the pattern matches text from its beginning, seeing
// at most limit bytes.
func (a *automaton) forward(text string, limit int) bool {
	s := a.start
	for at := 0; at < len(text) && !s.match; {
		if at >= limit || len(s.insts) == 0 {
			return false
		}
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		s = a.step(s, r)
		at += size
	}
	return s.match || s.matchEnd
}

// backward reports whether the reversed pattern matches text from its end
// backwards, seeing at most limit bytes.
func (a *automaton) backward(text string, limit int) bool {
	s := a.start
	for at := len(text); at > 0 && !s.match; {
		if at <= len(text)-limit || len(s.insts) == 0 {
			return false
		}
		r, size := rune(text[at-1]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeLastRuneInString(text[:at])
		}
		s = a.step(s, r)
		at -= size
	}
	return s.match || s.matchEnd
}
