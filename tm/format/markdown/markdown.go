// Package markdown reads CommonMark with the GitHub extensions and footnotes.
//
// goldmark finds the blocks (blocks.go); the text of each is then parsed by
// itself as inline markup (inline.go), gives a content (content.go) and, when it
// is translated, is written anew on one line (write.go) and read once more: what
// does not come back exactly as answered is written in a safer way. Everything
// else stays as it was: code, link destinations, labels. Front matter is handled
// in frontmatter.go, direction in direction.go, HTML blocks and the titles of
// reference definitions in embedded.go.
package markdown

import (
	"bufio"
	"bytes"
	"io"
	"path"
	"regexp"

	"github.com/yuin/goldmark/parser"

	"tarjoman/tm"
	"tarjoman/tm/format"
)

// Format is the Markdown format.
type Format struct{}

// Info describes the format.
func (Format) Info() format.Info {
	return format.Info{
		ID:         "markdown",
		Extensions: []string{".md", ".markdown", ".mdown", ".mkd"},
		MIME:       "text/markdown; charset=utf-8",
		Text:       true,
	}
}

var looksLike = regexp.MustCompile(`(?m)^(?:#{1,6} \S|---\s*\n\w+:|[-*] \S|\d+\. \S|.*\]\(\S+\)|` + "```" + `)`)

// Detect is sure of the extension; without one, marks at line starts speak for
// Markdown over plain text.
func (f Format) Detect(name string, src []byte) int {
	switch {
	case format.HasExtension(f.Info(), name):
		return 90
	case path.Ext(name) == "" && looksLike.Match(src[:min(len(src), 4096)]):
		return 20
	}
	return 0
}

// Rewrite implements [format.Format].
func (Format) Rewrite(w io.Writer, src []byte, o format.Options, translate format.Translate) error {
	translate, err := format.Guard(src, translate)
	if err != nil {
		return err
	}
	r := &rewriter{src: src, translate: translate, blocks: blockParser(&paragraphCheck{})}
	r.body = frontMatterEnd(src)
	if err := r.parse(); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if err := r.rewrite(out, newWrapper(src[r.body:], o)); err != nil {
		return err
	}
	return out.Flush()
}

// A rewriter holds one document.
type rewriter struct {
	src       []byte
	body      int // offset after the front matter
	translate format.Translate
	keys      format.Keys
	leaves    []leaf // in the order of the document
	inline    *inlineParser
	blocks    parser.Parser // for texts to be written
}

func (r *rewriter) rewrite(out *bufio.Writer, w wrapper) error {
	if err := r.frontMatter(out); err != nil {
		return err
	}
	out.WriteString(w.before)
	at := r.body + w.from
	end := r.body + w.to
	for _, l := range r.leaves {
		if l.from < at || l.to > end {
			continue
		}
		out.Write(r.src[at:l.from])
		text, err := r.leaf(l)
		if err != nil {
			return err
		}
		out.WriteString(text)
		at = l.to
	}
	out.Write(r.src[at:end])
	_, err := out.WriteString(w.after)
	return err
}

// leaf offers what one block holds and returns what to write in its place.
func (r *rewriter) leaf(l leaf) (string, error) {
	switch l.kind {
	case htmlLeaf:
		return r.html(l)
	case definitionLeaf:
		return r.definition(l)
	}
	return r.text(l)
}

func (r *rewriter) text(l leaf) (string, error) {
	original := string(r.src[l.from:l.to])
	if !format.Translatable(l.text) {
		return original, nil
	}
	pieces, err := r.pieces(l)
	if err != nil || pieces == nil {
		return original, err
	}
	changed, err := r.attributes(pieces)
	if err != nil {
		return "", err
	}
	block, ok := newBlock(pieces)
	if !ok {
		return l.keep(original, pieces, changed), nil
	}
	answer, err := r.translate(format.Block{Key: r.keys.Next(l.place, block.content.Text), Content: block.content})
	if err != nil {
		return "", err
	}
	if answer == nil {
		return l.keep(original, pieces, changed), nil
	}
	return r.write(l, block, format.Fit(block.content, oneLine(*answer))), nil
}

// keep returns an untranslated block, with its images' texts if they were.
func (l leaf) keep(original string, ps []piece, changed bool) string {
	if !changed {
		return original
	}
	return l.native(raw(ps))
}

// pieces parses the text of a block, within bounds.
func (r *rewriter) pieces(l leaf) ([]piece, error) {
	if !bounded([]byte(l.text)) {
		return nil, tooComplex(r.src, l.from)
	}
	return r.inline.parse(l.text), nil
}

func tooComplex(src []byte, at int) error {
	return tm.NewError(tm.TooLarge, "document.too_complex",
		"line", format.Line(src, at), "limit_kb", maxText>>10, "limit_marks", maxMarks)
}

// oneLine keeps a translation in its line; codes stay where they are.
func oneLine(c tm.Content) tm.Content {
	text := []byte(c.Text)
	for i, b := range text {
		if b == '\n' || b == '\r' {
			text[i] = ' '
		}
	}
	c.Text = string(bytes.ReplaceAll(text, []byte{0}, []byte{' '}))
	return c
}
