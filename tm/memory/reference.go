package memory

import (
	"context"
	"iter"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// Scan returns the best matches of the query among the units, best first, by
// asking every unit in turn. It defines what [Table.Lookup] returns for the same
// units, needs no index, and is slow. An ID must not come twice. It stops with
// the first error of the units or of ctx.
func Scan(ctx context.Context, units iter.Seq2[*tm.Unit, error], query Query) ([]tm.Match, error) {
	q := newQuestion(query)
	if q == nil {
		return nil, ctx.Err()
	}
	var found []*candidate
	var all contradictions[string]
	for u, err := range units {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if c := q.judge(u); c != nil {
			found = append(found, c)
			if c.sameSense {
				all.add(c.bonus, sense(q.to, c.target.Text))
			}
		}
	}
	doubtful := all.doubtful()
	for _, c := range found {
		c.weigh(doubtful)
	}
	found = slices.DeleteFunc(found, func(c *candidate) bool { return c.score < q.Threshold })
	return q.matches(ctx, merge(found, q.Limit)), ctx.Err()
}

// A candidate is a match before it is spelled out.
type candidate struct {
	rank
	*question
	unit           *tm.Unit
	source, target tm.Content
	text           string // the target's; another one when assembled
	sameSense      bool   // as the question's
	raw, bonus     int
	numbers        int  // put into the text
	mismatch       bool // both neighbours are known on both sides, and none agrees
	penalties      []tm.Penalty
}

// kind orders the kinds of matches, best first.
type kind uint8

const (
	contextKind kind = iota
	exactKind
	assembledKind
	fuzzyKind
	noKind
)

var kinds = [...]tm.MatchKind{tm.ContextMatch, tm.ExactMatch, tm.AssembledMatch, tm.FuzzyMatch}

// judge returns what the unit has to offer, not yet weighed; nil for nothing. A
// unit of the same sense is returned even when it is too far to be offered.
func (q *question) judge(u *tm.Unit) *candidate {
	c := q.accept(u)
	if c == nil {
		return nil
	}
	if c.source.Text == q.Source.Text || sense(q.from, c.source.Text) == q.sense {
		c.sameSense = true
		c.compareNeighbours()
	}
	if c.isExact() || c.isAssembled() {
		return c
	}
	c.raw = q.similarity(tokenize(q.from, c.source.Text))
	if c.kind = fuzzyKind; c.raw < q.Threshold {
		c.kind = noKind
	}
	if c.kind == noKind && !c.sameSense {
		return nil
	}
	return c
}

// accept returns the unit's candidate when it may be offered at all.
func (q *question) accept(u *tm.Unit) *candidate {
	when := changed(u)
	_, reads := q.reads(u.Memory)
	if !reads || !q.passes(u.Origin.Author, u.Origin.Document, u.Origin.State) || !q.passesTime(when) {
		return nil
	}
	source, target := variant(u, q.From, q.group[0]), variant(u, q.To, q.group[1])
	if source == nil || target == nil || source == target || strings.TrimSpace(target.Content.Text) == "" {
		return nil
	}
	return &candidate{
		question: q, unit: u, source: source.Content, target: target.Content, text: target.Content.Text,
		rank: rank{state: stateOrder(u.Origin.State), changed: when, id: u.ID},
	}
}

// variant returns the variant that serves a language by the rule of
// [tm.Unit.In]; nil for none.
func variant(u *tm.Unit, tag language.Tag, g group) *tm.Variant {
	var found *tm.Variant
	for i := range u.Variants {
		v := &u.Variants[i]
		if v.Lang == tag {
			return v
		}
		if found == nil && groupOf(v.Lang) == g {
			found = v
		}
	}
	return found
}

// isExact fills in an exact match: the sources share a match key.
func (c *candidate) isExact() bool {
	if !c.sameSense {
		return false
	}
	equal, typographic := same(c.from, c.Source.Text, c.source.Text)
	if !equal {
		return false
	}
	c.kind, c.raw, c.typographic = exactKind, 100, typographic
	if c.bonus > 0 {
		c.kind = contextKind
	}
	return true
}

// same is [lang.Profile.Equal], quick for the usual case of the same bytes.
func same(p *lang.Profile, a, b string) (equal, typographic bool) {
	if a == b {
		return true, false
	}
	return p.Equal(a, b)
}

func (c *candidate) compareNeighbours() {
	known := 0
	for i, text := range [2]string{c.unit.Previous, c.unit.Next} {
		ours, theirs := c.near[i], neighbour(text)
		if ours == "" || theirs == "" {
			continue
		}
		if known++; ours == theirs {
			c.bonus++
		}
	}
	c.mismatch = known == 2 && c.bonus == 0
}

// isAssembled fills in a match that differs in numbers only and can be
// repaired. One with so many numbers that it would miss the threshold is left
// to fuzzy matching.
func (c *candidate) isAssembled() bool {
	if len(c.question.numbers) == 0 || c.sameSense {
		return false
	}
	numbers := findNumbers(c.from, c.source.Text)
	bare := withoutNumbers(c.source.Text, numbers)
	if len(numbers) != len(c.question.numbers) || sense(c.from, bare) != c.bareSense {
		return false
	}
	s, safe := substitute(c.from, c.to, c.Source.Text, c.source.Text, c.text)
	if !safe || 100-s.changed < c.Threshold {
		return false
	}
	c.kind, c.raw = assembledKind, 100
	c.typographic = nfc(bare) != nfc(c.bareText)
	c.text, c.numbers = s.target, s.changed
	return true
}

// similarity returns the raw score of a text with these tokens.
func (q *question) similarity(tokens []string) int {
	ours := tokensOf(q.key)
	x := max(len(ours), len(tokens))
	if len(tokens) == 0 || len(ours) == 0 || x > MaxTokens {
		return 0
	}
	if best := percent(x, x-min(len(ours), len(tokens))); best < q.Threshold {
		return best // too different in length
	}
	return percent(x, levenshtein(ours, tokens))
}

// levenshtein is the distance as the textbooks write it.
func levenshtein(a, b []string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// contradictions gathers the translations of one source by the context bonus of
// their units.
type contradictions[T comparable] struct {
	some [3]bool
	one  [3]T    // a translation of each bonus
	two  [3]bool // there is another one
}

func (c *contradictions[T]) add(bonus int, translation T) {
	if !c.some[bonus] {
		c.some[bonus], c.one[bonus] = true, translation
	}
	c.two[bonus] = c.two[bonus] || c.one[bonus] != translation
}

// doubtful reports for each bonus whether the units with it are in doubt: those
// without bonus when any two units differ, others among themselves.
func (c *contradictions[T]) doubtful() [3]bool {
	out := c.two
	for bonus, some := range c.some {
		out[0] = out[0] || c.two[bonus] || some && c.some[0] && c.one[bonus] != c.one[0]
	}
	return out
}
