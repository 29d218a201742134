package xmlspan

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"tarjoman/tm"
)

var declaration = regexp.MustCompile(`^\x{FEFF}?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]*)["']`)

// toUTF8 returns src as UTF-8. UTF-16 is recoded and its declaration rewritten;
// UTF-8 stays as it is.
func toUTF8(src []byte) ([]byte, error) {
	if order, ok := utf16Order(src); ok {
		dec := unicode.UTF16(order, unicode.UseBOM).NewDecoder()
		recoded, err := dec.Bytes(src)
		if err != nil || len(recoded) > MaxSize || bytes.ContainsRune(recoded, '\uFFFD') {
			return nil, tm.NewError(tm.Invalid, "xml.malformed", "line", 1).Wrap(err)
		}
		if m := declaration.FindSubmatchIndex(recoded); m != nil {
			recoded = bytes.Join([][]byte{recoded[:m[2]], []byte("UTF-8"), recoded[m[3]:]}, nil)
		}
		return recoded, nil
	}
	if m := declaration.FindSubmatch(src); m != nil {
		switch name := strings.ToUpper(string(m[1])); name {
		case "UTF-8", "UTF8", "US-ASCII", "ASCII":
		default:
			return nil, tm.NewError(tm.Unsupported, "xml.encoding", "name", name)
		}
	}
	return src, nil
}

// utf16Order looks at the mark, or at the zeros around the first "<".
func utf16Order(src []byte) (order unicode.Endianness, ok bool) {
	switch {
	case bytes.HasPrefix(src, []byte("\xFE\xFF")), bytes.HasPrefix(src, []byte("\x00<")):
		return unicode.BigEndian, true
	case bytes.HasPrefix(src, []byte("\xFF\xFE")), bytes.HasPrefix(src, []byte("<\x00")):
		return unicode.LittleEndian, true
	}
	return unicode.BigEndian, false
}
