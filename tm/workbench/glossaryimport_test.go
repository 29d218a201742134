package workbench_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

// plan previews a table of terms with its choices.
func (b *bench) plan(table string, choices workbench.ImportChoices) workbench.GlossaryImport {
	b.t.Helper()
	plan, err := b.PlanGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), "terms.tsv", []byte(table), choices)
	b.must(err)
	return plan
}

func kinds(plan workbench.GlossaryImport) []string {
	var list []string
	for _, i := range plan.Items {
		list = append(list, fmt.Sprintf("%s %s %s", i.Theirs.Terms[0].Text, i.Kind, i.Choice))
	}
	return list
}

const table = "source\ttarget\ttarget_variants\tforbidden\n" +
	"bridge\tپل\t\t\n" + // as it is
	"river\tرود\tرودخانه\t\n" + // a variant more
	"dam\tبند\t\t\n" + // the glossary says سد
	"garden\tباغ\t\t\n" + // new
	"garden\tباغ\tبوستان\t\n" + // again, with a variant
	"bank\tبانک\t\t\n" +
	"bank\tکرانه\t\t\n" // another meaning

func fillRivers(b *bench) (river, dam tm.Concept) {
	b.concept("bridge", "پل")
	river = b.pairOf("river", "رود")
	river.Note, river.Terms[1].Source = "در متن‌های جغرافیا", "فرهنگ"
	river, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, river)
	b.must(err)
	return river, b.concept("dam", "سد")
}

func TestImport_PreviewTellsKindsApart(t *testing.T) {
	b := open(t)
	fillRivers(b)
	plan := b.plan(table, workbench.ImportChoices{})
	want := []string{"river changed ", "dam conflict ours", "garden added ", "garden duplicate ", "bank added ", "bank conflict apart"}
	if diff := cmp.Diff(want, kinds(plan)); diff != "" {
		t.Error(diff)
	}
	if plan.Same != 1 || plan.Changed != 1 || plan.Added != 3 || plan.Conflicts != 2 || plan.Duplicates != 1 {
		t.Errorf("counts: %+v", plan)
	}
	if _, total, _ := b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Limit: 9}); total != 3 {
		t.Errorf("the preview has written: %d concepts", total)
	}
	_, err := b.PreviewGlossary(b.ctx, b.translator, b.project.ID, b.glossary(), "terms.tsv", []byte(table))
	b.wantCode(err, "forbidden")
}

func TestImport_ConflictsAsChosen(t *testing.T) {
	tests := map[workbench.ImportChoice]struct {
		dam  []string
		bank int
	}{
		workbench.KeepOurs:   {[]string{"dam preferred", "سد preferred"}, 1},
		workbench.TakeTheirs: {[]string{"dam preferred", "بند preferred"}, 1},
		workbench.KeepBoth:   {[]string{"dam preferred", "سد preferred", "بند admitted"}, 1},
		workbench.KeepApart:  {[]string{"dam preferred", "سد preferred"}, 2},
	}
	for choice, test := range tests {
		t.Run(string(choice), func(t *testing.T) {
			b := open(t)
			river, dam := fillRivers(b)
			made, err := b.ResolveGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), "terms.tsv", []byte(table), workbench.ImportChoices{Rest: choice})
			b.must(err)
			if diff := cmp.Diff(test.dam, terms(b.read(dam.ID))); diff != "" {
				t.Error(diff)
			}
			got := b.read(river.ID)
			if diff := cmp.Diff([]string{"river preferred", "رود preferred", "رودخانه admitted"}, terms(got)); diff != "" {
				t.Error(diff)
			}
			if got.Note == "" || got.Terms[1].Source == "" || got.Type != tm.Person {
				t.Errorf("the import lost what a table cannot say: %+v", got)
			}
			for name, want := range map[string]int{"bank": test.bank, "بوستان": 1} {
				if _, n, _ := b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Text: name, Limit: 9}); n != want {
					t.Errorf("%d concepts with %s, want %d", n, name, want)
				}
			}
			b.must(b.UndoGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), made.Change))
			if diff := cmp.Diff([]string{"river preferred", "رود preferred"}, terms(b.read(river.ID))); diff != "" {
				t.Errorf("taken back: %s", diff)
			}
			if _, total, _ := b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Limit: 9}); total != 3 {
				t.Errorf("%d concepts after undo", total)
			}
		})
	}
}

func TestImport_OneChoiceEach(t *testing.T) {
	b := open(t)
	_, dam := fillRivers(b)
	plan := b.plan(table, workbench.ImportChoices{})
	choices := workbench.ImportChoices{Each: map[int]workbench.ImportChoice{}, Rest: workbench.KeepOurs}
	for _, i := range plan.Items {
		if i.Ours.ID == dam.ID {
			choices.Each[i.Index] = workbench.TakeTheirs
		}
	}
	if diff := cmp.Diff("dam conflict theirs", kinds(b.plan(table, choices))[1]); diff != "" {
		t.Error(diff)
	}
}

// A table that was exported and comes back changes nothing.
func TestImport_OwnExportIsTheSame(t *testing.T) {
	b := open(t)
	fillRivers(b)
	c := b.pairOf("Hamid Noury", "حمید نوری")
	c.Terms = append(c.Terms, tm.Term{Lang: language.Persian, Text: "حمید عباسی", Status: tm.ForbiddenTerm},
		tm.Term{Lang: language.Persian, Text: "نوری", Status: tm.Proposed})
	c.Domain, c.Keep = "عدالت", true
	_, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, c)
	b.must(err)
	var out strings.Builder
	b.must(b.ExportGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), "tsv", &out))
	if plan := b.plan(out.String(), workbench.ImportChoices{}); len(plan.Items) != 0 || plan.Same != 4 {
		t.Errorf("plan: %+v", plan)
	}
}

func TestImport_LargeAndAllOrNothing(t *testing.T) {
	b := open(t)
	var large strings.Builder
	large.WriteString("source\ttarget\n")
	for i := range 3000 {
		fmt.Fprintf(&large, "term number %d\tاصطلاح شمارهٔ %d\n", i, i)
	}
	made, err := b.ImportGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), "large.tsv", []byte(large.String()))
	b.must(err)
	if made.Added != 3000 {
		t.Errorf("%d added", made.Added)
	}
	list, total, err := b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Text: "number 2999", Limit: 9})
	if err != nil || total != 1 || list[0].Terms[0].Text != "term number 2999" {
		t.Errorf("found %d, %v", total, err)
	}
}

// A crash in the middle of an import leaves the glossary as it was: what was
// added is gone, what was changed is back.
func TestImport_ACrashLeavesNothing(t *testing.T) {
	b := open(t)
	c := b.concept("bridge", "پل")
	err := b.db.Update(b.ctx, func(tx *store.Tx) error {
		change, err := tx.AddGlossaryChange(b.ctx, store.GlossaryChange{Glossary: c.Glossary, Kind: "import"}, false)
		if err != nil {
			return err
		}
		step := store.Step{Action: "import", Change: change}
		changed := c
		changed.Note = "half of an import"
		if _, err := tx.PutConcept(b.ctx, changed, step); err != nil {
			return err
		}
		added := c
		added.ID = 0
		return tx.AddPending(b.ctx, added, step)
	})
	b.must(err)
	again, err := workbench.Open(b.ctx, workbench.Config{DB: b.db})
	b.must(err)
	t.Cleanup(again.Close)
	if got := b.read(c.ID); got.Note != "" {
		t.Errorf("what was changed is not back: %+v", got)
	}
	if _, total, _ := b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Limit: 9}); total != 1 {
		t.Errorf("%d concepts", total)
	}
}
