// Package xmlspan finds things in an XML document by their bytes, so that a
// format can change a few of them and keep every other byte. It is the one
// front door for XML of document formats (TRUST.md B5): [Parse] refuses what
// encoding/xml lets through and bounds depth, size and number of everything.
//
// Start with [Parse], walk the tree of [Node] values, collect changes in an
// [Edits] and [Edits.Apply] them to the source. [Escape] makes text safe to put
// in. Offsets are bytes of [Doc.Src] throughout.
package xmlspan

import (
	"iter"
	"strings"
)

// A Doc is a parsed document. It is read-only and safe for concurrent use.
type Doc struct {
	Src  []byte // UTF-8; differs from the input of Parse when that was UTF-16
	Root *Node
}

// A Node is an element or a piece of character data. Comments and processing
// instructions are no nodes; their bytes stand between those of the nodes.
//
// For <a x="1">text</a> Start..OpenEnd is the start tag, CloseStart..End the end
// tag; for <a/> both CloseStart and OpenEnd equal End. Character data has only
// Start and End, counts entities and CDATA marks, and has no Name.
type Node struct {
	Name                *Name // nil for character data
	Parent, First, Next *Node
	scope               *scope

	Start, OpenEnd, CloseStart, End int32
}

// A Name is an expanded name: the namespace, not its prefix.
type Name struct{ Space, Local string }

// An Attr is an attribute with its decoded value. From..To are the bytes of the
// raw value without the quotes, Start..End those of the whole attribute.
type Attr struct {
	Name
	Value                string
	Start, From, To, End int32
}

// A scope is the namespace declarations of one element, shared by all elements
// below that declare none.
type scope struct {
	doc      *Doc
	parent   *scope
	prefixes map[string]string
}

const xmlSpace = "http://www.w3.org/XML/1998/namespace"

func (s *scope) lookup(prefix string) (space string, ok bool) {
	if prefix == "xml" {
		return xmlSpace, true
	}
	for ; s != nil; s = s.parent {
		if space, ok := s.prefixes[prefix]; ok {
			return space, space != "" || prefix == ""
		}
	}
	return "", prefix == ""
}

// Is reports whether n is the element of that name.
func (n *Node) Is(space, local string) bool {
	return n.Name != nil && n.Name.Local == local && n.Name.Space == space
}

// Local returns the local name, "" for character data.
func (n *Node) Local() string {
	if n.Name == nil {
		return ""
	}
	return n.Name.Local
}

// Space returns the namespace, "" for character data.
func (n *Node) Space() string {
	if n.Name == nil {
		return ""
	}
	return n.Name.Space
}

// IsText reports whether n is character data.
func (n *Node) IsText() bool { return n.Name == nil }

// Children yields elements and character data in order.
func (n *Node) Children() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for c := n.First; c != nil; c = c.Next {
			if !yield(c) {
				return
			}
		}
	}
}

// Elements yields the child elements in order.
func (n *Node) Elements() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for c := n.First; c != nil; c = c.Next {
			if c.Name != nil && !yield(c) {
				return
			}
		}
	}
}

// Child returns the first child element of that name, or nil. It may be called
// on a nil node.
func (n *Node) Child(space, local string) *Node {
	if n == nil {
		return nil
	}
	for c := range n.Elements() {
		if c.Is(space, local) {
			return c
		}
	}
	return nil
}

// Within reports whether n stands inside an element of that name.
func (n *Node) Within(space, local string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Is(space, local) {
			return true
		}
	}
	return false
}

// Bytes returns the source of n.
func (n *Node) Bytes() []byte { return n.scope.doc.Src[n.Start:n.End] }

// Text returns the decoded character data of n and everything in it.
func (n *Node) Text() string {
	if n.IsText() {
		return decodeText(n.Bytes())
	}
	var b strings.Builder
	for c := range n.Children() {
		b.WriteString(c.Text())
	}
	return b.String()
}

// Prefix returns the prefix of n as written, "" when it has none.
func (n *Node) Prefix() string {
	tag := n.scope.doc.Src[n.Start+1 : n.OpenEnd]
	for i, c := range tag {
		switch c {
		case ':':
			return string(tag[:i])
		case ' ', '\t', '\r', '\n', '/', '>':
			return ""
		}
	}
	return ""
}

// PrefixFor returns a non-empty prefix that means space at n; ok is false when
// there is none. Where there are several the alphabetically first of the
// nearest declaration is taken.
func (n *Node) PrefixFor(space string) (prefix string, ok bool) {
	for s := n.scope; s != nil; s = s.parent {
		best := ""
		for p, sp := range s.prefixes {
			if sp != space || p == "" || best != "" && best < p {
				continue
			}
			if now, _ := n.scope.lookup(p); now == space {
				best = p
			}
		}
		if best != "" {
			return best, true
		}
	}
	return "", false
}
