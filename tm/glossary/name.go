package glossary

import (
	"slices"
	"strings"
)

// A NameScript says how names of a list are written.
type NameScript string

// The scripts of names.
const (
	LatinNames   NameScript = "latin"   // Noury, Nouri
	PersianNames NameScript = "persian" // علیرضا, علی‌رضا
	CrossNames   NameScript = "cross"   // Karimi, کریمی
)

// Valid reports whether s is one of the scripts above.
func (s NameScript) Valid() bool { return s == LatinNames || s == PersianNames || s == CrossNames }

// limits of the cost between two spellings of one name.
const (
	sameName  = 0.6 // two spellings may be one name below it (F2)
	alikeName = 0.9 // any two of one group stay below it
	apartName = 1.2 // what tells two names apart
)

// maxName is the longest spelling, in bytes, that is compared letter by letter;
// longer ones are the same only when their keys are.
const maxName = 120

// GroupNames groups the spellings of a list by the name they write (PERSIAN.md
// F1–F4) and returns the places in the list: groups in order of first
// appearance, places in order. Every place is in one group. The result is a
// proposal for people and never more: nothing merges names by itself.
//
// Two spellings are linked when their cost is below [sameName]; groups grow by
// the cheapest link first, and only while any two of their spellings stay below
// [alikeName], so that two names are not joined through a third one between
// them. Ties are broken by the order of the list.
func GroupNames(script NameScript, names []string) [][]int {
	switch script {
	case PersianNames:
		return groupByKey(names, PersianNameKey)
	case CrossNames:
		return groupCross(names)
	}
	return groupLatin(names)
}

// SameName reports whether two spellings alone would be one group.
func SameName(script NameScript, a, b string) bool {
	return len(GroupNames(script, []string{a, b})) == 1
}

// groupByKey groups the names with the same key.
func groupByKey(names []string, key func(string) string) [][]int {
	var groups [][]int
	at := map[string]int{}
	for i, name := range names {
		k := key(name)
		g, ok := at[k]
		if !ok {
			g = len(groups)
			at[k] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	return groups
}

// groupLatin groups Latin spellings. Every consonant counts, so only names with
// the same consonants need to be compared.
func groupLatin(names []string) [][]int {
	spelled := make([]latinName, len(names))
	exact := groupByKey(names, func(name string) string { return newLatinName(name).key() })
	buckets := map[string][]int{}
	var order []string
	for g, group := range exact {
		spelled[g] = newLatinName(names[group[0]])
		k := spelled[g].skeleton()
		if buckets[k] == nil {
			order = append(order, k)
		}
		buckets[k] = append(buckets[k], g)
	}
	link := newLinkage(len(exact))
	for _, k := range order {
		link.join(buckets[k], func(a, b int) float64 { return spelled[a].cost(spelled[b]) })
	}
	return link.groups(exact)
}

// maxBucket is how many different spellings of the same consonants are compared
// with each other; names do not come in such numbers, noise may.
const maxBucket = 200

// A linkage grows groups of things by their costs.
type linkage struct {
	group   []int   // of every thing
	members [][]int // of every group
}

func newLinkage(n int) *linkage {
	l := &linkage{group: make([]int, n), members: make([][]int, n)}
	for i := range n {
		l.group[i], l.members[i] = i, []int{i}
	}
	return l
}

type nameLink struct {
	cost float64
	a, b int
}

// join links the things of a list whose cost is low enough.
func (l *linkage) join(list []int, cost func(a, b int) float64) {
	if len(list) > maxBucket {
		return
	}
	costs := map[[2]int]float64{}
	var links []nameLink
	for i, a := range list {
		for _, b := range list[i+1:] {
			c := cost(a, b)
			costs[[2]int{a, b}], costs[[2]int{b, a}] = c, c
			if c < sameName {
				links = append(links, nameLink{c, a, b})
			}
		}
	}
	slices.SortStableFunc(links, func(x, y nameLink) int { return compareCost(x.cost, y.cost) })
	for _, k := range links {
		l.link(k.a, k.b, func(a, b int) bool { return costs[[2]int{a, b}] < alikeName })
	}
}

func compareCost(a, b float64) int {
	switch {
	case a < b-1e-9:
		return -1
	case a > b+1e-9:
		return 1
	}
	return 0
}

// link makes one group of those of a and b when all their members are alike.
func (l *linkage) link(a, b int, alike func(a, b int) bool) {
	to, from := l.group[a], l.group[b]
	if to == from {
		return
	}
	for _, x := range l.members[to] {
		for _, y := range l.members[from] {
			if !alike(x, y) {
				return
			}
		}
	}
	for _, y := range l.members[from] {
		l.group[y] = to
	}
	l.members[to] = append(l.members[to], l.members[from]...)
	l.members[from] = nil
}

// groups returns the groups of the places that every thing stands for.
func (l *linkage) groups(places [][]int) [][]int {
	var out [][]int
	for _, members := range l.members {
		var group []int
		for _, m := range members {
			group = append(group, places[m]...)
		}
		if len(group) > 0 {
			slices.Sort(group)
			out = append(out, group)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

// ScriptOf returns the script of a list of names: cross when it has both.
func ScriptOf(names []string) NameScript {
	persian := 0
	for _, name := range names {
		if persianName(name) {
			persian++
		}
	}
	switch persian {
	case 0:
		return LatinNames
	case len(names):
		return PersianNames
	}
	return CrossNames
}

// persianName reports whether a name is written in Arabic script.
func persianName(name string) bool {
	return strings.IndexFunc(name, arabicScript) >= 0 && !strings.ContainsFunc(name, latinScript)
}

func arabicScript(r rune) bool {
	return 0x0620 <= r && r <= 0x06FF || 0x0750 <= r && r <= 0x077F || 0xFB50 <= r && r <= 0xFEFC
}

func latinScript(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || 0xC0 <= r && r <= 0x24F || 0x1E00 <= r && r <= 0x1EFF
}
