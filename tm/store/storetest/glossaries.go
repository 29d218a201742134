package storetest

import (
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// unitedNations is a concept with every field set.
func unitedNations(glossary tm.GlossaryID) tm.Concept {
	return tm.Concept{
		Glossary: glossary, Key: "un", Type: tm.Organization, Domain: "diplomacy", Note: "short form after first mention",
		Keep: true, See: []string{"unhcr", "یونیسف"}, Props: map[string]string{"subset": "core"},
		Terms: []tm.Term{
			{Lang: language.English, Text: "United Nations", Status: tm.Preferred, Case: tm.CaseAuto, POS: "noun",
				Note: "in headlines", Source: "style guide, p. 4", From: day(1945, 10, 24), Props: map[string]string{"gender": "other"}},
			{Lang: language.English, Text: "UN", Status: tm.Admitted, Case: tm.CaseExact, POS: "acronym"},
			{Lang: language.English, Text: "League of Nations", Status: tm.Proposed, Case: tm.CaseAuto, Until: day(1946, 4, 20)},
			{Lang: language.Persian, Text: "سازمان ملل", Status: tm.Preferred, Case: tm.CaseAuto},
			{Lang: language.Persian, Text: "ملل متحد", Status: tm.ForbiddenTerm, Case: tm.CaseAuto},
		},
	}
}

var glossaryTests = []test{
	{"a concept is read as it was put, terms in order", func(w *world) {
		c := w.put(unitedNations(w.glossary))
		if diff := cmp.Diff(c, must(w.db.Concept(w.ctx, c.ID))(w), tags); diff != "" {
			w.Error(diff)
		}
		if diff := cmp.Diff([]tm.Concept{c}, must(w.db.Concepts(w.ctx, w.glossary))(w), tags); diff != "" {
			w.Error(diff)
		}
		if got := must(w.db.Glossaries(w.ctx, w.project))(w)[0].Concepts; got != 1 {
			w.Errorf("counted %d concepts", got)
		}
	}},
	{"putting a concept again replaces all its terms", func(w *world) {
		c := w.put(unitedNations(w.glossary))
		c = tm.Concept{ID: c.ID, Glossary: c.Glossary, Type: tm.PlainTerm, Terms: c.Terms[3:4]}
		w.put(c)
		if diff := cmp.Diff(c, must(w.db.Concept(w.ctx, c.ID))(w), tags); diff != "" {
			w.Error(diff)
		}
		missing := c
		missing.ID = 999
		w.refused(tm.NotFound, func(tx *store.Tx) error {
			_, err := tx.PutConcept(w.ctx, missing, w.step("change", 0))
			return err
		})
	}},
	{"concepts keep the order they were added in", func(w *world) {
		var want []tm.ConceptID
		for range 3 {
			want = append(want, w.put(unitedNations(w.glossary)).ID)
		}
		w.put(must(w.db.Concept(w.ctx, want[0]))(w)) // a change moves nothing
		got := each(must(w.db.Concepts(w.ctx, w.glossary))(w), func(c tm.Concept) tm.ConceptID { return c.ID })
		if diff := cmp.Diff(want, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"a concept in the trash is not listed, and comes back", func(w *world) {
		c := w.put(unitedNations(w.glossary))
		w.update(func(tx *store.Tx) error { return tx.DeleteConcept(w.ctx, c.ID, noon, w.step("delete", 0)) })
		if got := must(w.db.Concepts(w.ctx, w.glossary))(w); len(got) != 0 {
			w.Errorf("%d concepts listed", len(got))
		}
		must(w.db.Concept(w.ctx, c.ID))(w)
		w.update(func(tx *store.Tx) error { return tx.DeleteConcept(w.ctx, c.ID, never, w.step("restore", 1)) })
		if got := must(w.db.Concepts(w.ctx, w.glossary))(w); len(got) != 1 {
			w.Errorf("%d concepts after restoring", len(got))
		}
		_, err := w.db.Concept(w.ctx, 999)
		w.missing("Concept", err)
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.DeleteConcept(w.ctx, 999, noon, w.step("delete", 0)) })
	}},
	{"glossaries are listed in the order given, new ones last", func(w *world) {
		second, third := w.addGlossary("Places"), w.addGlossary("Titles")
		id := func(g store.Glossary) tm.GlossaryID { return g.ID }
		got := each(must(w.db.Glossaries(w.ctx, w.project))(w), id)
		if diff := cmp.Diff([]tm.GlossaryID{w.glossary, second, third}, got); diff != "" {
			w.Error(diff)
		}
		w.update(func(tx *store.Tx) error {
			return tx.OrderGlossaries(w.ctx, w.project, []tm.GlossaryID{third, w.glossary, second})
		})
		got = each(must(w.db.Glossaries(w.ctx, w.project))(w), id)
		if diff := cmp.Diff([]tm.GlossaryID{third, w.glossary, second}, got); diff != "" {
			w.Error(diff)
		}
	}},
	{"a glossary is unknown to projects that do not use it", func(w *world) {
		_, err := w.db.Glossary(w.ctx, w.otherProject(w.omid), w.glossary)
		w.missing("Glossary", err)
	}},
	{"managers of both projects may link, twice changes nothing", testLinkGlossary},
	{"a glossary in the trash is not used, and comes back", func(w *world) {
		g := must(w.db.Glossary(w.ctx, w.project, w.glossary))(w)
		g.Deleted = noon
		w.update(func(tx *store.Tx) error { return tx.SetGlossary(w.ctx, g) })
		if got := must(w.db.Glossaries(w.ctx, w.project))(w); len(got) != 0 {
			w.Errorf("%d glossaries in use", len(got))
		}
		trash := must(w.db.DeletedGlossaries(w.ctx, w.project))(w)
		if len(trash) != 1 || !trash[0].Deleted.Equal(noon) {
			w.Errorf("trash: %+v", trash)
		}
		g.Deleted, g.Name = never, "People"
		w.update(func(tx *store.Tx) error { return tx.SetGlossary(w.ctx, g) })
		if got := must(w.db.Glossaries(w.ctx, w.project))(w); len(got) != 1 || got[0].Name != "People" {
			w.Errorf("restored: %+v", got)
		}
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.SetGlossary(w.ctx, store.Glossary{ID: 999}) })
	}},
	{"unlinking ends the use", func(w *world) {
		w.update(func(tx *store.Tx) error { return tx.UnlinkGlossary(w.ctx, w.project, w.glossary) })
		if got := must(w.db.Glossaries(w.ctx, w.project))(w); len(got) != 0 {
			w.Errorf("%d glossaries in use", len(got))
		}
		must(w.db.Glossary(w.ctx, w.project, w.glossary))(w)
		w.refused(tm.NotFound, func(tx *store.Tx) error { return tx.UnlinkGlossary(w.ctx, w.project, w.glossary) })
	}},
}

func testLinkGlossary(w *world) {
	other := w.otherProject(w.maryam)
	if got := must(w.db.LinkableGlossaries(w.ctx, other, w.maryam))(w); len(got) != 1 || got[0].ID != w.glossary {
		w.Errorf("linkable: %+v", got)
	}
	if got := must(w.db.LinkableGlossaries(w.ctx, other, w.sara))(w); len(got) != 0 {
		w.Errorf("a translator may link %d glossaries, want none", len(got))
	}
	for range 2 {
		w.update(func(tx *store.Tx) error { return tx.LinkGlossary(w.ctx, other, w.glossary) })
	}
	linked := must(w.db.Glossaries(w.ctx, other))(w)
	if len(linked) != 1 || linked[0].Own || linked[0].Home != "Newsroom" {
		w.Errorf("linked: %+v", linked)
	}
	if got := must(w.db.ProjectsUsing(w.ctx, w.glossary))(w); len(got) != 2 {
		w.Errorf("used by %v, want two projects", got)
	}
	if got := must(w.db.LinkableGlossaries(w.ctx, other, w.maryam))(w); len(got) != 0 {
		w.Errorf("%d glossaries can be linked twice", len(got))
	}
}

// step is one by Maryam, so many minutes after noon.
func (w *world) step(action string, minute int) store.Step {
	return store.Step{Action: action, By: w.maryam, At: after(minute)}
}

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// put stores a concept and returns it with its id.
func (w *world) put(c tm.Concept) tm.Concept {
	w.Helper()
	w.update(func(tx *store.Tx) (err error) {
		c.ID, err = tx.PutConcept(w.ctx, c, w.step("add", 0))
		return err
	})
	return c
}

func (w *world) addGlossary(name string) (id tm.GlossaryID) {
	w.update(func(tx *store.Tx) (err error) {
		id, err = tx.AddGlossary(w.ctx, w.project, name, noon)
		return err
	})
	return id
}
