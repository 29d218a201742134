package corpus

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// templates are sentences of a news room that differ in a few words. N stands
// for a number, W for a word.
var templates = [TemplateCount]string{
	"The index of the W exchange closed at N points on W , up N points from the day before .",
	"Trading in shares of W was halted for N minutes on W after the price fell by N percent .",
	"At least N people were killed and N injured when a bus left the road near W on W .",
	"The weather office of W expects N degrees and light winds from the W on W .",
	"W beat W by N to N in front of N spectators on W evening .",
	"A quake of magnitude N . N struck N kilometres north of W early on W , the institute said .",
	"The ministry of W said on W that N projects worth N million had been approved .",
	"Flight N from W to W was delayed by N hours because of fog , the airport said .",
	"The council of W voted N to N on W to widen the road between W and W .",
	"Police in W arrested N people on W and seized N kilograms of W at the border .",
}

func (v *vocabulary) fill(random *rand.Rand, template string) string {
	tokens := strings.Fields(template)
	for i, t := range tokens {
		switch t {
		case "W":
			tokens[i] = capital(v.words[len(function)+random.IntN(4_000)])
		case "N":
			tokens[i] = strconv.Itoa(1 + random.IntN(900))
		}
	}
	return spell(tokens)
}

// addTemplates adds n units, as many of each template.
func (m *maker) addTemplates(n int) {
	random := m.random("templates")
	for i := 0; i < n; {
		source := m.vocabulary.fill(random, templates[i%TemplateCount])
		if m.add(Unit{Pair{Source: source}, "templates"}) {
			i++
		}
	}
}
