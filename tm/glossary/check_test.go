//lint:file-ignore ST1018 Persian words are written with ZWNJ

package glossary

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// concepts of the tests of this file, English to Persian.
func concepts() []tm.Concept {
	list := []jsonTerm{
		{Source: "Iran", Target: "ایران", Type: "place", Case: "exact"},
		{Source: "People’s Mujahedin Organization of Iran", Target: "سازمان مجاهدین خلق ایران", Type: "organization"},
		{Source: "hostage", Target: "گروگان", Forbidden: []string{"اسیر"}, Type: "term"},
		{Source: "Khomeini", Target: "خمینی", TargetVariants: []string{"روح‌الله خمینی"}, Forbidden: []string{"امام خمینی"}, Type: "person"},
		{Source: "political prisoner", Target: "زندانی سیاسی", Forbidden: []string{"مجرم سیاسی", "زندان سیاسی"}, Type: "term"},
		{Source: "Sweden", Target: "سوئد", Forbidden: []string{"سوئیس"}, Type: "place"},
		{Source: "Switzerland", Target: "سوئیس", Type: "place"},
		{Source: "trial", Target: "دادگاه", Type: "legal"},
		{Source: "trial", Target: "آزمایش بالینی", Type: "term"},
		{Source: "Mojahedin", Target: "مجاهدین", TargetVariants: []string{"مجاهد"}, Forbidden: []string{"مجاهدان"}, Type: "title"},
		{Source: "security forces", Target: "نیروهای امنیتی", Forbidden: []string{"اغتشاشگر"}, Type: "organization"},
	}
	var out []tm.Concept
	for _, j := range list {
		out = append(out, j.concept(language.English, language.Persian))
	}
	return out
}

func TestIssues(t *testing.T) {
	tests := []struct {
		name, source, target string
		want                 []string // code: term > expected | fix
	}{
		{"right", "The hostages came home.", "گروگان‌ها به خانه آمدند.", nil},
		{"missing", "The hostages came home.", "آن‌ها آزاد شدند.", []string{"glossary_missing: hostages > گروگان | "}},
		{"forbidden with its ending", "The hostages came home.", "اسیران آزاد شدند.", []string{"glossary_forbidden: اسیران > گروگان | گروگان‌ها"}},
		{"forbidden with a possessor", "Their hostages came home.", "اسیرهایشان آزاد شدند.", []string{"glossary_forbidden: اسیرهایشان > گروگان | گروگان‌هایشان"}},
		{"forbidden beats permitted", "The hostages met a hostage.", "گروگان‌ها اسیری دیدند.", []string{"glossary_forbidden: اسیری > گروگان | گروگانی"}},
		{"inside a longer term", "The People’s Mujahedin Organization of Iran replied.", "سازمان مجاهدین خلق ایران پاسخ داد.", nil},
		{"honorific makes it forbidden", "Khomeini issued an order.", "امام خمینی فرمانی داد.", []string{"glossary_forbidden: امام خمینی > خمینی | خمینی"}},
		{"head plural goes to the right term", "Political prisoners", "مجرمان سیاسی", []string{"glossary_forbidden: مجرمان سیاسی > زندانی سیاسی | زندانی‌های سیاسی"}},
		{"prisoner is not the forbidden prison", "a political prisoner", "یک زندانی سیاسی", nil},
		{"wrong country", "He left Sweden.", "او سوئیس را ترک کرد.", []string{"glossary_forbidden: سوئیس > سوئد | سوئد"}},
		{"both countries", "From Sweden to Switzerland", "از سوئد به سوئیس", nil},
		{"first meaning", "The trial began.", "دادگاه آغاز شد.", nil},
		{"second meaning", "The trial began.", "آزمایش بالینی آغاز شد.", nil},
		{"neither meaning", "The trial began.", "این کار آغاز شد.", []string{"glossary_missing: trial > دادگاه | "}},
		{"listed form beats the same form as an ending", "Mojahedin", "مجاهدان رفتند.", []string{"glossary_forbidden: مجاهدان > مجاهدین | مجاهدین"}},
		{"empty target", "The hostages came home.", " ", nil},
		{"forbidden term without its source", "They were freed.", "اسیران آزاد شدند.", nil},
	}
	g := Compile(concepts(), language.English, language.Persian)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, i := range g.Issues(tm.Plain(tt.source), tm.Plain(tt.target)) {
				got = append(got, fmt.Sprintf("%s: %s > %s | %s", i.Code, i.Args["term"], i.Args["expected"], i.Fix))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestIssues_ToEnglish(t *testing.T) {
	j := jsonTerm{Source: "روزنامه‌نگار", Target: "journalist", Forbidden: []string{"newspaperman", "pressman"}, Type: "term"}
	g := Compile([]tm.Concept{j.concept(language.Persian, language.English)}, language.Persian, language.English)
	got := g.Issues(tm.Plain("روزنامه‌نگاران آمدند."), tm.Plain("Newspapermans’ cars and a pressman’s coat"))
	var fixes []string
	for _, i := range got {
		fixes = append(fixes, i.Fix)
	}
	if diff := cmp.Diff([]string{"Journalists’", "journalist’s"}, fixes); diff != "" {
		t.Error(diff)
	}
}

func TestIssues_SeverityByType(t *testing.T) {
	g := Compile(concepts(), language.English, language.Persian)
	for source, want := range map[string]tm.Severity{"Iran": tm.SeverityError, "a hostage": tm.SeverityWarning} {
		issues := g.Issues(tm.Plain(source), tm.Plain("هیچ"))
		if len(issues) != 1 || issues[0].Severity != want {
			t.Errorf("%q: %+v, want one %s", source, issues, want)
		}
	}
}

// Of two terms that read a word in the same way the one that lists it wins.
func TestFind_ListedFormBeatsEnding(t *testing.T) {
	var list []tm.Concept
	for _, text := range []string{"دولت", "دولتی"} {
		list = append(list, jsonTerm{Source: text, Type: "term"}.concept(language.Persian, language.English))
	}
	hits := Compile(list, language.Persian, language.English).Find(tm.SourceSide, "نهاد دولتی")
	if len(hits) != 1 || hits[0].Term.Text != "دولتی" {
		t.Errorf("got %+v", hits)
	}
}

func TestFind_HitsPointToTheirConcept(t *testing.T) {
	g := Compile(concepts(), language.English, language.Persian)
	text := "گروگان‌ها در ایران"
	var got []string
	for _, h := range g.Find(tm.TargetSide, text) {
		got = append(got, h.Concept.Terms[0].Text+"="+text[h.From:h.FullTo])
	}
	if diff := cmp.Diff([]string{"hostage=گروگان‌ها", "Iran=ایران"}, got); diff != "" {
		t.Error(diff)
	}
}

// Every planted wrong or lost term of the seed translation is found.
func TestIssues_PlantedErrorsAreFound(t *testing.T) {
	g := Compile(seedGlossary(t), language.English, language.Persian)
	planted, found := 0, 0
	for _, p := range seedPairs(t) {
		for _, r := range g.Check(p[0], p[1]) {
			broken := p[1]
			for _, s := range slices.Backward(r.Target) {
				broken = broken[:s.From] + "آن" + broken[s.FullTo:]
			}
			planted++
			after := Compile([]tm.Concept{*r.Concept}, language.English, language.Persian)
			if len(after.Issues(tm.Plain(p[0]), tm.Plain(broken))) > 0 {
				found++
			} else {
				t.Errorf("%q not missed in %q", r.Preferred, broken)
			}
		}
	}
	if planted < 100 || found != planted {
		t.Errorf("found %d of %d planted errors", found, planted)
	}
}

// The order of concepts must not change what is found, only who speaks.
func TestCheck_SameOutcomesInAnyOrder(t *testing.T) {
	all := concepts()
	outcomes := func(list []tm.Concept) map[string]Outcome {
		out := map[string]Outcome{}
		for _, r := range Compile(list, language.English, language.Persian).Check(
			"Iran tried political prisoners; the trial of hostages went on in Sweden.", "ایران مجرمان سیاسی را در سوئیس محاکمه کرد.") {
			out[r.Concept.Terms[1].Text] = r.Outcome
		}
		return out
	}
	want := outcomes(all)
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
		if diff := cmp.Diff(want, outcomes(all)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func FuzzCheck(f *testing.F) {
	g := Compile(concepts(), language.English, language.Persian)
	f.Add("The hostages of Iran's trial", "گروگان‌های ایران ‌ه‌ا ی")
	f.Add("\xff hostage s' ", "زندانیان\u0654‌ سیاسی‌ای¬")
	f.Fuzz(func(t *testing.T, source, target string) {
		for _, side := range []tm.Side{tm.SourceSide, tm.TargetSide} {
			for _, text := range []string{source, target} {
				for _, h := range g.Find(side, text) {
					if !(0 <= h.From && h.From < h.To && h.To <= h.FullTo && h.FullTo <= len(text)) {
						t.Errorf("%+v out of %q", h, text)
					}
				}
			}
		}
		g.Issues(tm.Plain(source), tm.Plain(target))
	})
}
