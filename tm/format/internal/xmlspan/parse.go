package xmlspan

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"tarjoman/tm"
)

// Limits of one document.
const (
	MaxSize  = 64 << 20 // bytes
	MaxDepth = 256      // open elements
	MaxNodes = 3 << 19  // elements and pieces of character data
	MaxAttrs = 1_000    // attributes of one element
	maxToken = 32 << 20 // bytes of one tag or text
)

// Parse reads a whole document, UTF-8 or UTF-16. The error is a *tm.Error whose
// arguments hold the line (from 1) unless the whole is meant:
//
//	xml.malformed            not well-formed (line)
//	xml.doctype              a DOCTYPE with an internal subset, or one out of place (line)
//	xml.too_deep             more than limit open elements (line, limit)
//	xml.too_large            more bytes, nodes or attributes than limit (limit)
//	xml.duplicate_attribute  the same attribute twice (line, name)
//	xml.undeclared_prefix    a prefix without a namespace (line, name)
//	xml.two_roots            a second root element (line)
//	xml.bad_character        a reference to no character, such as &#xD800; (line)
//	xml.encoding             an encoding other than UTF-8 and UTF-16 (name)
func Parse(src []byte) (*Doc, error) {
	if len(src) > MaxSize {
		return nil, tm.NewError(tm.TooLarge, "xml.too_large", "limit", MaxSize)
	}
	src, err := toUTF8(src)
	if err != nil {
		return nil, err
	}
	p := &parser{doc: &Doc{Src: src}, names: map[Name]*Name{}}
	p.dec = xml.NewDecoder(bytes.NewReader(src))
	p.dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	if bytes.HasPrefix(src, []byte(bom)) {
		p.dec.RawToken() // the mark is character data to the decoder
		p.at = int32(len(bom))
		if p.dec.InputOffset() != int64(len(bom)) {
			return nil, p.fail("xml.malformed")
		}
	}
	return p.doc, p.run()
}

const bom = "\uFEFF"

type parser struct {
	doc   *Doc
	dec   *xml.Decoder
	names map[Name]*Name
	at    int32   // where the current token starts
	open  *Node   // innermost open element
	depth int     // of open
	tail  []*Node // last child of every open element
	count int
	ended bool // the root is closed
}

func (p *parser) run() error {
	for {
		t, err := p.dec.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return p.malformed(err)
		}
		end := int32(p.dec.InputOffset())
		if end-p.at > maxToken {
			return p.tooLarge(maxToken)
		}
		if err := p.token(t, end); err != nil {
			return err
		}
		p.at = end
	}
	if p.open != nil || !p.ended {
		return p.fail("xml.malformed")
	}
	return nil
}

func (p *parser) token(t xml.Token, end int32) error {
	switch t := t.(type) {
	case xml.StartElement:
		return p.start(t, end)
	case xml.EndElement:
		return p.end(t, end)
	case xml.CharData:
		return p.text(t, end)
	case xml.Directive:
		return p.directive(t)
	}
	return nil
}

func (p *parser) start(t xml.StartElement, end int32) error {
	switch {
	case p.ended:
		return p.fail("xml.two_roots")
	case p.depth == MaxDepth:
		return p.fail("xml.too_deep", "limit", MaxDepth)
	case len(t.Attr) > MaxAttrs:
		return p.tooLarge(MaxAttrs)
	case badReference(p.doc.Src[p.at:end]):
		return p.fail("xml.bad_character")
	}
	n := &Node{Start: p.at, OpenEnd: end, CloseStart: end, End: end, Parent: p.open, scope: p.scopeOf(t.Attr)}
	if err := p.resolve(n, t); err != nil {
		return err
	}
	if err := p.add(n); err != nil {
		return err
	}
	p.open, p.tail = n, append(p.tail, nil)
	p.depth++
	return nil
}

// scopeOf returns the scope of a new element with these attributes.
func (p *parser) scopeOf(attrs []xml.Attr) *scope {
	s := &scope{doc: p.doc}
	if p.open != nil {
		s = p.open.scope
	}
	var declared map[string]string
	for _, a := range attrs {
		prefix := ""
		switch {
		case a.Name.Space == "xmlns":
			prefix = a.Name.Local
		case a.Name.Space != "" || a.Name.Local != "xmlns":
			continue
		}
		if declared == nil {
			declared = map[string]string{}
		}
		declared[prefix] = a.Value
	}
	if declared == nil {
		return s
	}
	return &scope{doc: p.doc, parent: s, prefixes: declared}
}

// resolve gives n its expanded name and checks those of its attributes.
func (p *parser) resolve(n *Node, t xml.StartElement) error {
	space, ok := n.scope.lookup(t.Name.Space)
	if !ok || badName(t.Name) {
		return p.fail("xml.undeclared_prefix", "name", t.Name.Space+":"+t.Name.Local)
	}
	name := Name{space, t.Name.Local}
	if p.names[name] == nil {
		p.names[name] = &name
	}
	n.Name = p.names[name]
	seen := make(map[xml.Name]bool, len(t.Attr))
	for _, a := range t.Attr {
		key := a.Name
		if key.Space != "" && key.Space != "xmlns" {
			if key.Space, ok = n.scope.lookup(key.Space); !ok || badName(a.Name) {
				return p.fail("xml.undeclared_prefix", "name", a.Name.Space+":"+a.Name.Local)
			}
		}
		if seen[key] {
			return p.fail("xml.duplicate_attribute", "name", a.Name.Local)
		}
		seen[key] = true
	}
	return nil
}

// badName finds names such as ":a", which encoding/xml hands on unsplit.
func badName(n xml.Name) bool { return strings.Contains(n.Local, ":") }

func (p *parser) end(t xml.EndElement, end int32) error {
	n := p.open
	if n == nil || n.Name.Local != t.Name.Local || n.Prefix() != t.Name.Space {
		return p.fail("xml.malformed")
	}
	if end > p.at { // <a/> has no end tag of its own
		n.CloseStart, n.End = p.at, end
	}
	p.open, p.tail = n.Parent, p.tail[:len(p.tail)-1]
	p.depth--
	p.ended = p.open == nil
	return nil
}

func (p *parser) text(t xml.CharData, end int32) error {
	if p.open == nil {
		if len(bytes.TrimSpace(t)) > 0 {
			return p.fail("xml.malformed")
		}
		return nil
	}
	raw := p.doc.Src[p.at:end]
	if !bytes.HasPrefix(raw, cdataOpen) && badReference(raw) {
		return p.fail("xml.bad_character")
	}
	return p.add(&Node{Start: p.at, OpenEnd: end, CloseStart: end, End: end, Parent: p.open, scope: p.open.scope})
}

// directive lets a DOCTYPE pass that only names an external subset, which is
// never opened.
func (p *parser) directive(t xml.Directive) error {
	words := bytes.Fields(t)
	if p.doc.Root != nil || len(words) < 2 || string(words[0]) != "DOCTYPE" || bytes.ContainsAny(t, "[<") {
		return p.fail("xml.doctype")
	}
	return nil
}

func (p *parser) add(n *Node) error {
	if p.count++; p.count > MaxNodes {
		return p.tooLarge(MaxNodes)
	}
	if p.open == nil {
		p.doc.Root = n
		return nil
	}
	last := &p.tail[len(p.tail)-1]
	if *last == nil {
		p.open.First = n
	} else {
		(*last).Next = n
	}
	*last = n
	return nil
}

func (p *parser) malformed(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return tm.NewError(tm.Invalid, "xml.malformed", "line", syntax.Line).Wrap(err)
	}
	return p.fail("xml.malformed")
}

func (p *parser) tooLarge(limit int) error {
	return tm.NewError(tm.TooLarge, "xml.too_large", "limit", limit)
}

func (p *parser) fail(code string, pairs ...any) error {
	line := 1 + bytes.Count(p.doc.Src[:p.at], []byte("\n"))
	return tm.NewError(tm.Invalid, code, append([]any{"line", line}, pairs...)...)
}
