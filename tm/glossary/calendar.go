package glossary

import (
	"golang.org/x/text/language"

	"tarjoman/tm"
)

// calendar lists the months of the Gregorian calendar and the days of the week,
// the usual Persian form first.
var calendar = []struct {
	en string
	fa []string
}{
	{"January", []string{"ژانویه"}}, {"February", []string{"فوریه"}}, {"March", []string{"مارس"}},
	{"April", []string{"آوریل"}}, {"May", []string{"مه", "می"}}, {"June", []string{"ژوئن"}},
	{"July", []string{"ژوئیه", "جولای"}}, {"August", []string{"اوت", "آگوست"}}, {"September", []string{"سپتامبر"}},
	{"October", []string{"اکتبر"}}, {"November", []string{"نوامبر"}}, {"December", []string{"دسامبر"}},
	{"Saturday", []string{"شنبه"}}, {"Sunday", []string{"یکشنبه"}}, {"Monday", []string{"دوشنبه"}},
	{"Tuesday", []string{"سه\u200cشنبه"}}, {"Wednesday", []string{"چهارشنبه"}}, {"Thursday", []string{"پنجشنبه"}},
	{"Friday", []string{"جمعه"}},
}

// Calendar returns a glossary of months and days of the week for [Glossary.Swap]:
// a report of Monday serves for one of Friday. It is empty but for English and
// Persian, in either direction.
func Calendar(source, target language.Tag) *Glossary {
	var concepts []tm.Concept
	for _, entry := range calendar {
		c := tm.Concept{Type: tm.Date, Terms: []tm.Term{
			{Lang: language.English, Text: entry.en, Status: tm.Preferred, Case: tm.CaseExact},
		}}
		for i, text := range entry.fa {
			status := tm.Preferred
			if i > 0 {
				status = tm.Admitted
			}
			c.Terms = append(c.Terms, tm.Term{Lang: language.Persian, Text: text, Status: status})
		}
		concepts = append(concepts, c)
	}
	return Compile(concepts, source, target)
}
