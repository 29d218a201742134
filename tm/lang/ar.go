package lang

var _ = register("ar", Profile{
	digits: digits{zero: '٠', group: "٬", decimal: "٫", percent: "٪", minus: "-"},
	fold: folding{
		letters: map[rune]rune{
			'أ': 'ا', 'إ': 'ا', 'ٱ': 'ا', 'ی': 'ي', 'ى': 'ي', 'ک': 'ك', 'ه': 'ه', 'ہ': 'ه', 'ھ': 'ه',
		},
		guillemets: true,
	},
})
