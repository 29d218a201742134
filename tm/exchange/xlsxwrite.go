package exchange

import (
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// WriteTermsXLSX is [WriteTerms] for a spreadsheet of one sheet, which runs from
// right to left when the target language does. Every cell is a text; one that
// could be taken for a formula elsewhere is made inert as in a table. Line breaks
// come back as LF. A text that no cell can hold is refused, and nothing is
// written.
func WriteTermsXLSX(w io.Writer, src, tgt language.Tag, concepts []tm.Concept) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	s := sheetWriter{file: f, name: "Terms", table: newTermTable(src, tgt, concepts)}
	if err := s.prepare(rightToLeft(tgt)); err != nil {
		return err
	}
	if err := s.row(1, s.table.heads(), s.head); err != nil {
		return err
	}
	for i := range concepts {
		if err := s.row(i+2, s.table.row(&concepts[i]), s.text); err != nil {
			return err
		}
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

func rightToLeft(tag language.Tag) bool {
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm":
		return true
	}
	return false
}

type sheetWriter struct {
	file       *excelize.File
	name       string
	table      termTable
	out        *excelize.StreamWriter
	head, text int // styles
}

// prepare makes the sheet: its direction, a head that stays in sight, columns
// wide enough for terms, and cells in which nothing typed becomes a number.
func (s *sheetWriter) prepare(rtl bool) error {
	const asText = 49 // ECMA-376 part 1, 18.8.30: the format @
	err := s.file.SetSheetName("Sheet1", s.name)
	if rtl {
		err = errors.Join(err, s.file.SetSheetView(s.name, -1, &excelize.ViewOptions{RightToLeft: &rtl}))
	}
	var more [3]error
	s.head, more[0] = s.file.NewStyle(&excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}})
	s.text, more[1] = s.file.NewStyle(&excelize.Style{NumFmt: asText})
	s.out, more[2] = s.file.NewStreamWriter(s.name)
	if err = errors.Join(err, more[0], more[1], more[2]); err != nil {
		return err
	}
	return errors.Join(
		s.out.SetColWidth(1, len(s.table.columns), 24),
		s.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

func (s *sheetWriter) row(number int, texts []string, style int) error {
	cells := make([]any, len(texts))
	for i, text := range texts {
		text = Inert(text)
		if err := fitsCell(text); err != "" {
			return tm.NewError(tm.TooLarge, err, "row", number, "column", columnNames[s.table.columns[i]])
		}
		cells[i] = excelize.Cell{StyleID: style, Value: text}
		if text == "" {
			cells[i] = excelize.Cell{StyleID: style}
		}
	}
	at, err := excelize.CoordinatesToCellName(1, number)
	if err != nil {
		return err
	}
	return s.out.SetRow(at, cells)
}

// fitsCell returns the code of what keeps a text out of a cell.
func fitsCell(text string) string {
	if len(text) > excelize.TotalCellChars && len(utf16.Encode([]rune(text))) > excelize.TotalCellChars {
		return "exchange.xlsx_cell_long"
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !legalXML(r) }) {
		return "exchange.xlsx_character"
	}
	return ""
}
