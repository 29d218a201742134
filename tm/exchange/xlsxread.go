package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// ReadTermsXLSX is [ReadTerms] for the first sheet that can be seen and has a
// text. Cells are read as they are shown: dates and numbers in their format,
// formulas as last computed; none is computed here. The file is held in memory
// and at most maxXLSX bytes of it are read.
func ReadTermsXLSX(r io.Reader, src, tgt language.Tag) ([]tm.Concept, []RowProblem, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxXLSX+1))
	if err != nil {
		return nil, nil, err
	}
	if err := checkXLSX(data); err != nil {
		return nil, nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, nil, tm.NewError(tm.Invalid, "exchange.xlsx_broken").Wrap(err)
	}
	defer f.Close()
	sheet, others, err := textSheets(f)
	if err != nil {
		return nil, nil, err
	}
	concepts, problems, err := readSheet(f, sheet, src, tgt)
	for _, name := range others {
		problems = append(problems, RowProblem{Code: "sheet_unread", Args: map[string]any{"sheet": clip(name)}})
	}
	return concepts, problems, err
}

// The bounds of a spreadsheet.
const (
	maxXLSX     = 64 << 20
	maxUnpacked = 256 << 20
	maxParts    = 2_000
	maxRatio    = 200     // of unpacked to packed bytes of a part …
	ratioFloor  = 1 << 20 // … from this size on
	maxCells    = 20_000_000
)

// checkXLSX unpacks everything once, to nowhere, before a library trusts any of
// it. Parts of XML must be well-formed: the library takes a cut sheet for a short
// one.
func checkXLSX(data []byte) error {
	if len(data) > maxXLSX {
		return tm.NewError(tm.TooLarge, "exchange.xlsx_too_large", "limit", maxXLSX>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return tm.NewError(tm.Invalid, "exchange.xlsx_broken").Wrap(err)
	}
	if len(z.File) > maxParts {
		return tm.NewError(tm.TooLarge, "exchange.xlsx_too_large", "limit", maxXLSX>>20)
	}
	left, seen := int64(maxUnpacked), map[string]bool{}
	for _, f := range z.File {
		if name := strings.ToLower(f.Name); seen[name] {
			return tm.NewError(tm.Invalid, "exchange.xlsx_broken")
		} else {
			seen[name] = true
		}
		n, err := checkPart(f, left)
		if err != nil {
			return err
		}
		left -= n
	}
	return nil
}

// checkPart unpacks a part of at most left bytes and returns its size.
func checkPart(f *zip.File, left int64) (int64, error) {
	const encrypted = 1 // APPNOTE.TXT 4.4.4, bit 0
	if f.Flags&encrypted != 0 {
		return 0, tm.NewError(tm.Unsupported, "exchange.xlsx_old")
	}
	in, err := f.Open()
	if err != nil {
		return 0, tm.NewError(tm.Invalid, "exchange.xlsx_broken").Wrap(err)
	}
	defer in.Close()
	most := int64(math.MaxInt64)
	if f.CompressedSize64 < math.MaxInt64/maxRatio {
		most = max(ratioFloor, maxRatio*int64(f.CompressedSize64))
	}
	counted := &countingReader{r: io.LimitReader(in, min(left, most)+1)}
	if ext := path.Ext(f.Name); ext == ".xml" || ext == ".rels" {
		err = wellFormed(counted)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, counted)
	}
	switch {
	case counted.n > min(left, most):
		return 0, tm.NewError(tm.TooLarge, "exchange.xlsx_bomb", "limit", maxUnpacked>>20)
	case err != nil && tm.KindOf(err) != tm.Internal:
		return 0, err
	case err != nil:
		return 0, tm.NewError(tm.Invalid, "exchange.xlsx_broken").Wrap(err)
	}
	return counted.n, nil
}

type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func wellFormed(r io.Reader) error {
	in, err := decodeXML(r)
	if err != nil {
		return err
	}
	for xml := newXMLScanner(in); ; {
		if _, err := xml.nextTag(); err != nil {
			if err == io.EOF {
				return nil
			}
			if e, ok := errors.AsType[*tm.Error](err); ok && e.Kind == tm.Invalid {
				return tm.NewError(tm.Invalid, "exchange.xlsx_broken").Wrap(err)
			}
			return err
		}
	}
}

// textSheets returns the first sheet with a text that can be seen, and the
// others that have one.
func textSheets(f *excelize.File) (first string, others []string, err error) {
	for _, name := range f.GetSheetList() {
		visible, err := f.GetSheetVisible(name)
		if err != nil || !visible {
			continue
		}
		rows, err := newSheetReader(f, name)
		if err != nil {
			continue // a chart
		}
		text := rows.hasText()
		rows.close()
		switch {
		case !text:
		case first == "":
			first = name
		default:
			others = append(others, name)
		}
	}
	if first == "" {
		return "", nil, tm.NewError(tm.Invalid, "exchange.xlsx_empty")
	}
	return first, others, nil
}

func readSheet(f *excelize.File, sheet string, src, tgt language.Tag) ([]tm.Concept, []RowProblem, error) {
	rows, err := newSheetReader(f, sheet)
	if err != nil {
		return nil, nil, err
	}
	defer rows.close()
	return readTermRows(rows, src, tgt)
}

// sheetReader gives the rows of a sheet.
type sheetReader struct {
	rows  *excelize.Rows
	row   int
	cells int // so far, empty ones before a text too
}

func newSheetReader(f *excelize.File, sheet string) (*sheetReader, error) {
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil, tm.NewError(tm.Invalid, "exchange.xlsx_broken").Wrap(err)
	}
	return &sheetReader{rows: rows}, nil
}

func (s *sheetReader) close() { _ = s.rows.Close() }

func (s *sheetReader) number() int { return s.row }

func (s *sheetReader) next() ([]string, error) {
	s.row++
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return nil, s.broken(err)
		}
		return nil, io.EOF
	}
	cells, err := s.rows.Columns()
	if err != nil {
		return nil, s.broken(err)
	}
	s.cells += len(cells)
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) > maxColumns || s.cells > maxCells {
		return nil, tm.NewError(tm.TooLarge, "exchange.row_too_large", "row", s.row)
	}
	return cells, nil
}

func (s *sheetReader) broken(err error) error {
	return tm.NewError(tm.Invalid, "exchange.xlsx_row", "row", s.row).Wrap(err)
}

// hasText reports whether one of the first rows has a text, or cannot be read.
func (s *sheetReader) hasText() bool {
	const enough = 1000
	for range enough {
		cells, err := s.next()
		if err == io.EOF {
			return false
		}
		if err != nil || !blank(cells) {
			return true
		}
	}
	return false
}
