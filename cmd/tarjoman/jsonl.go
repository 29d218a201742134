package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// maxLine is the longest line of JSON that is read.
const maxLine = 16 << 20

// jsonLines answers every line of standard input with one line on standard
// output, in order, as CLI.md says under "JSON Lines". A line that is not valid
// is answered with its error; errShort then ends the command.
func jsonLines[In any, Out any](a *app, answer func(In) (Out, error)) error {
	in, out := bufio.NewReaderSize(a.in, 64<<10), bufio.NewWriterSize(a.out, 64<<10)
	var buffer lineBuffer
	bad := false
	for first := true; ; first = false {
		line, err := buffer.read(in)
		if err == io.EOF {
			break
		}
		if err != nil && tm.CodeOf(err) == "" {
			return errors.Join(err, out.Flush())
		}
		if first {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		var text []byte
		if err == nil {
			text, err = answerLine(line, answer)
		}
		if err != nil {
			bad = true
			text = encode(map[string]string{"error": a.sentence(err)})
		}
		writeLine(out, rawID(line), text)
		if in.Buffered() == 0 { // whoever waits for answers gets them
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
	if err := out.Flush(); err != nil || !bad {
		return err
	}
	return errShort
}

// lineBuffer reads lines without their end.
type lineBuffer struct{ bytes []byte }

// read returns the next line, which is valid until the next call. A line that
// is too long is passed over to its end.
func (b *lineBuffer) read(in *bufio.Reader) ([]byte, error) {
	b.bytes = b.bytes[:0]
	tooLong := false
	for {
		part, err := in.ReadSlice('\n')
		if len(b.bytes)+len(part) > maxLine {
			tooLong = true
		} else {
			b.bytes = append(b.bytes, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err != nil && (err != io.EOF || len(part) == 0 && len(b.bytes) == 0 && !tooLong):
			return nil, err
		case tooLong:
			return nil, tm.NewError(tm.TooLarge, "cli.line_too_long", "limit", "16 MB")
		}
		return bytes.TrimRight(b.bytes, "\r\n"), nil
	}
}

func answerLine[In any, Out any](line []byte, answer func(In) (Out, error)) ([]byte, error) {
	var in In
	if err := decode(line, &in); err != nil {
		return nil, err
	}
	out, err := answer(in)
	if err != nil {
		return nil, err
	}
	return encode(out), nil
}

// decode reads one object. Text is taken exactly or refused: encoding/json
// would quietly put U+FFFD for what is not Unicode.
func decode(line []byte, into any) error {
	if !utf8.Valid(line) {
		return wrong("cli.line_not_utf8")
	}
	err := json.Unmarshal(line, into)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		at := min(int(e.Offset), len(line))
		return wrong("cli.line_not_json", "column", utf8.RuneCount(line[:at])).Wrap(err)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if e.Field == "" {
			return wrong("cli.line_not_object").Wrap(err)
		}
		return wrong("cli.line_wrong_type", "field", strings.ToLower(e.Field)).Wrap(err)
	}
	if err == nil && loneSurrogate(line) {
		return wrong("cli.line_not_unicode")
	}
	return err
}

// loneSurrogate reports whether JSON has an escape such as \ud83d without its
// other half.
func loneSurrogate(line []byte) bool {
	for i := 0; i+1 < len(line); i++ {
		if line[i] != '\\' {
			continue
		}
		i++ // the escaped character
		switch unit := escaped(line, i); {
		case unit >= 0xD800 && unit < 0xDC00:
			if low := escaped(line, i+6); low < 0xDC00 || low > 0xDFFF || line[i+5] != '\\' {
				return true
			}
			i += 6
		case unit >= 0xDC00 && unit < 0xE000:
			return true
		}
	}
	return false
}

// escaped returns the value of the escape whose u stands at i, -1 for none.
func escaped(line []byte, i int) int64 {
	if i+5 > len(line) || line[i] != 'u' {
		return -1
	}
	unit, err := strconv.ParseInt(string(line[i+1:i+5]), 16, 32)
	if err != nil {
		return -1
	}
	return unit
}

// rawID returns the id of a line exactly as it came, null when it has none that
// can be read.
func rawID(line []byte) []byte {
	var head struct{ ID json.RawMessage }
	if !utf8.Valid(line) || json.Unmarshal(line, &head) != nil || head.ID == nil {
		return []byte("null")
	}
	return head.ID
}

// encode writes JSON as it is, without escapes for HTML.
func encode(v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("tarjoman: answers are always valid JSON: " + err.Error())
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// writeLine puts the id before the fields of an object. Errors of out stay with
// it until the next Flush.
func writeLine(out *bufio.Writer, id, object []byte) {
	_, _ = out.WriteString(`{"id":`)
	_, _ = out.Write(id)
	if len(object) > len("{}") {
		_ = out.WriteByte(',')
	}
	_, _ = out.Write(object[1:])
	_ = out.WriteByte('\n')
}

// textLine is the input of the functions of one text. Pointers tell a field
// that is missing from an empty one.
type textLine struct {
	Lang *string
	Text *string
}

// read returns the text and its language; lang is what --lang says.
func (l textLine) read(lang language.Tag) (string, language.Tag, error) {
	text, err := need("text", l.Text)
	if err != nil {
		return "", language.Und, err
	}
	tag, err := needLang("lang", l.Lang, lang)
	return text, tag, err
}

// need returns a field that must be there.
func need(field string, value *string) (string, error) {
	if value == nil {
		return "", wrong("cli.line_field_missing", "field", field)
	}
	return *value, nil
}

// needLang returns the language in a field, or else the one of a flag.
func needLang(field string, value *string, flag language.Tag) (language.Tag, error) {
	if value == nil && flag != language.Und {
		return flag, nil
	}
	text, err := need(field, value)
	if err != nil {
		return flag, err
	}
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return tag, wrong("cli.line_language", "field", field, "value", text)
	}
	return tag, nil
}
