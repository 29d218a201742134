package xmlspan

import (
	"bytes"
	"iter"
	"strings"
)

// Attr returns the value of the attribute; attributes without a prefix have no
// namespace.
func (n *Node) Attr(space, local string) (value string, ok bool) {
	a, ok := n.FindAttr(space, local)
	return a.Value, ok
}

// FindAttr returns the attribute of that name with its place.
func (n *Node) FindAttr(space, local string) (Attr, bool) {
	for a := range n.rawAttrs() {
		if a.local() != local {
			continue
		}
		if found := n.resolve(a); found.Space == space {
			return found, true
		}
	}
	return Attr{}, false
}

// Attrs yields the attributes in order, without namespace declarations.
func (n *Node) Attrs() iter.Seq[Attr] {
	return func(yield func(Attr) bool) {
		for a := range n.rawAttrs() {
			if a.name == "xmlns" || strings.HasPrefix(a.name, "xmlns:") {
				continue
			}
			if !yield(n.resolve(a)) {
				return
			}
		}
	}
}

// rawAttr is an attribute as written; offsets are absolute.
type rawAttr struct {
	name                 string
	start, from, to, end int32
}

func (a rawAttr) local() string { return a.name[strings.IndexByte(a.name, ':')+1:] }

func (n *Node) resolve(a rawAttr) Attr {
	r := Attr{Start: a.start, From: a.from, To: a.to, End: a.end}
	r.Local = a.local()
	if len(r.Local) < len(a.name) {
		r.Space, _ = n.scope.lookup(a.name[:len(a.name)-len(r.Local)-1])
	}
	r.Value = decodeAttr(n.scope.doc.Src[a.from:a.to])
	return r
}

// rawAttrs walks the start tag, which Parse has found well-formed.
func (n *Node) rawAttrs() iter.Seq[rawAttr] {
	return func(yield func(rawAttr) bool) {
		if n.Name == nil {
			return
		}
		src := n.scope.doc.Src[:n.OpenEnd]
		at := skipName(src, int(n.Start)+1)
		for {
			at = skipSpace(src, at)
			start := at
			at = skipName(src, at)
			if at == start {
				return
			}
			name := string(src[start:at])
			quote := at + bytes.IndexAny(src[at:], `"'`)
			end := quote + 1 + bytes.IndexByte(src[quote+1:], src[quote])
			if !yield(rawAttr{name, int32(start), int32(quote + 1), int32(end), int32(end + 1)}) {
				return
			}
			at = end + 1
		}
	}
}

func skipSpace(src []byte, at int) int {
	for at < len(src) && strings.IndexByte(" \t\r\n", src[at]) >= 0 {
		at++
	}
	return at
}

func skipName(src []byte, at int) int {
	for at < len(src) && strings.IndexByte(" \t\r\n=/>", src[at]) < 0 {
		at++
	}
	return at
}
