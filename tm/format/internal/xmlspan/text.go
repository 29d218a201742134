package xmlspan

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"tarjoman/tm"
)

// Escape returns text as character data or as an attribute value. Text that XML
// cannot hold (control characters, invalid UTF-8) is refused with
// xml.bad_character (character, such as "U+000B").
func Escape(text string) (string, error) {
	var b strings.Builder
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD") || !isChar(r) {
			return "", tm.NewError(tm.Invalid, "xml.bad_character", "character", fmt.Sprintf("%U", r))
		}
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '"':
			b.WriteString("&quot;")
		case '\r', '\t', '\n': // literal ones are folded by readers
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), nil
}

// isChar is the production Char of XML 1.0.
func isChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

var (
	cdataOpen  = []byte("<![CDATA[")
	cdataClose = []byte("]]>")
)

func decodeText(raw []byte) string {
	if bytes.HasPrefix(raw, cdataOpen) {
		return foldLines(string(raw[len(cdataOpen) : len(raw)-len(cdataClose)]))
	}
	return unescape(foldLines(string(raw)))
}

// decodeAttr also turns literal white space into spaces (XML 1.0, 3.3.3).
func decodeAttr(raw []byte) string {
	s := string(raw)
	if strings.ContainsAny(s, "\r\n\t") {
		s = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\t", " ").Replace(s)
	}
	return unescape(s)
}

// foldLines is the line-end handling of XML 1.0, 2.11.
func foldLines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

func unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "&")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, ";")
		if r, ok := charRef(name); ok {
			b.WriteRune(r)
		} else {
			b.WriteString(entities[name])
		}
		s = after
	}
}

// charRef reads "#65" or "#x41". The rune need not be a Char.
func charRef(name string) (rune, bool) {
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return utf8.MaxRune + 1, true
	}
	return rune(n), true
}

// badReference finds a character reference to something that is no character,
// which encoding/xml silently bends to U+FFFD (&#xD800;).
func badReference(raw []byte) bool {
	for {
		i := bytes.Index(raw, []byte("&#"))
		if i < 0 {
			return false
		}
		raw = raw[i+1:]
		name, _, _ := bytes.Cut(raw, []byte(";"))
		if r, ok := charRef(string(name)); ok && !isChar(r) {
			return true
		}
	}
}
