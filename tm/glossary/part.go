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
// merge, never a compilation of the whole. Concepts need an ID for this.
func (g *Glossary) With(put []tm.Concept, remove ...tm.ConceptID) *Glossary {
	next := *g
	next.gone = maps.Clone(g.gone)
	if next.gone == nil {
		next.gone = map[int32]bool{}
	}
	list := freshList{base: g.base}
	if g.fresh != nil {
		list.concepts, list.ranks = slices.Clone(g.fresh.concepts), slices.Clone(g.fresh.ranks)
	}
	for _, c := range put {
		list.put(c, next.gone)
	}
	for _, id := range remove {
		list.remove(id, next.gone)
	}
	next.fresh = newPart(list.concepts, g.langs)
	next.fresh.ranks = list.ranks
	if len(next.gone)+len(list.concepts) > freshLimit {
		next.merge()
	}
	return &next
}

// freshList is the concepts of a fresh part in the making.
type freshList struct {
	base     *part
	concepts []tm.Concept
	ranks    []rank
}

func (l *freshList) find(id tm.ConceptID) int {
	return slices.IndexFunc(l.concepts, func(c tm.Concept) bool { return c.ID == id })
}

func (l *freshList) put(c tm.Concept, gone map[int32]bool) {
	if i := l.find(c.ID); i >= 0 && c.ID != 0 {
		l.concepts[i] = c
		return
	}
	r := l.rankOf(c)
	if n, ok := l.base.find(c.ID); ok && !gone[n] {
		gone[n] = true
		r = rank{at: n}
	}
	l.concepts, l.ranks = append(l.concepts, c), append(l.ranks, r)
}

// rankOf is the priority of a new concept.
func (l *freshList) rankOf(c tm.Concept) rank {
	r := rank{at: int32(len(l.base.concepts)) - 1}
	n, known := l.base.end(c.Glossary)
	if known {
		r.at = n
	}
	groups := int32(0)
	for i, o := range l.ranks {
		groups = max(groups, o.group)
		if same := l.concepts[i].Glossary == c.Glossary; same && !known {
			r.group = o.group
		}
		r.next = max(r.next, o.next)
	}
	r.next++
	if !known && r.group == 0 {
		r.group = groups + 1
	}
	return r
}

func (l *freshList) remove(id tm.ConceptID, gone map[int32]bool) {
	if i := l.find(id); i >= 0 {
		l.concepts, l.ranks = slices.Delete(l.concepts, i, i+1), slices.Delete(l.ranks, i, i+1)
	}
	if n, ok := l.base.find(id); ok {
		gone[n] = true
	}
}

// merge makes one base of base and fresh. Patterns are renumbered and merged;
// nothing is folded again.
func (g *Glossary) merge() {
	order := make([]rank, 0, g.Len())
	for n := range g.base.concepts {
		if !g.gone[int32(n)] {
			order = append(order, rank{at: int32(n)})
		}
	}
	kept := len(order)
	order = append(order, g.fresh.ranks...)
	by := make([]int, len(order)) // places in order, sorted by rank
	for i := range by {
		by[i] = i
	}
	slices.SortFunc(by, func(a, b int) int { return cmp.Or(order[a].compare(order[b]), cmp.Compare(a, b)) })
	base := &part{concepts: make([]tm.Concept, len(by))}
	old, fresh := renumbering(len(g.base.concepts)), renumbering(len(g.fresh.concepts))
	for n, i := range by {
		if i < kept {
			old[order[i].at] = int32(n)
			base.concepts[n] = g.base.concepts[order[i].at]
		} else {
			fresh[i-kept] = int32(n)
			base.concepts[n] = g.fresh.concepts[i-kept]
		}
	}
	base.source = mergeIndexes(g.base.source, old, g.fresh.source, fresh)
	base.target = mergeIndexes(g.base.target, old, g.fresh.target, fresh)
	g.base, g.fresh, g.gone = base, nil, nil
}

// renumbering returns the new numbers of n concepts, none of which has one yet.
func renumbering(n int) []int32 { return slices.Repeat([]int32{-1}, n) }

// mergeIndexes merges the patterns of two indexes whose concepts get new
// numbers; those without one are left out.
func mergeIndexes(a *index, numbersA []int32, b *index, numbersB []int32) *index {
	x := &index{grammar: a.grammar, profile: a.profile, patterns: make([]pattern, 0, len(a.patterns)+len(b.patterns))}
	add := func(p pattern, numbers []int32) {
		if p.concept = numbers[p.concept]; p.concept >= 0 {
			x.patterns = append(x.patterns, p)
		}
	}
	i := 0
	for _, p := range a.patterns {
		for i < len(b.patterns) && slices.Compare(b.patterns[i].text, p.text) < 0 {
			add(b.patterns[i], numbersB)
			i++
		}
		add(p, numbersA)
	}
	for ; i < len(b.patterns); i++ {
		add(b.patterns[i], numbersB)
	}
	return x.sort()
}
