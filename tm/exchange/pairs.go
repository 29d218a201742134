package exchange

import (
	"bytes"
	"io"
	"iter"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// ReadUnitsTSV reads a table of two columns divided by tabs, without quoting,
// and hands every row to yield as a unit. A first row that says source and
// target, or names the two languages in either order, is a header. Blank rows
// are passed over, further columns are not read, and an empty cell gives a
// variant without text. An error of yield stops the reading and is returned as
// it is.
func ReadUnitsTSV(r io.Reader, src, tgt language.Tag, yield func(*tm.Unit) error) error {
	return readPairs(newTableReader(r, "x.tsv"), src, tgt, yield)
}

// ReadUnitsCSV is [ReadUnitsTSV] for commas, semicolons or tabs with quoting as
// in RFC 4180.
func ReadUnitsCSV(r io.Reader, src, tgt language.Tag, yield func(*tm.Unit) error) error {
	return readPairs(newTableReader(r, "x.csv"), src, tgt, yield)
}

func readPairs(t *tableReader, src, tgt language.Tag, yield func(*tm.Unit) error) error {
	for header := true; ; {
		if line, ok := t.plainLine(); ok && !header {
			if err := t.yieldLine(line, src, tgt, yield); err != nil {
				return err
			}
			continue
		}
		cells, err := t.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if len(cells) == 0 {
			continue
		}
		if len(cells) < 2 {
			return t.fail(tm.Invalid, "exchange.row_short")
		}
		if header {
			header = false
			if is, swapped := pairHeader(cells, src, tgt); is {
				if swapped {
					src, tgt = tgt, src
				}
				continue
			}
		}
		if err := yield(pairUnit(cells[0], cells[1], src, tgt)); err != nil {
			return err
		}
	}
}

// plainLine returns the next line when it is a row that needs no more than to be
// cut: it is in the buffer as a whole and has no quotes that mean something. The
// line is not consumed.
func (t *tableReader) plainLine() (line []byte, ok bool) {
	buffered, _ := t.in.Peek(t.in.Buffered())
	end := bytes.IndexByte(buffered, '\n')
	if end < 0 || t.quoted && bytes.IndexByte(buffered[:end], '"') >= 0 {
		return nil, false
	}
	return buffered[:end], true
}

// yieldLine consumes a line that plainLine found and hands it over as next and
// readPairs would.
func (t *tableReader) yieldLine(line []byte, src, tgt language.Tag, yield func(*tm.Unit) error) error {
	t.row++
	size := len(line) + 1
	line = bytes.TrimSuffix(line, []byte("\r"))
	first := bytes.IndexByte(line, t.separator)
	switch {
	case first < 0 && len(bytes.TrimSpace(line)) > 0:
		return t.fail(tm.Invalid, "exchange.row_short")
	case first < 0:
		_, err := t.in.Discard(size)
		return err
	case bytes.Count(line, []byte{t.separator}) >= maxColumns:
		return t.fail(tm.TooLarge, "exchange.row_too_large")
	}
	end := len(line)
	if i := bytes.IndexByte(line[first+1:], t.separator); i >= 0 {
		end = first + 1 + i
	}
	both := string(line[:end])
	if _, err := t.in.Discard(size); err != nil {
		return err
	}
	return yield(pairUnit(both[:first], both[first+1:], src, tgt))
}

func pairUnit(source, target string, src, tgt language.Tag) *tm.Unit {
	u := newUnit(2)
	u.Variants = append(u.Variants,
		tm.Variant{Lang: src, Content: tm.Plain(active(source))}, tm.Variant{Lang: tgt, Content: tm.Plain(active(target))})
	return u
}

// pairHeader reports whether the row is a header, and whether it names the
// target first.
func pairHeader(cells []string, src, tgt language.Tag) (is, swapped bool) {
	a, b := columnSide(cells[0], src, tgt), columnSide(cells[1], src, tgt)
	if a == "" || b == "" || a == b {
		return false, false
	}
	return true, a == tm.TargetSide
}

// columnSide returns the side that a column head names: by the words source and
// target or by a tag of the language; "" for any other text.
func columnSide(head string, src, tgt language.Tag) tm.Side {
	head = strings.ToLower(strings.TrimSpace(head))
	switch head {
	case "source":
		return tm.SourceSide
	case "target":
		return tm.TargetSide
	}
	tag, err := language.Parse(head)
	switch {
	case err != nil:
		return ""
	case sameBase(tag, src):
		return tm.SourceSide
	case sameBase(tag, tgt):
		return tm.TargetSide
	}
	return ""
}

func sameBase(a, b language.Tag) bool {
	x, _ := a.Base()
	y, _ := b.Base()
	return x == y
}

// WriteUnitsTSV writes the units that have both languages as two columns under
// a header with the language tags. A cell that a spreadsheet could take for a
// formula gets an apostrophe, which [ReadUnitsTSV] takes off again. Codes are
// left out, tabs and line breaks become spaces; TMX loses nothing. An error of
// units stops the writing and is returned as it is.
func WriteUnitsTSV(w io.Writer, src, tgt language.Tag, units iter.Seq2[*tm.Unit, error]) error {
	t := newTableWriter(w, tabs)
	t.row(src.String(), tgt.String())
	for u, err := range units {
		if err != nil {
			return err
		}
		source, okSource := u.In(src)
		target, okTarget := u.In(tgt)
		if okSource && okTarget {
			t.row(source.Text, target.Text)
		}
		if t.err != nil {
			return t.err
		}
	}
	return t.flush()
}
