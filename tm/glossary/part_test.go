package glossary

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A list of concepts as With keeps it: what a fresh Compile would be given.
type conceptList []tm.Concept

func (l conceptList) put(c tm.Concept) conceptList {
	if i := slices.IndexFunc(l, func(o tm.Concept) bool { return o.ID == c.ID }); i >= 0 {
		l[i] = c
		return l
	}
	at := len(l)
	for i, o := range l {
		if o.Glossary == c.Glossary {
			at = i + 1
		}
	}
	return slices.Insert(l, at, c)
}

func (l conceptList) remove(id tm.ConceptID) conceptList {
	return slices.DeleteFunc(l, func(c tm.Concept) bool { return c.ID == id })
}

// A glossary changed many times says what one compiled at once says.
func TestWith_EqualsCompile(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 7))
		list := conceptList{}
		for i := range 30 {
			list = append(list, randomConcept(r, tm.ConceptID(i+1), tm.GlossaryID(1+i/10)))
		}
		g := Compile(slices.Clone(list), language.English, language.Persian)
		// A glossary that is empty when it is compiled comes last, and stays so
		// until everything is compiled anew: keep the last concept of each.
		for step := range 300 {
			id := tm.ConceptID(1 + r.IntN(60))
			if r.IntN(3) == 0 && id > 30 {
				list, g = list.remove(id), g.With(nil, id)
			} else {
				c := randomConcept(r, id, tm.GlossaryID(1+(int(id)-1)/10%4))
				list, g = list.put(c), g.With([]tm.Concept{c})
			}
			if step%20 == 0 {
				same(t, g, Compile(slices.Clone(list), language.English, language.Persian), r)
			}
		}
	}
}

func same(t *testing.T, got, want *Glossary, r *rand.Rand) {
	t.Helper()
	if got.Len() != want.Len() {
		t.Fatalf("%d concepts, want %d", got.Len(), want.Len())
	}
	for range 5 {
		source, target := randomText(r, fewEnglish), randomText(r, fewPersian)
		if diff := cmp.Diff(outcome(want, source, target), outcome(got, source, target)); diff != "" {
			t.Fatalf("%q, %q: %s", source, target, diff)
		}
	}
}

func outcome(g *Glossary, source, target string) []string {
	var out []string
	for _, r := range g.Check(source, target) {
		out = append(out, fmt.Sprint(r.Concept.ID, r.Outcome, r.Preferred, r.Source, r.Target))
	}
	for _, i := range g.Issues(tm.Plain(source), tm.Plain(target)) {
		out = append(out, fmt.Sprint(i))
	}
	for _, h := range g.Find(tm.TargetSide, target) {
		out = append(out, fmt.Sprint(h.Concept.ID, h.From, h.FullTo))
	}
	return out
}

var (
	fewEnglish = strings.Fields("court judge state prison guard city army")
	fewPersian = strings.Fields("دادگاه قاضی دولت زندان نگهبان شهر ارتش")
)

func randomText(r *rand.Rand, words []string) string {
	var text []string
	for range 8 {
		text = append(text, words[r.IntN(len(words))])
	}
	return strings.Join(text, " ")
}

func randomConcept(r *rand.Rand, id tm.ConceptID, in tm.GlossaryID) tm.Concept {
	some := func(words []string) string {
		return strings.Join(strings.Fields(randomText(r, words))[:1+r.IntN(2)], " ")
	}
	c := jsonTerm{Source: some(fewEnglish), Target: some(fewPersian), Forbidden: []string{some(fewPersian)}, Type: "term"}.
		concept(language.English, language.Persian)
	c.ID, c.Glossary = id, in
	return c
}

func TestOn_TermsHoldInTheirTime(t *testing.T) {
	year := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	c := writtenConcept("Gohardasht = گوهردشت,رجایی‌شهر :place", language.English, language.Persian)
	c.Terms[1].Until = year(1993)
	c.Terms[2].From = year(1993).AddDate(0, 0, 1)
	g := Compile([]tm.Concept{c}, language.English, language.Persian)
	for _, tt := range []struct {
		day                time.Time
		target             string
		outcome, preferred string
	}{
		{time.Time{}, "گوهردشت", "ok", "گوهردشت"},
		{year(1988), "گوهردشت", "ok", "گوهردشت"},
		{year(1988), "رجایی‌شهر", "missing", "گوهردشت"},
		{year(1993), "گوهردشت", "ok", "گوهردشت"},
		{year(2000), "گوهردشت", "missing", "رجایی‌شهر"},
		{year(2000), "رجایی‌شهر", "ok", "رجایی‌شهر"},
	} {
		r := g.On(tt.day).CheckConcept(0, "in Gohardasht", "در "+tt.target)
		if string(r.Outcome) != tt.outcome || r.Preferred != tt.preferred {
			t.Errorf("%v: %s is %s, use %s; want %s, %s", tt.day, tt.target, r.Outcome, r.Preferred, tt.outcome, tt.preferred)
		}
	}
}

func TestCheck_ProposedIsNeverEnforced(t *testing.T) {
	c := writtenConcept("hostage = گروگان,اسیر !زندانی", language.English, language.Persian)
	long := writtenConcept("hostage taker = گروگان‌گیر", language.English, language.Persian)
	long.Terms[0].Status = tm.Proposed
	for _, tt := range []struct {
		name, target string
		change       func(*tm.Concept)
		want         Outcome
		found        int
	}{
		{"proposed translation does not satisfy", "اسیر", func(c *tm.Concept) { c.Terms[2].Status = tm.Proposed }, Missing, 2},
		{"proposed source does not ask", "آنان", func(c *tm.Concept) { c.Terms[0].Status = tm.Proposed }, NotApplicable, 1},
		{"a proposed longer term hides nothing", "آنان", func(*tm.Concept) {}, Missing, 2},
	} {
		changed := c
		changed.Terms = slices.Clone(c.Terms)
		tt.change(&changed)
		g := Compile([]tm.Concept{changed, long}, language.English, language.Persian)
		if got := g.CheckConcept(0, "the hostage taker", tt.target).Outcome; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if hits := g.Find(tm.SourceSide, "the hostage taker"); len(hits) != tt.found {
			t.Errorf("%s: found %+v, want %d", tt.name, hits, tt.found)
		}
	}
}

func TestCheck_KeptTermsStandAsTheyAre(t *testing.T) {
	c := writtenConcept("Telegram =  !تلگرام", language.English, language.Persian)
	c.Keep = true
	g := Compile([]tm.Concept{c}, language.English, language.Persian)
	for target, want := range map[string]Outcome{
		"کانال Telegram": OK, "کانال Telegram‌ها": OK, "کانال telegram": Missing, "کانال تلگرام": Forbidden, "کانال او": Missing,
		"کانال‌های Telegram’s": OK,
	} {
		r := g.CheckConcept(0, "a Telegram channel", target)
		if r.Outcome != want || r.Preferred != "Telegram" {
			t.Errorf("%q: %s, use %q; want %s", target, r.Outcome, r.Preferred, want)
		}
	}
}

func TestIssues_SeveritiesOfAProject(t *testing.T) {
	c := writtenConcept("Iran = ایران :place", language.English, language.Persian)
	g := Compile([]tm.Concept{c}, language.English, language.Persian).Weighing(map[tm.TermType]tm.Severity{tm.Place: tm.SeverityInfo})
	issues := g.Issues(tm.Plain("Iran"), tm.Plain("هیچ"))
	if len(issues) != 1 || issues[0].Severity != tm.SeverityInfo {
		t.Errorf("got %+v", issues)
	}
}
