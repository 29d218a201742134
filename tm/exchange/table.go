package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"tarjoman/tm"
)

// A dialect is how a table is written.
type dialect struct {
	separator byte
	quoted    bool // cells may stand in double quotes, as in RFC 4180
}

var (
	tabs   = dialect{separator: '\t'}
	commas = dialect{separator: ',', quoted: true}
)

// dialectOf tells the dialect from the file name, and where that says nothing
// from the first line. Spreadsheets of some countries write CSV with
// semicolons.
func dialectOf(name string, in *bufio.Reader) dialect {
	head, _ := in.Peek(sniffed)
	line, _, _ := bytes.Cut(head, []byte("\n"))
	hasTab := bytes.IndexByte(line, '\t') >= 0
	switch strings.ToLower(path.Ext(name)) {
	case ".tsv", ".tab":
		return tabs
	case ".csv":
		return csvDialect(line)
	}
	if hasTab {
		return tabs
	}
	return csvDialect(line)
}

func csvDialect(line []byte) dialect {
	d := commas
	best := bytes.Count(line, []byte{','})
	for _, sep := range []byte{';', '\t'} {
		if n := bytes.Count(line, []byte{sep}); n > best {
			best, d.separator = n, sep
		}
	}
	return d
}

// A tableReader reads rows of cells. Row counts them from 1, blank ones too.
type tableReader struct {
	dialect
	in   *bufio.Reader
	row  int
	cell []byte
	// Of the row being read:
	cells   []string
	started bool
}

func newTableReader(r io.Reader, name string) *tableReader {
	in := bufio.NewReaderSize(decodeText(r), 64<<10)
	return &tableReader{in: in, dialect: dialectOf(name, in)}
}

func (t *tableReader) number() int { return t.row }

func (t *tableReader) fail(kind tm.ErrorKind, code string, pairs ...any) *tm.Error {
	return tm.NewError(kind, code, append(pairs, "row", t.row)...)
}

// next returns the cells of the next row, none for a blank one, and io.EOF
// after the last. The cells stay valid.
func (t *tableReader) next() ([]string, error) {
	t.row++
	t.cells, t.cell, t.started = nil, t.cell[:0], false
	for {
		b, err := t.in.ReadByte()
		if err != nil {
			return t.last(err)
		}
		t.started = true
		switch {
		case b == '"' && t.quoted && len(t.cell) == 0:
			err = t.quotes()
		case b == t.separator:
			err = t.endCell()
		case b == '\n':
			t.cell = bytes.TrimSuffix(t.cell, []byte("\r"))
			return t.endRow()
		default:
			t.cell = append(t.cell, b)
			err = t.checkCell()
		}
		if err != nil {
			return nil, err
		}
	}
}

// last ends the last row, which need not have a line end.
func (t *tableReader) last(err error) ([]string, error) {
	switch {
	case errors.Is(err, errBytes):
		return nil, t.fail(tm.Invalid, "exchange.row_bytes")
	case err == io.EOF && t.started:
		return t.endRow()
	}
	return nil, err
}

func (t *tableReader) endCell() error {
	if len(t.cells) >= maxColumns {
		return t.fail(tm.TooLarge, "exchange.row_too_large")
	}
	t.cells = append(t.cells, string(t.cell))
	t.cell = t.cell[:0]
	return nil
}

func (t *tableReader) endRow() ([]string, error) {
	if len(t.cells) == 0 && len(bytes.TrimSpace(t.cell)) == 0 {
		return nil, nil
	}
	err := t.endCell()
	return t.cells, err
}

func (t *tableReader) checkCell() error {
	if len(t.cell) > maxCell {
		return t.fail(tm.TooLarge, "exchange.row_too_large")
	}
	return nil
}

// quotes reads the rest of a quoted cell; "" inside stands for one quote.
func (t *tableReader) quotes() error {
	for {
		b, err := t.in.ReadByte()
		if err == io.EOF {
			return t.fail(tm.Invalid, "exchange.csv_quote")
		}
		if err != nil {
			_, err = t.last(err)
			return err
		}
		if b == '"' {
			next, err := t.in.ReadByte()
			if err == nil && next != '"' {
				return t.in.UnreadByte()
			}
			if err != nil {
				return nil // the reader gives the error again
			}
		}
		t.cell = append(t.cell, b)
		if err := t.checkCell(); err != nil {
			return err
		}
	}
}

// A tableWriter writes rows of cells and keeps the first error.
type tableWriter struct {
	dialect
	w   *bufio.Writer
	err error
}

func newTableWriter(w io.Writer, d dialect) *tableWriter {
	return &tableWriter{dialect: d, w: bufio.NewWriterSize(w, 64<<10)}
}

// row writes a row; the cells are made inert.
func (t *tableWriter) row(cells ...string) {
	for i, c := range cells {
		if i > 0 {
			t.raw(string(t.separator))
		}
		t.raw(t.encode(Inert(c)))
	}
	t.raw("\n")
}

func (t *tableWriter) raw(s string) {
	if t.err == nil {
		_, t.err = t.w.WriteString(s)
	}
}

func (t *tableWriter) flush() error {
	if t.err == nil {
		t.err = t.w.Flush()
	}
	return t.err
}

var oneLine = strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ")

// encode writes a cell in the dialect. A table without quotes cannot hold tabs
// and line breaks: each becomes a space.
func (t *tableWriter) encode(cell string) string {
	if !t.quoted {
		return oneLine.Replace(cell)
	}
	if !strings.ContainsAny(cell, "\"\r\n"+string(t.separator)) {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}

// triggers are the first characters that make a spreadsheet take a cell for a
// formula (TRUST.md S15).
const triggers = "=+-@\t\r\x00"

// Inert puts an apostrophe before a cell that a spreadsheet could take for a
// formula, and before one that only looks as if it had been made inert, so that
// the tables we read give back what was written (TRUST.md S15).
func Inert(cell string) string {
	if looksInert(cell) || cell != "" && strings.IndexByte(triggers, cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

// active is the inverse of [Inert].
func active(cell string) string {
	if looksInert(cell) {
		return cell[1:]
	}
	return cell
}

// looksInert reports whether the cell is apostrophes followed by a trigger.
func looksInert(cell string) bool {
	rest := strings.TrimLeft(cell, "'")
	return rest != "" && rest != cell && strings.IndexByte(triggers, rest[0]) >= 0
}
