package segment

import (
	"unicode/utf8"
)

// Rules are the compiled rules of one language, safe for concurrent use.
type Rules struct {
	rules    []rule
	left     *masks // by the character before a place: the rules that can match
	right    *masks // by the character after it
	inner    *masks // by the character after a run of skip: the same
	skip     *runeSet
	breaking uint64 // the bits of rules that break
}

// A rule says whether there is a break where both its sides match.
type rule struct {
	breaks        bool
	before, after *side
	bit           int // several rules share a bit when there are more than 64
}

// mostJoined bounds how many rules are tried as one.
const mostJoined = 1000

// newRules compiles rules in order. Neighbours that differ only in the pattern
// before the place become one, since abbreviations come by the hundred.
func newRules(list []Rule) (*Rules, error) {
	r := &Rules{}
	for i := 0; i < len(list); {
		u, next, err := joinedRule(list, i)
		if err != nil {
			return nil, err
		}
		r.rules = append(r.rules, u)
		i = next
	}
	r.index()
	return r, nil
}

// joinedRule compiles the rule at index i with those after it that can be tried
// together with it, and returns the index after them.
func joinedRule(list []Rule, i int) (u rule, next int, err error) {
	after, err := compile(list[i].After, false)
	if err != nil {
		return u, i, &ruleError{i, err}
	}
	var befores []*side
	for next = i; next < len(list) && len(befores) < mostJoined; next++ {
		if list[next].Break != list[i].Break || list[next].After != list[i].After {
			break
		}
		before, err := compile(list[next].Before, true)
		if err != nil {
			return u, i, &ruleError{next, err}
		}
		if before.net != nil && next > i {
			break
		}
		befores = append(befores, before)
		if before.net != nil {
			next++
			break
		}
	}
	u = rule{breaks: list[i].Break, before: befores[0], after: after}
	if len(befores) > 1 {
		u.before = join(befores)
	}
	return u, next, nil
}

// ruleError says which rule of a list could not be compiled.
type ruleError struct {
	index int
	err   error
}

func (e *ruleError) Error() string { return e.err.Error() }

// index fills the masks.
func (r *Rules) index() {
	left, right, inner := &maskBuilder{}, &maskBuilder{}, &maskBuilder{}
	r.skip = r.commonSkip()
	for i := range r.rules {
		u := &r.rules[i]
		u.bit = i
		if len(r.rules) > 64 {
			u.bit = i * 64 / len(r.rules)
		}
		bit := uint64(1) << u.bit
		left.add(u.before.edge, bit)
		right.add(u.after.edge, bit)
		if u.after.skip == r.skip {
			inner.add(u.after.inner, bit)
		} else {
			inner.add(everything, bit)
		}
		if u.breaks {
			r.breaking |= bit
		}
	}
	r.left, r.right, r.inner = left.masks(), right.masks(), inner.masks()
}

// commonSkip returns the run most rules pass over after a place: white space.
func (r *Rules) commonSkip() *runeSet {
	count := map[*runeSet]int{}
	var best *runeSet
	for i := range r.rules {
		skip := r.rules[i].after.skip
		if count[skip]++; skip != nil && (best == nil || count[skip] > count[best]) {
			best = skip
		}
	}
	return best
}

// breaks returns the byte offsets where a part ends and the next begins, in
// order, without 0 and the end of the text.
func (r *Rules) breaks(text string) []int {
	var list []int
	if len(r.rules) == 0 || text == "" {
		return nil
	}
	p := place{text: text}
	c, size := utf8.DecodeRuneInString(text)
	for at := size; at < len(text); at += size {
		before := r.left.of(c)
		if b := text[at]; b < utf8.RuneSelf {
			c, size = rune(b), 1
		} else {
			c, size = utf8.DecodeRuneInString(text[at:])
		}
		if before&r.breaking == 0 {
			continue
		}
		if found := before & r.right.of(c); found&r.breaking != 0 && r.decide(&p, at, found) {
			list = append(list, at)
		}
	}
	return list
}

// decide tries the rules of the given bits at a place: the first that matches
// says whether there is a break.
func (r *Rules) decide(p *place, at int, bits uint64) bool {
	p.move(at)
	if bits = r.beyond(p, bits); bits&r.breaking == 0 {
		return false
	}
	for i := range r.rules {
		u := &r.rules[i]
		if bits>>u.bit&1 != 0 && p.after(u.after) && p.before(u.before) {
			return u.breaks
		}
	}
	return false
}

// beyond drops the rules that the first character after white space excludes.
func (r *Rules) beyond(p *place, bits uint64) uint64 {
	if r.skip == nil {
		return bits
	}
	end := p.past(r.skip)
	if end == p.at || end == len(p.text) {
		return bits
	}
	c, _ := utf8.DecodeRuneInString(p.text[end:])
	return bits & r.inner.of(c)
}
