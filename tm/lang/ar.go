package lang

// Arabic. Hamza on alef, final yeh and the Persian forms of yeh and kaf fold;
// teh marbuta stays. Numbers in words below a thousand are not read.
var _ = register("ar", Profile{
	digits: digits{zero: '٠', group: "٬", decimal: "٫", percent: "٪", minus: "-"},
	fold: folding{
		letters: map[rune]rune{
			'أ': 'ا', 'إ': 'ا', 'ٱ': 'ا', 'ی': 'ي', 'ى': 'ي', 'ک': 'ك', 'ہ': 'ه', 'ھ': 'ه',
		},
		guillemets: true,
	},
	words: &vocabulary{
		magnitudes: powers("ألف=3 آلاف=3 ألفا=3 مليون=6 ملايين=6 مليونا=6 مليار=9 مليارات=9 بليون=9 تريليون=12"),
		percent:    withPairs(set("بالمئة بالمائة"), "في المئة", "في المائة"),
		to:         set("إلى أو حتى"),
		and:        set("و"),
		minus:      set("ناقص سالب"),
		months: monthList(nil, false, `يناير فبراير مارس أبريل/إبريل مايو يونيو/يونيه يوليو/يوليه أغسطس
			سبتمبر أكتوبر نوفمبر ديسمبر`),
		ofYear:       set("من عام سنة"),
		needsArticle: true,
	},
})
