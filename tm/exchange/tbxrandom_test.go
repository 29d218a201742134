package exchange

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// xmlMaker makes files as no tool writes them: everything TBX allows, and more,
// at any place and any number of times.
type xmlMaker struct {
	maker
	b strings.Builder
}

func (m *xmlMaker) f(format string, args ...any) { fmt.Fprintf(&m.b, format, args...) }

func (m *xmlMaker) chars() string {
	s := string(appendXML(nil, m.maybe(), true))
	switch m.IntN(6) {
	case 0:
		return s + "<hi type=\"bold\">" + s + "</hi>"
	case 1:
		return "\n   " + s + "\n"
	case 2:
		return "<hi> " + s + "</hi> <foreign xml:lang=\"de\">wo</foreign>"
	}
	return s
}

func (m *xmlMaker) attrs() string {
	switch m.IntN(12) {
	case 0:
		return ` xml:space="preserve"`
	case 1:
		return ` id="` + m.pick("i1", "i2", "i3") + `"`
	case 2:
		return ` xml:lang="fa"`
	}
	return ""
}

func (m *xmlMaker) item(depth int) {
	kinds := []string{"subjectField", "definition", "context", "source", "termType", "administrativeStatus", "partOfSpeech", "usageNote", "mine", "customerSubset", "tbx:a", "crossReference"}
	name := m.pick("descrip", "admin", "note", "termNote", "ref", "xref", "bogus", "date", "xml", "field", "descripGrp", "adminGrp", "transacGrp", "termNoteGrp")
	if strings.HasSuffix(name, "Grp") && depth < 3 {
		m.f("<%s%s>\n", name, m.attrs())
		for range m.IntN(4) {
			m.item(depth + 1)
		}
		m.f("</%s>", name)
		return
	}
	switch m.IntN(8) {
	case 0:
		m.f("<note>x-tarjoman:%s:%s=%s</note>", m.pick("field", "descrip", "attr", "see", "xml", "form", "note"), m.pick("", "key", "type", "keep", "status", "case", "from", "note", "conceptEntry:id", "c1"),
			m.pick("person", "yes", "proposed", "exact", "2020-01-02", "c1", "&lt;note a=&quot;b&quot;/&gt;", "&lt;descripGrp&gt;&lt;descrip type=&quot;definition&quot;&gt;x&lt;/descrip&gt;&lt;/descripGrp&gt;"))
	case 1:
		m.f(`<termNote type="administrativeStatus">%s</termNote>`, m.pick("preferredTerm", "supersededTerm-admn-sts", "preferredTerm-admn-sts", "weird", "deprecatedTerm-admn-sts"))
	case 2:
		m.f(`<ref type="crossReference" target="%s">%s</ref>`, m.pick("c1", "c2", "nobody", "a b", "tarjoman-1", ""), m.pick("", "c1", "text", "tarjoman-2"))
	case 3:
		m.f("<note%s>%s</note>", m.attrs(), m.chars())
	case 4:
		m.f(`<min:%s%s>%s</min:%s>`, "partOfSpeech", m.attrs(), m.chars(), "partOfSpeech")
	default:
		m.f(`<%s type="%s"%s>%s</%s>`, name, m.pick(kinds...), m.attrs(), m.chars(), name)
	}
}

func (m *xmlMaker) items(n int) {
	for range m.IntN(n) {
		m.item(0)
	}
}

func (m *xmlMaker) entry() string {
	m.b.Reset()
	m.f("<conceptEntry id=%q%s>", m.pick("c1", "c2", "tarjoman-1", "", "x"), m.pick("", ` xml:lang="en"`))
	m.items(7)
	for range 1 + m.IntN(4) {
		m.f(`<langSet xml:lang="%s"%s>`, m.pick("en", "fa", "EN", "de", "zh-Hant"), m.pick("", ` id="l1"`))
		m.items(4)
		for range m.IntN(3) {
			m.f("<ntig%s><termGrp%s>", m.attrs(), m.pick("", ` id="g"`))
			m.items(2)
			m.f("<term%s>%s</term>", m.attrs(), m.pick("court", "H<hi>2</hi>O", "دادگاه", " a  b ", "<hi/>"))
			m.items(6)
			m.f("</termGrp>")
			m.items(5)
			m.f("</ntig>")
		}
		m.f("</langSet>")
	}
	m.f("</conceptEntry>\n")
	return m.b.String()
}

func TestTBX_RandomFilesComeBack(t *testing.T) {
	read := 0
	for seed := range uint64(150) {
		m := xmlMaker{maker: maker{rand.New(rand.NewPCG(seed, 7))}}
		var body strings.Builder
		for range 1 + m.IntN(3) {
			body.WriteString(m.entry())
		}
		concepts, _, _, err := ReadTBX(strings.NewReader(entries(body.String())))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		read += len(concepts)
		checkReturn(t, concepts)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if read < 100 {
		t.Errorf("only %d concepts", read)
	}
}
