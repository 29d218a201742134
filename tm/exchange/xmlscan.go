package exchange

import (
	"bytes"
	"errors"
	"io"

	"tarjoman/tm"
)

// xmlKind is the kind of a token.
type xmlKind uint8

const (
	xmlText xmlKind = iota
	xmlStart
	xmlEnd
)

// An xmlAttr is one attribute. Raw is its value, decoded, and like the token
// valid until the next call of next.
type xmlAttr struct {
	name string
	raw  []byte
}

// An xmlToken is valid until the next call of next. Text is decoded: entities
// replaced, line ends made LF (XML 1.0 §2.11); a long text comes in several
// tokens. An empty element gives a start and an end.
type xmlToken struct {
	kind  xmlKind
	name  string
	attrs []xmlAttr
	text  []byte
	words *words
}

// attr returns the value of the named attribute, "" when there is none. The
// string stays valid.
func (t *xmlToken) attr(name string) string { return t.words.of(t.raw(name)) }

// raw is attr without making a string.
func (t *xmlToken) raw(name string) []byte {
	for i := range t.attrs {
		if t.attrs[i].name == name {
			return t.attrs[i].raw
		}
	}
	return nil
}

// An xmlScanner reads well-formed XML 1.0 in UTF-8, one token at a time, in
// place in a bounded buffer. It is the exchange formats' front door: it refuses
// internal DTD subsets, unknown entities and deep nesting.
type xmlScanner struct {
	src     io.Reader
	readErr error
	buf     []byte // buf[at:] is not yet consumed
	at      int
	lines   int   // lines before buf[0]
	bytes   int64 // bytes before buf[0]
	open    []string
	ended   bool // an empty element's end is still to be given
	rooted  bool // the root element has begun
	words   words
	decoded []byte // of the token, what stands in buf in another form
	token   xmlToken
}

const (
	xmlBuffer = 256 << 10
	xmlRead   = 4 << 10 // least room to read into
)

func newXMLScanner(r io.Reader) *xmlScanner {
	s := &xmlScanner{src: r, buf: make([]byte, 0, xmlBuffer)}
	s.token.words = &s.words
	return s
}

// next returns the next token, and io.EOF after the root element's end.
func (s *xmlScanner) next() (*xmlToken, error) {
	if s.ended {
		s.ended = false
		return s.end(s.open[len(s.open)-1])
	}
	s.decoded = s.decoded[:0]
	for {
		rest := s.buf[s.at:]
		if len(rest) > 1 { // the usual cases first
			if rest[0] == '<' && rest[1] != '!' && rest[1] != '?' {
				return s.tag()
			}
			if end := bytes.IndexByte(rest, '<'); end > 0 && len(s.open) > 0 && !hasSpecial(rest[:end]) {
				s.at += end
				s.token.kind, s.token.text = xmlText, rest[:end]
				return &s.token, nil
			}
		}
		tok, err := s.token1()
		if tok != nil || err != nil {
			return tok, err
		}
	}
}

// nextTag is next for places where text means nothing: it is passed over.
func (s *xmlScanner) nextTag() (*xmlToken, error) {
	for {
		for !s.ended && s.at < len(s.buf) && isSpace(s.buf[s.at]) {
			s.at++
		}
		tok, err := s.next()
		if err != nil || tok.kind != xmlText {
			return tok, err
		}
	}
}

// children calls read for each child of the element whose start was read last.
// Read must consume its element's end.
func (s *xmlScanner) children(read func(*xmlToken) error) error {
	for {
		tok, err := s.nextTag()
		if err != nil {
			return s.inside(err)
		}
		if tok.kind == xmlEnd {
			return nil
		}
		if err := read(tok); err != nil {
			return err
		}
	}
}

// skip passes over the rest of the element whose start was read last.
func (s *xmlScanner) skip() error {
	for depth := 1; depth > 0; {
		tok, err := s.nextTag()
		if err != nil {
			return s.inside(err)
		}
		if tok.kind == xmlStart {
			depth++
		} else {
			depth--
		}
	}
	return nil
}

// inside turns the end of the file into an error: an element is open.
func (s *xmlScanner) inside(err error) error {
	if err == io.EOF {
		return s.fail("exchange.xml_truncated")
	}
	return err
}

func (s *xmlScanner) atEOF() error {
	if len(s.open) > 0 || !s.rooted {
		return s.fail("exchange.xml_truncated")
	}
	return io.EOF
}

// token1 reads one token of any kind; a nil token is markup to pass over.
func (s *xmlScanner) token1() (*xmlToken, error) {
	rest, err := s.need(len("<![CDATA["))
	if err != nil {
		return nil, err
	}
	if len(rest) == 0 {
		return nil, s.atEOF()
	}
	if rest[0] != '<' {
		return s.text()
	}
	switch {
	case bytes.HasPrefix(rest, []byte("<?")):
		return nil, s.skipPast("<?", "?>")
	case bytes.HasPrefix(rest, []byte("<!--")):
		return nil, s.skipPast("<!--", "-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return s.cdata()
	case bytes.HasPrefix(rest, []byte("<!")):
		return nil, s.doctype()
	}
	return s.tag()
}

// need returns the unconsumed bytes, at least n of them unless the input ends.
func (s *xmlScanner) need(n int) ([]byte, error) {
	for len(s.buf)-s.at < n && s.readErr == nil {
		s.fill()
	}
	if s.readErr != nil && s.readErr != io.EOF && len(s.buf)-s.at < n {
		return nil, s.readFailed()
	}
	return s.buf[s.at:], nil
}

// fill reads once more. It moves what is in the buffer.
func (s *xmlScanner) fill() {
	if cap(s.buf)-len(s.buf) < xmlRead {
		s.makeRoom()
	}
	n, err := 0, error(nil)
	for tries := 0; n == 0 && err == nil; tries++ {
		if tries == 100 {
			err = io.ErrNoProgress
			break
		}
		n, err = s.src.Read(s.buf[len(s.buf):cap(s.buf)])
	}
	s.buf = s.buf[:len(s.buf)+n]
	s.readErr = err
}

func (s *xmlScanner) makeRoom() {
	s.lines += bytes.Count(s.buf[:s.at], []byte{'\n'})
	s.bytes += int64(s.at)
	to := s.buf[:cap(s.buf)]
	if len(s.buf)-s.at > cap(s.buf)/2 {
		to = make([]byte, 2*cap(s.buf))
	}
	s.buf = to[:copy(to, s.buf[s.at:])]
	s.at = 0
}

func (s *xmlScanner) readFailed() error {
	if errors.Is(s.readErr, errCut) {
		return s.fail("exchange.xml_truncated")
	}
	if errors.Is(s.readErr, errBytes) {
		return s.fail("exchange.encoding_bytes")
	}
	return s.readErr
}

// consume moves over the next n bytes.
func (s *xmlScanner) consume(n int) { s.at += n }

// line returns the line of the next unconsumed byte, from 1.
func (s *xmlScanner) line() int {
	return 1 + s.lines + bytes.Count(s.buf[:s.at], []byte{'\n'})
}

// fail returns an error at the next unconsumed byte. Its argument byte counts
// bytes of the text in UTF-8, from 0.
func (s *xmlScanner) fail(code string, pairs ...any) *tm.Error {
	return s.failure(tm.Invalid, code, pairs...)
}

func (s *xmlScanner) tooLarge(code string) *tm.Error {
	return s.failure(tm.TooLarge, code)
}

func (s *xmlScanner) failure(kind tm.ErrorKind, code string, pairs ...any) *tm.Error {
	return tm.NewError(kind, code, append(pairs, "line", s.line(), "byte", s.bytes+int64(s.at))...)
}

// skipPast consumes a comment or instruction without keeping it.
func (s *xmlScanner) skipPast(start, end string) error {
	s.consume(len(start))
	for {
		rest, err := s.need(len(end))
		if err != nil {
			return err
		}
		if i := bytes.Index(rest, []byte(end)); i >= 0 {
			s.consume(i + len(end))
			return nil
		}
		if len(rest) < len(end) {
			return s.fail("exchange.xml_truncated")
		}
		s.consume(len(rest) - len(end) + 1)
	}
}

// complete returns the unconsumed bytes up to the end that find reports (the
// offset after it, or -1 to read on).
func (s *xmlScanner) complete(find func([]byte) int) ([]byte, error) {
	for n := 1; ; {
		rest, err := s.need(n)
		if err != nil {
			return nil, err
		}
		if end := find(rest); end >= 0 {
			return rest[:end], nil
		}
		if len(rest) > maxMarkup {
			return nil, s.tooLarge("exchange.xml_too_complex")
		}
		if len(rest) < n {
			return nil, s.fail("exchange.xml_truncated")
		}
		n = 2 * len(rest)
	}
}

func (s *xmlScanner) cdata() (*xmlToken, error) {
	raw, err := s.complete(func(b []byte) int {
		if i := bytes.Index(b, []byte("]]>")); i >= 0 {
			return i + len("]]>")
		}
		return -1
	})
	if err != nil {
		return nil, err
	}
	body := raw[len("<![CDATA[") : len(raw)-len("]]>")]
	if len(s.open) == 0 {
		return nil, s.fail("exchange.xml_malformed")
	}
	if s.token.text, err = s.decode(body, inCDATA); err != nil {
		return nil, err
	}
	s.consume(len(raw))
	s.token.kind = xmlText
	return &s.token, nil
}

// doctype passes over a document type declaration that has no internal subset.
func (s *xmlScanner) doctype() error {
	raw, err := s.complete(endOfTag)
	if err != nil {
		return err
	}
	if s.rooted || !bytes.HasPrefix(raw, []byte("<!DOCTYPE")) {
		return s.fail("exchange.xml_malformed")
	}
	if bytes.IndexByte(unquoted(raw), '[') >= 0 {
		return s.failure(tm.Unsupported, "exchange.xml_doctype")
	}
	s.consume(len(raw))
	return nil
}

// endOfTag returns the offset after the first '>' outside quotes. An internal
// subset also ends the search: its '[' is refused, its contents are not read.
func endOfTag(b []byte) int {
	quote := byte(0)
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>' || c == '[' && bytes.HasPrefix(b, []byte("<!DOCTYPE")):
			return i + 1
		}
	}
	return -1
}

// unquoted returns b without its quoted parts.
func unquoted(b []byte) []byte {
	var out []byte
	for len(b) > 0 {
		i := bytes.IndexAny(b, `"'`)
		if i < 0 {
			return append(out, b...)
		}
		out = append(out, b[:i]...)
		j := bytes.IndexByte(b[i+1:], b[i])
		if j < 0 {
			return out
		}
		b = b[i+j+2:]
	}
	return out
}
