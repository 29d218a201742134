package exchange

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode/utf8"
)

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
