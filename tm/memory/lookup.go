package memory

import (
	"context"
	"strings"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A Query asks for translations of Source. The zero Threshold is
// [DefaultThreshold], below [MinThreshold] it is that; the zero Limit is
// [DefaultLimit]. Nil Memories are all memories without penalty.
type Query struct {
	From, To       language.Tag
	Source         tm.Content
	Previous, Next string // sources of the neighbours; "" when there is none
	Memories       []Use
	Threshold      int // least score of a match
	Limit          int
}

// A Use is a memory to read, with the points its matches lose.
type Use struct {
	Memory  tm.MemoryID
	Penalty int
}

const (
	DefaultThreshold = 70
	MinThreshold     = 50
	DefaultLimit     = 5
)

// Lookup returns the best matches of the query, best first, as the package
// comment defines them. The units of the matches are the table's own. The only
// error is that of ctx.
func (t *Table) Lookup(ctx context.Context, q Query) ([]tm.Match, error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	l := t.lookup(q)
	if l == nil {
		return nil, ctx.Err()
	}
	l.findExact()
	l.findAssembled()
	if err := l.findFuzzy(ctx); err != nil {
		return nil, err
	}
	l.weigh()
	return l.matches(), nil
}

// lookup is one query being answered.
type lookup struct {
	Query
	column   *column
	toColumn *column
	target   *lang.Profile
	penalty  map[tm.MemoryID]int // nil for all memories
	keys     []string
	found    []*candidate
	seen     map[*entry]bool
}

// A candidate is a match before it is spelled out.
type candidate struct {
	entry, target *entry
	text          string // the target; differs from the unit's when assembled
	kind          tm.MatchKind
	raw, bonus    int
	score         int
	typographic   bool
	numbers       int
	penalties     []tm.Penalty
}

// lookup returns nil when nothing can match.
func (t *Table) lookup(q Query) *lookup {
	l := &lookup{Query: q, target: lang.For(q.To), seen: map[*entry]bool{}}
	l.column, l.toColumn = t.columns[groupOf(q.From)], t.columns[groupOf(q.To)]
	if l.column == nil || l.toColumn == nil || strings.TrimSpace(q.Source.Text) == "" {
		return nil
	}
	l.keys = l.column.profile.Keys(q.Source.Text)
	if l.keys[0] == "" {
		return nil
	}
	if l.Threshold == 0 {
		l.Threshold = DefaultThreshold
	}
	l.Threshold = max(l.Threshold, MinThreshold)
	if l.Limit <= 0 {
		l.Limit = DefaultLimit
	}
	if q.Memories != nil {
		l.penalty = make(map[tm.MemoryID]int, len(q.Memories))
	}
	for _, m := range q.Memories {
		l.penalty[m.Memory] = m.Penalty
	}
	return l
}

// accept returns the entry's candidate when its unit may be offered at all.
func (l *lookup) accept(e *entry) (*candidate, bool) {
	if _, used := l.penalty[e.unit.Memory]; !used && l.penalty != nil {
		return nil, false
	}
	if l.seen[e] || e.in(l.From, l.column) != e {
		return nil, false
	}
	target := e.in(l.To, l.toColumn)
	if target == nil || target == e || strings.TrimSpace(target.content().Text) == "" {
		return nil, false
	}
	return &candidate{entry: e, target: target, text: target.content().Text}, true
}

func (l *lookup) add(c *candidate) {
	l.seen[c.entry] = true
	l.found = append(l.found, c)
}

// findExact finds the units that share a match key, with their context.
func (l *lookup) findExact() {
	for _, e := range l.column.exact.find(hashes(l.keys)) {
		c, ok := l.accept(e)
		if !ok {
			continue
		}
		equal, typographic := same(l.column.profile, l.Source.Text, e.content().Text)
		if !equal {
			continue // two keys with one hash
		}
		c.kind, c.raw, c.typographic = tm.ExactMatch, 100, typographic
		c.bonus = l.agree(l.Previous, e.unit.Previous) + l.agree(l.Next, e.unit.Next)
		if c.bonus > 0 {
			c.kind = tm.ContextMatch
		}
		l.add(c)
	}
}

// same is [lang.Profile.Equal], quick for the usual case of the same bytes.
func same(p *lang.Profile, a, b string) (equal, typographic bool) {
	if a == b {
		return true, false
	}
	return p.Equal(a, b)
}

// agree returns 1 when both neighbours are known and match.
func (l *lookup) agree(a, b string) int {
	if a == "" || b == "" {
		return 0
	}
	if equal, _ := same(l.column.profile, a, b); !equal {
		return 0
	}
	return 1
}

// findAssembled finds the units that differ in numbers only and can be
// repaired. One with so many numbers that it would miss the threshold is left
// to the fuzzy search.
func (l *lookup) findAssembled() {
	from := l.column.profile
	numbers := findNumbers(from, l.Source.Text)
	if len(numbers) == 0 {
		return
	}
	bare := withoutNumbers(l.Source.Text, numbers)
	for _, e := range l.column.skeleton.find(hashes(from.Keys(bare))) {
		c, ok := l.accept(e)
		if !ok {
			continue
		}
		source := e.content().Text
		equal, typographic := from.Equal(bare, withoutNumbers(source, findNumbers(from, source)))
		s, safe := substitute(from, l.target, l.Source.Text, source, c.text)
		if !equal || !safe || 100-s.changed < l.Threshold {
			continue
		}
		c.kind, c.raw, c.typographic = tm.AssembledMatch, 100, typographic
		c.text, c.numbers = s.target, s.changed
		l.add(c)
	}
}

// findFuzzy compares the query with every unit of a length that allows a hit.
func (l *lookup) findFuzzy(ctx context.Context) error {
	words := split(strings.ToLower(l.keys[0]))
	n := len(words)
	if n == 0 || n > MaxTokens || l.Threshold > 99 {
		return ctx.Err()
	}
	tokens := make([]uint32, n)
	for i, w := range words {
		tokens[i] = l.column.ids[w]
	}
	p := newPattern(tokens, len(l.column.ids)+1)
	longest := min(n*100/l.Threshold, len(l.column.byLength)-1, MaxTokens)
	for m := max(1, (n*l.Threshold+99)/100); m <= longest; m++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		l.compare(p, l.column.byLength[m], max(n, m))
	}
	return ctx.Err()
}

// compare offers the entries of one length that are near enough; x is the
// greater of both lengths.
func (l *lookup) compare(p *pattern, entries []*entry, x int) {
	most := mostEdits(x, l.Threshold)
	for _, e := range entries {
		d := p.distance(e.tokens, most)
		if d > most {
			continue
		}
		if c, ok := l.accept(e); ok {
			c.kind, c.raw = tm.FuzzyMatch, percent(x, d)
			l.add(c)
		}
	}
}
