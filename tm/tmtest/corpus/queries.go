package corpus

import (
	"math/rand/v2"
	"strings"
)

// A Kind says how a query was made.
type Kind string

const (
	Exact    Kind = "exact"    // the source of a unit
	Edited   Kind = "edited"   // one to five words changed
	Misspelt Kind = "misspelt" // one to three typing errors
	HeldOut  Kind = "held out" // a real sentence that is no unit's
	Salad    Kind = "salad"    // words of many units in no order
	Long     Kind = "long"     // several sentences in one, with changes
	Short    Kind = "short"    // one to three words
	Template Kind = "template" // from a template, with other words and numbers
)

// shares are the percentages of the kinds.
var shares = []struct {
	kind    Kind
	percent float64
}{
	{Exact, 15}, {Edited, 42.5}, {Misspelt, 5}, {HeldOut, 20}, {Salad, 5}, {Long, 7.5}, {Short, 5},
}

// A Query is a sentence to look up.
type Query struct {
	Text string
	Kind Kind
}

// ask makes the queries and mixes them, so that any number of them from the
// start is a fair sample. A corpus of templates is asked for templates only.
func (m *maker) ask() {
	if m.Templates {
		m.askFor(Template, m.Queries)
	} else {
		for _, s := range shares {
			m.askFor(s.kind, int(s.percent*float64(m.Queries)/100+0.5))
		}
	}
	q := m.corpus.Queries
	m.random("order of queries").Shuffle(len(q), func(i, j int) { q[i], q[j] = q[j], q[i] })
}

func (m *maker) askFor(kind Kind, n int) {
	random := m.random("queries " + string(kind))
	for range n {
		m.corpus.Queries = append(m.corpus.Queries, Query{m.query(random, kind), kind})
	}
}

func (m *maker) query(random *rand.Rand, kind Kind) string {
	source := m.corpus.Units[random.IntN(len(m.corpus.Units))].Source
	switch kind {
	case Edited:
		return m.edited(random, source, 1+random.IntN(5))
	case Misspelt:
		return misspelt(random, source)
	case HeldOut:
		return m.heldOut(random)
	case Salad:
		return m.salad(random)
	case Long:
		return m.long(random, source)
	case Short:
		fields := strings.Fields(source)
		n := min(1+random.IntN(3), len(fields))
		from := random.IntN(len(fields) - n + 1)
		return strings.Join(fields[from:from+n], " ")
	case Template:
		return m.vocabulary.fill(random, pick(random, templates[:]))
	}
	return source
}

// heldOut returns each sentence once; made-up ones when there is no real text.
func (m *maker) heldOut(random *rand.Rand) string {
	if len(m.held) == 0 {
		return m.vocabulary.sentence(random)
	}
	q := m.held[0].Source
	m.held = m.held[1:]
	return q
}

func (m *maker) salad(random *rand.Rand) string {
	var list []string
	for range 5 + random.IntN(16) {
		list = append(list, m.anyWord(random))
	}
	return strings.Join(list, " ")
}

// long starts from a long unit in every second case, so that there are hits.
func (m *maker) long(random *rand.Rand, source string) string {
	if random.IntN(2) == 0 {
		for range 2_000 {
			if len(strings.Fields(source)) >= 30 {
				return m.edited(random, source, 1+random.IntN(6))
			}
			source = m.corpus.Units[random.IntN(len(m.corpus.Units))].Source
		}
	}
	for len(strings.Fields(source)) < 35 {
		source += " " + m.corpus.Units[random.IntN(len(m.corpus.Units))].Source
	}
	return m.edited(random, source, 1+random.IntN(6))
}
