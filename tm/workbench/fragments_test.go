package workbench_test

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm/workbench"
)

const hungerStrikes = "Prisoners began a hunger strike.\tزندانیان دست به اعتصاب غذا زدند.\n" +
	"Her hunger strike lasted a month.\tاعتصاب غذای او یک ماه طول کشید.\n" +
	"The hunger strike ended on Monday.\tاعتصاب غذا روز دوشنبه پایان یافت.\n" +
	"Families supported the hunger strike.\tخانواده‌ها از اعتصاب غذا پشتیبانی کردند.\n" +
	"The bridge was closed on Monday.\tپل روز دوشنبه بسته شد.\n" +
	"Families gathered.\tخانواده‌ها گرد آمدند.\n"

// strikes is a project whose memory has heard of strikes.
func strikes(t *testing.T) *bench {
	b := open(t)
	memories, err := b.Memories(b.ctx, b.manager, b.project.ID)
	b.must(err)
	job, err := b.ImportMemory(b.ctx, b.manager, b.project.ID, memories[0].ID, "pairs.tsv", int64(len(hungerStrikes)), io.NopCloser(strings.NewReader(hungerStrikes)))
	b.must(err)
	_, err = b.WaitJob(b.ctx, b.manager, b.project.ID, job.ID)
	b.must(err)
	return b
}

func TestFragments(t *testing.T) {
	d := strikes(t)
	document := d.upload("strike.txt", "Teachers in nine towns announced another hunger strike.").Document.ID
	segment := d.rows(document)[0].ID
	row, list, err := d.Fragments(d.ctx, d.viewer, document, segment)
	d.must(err)
	var got []string
	for _, f := range list {
		got = append(got, row.Source.Text[f.From:f.To], f.Translations[0].Text, f.Memories[0])
	}
	memories, err := d.Memories(d.ctx, d.manager, d.project.ID)
	d.must(err)
	if diff := cmp.Diff([]string{"hunger strike", "اعتصاب غذا", memories[0].Name}, got); diff != "" {
		t.Error(diff)
	}
	if _, _, err := d.Fragments(d.ctx, workbench.Actor{}, document, segment); err == nil {
		t.Error("somebody unknown reads the memories")
	}
}

// TestFragments_NotFromItself leaves out what the segment gave to the memory.
func TestFragments_NotFromItself(t *testing.T) {
	d := strikes(t)
	document := d.upload("strike.txt", "Teachers in nine towns announced another hunger strike.").Document.ID
	row := d.rows(document)[0]
	d.confirm(document, row, "آموزگاران نه شهر از اعتصاب غذایی دیگر خبر دادند.")
	_, list, err := d.Fragments(d.ctx, d.viewer, document, row.ID)
	d.must(err)
	if len(list) != 1 || list[0].Source != "hunger strike" || list[0].Count != 4 {
		t.Errorf("fragments %+v", list)
	}
}
