package docx

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/tmtest"
)

// Documents made to take long. They need well under a second each; the limit
// only leaves room for a busy machine.
func TestRewrite_IsBounded(t *testing.T) {
	const limit = 30 * time.Second
	mark, again := `<w:bookmarkStart w:id="1" w:name="a"/>`, strings.Repeat
	tests := []struct{ name, body string }{
		{"codes dropped before many marks", `<w:p>` + text("a b") + again(`<w:r><w:tab/></w:r>`, 4_900) + again(mark, 50_000) + `</w:p>`},
		{"fields that never end", again(`<w:p>`+again(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 5_000)+text("x")+`</w:p>`, 10)},
		{"alternatives in an alternative", `<mc:AlternateContent><mc:Choice Requires="x">` + again(`<w:p>`+text("a")+`</w:p>`, 5_000) +
			again(`<mc:AlternateContent><mc:Choice><w:p/></mc:Choice><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent>`, 5_000) + `</mc:Choice></mc:AlternateContent>`},
		{"boxes in boxes", again(`<w:p>`+text("a")+`<w:r><w:pict><w:txbxContent>`, 60) + again(`</w:txbxContent></w:pict></w:r></w:p>`, 60)},
		{"properties without end", `<w:p><w:r><w:rPr>` + again(`<w:b/>`, 100_000) + `</w:rPr><w:t>x</w:t></w:r></w:p>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := stored(t, document(tt.body).zip(t))
			start := tmtest.CPU()
			err := Format{}.Rewrite(io.Discard, src, toPersian, func(b format.Block) (*tm.Content, error) {
				answer := tm.Plain(b.Content.Text)
				return &answer, nil
			})
			if took := tmtest.CPU() - start; err != nil || took > limit {
				t.Errorf("took %v (%v)", took, err)
			}
		})
	}
}

// stored returns the container without compression: these documents would pass
// for bombs otherwise.
func stored(t *testing.T, src []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		part, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(part, unzip(t, src, f.Name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
