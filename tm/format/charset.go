package format

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"tarjoman/tm"
)

// A Charset says how the bytes of a text document stand for characters: a name
// of the WHATWG Encoding Standard in lower case, with "+bom" when the document
// begins with a byte order mark.
type Charset string

// The charsets with a name of their own here. Any other that the standard knows
// serves too, as a hint or declared by the document.
const (
	UTF8        Charset = "utf-8"
	UTF16LE     Charset = "utf-16le"
	UTF16BE     Charset = "utf-16be"
	Windows1252 Charset = "windows-1252"
	Windows1256 Charset = "windows-1256"
)

const bomSuffix = "+bom"

// Name returns the name of the charset without the mark.
func (c Charset) Name() string { return strings.TrimSuffix(string(c), bomSuffix) }

// BOM reports whether the document begins with a byte order mark.
func (c Charset) BOM() bool { return strings.HasSuffix(string(c), bomSuffix) }

func (c Charset) withBOM() Charset { return Charset(c.Name() + bomSuffix) }

var boms = []struct {
	mark    string
	charset Charset
}{
	{"\xEF\xBB\xBF", UTF8},
	{"\xFF\xFE", UTF16LE},
	{"\xFE\xFF", UTF16BE},
}

// Decode returns the document as UTF-8 without byte order mark and the charset
// it is in. The text is exact: encoding it gives src again (TRUST.md B4), or
// there is an error:
//
//   - document.charset_unknown: nothing in the bytes decides; "candidates" is a
//     []Candidate to ask a person with, whose choice is the hint of a second try
//   - document.charset_wrong: the bytes are not in the charset that the hint, the
//     mark or the declaration names; "line" is the first bad place
//   - document.binary: NUL bytes or other control codes, so no text at all
func Decode(src []byte, hint Charset) (text []byte, cs Charset, err error) {
	cs = hint
	if mark, ok := markOf(src); ok && (hint == "" || hint.Name() == mark.Name()) {
		cs = mark
	}
	if cs == "" {
		if cs, err = guess(src); err != nil {
			return nil, "", err
		}
	}
	if text, err = decodeAs(src, cs); err != nil {
		return nil, "", err
	}
	if at := controlAt(text); at >= 0 {
		return nil, "", tm.NewError(tm.Invalid, "document.binary", "line", Line(text, at))
	}
	return text, cs, nil
}

func markOf(src []byte) (Charset, bool) {
	for _, b := range boms {
		if bytes.HasPrefix(src, []byte(b.mark)) {
			return b.charset.withBOM(), true
		}
	}
	return "", false
}

// decodeAs decodes src and proves that it was in that charset by encoding it
// again: the decoders of x/text replace what they cannot read silently.
func decodeAs(src []byte, cs Charset) ([]byte, error) {
	if cs.Name() == string(UTF8) && utf8.Valid(src) {
		return trimMark(src, cs), nil
	}
	text, ok := decode(src, cs)
	if !ok {
		return nil, tm.NewError(tm.Unsupported, "document.charset_unsupported", "charset", cs.Name())
	}
	back, ok := encode(text, cs)
	if ok && bytes.Equal(back, src) {
		return text, nil
	}
	return nil, tm.NewError(tm.Invalid, "document.charset_wrong",
		"charset", cs.Name(), "line", Line(text, max(0, bytes.IndexRune(text, utf8.RuneError))))
}

func decode(src []byte, cs Charset) (text []byte, ok bool) {
	src = trimMark(src, cs)
	switch cs.Name() {
	case string(UTF8):
		return bytes.ToValidUTF8(src, []byte("\uFFFD")), true
	case string(UTF16LE):
		return decodeUTF16(src, binary.LittleEndian), true
	case string(UTF16BE):
		return decodeUTF16(src, binary.BigEndian), true
	}
	enc, err := htmlindex.Get(cs.Name())
	if err != nil {
		return nil, false
	}
	text, err = enc.NewDecoder().Bytes(src)
	return text, err == nil
}

// trimMark cuts the mark from a document that has one. The text shares memory
// with src.
func trimMark(src []byte, cs Charset) []byte {
	for _, b := range boms {
		if cs.BOM() && string(b.charset) == cs.Name() {
			return bytes.TrimPrefix(src, []byte(b.mark))
		}
	}
	return src
}

func decodeUTF16(src []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(src)/2)
	for i := range units {
		units[i] = order.Uint16(src[2*i:])
	}
	text := []byte(string(utf16.Decode(units)))
	if len(src)%2 != 0 {
		text = append(text, "\uFFFD"...)
	}
	return text
}

// Encode returns the bytes of text in the charset, with the mark it says, when
// the charset has every character, and else in UTF-8. It returns the charset it
// chose.
func Encode(text []byte, cs Charset) ([]byte, Charset) {
	if out, ok := encode(text, cs); ok {
		return out, cs
	}
	return text, UTF8
}

func encode(text []byte, cs Charset) (out []byte, ok bool) {
	var mark []byte
	for _, b := range boms {
		if cs.BOM() && string(b.charset) == cs.Name() {
			mark = []byte(b.mark)
		}
	}
	switch cs.Name() {
	case string(UTF8):
		if mark == nil {
			return text, true
		}
		return append(mark, text...), true
	case string(UTF16LE):
		return encodeUTF16(mark, text, binary.LittleEndian), true
	case string(UTF16BE):
		return encodeUTF16(mark, text, binary.BigEndian), true
	}
	enc, err := htmlindex.Get(cs.Name())
	if err != nil {
		return nil, false
	}
	out, err = enc.NewEncoder().Bytes(text)
	return out, err == nil
}

func encodeUTF16(out, text []byte, order binary.AppendByteOrder) []byte {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		if r < 0x10000 {
			out = order.AppendUint16(out, uint16(r))
			continue
		}
		hi, lo := utf16.EncodeRune(r)
		out = order.AppendUint16(order.AppendUint16(out, uint16(hi)), uint16(lo))
	}
	return out
}

// controlAt returns the offset of the first control code that no text has, or
// -1. Form feed and escape-like leftovers of old printers are let through.
func controlAt(text []byte) int {
	return bytes.IndexFunc(text, func(r rune) bool {
		return r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1a\x1b", r)
	})
}
