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

// A pair is a unit to learn from.
type pair struct {
	words    []uint8 // of the query, in the source
	others   float32 // words of the source that are not in the query, and one for none
	text     []int32 // the target: tokens of the learner
	place    []int16 // by position of text: in distinct; -1 for punctuation
	distinct []int32
	links    []float32 // by distinct token and word: how probably one wrote the other
}

func newLearner(q *quarry) *learner {
	l := &learner{quarry: q, local: map[uint32]int32{}, totals: make([]float32, len(q.words)), pairs: map[tm.UnitID]*pair{}}
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
	l.leaveOut()
	return l
}

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

// targetRow returns the row of a variant of about so many tokens; ok is false
// for one of another language.
func (l *learner) targetRow(part, v, tokens uint32) (row []byte, ok bool) {
	if x, ok := l.parts[part].(*draft); ok {
		return x.row(v), x.columns[v] == l.numbers[1]
	}
	twins := l.twins[part]
	if twins == nil {
		return nil, false
	}
	e, ok := twins.find(v, tokens)
	if !ok {
		return nil, false
	}
	return twins.row(e), true
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
	word := l.columns[1].words.word(id)
	t := targetToken{id: id, rows: float32(l.drafted[id]), letter: isWord(word), same: -1}
	for _, w := range l.twins {
		if w != nil {
			t.rows += float32(w.rowsWith(id))
		}
	}
	if slices.Contains(l.except, id) {
		t.rows--
	}
	for i := range l.words {
		if l.words[i].text == word {
			t.same = int16(i)
		}
	}
	n := int32(len(l.tokens))
	l.local[id] = n
	l.tokens = append(l.tokens, t)
	l.counts = append(l.counts, make([]float32, len(l.words))...)
	return n
}

// pair reads the unit of a witness; nil for one of which the target is not to be
// had.
func (l *learner) pair(w witness) *pair {
	if p, ok := l.pairs[w.id]; ok {
		return p
	}
	p := &pair{}
	l.pairs[w.id] = p
	source := l.read(l.rowAt(w.source))
	tokens := len(source)
	p.readSource(l.quarry, source)
	if !p.readTarget(l, w, tokens) {
		l.pairs[w.id] = nil
		return nil
	}
	p.links = make([]float32, len(p.distinct)*len(p.words))
	for i := range p.links {
		p.links[i] = 1 / (float32(len(p.words)) + p.others)
	}
	return p
}

func (p *pair) readSource(q *quarry, source []uint8) {
	p.others = 1
	var seen [maxFragmentTokens + 1]bool
	for _, c := range source {
		switch {
		case c == 0:
			p.others++
		case !seen[c] && q.words[c-1].letters:
			seen[c] = true
			p.words = append(p.words, c-1)
		}
	}
}

func (p *pair) readTarget(l *learner, w witness, tokens int) bool {
	row, ok := l.targetRow(w.part, w.target, uint32(tokens))
	if !ok {
		return false
	}
	l.row = appendTokens(l.row[:0], row)
	if len(l.row) == 0 || len(l.row) > maxTarget {
		return false
	}
	for _, id := range l.row {
		t := l.token(id)
		p.text = append(p.text, t)
		p.place = append(p.place, p.placeOf(t, l.tokens[t].letter))
	}
	return true
}

// maxTarget is the number of tokens of the longest target that is learned from.
const maxTarget = 250

func (p *pair) placeOf(t int32, letter bool) int16 {
	if !letter {
		return -1
	}
	for i, other := range p.distinct {
		if other == t {
			return int16(i)
		}
	}
	p.distinct = append(p.distinct, t)
	return int16(len(p.distinct) - 1)
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
	// alike is how probably a word stays as it is, before anything is learned.
	alike = 0.3
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
				prior += alike
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
