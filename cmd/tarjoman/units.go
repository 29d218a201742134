package main

import (
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
)

// eachUnit calls yield with every unit of a TMX, XLIFF, TSV or CSV file. The languages
// are those of the columns of a table.
func (a *app) eachUnit(name string, source, target language.Tag, yield func(*tm.Unit) error) error {
	in, err := a.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	bar := a.progress(filepath.Base(name), sizeOf(in))
	defer bar.end()
	if err := readUnits(io.TeeReader(in, bar), name, source, target, yield); err != nil {
		return inFile{nameOf(name), err}
	}
	return nil
}

// unitsOf is the units of files, numbered from 1, up to the first error.
func (a *app) unitsOf(files []string, source, target language.Tag) iter.Seq2[*tm.Unit, error] {
	return func(yield func(*tm.Unit, error) bool) {
		n := tm.UnitID(0)
		enough := errors.New("enough")
		for _, name := range files {
			err := a.eachUnit(name, source, target, func(u *tm.Unit) error {
				n++
				if u.ID = n; !yield(u, nil) {
					return enough
				}
				return nil
			})
			switch {
			case errors.Is(err, enough):
				return
			case err != nil:
				yield(nil, err)
				return
			}
		}
	}
}

func readUnits(in io.Reader, name string, source, target language.Tag, yield func(*tm.Unit) error) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".tmx":
		_, err := exchange.ReadTMX(in, yield)
		return err
	case ".xlf", ".xliff", ".sdlxliff":
		_, err := exchange.ReadXLIFF(in, yield)
		return err
	case ".csv":
		return exchange.ReadUnitsCSV(in, source, target, yield)
	case ".tsv", ".tab", ".txt", "":
		return exchange.ReadUnitsTSV(in, source, target, yield)
	}
	return wrong("cli.units_format")
}

// sizeOf returns the size of a file, 0 when it is not known.
func sizeOf(in io.Reader) int64 {
	if f, ok := in.(*os.File); ok {
		if info, err := f.Stat(); err == nil {
			return info.Size()
		}
	}
	return 0
}
