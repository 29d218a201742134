package markdown

import (
	"bytes"
	"fmt"
	"regexp"

	"golang.org/x/text/language"

	"tarjoman/tm/format"
	"tarjoman/tm/lang"
)

// A wrapper is what stands around the body. Markdown has no mark of direction,
// so the body of a right-to-left translation goes into a div (PERSIAN.md G9).
type wrapper struct {
	before, after string
	from, to      int // of the body without a div of an earlier translation
}

var (
	wrapStart = regexp.MustCompile(`^\s*<div (?:dir="(?:rtl|ltr)" lang="[-\w]*"|lang="[-\w]*" dir="(?:rtl|ltr)")>[ \t]*\r?\n`)
	wrapEnd   = regexp.MustCompile(`\r?\n</div>\s*$`)
)

// newWrapper decides what to write around a body. A div that already is around
// it is replaced, so that a second translation adds none.
func newWrapper(body []byte, o format.Options) wrapper {
	w := wrapper{to: len(body)}
	if o.Target == (language.Tag{}) {
		return w
	}
	start, end := wrapStart.FindIndex(body), wrapEnd.FindIndex(body)
	wrapped := start != nil && end != nil && start[1] <= end[0]
	if !wrapped && !lang.RTL(o.Target) {
		return w
	}
	dir := "ltr"
	if lang.RTL(o.Target) {
		dir = "rtl"
	}
	eol := "\n"
	if bytes.Contains(body, []byte("\r\n")) {
		eol = "\r\n"
	}
	w.before = fmt.Sprintf(`<div dir="%s" lang="%s">%s`, dir, o.Target, eol)
	if wrapped {
		w.from, w.to = start[1], end[0]
		w.after = string(body[end[0]:])
		return w
	}
	w.before += eol
	if len(body) > 0 && body[len(body)-1] != '\n' {
		w.after = eol
	}
	w.after += eol + "</div>" + eol
	return w
}
