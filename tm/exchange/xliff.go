package exchange

import (
	"io"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// XLIFFInfo is what a XLIFF file says about itself, and what became of it.
type XLIFFInfo struct {
	Version string
	Source  language.Tag // of the first file element; Und when it names none
	Target  language.Tag
	Units   int // handed over
	Skipped int // segments without a translation into another language, or not for translation
}

// ReadXLIFF reads XLIFF 1.2 and 2.0 to 2.2, also the SDLXLIFF dialect, and hands
// every segment that has source and target text to yield as a unit, in order.
// The units belong to the caller; their strings may share memory. An error of
// yield stops the reading and is returned as it is; units read before an error
// have been handed over, but for the last, whose neighbour is not known.
//
// Segments are those of the file: segment in 2.x, mrk of type seg in 1.2, else
// the whole unit. Inline elements become codes that have the same ID in both
// languages where the file gives them the same id. Previous and Next are the
// sources before and after in the same file element, translated or not. The
// attribute original becomes the document, notes are kept in Props as those of
// TMX are. Proposals (alt-trans, matches) are passed over.
func ReadXLIFF(r io.Reader, yield func(*tm.Unit) error) (XLIFFInfo, error) {
	in, err := decodeXML(r)
	if err != nil {
		return XLIFFInfo{}, err
	}
	d := &xliffReader{unitReader: newUnitReader(in, yield)}
	err = d.run()
	return d.info, d.place(err)
}

// xliffReader is one run of [ReadXLIFF].
type xliffReader struct {
	unitReader
	info      XLIFFInfo
	prefix    string   // of the names of elements, with the colon
	fileLangs [2]*lang // source and target of the file element; nil when not named
	files     int

	document string
	previous string   // source before
	pending  *tm.Unit // waits for the source after it
	tu       xliffUnit
}

func (d *xliffReader) run() error {
	tok, err := d.xml.nextTag()
	if err != nil {
		return err
	}
	if i := strings.IndexByte(tok.name, ':'); i > 0 {
		d.prefix = tok.name[:i+1]
	}
	if d.local(tok) != "xliff" {
		return d.xml.fail("exchange.xliff_not", "element", clip(tok.name))
	}
	d.info.Version = tok.attr("version")
	if err := d.languages(tok, "srcLang", "trgLang"); err != nil {
		return err
	}
	if err := d.xml.children(d.top); err != nil {
		return err
	}
	if _, err := d.xml.nextTag(); err != io.EOF {
		return err
	}
	return nil
}

// local returns the name of an element of XLIFF without prefix.
func (d *xliffReader) local(tok *xmlToken) string { return strings.TrimPrefix(tok.name, d.prefix) }

// languages takes the languages that a tag names.
func (d *xliffReader) languages(tok *xmlToken, source, target string) error {
	for i, name := range []string{source, target} {
		raw := tok.raw(name)
		if len(raw) == 0 {
			continue
		}
		l, err := d.lang(raw)
		if err != nil {
			return err
		}
		d.fileLangs[i] = l
	}
	return nil
}

func (d *xliffReader) top(tok *xmlToken) error {
	if d.local(tok) != "file" {
		return d.xml.skip()
	}
	outer := d.fileLangs
	if err := d.languages(tok, "source-language", "target-language"); err != nil {
		return err
	}
	if d.files++; d.files == 1 {
		d.info.Source, d.info.Target = tagOf(d.fileLangs[0]), tagOf(d.fileLangs[1])
	}
	d.document = tok.attr("original")
	if err := d.xml.children(d.inFile); err != nil {
		return err
	}
	d.fileLangs = outer
	return d.follow("", nil)
}

func tagOf(l *lang) language.Tag {
	if l == nil {
		return language.Und
	}
	return l.tag
}

// inFile reads a child of file, body or group.
func (d *xliffReader) inFile(tok *xmlToken) error {
	switch d.local(tok) {
	case "body", "group":
		return d.xml.children(d.inFile)
	case "trans-unit", "unit":
		d.begin()
		return d.readUnit(tok)
	}
	return d.xml.skip()
}

// follow hands over the unit that waited for the source after it, and lets the
// next wait; nil when that source has no translation.
func (d *xliffReader) follow(source string, u *tm.Unit) error {
	if d.pending != nil {
		d.pending.Next = source
		d.info.Units++
		if err := d.yield(d.pending); err != nil {
			return errYield{err}
		}
	}
	if u != nil {
		u.Previous = d.previous
	}
	d.pending, d.previous = u, source
	return nil
}
