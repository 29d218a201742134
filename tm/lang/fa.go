package lang

// Persian. The letters are those of A3: kinds of yeh, kaf, heh, alef and the
// seats of hamza fold together; آ and the homophone letters do not.
var _ = register("fa", Profile{
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
})
