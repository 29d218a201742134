package lang

// Persian. The letters are those of A3: kinds of yeh, kaf, heh, alef and the
// seats of hamza fold together; آ and the homophone letters do not.
var persian = register("fa", Profile{
	digits: digits{zero: '۰', group: "٬", decimal: "٫", percent: "٪", minus: "−"},
	fold: folding{
		letters: map[rune]rune{
			'ي': 'ی', 'ى': 'ی', 'ې': 'ی', 'ۍ': 'ی', 'ے': 'ی', 'ئ': 'ی', 'ۓ': 'ی',
			'ك': 'ک', 'ڪ': 'ک',
			'ہ': 'ه', 'ھ': 'ه', 'ە': 'ه', 'ۀ': 'ه', 'ة': 'ه', 'ۂ': 'ه', 'ۃ': 'ه',
			'أ': 'ا', 'إ': 'ا', 'ٱ': 'ا',
			'ؤ': 'و',
		},
		zwnj:       true,
		guillemets: true,
		affixes: &affixes{
			prefixes: set("می نمی"),
			suffixes: set("ها های هایی هایم هایت هایش هایمان هایتان هایشان تر ترین"),
			afterHeh: set("ام ات اش ای ایم اید اند ی"),

			silentHeh: 'ه',
			ezafe:     'ی',
		},
	},
	words: &vocabulary{
		cardinals:  numberList(persianCardinals),
		ordinals:   persianOrdinals(),
		magnitudes: powers("هزار=3 میلیون=6 ملیون=6 میلیارد=9 بیلیون=12 تریلیون=12"),
		hundred:    "صد",
		article:    set("یک"),
		and:        set("و"),
		to:         set("تا الی یا به"),
		percent:    withPairs(set("درصد درصدی"), "در صد", "واحد درصد"),
		minus:      set("منفی منهای"),
		below:      withPairs(nil, "زیر صفر"),
		half:       set("نیم ونیم"),
		joinedHalf: set("ونیم"),
		quarter:    set("ربع"),
		point:      set("ممیز"),
		halfAlone:  set("نیم ربع"),
		vague:      set("چند چندین چندصد ها صدها هزاران ده‌ها میلیونها هزارها صدهزاران"),
		each:       set("هر این آن بین میان"),
		ambiguous:  set("نه"),
		counted: set(`نفر تن سال ساله ماه روز ساعت دقیقه ثانیه هفته درصد بار مورد کشور شهر زن مرد کودک هزار میلیون
			میلیارد متر کیلومتر کیلوگرم تن عدد نوع گروه عضو استان زندانی شاهد جلد کتاب دلار تومان ریال یورو برابر دهم`),
		compounds:  set("ساله روزه ماهه نفره گانه جانبه طرفه درصدی ساعته دقیقه‌ای ضلعی برابر تایی"),
		weekday:    "شنبه",
		plural:     set("ها های هایی"),
		ordinalEnd: set("م ام مین امین ین"),
		months:     persianMonths(),
		capital:    set("می"),
		afterMonth: set("در به از با که برای تا و یا بود است شد"),
		ofYear:     set("سال ماه سنه"),
		decade:     set("دهه"),
		clock: map[string]string{
			"بعدازظهر": "pm", "عصر": "pm", "ب.ظ": "pm", "شب": "pm", "شامگاه": "pm",
			"صبح": "am", "بامداد": "am", "ق.ظ": "am", "پیشازظهر": "am", "قبلازظهر": "am", "سحر": "am",
		},
		hourWord:      set("ساعت ساعات"),
		named:         set("کووید کرونا کروناویروس سارس اف"),
		needsAnd:      true,
		slashDecimal:  true,
		trailingMinus: true,
	},
})

// Dari has a code of its own beside fa-AF.
func init() { registry["prs"] = persian }

const persianCardinals = `صفر=0 یک=1 دو=2 سه=3 چهار=4 پنج=5 شش=6 هفت=7 هشت=8 نه=9 ده=10 یازده=11 دوازده=12
	سیزده=13 چهارده=14 پانزده=15 پونزده=15 شانزده=16 هفده=17 هجده=18 هیجده=18 هژده=18 نوزده=19
	بیست=20 سی=30 چهل=40 پنجاه=50 شصت=60 هفتاد=70 هشتاد=80 نود=90
	یکصد=100 دویست=200 سیصد=300 چهارصد=400 پانصد=500 پونصد=500 ششصد=600 شیشصد=600 هفتصد=700 هشتصد=800 نهصد=900`

// persianOrdinals are the cardinals with their endings: «چهارم», «چهارمین».
func persianOrdinals() map[string]int64 {
	m := numberList("اول=1 اولین=1 نخست=1 نخستین=1 یکمین=1 دوم=2 دومین=2 دویم=2 سوم=3 سومین=3 سیم=30 صدم=100 صدمین=100")
	for w, n := range numberList(persianCardinals) {
		if n != 2 && n != 3 {
			m[w+"م"], m[w+"مین"] = n, n
		}
	}
	return m
}

// persianMonths are the months of E7: Gregorian, Gregorian in Afghanistan,
// Solar Hijri of Iran and of Afghanistan.
func persianMonths() map[string]month {
	m := monthList(nil, false, `ژانویه فوریه/فبریه مارس/مارچ آوریل/اوریل/اپریل مه/می ژوئن/جون ژوئیه/جولای/ژوییه/جولایی
		اوت/آگوست/اگست/آگست سپتامبر/سپتمبر اکتبر/اکتوبر نوامبر/نومبر دسامبر/دسمبر`)
	m = monthList(m, false, "جنوری فبروری مارچ اپریل می جون جولای اگست سپتمبر اکتوبر نومبر دسمبر")
	m = monthList(m, true, "فروردین اردیبهشت خرداد تیر مرداد/امرداد شهریور مهر آبان آذر دی بهمن اسفند")
	return monthList(m, true, "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت")
}
