package storetest

import (
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// pair is a plain concept with one term in each language.
func pair(glossary tm.GlossaryID, english, persian string) tm.Concept {
	return tm.Concept{Glossary: glossary, Type: tm.PlainTerm, Terms: []tm.Term{
		{Lang: language.English, Text: english, Status: tm.Preferred, Case: tm.CaseAuto},
		{Lang: language.Persian, Text: persian, Status: tm.Preferred, Case: tm.CaseAuto},
	}}
}

var both = []language.Tag{language.English, language.Persian}

var conceptTests = []test{
	{"every version of a concept is kept with who, when and what", testConceptHistory},
	{"concepts are found folded, filtered and paged in the order of their terms", testFindConcepts},
	{"a concept is found by its key, by a term, and by who refers to it", func(w *world) {
		c := w.put(unitedNations(w.glossary))
		other := pair(w.glossary, "refugee agency", "آژانس پناهندگان")
		other.See = []string{"un"}
		other = w.put(other)
		if got := must(w.db.ConceptByKey(w.ctx, w.glossary, "un"))(w); got != c.ID {
			w.Errorf("by key: %d, want %d", got, c.ID)
		}
		_, err := w.db.ConceptByKey(w.ctx, w.glossary, "nato")
		w.missing("ConceptByKey", err)
		if diff := cmp.Diff([]tm.ConceptID{c.ID}, must(w.db.ConceptsByTerm(w.ctx, w.glossary, "سازمان ملل"))(w)); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff([]tm.Concept{other}, must(w.db.Referring(w.ctx, w.glossary, "un"))(w), tags); diff != "" {
			w.Error(diff)
		}
	}},
	{"concepts of an import are seen once it is ready", testPendingConcepts},
	{"what a change touched is listed while nobody changed it since", func(w *world) {
		first, second := w.put(pair(w.glossary, "river", "رود")), w.put(pair(w.glossary, "bridge", "پل"))
		var change int64
		w.update(func(tx *store.Tx) (err error) {
			change, err = tx.AddGlossaryChange(w.ctx, store.GlossaryChange{Glossary: w.glossary, Kind: "merge", Account: w.maryam, At: noon}, true)
			if err != nil {
				return err
			}
			for _, c := range []tm.Concept{first, second} {
				step := w.step("merge", 1)
				step.Change = change
				if _, err := tx.PutConcept(w.ctx, c, step); err != nil {
					return err
				}
			}
			return nil
		})
		w.put(second)
		list := must(w.db.UndoableConcepts(w.ctx, change, 0, 9))(w)
		if len(list) != 1 || list[0].Concept.ID != first.ID || list[0].Revision != 2 {
			w.Errorf("undoable: %+v", list)
		}
		w.update(func(tx *store.Tx) error { return tx.MarkGlossaryUndone(w.ctx, change) })
		if c := must(w.db.GlossaryChange(w.ctx, w.glossary, change))(w); !c.Undone || c.Kind != "merge" || c.Account != w.maryam {
			w.Errorf("change: %+v", c)
		}
		_, err := w.db.GlossaryChange(w.ctx, 999, change)
		w.missing("GlossaryChange", err)
	}},
}

func testConceptHistory(w *world) {
	c := w.put(unitedNations(w.glossary))
	changed := c
	changed.Note = "in full at first mention"
	w.update(func(tx *store.Tx) error {
		step := w.step("change", 5)
		step.By, step.Reason = w.sara, "style guide"
		_, err := tx.PutConcept(w.ctx, changed, step)
		return err
	})
	w.update(func(tx *store.Tx) error { return tx.NoteConcept(w.ctx, c.ID, w.step("reject", 6)) })
	w.update(func(tx *store.Tx) error { return tx.DeleteConcept(w.ctx, c.ID, noon, w.step("delete", 7)) })
	want := []store.ConceptVersion{
		{Revision: 4, At: after(7), Account: w.maryam, Author: "مریم راد", Action: "delete", Concept: changed},
		{Revision: 3, At: after(6), Account: w.maryam, Author: "مریم راد", Action: "reject", Concept: changed},
		{Revision: 2, At: after(5), Account: w.sara, Author: "Sara Amini", Action: "change", Reason: "style guide", Concept: changed},
		{Revision: 1, At: after(0), Account: w.maryam, Author: "مریم راد", Action: "add", Concept: c},
	}
	if diff := cmp.Diff(want, must(w.db.ConceptHistory(w.ctx, c.ID))(w), tags); diff != "" {
		w.Error(diff)
	}
	if diff := cmp.Diff(want[3], must(w.db.ConceptVersion(w.ctx, c.ID, 1))(w), tags); diff != "" {
		w.Error(diff)
	}
	_, err := w.db.ConceptVersion(w.ctx, c.ID, 9)
	w.missing("ConceptVersion", err)
	if s := must(w.db.ConceptState(w.ctx, c.ID))(w); s.Revision != 4 || s.Deleted.IsZero() || s.Author != "مریم راد" {
		w.Errorf("state: %+v", s)
	}
}

func testFindConcepts(w *world) {
	w.put(pair(w.glossary, "political prisoner", "زندانی سیاسی"))
	un := w.put(unitedNations(w.glossary))
	w.put(pair(w.glossary, "Élysée", "کاخ الیزه"))
	w.put(pair(w.glossary, "bridge", "پل"))
	w.update(func(tx *store.Tx) error {
		_, err := tx.AddProposal(w.ctx, store.Proposal{Glossary: w.glossary, Concept: un, Account: w.sara, At: noon})
		return err
	})
	tests := []struct {
		name  string
		query store.ConceptQuery
		want  []string
	}{
		{"all, in the order of their terms", store.ConceptQuery{}, []string{"bridge", "Élysée", "political prisoner", "United Nations"}},
		{"a page", store.ConceptQuery{Offset: 1, Limit: 2}, []string{"Élysée", "political prisoner"}},
		{"accents folded", store.ConceptQuery{Text: "elysee"}, []string{"Élysée"}},
		{"half-space and Arabic letters folded", store.ConceptQuery{Text: "زنداني‌سياسي"}, []string{"political prisoner"}},
		{"in the note", store.ConceptQuery{Text: "First Mention"}, []string{"United Nations"}},
		{"by type", store.ConceptQuery{Type: "organization"}, []string{"United Nations"}},
		{"by domain", store.ConceptQuery{Domain: "diplomacy"}, []string{"United Nations"}},
		{"by status", store.ConceptQuery{Status: "forbidden"}, []string{"United Nations"}},
		{"with proposals", store.ConceptQuery{Proposed: true}, []string{"United Nations"}},
		{"expired", store.ConceptQuery{Expired: noon}, []string{"United Nations"}},
		{"not expired yet", store.ConceptQuery{Expired: day(1946, 4, 20)}, nil},
		{"nothing", store.ConceptQuery{Text: "100%_"}, nil},
	}
	for _, test := range tests {
		test.query.Langs = both
		limit := test.query.Limit
		if limit == 0 {
			test.query.Limit = 10
		}
		list, total, err := w.db.FindConcepts(w.ctx, w.glossary, test.query)
		if err != nil {
			w.Fatalf("%s: %v", test.name, err)
		}
		got := each(list, func(c tm.Concept) string { return c.Terms[0].Text })
		if diff := cmp.Diff(test.want, got); diff != "" || limit == 0 && total != len(got) {
			w.Errorf("%s: of %d: %s", test.name, total, diff)
		}
	}
	if diff := cmp.Diff([]string{"diplomacy"}, must(w.db.Domains(w.ctx, w.glossary))(w)); diff != "" {
		w.Error(diff)
	}
}

func testPendingConcepts(w *world) {
	begin := func() (change int64) {
		w.update(func(tx *store.Tx) (err error) {
			change, err = tx.AddGlossaryChange(w.ctx, store.GlossaryChange{Glossary: w.glossary, Kind: "import", At: noon}, false)
			if err != nil {
				return err
			}
			step := w.step("import", 0)
			step.Change = change
			for _, english := range []string{"river", "bridge", "dam"} {
				if err := tx.AddPending(w.ctx, pair(w.glossary, english, "پل"), step); err != nil {
					return err
				}
			}
			return nil
		})
		return change
	}
	kept, left := begin(), begin()
	if got := must(w.db.Concepts(w.ctx, w.glossary))(w); len(got) != 0 {
		w.Errorf("%d concepts seen before the import is ready", len(got))
	}
	ready := func(change int64, yes bool) {
		w.update(func(tx *store.Tx) error { return tx.SetGlossaryChange(w.ctx, change, yes) })
	}
	count := func(want int, when string) {
		_, total, err := w.db.FindConcepts(w.ctx, w.glossary, store.ConceptQuery{Limit: 9})
		if got := must(w.db.Concepts(w.ctx, w.glossary))(w); err != nil || len(got) != want || total != want {
			w.Errorf("%s: %d and %d concepts, %v; want %d", when, len(got), total, err, want)
		}
	}
	ready(kept, true)
	count(3, "one import is ready")
	w.put(must(w.db.Concepts(w.ctx, w.glossary))(w)[1]) // somebody works on it
	if diff := cmp.Diff([]int64{left}, must(w.db.UnreadyGlossaryChanges(w.ctx))(w)); diff != "" {
		w.Error(diff)
	}
	ready(kept, false)
	count(1, "it is taken back, but for what somebody touched")
	for _, change := range []int64{kept, left} {
		for done, rounds := false, 0; !done; rounds++ {
			w.update(func(tx *store.Tx) (err error) {
				done, err = tx.DropPending(w.ctx, change, 2)
				return err
			})
			if rounds > 3 {
				w.Fatal("the pending concepts are never gone")
			}
		}
		w.update(func(tx *store.Tx) error { return tx.MarkGlossaryUndone(w.ctx, change) })
	}
	count(1, "all is dropped")
	if got := must(w.db.UnreadyGlossaryChanges(w.ctx))(w); len(got) != 0 {
		w.Errorf("left: %v", got)
	}
}
