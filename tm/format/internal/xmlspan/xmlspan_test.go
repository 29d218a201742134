package xmlspan

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"tarjoman/tm"
)

func TestParse_Refuses(t *testing.T) {
	attrs := ""
	for i := range MaxAttrs + 1 {
		attrs += fmt.Sprintf(" a%d=''", i)
	}
	tests := []struct{ name, src, code string }{
		{"empty", "", "xml.malformed"},
		{"text only", "سلام", "xml.malformed"},
		{"open", "<a><b></b>", "xml.malformed"},
		{"crossed", "<a><b></a></b>", "xml.malformed"},
		{"end prefix differs", `<x:a xmlns:x="u" xmlns:y="u"></y:a>`, "xml.malformed"},
		{"unknown entity", "<a>&news;</a>", "xml.malformed"},
		{"control character", "<a>\x01</a>", "xml.malformed"},
		{"bad UTF-8", "<a>\xff</a>", "xml.malformed"},
		{"text after root", "<a/>x", "xml.malformed"},
		{"internal subset", `<!DOCTYPE a [<!ENTITY x "y">]><a/>`, "xml.doctype"},
		{"entity outside", `<!ENTITY x "y"><a/>`, "xml.doctype"},
		{"late doctype", `<a><!DOCTYPE a SYSTEM "x"></a>`, "xml.doctype"},
		{"deep", strings.Repeat("<a>", MaxDepth+1) + strings.Repeat("</a>", MaxDepth+1), "xml.too_deep"},
		{"many attributes", "<a" + attrs + "/>", "xml.too_large"},
		{"attribute twice", `<a x="1" x="2"/>`, "xml.duplicate_attribute"},
		{"attribute twice by namespace", `<a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>`, "xml.duplicate_attribute"},
		{"undeclared prefix", "<w:p/>", "xml.undeclared_prefix"},
		{"undeclared attribute prefix", "<p w:x='1'/>", "xml.undeclared_prefix"},
		{"prefix out of scope", `<a><b xmlns:w="u"/><w:p/></a>`, "xml.undeclared_prefix"},
		{"two roots", "<a/><b/>", "xml.two_roots"},
		{"lone surrogate", "<a>&#xD800;</a>", "xml.bad_character"},
		{"surrogate in attribute", `<a x="&#57343;"/>`, "xml.bad_character"},
		{"null reference", `<a>&#0;</a>`, "xml.malformed"},
		{"encoding", `<?xml version="1.0" encoding="windows-1256"?><a/>`, "xml.encoding"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.src))
			if got := tm.CodeOf(err); got != tt.code && !(tt.code == "xml.malformed" && got == "xml.bad_character") {
				t.Errorf("Parse gives %v, want code %s", err, tt.code)
			}
		})
	}
}

func TestParse_SaysTheLine(t *testing.T) {
	_, err := Parse([]byte("<a>\n<b/>\n<c x='1' x='2'/></a>"))
	if e, ok := err.(*tm.Error); !ok || e.Args["line"] != 3 {
		t.Errorf("got %v, want line 3", err)
	}
}

func TestParse_SkipsTheSubsetOutside(t *testing.T) {
	if _, err := Parse([]byte(`<!DOCTYPE html PUBLIC "-//x" "http://localhost/x.dtd"><html/>`)); err != nil {
		t.Error(err)
	}
}

const letter = "\uFEFF<?xml version='1.0' encoding='utf-8'?>\r\n<l:letter xmlns:l='urn:l' xmlns='urn:d' l:id = \"1&amp;2\" id='a\tb'>" +
	"<!-- c --><p>سلام &lt;دنیا&#33;</p><l:p/><![CDATA[<x>]]></l:letter>\n"

func TestNode(t *testing.T) {
	d, err := Parse([]byte(letter))
	if err != nil {
		t.Fatal(err)
	}
	root := d.Root
	if !root.Is("urn:l", "letter") || root.Prefix() != "l" || root.First.Prefix() != "" {
		t.Errorf("root is %v with prefix %q", root.Name, root.Prefix())
	}
	if v, _ := root.Attr("urn:l", "id"); v != "1&2" {
		t.Errorf("l:id is %q", v)
	}
	if v, _ := root.Attr("", "id"); v != "a b" {
		t.Errorf("id is %q", v)
	}
	p := root.Child("urn:d", "p")
	if p.Text() != "سلام <دنیا!" || string(p.Bytes()) != "<p>سلام &lt;دنیا&#33;</p>" {
		t.Errorf("p is %q, %s", p.Text(), p.Bytes())
	}
	empty := root.Child("urn:l", "p")
	if string(empty.Bytes()) != "<l:p/>" || empty.CloseStart != empty.End {
		t.Errorf("the empty element is %s", empty.Bytes())
	}
	if root.Text() != "سلام <دنیا!<x>" {
		t.Errorf("all text is %q", root.Text())
	}
	if prefix, ok := p.PrefixFor("urn:l"); prefix != "l" || !ok {
		t.Errorf("prefix of urn:l is %q", prefix)
	}
	if prefix, ok := p.PrefixFor("urn:d"); ok {
		t.Errorf("urn:d has no prefix, got %q", prefix)
	}
	if !p.First.Within("urn:l", "letter") || p.Within("urn:d", "p") {
		t.Error("Within looks at ancestors only")
	}
}

func TestParse_UTF16(t *testing.T) {
	text := "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>سلام 😀</a>"
	for _, order := range []string{"\xFE\xFF", "\xFF\xFE"} {
		src := []byte(order)
		for _, u := range utf16.Encode([]rune(text)) {
			if order[0] == 0xFE {
				src = append(src, byte(u>>8), byte(u))
			} else {
				src = append(src, byte(u), byte(u>>8))
			}
		}
		d, err := Parse(src)
		if err != nil || d.Root.Text() != "سلام 😀" || !strings.Contains(string(d.Src), `encoding="UTF-8"`) {
			t.Errorf("order % x: %v", order, err)
		}
	}
}

func TestEscape(t *testing.T) {
	got, err := Escape("a<b> & \"c\"\n\td\rمی\u200cروم")
	if want := "a&lt;b&gt; &amp; &quot;c&quot;&#10;&#9;d&#13;می\u200cروم"; got != want || err != nil {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
	for _, bad := range []string{"a\x0bb", "\x00", "\uFFFE", "\xff", "a\xed\xa0\x80"} {
		if _, err := Escape(bad); tm.CodeOf(err) != "xml.bad_character" {
			t.Errorf("%q gives %v", bad, err)
		}
	}
	if _, err := Escape("\uFFFD"); err != nil {
		t.Errorf("U+FFFD itself is a character: %v", err)
	}
}

func TestEdits(t *testing.T) {
	src := "0123456789"
	tests := []struct {
		name string
		make func(*Edits)
		want string
	}{
		{"none", func(*Edits) {}, src},
		{"replace", func(e *Edits) { e.Replace(2, 4, Raw("ab")) }, "01ab456789"},
		{"insert in order", func(e *Edits) { e.Replace(0, 0, Raw("a")); e.Replace(0, 0, Raw("b")); e.Replace(10, 10, Raw("c")) }, "ab0123456789c"},
		{"insert before a cut", func(e *Edits) { e.Replace(3, 5); e.Replace(3, 3, Raw("x")) }, "012x56789"},
		{"inner kept", func(e *Edits) {
			e.Replace(4, 5, Raw("x"))
			e.Replace(2, 8, Raw("["), Span(3, 6), Raw("]"))
		}, "01[3x5]89"},
		{"inner dropped", func(e *Edits) { e.Replace(4, 5, Raw("x")); e.Replace(2, 8, Span(6, 7)) }, "01689"},
		{"moved", func(e *Edits) { e.Replace(3, 4, Raw("x")); e.Replace(2, 8, Span(5, 8), Span(2, 5)) }, "015672x489"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var e Edits
			tt.make(&e)
			if got, err := e.Apply([]byte(src)); string(got) != tt.want || err != nil {
				t.Errorf("got %q (%v), want %q", got, err, tt.want)
			}
		})
	}
	var e Edits
	e.Replace(2, 5)
	e.Replace(4, 8)
	if _, err := e.Apply([]byte(src)); err == nil {
		t.Error("crossing edits must fail")
	}
}

// Every node's bytes are where they say: parsed alone under its own
// declarations or glued together, the document is the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte(letter))
	f.Add([]byte("<a x='&#65;'><![CDATA[]]>t<b/></a>"))
	f.Add([]byte("\xff\xfe<\x00a\x00/\x00>\x00"))
	f.Add([]byte("<?xml version='1.0'?><!DOCTYPE a SYSTEM 'b'><a:a xmlns:a='c'><a:b></a:b></a:a>"))
	f.Fuzz(func(t *testing.T, src []byte) {
		d, err := Parse(src)
		if err != nil {
			if tm.CodeOf(err) == "" {
				t.Fatalf("not a *tm.Error: %v", err)
			}
			return
		}
		check(t, d, d.Root)
		var e Edits
		e.Replace(d.Root.Start, d.Root.End, Span(d.Root.Start, d.Root.End))
		if got, err := e.Apply(d.Src); err != nil || !bytes.Equal(got, d.Src) {
			t.Errorf("copying the root changes the document: %v", err)
		}
	})
}

func check(t *testing.T, d *Doc, n *Node) {
	if n.IsText() {
		n.Text()
		return
	}
	if d.Src[n.Start] != '<' || d.Src[n.OpenEnd-1] != '>' || d.Src[n.End-1] != '>' {
		t.Fatalf("%v is not at %d..%d", n.Name, n.Start, n.End)
	}
	for a := range n.Attrs() {
		if q := d.Src[a.From-1]; d.Src[a.To] != q || q != '"' && q != '\'' {
			t.Fatalf("attribute %v is not at %d..%d", a.Name, a.From, a.To)
		}
	}
	at := n.OpenEnd
	for c := range n.Children() {
		if c.Start < at || c.End > n.CloseStart {
			t.Fatalf("%v lies outside its parent", c.Name)
		}
		at = c.End
		check(t, d, c)
	}
}
