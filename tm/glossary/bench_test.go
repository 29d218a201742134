package glossary

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// wholeWord reports whether from..to of a text has no letter on either side.
func wholeWord(text []rune, from, to int) bool {
	return (from == 0 || !unicode.IsLetter(text[from-1])) && (to == len(text) || !unicode.IsLetter(text[to]))
}

// naive looks for every term in a folded text, one after the other: what a
// check does that knows no better. It sees no inflection.
func naive(terms []string, text string) (found int) {
	for _, term := range terms {
		if at := strings.Index(text, term); at >= 0 {
			found++
		}
	}
	return found
}

// ahoCorasick finds every raw string of a set in one pass. It sees no
// inflection, no ZWNJ, no variants.
type ahoCorasick struct {
	next []map[rune]int32
	fail []int32
	ends []int32 // length of the longest term that ends here
}

func newAhoCorasick(terms []string) *ahoCorasick {
	a := &ahoCorasick{next: []map[rune]int32{{}}, fail: []int32{0}, ends: []int32{0}}
	for _, term := range terms {
		at, n := int32(0), int32(0)
		for _, r := range term {
			n++
			to, ok := a.next[at][r]
			if !ok {
				to = int32(len(a.next))
				a.next = append(a.next, map[rune]int32{})
				a.fail, a.ends = append(a.fail, 0), append(a.ends, 0)
				a.next[at][r] = to
			}
			at = to
		}
		a.ends[at] = n
	}
	a.link()
	return a
}

// link sets where to go on when a character does not fit.
func (a *ahoCorasick) link() {
	queue := []int32{0}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for r, to := range a.next[at] {
			if at != 0 {
				a.fail[to] = a.step(a.fail[at], r)
			}
			queue = append(queue, to)
		}
	}
}

func (a *ahoCorasick) step(at int32, r rune) int32 {
	for {
		if to, ok := a.next[at][r]; ok {
			return to
		}
		if at == 0 {
			return 0
		}
		at = a.fail[at]
	}
}

func (a *ahoCorasick) find(text []rune) (found int) {
	at := int32(0)
	for i, r := range text {
		at = a.step(at, r)
		for node := at; node != 0; node = a.fail[node] {
			if n := int(a.ends[node]); n > 0 && wholeWord(text, i+1-n, i+1) {
				found++
			}
		}
	}
	return found
}

func TestAhoCorasick_FindsWhatStandsThere(t *testing.T) {
	a := newAhoCorasick([]string{"he", "she", "his", "hers", "she sells"})
	if n := a.find([]rune("she sells his hers, he said; sheher")); n != 5 {
		t.Errorf("found %d, want she, she sells, his, hers, he", n)
	}
}

// A vocabulary is invented words of two languages. Terms and texts are made of
// it, so that most words of a text begin many terms, as in a real glossary.
type vocabulary struct {
	r              *rand.Rand
	english, farsi []string
}

func newVocabulary() *vocabulary {
	v := &vocabulary{r: rand.New(rand.NewPCG(3, 4))}
	for range 5_000 {
		v.english = append(v.english, v.word("aeioubcdfglmnprst"))
		v.farsi = append(v.farsi, v.word("ابپتجدرسشفکلمنوهی"))
	}
	return v
}

func (v *vocabulary) word(letters string) string {
	var b strings.Builder
	runes := []rune(letters)
	for range 3 + v.r.IntN(6) {
		b.WriteRune(runes[v.r.IntN(len(runes))])
	}
	return b.String()
}

func (v *vocabulary) text(words []string, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = words[v.r.IntN(len(words))]
	}
	return strings.Join(list, " ")
}

// concepts makes n concepts of one to three words.
func (v *vocabulary) concepts(n int) []tm.Concept {
	list := make([]tm.Concept, n)
	for i := range list {
		j := jsonTerm{Source: v.text(v.english, 1+v.r.IntN(3)), Target: v.text(v.farsi, 1+v.r.IntN(3)), Type: "term"}
		list[i] = j.concept(language.English, language.Persian)
		list[i].ID = tm.ConceptID(i + 1)
	}
	return list
}

// benchWords is the length of the texts of benchmarks.
const benchWords = 25

// folded returns the terms of a language, folded.
func folded(list []tm.Concept, tag language.Tag) (terms []string) {
	p := lang.For(tag)
	for _, c := range list {
		for _, term := range c.In(tag) {
			terms = append(terms, p.FoldString(term.Text))
		}
	}
	return terms
}

func BenchmarkFind_50000Concepts(b *testing.B) {
	v := newVocabulary()
	list := v.concepts(50_000)
	text := v.text(v.farsi, benchWords)
	g := Compile(list, language.English, language.Persian)
	terms := folded(list, language.Persian)
	raw := newAhoCorasick(terms)
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			g.Find(tm.TargetSide, text)
		}
	})
	b.Run("naive", func(b *testing.B) {
		for b.Loop() {
			naive(terms, lang.For(language.Persian).FoldString(text))
		}
	})
	b.Run("AhoCorasick", func(b *testing.B) {
		for b.Loop() {
			raw.find([]rune(lang.For(language.Persian).FoldString(text)))
		}
	})
}

func BenchmarkIssues_50000Concepts(b *testing.B) {
	v := newVocabulary()
	g := Compile(v.concepts(50_000), language.English, language.Persian)
	source, target := tm.Plain(v.text(v.english, benchWords)), tm.Plain(v.text(v.farsi, benchWords))
	for b.Loop() {
		g.Issues(source, target)
	}
}

func BenchmarkCompile_50000Concepts(b *testing.B) {
	list := newVocabulary().concepts(50_000)
	for b.Loop() {
		Compile(list, language.English, language.Persian)
	}
}

// BenchmarkWith_50000Concepts changes one concept after another, merges
// included.
func BenchmarkWith_50000Concepts(b *testing.B) {
	v := newVocabulary()
	list := v.concepts(50_000)
	g := Compile(list, language.English, language.Persian)
	for b.Loop() {
		g = g.With([]tm.Concept{list[v.r.IntN(len(list))]})
	}
}
