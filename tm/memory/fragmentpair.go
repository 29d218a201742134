package memory

// A pair is a unit to learn from.
type pair struct {
	words    []uint8 // of the query, in the source
	others   float32 // words of the source that are not in the query, and one for none
	text     []int32 // the target: tokens of the learner
	place    []int16 // by position of text: in distinct; -1 for punctuation
	distinct []int32
	links    []float32 // by distinct token and word: how probably one wrote the other
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
