package exchange

import (
	"io"
	"slices"
	"strings"
)

// A tbxNode is an element, or a piece of text when it has no name. Names and
// types are those of version 3, style dca.
type tbxNode struct {
	name  string
	attrs []tbxAttr
	kids  []tbxNode
	text  string
}

type tbxAttr struct{ name, value string }

func (n *tbxNode) attr(name string) string {
	for _, a := range n.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// only reports whether the element has no attributes but these.
func (n *tbxNode) only(names ...string) bool {
	return !slices.ContainsFunc(n.attrs, func(a tbxAttr) bool { return !slices.Contains(names, a.name) })
}

// marked reports whether there are elements inside.
func (n *tbxNode) marked() bool {
	return slices.ContainsFunc(n.kids, func(k tbxNode) bool { return k.name != "" })
}

// plain returns all text inside.
func (n *tbxNode) plain() string {
	if n.name == "" {
		return n.text
	}
	if len(n.kids) == 1 {
		return n.kids[0].plain()
	}
	var b strings.Builder
	for i := range n.kids {
		b.WriteString(n.kids[i].plain())
	}
	return b.String()
}

func (n *tbxNode) setText(text string) {
	n.kids = nil
	if text != "" {
		n.kids = []tbxNode{{text: text}}
	}
}

// tbxGroups hold elements and no text of their own.
func tbxGroup(name string) bool {
	switch name {
	case "tbxHeader", "fileDesc", "titleStmt", "publicationStmt", "sourceDesc", "encodingDesc",
		"revisionDesc", "change", "back", "refObjectSec", "refObject", "itemSet":
		return true
	}
	return strings.HasSuffix(name, "Grp")
}

const lineBreaks, xmlWhite = "\r\n", " \t\r\n"

// layOut takes away white space that only arranges the file: between the
// elements of a group, and unless it is preserved around a text and at its line
// breaks. Inline says that the element stands inside a text.
func (n *tbxNode) layOut(preserve, inline bool) {
	group := tbxGroup(n.name)
	for i := range n.kids {
		k := &n.kids[i]
		switch {
		case k.name != "":
		case group:
			if strings.Trim(k.text, xmlWhite) == "" {
				k.text = ""
			}
		case !preserve:
			k.text = joinLines(k.text)
			if i == 0 && !inline {
				k.text = strings.TrimLeft(k.text, xmlWhite)
			}
			if i == len(n.kids)-1 && !inline {
				k.text = strings.TrimRight(k.text, xmlWhite)
			}
		}
	}
	n.kids = slices.DeleteFunc(n.kids, func(k tbxNode) bool { return k.name == "" && k.text == "" })
	if len(n.kids) == 0 {
		n.kids = nil
	}
}

// joinLines makes one space of every line break and the white space around it.
func joinLines(s string) string {
	if !strings.ContainsAny(s, lineBreaks) {
		return s
	}
	var b strings.Builder
	for s != "" {
		at := strings.IndexAny(s, lineBreaks)
		if at < 0 {
			break
		}
		b.WriteString(strings.TrimRight(s[:at], xmlWhite))
		b.WriteByte(' ')
		s = strings.TrimLeft(s[at:], xmlWhite)
	}
	return b.String() + s
}

// needsSpace reports whether the element must say xml:space="preserve" to come
// back as it is.
func (n *tbxNode) needsSpace(inline bool) bool {
	if tbxGroup(n.name) {
		return false
	}
	for i, k := range n.kids {
		if k.name != "" {
			continue
		}
		edge := !inline && (i == 0 && strings.TrimLeft(k.text, xmlWhite) != k.text ||
			i == len(n.kids)-1 && strings.TrimRight(k.text, xmlWhite) != k.text)
		if edge || strings.ContainsAny(k.text, lineBreaks) {
			return true
		}
	}
	return false
}

// xml returns the node as version 3, style dca, writes it.
func (n *tbxNode) xml() string {
	w := tbxWriter{info: TBXInfo{Version: 3, Style: "dca"}}
	w.node(n, false)
	return string(w.buf)
}

// parseNode is the inverse of xml; nil for text that is no element.
func parseNode(xml string) *tbxNode {
	d := tbxReader{xml: &xmlScanner{buf: []byte(xml), readErr: io.EOF}}
	d.xml.token.words = &d.xml.words
	tok, err := d.xml.next()
	if err != nil || tok.kind != xmlStart {
		return nil
	}
	n, err := d.node(tok, false, false)
	if err != nil {
		return nil
	}
	if _, err := d.xml.next(); err != io.EOF {
		return nil
	}
	return &n
}
