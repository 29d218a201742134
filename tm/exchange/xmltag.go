package exchange

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strconv"
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
	if s.token.text, err = s.decode(raw, inText); err != nil {
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

// special marks the bytes that do not stand for themselves everywhere, and
// valueStop those at which a plain value of an attribute ends.
var special, valueStop = func() (special, stop [256]bool) {
	for c := range 0x20 {
		special[c] = true
	}
	special['&'] = true
	special[0xEF] = true // may begin U+FFFE or U+FFFF
	stop = special
	stop['<'], stop['"'], stop['\''] = true, true, true
	return special, stop
}()

// decode returns the characters that raw stands for: raw itself when that is
// them, else a part of s.decoded.
func (s *xmlScanner) decode(raw []byte, in place) ([]byte, error) {
	start, done := len(s.decoded), 0
	for i := 0; i < len(raw); {
		if c := raw[i]; !special[c] || in != inAttribute && (c == '\n' || c == '\t') {
			i++
			continue
		}
		s.decoded = append(s.decoded, raw[done:i]...)
		n, code := s.special(raw[i:], in)
		if code != "" {
			return nil, s.failIn(raw[i:], code)
		}
		i += n
		done = i
	}
	if done == 0 {
		return raw, nil
	}
	s.decoded = append(s.decoded, raw[done:]...)
	return s.decoded[start:], nil
}

// failIn is fail at the start of b, a part of the buffer.
func (s *xmlScanner) failIn(b []byte, code string) error {
	s.at = cap(s.buf) - cap(b)
	return s.fail(code)
}

// hasSpecial reports whether one of the special bytes is in b. It looks at eight
// at once: v-0x20… borrows into the high bit of bytes below 0x20, and a byte
// that equals the sought one is zero after the exclusive or.
func hasSpecial(b []byte) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; len(b) >= 8; b = b[8:] {
		v := binary.LittleEndian.Uint64(b)
		amp, ef := v^('&'*ones), v^(0xEF*ones)
		if ((v-0x20*ones)&^v|(amp-ones)&^amp|(ef-ones)&^ef)&high != 0 {
			return true
		}
	}
	for _, c := range b {
		if special[c] {
			return true
		}
	}
	return false
}

// special appends what the first n bytes of b stand for to s.decoded, or returns
// the code of an error.
func (s *xmlScanner) special(b []byte, in place) (n int, code string) {
	switch c := b[0]; {
	case c == '&' && in != inCDATA:
		return s.entity(b)
	case c == 0xEF && len(b) >= 3 && b[1] == 0xBF && b[2] >= 0xBE:
		return 0, "exchange.xml_character"
	case c == 0xEF || c == '&':
		s.decoded = append(s.decoded, c)
		return 1, ""
	case c == '\t', c == '\n', c == '\r':
		return s.white(b, in), ""
	}
	return 0, "exchange.xml_character"
}

// white appends the line end or tab at the start of b: in attributes a space.
func (s *xmlScanner) white(b []byte, in place) (n int) {
	c := b[0]
	n = 1
	if c == '\r' {
		c = '\n'
		if len(b) > 1 && b[1] == '\n' {
			n = 2
		}
	}
	if in == inAttribute {
		c = ' '
	}
	s.decoded = append(s.decoded, c)
	return n
}

// maxEntity is longer than every reference: &#x0010FFFF; with room for zeros.
const maxEntity = 32

// entity appends what the reference at the start of b stands for.
func (s *xmlScanner) entity(b []byte) (n int, code string) {
	end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
	if end < 2 {
		return 0, "exchange.xml_entity"
	}
	r := rune(0)
	switch name := b[1:end]; string(name) {
	case "lt":
		r = '<'
	case "gt":
		r = '>'
	case "amp":
		r = '&'
	case "quot":
		r = '"'
	case "apos":
		r = '\''
	default:
		if name[0] != '#' {
			return 0, "exchange.xml_entity"
		}
		var ok bool
		if r, ok = charRef(string(name[1:])); !ok {
			return 0, "exchange.xml_character"
		}
	}
	s.decoded = utf8.AppendRune(s.decoded, r)
	return end + 1, ""
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
