package store

import (
	"encoding/json"
	"strconv"
	"strings"
)

// plainJSON reads JSON as this package writes it, without spaces, from the
// front of rest. Whatever else JSON may be makes it fail, and it stays failed.
type plainJSON struct {
	rest   string
	failed bool
}

// done reports whether all was read.
func (r *plainJSON) done() bool { return !r.failed && r.rest == "" }

func (r *plainJSON) at(c byte) bool { return len(r.rest) > 0 && r.rest[0] == c }

func (r *plainJSON) cut(c byte) {
	if !r.at(c) {
		r.failed = true
		return
	}
	r.rest = r.rest[1:]
}

// list calls item at the beginning of each item; it reads to its end.
func (r *plainJSON) list(open, end byte, item func()) {
	r.cut(open)
	for first := true; !r.failed && !r.at(end); first = false {
		if !first {
			r.cut(',')
		}
		item()
	}
	r.cut(end)
}

// members calls member with the name of each member of an object; it reads the
// value.
func (r *plainJSON) members(member func(name string)) {
	r.list('{', '}', func() {
		name := r.text()
		r.cut(':')
		if !r.failed {
			member(name)
		}
	})
}

func (r *plainJSON) number() int {
	end := 0
	for end < len(r.rest) && (r.rest[end] >= '0' && r.rest[end] <= '9' || r.rest[end] == '-') {
		end++
	}
	n, err := strconv.Atoi(r.rest[:end])
	r.rest, r.failed = r.rest[end:], r.failed || err != nil
	return n
}

// text reads a string. One without escapes is a part of rest, not a copy.
func (r *plainJSON) text() string {
	r.cut('"')
	end := strings.IndexByte(r.rest, '"')
	if r.failed || end < 0 {
		r.failed = true
		return ""
	}
	if text := r.rest[:end]; strings.IndexByte(text, '\\') < 0 {
		r.rest = r.rest[end+1:]
		return text
	}
	return r.escaped()
}

// escaped reads the rest of a string with escapes.
func (r *plainJSON) escaped() string {
	b := make([]byte, 0, strings.IndexByte(r.rest, '"')+16)
	for s := r.rest; ; {
		n := strings.IndexAny(s, `"\`)
		if n < 0 {
			break
		}
		b = append(b, s[:n]...)
		if s = s[n:]; s[0] == '"' {
			r.rest = s[1:]
			return string(b)
		}
		switch {
		case len(s) > 1 && (s[1] == '"' || s[1] == '\\'):
			b, s = append(b, s[1]), s[2:]
		default:
			return r.anyEscaped()
		}
	}
	r.failed = true
	return ""
}

// anyEscaped is escaped for a string with other escapes than appendQuoted
// writes for printable characters.
func (r *plainJSON) anyEscaped() (text string) {
	for i := 0; i < len(r.rest); i++ {
		switch r.rest[i] {
		case '\\':
			i++
		case '"':
			r.failed = json.Unmarshal([]byte(`"`+r.rest[:i+1]), &text) != nil
			r.rest = r.rest[i+1:]
			return text
		}
	}
	r.failed = true
	return ""
}
