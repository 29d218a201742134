package segment

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPattern bounds the length of one pattern, in bytes.
const maxPattern = 64 << 10

// A translator turns a pattern of ICU or Java, as SRX files hold them, into one
// that RE2 and .NET (package regexp2) read alike. Sets are computed here, since
// the engines disagree on nested sets, intersections and shorthands.
type translator struct {
	in   []rune
	at   int
	out  strings.Builder
	atom int   // where the last atom begins in out, for possessive quantifiers
	open []int // where the open groups begin in out
	net  bool  // needs what RE2 has not: look-around, atomic group, back reference
}

// translate returns the pattern in the common form and whether only regexp2 can
// run it.
func translate(pattern string) (out string, net bool, err error) {
	if len(pattern) > maxPattern {
		return "", false, fmt.Errorf("pattern longer than %d bytes", maxPattern)
	}
	t := translator{in: []rune(pattern)}
	for t.at < len(t.in) && err == nil {
		err = t.next()
	}
	if err != nil {
		return "", false, fmt.Errorf("at character %d: %w", t.at, err)
	}
	return t.out.String(), t.net, nil
}

func (t *translator) peek(n int) rune {
	if t.at+n < len(t.in) {
		return t.in[t.at+n]
	}
	return -1
}

// next translates one element of the pattern.
func (t *translator) next() error {
	r := t.in[t.at]
	switch r {
	case '\\':
		return t.escape()
	case '[':
		return t.class()
	case '(':
		return t.group()
	case ')':
		return t.close()
	case '*', '+', '?':
		t.at++
		t.quantifier(string(r))
		return nil
	case '{':
		return t.braces()
	case '|', '^', '$':
		t.atom = t.out.Len()
		t.out.WriteRune(r)
	case '.':
		t.set(verticalSet, "^")
	default:
		t.literal(r)
	}
	t.at++
	return nil
}

func (t *translator) literal(r rune) {
	t.atom = t.out.Len()
	if r < utf8.RuneSelf && strings.ContainsRune(`\.+*?()|[]{}^$# `, r) && r != ' ' {
		t.out.WriteByte('\\')
	}
	t.out.WriteRune(r)
}

func (t *translator) set(s runeSet, negated string) {
	t.atom = t.out.Len()
	t.out.WriteString("[" + negated + s.pattern() + "]")
}

// quantifier writes * + ? or {n,m}; a + after it makes it possessive, which
// .NET writes as an atomic group.
func (t *translator) quantifier(q string) {
	switch t.peek(0) {
	case '+':
		t.at++
		t.net = true
		atom := t.out.String()[t.atom:]
		before := t.out.String()[:t.atom]
		t.out.Reset()
		t.out.WriteString(before + "(?>" + atom + q + ")")
		return
	case '?':
		t.at++
		q += "?"
	}
	t.out.WriteString(q)
}

// braces translates {n,m}; anything else in braces is literal.
func (t *translator) braces() error {
	end := t.at + 1
	for end < len(t.in) && (unicode.IsDigit(t.in[end]) || t.in[end] == ',') {
		end++
	}
	if end == t.at+1 || end >= len(t.in) || t.in[end] != '}' || t.in[t.at+1] == ',' {
		t.literal('{')
		t.at++
		return nil
	}
	q := string(t.in[t.at : end+1])
	t.at = end + 1
	t.quantifier(q)
	return nil
}

// group opens a group. Flags that RE2 lacks and Unicode makes needless (u, d,
// U) are left out.
func (t *translator) group() error {
	if len(t.open) > 200 {
		return fmt.Errorf("groups nested too deep")
	}
	t.open = append(t.open, t.out.Len())
	t.at++
	if t.peek(0) != '?' {
		t.out.WriteString("(")
		return nil
	}
	for _, look := range []string{"?=", "?!", "?<=", "?<!", "?>"} {
		if strings.HasPrefix(string(t.in[t.at:min(t.at+3, len(t.in))]), look) {
			t.net = true
			t.at += len(look)
			t.out.WriteString("(" + look)
			return nil
		}
	}
	return t.flags()
}

// flags translates what follows "(?": "i)", "i-s:", ":" or a name.
func (t *translator) flags() error {
	t.at++
	if t.peek(0) == '<' || t.peek(0) == 'P' {
		return t.named()
	}
	var kept strings.Builder
	for ; t.at < len(t.in); t.at++ {
		switch r := t.in[t.at]; r {
		case 'i', 'm', 's', '-':
			kept.WriteRune(r)
		case 'u', 'd', 'U', 'w':
		case ':':
			t.at++
			t.out.WriteString("(?" + strings.TrimSuffix(kept.String(), "-") + ":")
			return nil
		case ')':
			t.at++
			t.open = t.open[:len(t.open)-1]
			if f := strings.TrimSuffix(kept.String(), "-"); f != "" {
				t.out.WriteString("(?" + f + ")")
			}
			return nil
		default:
			return fmt.Errorf("unknown group flag %q", r)
		}
	}
	return fmt.Errorf("unfinished group")
}

func (t *translator) named() error {
	for t.at < len(t.in) && t.in[t.at] != '>' {
		t.at++
	}
	if t.at == len(t.in) {
		return fmt.Errorf("unfinished group name")
	}
	t.at++
	t.out.WriteString("(")
	return nil
}

func (t *translator) close() error {
	if len(t.open) == 0 {
		return fmt.Errorf("unmatched )")
	}
	t.atom = t.open[len(t.open)-1]
	t.open = t.open[:len(t.open)-1]
	t.out.WriteString(")")
	t.at++
	return nil
}

// escape translates one escape outside a set.
func (t *translator) escape() error {
	t.at++
	switch r := t.peek(0); {
	case r == 'Q':
		t.quoted()
		return nil
	case r == 'R':
		t.at++
		t.atom = t.out.Len()
		t.out.WriteString("(?:\r\n|[" + verticalSet.pattern() + "])")
		return nil
	case r == 'b' || r == 'B' || r == 'A' || r == 'z':
		t.at++
		t.atom = t.out.Len()
		t.out.WriteString(`\` + string(r))
		return nil
	case r == 'Z':
		t.at++
		t.atom, t.net = t.out.Len(), true
		t.out.WriteString(`\Z`)
		return nil
	case '1' <= r && r <= '9':
		t.at++
		t.atom, t.net = t.out.Len(), true
		t.out.WriteString(`\` + string(r))
		return nil
	}
	s, single, err := t.escapedSet()
	switch {
	case err != nil:
		return err
	case single:
		t.literal(s[0].lo)
	default:
		t.set(s, "")
	}
	return nil
}

func (t *translator) quoted() {
	t.at++
	for t.at < len(t.in) && !(t.in[t.at] == '\\' && t.peek(1) == 'E') {
		t.literal(t.in[t.at])
		t.at++
	}
	t.at = min(t.at+2, len(t.in))
}

// escapedSet reads what follows a backslash and stands for characters, in a set
// or outside: a shorthand, a property or one character.
func (t *translator) escapedSet() (s runeSet, single bool, err error) {
	r := t.peek(0)
	if r < 0 {
		return nil, false, fmt.Errorf("pattern ends in a backslash")
	}
	t.at++
	if s, ok := shorthand(r); ok {
		return s, false, nil
	}
	switch r {
	case 'p', 'P':
		s, err := t.propertySet(r == 'P')
		return s, false, err
	case 'x', 'u', 'U', '0', 'c':
		c, err := t.coded(r)
		return runeSet{{c, c}}, true, err
	}
	if i := strings.IndexRune("tnrfae", r); i >= 0 {
		r = rune("\t\n\r\f\a\x1b"[i])
	} else if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return nil, false, fmt.Errorf(`unknown escape \%c`, r)
	}
	return runeSet{{r, r}}, true, nil
}

func (t *translator) propertySet(negated bool) (runeSet, error) {
	name := string(t.peek(0))
	if name == "{" {
		end := t.at
		for end < len(t.in) && t.in[end] != '}' {
			end++
		}
		if end == len(t.in) {
			return nil, fmt.Errorf("unfinished property name")
		}
		name = string(t.in[t.at+1 : end])
		t.at = end
	}
	t.at++
	bare := strings.TrimPrefix(name, "^")
	s, ok := property(bare)
	if !ok {
		return nil, fmt.Errorf("unknown property %q", name)
	}
	if negated != (bare != name) {
		s = s.negate()
	}
	return s, nil
}

// coded reads the rest of \xHH \x{H…} \uHHHH \UHHHHHHHH \0OO \cX.
func (t *translator) coded(kind rune) (rune, error) {
	if kind == 'c' {
		r := t.peek(0)
		t.at++
		if r < 0 || r > 0x7F {
			return 0, fmt.Errorf("bad control character")
		}
		return unicode.ToUpper(r) ^ 0x40, nil
	}
	if kind == 'x' && t.peek(0) == '{' {
		end := t.at
		for end < len(t.in) && t.in[end] != '}' {
			end++
		}
		digits := string(t.in[min(t.at+1, len(t.in)):end])
		t.at = end + 1
		return parseRune(digits, 16)
	}
	base, size := 16, map[rune]int{'x': 2, 'u': 4, 'U': 8, '0': 3}[kind]
	if kind == '0' {
		base = 8
	}
	from := t.at
	for t.at < len(t.in) && t.at-from < size && digitIn(t.in[t.at], base) {
		t.at++
	}
	return parseRune(string(t.in[from:t.at]), base)
}

func digitIn(r rune, base int) bool {
	if base == 8 {
		return '0' <= r && r <= '7'
	}
	return r < utf8.RuneSelf && strings.ContainsRune("0123456789abcdefABCDEF", r)
}

func parseRune(digits string, base int) (rune, error) {
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > unicode.MaxRune {
		return 0, fmt.Errorf("bad character code %q", digits)
	}
	return rune(n), nil
}
