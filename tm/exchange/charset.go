package exchange

import (
	"bufio"
	"bytes"
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

// decodeXML returns r as UTF-8 without a byte order mark. A mark wins over the
// encoding declaration, which wins over UTF-8 (XML 1.0 appendix F).
func decodeXML(r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, _ := in.Peek(sniffed)
	if t := byMark(in, head); t != nil {
		return transform.NewReader(in, t), nil
	}
	return decodeAs(in, declared(head))
}

// decodeText returns r as UTF-8 without a byte order mark. Text files carry no
// declaration, so anything but UTF-8 needs a mark or shows itself as UTF-16 by
// its zero bytes.
func decodeText(r io.Reader) io.Reader {
	in := bufio.NewReaderSize(r, 64<<10)
	head, _ := in.Peek(sniffed)
	if t := byMark(in, head); t != nil {
		return transform.NewReader(in, t)
	}
	return transform.NewReader(in, utf8Checker{})
}

// byMark drops a byte order mark from in and returns the decoder it asks for;
// nil when there is no mark and no sign of UTF-16.
func byMark(in *bufio.Reader, head []byte) transform.Transformer {
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		in.Discard(3)
		return utf8Checker{}
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		in.Discard(2)
		return &utf16Decoder{}
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		in.Discard(2)
		return &utf16Decoder{bigEndian: true}
	case len(head) >= 2 && head[0] != 0 && head[1] == 0:
		return &utf16Decoder{}
	case len(head) >= 2 && head[0] == 0 && head[1] != 0:
		return &utf16Decoder{bigEndian: true}
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
		return transform.NewReader(in, utf8Checker{}), nil
	}
	enc, err := htmlindex.Get(name)
	if err != nil || enc == encoding.Replacement {
		return nil, tm.NewError(tm.Unsupported, "exchange.encoding_unknown", "encoding", name)
	}
	return transform.NewReader(in, transform.Chain(enc.NewDecoder(), noReplacement{})), nil
}

// utf8Checker passes UTF-8 on and refuses anything else. It does what
// encoding.UTF8Validator does, several times as fast.
type utf8Checker struct{ transform.NopResetter }

// Transform implements [transform.Transformer].
func (utf8Checker) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	n := len(src)
	if n > len(dst) {
		n, err = len(dst), transform.ErrShortDst
	}
	whole := n - partialRune(src[:n])
	if whole < n && n == len(src) {
		err = shortOr(atEOF)
	}
	if !utf8.Valid(src[:whole]) {
		whole, err = validLen(src[:whole]), errBytes
	}
	return copy(dst, src[:whole]), whole, err
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

// utf16Decoder is a UTF-16 decoder that refuses a lone surrogate or half a unit
// instead of replacing it.
type utf16Decoder struct {
	transform.NopResetter
	bigEndian bool
}

func (d *utf16Decoder) unit(b []byte) rune {
	if d.bigEndian {
		return rune(b[0])<<8 | rune(b[1])
	}
	return rune(b[1])<<8 | rune(b[0])
}

// Transform implements [transform.Transformer].
func (d *utf16Decoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size, err := d.rune(src[nSrc:], atEOF)
		if err != nil {
			return nDst, nSrc, err
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

func (d *utf16Decoder) rune(src []byte, atEOF bool) (r rune, size int, err error) {
	if len(src) < 2 {
		return 0, 0, shortOr(atEOF)
	}
	r = d.unit(src)
	if !utf16.IsSurrogate(r) {
		return r, 2, nil
	}
	if len(src) < 4 {
		return 0, 0, shortOr(atEOF)
	}
	if r = utf16.DecodeRune(r, d.unit(src[2:])); r == utf8.RuneError {
		return 0, 0, errBytes
	}
	return r, 4, nil
}

func shortOr(atEOF bool) error {
	if atEOF {
		return errBytes
	}
	return transform.ErrShortSrc
}
