package lang

import "testing"

// Each case is an English source, a Persian translation, and whether the
// numbers agree.
func TestCompareNumbers_EnglishToPersian(t *testing.T) {
	tests := []struct {
		name, source, target string
		ok                   bool
	}{
		{"Persian digits", "The court heard 14 witnesses.", "دادگاه سخنان ۱۴ شاهد را شنید.", true},
		{"Latin digits kept", "The court heard 14 witnesses.", "دادگاه سخنان 14 شاهد را شنید.", true},
		{"Arabic digits", "The court heard 14 witnesses.", "دادگاه سخنان ١٤ شاهد را شنید.", true},
		{"digit changed", "The court heard 14 witnesses.", "دادگاه سخنان ۱۵ شاهد را شنید.", false},
		{"number dropped", "The court heard 14 witnesses.", "دادگاه سخنان شاهدان را شنید.", false},
		{"number added", "The court heard the witnesses.", "دادگاه سخنان ۱۴ شاهد را شنید.", false},
		{"word added", "The court heard the witnesses.", "دادگاه سخنان دو شاهد را شنید.", true},
		{"words for digits", "The court heard 21 witnesses.", "دادگاه سخنان بیست و یک شاهد را شنید.", true},
		{"words joined by ZWNJ", "The court heard 21 witnesses.", "دادگاه سخنان بیست‌ویک شاهد را شنید.", true},
		{"digits for words", "Twenty-one witnesses were heard.", "سخنان ۲۱ شاهد شنیده شد.", true},
		{"words joined by nothing", "He was held for 120 days.", "او صدوبیست روز در بند بود.", true},
		{"words joined by nothing, wrong", "He was held for 120 days.", "او صدوسی روز در بند بود.", false},
		{"day of a solar month in words", "They meet on 13 Aban.", "سیزده آبان گرد هم می‌آیند.", true},
		{"day and year in words and digits", "He died on 5 June 1963.", "او پانزده خرداد ۱۳۴۲ درگذشت.", true},
		{"wrong day in words", "He died on 6 June 1963.", "او پانزده خرداد ۱۳۴۲ درگذشت.", false},
		{"shots, no day", "Ten shots were fired.", "ده تیر شلیک شد.", true},
		{"hundreds in words", "Three hundred and forty-five people came.", "سیصد و چهل و پنج نفر آمدند.", true},
		{"repeated", "In 5 cities, 5 people each.", "در ۵ شهر، هر یک چند نفر.", true},
		{"other order", "10 men and 20 women", "۲۰ زن و ۱۰ مرد", true},

		{"thousand", "About 30,000 were executed.", "حدود ۳۰ هزار نفر اعدام شدند.", true},
		{"thousand in words", "About 30,000 were executed.", "حدود سی هزار نفر اعدام شدند.", true},
		{"thousand lost", "About 30,000 were executed.", "حدود ۳۰ نفر اعدام شدند.", false},
		{"million composed", "The city has 1.2 million people.", "شهر یک میلیون و ۲۰۰ هزار نفر جمعیت دارد.", true},
		{"million and a half", "The city has 3.5 million people.", "شهر سه و نیم میلیون نفر جمعیت دارد.", true},
		{"half a million", "Half a million people marched.", "۵۰۰ هزار نفر راهپیمایی کردند.", true},
		{"billion for million", "It cost $7 million.", "۷ میلیارد دلار هزینه داشت.", false},
		{"thousand billion", "It cost 2 trillion tomans.", "۲ هزار میلیارد تومان هزینه داشت.", true},
		{"short billion", "It cost $5bn.", "۵ میلیارد دلار هزینه داشت.", true},
		{"a hundred", "A hundred people came.", "صد نفر آمدند.", true},
		{"a thousand", "A thousand people came.", "هزار نفر آمدند.", true},
		{"hundreds are vague", "Hundreds of people came.", "صدها نفر آمدند.", true},
		{"tens of thousands are vague", "Tens of thousands came.", "ده‌ها هزار نفر آمدند.", true},
		{"several hundred", "Several hundred people came.", "چند صد نفر آمدند.", true},
		{"range of millions", "2 to 3 million people", "۲ تا ۳ میلیون نفر", true},
		{"range of millions in full", "2 to 3 million people", "۲ میلیون تا ۳ میلیون نفر", true},
		{"comma «،» in a number", "There were 3,120 cases.", "۳،۱۲۰ مورد بود.", true},
		{"comma «،» in a list", "Rooms 120, 340", "اتاق‌های ۱۲۰،۳۴۰", true},

		{"decimal", "The quake measured 6.2.", "بزرگی زلزله ۶٫۲ بود.", true},
		{"decimal with slash", "The quake measured 6.2.", "بزرگی زلزله ۶/۲ بود.", true},
		{"decimal with point", "The quake measured 6.2.", "بزرگی زلزله ۶.۲ بود.", true},
		{"decimal lost", "The quake measured 6.2.", "بزرگی زلزله ۶۲ بود.", false},
		{"leading point", "It grew by .08%.", "۰٫۰۸ درصد رشد کرد.", true},

		{"percent word", "90 percent agreed.", "۹۰ درصد موافق بودند.", true},
		{"percent sign", "90 percent agreed.", "۹۰٪ موافق بودند.", true},
		{"percent sign before", "90% agreed.", "٪۹۰ موافق بودند.", true},
		{"percent in words", "90% agreed.", "نود درصد موافق بودند.", true},
		{"percent lost", "90% agreed.", "۹۰ نفر موافق بودند.", false},
		{"percent added", "90 agreed.", "۹۰ درصد موافق بودند.", false},
		{"percent range", "10–15% agreed.", "۱۰ تا ۱۵ درصد موافق بودند.", true},
		{"negative", "It was -5 degrees.", "دما منفی ۵ درجه بود.", true},
		{"below zero", "It was minus 5 degrees.", "دما ۵ درجه زیر صفر بود.", true},
		{"sign lost", "It was -5 degrees.", "دما ۵ درجه بود.", false},
		{"hyphen is no sign", "the F-16 and COVID-19", "اف-۱۶ و کووید-۱۹", true},

		{"year kept", "in 1988", "در سال ۱۹۸۸", true},
		{"year converted", "in 1988", "در سال ۱۳۶۷", true},
		{"year converted to the year before", "in January 1988", "در دی ۱۳۶۶", true},
		{"year short", "the massacre of 1988", "قتل‌عام ۶۷", true},
		{"both years", "in 1988", "در سال ۱۹۸۸ (۱۳۶۷)", true},
		{"year wrong", "in 1988", "در سال ۱۳۶۹", false},
		{"years of a range", "1979–1989", "۱۹۷۹ تا ۱۹۸۹", true},
		{"no year: grouped", "1,988 people", "۱۳۶۷ نفر", false},

		{"date kept", "on November 9, 2019", "در ۹ نوامبر ۲۰۱۹", true},
		{"date converted", "on November 9, 2019", "در ۱۸ آبان ۱۳۹۸", true},
		{"date converted, ordinal", "on the 9th of November 2019", "در هجدهم آبان‌ماه سال ۱۳۹۸", true},
		{"date a day off", "on November 9, 2019", "در ۱۹ آبان ۱۳۹۸", false},
		{"date of another month", "on November 9, 2019", "در ۱۸ آذر ۱۳۹۸", false},
		{"date in digits", "on 9 November 2019", "در تاریخ ۱۳۹۸/۸/۱۸", true},
		{"ISO date", "2019-11-09", "۱۸ آبان ۱۳۹۸", true},
		{"American date", "11/9/2019", "۹ نوامبر ۲۰۱۹", true},
		{"day and month", "on March 15", "در ۱۵ مارس", true},
		{"day and month converted", "on March 15", "در ۲۴ اسفند", true},
		{"day and month wrong", "on March 15", "در ۱۵ آوریل", false},
		{"days of a range", "from 9 to 11 November 2019", "از ۱۸ تا ۲۰ آبان ۱۳۹۸", true},
		{"month and year", "in July 1988", "در تیر ۱۳۶۷", true},
		{"month of May", "on May 10, 2020", "در ۱۰ می ۲۰۲۰", true},
		{"name before a day", "COVID-19 was found on 1 December.", "کووید-19 به 1 دسامبر بازمی‌گردد.", true},
		{"seconds are no ordinal", "Wash for twenty seconds.", "بیست ثانیه بشویید.", true},
		{"two thirds", "Two thirds left.", "دو سوم رفتند.", true},
		{"verb prefix is no May", "About COVID-19 it says nothing.", "دربارهٔ کووید-۱۹ می‌گوید هیچ.", true},
		{"decade", "in the 1980s", "در دههٔ ۱۹۸۰", true},
		{"decade converted", "in the 1980s", "در دههٔ ۶۰", true},
		{"decade converted in full", "in the 1980s", "در دههٔ ۱۳۶۰", true},
		{"decade in words", "in the 1980s", "در دهه شصت", true},
		{"decade wrong", "in the 1980s", "در دههٔ ۷۰", false},
		{"century", "in the 21st century", "در قرن بیست و یکم", true},
		{"century wrong", "in the 21st century", "در قرن ۲۰", false},

		{"afternoon on 24 hours", "at 5:30 p.m.", "ساعت ۱۷:۳۰", true},
		{"afternoon in words", "at 5:30 p.m.", "ساعت پنج و نیم بعدازظهر", true},
		{"afternoon with marker", "at 5:30 p.m.", "ساعت ۵:۳۰ بعدازظهر", true},
		{"hour and minutes apart", "at 5:20 p.m.", "ساعت ۵ و ۲۰ دقیقه عصر", true},
		{"full hour", "at 3 p.m.", "ساعت ۱۵", true},
		{"wrong hour", "at 3 p.m.", "ساعت ۱۶", false},
		{"morning is not evening", "at 5:30 p.m.", "ساعت ۵:۳۰ صبح", false},

		{"ordinal in digits", "the 3rd session", "سومین جلسه", true},
		{"ordinal in words is optional", "the third session", "جلسهٔ بعدی", true},
		{"one is optional", "one of them", "یکی از آنان", true},
		{"one of a number of people", "one of four officials", "یکی از مقام‌ها", false},
		{"after of", "the arrest of three journalists", "بازداشت خبرنگاران", false},
		{"hundreds of thousands are vague", "hundreds of thousands came", "صدها هزار نفر آمدند", true},
		{"both", "both sides", "هر دو طرف", true},
		{"dozen", "a dozen people", "۱۲ نفر", true},
		{"Roman", "World War II", "جنگ جهانی دوم", true},
		{"fraction in words", "two thirds of them", "دو سوم آنان", true},
		{"fraction", "3/5 of them", "سه پنجم آنان", true},
		{"resolution", "Resolution 1325", "قطعنامهٔ ۱۳۲۵", true},
		{"group", "the G7 summit", "نشست گروه هفت", true},
		{"camp", "Ashraf 3", "اشرف ۳", true},
		{"address is no number", "See https://example.org/2019/11 now.", "اکنون را ببینید.", true},
		{"placeholder is no number", "Hello {0}, %1$s", "سلام {0}، %1$s", true},
		{"compound", "a five-year-old boy", "پسری پنج‌ساله", true},
		{"compound joined", "a five-year-old boy", "پسری پنجساله", true},
		{"compound wrong", "a five-year-old boy", "پسری شش‌ساله", false},
		{"weekday is no number", "They met on Tuesday.", "سه‌شنبه دیدار کردند.", true},
		{"hour and a quarter", "at 5:15 pm", "ساعت پنج و ربع عصر", true},
		{"millions after a currency", "$300m", "۳۰۰ میلیون دلار", true},
		{"joined thousand", "2,500 people", "دوهزار و پانصد نفر", true},
		{"half a percent", "0.5 percent", "نیم درصد", true},
		{"joined percent", "100 percent", "صددرصد", true},
		{"minus behind", "−5°C", "۵- درجه", true},
		{"mixed number", "2 1/2 cups", "۲٫۵ پیمانه", true},
		{"mixed number in figures", "3 1/2 inches", "۳ ۱/۲ اینچ", true},
		{"mixed number in figures with «و»", "3 1/2 inches", "۳ و ۱/۲ اینچ", true},
		{"mixed number, other fraction", "3 1/2 inches", "۳ و ۱/۴ اینچ", false},
		{"mixed number, half after the unit", "2 1/2 years", "دو سال و نیم", true},
		{"mixed number, fraction lost", "2 1/2 years", "دو سال", false},
		{"mixed number of one character", "3¾ miles", "۳٫۷۵ مایل", true},
		{"mixed number of millions", "2½ million people", "دو و نیم میلیون نفر", true},
		{"mixed number in words", "2 3/4 tons", "دو و سه چهارم تن", true},
		{"a page and a third", "On page 2 1/3 was lost.", "در صفحهٔ ۲ یک سوم گم شد.", true},
		{"quarters in words", "two and three quarters", "۲٫۷۵", true},
		{"decimals in words", "three point one four", "۳٫۱۴", true},
		{"decimals in words, wrong", "three point one four", "۳٫۱۵", false},
		{"decimals after «ممیز»", "3.14", "سه ممیز چهارده صدم", true},
		{"figures after «ممیز»", "12.5 percent", "۱۲ ممیز ۵ درصد", true},
		{"tenths", "3.2 percent", "سه و دو دهم درصد", true},
		{"tenths alone", "0.2", "دو دهم", true},
		{"a moment is no decimal", "At one point two men came.", "زمانی دو مرد آمدند.", true},
		{"half after the magnitude", "1.5 million", "یک میلیون و نیم", true},
		{"half after the unit", "two and a half years", "دو سال و نیم", true},
		{"short month", "Sept. 11, 2001", "یازدهم سپتامبر ۲۰۰۱", true},
		{"decades", "the 1970s and 1980s", "دهه‌های ۵۰ و ۶۰", true},
		{"unit converted", "3 miles", "۴٫۸ کیلومتر", false},
		{"version", "version 2.0.1", "نسخهٔ ۲٫۰٫۱", true},
	}
	en, fa := profile("en"), profile("fa")
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			missing, extra := CompareNumbers(en, c.source, fa, c.target)
			if ok := len(missing)+len(extra) == 0; ok != c.ok {
				t.Errorf("%s → %s\nmissing %s, extra %s", c.source, c.target, show(missing), show(extra))
			}
		})
	}
}

func TestCompareNumbers_PersianToEnglish(t *testing.T) {
	tests := []struct {
		name, source, target string
		ok                   bool
	}{
		{"thousand", "۴۵ هزار نفر", "45,000 people", true},
		{"words", "پنجاه و سه نفر کشته شدند.", "Fifty-three people were killed.", true},
		{"words to digits", "پنجاه و سه نفر کشته شدند.", "53 people were killed.", true},
		{"word lost", "پنجاه و سه نفر کشته شدند.", "People were killed.", false},
		{"«نه» is no nine", "نه، او نیامد.", "No, he did not come.", true},
		{"«نه» counted", "نه نفر آمدند.", "Nine people came.", true},
		{"«نه» counted, lost", "نه نفر آمدند.", "Ten people came.", false},
		{"solar date", "۲۲ بهمن ۱۳۵۷", "11 February 1979", true},
		{"solar date kept", "۲۲ بهمن ۱۳۵۷", "22 Bahman 1357", true},
		{"solar date wrong", "۲۲ بهمن ۱۳۵۷", "12 February 1979", false},
		{"solar date short", "۲۲ بهمن ۵۷", "February 11, 1979", true},
		{"first of the month", "اول فروردین ۱۴۰۰", "March 21, 2021", true},
		{"solar year", "در سال ۱۳۶۷", "in 1988", true},
		{"decade", "دههٔ شصت", "the 1980s", true},
		{"percent", "نود درصد", "90%", true},
		{"seal is no month", "یک مهر و موم", "a seal", true},
		{"CNN is no thirty", "سی‌ان‌ان گزارش داد.", "CNN reported.", true},
		{"half a million", "نیم میلیون نفر", "500,000 people", true},
		{"weekday", "سه شنبه آمد.", "He came on Tuesday.", true},
		{"hundreds", "صدها هزار نفر", "hundreds of thousands of people", true},
		{"time", "ساعت ۵ بعدازظهر", "at 5 p.m.", true},
		{"minutes apart", "ساعت ۱۰ و ۴۵ دقیقه", "at 10:45", true},
		{"time on 24 hours", "ساعت ۱۷", "at 5 p.m.", true},
	}
	en, fa := profile("en"), profile("fa")
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			missing, extra := CompareNumbers(fa, c.source, en, c.target)
			if ok := len(missing)+len(extra) == 0; ok != c.ok {
				t.Errorf("%s → %s\nmissing %s, extra %s", c.source, c.target, show(missing), show(extra))
			}
		})
	}
}

func TestCompareNumbers_OtherLanguages(t *testing.T) {
	tests := []struct {
		from, to, source, target string
		ok                       bool
	}{
		{"en", "de", "1,234.5 tons on May 3, 2020", "1.234,5 Tonnen am 3. Mai 2020", true},
		{"en", "de", "3.5 million (12%)", "3,5 Millionen (12 Prozent)", true},
		{"en", "de", "1,234 tons", "1,234 Tonnen", false},
		{"en", "de", "the percentage", "das Prozent", true},
		{"fa", "ar", "۱۲ درصد از ۳ میلیون", "١٢ في المئة من ٣ ملايين", true},
		{"en", "ar", "on 9 November 2019", "في 9 نوفمبر 2019", true},
		{"en", "ru", "12 people in 1999", "12 человек в 1999", true},
		{"en", "ru", "12 people", "13 человек", false},
	}
	for _, c := range tests {
		missing, extra := CompareNumbers(profile(c.from), c.source, profile(c.to), c.target)
		if ok := len(missing)+len(extra) == 0; ok != c.ok {
			t.Errorf("%s → %s: missing %s, extra %s", c.source, c.target, show(missing), show(extra))
		}
	}
}

// A text never lacks or adds numbers against itself.
func FuzzCompareNumbers_Itself(f *testing.F) {
	for _, s := range []string{
		"On 9 November 2019 at 5:30 p.m. 1.2 million (12%) of 3/5, -5 and 1980s, 2.0.1",
		"۲۲ بهمن ۱۳۵۷ ساعت ۵ و نیم، دو هزار و ۵۰۰ نفر (۳/۵ درصد) در دههٔ ۶۰، سی‌ان‌ان، ۱۲۳،۴۵۶",
		"٪", "-", "1/", "::9", "۹\u200cم", ".5", "\xff9", "%%1", "hundred thousand and", "۳ و", "2 1/2 ½", "سه ممیز", "one point",
	} {
		f.Add(s)
	}
	profiles := []*Profile{profile("en"), profile("fa"), profile("de"), profile("und")}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range profiles {
			for _, n := range p.Numbers(s) {
				if n.From < 0 || n.From >= n.To || n.To > len(s) || n.Text != s[n.From:n.To] {
					t.Fatalf("%v: span %d..%d of %q", p.Tag(), n.From, n.To, s)
				}
			}
			if missing, extra := CompareNumbers(p, s, p, s); len(missing)+len(extra) > 0 {
				t.Errorf("%v: %q against itself: missing %s, extra %s", p.Tag(), s, show(missing), show(extra))
			}
		}
	})
}
