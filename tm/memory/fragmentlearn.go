package memory

import (
	"slices"

	"tarjoman/tm"
)

// How a phrase was translated is learned from units that hold its words, in the
// manner of IBM Model 1 (Brown et al. 1993): every token of a target comes from
// one of the words of its source, by a probability of its own, and a few rounds
// of expectation and maximisation find the probabilities. Three things differ.
//
//   - Only the words of the query have probabilities to learn. All other words of
//     a source write a token as often as it stands in all targets, which the sizes
//     of the posting lists tell, but for what words of the query wrote; so what is
//     common everywhere is not taken for a translation.
//   - The links of a pair are guessed from what all other pairs say (leave one
//     out), else a word met once would explain the whole of its sentence.
//   - Tokens count once for each text.
//
// In the pairs that hold a phrase the tokens that come from its words rather
// than from others are then known, and the stretch of the target that has most
// of these, and least of others, is where its translation stands
// (fragmentspan.go).
type learner struct {
	*quarry
	local   map[uint32]int32 // by number of the vocabulary
	tokens  []targetToken
	counts  []float32 // by token and word: how often one wrote the other
	totals  []float32 // by word
	pairs   map[tm.UnitID]*pair
	order   []*pair
	perUnit float32 // 1 / (tokens of all targets)
	twins   []*twins
	drafted []uint16 // by number of the vocabulary: targets in drafts
	except  []uint32 // tokens of the unit that is not asked
	alike   []uint32 // by word: the same word in the vocabulary of the targets, or noWord
	targets int      // all
}

// A targetToken is a token met in targets.
type targetToken struct {
	id     uint32
	rows   float32 // that have it, of all
	ours   float32 // how many of these words of the query wrote
	letter bool
	same   int16 // the word of the query that is written alike; -1 for none
}

func newLearner(q *quarry) *learner {
	l := &learner{quarry: q, local: map[uint32]int32{}, totals: make([]float32, len(q.words)), pairs: map[tm.UnitID]*pair{}}
	l.counts = make([]float32, 0, 2048*len(q.words))
	l.twins = make([]*twins, len(q.parts))
	l.drafted = make([]uint16, q.columns[1].words.len()+1)
	for n, p := range q.parts {
		switch x := p.(type) {
		case *segment:
			if lane := x.lanes[q.numbers[1]]; lane != nil {
				l.twins[n] = newTwins(lane)
				l.targets += len(lane.owner)
			}
		case *draft:
			l.countDraft(x)
		}
	}
	for i := range q.words {
		id := q.columns[1].words.find(q.words[i].text)
		if id == 0 {
			id = noWord
		}
		l.alike = append(l.alike, id)
	}
	l.leaveOut()
	return l
}

const noWord = ^uint32(0)

// leaveOut takes the unit that is not asked out of the general frequencies: in
// a small memory it counts.
func (l *learner) leaveOut() {
	if l.Except == 0 {
		return
	}
	for n, p := range l.parts {
		unit, ok := p.find(l.Except)
		if !ok {
			continue
		}
		from, to := p.facts().variants(unit)
		for v := from; v < to; v++ {
			if row, ok := l.targetRow(uint32(n), v, 0); ok {
				l.except = append(l.except, appendTokens(nil, row)...)
			}
		}
	}
}

func (l *learner) countDraft(d *draft) {
	for v, column := range d.columns {
		if column != l.numbers[1] {
			continue
		}
		l.targets++
		l.row = appendTokens(l.row[:0], d.row(uint32(v)))
		for _, id := range l.row {
			l.drafted[id]++
		}
	}
}

// token returns the learner's number of a token.
func (l *learner) token(id uint32) int32 {
	if n, ok := l.local[id]; ok {
		return n
	}
	letter := isWord(l.columns[1].words.bytes(id))
	t := targetToken{id: id, rows: float32(l.drafted[id]), letter: letter, same: int16(slices.Index(l.alike, id))}
	for _, w := range l.twins {
		if w != nil {
			t.rows += float32(w.rowsWith(id))
		}
	}
	if slices.Contains(l.except, id) {
		t.rows--
	}
	n := int32(len(l.tokens))
	l.local[id] = n
	l.tokens = append(l.tokens, t)
	l.counts = append(l.counts, make([]float32, len(l.words))...)
	return n
}

// study adds pairs to learn from.
func (l *learner) study(list []witness) {
	for _, w := range list {
		if _, known := l.pairs[w.id]; known {
			continue
		}
		if p := l.pair(w); p != nil {
			l.order = append(l.order, p)
		}
	}
}

const (
	rounds = 4
	// trust is how many pairs it takes to believe a link as much as the general
	// frequency of a token.
	trust = 1
	// staying is how probably a word stays as it is, before anything is learned.
	staying = 0.3
)

// learn finds the probabilities.
func (l *learner) learn() {
	tokens := 0
	for _, p := range l.order {
		tokens += len(p.distinct)
	}
	if tokens == 0 {
		return
	}
	l.perUnit = float32(len(l.order)) / float32(tokens) / float32(max(1, l.targets))
	for range rounds {
		l.count()
		for _, p := range l.order {
			l.link(p, true)
		}
	}
	l.count()
}

func (l *learner) count() {
	clear(l.counts)
	clear(l.totals)
	for i := range l.tokens {
		l.tokens[i].ours = 0
	}
	n := len(l.words)
	for _, p := range l.order {
		for i, t := range p.distinct {
			for k, w := range p.words {
				c := p.links[i*len(p.words)+k]
				l.tokens[t].ours += c
				l.counts[int(t)*n+int(w)] += c
				l.totals[w] += c
			}
		}
	}
}

// link sets the links of a pair; counted says that what it had is in the
// counts.
func (l *learner) link(p *pair, counted bool) {
	own := make([]float32, len(p.words))
	if counted {
		for i, c := range p.links {
			own[i%len(own)] += c
		}
	}
	for i, t := range p.distinct {
		links := p.links[i*len(p.words) : (i+1)*len(p.words)]
		general := l.general(t, links, counted)
		sum := p.others * general
		for k, w := range p.words {
			c, total := l.counts[int(t)*len(l.words)+int(w)], l.totals[w]
			if counted {
				c, total = max(0, c-links[k]), max(0, total-own[k])
			}
			prior := general
			if l.tokens[t].same == int16(w) {
				prior += staying
			}
			links[k] = (c + trust*prior) / (total + trust)
			sum += links[k]
		}
		for k := range links {
			links[k] /= sum
		}
	}
}

// general returns how often words that are not in the query write a token, in
// the pairs other than that with these links to it.
func (l *learner) general(t int32, links []float32, counted bool) float32 {
	rows := l.tokens[t].rows - 1 - l.tokens[t].ours
	if counted {
		for _, c := range links {
			rows += c
		}
	}
	return (max(0, rows) + 0.5) * l.perUnit
}
