package exchange

import (
	"cmp"
	"io"
	"iter"
	"strconv"
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
	t := &tmxWriter{xmlWriter: xmlWriter{w: w, buf: make([]byte, 0, 2*writePiece)}, pairs: map[int]codeHalves{}}
	t.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n")
	t.header(&h)
	t.raw("<body>\n")
	for u, err := range units {
		if err != nil {
			return err
		}
		t.unit(u)
		if t.flushFull(); t.err != nil {
			return t.err
		}
	}
	t.raw("</body>\n</tmx>\n")
	t.flush()
	return t.err
}

// tmxWriter is one run of [WriteTMX].
type tmxWriter struct {
	xmlWriter
	props []unitProp         // of the unit
	pairs map[int]codeHalves // of the content, by ID
	tags  [8]tagName         // by place in the unit: units of a file are alike
}

type tagName struct {
	tag  language.Tag
	name string
}

func (t *tmxWriter) header(h *Header) {
	t.raw("<header")
	for _, a := range [][2]string{
		{"creationtool", cmp.Or(h.Tool, "Tarjoman")}, {"creationtoolversion", cmp.Or(h.ToolVersion, "1")},
		{"segtype", cmp.Or(h.SegType, "sentence")}, {"o-tmf", cmp.Or(h.OriginalTM, "Tarjoman")},
		{"adminlang", cmp.Or(h.AdminLang, "en")}, {"srclang", sourceLang(h.Source)}, {"datatype", cmp.Or(h.DataType, "plaintext")},
	} {
		t.attr(a[0], a[1])
	}
	t.stamp("creationdate", h.Created)
	t.attr("creationid", h.CreatedBy)
	t.stamp("changedate", h.Changed)
	t.attr("changeid", h.ChangedBy)
	t.raw(">")
	for _, n := range h.Notes {
		t.note(n)
	}
	for _, p := range h.Props {
		t.prop(p.Type, p.Text)
	}
	t.raw("</header>\n")
}

func sourceLang(tag language.Tag) string {
	if tag == language.Und {
		return "*all*"
	}
	return tag.String()
}

// stamp writes a date unless it is zero.
func (t *tmxWriter) stamp(name string, when time.Time) {
	if !when.IsZero() {
		t.raw(" " + name + "=\"")
		t.buf = appendStamp(t.buf, when.UTC())
		t.raw("\"")
	}
}

// appendStamp appends the time in the form of TMX.
func appendStamp(b []byte, t time.Time) []byte {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	if year < 0 || year > 9999 {
		return t.AppendFormat(b, tmxTime)
	}
	b = appendTwo(appendTwo(b, year/100), year%100)
	b = append(appendTwo(appendTwo(b, int(month)), day), 'T')
	return append(appendTwo(appendTwo(appendTwo(b, hour), minute), second), 'Z')
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

func (t *tmxWriter) unit(u *tm.Unit) {
	t.props = splitProps(t.props[:0], u.Props)
	own := ofLanguage(t.props, "")
	t.raw("<tu")
	t.attrs(own)
	t.stamps(u)
	t.raw(">\n")
	t.fields(u)
	t.inside(own)
	for i := range u.Variants {
		t.variant(i, &u.Variants[i])
	}
	t.raw("</tu>\n")
}

func (t *tmxWriter) stamps(u *tm.Unit) {
	t.stamp("creationdate", u.Origin.Created)
	t.stamp("changedate", u.Origin.Changed)
	creator := "creationid"
	if _, kept := u.Props[creatorKey]; kept {
		creator = "changeid"
	}
	t.attr(creator, u.Origin.Author)
}

// fields writes what tm.Unit knows and TMX has no attribute for. They stand
// before the kept properties, so that a reader meets them first.
func (t *tmxWriter) fields(u *tm.Unit) {
	t.context(previousProp, u.Previous)
	t.context(nextProp, u.Next)
	t.field(stateProp, string(u.Origin.State))
	t.field(kindProp, string(u.Origin.Kind))
	t.field(documentProp, u.Origin.Document)
	if u.Penalty > 0 {
		t.field(penaltyProp, strconv.Itoa(u.Penalty))
	}
}

func (t *tmxWriter) field(name, text string) {
	if text != "" {
		t.prop(name, text)
		t.raw("\n")
	}
}

// context writes a neighbour as memoQ does: a seg element, escaped once more.
func (t *tmxWriter) context(name, text string) {
	if text != "" {
		t.field(name, "<seg>"+string(appendEscaped(nil, text, inText))+"</seg>")
	}
}

// variant writes the tuv at index i. A second one of a language has no
// properties of its own.
func (t *tmxWriter) variant(i int, v *tm.Variant) {
	cached := &t.tags[i%len(t.tags)]
	if cached.name == "" || cached.tag != v.Lang {
		*cached = tagName{v.Lang, v.Lang.String()}
	}
	t.raw("<tuv")
	t.attr("xml:lang", cached.name)
	if own := ofLanguage(t.props, cached.name); len(own) > 0 && !own[0].written {
		t.attrs(own)
		t.raw(">")
		t.inside(own)
		own[0].written = true
	} else {
		t.raw(">")
	}
	t.raw("<seg>")
	t.content(&v.Content)
	t.raw("</seg></tuv>\n")
}

func (t *tmxWriter) prop(name, text string) {
	t.raw("<prop")
	t.attr("type", name)
	t.raw(">")
	t.text(text)
	t.raw("</prop>")
}

func (t *tmxWriter) note(text string) {
	t.raw("<note>")
	t.text(text)
	t.raw("</note>")
}

// attrs writes the attributes among the properties. Names that XML or the
// element's own attributes do not allow are left out.
func (t *tmxWriter) attrs(props []unitProp) {
	for _, p := range props {
		if p.kind == attrProp && nameLen([]byte(p.name)) == len(p.name) && !ownAttrs[p.name] {
			t.attr(p.name, p.text)
		}
	}
}

var ownAttrs = map[string]bool{"": true, "xml:lang": true, "lang": true, "creationdate": true, "changedate": true, "changeid": true}

// inside writes the properties that are elements.
func (t *tmxWriter) inside(props []unitProp) {
	for _, p := range props {
		switch p.kind {
		case noteProp:
			t.note(p.text)
		case plainProp:
			t.prop(p.name, p.text)
		}
	}
}

// content writes the inside of a seg. Every code carries its ID as x; pairs use
// it as i too.
func (t *tmxWriter) content(c *tm.Content) {
	if len(c.Codes) == 0 {
		t.text(c.Text)
		return
	}
	t.findPairs(c.Codes)
	at := 0
	for i := range c.Codes {
		code := &c.Codes[i]
		t.text(c.Text[at:code.Pos])
		at = code.Pos
		t.code(code, t.pairs[code.ID] == bothHalves)
	}
	t.text(c.Text[at:])
}

// codeHalves says which halves of a pair are there, in order.
type codeHalves uint8

const (
	openHalf codeHalves = 1 + iota
	bothHalves
)

func (t *tmxWriter) findPairs(codes []tm.Code) {
	if len(t.pairs) > 1000 {
		t.pairs = map[int]codeHalves{}
	}
	clear(t.pairs)
	for i := range codes {
		c := &codes[i]
		switch {
		case c.Kind == tm.Open && t.pairs[c.ID] == 0:
			t.pairs[c.ID] = openHalf
		case c.Kind == tm.Close && t.pairs[c.ID] == openHalf:
			t.pairs[c.ID] = bothHalves
		}
	}
}

func (t *tmxWriter) code(c *tm.Code, paired bool) {
	name := "it"
	switch {
	case c.Kind == tm.Alone:
		name = "ph"
	case c.Kind == tm.Open && paired:
		name = "bpt"
		t.id("<bpt i=\"", c.ID)
		t.id("\" x=\"", c.ID)
	case paired:
		name = "ept"
		t.id("<ept i=\"", c.ID)
	case c.Kind == tm.Open:
		t.id("<it pos=\"begin\" x=\"", c.ID)
	default:
		t.id("<it pos=\"end\" x=\"", c.ID)
	}
	if name == "ph" {
		t.id("<ph x=\"", c.ID)
	}
	t.raw("\"")
	if name != "ept" {
		t.attr("type", cmp.Or(typeToTMX[c.Type], c.Type))
	}
	t.raw(">")
	t.text(c.Data)
	t.raw("</" + name + ">")
}

func (t *tmxWriter) id(before string, id int) {
	t.raw(before)
	t.buf = strconv.AppendInt(t.buf, int64(id), 10)
}
