package workbench_test

import (
	"io"
	"slices"
	"strings"
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

func TestMatches_LosePointsWithAge(t *testing.T) {
	b := open(t)
	b.remember("old.txt", "The old bridge is closed.", "پل قدیمی بسته است.")
	settings := b.project.Settings
	settings.AgedMonths, settings.AgePoints = 1, 7
	b.must(b.UpdateProject(b.ctx, b.manager, b.project.ID, b.project.Name, settings))
	if m := b.offered("new.txt", "The old bridge is closed.")[0]; m.Score != 100 {
		t.Errorf("a fresh unit scores %d: %v", m.Score, m.Penalties)
	}
	b.importTSV("en\tfa\nThe museum is open.\tموزه باز است.\n") // without a date
	m := b.offered("another.txt", "The museum is open.")[0]
	if m.Score != 93 || !slices.Contains(m.Penalties, tm.Penalty{Code: "age", Points: 7}) {
		t.Errorf("an undated unit scores %d: %v", m.Score, m.Penalties)
	}
	settings.AgePoints = 51
	b.wantCode(b.UpdateProject(b.ctx, b.manager, b.project.ID, b.project.Name, settings), "settings.age")
}

// importTSV adds units to the memory of the project.
func (b *bench) importTSV(text string) {
	b.t.Helper()
	memories, err := b.Memories(b.ctx, b.manager, b.project.ID)
	b.must(err)
	job, err := b.ImportMemory(b.ctx, b.manager, b.project.ID, memories[0].ID, "units.tsv", int64(len(text)), io.NopCloser(strings.NewReader(text)))
	b.must(err)
	_, err = b.WaitJob(b.ctx, b.manager, b.project.ID, job.ID)
	b.must(err)
}
