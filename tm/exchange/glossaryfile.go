package exchange

import (
	"bufio"
	"bytes"
	"io"
	"path"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// ReadGlossary reads a glossary file of any kind: XLSX and TBX are known by
// their first bytes, else by the name; everything else is a table. Problems tell
// what a person should look at before anything is kept; after an error there are
// no concepts.
func ReadGlossary(r io.Reader, name string, src, tgt language.Tag) ([]tm.Concept, []RowProblem, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, _ := in.Peek(sniffed)
	switch glossaryKind(head, name) {
	case "xlsx":
		return ReadTermsXLSX(in, src, tgt)
	case "tbx":
		return readTBXPairs(in, src, tgt)
	case "xls":
		return nil, nil, tm.NewError(tm.Unsupported, "exchange.xlsx_old")
	}
	return ReadTerms(in, name, src, tgt)
}

// readTBXPairs is [ReadTBX] with the problems of two languages.
func readTBXPairs(r io.Reader, src, tgt language.Tag) ([]tm.Concept, []RowProblem, error) {
	d, err := readTBX(r)
	if err != nil {
		return nil, d.list(), err
	}
	pairs := newPairChecker(src, tgt)
	for i := range d.concepts {
		pairs.check(&d.problems, &d.concepts[i], d.lines[i])
	}
	return d.concepts, d.list(), nil
}

// glossaryKind tells the kind of a file: xlsx, xls, tbx or "" for a table.
func glossaryKind(head []byte, name string) string {
	const zipMark, oldMark = "PK\x03\x04", "\xD0\xCF\x11\xE0" // OLE: the old XLS, or XLSX with a password
	ext := strings.ToLower(path.Ext(name))
	text := string(bytes.TrimLeft(bytes.ReplaceAll(head, []byte{0}, nil), "\xEF\xBB\xBF\xFF\xFE \t\r\n"))
	markup := strings.HasPrefix(text, "<?xml") || strings.HasPrefix(text, "<martif") || strings.HasPrefix(text, "<tbx") || strings.HasPrefix(text, "<!DOCTYPE")
	switch {
	case bytes.HasPrefix(head, []byte(zipMark)) || ext == ".xlsx" && !bytes.HasPrefix(head, []byte(oldMark)):
		return "xlsx"
	case bytes.HasPrefix(head, []byte(oldMark)):
		return "xls"
	case markup || ext == ".tbx":
		return "tbx"
	}
	return ""
}

// GlossaryKinds are the kinds of files [WriteGlossary] makes, and the endings of
// their names.
var GlossaryKinds = []string{"tbx", "csv", "tsv", "xlsx"}

// WriteGlossary writes concepts as a file of one of [GlossaryKinds]. Only TBX
// keeps everything a concept says; [WriteTerms] tells what tables do not hold.
func WriteGlossary(w io.Writer, kind string, src, tgt language.Tag, concepts []tm.Concept) error {
	switch kind {
	case "tbx":
		return WriteTBX(w, TBXInfo{}, concepts)
	case "xlsx":
		return WriteTermsXLSX(w, src, tgt, concepts)
	case "csv", "tsv":
		return WriteTerms(w, "x."+kind, src, tgt, concepts)
	}
	return tm.NewError(tm.Invalid, "exchange.glossary_kind", "kind", clip(kind))
}
