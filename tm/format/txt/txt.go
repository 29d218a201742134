// Package txt reads plain text: every line with something to translate is a
// block. News text has one paragraph a line; where lines are broken by hand each
// line is a block still, because nothing tells a broken line from a short one.
//
// Line ends are kept one by one, also when they are mixed. White space, byte
// order marks and direction marks at the edges of a line stay outside the block
// and in the document. Right-to-left targets get no marks (PERSIAN.md G9).
package txt

import (
	"bufio"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// Format is the plain text format.
type Format struct{}

// Info describes the format.
func (Format) Info() format.Info {
	return format.Info{ID: "txt", Extensions: []string{".txt", ".text"}, MIME: "text/plain; charset=utf-8", Text: true}
}

// Detect is sure of the extension and takes text without one as a last resort.
// Another extension speaks for a format of its own.
func (f Format) Detect(name string, src []byte) int {
	switch {
	case format.HasExtension(f.Info(), name):
		return 80
	case path.Ext(name) == "" && len(src) > 0 && utf8.Valid(src):
		return 5
	}
	return 0
}

// Rewrite implements [format.Format].
func (Format) Rewrite(w io.Writer, src []byte, _ format.Options, translate format.Translate) error {
	translate, err := format.Guard(src, translate)
	if err != nil {
		return err
	}
	var keys format.Keys
	out := bufio.NewWriter(w)
	for at := 0; at < len(src); {
		end := at + lineLength(src[at:])
		if err := rewriteLine(out, src, at, end, &keys, translate); err != nil {
			return err
		}
		at = end
	}
	return out.Flush()
}

// lineLength counts the bytes up to and with the line end: LF, CR LF, or CR.
func lineLength(src []byte) int {
	for i, b := range src {
		switch {
		case b == '\n':
			return i + 1
		case b == '\r' && i+1 < len(src) && src[i+1] == '\n':
			return i + 2
		case b == '\r':
			return i + 1
		}
	}
	return len(src)
}

func rewriteLine(out *bufio.Writer, src []byte, at, end int, keys *format.Keys, translate format.Translate) error {
	line := string(src[at:end])
	from, to := format.Trim(line)
	text := line[from:to]
	if !format.Translatable(text) {
		_, err := out.WriteString(line)
		return err
	}
	if len(text) > format.MaxBlockBytes {
		return format.BlockTooLarge(src, at)
	}
	answer, err := translate(format.Block{Key: keys.Next("line", text), Content: tm.Plain(text)})
	if err != nil {
		return err
	}
	if answer != nil {
		text = oneLine(answer.Text)
	}
	_, err = out.WriteString(line[:from] + text + line[to:])
	return err
}

// oneLine keeps a translation in its line: a line break in it would come back as
// two blocks.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}
