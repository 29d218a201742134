package lang

import "maps"

// English.
var _ = register("en", Profile{words: &vocabulary{
	cardinals: numberList(`zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10
		eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19
		twenty=20 thirty=30 forty=40 fourty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90`),
	ordinals: numberList(`first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10
		eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18
		nineteenth=19 twentieth=20 thirtieth=30 fortieth=40 fiftieth=50 sixtieth=60 seventieth=70 eightieth=80
		ninetieth=90 hundredth=100`),
	magnitudes:   powers("thousand=3 million=6 billion=9 trillion=12"),
	short:        powers("bn=9 mn=6 tn=12 k=3 m=6"),
	hundred:      "hundred",
	article:      set("a an one"),
	and:          set("and"),
	to:           set("to or through until till versus"),
	percent:      withPairs(set("percent percentage pct"), "per cent", "percentage points"),
	minus:        set("minus negative"),
	below:        withPairs(nil, "below zero"),
	half:         set("half"),
	quarter:      set("quarter"),
	point:        set("point"),
	moment:       set("at"),
	halfAlone:    set("half quarter quarters"),
	vague:        set("several few many some multi"),
	each:         set("all both"),
	collective:   numberList("dozen=12 both=2 twice=2 couple=2 pair=2 once=1 single=1 double=2 triple=3"),
	ordinalEnd:   set("st nd rd th"),
	months:       englishMonths(),
	capital:      set("may march mar dec jan sun"),
	dayOf:        set("of"),
	ofYear:       set("of ."),
	decades:      numberList("twenties=20 thirties=30 forties=40 fifties=50 sixties=60 seventies=70 eighties=80 nineties=90"),
	clock:        map[string]string{"pm": "pm", "p.m": "pm", "am": "am", "a.m": "am", "p.m.": "pm", "a.m.": "am"},
	units:        set("seconds"),
	named:        set("covid sars cov ncov h"),
	needsArticle: true,
}})

func englishMonths() map[string]month {
	m := monthList(nil, false, `january/jan february/feb march/mar april/apr may june/jun july/jul august/aug
		september/sep/sept october/oct november/nov december/dec`)
	maps.Copy(m, monthList(nil, true, `farvardin ordibehesht khordad tir/teer mordad/amordad shahrivar
		mehr aban/abaan azar dey/dei bahman esfand`))
	return m
}
