package workbench_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/segment"
	"tarjoman/tm/workbench"
)

// seed reads a file of the seed article, which is not part of the project.
func seed(t *testing.T, name string) []byte {
	t.Helper()
	for dir := "."; ; dir = filepath.Join("..", dir) {
		data, err := os.ReadFile(filepath.Join(dir, "shared/data/seed", name))
		if err == nil {
			return data
		}
		if abs, _ := filepath.Abs(dir); abs == "/" {
			t.Skip("SKIPPED: shared/data/seed is not beside the project")
		}
	}
}

// TestSeedArticle does the job on a real article: its careful translation,
// which follows its glossary, must pass every check and the gate, sentence by
// sentence, and come out as it went in.
func TestSeedArticle(t *testing.T) {
	b := open(t)
	glossaries, err := b.Glossaries(b.ctx, b.manager, b.project.ID)
	b.must(err)
	terms, err := b.ImportGlossary(b.ctx, b.manager, b.project.ID, glossaries[0].ID, "glossary.tsv", seed(t, "glossary.tsv"))
	b.must(err)
	if terms.Added != 76 {
		t.Errorf("%d concepts added, want 76", terms.Added)
	}
	d := b.upload("news-article.en.txt", string(seed(t, "news-article.en.txt"))).Document.ID
	rows := b.rows(d)

	var sentences []string
	for line := range strings.Lines(string(seed(t, "translation.fa.txt"))) {
		sentences = append(sentences, segment.For(language.Persian).SplitText(line)...)
	}
	if len(sentences) != len(rows) {
		t.Fatalf("%d source segments, %d sentences in the translation", len(rows), len(sentences))
	}
	for i, r := range rows {
		r, err := rowOf(b, d, r.ID)
		b.must(err)
		saved := b.confirm(d, r, sentences[i])
		for _, issue := range saved.Issues {
			t.Errorf("false alarm %s in %q for %q", issue.Code, sentences[i], r.Source.Text)
		}
		if _, err := b.Approve(b.ctx, b.reviewer, d, r.ID, saved.Row.Revision, ""); err != nil {
			t.Errorf("approve %q: %v", sentences[i], err)
		}
	}
	out, err := b.Export(b.ctx, b.reviewer, d, workbench.ExportOptions{Kind: workbench.ExportDocument, ApprovedOnly: true})
	b.must(err)
	got, want := paragraphs(out.Data), paragraphs(seed(t, "translation.fa.txt"))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("export is not the translation (-want +got):\n%s", diff)
	}
}

// paragraphs are the lines of a text that are not blank: the translation has
// the paragraphs of the article but not its blank lines.
func paragraphs(text []byte) []string {
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' })
}

func rowOf(b *bench, d tm.DocumentID, id tm.SegmentID) (workbench.Row, error) {
	return b.db.Row(b.ctx, d, id)
}
