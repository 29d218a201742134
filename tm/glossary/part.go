package glossary

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A part is a list of concepts with the indexes of both languages.
type part struct {
	concepts       []tm.Concept
	ranks          []rank // of fresh parts; a concept of the base has its number
	source, target *index

	once   sync.Once
	places map[tm.ConceptID]int32 // made by find
	ends   map[tm.GlossaryID]int32
}

func newPart(concepts []tm.Concept, langs [2]language.Tag) *part {
	return &part{
		concepts: concepts,
		source:   newIndex(concepts, langs[0]),
		target:   newTargetIndex(concepts, langs[0], langs[1]),
	}
}

func (p *part) index(side tm.Side) *index {
	if side == tm.SourceSide {
		return p.source
	}
	return p.target
}

// rank returns the priority of concept n.
func (p *part) rank(n int32) rank {
	if p.ranks == nil {
		return rank{at: n}
	}
	return p.ranks[n]
}

// find returns the number of the concept with the id.
func (p *part) find(id tm.ConceptID) (int32, bool) {
	p.once.Do(p.look)
	n, ok := p.places[id]
	return n, ok
}

// end returns the number of the last concept of a glossary.
func (p *part) end(id tm.GlossaryID) (int32, bool) {
	p.once.Do(p.look)
	n, ok := p.ends[id]
	return n, ok
}

func (p *part) look() {
	p.places, p.ends = map[tm.ConceptID]int32{}, map[tm.GlossaryID]int32{}
	for n, c := range p.concepts {
		if c.ID != 0 {
			p.places[c.ID] = int32(n)
		}
		p.ends[c.Glossary] = int32(n)
	}
}

// A rank is a place in the order of priority: that of concept number at of the
// base, or behind it, where new concepts stand in groups, one behind the other.
type rank struct{ at, group, next int32 }

func (r rank) compare(o rank) int {
	return cmp.Or(cmp.Compare(r.at, o.at), cmp.Compare(r.group, o.group), cmp.Compare(r.next, o.next))
}

// freshLimit is how many changes are kept apart before they are merged.
const freshLimit = 256

// With returns the glossary after changes: the concepts of put are new or
// replace those with the same ID, those named in remove are no longer there. A
// changed concept keeps its priority; a new one comes after the others of its
// glossary, or last. It costs as much as there were changes since the last
// merge, and never compiles what did not change. Concepts need an ID for this.
func (g *Glossary) With(put []tm.Concept, remove ...tm.ConceptID) *Glossary {
	c := changes{base: g.base, fresh: g.fresh, gone: map[int32]bool{}, dropped: map[int32]bool{}}
	if c.fresh == nil {
		c.fresh = newPart(nil, g.langs)
	}
	maps.Copy(c.gone, g.gone)
	for _, concept := range put {
		c.put(concept)
	}
	for _, id := range remove {
		c.remove(id)
	}
	added := newPart(c.concepts, g.langs)
	added.ranks = c.ranks
	next := *g
	next.fresh, next.gone = merge(c.fresh, c.dropped, added), c.gone
	if len(next.gone)+len(next.fresh.concepts) > freshLimit {
		next.base, next.fresh, next.gone = merge(g.base, next.gone, next.fresh), nil, nil
		next.base.ranks = nil
	}
	return &next
}

// changes gathers what [Glossary.With] does: new and changed concepts with
// their ranks, and the numbers that are no longer valid in both parts.
type changes struct {
	base, fresh   *part
	concepts      []tm.Concept
	ranks         []rank
	gone, dropped map[int32]bool
}

func (c *changes) find(id tm.ConceptID) int {
	return slices.IndexFunc(c.concepts, func(o tm.Concept) bool { return id != 0 && o.ID == id })
}

func (c *changes) put(concept tm.Concept) {
	if i := c.find(concept.ID); i >= 0 {
		c.concepts[i] = concept
		return
	}
	c.concepts, c.ranks = append(c.concepts, concept), append(c.ranks, c.take(concept))
}

// take returns the rank of a concept that is put: that of the one it replaces,
// which is no longer valid, or a new one.
func (c *changes) take(concept tm.Concept) rank {
	if n, ok := c.fresh.find(concept.ID); ok && !c.dropped[n] {
		c.dropped[n] = true
		return c.fresh.ranks[n]
	}
	if n, ok := c.base.find(concept.ID); ok && !c.gone[n] {
		c.gone[n] = true
		return rank{at: n}
	}
	return c.newRank(concept.Glossary)
}

// newRank is the place behind the concepts of a glossary, or behind all.
func (c *changes) newRank(id tm.GlossaryID) rank {
	n, known := c.base.end(id)
	if !known {
		n = int32(len(c.base.concepts)) - 1
	}
	r := rank{at: n}
	last := int32(0) // group
	look := func(concept *tm.Concept, o rank) {
		r.next, last = max(r.next, o.next), max(last, o.group)
		if concept.Glossary == id && !known {
			r.group = o.group
		}
	}
	for i := range c.fresh.concepts {
		if !c.dropped[int32(i)] {
			look(&c.fresh.concepts[i], c.fresh.ranks[i])
		}
	}
	for i := range c.concepts {
		look(&c.concepts[i], c.ranks[i])
	}
	r.next++
	if !known && r.group == 0 {
		r.group = last + 1
	}
	return r
}

func (c *changes) remove(id tm.ConceptID) {
	if i := c.find(id); i >= 0 {
		c.concepts, c.ranks = slices.Delete(c.concepts, i, i+1), slices.Delete(c.ranks, i, i+1)
	}
	if n, ok := c.fresh.find(id); ok {
		c.dropped[n] = true
	}
	if n, ok := c.base.find(id); ok {
		c.gone[n] = true
	}
}

// merge makes one part of two, in order of rank, without the concepts of a that
// are gone. Patterns get the new numbers of their concepts; nothing is folded
// again.
func merge(a *part, gone map[int32]bool, b *part) *part {
	type place struct {
		rank rank
		part int
		n    int32
	}
	var order []place
	for n := range int32(len(a.concepts)) {
		if !gone[n] {
			order = append(order, place{a.rank(n), 0, n})
		}
	}
	for n := range int32(len(b.concepts)) {
		order = append(order, place{b.rank(n), 1, n})
	}
	slices.SortFunc(order, func(x, y place) int { return x.rank.compare(y.rank) })
	merged := &part{concepts: make([]tm.Concept, len(order)), ranks: make([]rank, len(order))}
	numbers := [2][]int32{slices.Repeat([]int32{-1}, len(a.concepts)), slices.Repeat([]int32{-1}, len(b.concepts))}
	for i, p := range order {
		merged.concepts[i] = []*part{a, b}[p.part].concepts[p.n]
		merged.ranks[i] = p.rank
		numbers[p.part][p.n] = int32(i)
	}
	merged.source = mergeIndexes(a.source, numbers[0], b.source, numbers[1])
	merged.target = mergeIndexes(a.target, numbers[0], b.target, numbers[1])
	return merged
}

// mergeIndexes merges the patterns of two indexes whose concepts get new
// numbers; those of -1 are left out.
func mergeIndexes(a *index, numbersA []int32, b *index, numbersB []int32) *index {
	x := &index{grammar: a.grammar, profile: a.profile, patterns: make([]pattern, 0, len(a.patterns)+len(b.patterns))}
	add := func(p *pattern, numbers []int32) {
		if n := numbers[p.concept]; n >= 0 {
			x.patterns = append(x.patterns, *p)
			x.patterns[len(x.patterns)-1].concept = n
		}
	}
	i := 0
	for k := range a.patterns {
		for i < len(b.patterns) && slices.Compare(b.patterns[i].text, a.patterns[k].text) < 0 {
			add(&b.patterns[i], numbersB)
			i++
		}
		add(&a.patterns[k], numbersA)
	}
	for ; i < len(b.patterns); i++ {
		add(&b.patterns[i], numbersB)
	}
	return x.ranges()
}
