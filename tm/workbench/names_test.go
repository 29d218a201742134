package workbench_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

// openNames has a person whose name is written in three ways, in two documents
// and a memory.
func openNames(t *testing.T) *bench {
	b := open(t)
	for i, doc := range [][][2]string{
		{{"We met Parviz Golshan in Shiraz.", "با پرویز گلشن در شیراز دیدار کردیم."},
			{"Then Parviz Golshan sang.", "سپس پرویز گلشن آواز خواند."}},
		{{"A letter from Parvez Golshan came.", "نامه‌ای از پرویز گلشان رسید."},
			{"The road to Shiraz is closed.", "راه شیراز بسته است."}},
	} {
		var text strings.Builder
		for _, s := range doc {
			text.WriteString(s[0] + "\n\n")
		}
		d := b.upload(fmt.Sprintf("n%d.txt", i), text.String()).Document.ID
		for j, s := range doc {
			b.confirm(d, b.rows(d)[j], s[1])
		}
	}
	b.importPairs("en\tfa\nFriends of Parviz Golshan waited.\tدوستان پرویز گولشن منتظر ماندند.\n")
	return b
}

func (b *bench) names(q workbench.NameQuery) workbench.NameList {
	b.t.Helper()
	q.Limit = 50
	list, err := b.Names(b.ctx, b.viewer, b.project.ID, q)
	b.must(err)
	return list
}

func uses(list []workbench.NameUse) string {
	var out []string
	for _, u := range list {
		out = append(out, fmt.Sprintf("%s %d %s", u.Text, u.Count, u.Status))
	}
	return strings.Join(out, "; ")
}

func TestNames(t *testing.T) {
	b := openNames(t)
	list := b.names(workbench.NameQuery{})
	if list.All != 2 || list.Inconsistent != 1 || list.Counting || list.Stale {
		t.Fatalf("%+v", list)
	}
	e := list.Entries[0]
	if got := uses(e.Names); got != "Parviz Golshan 2 ; Parvez Golshan 1 " {
		t.Errorf("names: %s", got)
	}
	if got := uses(e.Renderings); got != "پرویز گلشن 2 ; پرویز گلشان 1 " {
		t.Errorf("renderings: %s", got)
	}
	if e.Segments != 3 || e.Deviating != 1 || e.Deviations[0].Expected != "گلشن" || e.Renderings[1].Places[0].Number != 1 {
		t.Errorf("%+v", e)
	}
	with := b.names(workbench.NameQuery{Memories: true})
	if got := uses(with.Entries[0].Renderings); !strings.Contains(got, "پرویز گولشن 1") || with.Entries[0].Segments != 4 {
		t.Errorf("with memories: %s in %d", got, with.Entries[0].Segments)
	}
	for name, test := range map[string]struct {
		query workbench.NameQuery
		want  int
	}{
		"inconsistent":          {workbench.NameQuery{Inconsistent: true}, 1},
		"part of a name":        {workbench.NameQuery{Text: "golsh"}, 1},
		"a rendering, no space": {workbench.NameQuery{Text: "پرویزگلشان"}, 1},
		"nothing":               {workbench.NameQuery{Text: "Zanjan"}, 0},
		"of a type":             {workbench.NameQuery{Type: "place"}, 0},
		"in no glossary":        {workbench.NameQuery{Unlisted: true}, 2},
	} {
		if got := b.names(test.query); got.Total != test.want || got.All != 2 {
			t.Errorf("%s: %d of %d, want %d", name, got.Total, got.All, test.want)
		}
	}
	if _, err := b.Names(b.ctx, b.nobody, b.project.ID, workbench.NameQuery{}); tm.KindOf(err) != tm.NotFound {
		t.Errorf("stranger: %v", err)
	}
}

func TestNames_FollowChanges(t *testing.T) {
	b := openNames(t)
	b.names(workbench.NameQuery{})
	documents, err := b.Documents(b.ctx, b.viewer, b.project.ID)
	b.must(err)
	d := documents[0].ID
	for _, o := range documents {
		if o.Name == "n1.txt" {
			d = o.ID
		}
	}
	b.confirm(d, b.rows(d)[0], "نامه‌ای از پرویز گلشن رسید.")
	if list := b.names(workbench.NameQuery{}); list.Inconsistent != 0 {
		t.Errorf("%+v", list.Entries[0])
	}
	b.must(b.DeleteDocument(b.ctx, b.manager, d))
	if list := b.names(workbench.NameQuery{}); list.Entries[0].Segments != 2 {
		t.Errorf("%+v", list.Entries[0])
	}
}

func (b *bench) golshan(status tm.TermStatus) workbench.NameMerge {
	return workbench.NameMerge{Glossary: b.glossary(), Type: tm.Person, Names: []string{"Parviz Golshan", "Parvez Golshan"},
		Preferred: "پرویز گلشن", Others: []string{"پرویز گلشان"}, Status: status}
}

func TestMergeNames_NewExtendedUndone(t *testing.T) {
	b := openNames(t)
	made, err := b.MergeNames(b.ctx, b.reviewer, b.project.ID, b.golshan(tm.ForbiddenTerm))
	b.must(err)
	want := []string{"Parviz Golshan preferred", "Parvez Golshan admitted", "پرویز گلشن preferred", "پرویز گلشان forbidden"}
	if got := terms(b.read(made.Concept.ID)); !slices.Equal(got, want) {
		t.Errorf("new: %q", got)
	}
	e := b.names(workbench.NameQuery{}).Entries[0]
	if e.Concept != made.Concept.ID || e.Type != tm.Person || e.Preferred != "پرویز گلشن" || uses(e.Renderings) != "پرویز گلشن 2 preferred; پرویز گلشان 1 forbidden" {
		t.Errorf("entry: %+v", e)
	}
	merge := b.golshan(tm.Admitted)
	merge.Concepts, merge.Preferred, merge.Others = []tm.ConceptID{made.Concept.ID}, "پرویز گلشان", []string{"پرویز گلشن"}
	extended, err := b.MergeNames(b.ctx, b.reviewer, b.project.ID, merge)
	b.must(err)
	want = []string{"Parviz Golshan preferred", "Parvez Golshan admitted", "پرویز گلشن admitted", "پرویز گلشان preferred"}
	if got := terms(b.read(made.Concept.ID)); !slices.Equal(got, want) || extended.Since != 1 {
		t.Errorf("extended: %q since %d", got, extended.Since)
	}
	b.must(b.UndoGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), extended.Change))
	if got := terms(b.read(made.Concept.ID)); got[2] != "پرویز گلشن preferred" {
		t.Errorf("undone: %q", got)
	}
}

func TestMergeNames_SeveralConcepts(t *testing.T) {
	b := openNames(t)
	first, second := b.concept("Parviz Golshan", "پرویز گلشن"), b.concept("Parvez Golshan", "پرویز گلشان")
	merge := b.golshan(tm.Admitted)
	merge.Concepts = []tm.ConceptID{first.ID, second.ID}
	merged, err := b.MergeNames(b.ctx, b.reviewer, b.project.ID, merge)
	b.must(err)
	_, total, err := b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Limit: 10})
	b.must(err)
	if merged.Concept.ID != first.ID || total != 1 {
		t.Errorf("%+v, %d concepts", merged.Concept, total)
	}
	b.must(b.UndoGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), merged.Change))
	if _, total, _ = b.Concepts(b.ctx, b.viewer, b.project.ID, b.glossary(), workbench.ConceptQuery{Limit: 10}); total != 2 {
		t.Errorf("%d concepts after undo", total)
	}
}

func TestMergeNames_Rights(t *testing.T) {
	b := openNames(t)
	asked, err := b.MergeNames(b.ctx, b.translator, b.project.ID, b.golshan(tm.Admitted))
	b.must(err)
	if asked.Proposal == 0 {
		t.Errorf("%+v", asked)
	}
	_, err = b.MergeNames(b.ctx, b.viewer, b.project.ID, b.golshan(tm.Admitted))
	b.wantCode(err, "forbidden")
	_, err = b.MergeNames(b.ctx, b.nobody, b.project.ID, b.golshan(tm.Admitted))
	b.wantCode(err, "not_found")
	foreign, err := b.CreateProject(b.ctx, b.manager, "Other", language.English, language.Persian)
	b.must(err)
	list, err := b.Glossaries(b.ctx, b.manager, foreign.ID)
	b.must(err)
	merge := b.golshan(tm.Admitted)
	merge.Glossary = list[0].ID
	_, err = b.MergeNames(b.ctx, b.reviewer, b.project.ID, merge)
	b.wantCode(err, "not_found")
	merge.Preferred = " "
	_, err = b.MergeNames(b.ctx, b.reviewer, b.project.ID, merge)
	b.wantCode(err, "name.incomplete")
}

func TestRenderName(t *testing.T) {
	b := openNames(t)
	list, err := b.RenderName(b.ctx, b.translator, b.project.ID, "Parveez Golshan", false)
	b.must(err)
	if len(list) == 0 || list[0].Text != "پرویز گلشن" || list[0].Reason != "known" {
		t.Errorf("%+v", list)
	}
}

func TestTermsInDocument_AcceptRejectUndo(t *testing.T) {
	b := open(t)
	d := b.upload("reef.txt", "The coral reef is large.\n\nDivers love the coral reef.\n\nA coral reef grows slowly near Kish Island.\n\nKish Island has a coral reef.\n").Document.ID
	b.importPairs("en\tfa\nThe coral reef is dead.\tآبسنگ مرجانی مرده است.\nA coral reef.\tیک آبسنگ مرجانی.\nThe coral reef is near.\tآبسنگ مرجانی نزدیک است.\n")
	look := func() []string {
		t.Helper()
		found, err := b.TermsInDocument(b.ctx, b.translator, d, 0, 20)
		b.must(err)
		var list []string
		for _, o := range found.Offers {
			list = append(list, o.Text)
			if len(o.Places) != len(o.Contexts) || len(o.Places) == 0 || o.Places[0].Document != d {
				t.Errorf("%s: places %+v", o.Text, o.Places)
			}
		}
		return list
	}
	first := look()
	if !slices.Contains(first, "coral reef") || !slices.Contains(first, "Kish Island") {
		t.Fatalf("offers: %q", first)
	}
	b.must(b.RejectTerm(b.ctx, b.translator, b.project.ID, "Coral reef", true))
	if got := look(); slices.Contains(got, "coral reef") {
		t.Errorf("rejected, yet offered: %q", got)
	}
	b.must(b.RejectTerm(b.ctx, b.translator, b.project.ID, "coral reef", false))
	taken := []workbench.TakenTerm{{Source: "coral reef", Target: "آبسنگ مرجانی", Type: tm.PlainTerm}, {Source: "Kish Island", Target: "جزیرهٔ کیش", Type: tm.Place}}
	done, err := b.AcceptTerms(b.ctx, b.reviewer, b.project.ID, b.glossary(), taken)
	b.must(err)
	if done.Added != 2 {
		t.Errorf("%+v", done)
	}
	if got := look(); slices.Contains(got, "coral reef") || slices.Contains(got, "Kish Island") {
		t.Errorf("accepted, yet offered: %q", got)
	}
	again, err := b.AcceptTerms(b.ctx, b.reviewer, b.project.ID, b.glossary(), taken)
	b.must(err)
	if again.Known != 2 || again.Added != 0 {
		t.Errorf("%+v", again)
	}
	b.must(b.UndoGlossary(b.ctx, b.reviewer, b.project.ID, b.glossary(), done.Change))
	if got := look(); !slices.Equal(got, first) {
		t.Errorf("after undo %q, want %q", got, first)
	}
	asked, err := b.AcceptTerms(b.ctx, b.translator, b.project.ID, b.glossary(), taken)
	b.must(err)
	if asked.Proposed != 2 || asked.Change != 0 {
		t.Errorf("%+v", asked)
	}
	for _, test := range []func(workbench.Actor) error{
		func(a workbench.Actor) error { _, err := b.TermsInDocument(b.ctx, a, d, 0, 20); return err },
		func(a workbench.Actor) error {
			_, err := b.AcceptTerms(b.ctx, a, b.project.ID, b.glossary(), taken)
			return err
		},
		func(a workbench.Actor) error { return b.RejectTerm(b.ctx, a, b.project.ID, "x", true) },
	} {
		b.wantCode(test(b.viewer), "forbidden")
		b.wantCode(test(b.nobody), "not_found")
	}
}

func TestTermsInMemory(t *testing.T) {
	b := openNames(t)
	list, err := b.Memories(b.ctx, b.viewer, b.project.ID)
	b.must(err)
	found, err := b.TermsInMemory(b.ctx, b.translator, b.project.ID, list[0].ID, 0, 20)
	b.must(err)
	if found.Segments != 5 || len(found.Offers) == 0 || found.Offers[0].Text != "Parviz Golshan" || found.Offers[0].Places[0].Memory != list[0].ID {
		t.Errorf("%+v", found)
	}
}

// The names of 5,000 segments, and the terms of them.
func TestNames_Large(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: 5,000 segments take several seconds")
	}
	b := open(t)
	first := []string{"Parviz", "Shirin", "Kaveh", "Mahin", "Nader", "Soraya"}
	firstFa := []string{"پرویز", "شیرین", "کاوه", "مهین", "نادر", "ثریا"}
	last := []string{"Golshan", "Tavana", "Rahbari", "Sohrabi", "Mirzadeh", "Dalvand", "Pourali"}
	lastFa := []string{"گلشن", "توانا", "رهبری", "سهرابی", "میرزاده", "دالوند", "پورعلی"}
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text, "On day %d the committee asked %s %s about the repairs of the bridge.\n\n", i, first[i%6], last[i%7])
	}
	d := b.upload("large.txt", text.String()).Document.ID
	rows := b.rows(d)
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error {
		for i := range rows {
			rows[i].State, rows[i].Target = tm.Translated, tm.Plain(fmt.Sprintf("در روز %d کمیته از %s %s دربارهٔ تعمیر پل پرسید.", i, firstFa[i%6], lastFa[i%7]))
			if err := tx.SetTarget(context.WithoutCancel(b.ctx), &rows[i], store.Step{Action: "confirm", At: time.Now()}, 1); err != nil {
				return err
			}
		}
		return nil
	}))
	begin := time.Now()
	list := b.names(workbench.NameQuery{})
	for list.Counting && time.Since(begin) < time.Minute {
		list = b.names(workbench.NameQuery{})
	}
	t.Logf("%d names of %d segments: %v", list.All, list.Segments, time.Since(begin))
	if list.All < 42 || list.Inconsistent != 0 {
		t.Errorf("%d names, %d inconsistent", list.All, list.Inconsistent)
	}
	begin = time.Now()
	b.names(workbench.NameQuery{Text: "gol"})
	t.Logf("the same list again: %v", time.Since(begin))
	begin = time.Now()
	found, err := b.TermsInDocument(b.ctx, b.translator, d, 0, 50)
	b.must(err)
	t.Logf("%d terms: %v", found.Total, time.Since(begin))
}
