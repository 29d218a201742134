package memory

import (
	"context"
	"slices"
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
