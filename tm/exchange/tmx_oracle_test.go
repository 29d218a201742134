package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A tmxOracle reads TMX with encoding/xml, slowly and in the plainest way. Each
// unit is a line: its tuid, its property x-p, and each variant with its codes in
// braces.
type tmxOracle struct {
	xml    *xml.Decoder
	source language.Tag
	lines  []string
}

func oracleLines(in []byte) ([]string, error) {
	o := &tmxOracle{xml: xml.NewDecoder(bytes.NewReader(in))}
	root, err := o.child()
	if err == nil && root.Name.Local != "tmx" {
		err = errors.New("no tmx")
	}
	if err == nil {
		err = o.outside()
	}
	if err != nil {
		return o.lines, err
	}
	for {
		tok, err := o.xml.Token()
		if err == io.EOF {
			return o.lines, nil
		}
		if text, is := tok.(xml.CharData); err == nil && is && len(bytes.TrimSpace(text)) > 0 {
			err = errors.New("text after the root")
		}
		if err != nil {
			return o.lines, err
		}
	}
}

// child returns the next start tag before the end of the element, nil at it.
func (o *tmxOracle) child() (*xml.StartElement, error) {
	for {
		tok, err := o.xml.Token()
		if err != nil {
			return nil, err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			return &tok, nil
		case xml.EndElement:
			return nil, nil
		}
	}
}

func (o *tmxOracle) outside() error {
	for {
		start, err := o.child()
		if start == nil || err != nil {
			return err
		}
		switch start.Name.Local {
		case "header":
			o.source = oracleTag(oracleAttr(start, "srclang"))
			err = o.xml.Skip()
		case "tu":
			err = o.unit(start)
		default:
			err = o.outside()
		}
		if err != nil {
			return err
		}
	}
}

func oracleAttr(start *xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return strings.Map(func(r rune) rune {
				if r == '\t' || r == '\n' {
					return ' '
				}
				return r
			}, a.Value)
		}
	}
	return ""
}

func oracleTag(s string) language.Tag {
	tag, _ := parseTag(s)
	return tag
}

func (o *tmxOracle) unit(start *xml.StartElement) error {
	head, ref := oracleAttr(start, "tuid")+"|", o.source
	if s := oracleAttr(start, "srclang"); s != "" {
		ref = oracleTag(s)
	}
	var langs []language.Tag
	var texts []string
	prop := ""
	for {
		child, err := o.child()
		if err != nil {
			return err
		}
		if child == nil {
			o.emit(head+prop, ref, langs, texts)
			return nil
		}
		if child.Name.Local == "tuv" {
			tag, text, found, err := o.variant(child)
			if err != nil {
				return err
			}
			if found {
				langs, texts = append(langs, tag), append(texts, text)
			}
			continue
		}
		text, err := o.all()
		if err != nil {
			return err
		}
		if child.Name.Local == "prop" && oracleAttr(child, "type") == "x-p" && prop == "" {
			prop = text
		}
	}
}

func (o *tmxOracle) emit(head string, ref language.Tag, langs []language.Tag, texts []string) {
	first, more := head, []string(nil)
	from := 0
	for i, l := range langs {
		if l == ref {
			from = i
			break
		}
	}
	seen := map[language.Tag]bool{}
	for i, l := range langs {
		own := "|" + l.String() + "=" + texts[i]
		switch {
		case !seen[l]:
			first += own
		case l == langs[from]:
			more = append(more, head+own)
		default:
			more = append(more, head+"|"+langs[from].String()+"="+texts[from]+own)
		}
		seen[l] = true
	}
	if len(langs) > 0 {
		o.lines = append(append(o.lines, first), more...)
	}
}

func (o *tmxOracle) variant(start *xml.StartElement) (tag language.Tag, text string, found bool, err error) {
	if tag, err = parseTag(oracleAttr(start, "lang")); err != nil {
		return
	}
	for {
		child, err := o.child()
		if child == nil || err != nil {
			return tag, text, found, err
		}
		if child.Name.Local == "seg" && !found {
			found = true
			text, err = o.seg()
		} else {
			err = o.xml.Skip()
		}
		if err != nil {
			return tag, text, found, err
		}
	}
}

func (o *tmxOracle) seg() (string, error) {
	var b strings.Builder
	for {
		tok, err := o.xml.Token()
		if err != nil {
			return "", err
		}
		switch tok := tok.(type) {
		case xml.EndElement:
			return b.String(), nil
		case xml.CharData:
			b.Write(tok)
		case xml.StartElement:
			kind, inner := oracleKind(&tok), ""
			if kind == "span" {
				inner, err = o.seg()
				inner = "{open }" + inner + "{close }"
			} else {
				inner, err = o.all()
				inner = "{" + kind + " " + inner + "}"
			}
			if err != nil {
				return "", err
			}
			b.WriteString(inner)
		}
	}
}

func oracleKind(start *xml.StartElement) string {
	switch start.Name.Local {
	case "bpt":
		return "open"
	case "ept":
		return "close"
	case "ph", "ut":
		return "alone"
	case "it":
		if oracleAttr(start, "pos") == "end" {
			return "close"
		}
		return "open"
	}
	return "span"
}

// all returns the text of the element and those inside.
func (o *tmxOracle) all() (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		tok, err := o.xml.Token()
		if err != nil {
			return "", err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(tok)
		}
	}
	return b.String(), nil
}

// oracleLine is the line of a unit that was read.
func oracleLine(u *tm.Unit) string {
	line := u.Props["tmx::attr:1:tuid"] + "|" + u.Props["x-p"]
	for _, v := range u.Variants {
		line += "|" + v.Lang.String() + "="
		at := 0
		for _, c := range v.Content.Codes {
			line += v.Content.Text[at:c.Pos] + "{" + c.Kind.String() + " " + c.Data + "}"
			at = c.Pos
		}
		line += v.Content.Text[at:]
	}
	return line
}

// A tmxMaker makes random files.
type tmxMaker struct{ *rand.Rand }

func (m tmxMaker) one(of ...string) string { return of[m.IntN(len(of))] }

func (m tmxMaker) file() string {
	var b strings.Builder
	b.WriteString(m.one("", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", "\uFEFF<?xml version='1.0'?>"))
	b.WriteString(m.one("", "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\r\n"))
	b.WriteString("<tmx version=\"1.4\">" + m.one("", "<header srclang=\"en\"/>", "<header srclang='fa'><note>a &lt; b</note></header>") + "<body>")
	for range m.IntN(5) {
		b.WriteString(m.unit())
	}
	return b.String() + m.one("", "\n") + "</body></tmx>" + m.one("", "\n", "<!-- end -->")
}

func (m tmxMaker) unit() string {
	s := "<tu" + m.one("", ` tuid="7"`, " tuid = 'a\t&amp;>b' ", ` srclang="fa"`, ` creationdate="20240102T030405Z" creationid="sara"`) + ">" + m.one("", "\n  ", "\r\n\t")
	s += m.one("", `<prop type="x-p">`+m.text()+"</prop>", "<note>"+m.text()+"</note>", "<odd><tuv/></odd>")
	for range m.IntN(4) {
		s += "<tuv " + m.one(`xml:lang="en"`, `xml:lang='fa'`, `lang="fr"`, `xml:lang="pes"`) + ">" + m.one("", "\n") + "<seg>" + m.content(3) + "</seg></tuv>" + m.one("", "\n")
	}
	return s + "</tu>" + m.one("", "\n", "<!-- - -->")
}

func (m tmxMaker) content(depth int) string {
	s := ""
	for range m.IntN(4) {
		s += m.text()
		if depth > 0 {
			s += m.code(depth)
		}
	}
	return s
}

func (m tmxMaker) code(depth int) string {
	switch m.IntN(7) {
	case 0:
		return `<bpt i="1" x="1">` + m.text() + "</bpt>" + m.content(depth-1) + `<ept i="1">` + m.text() + "</ept>"
	case 1:
		return `<ph x="2" type='fnote'>` + m.text() + "<sub>" + m.content(depth-1) + "</sub></ph>"
	case 2:
		return `<it pos="` + m.one("begin", "end") + `" x="3"/>`
	case 3:
		return "<hi>" + m.content(depth-1) + "</hi>"
	case 4:
		return "<ut>" + m.text() + "</ut >"
	}
	return ""
}

func (m tmxMaker) text() string {
	return m.one("The court", "دادگاه می\u200cرود", " ", "\r\n", "\r", "&amp;", "&#x6CC;", "&lt;b&gt;", "<![CDATA[<&>]]>", "<!-- c -->", "<?p i?>", "\uFEFF۱۲", "！全角", "😀", "&quot;&apos;", "\t", "a > b")
}

// mutate damages a file: pieces are cut out, doubled, moved or replaced.
func (m tmxMaker) mutate(s string) string {
	for range 1 + m.IntN(3) {
		a := m.IntN(len(s) + 1)
		b := min(len(s), a+m.IntN(12))
		switch m.IntN(4) {
		case 0:
			s = s[:a] + s[b:]
		case 1:
			s = s[:b] + s[a:]
		case 2:
			s = s[:a] + m.one("<", ">", "&", "\"", "'", "/", "\x00", "\xff", "</seg>", "<seg>", "<tu>", "</tuv>", "]]>", "&x;", "&#0;", "\uFFFF", "=", "<!--", "<?") + s[b:]
		case 3:
			if s = s[:a]; s == "" {
				return "<"
			}
		}
	}
	return s
}

// TestReadTMX_AgreesWithOracle reads random files and damaged ones with both
// readers. Where both accept a file the units are the same; what the oracle
// refuses is refused, and what is refused beyond that has a reason of ours.
func TestReadTMX_AgreesWithOracle(t *testing.T) {
	m := tmxMaker{rand.New(rand.NewPCG(4, 2))}
	accepted := 0
	for i := range 3000 {
		in := m.file()
		if i%3 > 0 {
			in = m.mutate(in)
		}
		if agrees(t, []byte(in)) {
			accepted++
		}
		if t.Failed() {
			return
		}
	}
	if accepted < 1000 {
		t.Errorf("only %d files were accepted", accepted)
	}
}

func agrees(t *testing.T, in []byte) (accepted bool) {
	t.Helper()
	for _, pieces := range []int{0, 1} { // at once, and byte by byte
		var r io.Reader = bytes.NewReader(in)
		if pieces > 0 {
			r = oneByOne{r}
		}
		accepted = agreesOn(t, in, r)
	}
	return accepted
}

type oneByOne struct{ io.Reader }

func (o oneByOne) Read(p []byte) (int, error) { return o.Reader.Read(p[:min(1, len(p))]) }

func agreesOn(t *testing.T, in []byte, r io.Reader) bool {
	t.Helper()
	var got []string
	_, err := ReadTMX(r, func(u *tm.Unit) error {
		got = append(got, oracleLine(u))
		for _, v := range u.Variants {
			checkCodes(t, v.Content)
		}
		return nil
	})
	want, oracleErr := oracleLines(bytes.TrimPrefix(in, []byte("\uFEFF")))
	switch {
	case err == nil && oracleErr != nil && !lenient(oracleErr):
		t.Errorf("accepted, but %v in\n%q", oracleErr, in)
	case err == nil && oracleErr == nil:
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s\n%q", d, in)
		}
	case err != nil && oracleErr == nil && !stricter[tm.CodeOf(err)]:
		t.Errorf("%v, but the oracle accepts\n%q", err, in)
	case err != nil && tm.KindOf(err) == tm.Internal:
		t.Errorf("not an error for people: %v", err)
	}
	return err == nil
}

// stricter are the reasons to refuse what encoding/xml accepts: two attributes
// of one name, no space between attributes, unknown languages, definitions.
var stricter = map[string]bool{
	"exchange.xml_malformed": true, "exchange.language": true, "exchange.language_missing": true, "exchange.xml_doctype": true, "exchange.encoding_unknown": true,
}

// lenient reports whether encoding/xml refuses what harms nobody.
func lenient(err error) bool {
	for _, harmless := range []string{"]]>", `invalid sequence "--"`, "unsupported version", "target name after <?", "in comment", "xml: encoding", "invalid XML name"} {
		if strings.Contains(err.Error(), harmless) {
			return true
		}
	}
	return false
}

func FuzzReadTMX_Oracle(f *testing.F) {
	m := tmxMaker{rand.New(rand.NewPCG(1, 1))}
	for range 20 {
		f.Add([]byte(m.file()))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		odd := bytes.Count(in, []byte("<!")) != bytes.Count(in, []byte("<!--"))+bytes.Count(in, []byte("<![CDATA["))
		if odd || !bytes.HasPrefix(in, []byte("<tmx")) || bytes.ContainsRune(in, ':') {
			return // encodings, namespaces and declarations are not the oracle's
		}
		agrees(t, in)
	})
}
