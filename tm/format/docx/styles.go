package docx

import (
	"slices"
	"strings"

	"tarjoman/tm/format/internal/xmlspan"
)

// props are run properties by name: "b" → "1", "sz" → "24", "rFonts.cs" →
// "Tahoma". Attributes other than val and those of fonts are folded into the
// value.
type props map[string]string

// readProps reads a w:rPr, which may be nil.
func readProps(rPr *xmlspan.Node) props {
	p := props{}
	if rPr == nil {
		return p
	}
	for c := range rPr.Elements() {
		name := c.Local()
		if word(c) == "rFonts" {
			for a := range c.Attrs() {
				p["rFonts."+a.Local] = a.Value
			}
			continue
		}
		p[name] = propValue(c)
	}
	return p
}

func propValue(c *xmlspan.Node) string {
	var values []string
	for a := range c.Attrs() {
		if a.Local == "val" {
			values = append(values, toggle(a.Value))
			continue
		}
		values = append(values, a.Local+"="+a.Value)
	}
	switch len(values) {
	case 0:
		return "1"
	case 1:
		return values[0]
	}
	slices.Sort(values)
	return strings.Join(values, ";")
}

// toggle gives the three spellings of on and off one.
func toggle(v string) string {
	switch v {
	case "true", "on":
		return "1"
	case "false", "off":
		return "0"
	}
	return v
}

// unset is what a property means that nobody set, where that can be written out.
var unset = props{
	"u": "none", "vertAlign": "baseline", "highlight": "none", "color": "auto", "position": "0", "w": "100",
	"em": "none", "effect": "none", "sz": "20", "szCs": "20",
}

func unsetValue(name string) string {
	if v, ok := unset[name]; ok {
		return v
	}
	return "0"
}

// styles answers what a run looks like before its own properties.
type styles struct {
	byID      map[string]*style
	defaults  props
	paragraph string            // id of the default paragraph style
	fonts     map[string]string // of the theme: "minorBidi" → its font for Arabic script, "" when it has none
	cache     map[[2]string][]props
}

type style struct {
	name, basedOn string
	props         props
	bidi          string // of its w:pPr: "", "0", "1"
	chain         []*style
}

var noStyles = &styles{}

const maxChain = 32 // styles based on each other

func readStyles(root *xmlspan.Node) *styles {
	s := &styles{byID: map[string]*style{}, cache: map[[2]string][]props{}}
	s.defaults = readProps(child(child(child(root, "docDefaults"), "rPrDefault"), "rPr"))
	for n := range root.Elements() {
		if word(n) != "style" {
			continue
		}
		id := attr(n, "styleId")
		st := &style{name: attr(child(n, "name"), "val"), basedOn: attr(child(n, "basedOn"), "val"), props: readProps(child(n, "rPr"))}
		if bidi := child(child(n, "pPr"), "bidi"); bidi != nil {
			st.bidi = propValue(bidi)
		}
		s.byID[id] = st
		if attr(n, "type") == "paragraph" && toggle(attr(n, "default")) == "1" {
			s.paragraph = id
		}
	}
	return s
}

// readTheme notes which theme fonts can show Arabic script.
func (s *styles) readTheme(root *xmlspan.Node) {
	s.fonts = map[string]string{}
	var walk func(n *xmlspan.Node)
	walk = func(n *xmlspan.Node) {
		for c := range n.Elements() {
			switch c.Local() {
			case "majorFont", "minorFont":
				s.fonts[strings.TrimSuffix(c.Local(), "Font")+"Bidi"] = themeFont(c)
			case "themeElements", "fontScheme":
				walk(c)
			}
		}
	}
	walk(root)
}

func themeFont(n *xmlspan.Node) string {
	found := ""
	for c := range n.Elements() {
		face, _ := c.Attr("", "typeface")
		script, _ := c.Attr("", "script")
		if c.Local() == "cs" && face != "" || script == "Arab" && found == "" {
			found = face
		}
	}
	return found
}

// chainOf returns a style and those it is based on, nearest first.
func (s *styles) chainOf(id string) []*style {
	st := s.byID[id]
	if st == nil {
		return nil
	}
	if st.chain == nil {
		for n := st; n != nil && len(st.chain) < maxChain && !slices.Contains(st.chain, n); n = s.byID[n.basedOn] {
			st.chain = append(st.chain, n)
		}
	}
	return st.chain
}

// layers returns the properties a run inherits, nearest first: its character
// style, the style of the paragraph, the defaults of the document. Table styles
// are not looked at.
func (s *styles) layers(pStyle, rStyle string) []props {
	if s.byID == nil {
		return nil
	}
	key := [2]string{pStyle, rStyle}
	if l, ok := s.cache[key]; ok {
		return l
	}
	if s.byID[pStyle] == nil {
		pStyle = s.paragraph
	}
	var layers []props
	for _, id := range []string{rStyle, pStyle} {
		for _, st := range s.chainOf(id) {
			layers = append(layers, st.props)
		}
	}
	layers = append(layers, s.defaults)
	s.cache[key] = layers
	return layers
}

// find returns the nearest value of a property and how far away it is set;
// level is len(layers) when nobody sets it.
func find(layers []props, name string) (value string, level int) {
	for i, l := range layers {
		if v, ok := l[name]; ok {
			return v, i
		}
	}
	return unsetValue(name), len(layers)
}

// bidi reports whether the paragraph style, or one it is based on, runs from
// right to left.
func (s *styles) bidi(pStyle string) bool {
	if s.byID[pStyle] == nil {
		pStyle = s.paragraph
	}
	for _, st := range s.chainOf(pStyle) {
		if st.bidi != "" {
			return st.bidi == "1"
		}
	}
	return false
}

// hidden reports whether a run with these properties is not shown.
func (s *styles) hidden(pStyle string, rPr *xmlspan.Node) bool {
	if v := child(rPr, "vanish"); v != nil {
		return propValue(v) == "1"
	}
	v, _ := find(s.layers(pStyle, attr(child(rPr, "rStyle"), "val")), "vanish")
	return v == "1"
}
