//lint:file-ignore ST1018 Persian words are written with ZWNJ

package glossary

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"tarjoman/tm"
)

func TestFirstMentions(t *testing.T) {
	toPersian := Compile([]tm.Concept{
		writtenConcept("MEK,People’s Mujahedin of Iran = سازمان مجاهدین خلق ایران,مجاهدین,مجاهدین خلق :organization", language.English, language.Persian),
		writtenConcept("NATO = ناتو,سازمان پیمان آتلانتیک شمالی :organization", language.English, language.Persian),
		writtenConcept("Hamid Noury = حمید نوری,نوری :person", language.English, language.Persian),
	}, language.English, language.Persian)
	toEnglish := Compile([]tm.Concept{
		writtenConcept("دیوان کیفری بین‌المللی,دیوان = International Criminal Court,ICC :organization", language.Persian, language.English),
	}, language.Persian, language.English)
	for _, tt := range []struct {
		name     string
		g        *Glossary
		segments []Pair
		want     []string
	}{
		{"written out, then short", toPersian, []Pair{{"The MEK met.", "سازمان مجاهدین خلق ایران گرد آمد."}, {"The MEK left.", "مجاهدین رفتند."}}, nil},
		{"short, then written out", toPersian, []Pair{{"The MEK met.", "مجاهدین گرد آمدند."}, {"The MEK left.", "سازمان مجاهدین خلق ایران رفت."}},
			[]string{"0: مجاهدین > سازمان مجاهدین خلق ایران"}},
		{"only the first is reported", toPersian, []Pair{{"The MEK met.", "مجاهدین گرد آمدند."}, {"The MEK left.", "مجاهدین رفتند."}},
			[]string{"0: مجاهدین > سازمان مجاهدین خلق ایران"}},
		{"both in one segment", toPersian, []Pair{{"The MEK", "سازمان مجاهدین خلق ایران (مجاهدین)"}}, nil},
		{"the long form in the source", toPersian, []Pair{{"People’s Mujahedin of Iran", "مجاهدین خلق"}}, []string{"0: مجاهدین خلق > سازمان مجاهدین خلق ایران"}},
		{"missing is no mention", toPersian, []Pair{{"The MEK met.", "آنان گرد آمدند."}, {"The MEK left.", "مجاهدین رفتند."}},
			[]string{"1: مجاهدین > سازمان مجاهدین خلق ایران"}},
		{"not yet translated", toPersian, []Pair{{"The MEK met.", " "}, {"The MEK left.", "سازمان مجاهدین خلق ایران رفت."}}, nil},
		{"the short form is the preferred one", toPersian, []Pair{{"NATO", "ناتو"}}, nil},
		{"no acronym", toPersian, []Pair{{"Hamid Noury", "نوری"}}, nil},
		{"to English", toEnglish, []Pair{{"دیوان گفت.", "The ICC’s judges spoke."}}, []string{"0: ICC’s > International Criminal Court’s (ICC)"}},
		{"to English, both", toEnglish, []Pair{{"دیوان گفت.", "The International Criminal Court (ICC) spoke."}, {"دیوان", "The ICC"}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range tt.g.FirstMentions(tt.segments) {
				got = append(got, fmt.Sprintf("%d: %s > %s", f.Segment, f.Issue.Args["term"], f.Issue.Fix))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFirstMentions_SeedTranslationIsClean(t *testing.T) {
	g := Compile(seedGlossary(t), language.English, language.Persian)
	var segments []Pair
	for _, p := range seedPairs(t) {
		segments = append(segments, Pair{p[0], p[1]})
	}
	for _, f := range g.FirstMentions(segments) {
		t.Errorf("false alarm in %d: %v", f.Segment, f.Issue.Args)
	}
}
