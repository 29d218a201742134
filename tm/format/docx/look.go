package docx

import (
	"maps"
	"slices"
	"strings"

	"tarjoman/tm/format/internal/xmlspan"
)

// A look is the formatting of a run. Runs with the same key look the same to a
// reader and are one piece of text to a translator.
type look struct {
	rPr    *xmlspan.Node // nil for none
	direct props
	layers []props // what it inherits
	key    string
}

// ignored are properties without a look of their own: language, spelling,
// direction (which follows the script of the text), small typography that
// converters scatter over words, and records of changes.
var ignored = map[string]bool{
	"lang": true, "noProof": true, "rtl": true, "cs": true, "webHidden": true, "snapToGrid": true,
	"spacing": true, "kern": true, "fitText": true, "rFonts.hint": true,
	"ins": true, "del": true, "moveFrom": true, "moveTo": true, "rPrChange": true,
}

// complexOnly are properties of right-to-left and complex scripts, without
// effect in a paragraph that has none.
var complexOnly = map[string]bool{
	"bCs": true, "iCs": true, "szCs": true, "rFonts.cs": true, "rFonts.cstheme": true,
}

// look reads the formatting of a run in a paragraph. A property that says what
// is inherited anyway is no difference.
func (s *styles) look(pStyle string, rPr *xmlspan.Node, complexScript bool) *look {
	l := &look{rPr: rPr, direct: readProps(rPr)}
	l.layers = s.layers(pStyle, l.direct["rStyle"])
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(l.direct)) {
		if ignored[name] || complexOnly[name] && !complexScript {
			continue
		}
		value := l.direct[name]
		if inherited, _ := find(l.layers, name); name != "rStyle" && inherited == value {
			continue
		}
		parts = append(parts, name+"="+value)
	}
	l.key = strings.Join(parts, "\n")
	return l
}

// emphatic are properties by which a writer sets words apart. Those of complex
// script are not looked at here: a translation gets them from the others.
var emphatic = map[string]bool{
	"b": true, "i": true, "u": true, "strike": true, "dstrike": true, "vertAlign": true, "caps": true,
	"smallCaps": true, "highlight": true, "shd": true, "bdr": true, "em": true, "rStyle": true,
}

// count returns how many properties l has of its own, and how many of them set
// words apart.
func (l *look) count() (emphasis, all int) {
	for line := range strings.SplitSeq(l.key, "\n") {
		name, _, found := strings.Cut(line, "=")
		if emphatic[name] {
			emphasis++
		}
		if found && !complexOnly[name] {
			all++
		}
	}
	return emphasis, all
}

// value returns a property as it comes out.
func (l *look) value(name string) string {
	if v, ok := l.direct[name]; ok {
		return v
	}
	v, _ := find(l.layers, name)
	return v
}

func (l *look) has(names ...string) bool {
	for _, name := range names {
		if v := l.value(name); v != unsetValue(name) {
			return true
		}
	}
	return false
}

// kinds are the code types with what makes them, the most telling first.
var kinds = []struct {
	typ string
	is  func(*look) bool
}{
	{"sup", func(l *look) bool { return l.value("vertAlign") == "superscript" }},
	{"sub", func(l *look) bool { return l.value("vertAlign") == "subscript" }},
	{"code", isCode},
	{"bold", func(l *look) bool { return l.has("b") || l.value("rtl") == "1" && l.has("bCs") }},
	{"italic", func(l *look) bool { return l.has("i") || l.value("rtl") == "1" && l.has("iCs") }},
	{"underline", func(l *look) bool { return l.has("u") }},
	{"strike", func(l *look) bool { return l.has("strike", "dstrike") }},
}

// typeAgainst returns the code type of l in a text that looks like base.
func (l *look) typeAgainst(base *look) string {
	for _, k := range kinds {
		if k.is(l) && !k.is(base) {
			return k.typ
		}
	}
	return "format"
}

var monospaced = map[string]bool{
	"courier": true, "courier new": true, "consolas": true, "menlo": true, "monaco": true, "lucida console": true,
	"dejavu sans mono": true, "liberation mono": true, "cascadia code": true, "cascadia mono": true,
	"source code pro": true, "roboto mono": true, "ubuntu mono": true, "noto sans mono": true, "jetbrains mono": true,
}

func isCode(l *look) bool {
	style := strings.ToLower(l.direct["rStyle"])
	return monospaced[strings.ToLower(l.value("rFonts.ascii"))] ||
		strings.Contains(style, "verbatim") || strings.Contains(style, "code")
}
