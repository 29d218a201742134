package exchange

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// tag reads a start or end tag. The first '>' nearly always ends it; one inside
// a quoted value leaves the quote open and makes us look for the real end.
func (s *xmlScanner) tag() (*xmlToken, error) {
	rest := s.buf[s.at:]
	if n := s.closing(rest); n > 0 {
		s.at += n
		return s.pop()
	}
	if end := bytes.IndexByte(rest, '>'); end >= 0 && rest[1] != '/' {
		if err := s.start(rest[1:end]); err != errOpenQuote {
			return s.startTag(end+1, err)
		}
	}
	raw, err := s.complete(endOfTag)
	if err != nil {
		return nil, err
	}
	inner := raw[1 : len(raw)-1]
	if len(inner) > 0 && inner[0] == '/' {
		name := s.words.of(bytes.TrimRight(inner[1:], " \t\r\n"))
		s.consume(len(raw))
		return s.end(name)
	}
	return s.startTag(len(raw), s.start(inner))
}

// closing returns the length of the end tag of the open element when b begins
// with it, written without white space.
func (s *xmlScanner) closing(b []byte) int {
	if len(s.open) == 0 || len(b) < 2 || b[1] != '/' {
		return 0
	}
	name := s.open[len(s.open)-1]
	n := len(name) + len("</>")
	if len(b) < n || b[n-1] != '>' || string(b[2:n-1]) != name {
		return 0
	}
	return n
}

// startTag ends the reading of a start tag of n bytes that has the error err.
func (s *xmlScanner) startTag(n int, err error) (*xmlToken, error) {
	if err == errOpenQuote {
		err = s.fail("exchange.xml_malformed")
	}
	if err != nil {
		return nil, err
	}
	s.open = append(s.open, s.token.name)
	s.rooted = true
	s.consume(n)
	return &s.token, nil
}

func (s *xmlScanner) end(name string) (*xmlToken, error) {
	n := len(s.open)
	if n == 0 || s.open[n-1] != name {
		return nil, s.fail("exchange.xml_nesting", "element", clip(name))
	}
	return s.pop()
}

// pop gives the end of the open element.
func (s *xmlScanner) pop() (*xmlToken, error) {
	n := len(s.open) - 1
	s.token.kind, s.token.name = xmlEnd, s.open[n]
	s.open = s.open[:n]
	return &s.token, nil
}

// errOpenQuote says that a value has no closing quote in what was looked at.
var errOpenQuote = errors.New("open quote")

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
	s.token.kind, s.token.name = xmlStart, s.words.of(inner[:n])
	s.token.attrs = s.token.attrs[:0]
	if len(inner) == n {
		return nil
	}
	err := s.attributes(inner[n:])
	if err == errOpenQuote {
		s.ended = false
	}
	return err
}

func (s *xmlScanner) attributes(b []byte) error {
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
	name := s.words.of(b[:n])
	b = trimSpace(b[n:])
	if n == 0 || len(b) == 0 || b[0] != '=' {
		return nil, s.fail("exchange.xml_malformed")
	}
	b = trimSpace(b[1:])
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return nil, s.fail("exchange.xml_malformed")
	}
	value, n, err := s.value(b[1:], b[0])
	if err == nil && s.has(name) {
		err = s.fail("exchange.xml_malformed")
	}
	if err != nil {
		return nil, err
	}
	s.token.attrs = append(s.token.attrs, xmlAttr{name, value})
	return b[1+n:], nil
}

// value decodes the value that stands before the quote in b. N counts the quote
// too.
func (s *xmlScanner) value(b []byte, quote byte) (value []byte, n int, err error) {
	end := 0
	for end < len(b) && !valueStop[b[end]] {
		end++
	}
	if end < len(b) && b[end] == quote {
		return b[:end], end + 1, nil
	}
	if end = bytes.IndexByte(b, quote); end < 0 {
		return nil, 0, errOpenQuote
	}
	if bytes.IndexByte(b[:end], '<') >= 0 {
		return nil, 0, s.fail("exchange.xml_malformed")
	}
	value, err = s.decode(b[:end], inAttribute)
	return value, end + 1, err
}

func (s *xmlScanner) has(name string) bool {
	for i := range s.token.attrs {
		if s.token.attrs[i].name == name {
			return true
		}
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// trimSpace returns b without leading white space of XML.
func trimSpace(b []byte) []byte {
	i := 0
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	return b[i:]
}

// nameLen returns the length of the XML name at the start of b, 0 for none.
func nameLen(b []byte) int {
	if len(b) == 0 || nameBytes[b[0]] != nameStart {
		return 0
	}
	for i := 1; i < len(b); i++ {
		if nameBytes[b[i]] == 0 {
			return i
		}
	}
	return len(b)
}

const (
	nameStart = 1 // may begin a name
	nameLater = 2 // may stand in it
)

var nameBytes = func() (t [256]uint8) {
	for c := range t {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == ':' || c >= utf8.RuneSelf
		switch {
		case letter:
			t[c] = nameStart
		case c >= '0' && c <= '9' || c == '-' || c == '.':
			t[c] = nameLater
		}
	}
	return t
}()
