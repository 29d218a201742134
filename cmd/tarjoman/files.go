package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// stdio is the file name of standard input and output.
const stdio = "-"

// readText returns the text of a file, or of standard input for "" and "-".
func (a *app) readText(name string) (string, error) {
	data, err := a.readAll(name)
	if err != nil {
		return "", err
	}
	text, _, err := format.Decode(data, "")
	if err != nil {
		return "", inFile{nameOf(name), err}
	}
	return string(text), nil
}

// readAll returns the bytes of a file of at most format.MaxBytes.
func (a *app) readAll(name string) ([]byte, error) {
	in, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, format.MaxBytes+1))
	if err == nil && len(data) > format.MaxBytes {
		err = tm.NewError(tm.TooLarge, "document.too_large", "limit", "64 MB")
	}
	if err != nil {
		return nil, inFile{nameOf(name), err}
	}
	return data, nil
}

func (a *app) open(name string) (io.ReadCloser, error) {
	if name == "" || name == stdio {
		return io.NopCloser(a.in), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil, errors.Join(wrong("cli.is_folder", "file", name), err, f.Close())
	}
	return f, nil
}

func nameOf(name string) string {
	if name == "" || name == stdio {
		return "<stdin>"
	}
	return name
}

// eachLine calls yield with every line of a file, without its end.
func (a *app) eachLine(name string, yield func(string) error) error {
	in, err := a.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	reader := bufio.NewReader(in)
	var buffer lineBuffer
	for n := 1; ; n++ {
		line, err := buffer.read(reader)
		if err == io.EOF {
			return nil
		}
		if err == nil && !utf8.Valid(line) {
			err = wrong("cli.line_not_utf8")
		}
		if err != nil {
			return inFile{nameOf(name), wrong("cli.at_line", "line", n, "reason", verbatim(a.sentence(err)))}
		}
		if err := yield(strings.TrimPrefix(string(line), "\ufeff")); err != nil {
			return err
		}
	}
}

// writeFile calls write with the file of that name, or with standard output for
// "-". A file appears whole or not at all: it is written beside its place and
// moved there when everything went well.
func (a *app) writeFile(name string, write func(io.Writer) error) error {
	if name == stdio {
		out := bufio.NewWriter(a.out)
		return errors.Join(write(out), out.Flush())
	}
	f, err := createBeside(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	err = write(out)
	if err == nil {
		err = errors.Join(out.Flush(), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// createBeside makes a new file in the folder of name with the mode a new file
// has there, which os.CreateTemp would not give.
func createBeside(name string) (*os.File, error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.part")
	if err != nil {
		return nil, err
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	return f, f.Chmod(mode)
}
