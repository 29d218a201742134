// Package format reads documents and gives them back translated.
//
// A [Format] has one routine for both, Rewrite: it walks the original bytes,
// offers every translatable [Block] to a callback and writes the document with
// the answers put in. Reading is a rewrite to nowhere ([Extract]), so reading
// and writing can never disagree. Each format is one folder below this one; the
// laws all of them obey are in formattest.
//
// Callers start at [Open], which finds the charset and the format of a file and
// gives a [Document] to read and write. Authors of a format start at [Format]
// and use [Guard] for the common limits, [Keys] for block keys, [Fit] to make
// answers safe to write and [Trim] for the edges of text.
package format

import (
	"io"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// Info describes a format.
type Info struct {
	ID         string   // short and stable, stored with documents: "txt", "html", "docx"
	Extensions []string // with dot, lower case, the first is the usual one
	MIME       string   // of the written document
	Text       bool     // a text format: bytes in some charset, decoded before Rewrite
}

// A Block is one translatable unit of layout: a paragraph, heading, cell,
// attribute. Key is unique in its document and stays the same when other blocks
// change: it is made from the block's own place or text, never from a running
// number over the whole document.
type Block struct {
	Key     string
	Content tm.Content
	Target  *tm.Content // the translation a bilingual document holds, if any
	State   tm.State    // of Target; "" when there is none
	Note    string      // for the translator: a comment, where the block stands
}

// Options steer one rewrite. The zero Target asks for no localisation at all:
// nothing but translated blocks may then differ from the original.
type Options struct {
	Source language.Tag // language of the original
	Target language.Tag // language of the answers; direction and language marks follow it
}

// Translate answers a block with its translation, or with nil to keep the block
// exactly as it is. Codes are matched to the original by ID: a code the block
// does not have is dropped, a code the answer lacks is left out where the
// format allows it. The block is only valid during the call. An error stops the
// rewrite and is returned as it is.
type Translate func(Block) (*tm.Content, error)

// A Format reads and writes one kind of document. Implementations hold no
// state and are safe for concurrent use.
type Format interface {
	Info() Info
	// Detect says from the file name and the content how likely src is of
	// this format, 0 (no) to 100 (certain).
	Detect(name string, src []byte) int
	// Rewrite writes src to w with every block replaced by its translation.
	// When every answer is nil the same bytes come out (for zip containers the
	// same parts). A document that cannot be read is a *tm.Error with a place
	// in its arguments. Text formats get and write UTF-8 without BOM; charsets
	// are the business of [Open].
	Rewrite(w io.Writer, src []byte, o Options, translate Translate) error
}

// A CharsetMarker is a text format whose documents name their own charset.
type CharsetMarker interface {
	// MarkCharset returns text with its own declaration naming the charset, and
	// text itself when that is already so.
	MarkCharset(text []byte, name string) []byte
}

// Extract returns the blocks of a document in reading order.
func Extract(f Format, src []byte, o Options) ([]Block, error) {
	var blocks []Block
	err := f.Rewrite(io.Discard, src, Options{Source: o.Source}, func(b Block) (*tm.Content, error) {
		blocks = append(blocks, b)
		return nil, nil
	})
	return blocks, err
}
