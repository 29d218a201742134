package exchange

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// tag reads a start or end tag.
func (s *xmlScanner) tag() (*xmlToken, error) {
	raw, err := s.complete(endOfTag)
	if err != nil {
		return nil, err
	}
	inner := raw[1 : len(raw)-1]
	if len(inner) > 0 && inner[0] == '/' {
		name := s.intern(bytes.TrimRight(inner[1:], " \t\r\n"))
		s.consume(len(raw))
		return s.end(name)
	}
	if err := s.start(inner); err != nil {
		return nil, err
	}
	s.consume(len(raw))
	return &s.token, nil
}

func (s *xmlScanner) end(name string) (*xmlToken, error) {
	n := len(s.open)
	if n == 0 || s.open[n-1] != name {
		return nil, s.fail("exchange.xml_nesting", "element", name)
	}
	s.open = s.open[:n-1]
	s.token.kind, s.token.name = xmlEnd, name
	return &s.token, nil
}

// start reads the inside of a start tag into s.token.
func (s *xmlScanner) start(inner []byte) error {
	if n := len(inner); n > 0 && inner[n-1] == '/' {
		s.ended, inner = true, inner[:n-1]
	}
	n := nameLen(inner)
	if n == 0 || len(s.open) == 0 && s.rooted {
		return s.fail("exchange.xml_malformed")
	}
	if len(s.open) >= maxDepth {
		return s.tooLarge("exchange.xml_too_complex")
	}
	s.rooted = true
	s.token.kind, s.token.name = xmlStart, s.intern(inner[:n])
	s.open = append(s.open, s.token.name)
	return s.attributes(inner[n:])
}

func (s *xmlScanner) attributes(b []byte) error {
	s.token.attrs = s.token.attrs[:0]
	for {
		rest := trimSpace(b)
		if len(rest) == 0 {
			return nil
		}
		if len(rest) == len(b) {
			return s.fail("exchange.xml_malformed")
		}
		var err error
		if b, err = s.attribute(rest); err != nil {
			return err
		}
		if len(s.token.attrs) > maxAttrs {
			return s.tooLarge("exchange.xml_too_complex")
		}
	}
}

// attribute reads name="value" at the start of b and returns what follows.
func (s *xmlScanner) attribute(b []byte) ([]byte, error) {
	n := nameLen(b)
	name := s.intern(b[:n])
	b = trimSpace(b[n:])
	if n == 0 || len(b) == 0 || b[0] != '=' {
		return nil, s.fail("exchange.xml_malformed")
	}
	b = trimSpace(b[1:])
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return nil, s.fail("exchange.xml_malformed")
	}
	end := bytes.IndexByte(b[1:], b[0])
	if end < 0 || bytes.IndexByte(b[1:1+end], '<') >= 0 || s.token.attrs != nil && s.has(name) {
		return nil, s.fail("exchange.xml_malformed")
	}
	value, err := s.decode(nil, b[1:1+end], inAttribute)
	s.token.attrs = append(s.token.attrs, xmlAttr{name, string(value)})
	return b[end+2:], err
}

func (s *xmlScanner) has(name string) bool {
	for _, a := range s.token.attrs {
		if a.name == name {
			return true
		}
	}
	return false
}

// intern returns b as a string; names repeat, so each is made only once. A file
// with endless different names does not fill the memory.
func (s *xmlScanner) intern(b []byte) string {
	if name, ok := s.names[string(b)]; ok {
		return name
	}
	name := string(b)
	if len(s.names) < 1000 {
		s.names[name] = name
	}
	return name
}

// trimSpace returns b without leading white space of XML.
func trimSpace(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' || b[0] == '\r' || b[0] == '\n') {
		b = b[1:]
	}
	return b
}

// nameLen returns the length of the XML name at the start of b, 0 for none.
func nameLen(b []byte) int {
	for i, c := range b {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == ':' || c >= utf8.RuneSelf
		later := i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.')
		if !letter && !later {
			return i
		}
	}
	return len(b)
}

// text reads character data up to the next '<' or a bounded piece of it.
func (s *xmlScanner) text() (*xmlToken, error) {
	const piece = 64 << 10
	rest := s.buf[s.at:]
	end := bytes.IndexByte(rest, '<')
	for end < 0 && len(rest) < piece && s.readErr == nil {
		had := len(rest)
		s.fill()
		rest = s.buf[s.at:]
		if end = bytes.IndexByte(rest[had:], '<'); end >= 0 {
			end += had
		}
	}
	if end < 0 {
		end = s.safeCut(rest)
	}
	return s.characters(rest[:end])
}

// safeCut returns where an unfinished text can be cut without dividing an
// entity, a CR LF or a code point that decode looks at.
func (s *xmlScanner) safeCut(b []byte) int {
	if s.readErr != nil {
		return len(b)
	}
	cut := len(b)
	if i := bytes.LastIndexByte(b, '&'); i > cut-maxEntity && bytes.IndexByte(b[i:], ';') < 0 {
		cut = i
	}
	for back := 1; back <= 2 && back < cut; back++ {
		if c := b[cut-back]; c == 0xEF || c == '\r' {
			return cut - back
		}
	}
	return cut
}

func (s *xmlScanner) characters(raw []byte) (*xmlToken, error) {
	if len(s.open) == 0 {
		if len(bytes.TrimSpace(raw)) > 0 {
			return nil, s.fail("exchange.xml_malformed")
		}
		s.consume(len(raw))
		return nil, nil
	}
	var err error
	if s.token.text, err = s.decode(s.token.text[:0], raw, inText); err != nil {
		return nil, err
	}
	s.consume(len(raw))
	s.token.kind = xmlText
	return &s.token, nil
}

type place uint8

const (
	inText place = iota
	inAttribute
	inCDATA
)

// special marks the bytes that do not stand for themselves everywhere.
var special = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = true
	}
	t['&'] = true
	t[0xEF] = true // may begin U+FFFE or U+FFFF
	return t
}()

// decode appends the characters that raw stands for to dst.
func (s *xmlScanner) decode(dst, raw []byte, in place) ([]byte, error) {
	done := 0
	for i := 0; i < len(raw); {
		if !special[raw[i]] {
			i++
			continue
		}
		dst = append(dst, raw[done:i]...)
		out, n, code := specialAt(raw[i:], in)
		if code != "" {
			s.line += bytes.Count(raw[:i], []byte{'\n'})
			return dst, s.fail(code)
		}
		dst = append(dst, out...)
		i += n
		done = i
	}
	return append(dst, raw[done:]...), nil
}

// specialAt returns what stands for the first n bytes of b, or the code of an
// error.
func specialAt(b []byte, in place) (out []byte, n int, code string) {
	switch c := b[0]; {
	case c == '&' && in != inCDATA:
		return entity(b)
	case c == '&':
		return b[:1], 1, ""
	case c == 0xEF:
		if len(b) >= 3 && b[1] == 0xBF && b[2] >= 0xBE {
			return nil, 0, "exchange.xml_character"
		}
		return b[:1], 1, ""
	case in == inAttribute && (c == '\t' || c == '\n' || c == '\r'):
		if c == '\r' && len(b) > 1 && b[1] == '\n' {
			return []byte{' '}, 2, ""
		}
		return []byte{' '}, 1, ""
	case c == '\r' && len(b) > 1 && b[1] == '\n':
		return b[1:2], 2, ""
	case c == '\r':
		return []byte{'\n'}, 1, ""
	case c == '\t' || c == '\n':
		return b[:1], 1, ""
	}
	return nil, 0, "exchange.xml_character"
}

// maxEntity is longer than every reference: &#x0010FFFF; with room for zeros.
const maxEntity = 32

var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// entity decodes the reference at the start of b.
func entity(b []byte) (out []byte, n int, code string) {
	end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
	if end < 2 {
		return nil, 0, "exchange.xml_entity"
	}
	name := string(b[1:end])
	if text, ok := entities[name]; ok {
		return []byte(text), end + 1, ""
	}
	if name[0] != '#' {
		return nil, 0, "exchange.xml_entity"
	}
	r, ok := charRef(name[1:])
	if !ok {
		return nil, 0, "exchange.xml_character"
	}
	return utf8.AppendRune(nil, r), end + 1, ""
}

func charRef(digits string) (rune, bool) {
	base := 10
	if len(digits) > 0 && digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n <= utf8.MaxRune && legalXML(rune(n))
}

// legalXML reports whether XML 1.0 can hold the character (§2.2 Char).
func legalXML(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r >= 0xD800 && r <= 0xDFFF, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return true
}
