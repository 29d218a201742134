package docx

import "tarjoman/tm/format/internal/xmlspan"

// Namespaces; the second of a pair is that of strict documents (ISO 29500-1).
const (
	nsWord       = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsWordStrict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	nsDrawing    = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
	nsDrawStrict = "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"
	nsCompat     = "http://schemas.openxmlformats.org/markup-compatibility/2006"
	nsWord2010   = "http://schemas.microsoft.com/office/word/2010/wordml"
	nsVML        = "urn:schemas-microsoft-com:vml"
	nsXML        = "http://www.w3.org/XML/1998/namespace"
	nsDublinCore = "http://purl.org/dc/elements/1.1/"
)

// word returns the local name of a WordprocessingML element, "" for any other.
func word(n *xmlspan.Node) string {
	if space := n.Space(); space == nsWord || space == nsWordStrict {
		return n.Local()
	}
	return ""
}

// child returns the first WordprocessingML child of that name; n may be nil.
func child(n *xmlspan.Node, local string) *xmlspan.Node {
	if n == nil {
		return nil
	}
	for c := range n.Elements() {
		if word(c) == local {
			return c
		}
	}
	return nil
}

// attr returns a WordprocessingML attribute; n may be nil.
func attr(n *xmlspan.Node, local string) string {
	if n == nil {
		return ""
	}
	if v, ok := n.Attr(n.Space(), local); ok {
		return v
	}
	v, _ := n.Attr("", local)
	return v
}

// A tagger writes WordprocessingML markup with the prefixes that hold at one
// place of a document.
type tagger struct{ elem, attr, declare string }

func newTagger(n *xmlspan.Node) tagger {
	if prefix, ok := n.PrefixFor(n.Space()); ok {
		return tagger{elem: prefix + ":", attr: prefix + ":"}
	}
	// Elements stand in the default namespace; attributes need a prefix.
	return tagger{attr: "w:", declare: ` xmlns:w="` + n.Space() + `"`}
}

// empty returns an empty element with pairs of attribute names and values,
// which must need no escaping.
func (t tagger) empty(local string, pairs ...string) string {
	s := "<" + t.elem + local
	if len(pairs) > 0 {
		s += t.declare
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		s += " " + t.attr + pairs[i] + `="` + pairs[i+1] + `"`
	}
	return s + "/>"
}

func (t tagger) open(local string) string  { return "<" + t.elem + local + ">" }
func (t tagger) close(local string) string { return "</" + t.elem + local + ">" }
