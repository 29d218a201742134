package exchange

import (
	"slices"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

// A RowProblem is something a person should look at in a row of a glossary.
// Code names a sentence in locales/ ("row." + Code):
//
//	column_unknown    a column of the header we do not know (column)
//	row_long          more cells than the header has columns (value)
//	control           a cell of terms holds a control character; the row was left out (column)
//	term_long         a term is too long; the row was left out (term, limit)
//	list_uneven       a list has not one value for each term; it was taken for one value (column)
//	source_empty      no source term; the target terms are kept
//	target_empty      no target term; the source terms are kept
//	duplicate         same source and target as another row (other)
//	conflict          same source as another row (other), another target
//	forbidden_preferred  a forbidden form is also a wanted one (term)
//	case_unknown      neither auto nor exact (value); taken for auto
//	keep_unknown      neither yes nor no (value); taken for no
//	date_unknown      not a day as 2021-08-03 (value); taken for none
//	dates_reversed    a term ends before it begins (term)
//	key_duplicate     another row has the same key (key, other)
//	see_unknown       no row has the key that "see also" names (key)
//	see_cycle         "see also" leads back to the row (keys)
//	sheet_unread      another sheet of the file has text too (sheet)
//	more              there are more problems than are told (count)
type RowProblem struct {
	Row  int // from 1, the header included; the line in TBX; 0 for the whole file
	Code string
	Args map[string]any
}

// maxProblems is how many problems are told: more help nobody.
const maxProblems = 1000

// problems collects what a person should look at.
type problems struct {
	told []RowProblem
	more int
}

func (p *problems) add(row int, code string, pairs ...any) {
	if len(p.told) >= maxProblems {
		p.more++
		return
	}
	args := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	p.told = append(p.told, RowProblem{Row: row, Code: code, Args: args})
}

// list returns the problems by row.
func (p *problems) list() []RowProblem {
	slices.SortStableFunc(p.told, func(a, b RowProblem) int { return a.Row - b.Row })
	if p.more > 0 {
		return append(p.told, RowProblem{Code: "more", Args: map[string]any{"count": p.more}})
	}
	return p.told
}

// checkForbidden looks for forms that are forbidden and wanted at once.
func (p *problems) checkForbidden(c *tm.Concept, row int) {
	type form struct {
		lang language.Tag
		text string
	}
	var good map[form]bool
	for _, bad := range c.Terms {
		if bad.Status != tm.ForbiddenTerm {
			continue
		}
		if good == nil {
			good = map[form]bool{}
			for _, t := range c.Terms {
				if t.Status == tm.Preferred || t.Status == tm.Admitted {
					good[form{t.Lang, t.Text}] = true
				}
			}
		}
		if good[form{bad.Lang, bad.Text}] {
			p.add(row, "forbidden_preferred", "term", bad.Text)
		}
	}
}

// rowTarget is a row with the target of a source.
type rowTarget struct {
	row    int
	target string
}

// pairChecker looks for rows that say the same or contradict each other.
type pairChecker struct {
	src, tgt language.Tag
	rows     map[string][]rowTarget // by source
}

func newPairChecker(src, tgt language.Tag) pairChecker {
	return pairChecker{src: src, tgt: tgt, rows: map[string][]rowTarget{}}
}

// check compares a concept with the ones before it: the same target makes a
// duplicate of that row, another target a conflict with the first row.
func (k *pairChecker) check(p *problems, c *tm.Concept, row int) {
	source, target := preferred(c, k.src), preferred(c, k.tgt)
	if source == "" {
		p.add(row, "source_empty", "target", target)
	}
	if target == "" && !c.Keep {
		p.add(row, "target_empty", "source", source)
	}
	if source == "" {
		return
	}
	earlier := k.rows[source]
	same := slices.IndexFunc(earlier, func(r rowTarget) bool { return r.target == target })
	switch {
	case same >= 0:
		p.add(row, "duplicate", "other", earlier[same].row, "source", source)
		return
	case len(earlier) > 0:
		p.add(row, "conflict", "other", earlier[0].row, "source", source, "target", target)
	}
	const enough = 100 // a source with more targets than this is no glossary entry
	if len(earlier) < enough {
		k.rows[source] = append(earlier, rowTarget{row, target})
	}
}

func preferred(c *tm.Concept, tag language.Tag) string {
	base, _ := tag.Base()
	for i := range c.Terms {
		if c.Terms[i].Status != tm.Preferred {
			continue
		}
		if b, _ := c.Terms[i].Lang.Base(); b == base {
			return c.Terms[i].Text
		}
	}
	return ""
}

// checkKeys looks at the references between the concepts of a file.
func (p *problems) checkKeys(concepts []tm.Concept, rows []int) {
	at := map[string]int{}
	for i := range concepts {
		key := concepts[i].Key
		if key == "" {
			continue
		}
		if other, again := at[key]; again {
			p.add(rows[i], "key_duplicate", "key", clip(key), "other", rows[other])
		} else {
			at[key] = i
		}
	}
	for i := range concepts {
		for _, key := range concepts[i].See {
			if _, ok := at[key]; !ok {
				p.add(rows[i], "see_unknown", "key", clip(key))
			}
		}
	}
	for _, ring := range seeRings(concepts, at) {
		p.add(rows[ring[0]], "see_cycle", "keys", ringKeys(concepts, ring))
	}
}

// ringKeys names the first concepts of a ring.
func ringKeys(concepts []tm.Concept, ring []int) []string {
	const enough = 5
	var keys []string
	for _, i := range ring[:min(len(ring), enough)] {
		keys = append(keys, clip(concepts[i].Key))
	}
	if len(ring) > enough {
		keys = append(keys, "…")
	}
	return keys
}

// seeRings returns the groups of concepts whose "see also" lead from each to
// each other, in the order of the file: the strongly connected components of
// more than one concept or of one that names itself (Tarjan's algorithm, with a
// stack of its own because a chain can be as long as the file).
func seeRings(concepts []tm.Concept, at map[string]int) [][]int {
	r := ringFinder{concepts: concepts, at: at, index: make([]int, len(concepts)), low: make([]int, len(concepts)), on: make([]bool, len(concepts))}
	for i := range concepts {
		if len(concepts[i].See) > 0 && r.index[i] == 0 {
			r.walk(i)
		}
	}
	slices.SortFunc(r.rings, func(a, b []int) int { return a[0] - b[0] })
	return r.rings
}

type ringFinder struct {
	concepts   []tm.Concept
	at         map[string]int
	index, low []int // order of visit, from 1, and the earliest reached
	on         []bool
	visited    int
	stack      []int
	path       []ringStep
	rings      [][]int
}

// ringStep is a concept on the way and the next of its references to follow.
type ringStep struct {
	concept, next int
	self          bool
}

func (r *ringFinder) visit(i int) {
	r.visited++
	r.index[i], r.low[i], r.on[i] = r.visited, r.visited, true
	r.stack = append(r.stack, i)
	r.path = append(r.path, ringStep{concept: i})
}

func (r *ringFinder) walk(root int) {
	for r.visit(root); len(r.path) > 0; {
		step := &r.path[len(r.path)-1]
		i := step.concept
		if step.next == len(r.concepts[i].See) {
			r.leave(*step)
			continue
		}
		j, known := r.at[r.concepts[i].See[step.next]]
		step.next++
		switch {
		case !known:
		case r.index[j] == 0:
			r.visit(j)
		case r.on[j]:
			step.self = step.self || i == j
			r.low[i] = min(r.low[i], r.index[j])
		}
	}
}

// leave ends a concept, and the ring it is the first of.
func (r *ringFinder) leave(step ringStep) {
	i := step.concept
	r.path = r.path[:len(r.path)-1]
	if n := len(r.path); n > 0 {
		before := r.path[n-1].concept
		r.low[before] = min(r.low[before], r.low[i])
	}
	if r.low[i] != r.index[i] {
		return
	}
	first := len(r.stack) - 1
	for r.stack[first] != i {
		first--
	}
	ring := slices.Clone(r.stack[first:])
	for _, j := range ring {
		r.on[j] = false
	}
	r.stack = r.stack[:first]
	if len(ring) > 1 || step.self {
		slices.Sort(ring)
		r.rings = append(r.rings, ring)
	}
}
