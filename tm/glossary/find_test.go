//lint:file-ignore ST1018 Persian words are written with ZWNJ

package glossary

import (
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A findCase asks what of a text a single term covers: want is the term with
// its ending, bare without it; "" for no match.
type findCase struct {
	name, kind, pos, term, text, want, bare string
	exact                                   bool
}

func (c findCase) run(t *testing.T, tag language.Tag) {
	t.Helper()
	term := tm.Term{Lang: tag, Text: c.term, Status: tm.Preferred, POS: c.pos}
	if c.exact {
		term.Case = tm.CaseExact
	}
	concept := tm.Concept{Type: tm.TermType(c.kind), Terms: []tm.Term{term}}
	hits := Compile([]tm.Concept{concept}, tag, language.German).Find(tm.SourceSide, c.text)
	var full, bare string
	if len(hits) > 0 {
		full, bare = c.text[hits[0].From:hits[0].FullTo], c.text[hits[0].From:hits[0].To]
	}
	if c.bare == "" {
		c.bare = c.want
	}
	if full != c.want || bare != c.bare {
		t.Errorf("%q in %q: got %q (bare %q), want %q (bare %q)", c.term, c.text, full, bare, c.want, c.bare)
	}
}

func TestFind_English(t *testing.T) {
	for _, c := range []findCase{
		{name: "plural s", term: "judge", text: "Two judges resigned.", want: "judges", bare: "judge"},
		{name: "plural es", term: "witness", text: "The witnesses spoke.", want: "witnesses", bare: "witness"},
		{name: "plural ies changes the word", term: "city", text: "Both cities burned.", want: "cities"},
		{name: "plural ies possessive", term: "party", text: "the parties’ offer", want: "parties’", bare: "parties"},
		{name: "ch takes es", term: "church", text: "old churches", want: "churches", bare: "church"},
		{name: "no es after n", term: "plan", text: "The planes landed.", want: ""},
		{name: "possessive", term: "regime", text: "the regime’s goal", want: "regime’s", bare: "regime"},
		{name: "plain apostrophe", term: "regime", text: "the regime's goal", want: "regime's", bare: "regime"},
		{name: "plural possessive", term: "victim", text: "the victims’ families", want: "victims’", bare: "victim"},
		{name: "possessive after s", term: "James", kind: "person", text: "James’ book", want: "James’", bare: "James"},
		{name: "no ing", term: "sanction", text: "They are sanctioning banks.", want: ""},
		{name: "no ed", term: "arrest", text: "He was arrested.", want: ""},
		{name: "no ian", term: "Iran", kind: "place", text: "The Iranian press", want: ""},
		{name: "no er", term: "protest", text: "A protester fell.", want: ""},
		{name: "hyphen is a boundary before", term: "Iran", kind: "place", text: "pro-Iran groups", want: "Iran"},
		{name: "hyphen is a boundary after", term: "Iran", kind: "place", text: "Iran-backed groups", want: "Iran"},
		{name: "slash is a boundary", term: "MEK", kind: "organization", text: "the PMOI/MEK said", want: "MEK"},
		{name: "hyphen for space", term: "mass execution", text: "the mass-execution site", want: "mass-execution"},
		{name: "no-break space", term: "mass execution", text: "a mass\u00a0execution", want: "mass\u00a0execution"},
		{name: "spaced hyphen is no space", term: "Stockholm court", text: "Stockholm - court news", want: ""},
		{name: "accents", term: "Durres", kind: "place", text: "in Durrës today", want: "Durrës"},
		{name: "accents in the term", term: "Durrës", kind: "place", text: "in Durres today", want: "Durres"},
		{name: "curly apostrophe", term: "Mohseni Eje’i", kind: "person", text: "Mohseni Eje'i said", want: "Mohseni Eje'i"},
		{name: "acronym in capitals only", term: "WHO", text: "those who fled", want: ""},
		{name: "acronym plural", term: "NGO", text: "Many NGOs protested.", want: "NGOs", bare: "NGO"},
		{name: "acronym possessive", term: "UN", text: "the UN’s envoy", want: "UN’s", bare: "UN"},
		{name: "no ending in capitals after an acronym", term: "US", text: "HOW IRAN USES IT", want: ""},
		{name: "other terms in any case", term: "death commission", text: "The Death Commission", want: "Death Commission"},
		{name: "exact as written", term: "Iran", exact: true, text: "IRAN TALKS", want: ""},
		{name: "exact, name of the month", term: "May", exact: true, text: "It may rain.", want: ""},
		{name: "digit boundary", term: "Ashraf 3", kind: "place", text: "Ashraf 30 is a code.", want: ""},
		{name: "decimal is another number", term: "Ashraf 3", kind: "place", text: "Ashraf 3.5 is a code.", want: ""},
		{name: "digit before a stop", term: "Ashraf 3", kind: "place", text: "He lives in Ashraf 3.", want: "Ashraf 3"},
		{name: "digit before a comma", term: "Ashraf 3", kind: "place", text: "In Ashraf 3, a camp", want: "Ashraf 3"},
		{name: "number before", term: "1988 massacre", text: "the 3.1988 massacre", want: ""},
		{name: "irregular plural", term: "spokesman", text: "two spokesmen’s words", want: "spokesmen’s", bare: "spokesmen"},
		{name: "irregular plural of a term", term: "street child", text: "the street children", want: "street children"},
		{name: "a name has none", kind: "person", term: "Newman", text: "the Newmen", want: ""},
		{name: "plural before a preposition", term: "prisoner of conscience", text: "prisoners of conscience", want: "prisoners of conscience"},
		{name: "plural y before a preposition", term: "enemy of Islam", text: "the enemies of Islam", want: "enemies of Islam"},
		{name: "inside a longer word", term: "art", text: "The party started.", want: ""},
		{name: "inside an address", term: "Iran", kind: "place", text: "See https://iran-news.example/iran today", want: ""},
		{name: "inside an e-mail", term: "Iran", kind: "place", text: "Write to info@iran.example now", want: ""},
		{name: "adjective has no plural", term: "clerical", pos: "adj", text: "the clericals", want: ""},
		{name: "ellipsis and quotes around", term: "regime", text: "“…regime”", want: "regime"},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, language.English) })
	}
}

func TestFind_PersianEndings(t *testing.T) {
	for _, c := range []findCase{
		{name: "ha", term: "گروگان", text: "گروگان‌ها آزاد شدند", want: "گروگان‌ها", bare: "گروگان"},
		{name: "ha apart", term: "گروگان", text: "گروگان های ایرانی", want: "گروگان های", bare: "گروگان"},
		{name: "ha joined", term: "گروگان", text: "گروگانها را", want: "گروگانها", bare: "گروگان"},
		{name: "an", term: "معترض", text: "معترضان آمدند", want: "معترضان", bare: "معترض"},
		{name: "an with possessor", term: "وکیل", text: "وکیلانشان رفتند", want: "وکیلانشان", bare: "وکیل"},
		{name: "at", term: "اقدام", text: "اقدامات تازه", want: "اقدامات", bare: "اقدام"},
		{name: "indefinite", term: "مأمور", text: "مأموری آمد", want: "مأموری", bare: "مأمور"},
		{name: "possessive joined", term: "کتاب", text: "کتابش گم شد", want: "کتابش", bare: "کتاب"},
		{name: "possessive of three letters needs ZWNJ", term: "کار", text: "کارت بانکی", want: ""},
		{name: "short stem with ZWNJ", term: "کار", text: "کار‌ت خوب", want: ""},
		{name: "people are not my man", term: "مرد", text: "مردم آمدند", want: ""},
		{name: "fame is not your city", term: "شهر", text: "شهرت او", want: ""},
		{name: "wisdom is not your verdict", term: "حکم", text: "حکمت و فلسفه", want: ""},
		{name: "short indefinite", term: "حکم", text: "حکمی صادر شد", want: "حکمی", bare: "حکم"},
		{name: "organisation is not our instrument", term: "ساز", text: "سازمان ملل", want: ""},
		{name: "your work is not a card", term: "کار", text: "کارتان تمام شد", want: "کارتان", bare: "کار"},
		{name: "its punishment", term: "مجاز", text: "مجازاتش اعدام بود", want: ""},
		{name: "two listed parts", term: "شاهد", text: "شاهدانشان آمدند", want: "شاهدانشان", bare: "شاهد"},
		{name: "short vowel plural", term: "آقا", text: "آقایان آمدند", want: "آقایان", bare: "آقا"},
		{name: "end is not feet", term: "پا", text: "پایان کار", want: ""},
		{name: "singular of a term in the plural", term: "ماسک‌ها", text: "دو ماسک", want: "ماسک"},
		{name: "their work", term: "کار", text: "کارشان تمام شد", want: "کارشان", bare: "کار"},
		{name: "copula", term: "قاضی", text: "آنان قاضی‌اند", want: "قاضی‌اند", bare: "قاضی"},
		{name: "attached object marker", term: "کتاب", text: "کتاب‌ها‌را برد", want: "کتاب‌ها‌را", bare: "کتاب"},
		{name: "heh ha", term: "خانه", text: "خانه‌های مردم", want: "خانه‌های", bare: "خانه"},
		{name: "heh to gan", term: "بازمانده", text: "بازماندگان گفتند", want: "بازماندگان"},
		{name: "heh to gan with possessor", term: "نماینده", text: "نمایندگانشان آمدند", want: "نمایندگانشان", bare: "نمایندگان"},
		{name: "heh ezafe", term: "دوره", text: "دوره‌ی تازه", want: "دوره‌ی", bare: "دوره"},
		{name: "heh indefinite apart", term: "نامه", text: "نامه ای نوشت", want: "نامه ای", bare: "نامه"},
		{name: "heh to gi is another word", term: "نماینده", text: "نمایندگی ایران", want: ""},
		{name: "sounded heh", term: "دادگاه", text: "دادگاهی در شهر", want: "دادگاهی", bare: "دادگاه"},
		{name: "sounded heh plural", term: "فرمانده", text: "فرماندهان سپاه", want: "فرماندهان", bare: "فرمانده"},
		{name: "command is not a commander", term: "فرمانده", text: "فرماندهی کل", want: ""},
		{name: "silent heh in congress", term: "کنگره", text: "کنگره‌ای بزرگ", want: "کنگره‌ای", bare: "کنگره"},
		{name: "vowel ezafe", term: "نیرو", text: "نیروی انسانی", want: "نیروی", bare: "نیرو"},
		{name: "vowel plural", term: "دانشجو", text: "دانشجویان معترض", want: "دانشجویان", bare: "دانشجو"},
		{name: "vowel possessive", term: "ادعا", text: "ادعایش نادرست بود", want: "ادعایش", bare: "ادعا"},
		{name: "yeh plural", term: "قربانی", text: "قربانیان و قربانی‌ها", want: "قربانیان", bare: "قربانی"},
		{name: "yeh indefinite", term: "قربانی", text: "قربانی‌ای دیگر", want: "قربانی‌ای", bare: "قربانی"},
		{name: "prisoner is not a prison", term: "زندان", text: "زندانی آزاد شد", want: ""},
		{name: "prisoners are not prisons", term: "زندان", text: "زندانیان آزاد شدند", want: ""},
		{name: "military is not order", term: "نظام", text: "نیروی نظامی", want: ""},
		{name: "cooperation is not a colleague", term: "همکار", text: "همکاری دو کشور", want: ""},
		{name: "journalism is not a journalist", term: "روزنامه‌نگار", text: "روزنامه‌نگاری شغل است", want: ""},
		{name: "dentistry by its last part", term: "دندان‌پزشک", text: "دندان‌پزشکی", want: ""},
		{name: "punishments are not permitted things", term: "مجاز", text: "مجازات اعدام", want: ""},
		{name: "resistance is not your strong one", term: "مقاوم", text: "مقاومت مردم", want: ""},
		{name: "relational yeh of common nouns", term: "دولت", text: "نهادهای دولتی", want: "دولتی", bare: "دولت"},
		{name: "comparative of an adjective", kind: "adj", term: "مهم", text: "مهم‌ترین خبر", want: "مهم‌ترین", bare: "مهم"},
		{name: "no comparative of a noun", term: "کتاب", text: "کتاب‌تر", want: ""},
		{name: "vowel marks", term: "زندان", text: "زندانِ اوین", want: "زندانِ", bare: "زندان"},
		{name: "tatweel", term: "زندان", text: "زنـدان اوین", want: "زنـدان"},
		{name: "Latin stem", term: "PCR", text: "آزمایش PCR‌ها", want: "PCR‌ها", bare: "PCR"},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, language.Persian) })
	}
}

func TestFind_PersianNames(t *testing.T) {
	for _, c := range []findCase{
		{name: "place", kind: "place", term: "ایران", text: "در ایران", want: "ایران"},
		{name: "adjective", kind: "place", term: "ایران", text: "دولت ایرانی", want: ""},
		{name: "people", kind: "place", term: "ایران", text: "ایرانیان خارج", want: ""},
		{name: "adjective of Sweden", kind: "place", term: "سوئد", text: "قاضی سوئدی", want: ""},
		{name: "another surname", kind: "person", term: "نوری", text: "خانم نوریان", want: ""},
		{name: "compound surname", kind: "person", term: "نوری", text: "خانم نوری‌زاد", want: ""},
		{name: "surname from a place", kind: "place", term: "خامنه", text: "علی خامنه‌ای", want: ""},
		{name: "plural", kind: "person", term: "نوری", text: "نوری‌ها", want: "نوری‌ها", bare: "نوری"},
		{name: "ezafe after alef", kind: "place", term: "آفریقا", text: "آفریقای جنوبی", want: "آفریقای", bare: "آفریقا"},
		{name: "ezafe after heh", kind: "place", term: "ترکیه", text: "ترکیه‌ی امروز", want: "ترکیه‌ی", bare: "ترکیه"},
		{name: "enclitic", kind: "place", term: "ایران", text: "ایران‌مان", want: "ایران‌مان", bare: "ایران"},
		{name: "no joined possessive", kind: "place", term: "ایران", text: "ایرانم", want: ""},
		{name: "hamza seat", kind: "person", term: "رئیسی", text: "رییسی گفت", want: "رییسی"},
		{name: "Arabic letters", kind: "person", term: "کریمی", text: "آقای كريمي", want: "كريمي"},
		{name: "other digits", kind: "place", term: "اشرف ۳", text: "در اشرف 3 بودند", want: "اشرف 3"},
		{name: "joined digit", kind: "place", term: "اشرف ۳", text: "ساکنان اشرف۳", want: "اشرف۳"},
		{name: "longer number", kind: "place", term: "اشرف ۳", text: "اشرف ۳۰", want: ""},
		{name: "decimal", kind: "place", term: "اشرف ۳", text: "اشرف ۳٫۵", want: ""},
		{name: "wa with ZWNJ", kind: "place", term: "ایران", text: "عراق و‌ایران", want: "ایران"},
		{name: "other prefix with ZWNJ", kind: "place", term: "ایران", text: "بی‌ایران", want: ""},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, language.Persian) })
	}
}

func TestFind_PersianSeparatorsAndHeads(t *testing.T) {
	for _, c := range []findCase{
		{name: "ZWNJ as space", term: "قتل‌عام", text: "قتل عام مردم", want: "قتل عام"},
		{name: "ZWNJ as nothing", term: "قتل‌عام", text: "قتلعام مردم", want: "قتلعام"},
		{name: "ZWNJ for a joined entry", term: "پاسخگویی", text: "پاسخ‌گویی دولت", want: "پاسخ‌گویی"},
		{name: "space as ZWNJ", kind: "person", term: "حمید نوری", text: "حمید‌نوری", want: "حمید‌نوری"},
		{name: "several spaces", kind: "person", term: "حمید نوری", text: "حمید  نوری", want: "حمید  نوری"},
		{name: "space as nothing between letters", kind: "person", term: "حمید نوری", text: "حمیدنوری", want: ""},
		{name: "hyphen", term: "کووید-۱۹", text: "بیماری کووید ۱۹", want: "کووید ۱۹"},
		{name: "head plural an", term: "زندانی سیاسی", text: "زندانیان سیاسی", want: "زندانیان سیاسی"},
		{name: "head plural ha", term: "زندانی سیاسی", text: "زندانی‌های سیاسی", want: "زندانی‌های سیاسی"},
		{name: "head plural and ending", term: "هیئت مرگ", text: "هیئت‌های مرگش", want: ""},
		{name: "head ha apart", term: "هیئت مرگ", text: "هیئت های مرگ", want: "هیئت های مرگ"},
		{name: "head gan", term: "بازمانده قتل‌عام", text: "بازماندگان قتل عام", want: "بازماندگان قتل عام"},
		{name: "head indefinite", term: "قیام سراسری", text: "قیامی سراسری", want: "قیامی سراسری"},
		{name: "head that is another word", term: "زندان سیاسی", text: "زندانی سیاسی", want: ""},
		{name: "ezafe mark", kind: "organization", term: "قوهٔ قضائیه", text: "قوه قضاییه", want: "قوه قضاییه"},
		{name: "ezafe as yeh", kind: "organization", term: "قوهٔ قضائیه", text: "قوه‌ی قضائیه", want: "قوه‌ی قضائیه"},
		{name: "ezafe in a later word", term: "رئیس قوهٔ قضائیه", text: "رئیس قوه ی قضائیه", want: "رئیس قوه ی قضائیه"},
		{name: "entry with ezafe as yeh", kind: "organization", term: "اتحادیه‌ی اروپا", text: "اتحادیه اروپا", want: "اتحادیه اروپا"},
		{name: "head ezafe after vav", term: "نیرو دریایی", text: "نیروی دریایی", want: "نیروی دریایی"},
		{name: "name head takes no indefinite", kind: "organization", term: "دادگاه استکهلم", text: "دادگاهی استکهلم", want: ""},
		{name: "last word with ending", term: "چوبهٔ دار", text: "چوبه‌های دارشان", want: "چوبه‌های دارشان", bare: "چوبه‌های دار"},
		{name: "old half space", term: "قتل‌عام", text: "قتل¬عام مردم", want: "قتل¬عام"},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, language.Persian) })
	}
}

func TestFind_OtherLanguages(t *testing.T) {
	run := func(tag, term, text, want string) {
		t.Run(tag+" "+term, func(t *testing.T) {
			findCase{term: term, text: text, want: want}.run(t, language.Make(tag))
		})
	}
	run("de", "Geisel", "Die Geisel kam frei.", "Geisel")
	run("de", "Geisel", "Die Geiseln kamen frei.", "")
	run("ja", "死刑", "彼は死刑判決を受けた", "死刑")
	run("th", "ตำรวจ", "เขาเป็นตำรวจไทย", "ตำรวจ")
	run("ar", "إيران", "في ايران اليوم", "ايران")
}
