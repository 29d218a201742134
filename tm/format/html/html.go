// Package html reads HTML pages and fragments. It finds byte spans with the
// tokenizer of x/net/html and splices translations into them; whatever is not
// translated stays as it was written, broken markup too.
//
// Start at rewriter in rewrite.go, which walks the tokens. Text and inline
// elements between two block elements are a run (run.go); a run with words in
// it is a block, its inline elements are codes. Translatable attributes
// (attributes.go) are blocks of their own and come before the run their element
// stands in. Language and direction of the target are set in direction.go.
package html

import (
	"bufio"
	"io"
	"regexp"

	"tarjoman/tm/format"
)

// Format is the HTML format.
type Format struct{}

// Info describes the format.
func (Format) Info() format.Info {
	return format.Info{
		ID:         "html",
		Extensions: []string{".html", ".htm", ".xhtml"},
		MIME:       "text/html; charset=utf-8",
		Text:       true,
	}
}

var page = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?s:.*?)-->\s*)*<(?:!doctype\s+html|html|head|body)\b`)

// Detect is sure of the extension and of pages that begin like one.
func (f Format) Detect(name string, src []byte) int {
	switch {
	case format.HasExtension(f.Info(), name):
		return 90
	case page.Match(src[:min(len(src), 4096)]):
		return 70
	}
	return 0
}

// Rewrite implements [format.Format].
func (Format) Rewrite(w io.Writer, src []byte, o format.Options, translate format.Translate) error {
	translate, err := format.Guard(src, translate)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	r := rewriter{out: out, src: src, translate: translate, local: newLocaliser(src, o), opened: map[string]int{}}
	if err := r.rewrite(); err != nil {
		return err
	}
	return out.Flush()
}
