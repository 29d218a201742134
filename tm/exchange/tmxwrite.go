package exchange

import (
	"bufio"
	"cmp"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// WriteTMX writes units as TMX 1.4b in UTF-8, one at a time. Reading the result
// gives the units back: texts, codes (not their place in Props), neighbours,
// origin and properties; only the control characters that no XML can hold are
// left out, and times are cut to seconds. An error of units stops the writing
// and is returned as it is.
func WriteTMX(w io.Writer, h Header, units iter.Seq2[*tm.Unit, error]) error {
	x := &xmlWriter{w: bufio.NewWriterSize(w, 64<<10)}
	x.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n")
	x.header(h)
	x.raw("<body>\n")
	for u, err := range units {
		if err != nil {
			return err
		}
		x.unit(u)
		if x.err != nil {
			return x.err
		}
	}
	x.raw("</body>\n</tmx>\n")
	return cmp.Or(x.err, x.w.Flush())
}

// xmlWriter writes markup and keeps the first error.
type xmlWriter struct {
	w   *bufio.Writer
	err error
}

func (x *xmlWriter) raw(s string) {
	if x.err == nil {
		_, x.err = x.w.WriteString(s)
	}
}

// start writes a start tag; pairs are attribute names and values. Attributes
// without value are left out.
func (x *xmlWriter) start(name string, pairs ...string) {
	x.raw("<" + name)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			x.raw(" " + pairs[i] + `="` + attrEscape(pairs[i+1]) + `"`)
		}
	}
	x.raw(">")
}

func (x *xmlWriter) end(name string) { x.raw("</" + name + ">") }

// element writes an element that holds nothing but text.
func (x *xmlWriter) element(name, text string, pairs ...string) {
	x.start(name, pairs...)
	x.raw(textEscape(text))
	x.end(name)
}

func (x *xmlWriter) header(h Header) {
	x.start("header",
		"creationtool", cmp.Or(h.Tool, "Tarjoman"), "creationtoolversion", cmp.Or(h.ToolVersion, "1"),
		"segtype", cmp.Or(h.SegType, "sentence"), "o-tmf", cmp.Or(h.OriginalTM, "Tarjoman"),
		"adminlang", cmp.Or(h.AdminLang, "en"), "srclang", sourceLang(h.Source), "datatype", cmp.Or(h.DataType, "plaintext"),
		"creationdate", stamp(h.Created), "creationid", h.CreatedBy, "changedate", stamp(h.Changed), "changeid", h.ChangedBy)
	for _, n := range h.Notes {
		x.element("note", n)
	}
	for _, p := range h.Props {
		x.element("prop", p.Text, "type", p.Type)
	}
	x.end("header")
	x.raw("\n")
}

func sourceLang(tag language.Tag) string {
	if tag == language.Und {
		return "*all*"
	}
	return tag.String()
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(tmxTime)
}

func (x *xmlWriter) unit(u *tm.Unit) {
	props := groupProps(u.Props)
	x.start("tu", slices.Concat(props.attrs(""), unitStamps(u))...)
	x.raw("\n")
	x.fields(u)
	x.props(props[""])
	for _, v := range u.Variants {
		tag := v.Lang.String()
		x.start("tuv", slices.Concat([]string{"xml:lang", tag}, props.attrs(tag))...)
		x.props(props[tag])
		delete(props, tag) // a second variant of the language has no properties of its own
		x.start("seg")
		x.content(v.Content)
		x.raw("</seg></tuv>\n")
	}
	x.raw("</tu>\n")
}

func unitStamps(u *tm.Unit) []string {
	creator := "creationid"
	if _, kept := u.Props[propKey("", attrProp, 1, creator)]; kept {
		creator = "changeid"
	}
	return []string{"creationdate", stamp(u.Origin.Created), "changedate", stamp(u.Origin.Changed), creator, u.Origin.Author}
}

// fields writes what tm.Unit knows and TMX has no attribute for. They stand
// before the kept properties, so that a reader meets them first.
func (x *xmlWriter) fields(u *tm.Unit) {
	x.context(previousProp, u.Previous)
	x.context(nextProp, u.Next)
	x.field(stateProp, string(u.Origin.State))
	x.field(kindProp, string(u.Origin.Kind))
	x.field(documentProp, u.Origin.Document)
}

func (x *xmlWriter) field(name, text string) {
	if text != "" {
		x.element("prop", text, "type", name)
		x.raw("\n")
	}
}

func (x *xmlWriter) context(name, text string) {
	if text != "" {
		x.field(name, "<seg>"+textEscape(text)+"</seg>")
	}
}

// unitProp is one property, taken apart.
type unitProp struct {
	key        string
	kind       propKind
	name, text string
}

// unitProps are the properties of a unit by language, "" for the tu.
type unitProps map[string][]unitProp

func groupProps(props map[string]string) unitProps {
	groups := unitProps{}
	for _, key := range slices.SortedFunc(maps.Keys(props), byNumber) {
		lang, kind, name := splitKey(key)
		groups[lang] = append(groups[lang], unitProp{key, kind, name, props[key]})
	}
	return groups
}

// byNumber sorts keys so that repetitions keep their order: the second note
// before the tenth, and the bare key of a prop, its first, before all.
func byNumber(a, b string) int {
	return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a, b))
}

func number(key string) int {
	if !strings.HasPrefix(key, keyPrefix) {
		return 1
	}
	parts := strings.SplitN(key, ":", 5)
	if len(parts) < 5 {
		return 1
	}
	n, _ := strconv.Atoi(parts[3])
	return n
}

// attrs returns the attributes among the properties of a language. Names that
// XML or the element's own attributes do not allow are left out.
func (p unitProps) attrs(lang string) []string {
	var pairs []string
	for _, prop := range p[lang] {
		if prop.kind == attrProp && nameLen([]byte(prop.name)) == len(prop.name) && !ownAttrs[prop.name] {
			pairs = append(pairs, prop.name, prop.text)
		}
	}
	return pairs
}

var ownAttrs = map[string]bool{"": true, "xml:lang": true, "lang": true, "creationdate": true, "changedate": true, "changeid": true}

func (x *xmlWriter) props(props []unitProp) {
	for _, p := range props {
		switch p.kind {
		case noteProp:
			x.element("note", p.text)
		case plainProp:
			x.start("prop", "type", p.name)
			x.raw(textEscape(p.text) + "</prop>")
		}
	}
}

// content writes the inside of a seg. Every code carries its ID as x; pairs use
// it as i too.
func (x *xmlWriter) content(c tm.Content) {
	paired := pairedIDs(c.Codes)
	at := 0
	for _, code := range c.Codes {
		x.raw(textEscape(c.Text[at:code.Pos]))
		at = code.Pos
		x.code(code, paired[code.ID])
	}
	x.raw(textEscape(c.Text[at:]))
}

// pairedIDs returns the IDs of which both halves are there, in order.
func pairedIDs(codes []tm.Code) map[int]bool {
	opened, paired := map[int]bool{}, map[int]bool{}
	for _, c := range codes {
		switch {
		case c.Kind == tm.Open:
			opened[c.ID] = true
		case c.Kind == tm.Close && opened[c.ID]:
			paired[c.ID] = true
		}
	}
	return paired
}

func (x *xmlWriter) code(c tm.Code, paired bool) {
	id, kind := strconv.Itoa(c.ID), cmp.Or(typeToTMX[c.Type], c.Type)
	switch {
	case c.Kind == tm.Alone:
		x.element("ph", c.Data, "x", id, "type", kind)
	case c.Kind == tm.Open && paired:
		x.element("bpt", c.Data, "i", id, "x", id, "type", kind)
	case c.Kind == tm.Close && paired:
		x.element("ept", c.Data, "i", id)
	case c.Kind == tm.Open:
		x.element("it", c.Data, "pos", "begin", "x", id, "type", kind)
	default:
		x.element("it", c.Data, "pos", "end", "x", id, "type", kind)
	}
}

// textEscape escapes character data. CR would be read as LF.
func textEscape(s string) string { return escape(s, "<>&\r") }

// attrEscape escapes an attribute value, where white space would be read as
// spaces.
func attrEscape(s string) string { return escape(s, "<>&\"\t\n\r") }

var escapes = map[rune]string{
	'<': "&lt;", '>': "&gt;", '&': "&amp;", '"': "&quot;", '\t': "&#9;", '\n': "&#10;", '\r': "&#13;",
}

func escape(s, set string) string {
	odd := func(r rune) bool { return strings.ContainsRune(set, r) || !legalXML(r) }
	if strings.IndexFunc(s, odd) < 0 {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune(set, r):
			b.WriteString(escapes[r])
		case legalXML(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
