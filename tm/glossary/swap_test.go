package glossary

import (
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

func swapGlossary() *Glossary {
	concept := func(kind tm.TermType, source, target, forbidden string) tm.Concept {
		c := tm.Concept{Type: kind, Terms: []tm.Term{
			{Lang: language.English, Text: source, Status: tm.Preferred},
			{Lang: language.Persian, Text: target, Status: tm.Preferred},
		}}
		if forbidden != "" {
			c.Terms = append(c.Terms, tm.Term{Lang: language.Persian, Text: forbidden, Status: tm.ForbiddenTerm})
		}
		return c
	}
	return Compile([]tm.Concept{
		concept(tm.Person, "Laleh Irani", "لاله ایرانی", ""),
		concept(tm.Person, "Omid Karimi", "امید کریمی", ""),
		concept(tm.Person, "Samira Zare", "سمیرا زارع", "سمیرا زارعی"),
		concept(tm.Place, "Tabriz", "تبریز", ""),
		concept(tm.Place, "Shiraz", "شیراز", ""),
		concept(tm.PlainTerm, "garden", "باغ", ""),
		concept(tm.PlainTerm, "school", "مدرسه", ""),
	}, language.English, language.Persian)
}

func TestSwap(t *testing.T) {
	tests := []struct {
		name, query, source, target string
		want                        string // "" when it is not safe
		now                         string
	}{
		{"a person", "Omid Karimi spoke first.", "Laleh Irani spoke first.", "نخست لاله ایرانی سخن گفت.",
			"نخست امید کریمی سخن گفت.", "Omid Karimi spoke first."},
		{"the ending is kept", "They saw the schools.", "They saw the gardens.", "باغ‌ها را دیدند.",
			"مدرسه‌ها را دیدند.", "They saw the schools."},
		{"two at once", "Omid Karimi left Shiraz.", "Laleh Irani left Tabriz.", "لاله ایرانی تبریز را ترک کرد.",
			"امید کریمی شیراز را ترک کرد.", "Omid Karimi left Shiraz."},
		{"one of two", "Laleh Irani left Shiraz.", "Laleh Irani left Tabriz.", "لاله ایرانی تبریز را ترک کرد.",
			"لاله ایرانی شیراز را ترک کرد.", "Laleh Irani left Shiraz."},
		{"other words differ as well", "Omid Karimi sang.", "Laleh Irani spoke.", "لاله ایرانی سخن گفت.",
			"امید کریمی سخن گفت.", "Omid Karimi spoke."},
		{"the same terms", "Laleh Irani sang.", "Laleh Irani spoke.", "لاله ایرانی سخن گفت.", "", ""},
		{"a person for a place", "They love Tabriz.", "They love Omid Karimi.", "امید کریمی را دوست دارند.", "", ""},
		{"plural for singular", "They saw the schools.", "They saw the garden.", "باغ را دیدند.", "", ""},
		{"not in the translation", "Omid Karimi spoke.", "Laleh Irani spoke.", "او سخن گفت.", "", ""},
		{"twice in the translation", "Omid Karimi spoke.", "Laleh Irani spoke.", "لاله ایرانی، آری لاله ایرانی، سخن گفت.", "", ""},
		{"twice in the source", "Omid Karimi met Omid Karimi.", "Laleh Irani met Laleh Irani.", "لاله ایرانی خود را دید.", "", ""},
		{"in a forbidden form", "Omid Karimi spoke.", "Samira Zare spoke.", "سمیرا زارعی سخن گفت.", "", ""},
		{"one more", "Omid Karimi and Laleh Irani spoke.", "Laleh Irani spoke.", "لاله ایرانی سخن گفت.", "", ""},
	}
	g := swapGlossary()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, ok := g.Swap(tt.query, tt.source, tt.target)
			if ok != (tt.want != "") || s.Target != tt.want || s.Source != tt.now {
				t.Errorf("%v %+v", ok, s)
			}
		})
	}
}
