package segment

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// checkSplits splits every line, in which | marks the breaks.
func checkSplits(t *testing.T, lang string, lines []string) {
	rules := For(language.Make(lang))
	for _, line := range lines {
		want := strings.Split(line, "|")
		text := strings.ReplaceAll(line, "|", "")
		for i := range want {
			want[i] = strings.TrimSpace(want[i])
		}
		if got := rules.SplitText(text); !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

func TestEnglish(t *testing.T) {
	checkSplits(t, "en", []string{
		"He left. |She stayed! |Did they talk? |Nobody knows…",
		"What?! |You saw him?? |Yes!!! |Fine.",
		"Heading\n|Text follows here. |And here.\n\n|Last",
		"He called it “a farce.” |The judge did not answer.",
		"“Where are they?” she asked.| Nobody spoke.",
		"“Where are they?” Maryam asked. |Nobody spoke.",
		"“Stop!” |He turned around.",
		"(See the annex.) |It is long.",
		"They fled.[12] |Others stayed.¹ |Why?",
		"It fell 3.5 percent. |Then it rose. |See www.example.org/a.html. |Write to a.b@example.org. |Done.",
		"1. Summary of facts\n|2. Findings\n|iv. Annex\n|a. First\n|B. Second",
		"He was silent... then he spoke. |He was silent... |Then he spoke. |He stopped…. |Nobody moved.",
		"Dr. Karimi, Mr. Amini and Prof. Rad met Gen. Safavi. |Sen. Young spoke.",
		"It was seen on Jan. 5 and Dec. 12 near Mt. Damavand. |See vol. 3, p. 14 and No. 7 there.",
		"Use a rope, e.g. Manila, i.e. Abaca. |It holds.",
		"John F. Kennedy met J. R. Tolkien. |They talked.",
		"He said no. |She said No. |Nobody came.",
		"The U.S. Army left. |He lives in the U.S. |He likes it. |The U.N. Security Council met.",
		"They met at 5 p.m. on Sunday. |It began at 9 a.m. |The others came at 10 a.m. Monday.",
		"She works for Acme Inc. |It is large. |Acme Corp. Chairman Lee left. |He bought fruit, bread, etc. |Then he left.",
		"Smith et al. Nature reports it. |Martin Luther King Jr. Day is a holiday.",
		"iPhone sales rose. |The iPad did not.",
		"He arrived.|The others left.",
		"Roe v. Wade was cited. |Ali vs. Reza was not.",
		"Version 2.0.1 is out. |Read file.txt and main.go. |Then go.",
		"He wrote: “I saw it. |I was there.” |The court believed him.",
		"He came.\u200e |She left.",
		"It was him.\u00a0|She knew.",
		"Look: this is one; so is this, and this — too.",
	})
}

func TestPersian(t *testing.T) {
	checkSplits(t, "fa", []string{
		"او رفت. |آنان ماندند! |حرف زدند؟ |کسی نمی‌داند.",
		"چه شد؟! |تو دیدی؟؟ |آری!!! |باشد.",
		"عنوان خبر\n|متن خبر اینجاست. |و اینجا.\n\n|پایان",
		"قاضی گفت: «شاهد بیاید.» |شاهد وارد شد.",
		"قاضی گفت: «شاهد بیاید». |شاهد وارد شد.",
		"قاضی گفت: «شاهد بیاید.» و نشست.",
		"او گفت «می‌آیم.» که خوب بود.",
		"«کجا هستند؟» او پرسید. |کسی پاسخ نداد.",
		"«بایست!» سرباز فریاد زد. |او ایستاد.",
		"(همه آمده بودند.) |سپس جلسه آغاز شد.",
		"این سخن (که بارها گفته شد.) را شنیدیم. |او رفت.",
		"او رفت.[۱۲] |دیگران ماندند.[3] |چرا؟",
		"نرخ ۳.۵ درصد بود. |سپس ۴٫۲ شد. |نگاه کنید به www.example.org/a.html. |پایان.",
		"۱. خلاصه\n|۲. یافته‌ها\n|الف. نخست\n|ب. دوم\n|1. سوم",
		"او خاموش ماند... سپس گفت. |او خاموش ماند… و رفت. |او سکوت کرد.... |سپس رفت.",
		"در سال ۱۳۵۷ ه.ش. انقلاب شد. |در سدهٔ ۳ ق.م. بود. |ر.ک. فصل دوم.",
		"م. امید شاعر بود. |نگاه کنید به ص. ۱۲ کتاب. |آ. ب. کریمی آمد.",
		"شرکت Apple Inc. سود کرد. |او از U.S. آمد. |ساعت 5 p.m. بود.",
		"دکتر J. Smith آمد. |او رفت.",
		"او گفت: بیا؛ برو، و بمان: همین — بس.",
		"او رفت.|متهم ماند.",
		"او رفت.\u200f |دیگران ماندند.",
		"در ۵ شهر بود. |۱۲ نفر کشته شدند. |BBC گزارش داد.",
		"رستم و اسفندیار و... «داستان» بود.",
		"نام فایل را main.go بگذارید. |نسخهٔ 2.0.1 آمد.",
		"روز ۲۲ بهمن ۱۳۵۷. |پایان.",
	})
}

func TestArabic(t *testing.T) {
	checkSplits(t, "ar", []string{
		"ذهب الرجل. |بقي الآخرون! |هل تكلموا؟ |لا أحد يعرف.",
		"قال د. أحمد إن الأمر واضح. |ثم خرج.",
		"توفي سنة 1400 هـ. في بغداد. |ثم دفن.",
		"سكت… ثم تكلم. |انتهى.",
	})
}

func TestGerman(t *testing.T) {
	checkSplits(t, "de", []string{
		"Er ging. |Sie blieb! |Wusste er es? |Niemand weiß es.",
		"Am 3. Mai kam Dr. Meier. |Er blieb bis zum 12. Juni.",
		"Man braucht z. B. Wasser, d. h. viel. |Das reicht.",
		"„Wo ist er?“ |Niemand antwortete.",
		"Er kaufte Obst, Brot usw. |Dann ging er.",
		"Die Schlacht fand im Jahr 333 v. Chr. bei Issos statt. |Alexander siegte.",
		"Sie wohnt in der Hauptstr. 5 in Köln. |Es ist ruhig.",
	})
}
