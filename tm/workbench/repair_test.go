package workbench_test

import (
	"slices"
	"testing"

	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// remember gives the memory a sentence with its translation.
func (b *bench) remember(name, source, target string) {
	b.t.Helper()
	made := b.upload(name, source+"\n")
	b.confirm(made.Document.ID, b.rows(made.Document.ID)[0], target)
}

// offered returns what the editor offers for a sentence.
func (b *bench) offered(name, source string) []workbench.Offer {
	b.t.Helper()
	made := b.upload(name, source+"\n")
	help, err := b.Assist(b.ctx, b.translator, made.Document.ID, b.rows(made.Document.ID)[0].ID)
	b.must(err)
	return help.Matches
}

func TestMatches_AreRepairedFromTheGlossary(t *testing.T) {
	b := open(t)
	b.addTerm("Laleh Irani", "لاله ایرانی", "لاله ایرانیان", tm.Person)
	b.addTerm("Omid Karimi", "امید کریمی", "امید کریمیان", tm.Person)
	b.remember("old.txt", "Laleh Irani opened the garden on Monday with 30 guests.", "لاله ایرانی روز دوشنبه باغ را با ۳۰ مهمان گشود.")

	tests := []struct {
		name, source string
		want         string
		penalties    []tm.Penalty
	}{
		{"a name", "Omid Karimi opened the garden on Monday with 30 guests.", "امید کریمی روز دوشنبه باغ را با ۳۰ مهمان گشود.",
			[]tm.Penalty{{Code: "names", Points: 2}}},
		{"a name and a number", "Omid Karimi opened the garden on Monday with 45 guests.", "امید کریمی روز دوشنبه باغ را با ۴۵ مهمان گشود.",
			[]tm.Penalty{{Code: "names", Points: 2}, {Code: "numbers", Points: 1}}},
		{"a day of the week", "Laleh Irani opened the garden on Friday with 30 guests.", "لاله ایرانی روز جمعه باغ را با ۳۰ مهمان گشود.",
			[]tm.Penalty{{Code: "names", Points: 2}}},
		{"name, day and number", "Omid Karimi opened the garden on Friday with 7 guests.", "امید کریمی روز جمعه باغ را با ۷ مهمان گشود.",
			[]tm.Penalty{{Code: "names", Points: 4}, {Code: "numbers", Points: 1}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			offers := b.offered(tt.name+".txt", tt.source)
			if len(offers) != 1 {
				t.Fatalf("%d matches", len(offers))
			}
			m := offers[0]
			points := 0
			for _, p := range tt.penalties {
				points += p.Points
			}
			if m.Target.Text != tt.want || m.Kind != tm.AssembledMatch || m.Raw != 100 || m.Score != 100-points || !slices.Equal(m.Penalties, tt.penalties) {
				t.Errorf("%s %d/%d %v: %s", m.Kind, m.Score, m.Raw, m.Penalties, m.Target.Text)
			}
			original, _ := m.Unit.In(b.project.Target)
			if original.Text == m.Target.Text {
				t.Error("the unit itself was changed")
			}
		})
	}
}

func TestMatches_AreLeftAloneWhenMoreDiffers(t *testing.T) {
	b := open(t)
	b.addTerm("Laleh Irani", "لاله ایرانی", "لاله ایرانیان", tm.Person)
	b.addTerm("Omid Karimi", "امید کریمی", "امید کریمیان", tm.Person)
	b.remember("old.txt", "Laleh Irani opened the garden on Monday with 30 guests.", "لاله ایرانی روز دوشنبه باغ را با ۳۰ مهمان گشود.")
	offers := b.offered("new.txt", "Omid Karimi closed the garden on Monday with 30 guests.")
	if len(offers) != 1 || offers[0].Kind != tm.FuzzyMatch || offers[0].Target.Text != "لاله ایرانی روز دوشنبه باغ را با ۳۰ مهمان گشود." {
		t.Errorf("%+v", offers)
	}
}

func TestPretranslation_TakesRepairedMatches(t *testing.T) {
	b := open(t)
	b.addTerm("Laleh Irani", "لاله ایرانی", "لاله ایرانیان", tm.Person)
	b.addTerm("Omid Karimi", "امید کریمی", "امید کریمیان", tm.Person)
	b.remember("old.txt", "Laleh Irani spoke.", "لاله ایرانی سخن گفت.")
	settings := b.project.Settings
	settings.Pretranslate = 95
	b.must(b.UpdateProject(b.ctx, b.manager, b.project.ID, b.project.Name, settings))
	made := b.upload("new.txt", "Omid Karimi spoke.\n")
	row := b.rows(made.Document.ID)[0]
	if row.Target.Text != "امید کریمی سخن گفت." || row.State != tm.Draft || row.Filled != 98 || row.FilledBy != string(tm.AssembledMatch) {
		t.Errorf("filled %q, %s, %d by %q", row.Target.Text, row.State, row.Filled, row.FilledBy)
	}
}
