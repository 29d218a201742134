package docx

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tarjoman/tm"
	"tarjoman/tm/format"
	"tarjoman/tm/format/formattest"
)

// TestLibreOffice has an office suite open translated documents: they must
// convert, and every translated paragraph must run from right to left.
func TestLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("SKIPPED: no LibreOffice (soffice) here, so nobody else has opened our documents")
	}
	dir := t.TempDir()
	docs := map[string][]byte{"own": paragraphs(text("One")+complexField("PAGE", text("1")), toc, text("Two")+textBox("Box")).zip(t)}
	if shared := formattest.SharedData(t, "documents/office-en"); shared != "" {
		if docs["real"], err = os.ReadFile(filepath.Join(shared, "handbook-sect.automatic-upgrades.docx")); err != nil {
			t.Fatal(err)
		}
	}
	for name, src := range docs {
		t.Run(name, func(t *testing.T) { opensRightToLeft(t, office, dir, name, src) })
	}
}

func opensRightToLeft(t *testing.T, office, dir, name string, src []byte) {
	in := filepath.Join(dir, name+".docx")
	file, err := os.Create(in)
	if err != nil {
		t.Fatal(err)
	}
	words := 0
	err = Format{}.Rewrite(file, src, toPersian, func(b format.Block) (*tm.Content, error) {
		words++
		answer := b.Content
		answer.Text = "سلام\u200cها"
		answer.Codes = nil
		return &answer, nil
	})
	if err = errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "odt", "--outdir", dir, in)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	odt, err := zip.OpenReader(filepath.Join(dir, name+".odt"))
	if err != nil {
		t.Fatal(err)
	}
	defer odt.Close()
	content := member(t, odt, "content.xml")
	styles := rightToLeftStyles(content)
	found := 0
	for _, m := range regexp.MustCompile(`<text:(?:p|h) text:style-name="([^"]*)"[^>/]*>([^§]*?)</text:(?:p|h)>`).FindAllStringSubmatch(content, -1) {
		if !strings.Contains(m[2], "سلام\u200cها") {
			continue
		}
		if found++; !styles[m[1]] {
			t.Errorf("paragraph of style %s does not run from right to left: %s", m[1], m[2])
		}
	}
	if found == 0 || found > words {
		t.Errorf("%d paragraphs of %d found again", found, words)
	}
}

// rightToLeftStyles returns the automatic styles that set the direction.
func rightToLeftStyles(content string) map[string]bool {
	out := map[string]bool{}
	for s := range strings.SplitSeq(content, "<style:style ") {
		name, _, _ := strings.Cut(strings.TrimPrefix(s, `style:name="`), `"`)
		s, _, _ = strings.Cut(s, "</style:style>")
		out[name] = strings.Contains(s, `style:writing-mode="rl-tb"`)
	}
	return out
}

func member(t *testing.T, z *zip.ReadCloser, name string) string {
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
