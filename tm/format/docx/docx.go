// Package docx reads and writes Word documents (Office Open XML, transitional
// and strict).
//
// Start with [Format.Rewrite]: it opens the package (package.go), walks every
// part with text (story.go) and splices translated paragraphs into the original
// bytes. A paragraph becomes a [tm.Content] in two steps, atoms.go and
// content.go, and a translation becomes runs again in write.go. What a change of
// direction asks for is in direction.go and runs.go.
//
// # What is offered
//
// Paragraphs with a letter or digit of the body, tables, text boxes, content
// controls, footnotes, endnotes, headers and footers; alternative texts of
// pictures and tables; words of a watermark; title, subject and description of
// the document. Not offered: comments (they are talk about the document), hidden
// and deleted text, instructions of fields, results of fields that Word computes
// (tables of contents, page numbers, dates, citations), formulas, ruby, charts
// and diagrams.
//
// # What a translated paragraph becomes
//
// Its runs are written anew with the formatting of the original runs, by code
// ID; everything outside stays byte for byte. Tracked changes inside it are
// accepted, since they are about the old words: insertions are text, deletions
// go. Bookmarks, comment anchors and halves of fields stay whatever the
// translator does, at the same relative place; pictures, notes, fields and
// breaks whose code was dropped go. A content control with a translation loses
// its data binding, or Word would put the old text back.
package docx

import (
	"bytes"
	"io"
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/internal/xmlspan"
	"tarjoman/tm/format/internal/zipfile"
)

// Format is the DOCX format.
type Format struct{}

var _ format.Format = Format{}

// Info implements [format.Format].
func (Format) Info() format.Info {
	return format.Info{
		ID:         "docx",
		Extensions: []string{".docx", ".docm", ".dotx", ".dotm"},
		MIME:       "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	}
}

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
)

// Detect looks for the content types of Word in the container; a file that only
// has the name gets a low score, so that Rewrite can say what is wrong with it.
func (f Format) Detect(name string, src []byte) int {
	named := format.HasExtension(f.Info(), name)
	isZip := bytes.HasPrefix(src, zipMagic)
	switch {
	case isZip && isWord(src):
		return 100
	case named && (isZip || bytes.HasPrefix(src, oleMagic)):
		return 50
	case named:
		return 20
	}
	return 0
}

// isWord looks into the list of names only: detection must not unpack anything.
func isWord(src []byte) bool {
	return bytes.Contains(src, []byte("[Content_Types].xml")) && bytes.Contains(src, []byte("word/"))
}

// Rewrite implements [format.Format]. Besides the errors of the container
// (archive.…) and of XML (xml.…, with the part) it returns:
//
//	docx.encrypted     protected by a password
//	docx.old_format    a document of Word 97–2003
//	docx.not_word      an Office document, but not of Word
//	docx.incomplete    a part that must be there is missing (part)
func (Format) Rewrite(w io.Writer, src []byte, o format.Options, translate format.Translate) error {
	translate, err := format.Guard(src, translate)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(src, oleMagic) {
		return oleError(src)
	}
	archive, err := zipfile.Open(src)
	if err != nil {
		return err
	}
	p, err := openPackage(archive)
	if err != nil {
		return err
	}
	changed, err := p.translate(o, translate)
	if err != nil {
		return err
	}
	return archive.Rewrite(w, changed)
}

// oleError tells a password from an old document: both wear the same container.
func oleError(src []byte) error {
	name := []byte{}
	for _, c := range []byte("EncryptedPackage") {
		name = append(name, c, 0)
	}
	if bytes.Contains(src, name) {
		return tm.NewError(tm.Unsupported, "docx.encrypted")
	}
	return tm.NewError(tm.Unsupported, "docx.old_format")
}

// translate returns the parts that changed.
func (p *pkg) translate(o format.Options, translate format.Translate) (map[string][]byte, error) {
	env, err := p.environment(o)
	if err != nil {
		return nil, err
	}
	changed := map[string][]byte{}
	for _, part := range p.stories {
		doc, err := p.parse(part.name)
		if err != nil {
			return nil, err
		}
		s := newStory(env, part, doc, translate)
		if err := s.run(); err != nil {
			return nil, err
		}
		if s.edits.Len() == 0 {
			continue
		}
		if changed[part.name], err = s.edits.Apply(doc.Src); err != nil {
			return nil, err
		}
	}
	if len(changed) == 0 {
		return nil, nil
	}
	return changed, p.amendSettings(env, changed)
}

// environment is what all parts of one rewrite share.
type environment struct {
	dir    direction
	target language.Tag
	styles *styles
}

func (p *pkg) environment(o format.Options) (*environment, error) {
	env := &environment{dir: directionOf(o.Target), target: o.Target, styles: noStyles}
	if p.styles == "" {
		return env, nil
	}
	doc, err := p.parse(p.styles)
	if err != nil {
		return nil, err
	}
	env.styles = readStyles(doc.Root)
	if p.theme != "" {
		theme, err := p.parse(p.theme)
		if err != nil {
			return nil, err
		}
		env.styles.readTheme(theme.Root)
	}
	return env, nil
}

// parse reads a part; errors name it.
func (p *pkg) parse(name string) (*xmlspan.Doc, error) {
	data, err := p.archive.Read(name, xmlspan.MaxSize)
	if err != nil {
		return nil, err
	}
	doc, err := xmlspan.Parse(data)
	if e, ok := err.(*tm.Error); ok {
		pairs := []any{"part", name}
		for key, value := range e.Args {
			pairs = append(pairs, key, value)
		}
		return nil, tm.NewError(e.Kind, e.Code, pairs...).Wrap(e.Err)
	}
	return doc, err
}

// sortedStories puts the parts in reading order: body, notes, headers, footers,
// properties; within a kind by the number in the name.
func sortStories(parts []part) {
	slices.SortStableFunc(parts, func(a, b part) int { return int(a.kind) - int(b.kind) })
}
