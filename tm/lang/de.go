package lang

// German. Numbers in words below a thousand are not read.
var _ = register("de", Profile{
	digits: digits{zero: '0', group: ".", decimal: ",", percent: "\u00a0%", minus: "-"},
	words: &vocabulary{
		magnitudes: powers("tausend=3 million=6 millionen=6 mio=6 milliarde=9 milliarden=9 mrd=9 billion=12 billionen=12"),
		percent:    set("prozent"),
		to:         set("bis oder"),
		and:        set("und"),
		minus:      set("minus"),
		months: monthList(nil, false, `januar/jänner/jan februar/feb märz/mrz april/apr mai juni/jun juli/jul august/aug
			september/sep/sept oktober/okt november/nov dezember/dez`),
		dayOf:        set("."),
		needsArticle: true,
	},
})
