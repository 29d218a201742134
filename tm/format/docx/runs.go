package docx

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm/format/internal/xmlspan"
)

// fallbackFont is set for complex script where the document names a font without
// Arabic letters. It is on every Windows and macOS, and other systems have a
// substitute for it.
const fallbackFont = "Tahoma"

// arabicFonts are fonts known to have the letters of Persian, by the beginning
// of their names in lower case.
var arabicFonts = []string{
	"arial", "times new roman", "tahoma", "segoe ui", "microsoft sans serif", "courier new", "calibri light (",
	"b ", "xb ", "ir ", "iran", "vazir", "sahel", "shabnam", "samim", "parastoo", "tanha", "gandom", "yekan", "estedad",
	"noto naskh", "noto sans arabic", "noto kufi", "noto nastaliq", "amiri", "scheherazade", "lateef", "harmattan",
	"dubai", "sakkal majalla", "traditional arabic", "simplified arabic", "arabic typesetting", "arabic transparent",
	"andalus", "aldhabi", "urdu typesetting", "dejavu sans", "free", "geeza", "al ", "al-", "baghdad", "damascus",
	"nazanin", "mitra", "zar", "lotus", "titr", "yagut", "koodak", "roya", "nafees", "jameel", "majalla", "cairo",
	"tajawal", "markazi", "lalezar", "mirza", "unifont",
}

func hasArabic(font string) bool {
	font = strings.ToLower(font)
	return slices.ContainsFunc(arabicFonts, func(known string) bool { return strings.HasPrefix(font, known) })
}

// A runProp is a child of w:rPr: from the original (node) or made by us.
type runProp struct {
	name, markup string
	node         *xmlspan.Node // nil when made by us
}

type runProps []runProp

func (l *look) props() runProps {
	if l.rPr == nil {
		return nil
	}
	var list runProps
	for c := range l.rPr.Elements() {
		name := word(c)
		if name == "" {
			name = c.Space() + " " + c.Local()
		}
		list = append(list, runProp{name, string(c.Bytes()), c})
	}
	return list
}

func (l runProps) index(name string) int {
	return slices.IndexFunc(l, func(p runProp) bool { return p.name == name })
}

// set replaces or adds a property, at its place in the schema.
func (l runProps) set(p runProp) runProps {
	if i := l.index(p.name); i >= 0 {
		l[i] = p
		return l
	}
	at := slices.IndexFunc(l, func(q runProp) bool { return runOrder.rank(q.name) > runOrder.rank(p.name) })
	if at < 0 {
		at = len(l)
	}
	return slices.Insert(l, at, p)
}

func (l runProps) without(names ...string) runProps {
	return slices.DeleteFunc(l, func(p runProp) bool { return slices.Contains(names, p.name) })
}

// values returns what the properties of the original say.
func (l runProps) values() props {
	out := props{}
	for _, p := range l {
		if p.node == nil {
			continue
		}
		if p.name == "rFonts" {
			for a := range p.node.Attrs() {
				out["rFonts."+a.Local] = a.Value
			}
			continue
		}
		out[p.name] = propValue(p.node)
	}
	return out
}

// overlay adds to l what makes look different from base.
func (l runProps) overlay(look, base *look) runProps {
	with, without := look.props(), base.props()
	for _, p := range without {
		if i := l.index(p.name); with.index(p.name) < 0 && i >= 0 && l[i].markup == p.markup {
			l = slices.Delete(l, i, i+1)
		}
	}
	for _, p := range with {
		if i := without.index(p.name); i < 0 || without[i].markup != p.markup {
			l = l.set(p)
		}
	}
	return l
}

func (l runProps) markup(t tagger) string {
	if len(l) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(t.open("rPr"))
	for _, p := range l {
		b.WriteString(p.markup)
	}
	b.WriteString(t.close("rPr"))
	return b.String()
}

// A costume is the properties of translated runs for both directions.
type costume struct{ ltr, rtl string }

// dress makes the run properties of a translation from those of the original.
// Tracked changes of formatting count as accepted.
func (s *story) dress(l runProps, p *para, t tagger) costume {
	layers := s.layersOf(l, p)
	l = l.without("ins", "del", "moveFrom", "moveTo", "rPrChange")
	if s.dir == asIs && !p.complex {
		return costume{ltr: l.markup(t)}
	}
	plain := s.localize(l, layers, t).without("rtl", "cs")
	if inherited, _ := find(layers[1:], "rtl"); inherited == "1" {
		plain = plain.set(runProp{name: "rtl", markup: t.empty("rtl", "val", "0")})
	}
	c := costume{ltr: plain.markup(t)}
	// Spaced letters would tear the joined ones apart.
	c.rtl = plain.without("spacing").set(runProp{name: "rtl", markup: t.empty("rtl")}).markup(t)
	return c
}

// layersOf returns what run properties say in a paragraph, nearest first: their
// own values and those they inherit.
func (s *story) layersOf(l runProps, p *para) []props {
	direct := l.values()
	inherited := s.styles.layers(attr(child(p.pPr, "pStyle"), "val"), direct["rStyle"])
	return append([]props{direct}, inherited...)
}

// localize gives run properties what the target needs, but for the direction.
func (s *story) localize(l runProps, layers []props, t tagger) runProps {
	switch s.dir {
	case rightToLeft:
		return s.complexScript(l, layers, t)
	case leftToRight:
		if layers[0]["rtl"] == "1" {
			l = copyToggle(copyToggle(l, layers, "bCs", "b", t), layers, "iCs", "i", t)
			l = mirror(l, layers, "szCs", "sz", t)
		}
		return setAttr(l, t, "lang", "val", wordTag(s.target), "")
	}
	return l
}

// dressMark does the same for the paragraph mark, which also dresses the number
// of a list item.
func (s *story) dressMark(p *para, t tagger) string {
	l := (&look{rPr: child(p.pPr, "rPr")}).props()
	l = s.localize(l, s.layersOf(l, p), t).without("rtl", "cs")
	if s.dir == rightToLeft {
		l = l.set(runProp{name: "rtl", markup: t.empty("rtl")})
	}
	return l.markup(t)
}

// complexScript gives runs the properties right-to-left text is shown with: it
// has its own bold, italic, size, font and language, which documents in Latin
// script leave out.
func (s *story) complexScript(l runProps, layers []props, t tagger) runProps {
	l = mirror(l, layers, "sz", "szCs", t)
	if layers[0]["rtl"] != "1" {
		l = copyToggle(copyToggle(l, layers, "b", "bCs", t), layers, "i", "iCs", t)
	}
	if isArabic(s.target) && !s.styles.readable(layers) {
		l = setAttr(l, t, "rFonts", "cs", fallbackFont, "cstheme")
	}
	return setAttr(l, t, "lang", "bidi", wordTag(s.target), "")
}

func isArabic(tag language.Tag) bool {
	script, _ := tag.Script()
	return script.String() == "Arab" || script.String() == "Aran"
}

// readable reports whether the complex-script font has Arabic letters. Without
// any font named, programs take one that has.
func (s *styles) readable(layers []props) bool {
	for _, l := range layers {
		if theme := l["rFonts.cstheme"]; theme != "" {
			return s.fonts[theme] != ""
		}
		if font := l["rFonts.cs"]; font != "" {
			return hasArabic(font)
		}
	}
	return true
}

// mirror sets the size to as from comes out, unless somebody chose it as near or
// nearer than from.
func mirror(l runProps, layers []props, from, to string, t tagger) runProps {
	value, level := find(layers, from)
	other, near := find(layers, to)
	if near <= level || value == other || value == "" || strings.Trim(value, "0123456789") != "" {
		return l
	}
	return l.set(runProp{name: to, markup: t.empty(to, "val", value)})
}

// copyToggle makes the property to as from comes out: what the other scripts
// would look like was of no interest to the writer of the original.
func copyToggle(l runProps, layers []props, from, to string, t tagger) runProps {
	value, _ := find(layers, from)
	other, _ := find(layers, to)
	switch {
	case value == other:
		return l
	case value == "1":
		return l.set(runProp{name: to, markup: t.empty(to)})
	}
	return l.set(runProp{name: to, markup: t.empty(to, "val", "0")})
}

// setAttr sets an attribute of a property, which is made when there is none, and
// removes another.
func setAttr(l runProps, t tagger, name, attribute, value, remove string) runProps {
	i := l.index(name)
	if i < 0 || l[i].node == nil {
		return l.set(runProp{name: name, markup: t.empty(name, attribute, value)})
	}
	n, markup := l[i].node, l[i].markup
	for _, gone := range []string{attribute, remove} {
		for a := range n.Attrs() {
			if a.Local == gone {
				old := string(n.Bytes()[a.Start-n.Start : a.End-n.Start])
				markup = strings.Replace(markup, old, "", 1)
			}
		}
	}
	at := 1 + len(closeTag(n)) - len("</>")
	markup = markup[:at] + t.declare + " " + t.attr + attribute + `="` + value + `"` + markup[at:]
	l[i] = runProp{name: name, markup: markup, node: n}
	return l
}

// wordTag returns the tag as Word writes languages, with a region: "fa-IR".
func wordTag(tag language.Tag) string {
	base, script, region := tag.Raw()
	if region.String() == "ZZ" {
		region, _ = tag.Region()
	}
	out := base.String()
	if script.String() != "Zzzz" {
		out += "-" + script.String()
	}
	if region.String() != "ZZ" {
		out += "-" + region.String()
	}
	return out
}
