package workbench_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// analyse runs an analysis to its end and returns it.
func (b *bench) analyse(documents ...tm.DocumentID) workbench.Analysis {
	b.t.Helper()
	job, err := b.Analyse(b.ctx, b.translator, b.project.ID, documents)
	b.must(err)
	done, err := b.WaitJob(b.ctx, b.translator, b.project.ID, job.ID)
	b.must(err)
	if done.State != workbench.JobDone {
		b.t.Fatalf("analysis ended as %s: %v", done.State, done.Error)
	}
	list, err := b.Analyses(b.ctx, b.viewer, b.project.ID)
	b.must(err)
	return list[0]
}

// segments counts the segments of a document by band.
func segments(f workbench.Figures) map[string]int {
	counts := map[string]int{}
	for band, c := range f.Bands {
		counts[band] = c.Segments
	}
	return counts
}

func TestAnalyse_EverySegmentIsInOneBand(t *testing.T) {
	b := open(t)
	first := b.upload("first.txt", "The museum opens at nine.\n\nThe tram stops at the old bridge.\n\nEntry is free.\n")
	for _, r := range b.rows(first.Document.ID) {
		b.confirm(first.Document.ID, r, "ترجمهٔ آزمایشی.")
	}
	second := b.upload("second.txt", strings.Join([]string{
		"Dogs stay outside.", "The museum opens at nine.", "Entry is free.", // exact, elsewhere
		"The tram stops at the new bridge.",                                      // one word of eight differs
		"Snow fell on the hills all night.", "Snow fell on the hills all night.", // new, repeated
	}, "\n\n")+"\n")
	third := b.upload("third.txt", "Heavy rain begins tomorrow.\n\nSnow fell on the hills all night.\n")

	a := b.analyse(second.Document.ID, third.Document.ID)
	if diff := cmp.Diff(map[string]int{"new": 2, "exact": 2, "85": 1, "repetition": 1}, segments(a.Documents[0])); diff != "" {
		t.Errorf("second.txt: %s", diff)
	}
	if diff := cmp.Diff(map[string]int{"new": 1, "repetition_across": 1}, segments(a.Documents[1])); diff != "" {
		t.Errorf("third.txt: %s", diff)
	}
	sum := workbench.SumOf(workbench.TotalOf(a))
	if sum.Segments != 8 || sum.Words != 43 {
		t.Errorf("%d segments with %d words, want 8 with 43", sum.Segments, sum.Words)
	}
	if a.At.IsZero() || a.By != b.translator.Name || len(a.Memories) == 0 {
		t.Errorf("kept without date, name or memories: %+v", a)
	}
}

func TestAnalyse_AgreesWithTheEditor(t *testing.T) {
	b := open(t)
	first := b.upload("first.txt", "The tram stops at the old bridge.\n")
	b.confirm(first.Document.ID, b.rows(first.Document.ID)[0], "تراموا کنار پل قدیمی می‌ایستد.")
	second := b.upload("second.txt", "The tram stops at the new bridge.\n")
	row := b.rows(second.Document.ID)[0]
	help, err := b.Assist(b.ctx, b.translator, second.Document.ID, row.ID)
	b.must(err)
	a := b.analyse(second.Document.ID)
	if len(help.Matches) != 1 || help.Matches[0].Score != 87 || a.Documents[0].Bands["85"].Segments != 1 {
		t.Errorf("the editor offers %+v, the analysis says %v", help.Matches, a.Documents[0].Bands)
	}
}

func TestAnalyse_Refusals(t *testing.T) {
	b := open(t)
	made := b.upload("garden.txt", article)
	for name, c := range map[string]struct {
		actor     workbench.Actor
		documents []tm.DocumentID
		code      string
	}{
		"a viewer":                     {b.viewer, nil, "forbidden"},
		"no member":                    {b.nobody, nil, "not_found"},
		"a document that is not there": {b.manager, []tm.DocumentID{made.Document.ID, 999}, "not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Analyse(b.ctx, c.actor, b.project.ID, c.documents)
			b.wantCode(err, c.code)
		})
	}
	b.analyse()
	list, err := b.Analyses(b.ctx, b.manager, b.project.ID)
	b.must(err)
	b.wantCode(b.DeleteAnalysis(b.ctx, b.translator, b.project.ID, list[0].ID), "forbidden")
	b.must(b.DeleteAnalysis(b.ctx, b.manager, b.project.ID, list[0].ID))
	_, err = b.Analysis(b.ctx, b.manager, b.project.ID, list[0].ID)
	b.wantCode(err, "not_found")
}
