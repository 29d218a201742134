package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
)

// A Pair is a source sentence and its target, "" when there is none.
type Pair struct{ Source, Target string }

// A Text is real text from one place. Missing says why there is none.
type Text struct {
	Name    string
	Pairs   []Pair
	Missing string
}

// A Unit is a translation unit of a corpus. Origin is the name of its [Text],
// "variants", "templates" or "made up".
type Unit struct {
	Pair
	Origin string
}

// A Corpus is what a benchmark runs on.
type Corpus struct {
	Units   []Unit
	Queries []Query
	Notes   []string // one for each text that was missing
}

// A Recipe says how to make a corpus. Templates asks for [TemplateShare] of the
// units made from [TemplateCount] templates, and queries for them, as the memory
// of a team with much boilerplate has.
type Recipe struct {
	Units     int
	Queries   int
	Seed      uint64
	Templates bool
	Texts     []Text
}

const (
	VariantShare  = 6  // percent of the units that are near-duplicates of others
	TemplateShare = 30 // percent of the units made from templates
	TemplateCount = 10
)

// Standard is the recipe of make bench: as many units as TARJOMAN_BENCH_UNITS
// says, else 100,000, and 1,000 queries.
func Standard(texts []Text) (Recipe, error) {
	r := Recipe{Units: 100_000, Queries: 1_000, Seed: 1, Texts: texts}
	if s := os.Getenv("TARJOMAN_BENCH_UNITS"); s != "" {
		n, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
		if err != nil || n < 1_000 {
			return r, fmt.Errorf("TARJOMAN_BENCH_UNITS is %q; it has to be a number from 1000", s)
		}
		r.Units = n
	}
	return r, nil
}

// Make makes the corpus.
func (r Recipe) Make() *Corpus {
	m := &maker{Recipe: r, seen: map[uint64]bool{}, corpus: &Corpus{}}
	m.vocabulary = newVocabulary(m.random("vocabulary"))
	m.natural = m.shuffled()
	m.holdBack()
	variants := r.Units * VariantShare / 100
	if r.Templates {
		m.addTemplates(r.Units * TemplateShare / 100)
	}
	m.addNatural(r.Units - variants)
	m.addMadeUp(r.Units - variants)
	m.addVariants(r.Units)
	m.mix()
	m.ask()
	return m.corpus
}

// maker is a corpus in the making.
type maker struct {
	Recipe
	corpus     *Corpus
	seen       map[uint64]bool // fingerprints of the sources
	natural    []Unit          // not yet used
	held       []Unit          // real sentences for queries, in no unit
	vocabulary *vocabulary
}

// random returns a generator of its own for each purpose, so that a change of
// one step leaves the others as they were.
func (m *maker) random(purpose string) *rand.Rand {
	return rand.New(rand.NewPCG(m.Seed, fingerprint(purpose)))
}

// add appends the unit unless its source is there already.
func (m *maker) add(u Unit) bool {
	f := fingerprint(u.Source)
	if m.seen[f] {
		return false
	}
	m.seen[f] = true
	if u.Target == "" {
		u.Target = translate(u.Source)
	}
	m.corpus.Units = append(m.corpus.Units, u)
	return true
}

// holdBack keeps sentences for the queries that no unit answers on purpose.
func (m *maker) holdBack() {
	n := min(m.Queries, len(m.natural)/20)
	m.held, m.natural = m.natural[:n], m.natural[n:]
	for _, u := range m.held {
		m.seen[fingerprint(u.Source)] = true
	}
}

// addNatural adds real sentences until there are n units, or no more of them.
func (m *maker) addNatural(n int) {
	for len(m.corpus.Units) < n && len(m.natural) > 0 {
		m.add(m.natural[0])
		m.natural = m.natural[1:]
	}
}

func (m *maker) addMadeUp(n int) {
	random := m.random("made up")
	for len(m.corpus.Units) < n {
		m.add(Unit{Pair{Source: m.vocabulary.sentence(random)}, "made up"})
	}
}

func (m *maker) addVariants(n int) {
	random := m.random("variants")
	originals := m.corpus.Units
	for len(m.corpus.Units) < n {
		source := originals[random.IntN(len(originals))].Source
		m.add(Unit{Pair{Source: m.variant(random, source)}, "variants"})
	}
}

// mix puts the units into an order in which any part of them is like the whole.
func (m *maker) mix() {
	units := m.corpus.Units
	m.random("mix").Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
}

// Shares tells how many units came from where, most first, and what was
// missing.
func (c *Corpus) Shares() string {
	counts := map[string]int{}
	for _, u := range c.Units {
		counts[u.Origin]++
	}
	var b strings.Builder
	for _, name := range byCount(counts) {
		fmt.Fprintf(&b, "%s %d; ", name, counts[name])
	}
	return strings.TrimSuffix(b.String(), "; ")
}
