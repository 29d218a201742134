package memory

import (
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tarjoman/tm"
)

// A fragmentPiece is a fragment before it is written in words.
type fragmentPiece struct {
	span8
	from, to  int // bytes of the source
	count     int
	more      bool
	sampled   int
	proposals []proposal
}

// classes are lent to quarries: by number of the vocabulary, all 0.
var classes = sync.Pool{New: func() any { return new([]uint8) }}

// quarry finds the fragments of a query in the order of its text.
func (t *Table) quarry(ctx context.Context, query *FragmentQuery, places []placedToken) []fragmentPiece {
	t.mu.RLock()
	defer t.mu.RUnlock()
	q, ok := t.newQuarry(query)
	if !ok {
		return nil
	}
	class := classes.Get().(*[]uint8)
	if need := q.columns[0].words.len() + 1; len(*class) < need {
		*class = make([]uint8, need+need/8)
	}
	q.class = *class
	q.number(places)
	defer func() {
		for _, w := range q.words {
			for _, id := range w.ids {
				q.class[id] = 0
			}
		}
		classes.Put(class)
	}()
	q.cutBlocks()
	for _, b := range q.blocks {
		if ctx.Err() != nil {
			return nil
		}
		q.seek(b)
	}
	return q.cover(ctx)
}

func (t *Table) newQuarry(query *FragmentQuery) (*quarry, bool) {
	q := &quarry{FragmentQuery: query, parts: t.parts()}
	for i, g := range [2]group{groupOf(query.From), groupOf(query.To)} {
		n, ok := t.columnOf[g]
		if !ok {
			return nil, false
		}
		q.numbers[i], q.columns[i] = n, t.columns[n]
	}
	c := &ConcordanceQuery{From: query.From, To: query.To, Filter: query.Filter}
	q.trawl = trawl{ConcordanceQuery: c, table: t, columns: q.numbers}
	if query.Memories != nil {
		q.trawl.memories, q.penalty = map[tm.MemoryID]bool{}, map[tm.MemoryID]int{}
	}
	for _, m := range query.Memories {
		q.trawl.memories[m.Memory], q.penalty[m.Memory] = true, max(0, m.Penalty)
	}
	for _, p := range q.parts {
		if x, ok := p.(*segment); !ok {
			q.units += p.facts().len()
		} else if l := x.lanes[q.numbers[0]]; l != nil {
			q.units += len(l.owner)
		}
	}
	return q, true
}

// number sets the words and tokens.
func (q *quarry) number(places []placedToken) {
	c := q.columns[0]
	n := &needle{lexicon: c.lexicon(&c.words), words: &c.words}
	words := map[string]int{}
	end := -1
	for _, p := range places {
		folded := c.fold(p.text)
		w, ok := words[folded]
		if !ok {
			w = len(q.words)
			words[folded] = w
			q.addWord(fragmentWord{text: p.text, ids: n.spelled(folded), letters: isWord(p.text)})
		}
		t := fragmentToken{placedToken: p, word: w}
		t.startsOff = strings.HasSuffix(q.Source.Text[:p.from], string(zwnj)) && end > 0
		t.content = len(q.words[w].ids) > 0 && !q.words[w].frequent && strings.ContainsFunc(p.text, unicode.IsLetter)
		q.tokens = append(q.tokens, t)
		end = p.to
	}
}

func (q *quarry) addWord(w fragmentWord) {
	q.words = append(q.words, w)
	class := uint8(len(q.words))
	for _, id := range w.ids {
		q.class[id] = class
	}
	last := &q.words[len(q.words)-1]
	if len(w.ids) == 0 {
		return
	}
	last.rows = q.rowsOf(last)
	short := utf8.RuneCountInString(w.text) <= 4
	last.frequent = q.units >= 200 && short && last.rows > q.units/20
	last.rare = last.rows <= max(20, q.units/100)
}

func (q *quarry) rowsOf(w *fragmentWord) int {
	n := 0
	for _, p := range q.parts {
		if x, ok := p.(*segment); ok {
			if l := x.lanes[q.numbers[0]]; l != nil {
				for _, id := range w.ids {
					n += l.rowsWith(id)
				}
			}
			continue
		}
		d := p.(*draft)
		for v, column := range d.columns {
			if column == q.numbers[0] && slices.Contains(q.read(d.row(uint32(v))), q.class[w.ids[0]]) {
				n++
			}
		}
	}
	return n
}

// isWord reports whether a token is no punctuation.
func isWord(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return inRun(r) || ideograph(r)
}

const (
	maxAttempts = 40   // phrases to be translated
	maxStudied  = 1500 // pairs to learn words from
	planned     = 12   // phrases to learn from before any is translated
	// The confidence that the best translation has to have, for a phrase and for
	// a single word, which glossaries and dictionaries answer better, and that
	// every other one has to have.
	leastOfPhrase = 0.35
	leastOfWord   = 0.5
	leastOfOther  = 0.1
)

// cover chooses fragments, the longest first.
func (q *quarry) cover(ctx context.Context) []fragmentPiece {
	pending := q.candidates()
	if len(pending) == 0 {
		return nil
	}
	l := newLearner(q)
	l.prepare(pending)
	var found []fragmentPiece
	tried, offered := map[span8]bool{}, map[string]bool{}
	taken := make([]bool, len(q.tokens))
	for len(pending) > 0 && len(found) < q.Limit && len(tried) < maxAttempts && ctx.Err() == nil {
		s := pending[0]
		pending = pending[1:]
		if parts := q.free(s, taken); len(parts) != 1 || parts[0] != s {
			pending = q.queue(pending, parts)
			continue
		}
		if tried[s] || offered[q.keyOf(s)] {
			continue
		}
		tried[s] = true
		if p, ok := l.offer(s); ok {
			offered[q.keyOf(s)] = true
			found = append(found, p)
			for i := s.from; i < s.to; i++ {
				taken[i] = true
			}
			continue
		}
		if s.to-s.from > 1 {
			pending = q.queue(pending, []span8{{s.from + 1, s.to}, {s.from, s.to - 1}})
		}
	}
	slices.SortFunc(found, func(a, b fragmentPiece) int { return a.span8.from - b.span8.from })
	return found
}

// keyOf names the words of a phrase.
func (q *quarry) keyOf(s span8) string {
	key := make([]byte, 0, maxBlock)
	for _, t := range q.tokens[s.from:s.to] {
		key = append(key, byte(t.word))
	}
	return string(key)
}

// free returns the parts of a phrase that are not taken.
func (q *quarry) free(s span8, taken []bool) []span8 {
	var list []span8
	for i := s.from; i < s.to; i++ {
		switch n := len(list); {
		case taken[i]:
		case n > 0 && list[n-1].to == i:
			list[n-1].to++
		default:
			list = append(list, span8{i, i + 1})
		}
	}
	return list
}

// queue adds phrases to those pending, each in its place.
func (q *quarry) queue(pending, list []span8) []span8 {
	for _, s := range list {
		if s, ok := q.trim(s); ok {
			if at, dup := slices.BinarySearchFunc(pending, s, q.compare); !dup {
				pending = slices.Insert(pending, at, s)
			}
		}
	}
	return pending
}

// prepare learns from units with the words of the query, and from those that
// hold the first phrases.
func (l *learner) prepare(pending []span8) {
	for _, s := range pending[:min(planned, len(pending))] {
		if s.to-s.from > 1 {
			list, _, _ := l.holders(s)
			l.study(list)
		}
	}
	each := max(20, min(128, maxStudied/len(l.words)))
	for i := range l.words {
		if w := &l.words[i]; w.letters && len(w.ids) > 0 {
			l.study(l.sample(w, each))
		}
	}
	l.learn()
}

// offer translates a phrase; ok is false when that fails.
func (l *learner) offer(s span8) (fragmentPiece, bool) {
	least := leastOfPhrase
	if s.to-s.from == 1 {
		if least = leastOfWord; !l.words[l.quarry.tokens[s.from].word].rare {
			return fragmentPiece{}, false
		}
	}
	holders, count, more := l.holders(s)
	list, sampled := l.translate(s, holders)
	slices.SortStableFunc(list, compareProposals)
	if len(list) == 0 || list[0].confidence < least {
		return fragmentPiece{}, false
	}
	list = slices.DeleteFunc(list, func(p proposal) bool { return p.confidence < leastOfOther })
	tokens := l.quarry.tokens
	return fragmentPiece{s, tokens[s.from].from, tokens[s.to-1].to, count, more, sampled, list}, true
}
