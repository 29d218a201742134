package workbench_test

import (
	"slices"
	"testing"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

func TestCompleteTerms(t *testing.T) {
	b := open(t)
	b.concept("political prisoner", "زندانی سیاسی")
	b.concept("Ayatollah", "آیت‌الله")
	d := b.upload("garden.txt", article).Document.ID
	for name, test := range map[string]struct {
		typed string
		want  string // text, and what of the typed it goes on
		goes  string
	}{
		"the last word":          {"او یک زند", "زندانی سیاسی", "زند"},
		"the last two words":     {"او یک زندانی س", "زندانی سیاسی", "زندانی س"},
		"Arabic keyboard":        {"زنداني سي", "زندانی سیاسی", "زنداني سي"},
		"without its half-space": {"نام آیتال", "آیت‌الله", "آیتال"},
		"one letter":             {"او ز", "", ""},
		"complete already":       {"زندانی سیاسی", "", ""},
		"nothing begins like it": {"پنجره", "", ""},
		"not over a full stop":   {"زندانی. س", "", ""},
		"empty":                  {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := b.CompleteTerms(b.ctx, b.viewer, d, test.typed)
			b.must(err)
			if test.want == "" {
				if len(list) > 0 {
					t.Errorf("completions %+v", list)
				}
				return
			}
			if len(list) != 1 || list[0].Text != test.want || test.typed[len(test.typed)-list[0].Typed:] != test.goes {
				t.Errorf("completions %+v, want %s for %s", list, test.want, test.goes)
			}
		})
	}
	_, err := b.CompleteTerms(b.ctx, b.nobody, d, "زند")
	b.wantCode(err, "not_found")
}

func TestLookUpTerms(t *testing.T) {
	b := open(t)
	b.concept("people of Iran", "مردم ایران")
	b.concept("Iran", "ایران")
	b.concept("Iranian Studies", "ایران‌شناسی")
	d := b.upload("garden.txt", article).Document.ID
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"the whole term, its beginning, anywhere": {"iran", []string{"Iran", "Iranian Studies", "people of Iran"}},
		"in Persian, with another ye":             {"ايران شناسي", []string{"Iranian Studies"}},
		"nothing":                                 {"  ", nil},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := b.LookUpTerms(b.ctx, b.viewer, d, test.text, 10)
			b.must(err)
			var got []string
			for _, o := range list {
				got = append(got, o.Terms[0].Text)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
	_, err := b.LookUpTerms(b.ctx, b.nobody, d, "Iran", 10)
	b.wantCode(err, "not_found")
}

func TestDraftTerm(t *testing.T) {
	b := open(t)
	b.concept("Farhad Zamani", "فرهاد زمانی")
	d := b.upload("names.txt", "Yesterday Farhad Zamani met Leila Karimi.\n").Document.ID
	row := b.confirm(d, b.rows(d)[0], "فرهاد زمانی دیروز لیلا کریمی را دید.").Row
	draft, err := b.DraftTerm(b.ctx, b.translator, d, row.ID, "Leila Karimi", "")
	b.must(err)
	if draft.Type != tm.Person || len(draft.Same) != 0 || !slices.Equal(draft.Names, []string{"Leila Karimi"}) ||
		len(draft.Candidates) == 0 || draft.Candidates[0] != "لیلا کریمی" || len(draft.Glossaries) != 1 {
		t.Errorf("draft %+v", draft)
	}
	draft, err = b.DraftTerm(b.ctx, b.translator, d, row.ID, "Farhad Zamani", "")
	b.must(err)
	if len(draft.Same) != 1 || draft.Same[0].GlossaryName == "" {
		t.Errorf("the glossary has it: %+v", draft)
	}
	_, err = b.DraftTerm(b.ctx, b.viewer, d, row.ID, "x", "")
	b.wantCode(err, "forbidden")
}

func TestAddTerm(t *testing.T) {
	b := open(t)
	g := b.glossary()
	add := func(a workbench.Actor, n workbench.NewTerm) bool {
		t.Helper()
		proposed, err := b.AddTerm(b.ctx, a, b.project.ID, n)
		b.must(err)
		return proposed
	}
	d := b.upload("names.txt", "The parliament voted.\n").Document.ID
	row := b.confirm(d, b.rows(d)[0], "قوهٔ قانون‌گذاری رأی داد.").Row

	if add(b.reviewer, workbench.NewTerm{Glossary: g, Source: " parliament ", Target: "مجلس", Type: tm.PlainTerm}) {
		t.Error("a reviewer only proposed")
	}
	help, err := b.Assist(b.ctx, b.reviewer, d, row.ID)
	b.must(err)
	if len(help.Terms) != 1 || help.Terms[0].Targets[0] != "مجلس" || !hasIssue(help.Issues, "glossary_missing") {
		t.Fatalf("help %+v", help)
	}
	rechecked, err := b.Recheck(b.ctx, b.reviewer, d, row.ID)
	b.must(err)
	if rechecked.Warnings != row.Warnings+1 || rechecked.Revision != row.Revision {
		t.Errorf("rechecked: %d warnings, revision %d", rechecked.Warnings, rechecked.Revision)
	}

	id := help.Terms[0].Concept
	variant := workbench.NewTerm{Concept: id, Source: "parliament", Target: "قوهٔ قانون‌گذاری"}
	if !add(b.translator, variant) {
		t.Error("a translator changed the glossary")
	}
	if got := b.read(id); len(got.Terms) != 2 {
		t.Errorf("terms before the approval: %v", terms(got))
	}
	add(b.reviewer, variant)
	if got, want := terms(b.read(id)), []string{"parliament preferred", "مجلس preferred", "قوهٔ قانون‌گذاری admitted"}; !slices.Equal(got, want) {
		t.Errorf("terms %v, want %v", got, want)
	}
	help, err = b.Assist(b.ctx, b.reviewer, d, row.ID)
	b.must(err)
	if hasIssue(help.Issues, "glossary_missing") {
		t.Error("the variant is not known")
	}
	for name, test := range map[string]struct {
		actor workbench.Actor
		term  workbench.NewTerm
		want  string
	}{
		"forms it has":          {b.reviewer, variant, "term.known"},
		"only one language":     {b.reviewer, workbench.NewTerm{Glossary: g, Source: "kite"}, "term.pair"},
		"no such glossary":      {b.reviewer, workbench.NewTerm{Glossary: 999, Source: "kite", Target: "بادبادک"}, "not_found"},
		"no such concept":       {b.reviewer, workbench.NewTerm{Concept: 999, Source: "kite", Target: "بادبادک"}, "not_found"},
		"an unknown status":     {b.reviewer, workbench.NewTerm{Concept: id, Target: "پارلمان", Status: "fine"}, "term.status"},
		"somebody who reads":    {b.viewer, variant, "forbidden"},
		"somebody from outside": {b.nobody, variant, "not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.AddTerm(b.ctx, test.actor, b.project.ID, test.term)
			b.wantCode(err, test.want)
		})
	}
}
