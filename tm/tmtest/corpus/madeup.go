package corpus

import (
	"math"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

// vocabulary is made up of words whose frequency falls as Zipf says.
type vocabulary struct {
	words  []string
	weight []float64 // cumulated
}

const (
	vocabularySize = 60_000
	zipf           = 1.07 // exponent of English prose
)

// function words come first, as they do in English.
var function = strings.Fields(`the of and to a in is for that it with as on be are this by or from an not at can
	which if you when all one will was has each other more may use only no into than these also some any most such
	but its then after two new should must over where before between both first same while until under how there`)

var onsets = strings.Fields("b br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w")
var nuclei = strings.Fields("a e i o u ai ea ee io oa oo ou")
var codas = strings.Fields("_ b ck d ft g l ll m n nd ng nt p r rd rk rm rn s ss st t ve x")
var endings = strings.Fields("_ _ _ s ed ing er ly tion able ment ness al ive")

func newVocabulary(random *rand.Rand) *vocabulary {
	v := &vocabulary{words: append([]string{}, function...)}
	seen := map[string]bool{"": true}
	for len(v.words) < vocabularySize {
		if w := coin(random, 1+len(v.words)/8_000); !seen[w] {
			seen[w] = true
			v.words = append(v.words, w)
		}
	}
	sum := 0.0
	for i := range v.words {
		sum += math.Pow(float64(i)+2.7, -zipf)
		v.weight = append(v.weight, sum)
	}
	return v
}

// coin makes a word; rare ones are long.
func coin(random *rand.Rand, rarity int) string {
	var b strings.Builder
	for range 1 + random.IntN(2+rarity/3) {
		b.WriteString(pick(random, onsets) + pick(random, nuclei) + pick(random, codas))
	}
	return strings.ReplaceAll(b.String()+pick(random, endings), "_", "")
}

func pick(random *rand.Rand, list []string) string { return list[random.IntN(len(list))] }

// word draws a word by its frequency.
func (v *vocabulary) word(random *rand.Rand) string {
	x := random.Float64() * v.weight[len(v.weight)-1]
	return v.words[sort.SearchFloat64s(v.weight, x)]
}

// patterns are the shapes of made-up sentences: W a word, N a number, C a
// capitalised word.
var patterns = strings.Split(`The W W W the W W of the W .
W W the W , the W W W W W W .
If W W W , W W the W W W W W W W .
C C W W W W W in N .
W W W W ( W W W ) W W W W W .
To W the W , W W W or W W .
C W W W N W W W W W , and W W W W W W W W .
W W W W W W W W W W W W W W W W W W .
Use W to W W W W .
W W W ; W W W W W W W .
W W W W : W W
When W W W W W W , the W W W W W W W W of W W W W W W .`, "\n")

func (v *vocabulary) sentence(random *rand.Rand) string {
	tokens := strings.Fields(pick(random, patterns))
	for i, t := range tokens {
		switch t {
		case "W":
			tokens[i] = v.word(random)
		case "C":
			tokens[i] = capital(v.word(random))
		case "N":
			tokens[i] = strconv.Itoa(1 + random.IntN(2_000))
		}
	}
	tokens[0] = capital(tokens[0])
	return spell(tokens)
}

func capital(w string) string {
	r := []rune(w)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// spell joins tokens as English is written.
func spell(tokens []string) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && !strings.Contains(".,;:!?)]%", t) && !strings.Contains("([", tokens[i-1]) {
			b.WriteByte(' ')
		}
		b.WriteString(t)
	}
	return b.String()
}
