package glossary

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

func TestNamesIn(t *testing.T) {
	tests := []struct {
		name, lang, text string
		known            []string
		want             []string
	}{
		{"full name after a title", "en", "On Monday President Ebrahim Raisi met Hamid Noury.", nil, []string{"Ebrahim Raisi", "Hamid Noury"}},
		{"possessive and hyphen", "en", "They read Khamenei’s letter in a Tehran-backed paper.", nil, []string{"Khamenei", "Tehran"}},
		{"small words inside", "en", "They left the Bank of England for Shahr-e Kord.", nil, []string{"Bank of England", "Shahr-e Kord"}},
		{"first word of a sentence", "en", "Flowers grew. Amnesty wrote about it.", nil, []string{"Flowers?", "Amnesty?"}},
		{"initials", "en", "So wrote J. B. Fraser long ago.", nil, []string{"J. B. Fraser"}},
		{"known Persian names", "fa", "احمدی نژاد و موسوی‌ها با رضای پهلوی", []string{"احمدی‌نژاد", "موسوی", "رضا"}, []string{"احمدی نژاد", "موسوی", "رضا"}},
		{"Persian without a list", "fa", "احمدی نژاد آمد", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range NamesIn(lang.For(language.Make(tt.lang)), tt.text, tt.known...) {
				text := tt.text[s.From:s.To]
				if s.Doubtful {
					text += "?"
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPairNames(t *testing.T) {
	en, fa := language.English, language.Persian
	tests := []struct {
		name           string
		from, to       language.Tag
		source, target string
		want           []string
	}{
		{"spelled", en, fa, "Hamid Noury was tried in Stockholm.", "حمید نوری در استکهلم محاکمه شد.", []string{"Hamid Noury=حمید نوری", "Stockholm=استکهلم"}},
		{"ending", en, fa, "the friends of Reza", "دوستان رضای ما", []string{"Reza=رضا"}},
		{"joined and apart", en, fa, "They saw Alireza and Gohardasht.", "آنها علی‌رضا و گوهر دشت را دیدند.", []string{"Alireza=علی‌رضا", "Gohardasht=گوهر دشت"}},
		{"only a part is spelled", en, fa, "He died in Evin Prison.", "او در زندان اوین جان باخت.", []string{"Evin=اوین"}},
		{"translated by meaning", en, fa, "He wrote to the United Nations.", "او به سازمان ملل نامه نوشت.", nil},
		{"from Persian", fa, en, "حسن روحانی به اصفهان رفت.", "Hassan Rouhani went to Isfahan.", []string{"حسن روحانی=Hassan Rouhani", "اصفهان=Isfahan"}},
		{"Latin to Latin", en, language.Swedish, "He met Hamid Noury.", "Han träffade Hamid Nouri.", []string{"Hamid Noury=Hamid Nouri"}},
		{"no name", en, fa, "It rained.", "باران بارید.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, p := range PairNames(tt.from, tt.to, tt.source, tt.target) {
				got = append(got, tt.source[p.Source.From:p.Source.To]+"="+tt.target[p.Target.From:p.Target.To])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCrossCandidates(t *testing.T) {
	en, fa := language.English, language.Persian
	tests := []struct {
		name, text string
		from, to   language.Tag
		known      []string
		want       string // the first, with its reason
	}{
		{"what the memory holds", "Hamid Nouri", en, fa, []string{"حسن نوری", "حمید نوری"}, "known حمید نوری"},
		{"usual words", "Mostafa Taheri", en, fa, nil, "usual مصطفی طاهری"},
		{"by rule", "Vilnius", en, fa, nil, "rule ویلنیوس"},
		{"to Latin, known", "گوترش", fa, en, []string{"Trump", "Guterres"}, "known Guterres"},
		{"to Latin, usual", "غلامحسین محسنی", fa, en, nil, "usual Gholamhossein Mohseni"},
		{"to Latin, by rule", "بهنام", fa, en, nil, "rule Bahnam"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := CrossCandidates(tt.text, tt.from, tt.to, tt.known)
			if len(list) == 0 {
				t.Fatal("nothing proposed")
			}
			if got := string(list[0].Reason) + " " + list[0].Text; got != tt.want {
				t.Errorf("first is %q, want %q; all: %v", got, tt.want, list)
			}
		})
	}
}

func TestNameConsistency(t *testing.T) {
	en, fa := language.English, language.Persian
	person := []tm.Concept{{Type: tm.Person, Terms: []tm.Term{
		{Lang: en, Text: "Anna Peterson", Status: tm.Preferred}, {Lang: en, Text: "Anna Petersen", Status: tm.Admitted},
		{Lang: fa, Text: "آنا پترسون", Status: tm.Preferred},
	}}}
	tests := []struct {
		name     string
		from, to [1]string
		known    []tm.Concept
		segments []NameSegment
		want     []string
	}{
		{"the majority decides", [1]string{"en"}, [1]string{"fa"}, nil, []NameSegment{
			{"Antonio Guterres spoke.", "آنتونیو گوترش سخن گفت."}, {"So said Guterres.", "گوترز چنین گفت."}, {"They met Guterres.", "با گوترش دیدار کردند."},
		}, []string{"1 error گوترز > گوترش"}},
		{"the glossary decides", [1]string{"en"}, [1]string{"fa"}, person, []NameSegment{
			{"They saw Peterson.", "آنها پیترسون را دیدند."}, {"They saw Anna Peterson.", "آنها آنا پترسون را دیدند."}, {"So said Peterson.", "پیترسون چنین گفت."},
		}, []string{"0 error پیترسون > پترسون", "2 error پیترسون > پترسون"}},
		{"typography is no other form", [1]string{"en"}, [1]string{"fa"}, nil, []NameSegment{
			{"They saw Alireza Akbari.", "علی‌رضا اکبری را دیدند."}, {"They saw Alireza Akbari.", "علیرضا اكبري را دیدند."},
		}, nil},
		{"from Persian", [1]string{"fa"}, [1]string{"en"}, nil, []NameSegment{
			{"روحانی رفت.", "Then Rouhani went."}, {"روحانی آمد.", "Then Ruhani came."}, {"روحانی ماند.", "Then Rouhani stayed."},
		}, []string{"1 warning Ruhani > Rouhani"}},
		{"twice in one segment", [1]string{"en"}, [1]string{"fa"}, nil, []NameSegment{
			{"They saw Guterres; later Guterres left.", "گوترش را دیدند؛ گوترز رفت."}, {"They saw Guterres.", "گوترش را دیدند."},
		}, []string{"0 warning گوترز > گوترش"}},
		{"a derived word beside it", [1]string{"en"}, [1]string{"fa"}, nil, []NameSegment{
			{"They left Sweden.", "سوئد را ترک کردند."}, {"They left Sweden.", "شهر سوئدی را ترک کردند."},
		}, nil},
		{"two people", [1]string{"en"}, [1]string{"fa"}, nil, []NameSegment{
			{"They saw Hamid and Hamed.", "حمید و حامد را دیدند."}, {"They saw Hamed and Hamid.", "حامد و حمید را دیدند."},
		}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			report := NameConsistency(language.Make(tt.from[0]), language.Make(tt.to[0]), tt.known, slices.Values(tt.segments))
			var got []string
			for _, f := range report.Findings {
				text := tt.segments[f.Segment].Target[f.Issue.From:f.Issue.To]
				got = append(got, fmt.Sprintf("%d %s %s > %s", f.Segment, f.Issue.Severity, text, f.Issue.Fix))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNameConsistency_Clusters(t *testing.T) {
	segments := []NameSegment{
		{"They saw Hanna Petersson.", "هانا پترسون را دیدند."},
		{"They saw Hana Petersson.", "هانا پترسون را دیدند."},
		{"They saw Hanna Petersson.", "هانا پیترسن را دیدند."},
		{"They saw Hanna Petersson.", "او را دیدند."},
	}
	segments = append(segments, NameSegment{"They wrote to Amnesty.", "به عفو بین‌الملل نوشتند."})
	known := []tm.Concept{{Type: tm.Organization, Terms: []tm.Term{
		{Lang: language.English, Text: "Amnesty", Status: tm.Preferred}, {Lang: language.Persian, Text: "عفو بین‌الملل", Status: tm.Preferred},
	}}}
	report := NameConsistency(language.English, language.Persian, known, slices.Values(segments))
	if len(report.Clusters) != 2 {
		t.Fatalf("clusters: %+v", report.Clusters)
	}
	c := report.Clusters[0]
	got := []int{len(c.Names), c.Names[0].Count(), len(c.Renderings), c.Renderings[0].Count(), c.Segments}
	if diff := cmp.Diff([]int{2, 3, 2, 2, 4}, got); diff != "" {
		t.Error(diff)
	}
	if c = report.Clusters[1]; c.Type != tm.Organization || len(c.Renderings) != 1 || c.Renderings[0].Text != "عفو بین‌الملل" {
		t.Errorf("a name translated by meaning: %+v", c)
	}
}

func BenchmarkNameConsistency(b *testing.B) {
	var segments []NameSegment
	for i := range 5000 {
		e, f := names.entries[i%len(names.entries)], names.entries[i*7%len(names.entries)]
		segments = append(segments, NameSegment{
			fmt.Sprintf("On Monday, %s %s told the court in Stockholm that the prisoners of Gohardasht had been led away.", e.latin, f.latin),
			fmt.Sprintf("روز دوشنبه %s %s در دادگاه استکهلم گفت که زندانیان گوهردشت را برده بودند.", e.persian, f.persian),
		})
	}
	for b.Loop() {
		NameConsistency(language.English, language.Persian, nil, slices.Values(segments))
	}
}
