package glossary

import (
	"maps"
	"slices"
	"strings"
)

// groupCross groups names of both scripts: each script by itself, then every
// Latin group goes to the Persian one it matches best.
func groupCross(list []string) [][]int {
	var latin, persian []int
	for i, name := range list {
		if persianName(name) {
			persian = append(persian, i)
		} else {
			latin = append(latin, i)
		}
	}
	sub := func(places []int, script NameScript) [][]int {
		names := make([]string, len(places))
		for i, p := range places {
			names[i] = list[p]
		}
		groups := GroupNames(script, names)
		for _, g := range groups {
			for i := range g {
				g[i] = places[g[i]]
			}
		}
		return groups
	}
	return joinScripts(list, sub(latin, LatinNames), sub(persian, PersianNames))
}

// joinScripts puts Latin groups to Persian ones, the best matches first; every
// group finds one other, so that no two names of one script become one. What F4
// writes for the same Latin name with another letter for the same sound or
// without a vav joins them: Tehran, تهران, طهران; Clinton, کلینتون, کلینتن.
func joinScripts(list []string, latin, persian [][]int) [][]int {
	keys := make([]string, len(persian))
	for p, group := range persian {
		keys[p] = PersianNameKey(list[group[0]])
	}
	index := indexKeys(keys)
	var links []nameLink
	for l, group := range latin {
		costs := map[int]float64{}
		for _, i := range group {
			index.costs(newLatinName(list[i]), costs)
		}
		for _, p := range slices.Sorted(maps.Keys(costs)) {
			if costs[p] < sameName {
				links = append(links, nameLink{costs[p], l, p})
			}
		}
	}
	slices.SortStableFunc(links, func(x, y nameLink) int { return compareCost(x.cost, y.cost) })
	usedLatin, usedPersian, best := map[int]bool{}, map[int]bool{}, map[int]string{}
	for _, k := range links {
		if usedLatin[k.a] || usedPersian[k.b] {
			continue
		}
		usedLatin[k.a], usedPersian[k.b] = true, true
		best[k.a] = openSpelling(keys[k.b])
		latin[k.a] = append(latin[k.a], persian[k.b]...)
		persian[k.b] = nil
	}
	for _, k := range links {
		if !usedPersian[k.b] && k.cost < surelyWritten && best[k.a] == openSpelling(keys[k.b]) {
			usedPersian[k.b] = true
			latin[k.a] = append(latin[k.a], persian[k.b]...)
			persian[k.b] = nil
		}
	}
	groups := slices.DeleteFunc(append(latin, persian...), func(g []int) bool { return len(g) == 0 })
	for _, g := range groups {
		slices.Sort(g)
	}
	slices.SortFunc(groups, func(a, b []int) int { return a[0] - b[0] })
	return groups
}

// surelyWritten is below the cost of any way to write a sound that is not usual.
const surelyWritten = 0.05

// openSpelling is a Persian key without what F4 leaves open for a sound: which
// of the letters that sound alike, and whether o and u are written.
func openSpelling(key string) string {
	first, rest, _ := cutFirst(homophones.Replace(key))
	return first + strings.ReplaceAll(rest, "و", "")
}

// A keyIndex finds the Persian keys that may be a Latin name.
type keyIndex struct {
	keys       []string
	byKey      map[string]int
	bySkeleton map[string][]int
}

func indexKeys(keys []string) *keyIndex {
	x := &keyIndex{keys: keys, byKey: map[string]int{}, bySkeleton: map[string][]int{}}
	for i, key := range keys {
		x.byKey[key] = i
		k := persianSkeleton(key)
		x.bySkeleton[k] = append(x.bySkeleton[k], i)
	}
	return x
}

// costs lowers the costs of the keys that may be the name.
func (x *keyIndex) costs(n latinName, costs map[int]float64) {
	put := func(i int, c float64) {
		if old, ok := costs[i]; !ok || c < old {
			costs[i] = c
		}
	}
	if i, ok := x.byKey[PersianNameKey(usualPersian(n))]; ok && len(n.tokens) > 0 {
		put(i, 0)
	}
	list := x.bySkeleton[n.crossSkeleton()]
	if len(list) > maxBucket {
		return
	}
	for _, i := range list {
		put(i, crossCost(n, x.keys[i]))
	}
}

// crossCost compares a Latin spelling with a Persian key. Words of the list
// decide for themselves: Mostafa is «مصطفی» although its a is written with a
// yeh, and a word of the list that is not the one meant is another name.
func crossCost(n latinName, key string) float64 {
	if n.long {
		return 2 * apartName
	}
	if usual := usualPersian(n); usual != "" {
		if PersianNameKey(usual) == key {
			return 0
		}
		if _, listed := names.persian[key]; listed {
			return apartName
		}
	}
	return newCrossName(n, 0, len(n.tokens)).cost(key, true)
}

// crossSkeleton is the consonants that a Latin name shares with its Persian
// spelling: without those that may be vowels or silent.
func (n latinName) crossSkeleton() string {
	var out []rune
	for _, word := range n.sounds {
		for _, s := range word {
			if !vowelSound(s) && !strings.ContainsRune("hyv", s) && (len(out) == 0 || out[len(out)-1] != s) {
				out = append(out, s)
			}
		}
	}
	return string(out)
}

// persianSounds are the sounds of Persian consonants.
var persianSounds = func() map[rune]sound {
	m := map[rune]sound{}
	for s, ways := range crossConsonants {
		for _, w := range ways {
			for i, r := range w.text {
				if i == 0 && w.cost == 0 && !strings.ContainsRune("hyv", s) {
					m[r] = s
				}
			}
		}
	}
	return m
}()

// persianSkeleton is the skeleton of a Persian key. ژ and ج are one sound, as
// are the letters that sound alike.
func persianSkeleton(key string) string {
	var out []rune
	for _, r := range key {
		s, consonant := persianSounds[r]
		if !consonant && !strings.ContainsRune("اآویعهحء", r) {
			s, consonant = r, true
		}
		if consonant && (len(out) == 0 || out[len(out)-1] != s) {
			out = append(out, s)
		}
	}
	return string(out)
}

// usualPersian writes a name whose words are all in the list, "" for others.
func usualPersian(n latinName) string {
	var words []string
	for _, t := range n.tokens {
		word := names.persianOf(t)
		if word == "" {
			return ""
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}
