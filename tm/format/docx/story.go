package docx

import (
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/internal/xmlspan"
)

// A story walks one part, offers its blocks and collects the edits.
type story struct {
	*environment
	part
	root      *xmlspan.Node
	doc       *xmlspan.Doc
	translate format.Translate
	edits     xmlspan.Edits
	keys      format.Keys
	ids       map[string]int  // how often a paragraph id stands outside of fallbacks
	fields    []field         // open where the walk is
	echo      *echo           // inside mc:AlternateContent
	done      int             // blocks translated so far
	section   int             // value of done where the section began
	indexes   []*xmlspan.Node // w:fldChar that begin a computed list of headings or words
}

func newStory(env *environment, p part, doc *xmlspan.Doc, translate format.Translate) *story {
	s := &story{environment: env, part: p, root: doc.Root, doc: doc, translate: translate, ids: map[string]int{}}
	s.countIDs(doc.Root)
	return s
}

func (s *story) run() error {
	if s.kind == propertiesPart {
		return s.properties()
	}
	err := s.walk(s.root)
	s.outdate()
	return err
}

// outdate marks tables of contents and indexes, so that Word computes them anew
// from the translated headings.
func (s *story) outdate() {
	if s.done == 0 || s.dir == asIs {
		return
	}
	for _, n := range s.indexes {
		if attr(n, "dirty") == "" {
			at := n.Start + int32(len("<"+newTagger(n).elem+n.Local()))
			s.edits.Replace(at, at, xmlspan.Raw(" "+newTagger(n).attr+`dirty="true"`))
		}
	}
}

func (s *story) walk(n *xmlspan.Node) error {
	switch word(n) {
	case "p":
		return s.paragraph(n)
	case "tbl":
		return s.after(n, s.table)
	case "sdt":
		return s.after(n, s.unbind)
	case "sectPr":
		s.endSection(n)
		return nil
	case "txbxContent":
		fields := s.fields
		s.fields = nil
		err := s.walkChildren(n)
		s.fields = fields
		return err
	case "del", "moveFrom":
		return nil
	}
	if n.Is(nsCompat, "AlternateContent") {
		return s.alternate(n)
	}
	if err := s.attributes(n); err != nil {
		return err
	}
	return s.walkChildren(n)
}

func (s *story) walkChildren(n *xmlspan.Node) error {
	for c := range n.Elements() {
		if err := s.walk(c); err != nil {
			return err
		}
	}
	return nil
}

// after walks what is in n and calls then when some of it was translated.
func (s *story) after(n *xmlspan.Node, then func(*xmlspan.Node)) error {
	before := s.done
	if err := s.walkChildren(n); err != nil {
		return err
	}
	if s.done > before {
		then(n)
	}
	return nil
}

// unbind cuts a content control from the data it shows: Word copies the data
// over the text when it opens the document.
func (s *story) unbind(sdt *xmlspan.Node) {
	pr := child(sdt, "sdtPr")
	if pr == nil {
		return
	}
	for c := range pr.Elements() {
		if c.Local() == "dataBinding" {
			s.edits.Replace(c.Start, c.End)
		}
	}
}

func (s *story) paragraph(n *xmlspan.Node) error {
	p := s.read(n)
	if p.offered() {
		if p.tooLarge() {
			return format.BlockTooLarge(s.doc.Src, int(n.Start))
		}
		answer, err := s.offer(s.key(n, p.content.Text), p.content)
		if err != nil {
			return err
		}
		if answer != nil {
			s.done++
			if err := s.write(p, *answer); err != nil {
				return err
			}
		}
	}
	return s.walkChildren(n)
}

// countIDs counts the paragraph ids, so that only unique ones become keys.
func (s *story) countIDs(n *xmlspan.Node) {
	if n.Is(nsCompat, "Fallback") {
		return
	}
	if word(n) == "p" {
		if id, ok := n.Attr(nsWord2010, "paraId"); ok {
			s.ids[id]++
		}
	}
	for c := range n.Elements() {
		s.countIDs(c)
	}
}

// key names a paragraph by its own id, or by its text.
func (s *story) key(n *xmlspan.Node, text string) string {
	id, _ := n.Attr(nsWord2010, "paraId")
	if s.ids[id] == 1 && !n.Within(nsCompat, "Fallback") {
		return s.name + "#" + id
	}
	return s.keys.Next(s.name+"#p", text)
}

// offer asks for a translation; inside a fallback it gives the answer of the
// same text in the choice.
func (s *story) offer(key string, c tm.Content) (*tm.Content, error) {
	if answer, ok := s.echo.find(c); ok {
		return answer, nil
	}
	answer, err := s.translate(format.Block{Key: key, Content: c})
	if err == nil {
		s.echo.add(c, answer)
	}
	return answer, err
}

// attributes offers words that stand in attributes: alternative texts of
// pictures and tables, and watermarks.
func (s *story) attributes(n *xmlspan.Node) error {
	switch {
	case n.Local() == "docPr" && (n.Space() == nsDrawing || n.Space() == nsDrawStrict):
		return s.attributeBlocks(n, "", "title", "descr")
	case n.Is(nsVML, "shape"):
		return s.attributeBlocks(n, "", "alt")
	case n.Is(nsVML, "textpath"):
		return s.attributeBlocks(n, "", "string")
	case word(n) == "tblCaption", word(n) == "tblDescription":
		return s.attributeBlocks(n, n.Space(), "val")
	}
	return nil
}

func (s *story) attributeBlocks(n *xmlspan.Node, space string, names ...string) error {
	for _, name := range names {
		a, ok := n.FindAttr(space, name)
		if !ok || !format.Translatable(a.Value) || isFileName(a.Value) {
			continue
		}
		if err := s.span(name, a.Value, a.From, a.To); err != nil {
			return err
		}
	}
	return nil
}

// isFileName finds the names of picture files that programs put where a
// description belongs.
func isFileName(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	if strings.ContainsAny(s, " \t") && !strings.ContainsAny(s, `\/`) || dot < 0 {
		return false
	}
	switch strings.ToLower(s[dot:]) {
	case ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".svg", ".tif", ".tiff", ".webp":
		return true
	}
	return false
}

// span offers plain text that stands in the bytes from..to.
func (s *story) span(place, text string, from, to int32) error {
	answer, err := s.offer(s.keys.Next(s.name+"#"+place, text), tm.Plain(text))
	if err != nil || answer == nil {
		return err
	}
	escaped, err := xmlspan.Escape(answer.Text)
	if err != nil {
		return err
	}
	s.edits.Replace(from, to, xmlspan.Raw(escaped))
	return nil
}

// properties offers the title, subject and description of the document.
func (s *story) properties() error {
	for _, name := range []string{"title", "subject", "description"} {
		n := s.root.Child(nsDublinCore, name)
		if n == nil || n.First == nil || !format.Translatable(n.Text()) {
			continue
		}
		if err := s.span(name, n.Text(), n.OpenEnd, n.CloseStart); err != nil {
			return err
		}
	}
	return nil
}
