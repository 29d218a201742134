package segment

import (
	"fmt"
	"strings"
)

// class translates a bracket expression. The negation of the outermost one is
// written, not computed, so that ignoring case keeps its meaning.
func (t *translator) class() error {
	negated := ""
	if t.peek(1) == '^' {
		negated = "^"
	}
	t.at += 1 + len(negated)
	s, err := t.classBody(0)
	if err != nil {
		return err
	}
	if len(s) == 0 {
		if negated == "" {
			return fmt.Errorf("empty set")
		}
		s, negated = everything, ""
	}
	t.set(s, negated)
	return nil
}

// classBody reads up to the closing bracket: characters, ranges, nested sets,
// && (intersection), -- and -[ (difference).
func (t *translator) classBody(depth int) (runeSet, error) {
	if depth > 20 {
		return nil, fmt.Errorf("sets nested too deep")
	}
	var s runeSet
	for first := true; t.at < len(t.in); first = false {
		switch {
		case t.in[t.at] == ']' && !first:
			t.at++
			return s, nil
		case t.peek(0) == '&' && t.peek(1) == '&':
			t.at += 2
			right, err := t.classBody(depth + 1)
			return s.intersect(right), err
		case t.peek(0) == '-' && (t.peek(1) == '-' || t.peek(1) == '[') && !first:
			t.at += 1
			if t.peek(0) == '-' {
				t.at++
			}
			right, err := t.classBody(depth + 1)
			return s.intersect(right.negate()), err
		}
		item, err := t.classItem(depth)
		if err != nil {
			return nil, err
		}
		s = s.union(item)
	}
	return nil, fmt.Errorf("unfinished set")
}

// classItem reads a nested set, a class or a character with its range.
func (t *translator) classItem(depth int) (runeSet, error) {
	if t.in[t.at] == '[' {
		return t.nested(depth)
	}
	lo, single, err := t.classChar()
	if err != nil || !single || t.peek(0) != '-' || t.peek(1) == ']' || t.peek(1) == '[' || t.peek(1) == '-' || t.peek(1) < 0 {
		return lo, err
	}
	t.at++
	hi, single, err := t.classChar()
	switch {
	case err != nil:
		return nil, err
	case !single:
		return lo.union(hi).union(setOf('-')), nil
	case hi[0].lo < lo[0].lo:
		return nil, fmt.Errorf("range %q-%q is backwards", lo[0].lo, hi[0].lo)
	}
	return runeSet{{lo[0].lo, hi[0].lo}}, nil
}

func (t *translator) classChar() (s runeSet, single bool, err error) {
	r := t.in[t.at]
	t.at++
	if r == '\\' {
		return t.escapedSet()
	}
	return runeSet{{r, r}}, true, nil
}

// nested reads [:alpha:] or an inner set.
func (t *translator) nested(depth int) (runeSet, error) {
	if t.peek(1) == ':' {
		rest := string(t.in[t.at+2:])
		name, _, ok := strings.Cut(rest, ":]")
		if ok {
			t.at += len([]rune(name)) + 4
			s, known := property(strings.TrimPrefix(name, "^"))
			if !known {
				return nil, fmt.Errorf("unknown property %q", name)
			}
			if strings.HasPrefix(name, "^") {
				s = s.negate()
			}
			return s, nil
		}
	}
	t.at++
	negated := t.peek(0) == '^'
	if negated {
		t.at++
	}
	s, err := t.classBody(depth + 1)
	if negated {
		s = s.negate()
	}
	return s, err
}
