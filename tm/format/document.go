package format

import (
	"bytes"
	"io"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A Document is a file whose format and charset are known. It keeps the bytes it
// was opened with; do not change them. It is safe for concurrent use.
type Document struct {
	Format  Format
	Charset Charset // of text formats; "" for the others
	src     []byte  // as the format reads it: text formats in UTF-8
}

// Open finds the format and the charset of a file. The hint is "" or what a
// person chose after document.charset_unknown; it is used as given. All errors
// are *tm.Error.
func Open(fs []Format, name string, src []byte, hint Charset) (*Document, error) {
	if len(src) > MaxBytes {
		return nil, tm.NewError(tm.TooLarge, "document.too_large", "limit_mb", MaxBytes>>20)
	}
	text, charset, charsetErr := Decode(src, hint)
	if charsetErr != nil {
		text = nil
	}
	f, err := Detect(fs, name, src, text)
	switch {
	case err != nil && charsetErr != nil:
		return nil, charsetErr
	case err != nil:
		return nil, err
	case !f.Info().Text:
		return &Document{Format: f, src: src}, nil
	case charsetErr != nil:
		return nil, charsetErr
	case len(text) > MaxBytes:
		return nil, tm.NewError(tm.TooLarge, "document.too_large", "limit_mb", MaxBytes>>20)
	}
	return &Document{Format: f, Charset: charset, src: text}, nil
}

// Blocks returns the blocks of the document in reading order.
func (d *Document) Blocks(o Options) ([]Block, error) {
	return Extract(d.Format, d.src, o)
}

// Write writes the document with its blocks translated, in its own charset when
// that has every character, else in UTF-8. With the zero Options and only nil
// answers these are the bytes it was opened with (for zip containers the same
// parts). Text formats write nothing when there is an error.
func (d *Document) Write(w io.Writer, o Options, translate Translate) error {
	if !d.Format.Info().Text {
		return d.Format.Rewrite(w, d.src, o, translate)
	}
	var out bytes.Buffer
	if err := d.Format.Rewrite(&out, d.src, o, translate); err != nil {
		return err
	}
	_, err := w.Write(d.encode(out.Bytes(), o))
	return err
}

// encode encodes the finished text. A document that names its own charset must
// name the one it ends up in.
func (d *Document) encode(text []byte, o Options) []byte {
	out, charset := Encode(text, d.Charset)
	marker, ok := d.Format.(CharsetMarker)
	if !ok || charset == d.Charset && o.Target == (language.Tag{}) {
		return out
	}
	out, _ = Encode(marker.MarkCharset(text, charset.Name()), charset)
	return out
}
