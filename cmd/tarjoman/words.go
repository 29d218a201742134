package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/format"
)

// usageError is a command line that could not be understood.
type usageError struct{ error }

// inFile is an error that belongs to a file.
type inFile struct {
	name string
	err  error
}

func (e inFile) Error() string { return e.name + ": " + e.err.Error() }
func (e inFile) Unwrap() error { return e.err }

// wrong makes an error of the command line; its code is the key of its sentence.
func wrong(code string, pairs ...any) *tm.Error { return tm.NewError(tm.Invalid, code, pairs...) }

// say prints a sentence for people.
func (a *app) say(key string, pairs ...any) { fmt.Fprintln(a.err, a.p.T(key, pairs...)) }

// complain prints an error for people.
func (a *app) complain(err error) { fmt.Fprintln(a.err, "tarjoman: "+a.sentence(err)) }

// sentence says what went wrong and where.
func (a *app) sentence(err error) string {
	if e, ok := errors.AsType[inFile](err); ok {
		return a.p.T("cli.in_file", "file", e.name, "reason", verbatim(a.sentence(e.err)))
	}
	if e, ok := errors.AsType[usageError](err); ok {
		return a.p.T("cli.wrong_use", "reason", verbatim(e.Error()))
	}
	if e, ok := errors.AsType[*tm.Error](err); ok {
		if list, ok := e.Args["candidates"].([]format.Candidate); ok {
			return a.charsetSentence(list)
		}
		if a.p.Has(errorKey(e.Code)) {
			return a.p.Map(errorKey(e.Code), e.Args)
		}
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return a.pathSentence(e)
	}
	return err.Error()
}

// errorKey names the sentence of an error; those of the command line itself
// stand with its other words.
func errorKey(code string) string {
	if strings.HasPrefix(code, "cli.") {
		return code
	}
	return "error." + code
}

func (a *app) pathSentence(e *fs.PathError) string {
	switch {
	case errors.Is(e.Err, fs.ErrNotExist):
		return a.p.T("cli.file_missing", "file", e.Path)
	case errors.Is(e.Err, fs.ErrPermission):
		return a.p.T("cli.file_denied", "file", e.Path)
	case errors.Is(e.Err, fs.ErrExist):
		return a.p.T("cli.file_exists", "file", e.Path)
	}
	return a.p.T("cli.file_failed", "file", e.Path, "reason", e.Err.Error())
}

// charsetSentence asks for the charset of a text, showing how it would read in
// each that may be meant.
func (a *app) charsetSentence(list []format.Candidate) string {
	lines := []string{a.p.T("cli.charset_unknown")}
	for _, c := range list {
		lines = append(lines, "  --charset "+string(c.Charset)+"\t"+locales.Clean(c.Sample))
	}
	return strings.Join(lines, "\n")
}

// verbatim marks a sentence that stands within another one.
func verbatim(s string) locales.Verbatim { return locales.Verbatim(s) }
