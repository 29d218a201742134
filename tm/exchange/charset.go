package exchange

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"

	"tarjoman/tm"
)

// sniffed is how much of a file is looked at to tell its encoding.
const sniffed = 1024

var errBytes = tm.NewError(tm.Invalid, "exchange.encoding_bytes")

// errCut is errBytes at the end of the file, inside a character.
var errCut = fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, errBytes)

// decodeXML returns r as UTF-8 without a byte order mark. A mark wins over the
// encoding declaration, which wins over UTF-8 (XML 1.0 appendix F).
func decodeXML(r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, 4*sniffed) // large reads go past it
	head, _ := in.Peek(sniffed)
	if decoded := byMark(in, head); decoded != nil {
		return decoded, nil
	}
	return decodeAs(in, declared(head))
}

// decodeText returns r as UTF-8 without a byte order mark. Text files carry no
// declaration, so anything but UTF-8 needs a mark or shows itself as UTF-16 by
// its zero bytes.
func decodeText(r io.Reader) io.Reader {
	in := bufio.NewReaderSize(r, 4*sniffed)
	head, _ := in.Peek(sniffed)
	if decoded := byMark(in, head); decoded != nil {
		return decoded
	}
	return &utf8Checker{src: in}
}

// byMark drops a byte order mark from in and returns the reader it asks for; nil
// when there is no mark and no sign of UTF-16.
func byMark(in *bufio.Reader, head []byte) io.Reader {
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		in.Discard(3)
		return &utf8Checker{src: in}
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		in.Discard(2)
		return &utf16Reader{src: in}
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		in.Discard(2)
		return &utf16Reader{src: in, bigEndian: true}
	case len(head) >= 2 && head[0] != 0 && head[1] == 0:
		return &utf16Reader{src: in}
	case len(head) >= 2 && head[0] == 0 && head[1] != 0:
		return &utf16Reader{src: in, bigEndian: true}
	}
	return nil
}

var declaration = regexp.MustCompile(`^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:\-]+)["']`)

// declared returns the lower-cased name in the XML declaration, or "utf-8".
func declared(head []byte) string {
	m := declaration.FindSubmatch(head)
	if m == nil {
		return "utf-8"
	}
	return strings.ToLower(string(m[1]))
}

func decodeAs(in io.Reader, name string) (io.Reader, error) {
	// A file that was converted from UTF-16 often still claims it; that its
	// declaration can be read as ASCII proves the claim wrong.
	if strings.HasPrefix(name, "utf-16") || name == "utf-8" || name == "ucs-2" {
		return &utf8Checker{src: in}, nil
	}
	enc, err := htmlindex.Get(name)
	if err != nil || enc == encoding.Replacement {
		return nil, tm.NewError(tm.Unsupported, "exchange.encoding_unknown", "encoding", name)
	}
	return transform.NewReader(in, transform.Chain(enc.NewDecoder(), noReplacement{})), nil
}

// A utf8Checker reads UTF-8 and refuses anything else. It reads straight into
// the caller's buffer, so a caller with a large one pays no copy.
type utf8Checker struct {
	src  io.Reader
	part [utf8.UTFMax]byte // the first bytes of a rune whose rest is not yet read
	n    int
	err  error // once given, given for ever
}

// Read implements [io.Reader]. What stands before bad bytes is given first.
func (c *utf8Checker) Read(p []byte) (n int, err error) {
	if c.err == nil {
		n, c.err = c.src.Read(p)
		n = c.check(p[:n])
	}
	return n, c.err
}

// check returns how many bytes of b are good and sets the error if not all are.
func (c *utf8Checker) check(b []byte) int {
	rest, ok := c.finish(b)
	if !ok {
		c.err = errBytes
		return 0
	}
	whole := len(rest) - partialRune(rest)
	if !validUTF8(rest[:whole]) {
		c.err = errBytes
		return len(b) - len(rest) + validLen(rest)
	}
	c.n += copy(c.part[c.n:], rest[whole:])
	if c.err == io.EOF && c.n > 0 {
		c.err = errCut
	}
	return len(b)
}

// finish takes the bytes off b that end the rune begun in the last piece. It
// reports false when they do not.
func (c *utf8Checker) finish(b []byte) (rest []byte, ok bool) {
	for c.n > 0 && len(b) > 0 {
		c.part[c.n] = b[0]
		c.n++
		b = b[1:]
		if utf8.FullRune(c.part[:c.n]) {
			ok := utf8.Valid(c.part[:c.n])
			c.n = 0
			return b, ok
		}
	}
	return b, true
}

// partialRune returns how many last bytes of b begin a rune and do not end it.
func partialRune(b []byte) int {
	for back := 1; back <= min(len(b), utf8.UTFMax-1); back++ {
		if utf8.RuneStart(b[len(b)-back]) {
			if utf8.FullRune(b[len(b)-back:]) {
				return 0
			}
			return back
		}
	}
	return 0
}

func validLen(b []byte) int {
	n := 0
	for n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// noReplacement refuses U+FFFD: a decoder of a charset writes it only for bytes
// the charset does not have.
type noReplacement struct{ transform.NopResetter }

func (noReplacement) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	bad := bytes.Index(src, []byte("\uFFFD"))
	n := len(src)
	if bad >= 0 {
		n, err = bad, errBytes
	} else if keep := partialReplacement(src); keep > 0 && !atEOF {
		n, err = n-keep, transform.ErrShortSrc
	}
	if n > len(dst) {
		n, err = len(dst), transform.ErrShortDst
	}
	copy(dst, src[:n])
	return n, n, err
}

// partialReplacement returns how many last bytes of src could begin a U+FFFD.
func partialReplacement(src []byte) int {
	switch {
	case bytes.HasSuffix(src, []byte{0xEF, 0xBF}):
		return 2
	case bytes.HasSuffix(src, []byte{0xEF}):
		return 1
	}
	return 0
}

// A utf16Reader reads UTF-16 as UTF-8. It refuses a lone surrogate or half a
// unit instead of replacing it.
type utf16Reader struct {
	src       io.Reader
	bigEndian bool
	err       error // of src
	raw       []byte
	at        int // raw[at:] is not yet decoded
}

// Read implements [io.Reader].
func (u *utf16Reader) Read(p []byte) (int, error) {
	if len(p) < utf8.UTFMax {
		return 0, io.ErrShortBuffer
	}
	for {
		n, err := u.decode(p)
		if n > 0 || err != nil {
			return n, err // decode gives the error again
		}
		if u.err == io.EOF && u.at < len(u.raw) {
			u.err = errCut
		}
		if u.err != nil {
			return 0, u.err
		}
		u.fill()
	}
}

func (u *utf16Reader) fill() {
	if u.raw == nil {
		u.raw = make([]byte, 0, 64<<10)
	}
	rest := copy(u.raw[:cap(u.raw)], u.raw[u.at:])
	n, err := u.src.Read(u.raw[rest:cap(u.raw)])
	u.raw, u.at, u.err = u.raw[:rest+n], 0, err
}

// decode writes what it can of the unread units to p.
func (u *utf16Reader) decode(p []byte) (n int, err error) {
	for len(u.raw)-u.at >= 2 && len(p)-n >= utf8.UTFMax {
		r := u.unit(u.raw[u.at:])
		switch {
		case r < utf8.RuneSelf:
			p[n] = byte(r)
			n++
			u.at += 2
			continue
		case !utf16.IsSurrogate(r):
			u.at += 2
		case len(u.raw)-u.at < 4:
			return n, nil
		default:
			if r = utf16.DecodeRune(r, u.unit(u.raw[u.at+2:])); r == utf8.RuneError {
				return n, errBytes // at stays
			}
			u.at += 4
		}
		n += utf8.EncodeRune(p[n:], r)
	}
	return n, nil
}

func (u *utf16Reader) unit(b []byte) rune {
	if u.bigEndian {
		return rune(b[0])<<8 | rune(b[1])
	}
	return rune(b[1])<<8 | rune(b[0])
}
