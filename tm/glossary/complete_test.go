package glossary

import (
	"slices"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

func completed(g *Glossary, side tm.Side, typed string) []string {
	var list []string
	for _, c := range g.Complete(side, typed, 3) {
		list = append(list, c.Term.Text)
	}
	return list
}

func pair(id tm.ConceptID, kind tm.TermType, source string, targets ...tm.Term) tm.Concept {
	c := tm.Concept{ID: id, Type: kind, Terms: []tm.Term{{Lang: language.English, Text: source, Status: tm.Preferred}}}
	for _, t := range targets {
		t.Lang = language.Persian
		c.Terms = append(c.Terms, t)
	}
	return c
}

func preferred(text string) tm.Term { return tm.Term{Text: text, Status: tm.Preferred} }

func TestComplete(t *testing.T) {
	g := Compile([]tm.Concept{
		pair(1, tm.Title, "Ayatollah", preferred("آیت‌الله"), tm.Term{Text: "آیت الله العظمی", Status: tm.ForbiddenTerm}),
		pair(2, tm.PlainTerm, "political prisoner", preferred("زندانی سیاسی"), tm.Term{Text: "زندانی وجدان", Status: tm.Admitted}),
		pair(3, tm.PlainTerm, "spokesperson", preferred("سخنگو")),
		pair(4, tm.Organization, "ICC", preferred("دیوان کیفری بین‌المللی")),
	}, language.English, language.Persian)
	g = g.With([]tm.Concept{pair(5, tm.Place, "Dezful", preferred("دزفول"))}, 3)
	for name, test := range map[string]struct {
		side  tm.Side
		typed string
		want  []string
	}{
		"half-space not typed":        {tm.TargetSide, "آیتال", []string{"آیت‌الله"}},
		"half-space typed as space":   {tm.TargetSide, "آیت ال", []string{"آیت‌الله"}},
		"Arabic letters":              {tm.TargetSide, "زنداني س", []string{"زندانی سیاسی"}},
		"space typed as half-space":   {tm.TargetSide, "زندانی‌س", []string{"زندانی سیاسی"}},
		"preferred before admitted":   {tm.TargetSide, "زند", []string{"زندانی سیاسی", "زندانی وجدان"}},
		"several words":               {tm.TargetSide, "دیوان كیفری بین المل", []string{"دیوان کیفری بین‌المللی"}},
		"a removed concept":           {tm.TargetSide, "سخن", nil},
		"a concept that came later":   {tm.TargetSide, "دز", []string{"دزفول"}},
		"source, capitals either way": {tm.SourceSide, "ic", []string{"ICC"}},
		"nothing typed":               {tm.TargetSide, " ", nil},
		"not from the middle":         {tm.TargetSide, "سیاسی", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := completed(g, test.side, test.typed); !slices.Equal(got, test.want) {
				t.Errorf("Complete(%q) = %q, want %q", test.typed, got, test.want)
			}
		})
	}
}

func TestMend(t *testing.T) {
	g := Compile([]tm.Concept{
		pair(1, tm.Person, "Mohajer", preferred("مهاجر")),
		pair(2, tm.Organization, "MEK", preferred("سازمان مجاهدین خلق")),
		pair(3, tm.PlainTerm, "parliament", preferred("پارلمان")),
		pair(4, tm.Place, "Tehran", preferred("تهران")),
		pair(5, tm.PlainTerm, "engineer", preferred("مهندس")),
	}, language.English, language.Persian)
	for name, test := range map[string]struct{ source, target, found, fix string }{
		"another spelling of a name":    {"Mohajer was arrested in 2019.", "موهاجر در سال ۲۰۱۹ بازداشت شد.", "موهاجر", "مهاجر"},
		"the source term left as it is": {"The MEK published a list.", "MEK فهرستی منتشر کرد.", "MEK", "سازمان مجاهدین خلق"},
		"a slip in a term":              {"The parliament voted.", "پارلمات رأی داد.", "پارلمات", "پارلمان"},
		"a slip, with an ending":        {"The parliaments voted.", "پارلمات‌ها رأی دادند.", "پارلمات‌ها", "پارلمان‌ها"},
		"another word, no slip":         {"The engineer came.", "مهندسی آمد.", "", ""},
		"nothing like it":               {"The parliament voted.", "نمایندگان رأی دادند.", "", ""},
		"another name is no spelling":   {"Tehran is silent.", "اصفهان خاموش است.", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			issues := g.Mend(test.source, test.target, g.Issues(tm.Plain(test.source), tm.Plain(test.target)))
			if len(issues) != 1 || issues[0].Code != MissingCode {
				t.Fatalf("issues %+v", issues)
			}
			i := issues[0]
			if test.fix == "" {
				if i.Fixable || i.Side != tm.SourceSide {
					t.Errorf("mended to %q", i.Fix)
				}
				return
			}
			if i.Side != tm.TargetSide || test.target[i.From:i.To] != test.found || i.Fix != test.fix || i.Args["found"] != test.found {
				t.Errorf("issue %+v at %q, want %q for %q", i, test.target[i.From:i.To], test.fix, test.found)
			}
		})
	}
}

func TestGuessType(t *testing.T) {
	en, fa := lang.For(language.English), lang.For(language.Persian)
	for _, test := range []struct {
		profile *lang.Profile
		text    string
		want    tm.TermType
	}{
		{en, "Stockholm District Court", tm.Organization},
		{en, "Gohardasht Prison", tm.Place},
		{en, "Maryam Karimi", tm.Person},
		{en, "NATO", tm.Organization},
		{en, "May 1988", tm.Date},
		{en, "political prisoner", tm.PlainTerm},
		{en, "court", tm.PlainTerm},
		{en, "", tm.PlainTerm},
		{fa, "دادگاه استکهلم", tm.Organization},
		{fa, "زندان گوهردشت", tm.Place},
		{fa, "مریم کریمی", tm.Person},
		{fa, "زندانی سیاسی", tm.PlainTerm},
	} {
		if got := GuessType(test.profile, test.text); got != test.want {
			t.Errorf("GuessType(%q) = %s, want %s", test.text, got, test.want)
		}
	}
}
