package workbench_test

import (
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// counts waits until the first segment of a document is listed with so many
// errors.
func (b *bench) counts(d tm.DocumentID, errors int) workbench.Row {
	b.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		row := b.rows(d)[0]
		if row.Errors == errors {
			return row
		}
		if time.Now().After(end) {
			b.t.Fatalf("%d errors, want %d", row.Errors, errors)
		}
	}
}

func TestRecount_FollowsTheRules(t *testing.T) {
	b := open(t)
	d := b.upload("garden.txt", "Laleh Irani opened the garden.\n").Document.ID
	before := b.confirm(d, b.rows(d)[0], "لاله ایرانیان باغ را گشود.").Row
	if before.Errors != 0 {
		t.Fatalf("%d errors without a glossary", before.Errors)
	}
	_, seq, err := b.Segments(b.ctx, b.viewer, d, -1)
	b.must(err)

	b.addTerm("Laleh Irani", "لاله ایرانی", "لاله ایرانیان", tm.Person)
	after := b.counts(d, 1)
	if after.Revision != before.Revision || after.State != before.State || !after.Target.Equal(before.Target) {
		t.Errorf("the segment is another one: %+v", after)
	}
	changed, _, err := b.Segments(b.ctx, b.viewer, d, seq)
	b.must(err)
	if len(changed) != 1 {
		t.Errorf("open editors are told of %d segments, want 1", len(changed))
	}

	settings := b.project.Settings
	settings.Terms = map[tm.TermType]string{tm.Person: "off"}
	b.must(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings))
	b.counts(d, 0)
	b.must(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", b.project.Settings))
	b.counts(d, 1)

	glossaries, err := b.Glossaries(b.ctx, b.manager, b.project.ID)
	b.must(err)
	b.must(b.DeleteGlossary(b.ctx, b.manager, b.project.ID, glossaries[0].ID))
	b.counts(d, 0)
	b.must(b.RestoreGlossary(b.ctx, b.manager, b.project.ID, glossaries[0].ID))
	b.counts(d, 1)
}

func TestRecount_FollowsTheDate(t *testing.T) {
	b := open(t)
	d := b.upload("hall.txt", "The town hall was open.\n").Document.ID
	b.must(b.DateDocument(b.ctx, b.manager, d, time.Date(2020, 5, 1, 0, 0, 0, 0, time.UTC)))
	b.confirm(d, b.rows(d)[0], "خانهٔ شهر باز بود.")
	glossaries, err := b.Glossaries(b.ctx, b.manager, b.project.ID)
	b.must(err)
	_, err = b.SaveConcept(b.ctx, b.manager, b.project.ID, tm.Concept{Glossary: glossaries[0].ID, Type: tm.Organization, Terms: []tm.Term{
		{Lang: language.English, Text: "town hall", Status: tm.Preferred},
		{Lang: language.Persian, Text: "شهرداری", Status: tm.Preferred, From: time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Lang: language.Persian, Text: "خانهٔ شهر", Status: tm.Preferred, Until: time.Date(2022, 12, 31, 0, 0, 0, 0, time.UTC)},
	}})
	b.must(err)
	b.must(b.DateDocument(b.ctx, b.manager, d, time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)))
	b.counts(d, 1)
	b.must(b.DateDocument(b.ctx, b.manager, d, time.Date(2021, 5, 1, 0, 0, 0, 0, time.UTC)))
	b.counts(d, 0)
}
