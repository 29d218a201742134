package workbench_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

func (b *bench) glossary() tm.GlossaryID {
	b.t.Helper()
	list, err := b.Glossaries(b.ctx, b.manager, b.project.ID)
	b.must(err)
	return list[0].ID
}

// pairOf is a concept with one preferred term in each language.
func (b *bench) pairOf(english, persian string) tm.Concept {
	return tm.Concept{Glossary: b.glossary(), Type: tm.Person, Terms: []tm.Term{
		{Lang: language.English, Text: english, Status: tm.Preferred, Case: tm.CaseAuto},
		{Lang: language.Persian, Text: persian, Status: tm.Preferred, Case: tm.CaseAuto},
	}}
}

func (b *bench) concept(english, persian string) tm.Concept {
	b.t.Helper()
	c, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, b.pairOf(english, persian))
	b.must(err)
	return c
}

// terms writes the terms of a concept as "text status", in order.
func terms(c tm.Concept) []string {
	var list []string
	for _, t := range c.Terms {
		list = append(list, t.Text+" "+string(t.Status))
	}
	return list
}

func (b *bench) read(id tm.ConceptID) tm.Concept {
	b.t.Helper()
	c, err := b.Concept(b.ctx, b.viewer, b.project.ID, id)
	b.must(err)
	return c
}

func TestConcept_HistoryAndFormerVersion(t *testing.T) {
	b := open(t)
	c := b.concept("Hamid Noury", "حمید نوری")
	changed := c
	changed.Note = "در نخستین اشاره با نام کامل"
	changed.Terms = append(slices.Clone(c.Terms), tm.Term{Lang: language.Persian, Text: "حمید عباسی", Status: tm.ForbiddenTerm})
	_, err := b.ChangeConcept(b.ctx, b.reviewer, b.project.ID, changed, 1)
	b.must(err)
	_, err = b.ChangeConcept(b.ctx, b.manager, b.project.ID, c, 1)
	b.wantCode(err, "concept.stale")
	if _, err = b.SaveConcept(b.ctx, b.reviewer, b.project.ID, changed); err != nil {
		t.Fatal(err)
	}
	history, err := b.ConceptHistory(b.ctx, b.viewer, b.project.ID, c.ID)
	b.must(err)
	if len(history) != 2 || history[0].Action != "change" || history[1].Action != "add" || history[0].Account != b.reviewer.Account {
		t.Fatalf("history: %+v; saving what is there already is no version", history)
	}
	want := []workbench.ConceptChange{
		{Field: "note", After: "در نخستین اشاره با نام کامل"},
		{Field: "term", Lang: language.Persian, After: "حمید عباسی"},
		{Field: "term.status", Lang: language.Persian, Term: "حمید عباسی", After: "forbidden"},
	}
	if diff := cmp.Diff(want, history[0].Changes, cmp.Comparer(func(a, b language.Tag) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
	b.must(b.RestoreConceptVersion(b.ctx, b.reviewer, b.project.ID, c.ID, 1))
	if got := b.read(c.ID); got.Note != "" || len(got.Terms) != 2 {
		t.Errorf("restored: %+v", got)
	}
	b.wantCode(b.RestoreConceptVersion(b.ctx, b.translator, b.project.ID, c.ID, 2), "forbidden")
}

func TestConcept_FieldsAreChecked(t *testing.T) {
	b := open(t)
	day := func(d int) time.Time { return time.Date(2024, 5, d, 0, 0, 0, 0, time.UTC) }
	tests := map[string]struct {
		change func(*tm.Concept)
		want   string
	}{
		"no term":                  {func(c *tm.Concept) { c.Terms = nil }, "concept.empty"},
		"forbidden terms only":     {func(c *tm.Concept) { c.Terms = c.Terms[:1]; c.Terms[0].Status = tm.ForbiddenTerm }, "concept.empty"},
		"a line break":             {func(c *tm.Concept) { c.Terms[0].Text = "a\nb" }, "term.malformed"},
		"a status we do not have":  {func(c *tm.Concept) { c.Terms[0].Status = "fine" }, "term.status"},
		"a case we do not have":    {func(c *tm.Concept) { c.Terms[0].Case = "upper" }, "term.case"},
		"ends before it begins":    {func(c *tm.Concept) { c.Terms[1].From, c.Terms[1].Until = day(9), day(3) }, "term.dates"},
		"the same term twice":      {func(c *tm.Concept) { c.Terms = append(c.Terms, c.Terms[1]) }, "term.twice"},
		"a bidi control in a name": {func(c *tm.Concept) { c.Domain = "law\u202e" }, "concept.field"},
		"related to nothing":       {func(c *tm.Concept) { c.See = []string{"nobody"} }, "concept.see_unknown"},
		"one term, two times": {func(c *tm.Concept) {
			again := c.Terms[1]
			c.Terms[1].Until, again.From = day(3), day(4)
			c.Terms = append(c.Terms, again)
		}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := b.pairOf("bridge", "پل")
			test.change(&c)
			_, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, c)
			if got := tm.CodeOf(err); got != test.want {
				t.Errorf("error %v, want code %q", err, test.want)
			}
		})
	}
}

func TestConcept_RelatedByTermOrKey(t *testing.T) {
	b := open(t)
	noury := b.concept("Hamid Noury", "حمید نوری")
	prison := b.pairOf("Gohardasht", "گوهردشت")
	prison.See = []string{"Hamid Noury"}
	prison, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, prison)
	b.must(err)
	view, err := b.ConceptView(b.ctx, b.viewer, b.project.ID, prison.ID)
	b.must(err)
	if len(view.Related) != 1 || view.Related[0].ID != noury.ID || view.Related[0].Name != "Hamid Noury" {
		t.Fatalf("related: %+v", view.Related)
	}
	// Two concepts may name each other.
	noury = b.read(noury.ID)
	noury.See = []string{"Gohardasht"}
	_, err = b.SaveConcept(b.ctx, b.reviewer, b.project.ID, noury)
	b.must(err)
	taken := b.pairOf("Evin", "اوین")
	taken.Key = view.Related[0].Key
	_, err = b.SaveConcept(b.ctx, b.reviewer, b.project.ID, taken)
	b.wantCode(err, "concept.key_taken")
}

func TestMerge_OneStepAndBack(t *testing.T) {
	b := open(t)
	kept, nouri, abbasi := b.concept("Hamid Noury", "حمید نوری"), b.concept("Hamid Nouri", "حمید نوری"), b.concept("Hamid Abbasi", "حمید عباسی")
	prison := b.pairOf("Gohardasht", "گوهردشت")
	prison.See = []string{"Hamid Nouri"}
	prison, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, prison)
	b.must(err)
	merged, err := b.MergeConcepts(b.ctx, b.reviewer, b.project.ID, workbench.Merge{Into: kept.ID, From: []tm.ConceptID{nouri.ID, abbasi.ID}})
	b.must(err)
	want := []string{"Hamid Noury preferred", "حمید نوری preferred", "Hamid Nouri admitted", "Hamid Abbasi admitted", "حمید عباسی admitted"}
	if diff := cmp.Diff(want, terms(b.read(kept.ID))); diff != "" {
		t.Error(diff)
	}
	if view, err := b.ConceptView(b.ctx, b.viewer, b.project.ID, prison.ID); err != nil || len(view.Related) != 1 || view.Related[0].ID != kept.ID {
		t.Errorf("who was related to one taken in: %+v, %v", view.Related, err)
	}
	if _, total, _ := b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Limit: 9}); total != 2 {
		t.Errorf("%d concepts after merging three of four", total)
	}
	b.must(b.UndoGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), merged.Change))
	b.must(b.UndoGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), merged.Change)) // twice is once
	for _, c := range []tm.Concept{kept, nouri, abbasi} {
		if diff := cmp.Diff(terms(c), terms(b.read(c.ID))); diff != "" {
			t.Errorf("taken back: %s", diff)
		}
	}
	if _, total, _ := b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Limit: 9}); total != 4 {
		t.Errorf("%d concepts after undo", total)
	}
	_, err = b.MergeConcepts(b.ctx, b.translator, b.project.ID, workbench.Merge{Into: kept.ID, From: []tm.ConceptID{nouri.ID}})
	b.wantCode(err, "forbidden")
	_, err = b.MergeConcepts(b.ctx, b.reviewer, b.project.ID, workbench.Merge{Into: kept.ID, From: []tm.ConceptID{kept.ID}})
	b.wantCode(err, "concept.merge_few")
}

func TestMerge_IntoANewConceptAsChosen(t *testing.T) {
	b := open(t)
	nouri, noury := b.concept("Hamid Nouri", "نوری"), b.concept("Hamid Noury", "حمید نوری")
	chosen := b.pairOf("Hamid Noury", "حمید نوری")
	merged, err := b.MergeConcepts(b.ctx, b.reviewer, b.project.ID, workbench.Merge{From: []tm.ConceptID{nouri.ID, noury.ID}, Result: &chosen})
	b.must(err)
	if diff := cmp.Diff(terms(chosen), terms(b.read(merged.Concept.ID))); diff != "" {
		t.Error(diff)
	}
	b.must(b.UndoGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), merged.Change))
	list, total, err := b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Limit: 9})
	if err != nil || total != 2 || list[0].ID != nouri.ID {
		t.Errorf("after undo: %d, %+v, %v", total, list, err)
	}
}

func TestTerms_ChosenByTheDateOfTheDocument(t *testing.T) {
	b := open(t)
	c := b.pairOf("Rajai-Shahr", "رجایی‌شهر")
	until := time.Date(2023, 8, 1, 0, 0, 0, 0, time.UTC)
	c.Terms[1].Until = until
	c.Terms = append(c.Terms, tm.Term{Lang: language.Persian, Text: "قزل‌حصار", Status: tm.Preferred, From: until.AddDate(0, 0, 1)})
	_, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, c)
	b.must(err)
	d := b.upload("prison.txt", "He was held in Rajai-Shahr.\n").Document.ID
	expected := func() string {
		help, err := b.Assist(b.ctx, b.translator, d, b.rows(d)[0].ID)
		b.must(err)
		if len(help.Terms) != 1 || len(help.Terms[0].Targets) != 1 {
			t.Fatalf("terms: %+v", help.Terms)
		}
		return help.Terms[0].Targets[0]
	}
	if got := expected(); got != "قزل‌حصار" {
		t.Errorf("a document of today: %s", got)
	}
	b.must(b.DateDocument(b.ctx, b.manager, d, until))
	if got := expected(); got != "رجایی‌شهر" {
		t.Errorf("a document of the last day: %s", got)
	}
	b.wantCode(b.DateDocument(b.ctx, b.translator, d, until), "forbidden")
}

func TestTerms_SeverityOfTheProject(t *testing.T) {
	b := open(t)
	b.concept("Laleh Irani", "لاله ایرانی")
	d := b.upload("garden.txt", article).Document.ID
	row := b.confirm(d, b.rows(d)[0], "او باغ را گشود.").Row
	severity := func() tm.Severity {
		help, err := b.Assist(b.ctx, b.translator, d, row.ID)
		b.must(err)
		for _, i := range help.Issues {
			if i.Code == "glossary_missing" {
				return i.Severity
			}
		}
		return "none"
	}
	settings := b.project.Settings
	for set, want := range map[string]tm.Severity{"": "error", "warning": "warning", "off": "none"} {
		settings.Terms = nil
		if set != "" {
			settings.Terms = map[tm.TermType]string{tm.Person: set}
		}
		b.must(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings))
		if got := severity(); got != want {
			t.Errorf("person set to %q: %s, want %s", set, got, want)
		}
	}
	settings.Terms = map[tm.TermType]string{tm.Person: "fatal"}
	b.wantCode(b.UpdateProject(b.ctx, b.manager, b.project.ID, "News", settings), "settings.checks")
}

func TestTerms_KeptAndProposedOnes(t *testing.T) {
	b := open(t)
	brand := tm.Concept{Glossary: b.glossary(), Type: tm.Organization, Keep: true, Terms: []tm.Term{
		{Lang: language.English, Text: "Tarjoman", Status: tm.Preferred}}}
	_, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, brand)
	b.must(err)
	waiting := b.pairOf("garden", "بوستان")
	waiting.Terms[0].Status, waiting.Terms[1].Status = tm.Proposed, tm.Proposed
	_, err = b.SaveConcept(b.ctx, b.reviewer, b.project.ID, waiting)
	b.must(err)
	d := b.upload("kept.txt", "Tarjoman has a garden.\n").Document.ID
	for text, want := range map[string]int{"ترجمان باغی دارد.": 1, "Tarjoman باغی دارد.": 0} {
		saved := b.confirm(d, b.rows(d)[0], text)
		found := 0
		for _, i := range saved.Issues {
			if strings.HasPrefix(i.Code, "glossary_") {
				found++
			}
		}
		if found != want {
			t.Errorf("%s: %d issues, want %d: %+v", text, found, want, saved.Issues)
		}
	}
}

// What is compiled follows every change of a concept.
func TestTerms_FollowChanges(t *testing.T) {
	b := open(t)
	c := b.concept("garden", "باغ")
	d := b.upload("garden.txt", "The garden is open.\n").Document.ID
	row := b.rows(d)[0]
	targets := func() []string {
		help, err := b.Assist(b.ctx, b.translator, d, row.ID)
		b.must(err)
		var list []string
		for _, h := range help.Terms {
			list = append(list, h.Targets...)
		}
		return list
	}
	check := func(what string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, targets()); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	check("added", "باغ")
	changed := c
	changed.Terms = slices.Clone(c.Terms)
	changed.Terms[1].Text = "بوستان"
	_, err := b.SaveConcept(b.ctx, b.reviewer, b.project.ID, changed)
	b.must(err)
	check("changed", "بوستان")
	b.must(b.DeleteConcept(b.ctx, b.reviewer, b.project.ID, c.ID))
	check("deleted")
	b.must(b.RestoreConcept(b.ctx, b.reviewer, b.project.ID, c.ID))
	check("restored", "بوستان")
	b.must(b.RestoreConceptVersion(b.ctx, b.reviewer, b.project.ID, c.ID, 1))
	check("reverted", "باغ")
	other := b.concept("the garden", "گلستان")
	check("a longer term", "گلستان")
	merged, err := b.MergeConcepts(b.ctx, b.reviewer, b.project.ID, workbench.Merge{Into: c.ID, From: []tm.ConceptID{other.ID}})
	b.must(err)
	check("merged", "باغ", "گلستان")
	b.must(b.UndoGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), merged.Change))
	check("merge taken back", "گلستان")
	found, err := b.FindTerms(b.ctx, b.viewer, b.project.ID, "GARDEN", 5)
	b.must(err)
	if len(found) != 2 {
		t.Errorf("%d concepts found", len(found))
	}
}
