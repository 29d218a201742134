package docx

import (
	"testing"
	"testing/fstest"

	"tarjoman/tm/format/formattest"
)

// samples are small documents that together have everything we know about.
func samples(t testing.TB) fstest.MapFS {
	fs := fstest.MapFS{}
	for name, f := range map[string]fixture{
		"plain":      paragraphs(text("The court met on Monday."), text("It rose at 5."), `<w:pPr/>`+text("No verdict.")),
		"formatting": paragraphs(text("The ") + styled("<w:b/>", "high court") + text(" met ") + styled("<w:i/><w:u w:val='single'/>", "today") + text(".")),
		"codes": paragraphs(
			text("One")+`<w:r><w:tab/><w:t>two</w:t><w:br/></w:r>`+text("three")+`<w:r><w:footnoteReference w:id="1"/></w:r>`,
			`<w:bookmarkStart w:id="1" w:name="a"/>`+text("Some ")+`<w:bookmarkEnd w:id="1"/>`+
				`<w:hyperlink r:id="rId5">`+styled(`<w:rStyle w:val="Hyperlink"/>`, "full report")+`</w:hyperlink>`+text(" here.")),
		"table":  document(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tr><w:tc><w:p>` + text("City") + `</w:p></w:tc><w:tc><w:p>` + text("10") + `</w:p></w:tc></w:tr></w:tbl><w:p/>`),
		"fields": paragraphs(complexField("PAGE", text("7"))+text(" of ")+complexField(` HYPERLINK "https://example.org" `, text("many pages")), toc),
		"boxes":  document(`<w:p>` + text("Beside a box") + textBox("Inside the box") + `</w:p>`),
	} {
		fs[name+".docx"] = &fstest.MapFile{Data: f.zip(t)}
	}
	return fs
}

// complexField is a complex field.
func complexField(instr, result string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">` + instr +
		`</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + result + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// toc is the inside of paragraphs that hold a table of contents.
const toc = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r>` +
	`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Introduction</w:t></w:r></w:p>` +
	`<w:p><w:r><w:t>Methods</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r>`

// textBox is a run with a text box as Word writes it: once for new versions, once
// for old ones.
func textBox(s string) string {
	box := `<w:txbxContent><w:p>` + text(s) + `</w:p></w:txbxContent>`
	return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="1" name="Box" descr="A box with words"/>` + box +
		`</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape alt="A box with words">` + box + `</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
}

func TestLaws(t *testing.T) { formattest.Run(t, Format{}, samples(t)) }

func TestLaws_RealDocuments(t *testing.T) {
	for _, dir := range []string{"documents/office-en", "documents/office-fa"} {
		t.Run(dir, func(t *testing.T) { formattest.RunReal(t, Format{}, dir) })
	}
}

func FuzzFormat(f *testing.F) { formattest.Fuzz(f, Format{}, samples(f)) }
