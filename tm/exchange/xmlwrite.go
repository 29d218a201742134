package exchange

import (
	"encoding/binary"
	"io"
	"strings"
)

// writePiece is how much an xmlWriter gathers before it writes.
const writePiece = 64 << 10

// xmlWriter writes markup in pieces and keeps the first error.
type xmlWriter struct {
	w   io.Writer
	buf []byte
	err error
}

func (x *xmlWriter) raw(s string) { x.buf = append(x.buf, s...) }

// text writes character data.
func (x *xmlWriter) text(s string) { x.buf = appendEscaped(x.buf, s, inText) }

// attr writes an attribute unless it has no value.
func (x *xmlWriter) attr(name, value string) {
	if value == "" {
		return
	}
	x.buf = append(append(append(x.buf, ' '), name...), '=', '"')
	x.buf = append(appendEscaped(x.buf, value, inAttribute), '"')
}

func (x *xmlWriter) flushFull() {
	if len(x.buf) >= writePiece {
		x.flush()
	}
}

func (x *xmlWriter) flush() {
	if x.err == nil {
		_, x.err = x.w.Write(x.buf)
	}
	if x.buf = x.buf[:0]; cap(x.buf) > 16*writePiece {
		x.buf = nil
	}
}

// appendEscaped appends a text as it stands in XML: CR, which would be read as
// LF, is escaped too, and in attributes all white space that would be read as a
// space. Characters that no XML can hold are left out, bytes that are no UTF-8
// become U+FFFD.
func appendEscaped(b []byte, s string, in place) []byte {
	from := len(b)
	b = append(b, s...)
	if !hasMarkup(b[from:], in) && validUTF8(b[from:]) {
		return b
	}
	b, s = b[:from], strings.ToValidUTF8(s, "\uFFFD")
	for done := 0; done < len(s); {
		i := done
		for i < len(s) && !escaped[s[i]] {
			i++
		}
		b = append(b, s[done:i]...)
		done = i
		if i < len(s) {
			var n int
			b, n = appendChar(b, s[i:], in)
			done += n
		}
	}
	return b
}

// escaped marks the bytes at which appendChar is asked.
var escaped = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = true
	}
	for _, c := range "<>&\"" {
		t[c] = true
	}
	t[0xEF] = true // may begin U+FFFE or U+FFFF
	return t
}()

// appendChar appends the character at the start of s, which has n bytes.
func appendChar(b []byte, s string, in place) (_ []byte, n int) {
	switch c := s[0]; {
	case c == '<':
		return append(b, "&lt;"...), 1
	case c == '>':
		return append(b, "&gt;"...), 1
	case c == '&':
		return append(b, "&amp;"...), 1
	case c == '\r':
		return append(b, "&#13;"...), 1
	case in == inAttribute && c == '"':
		return append(b, "&quot;"...), 1
	case in == inAttribute && c == '\t':
		return append(b, "&#9;"...), 1
	case in == inAttribute && c == '\n':
		return append(b, "&#10;"...), 1
	case c == '"', c == '\t', c == '\n':
		return append(b, c), 1
	case c == 0xEF && (s[1] != 0xBF || s[2] < 0xBE):
		return append(b, s[:3]...), 3
	case c == 0xEF:
		return b, 3
	}
	return b, 1 // a control character
}

// hasMarkup reports whether b has bytes that may need escaping. It looks at
// eight at once, as hasSpecial does; '<' and '>' differ in one bit, and so do
// '"' and '&'.
func hasMarkup(b []byte, in place) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	quote := uint64(0)
	if in == inAttribute {
		quote = ('"' ^ '&') * ones
	}
	for ; len(b) >= 8; b = b[8:] {
		v := binary.LittleEndian.Uint64(b)
		angle, amp, ef := (v|2*ones)^('>'*ones), (v|quote)^('&'*ones), v^(0xEF*ones)
		if ((v-0x20*ones)&^v|(angle-ones)&^angle|(amp-ones)&^amp|(ef-ones)&^ef)&high != 0 {
			return true
		}
	}
	for _, c := range b {
		if escaped[c] && (c != '"' || in == inAttribute) {
			return true
		}
	}
	return false
}
