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

// A quarry is a query for fragments on its way, under the table's lock.
type quarry struct {
	*FragmentQuery
	trawl   trawl // judges traits
	parts   []part
	columns [2]*column
	numbers [2]uint32 // of the columns
	words   []fragmentWord
	tokens  []fragmentToken
	class   []uint8 // by number of the vocabulary: 1 + index in words, 0 for all others
	penalty map[tm.MemoryID]int
	blocks  []*block
	units   int      // with the source language
	row     []uint32 // scratch
	classes []uint8  // scratch
	masks   []uint64 // scratch
}

// A fragmentWord is one of the distinct words of a query.
type fragmentWord struct {
	text     string
	ids      []uint32
	rows     int  // that have it
	letters  bool // it has a letter or digit
	frequent bool
	rare     bool
}

// A fragmentToken is a token of a query.
type fragmentToken struct {
	placedToken
	word      int
	startsOff bool // follows ZWNJ inside a written word
	content   bool // a word that is not frequent and no number
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
			q.addWord(fragmentWord{text: p.text, ids: n.spelled(folded), letters: isWord([]byte(p.text))})
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
	last.rare = last.rows <= rareRows(q.units)
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
func isWord(token []byte) bool {
	r, _ := utf8.DecodeRune(token)
	return inRun(r) || ideograph(r)
}

// rareRows is in how many of so many units a rare word stands at most. In a small
// memory that is one in twenty, for "to" stands in few units of a dozen too.
func rareRows(units int) int { return min(max(20, units/100), max(1, units/20)) }
