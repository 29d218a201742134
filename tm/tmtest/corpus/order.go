package corpus

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// words returns the tokens of a sentence: runs of letters, marks and digits,
// and every other character that is not space.
func words(s string) []string {
	var list []string
	from := -1
	for at, r := range s {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) {
			if from < 0 {
				from = at
			}
			continue
		}
		if from >= 0 {
			list, from = append(list, s[from:at]), -1
		}
		if !unicode.IsSpace(r) {
			list = append(list, string(r))
		}
	}
	if from >= 0 {
		list = append(list, s[from:])
	}
	return list
}

func isWord(token string) bool {
	r := []rune(token)[0]
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// fingerprint is the same for sentences with the same tokens but for case.
func fingerprint(s string) uint64 {
	h := fnv.New64a()
	for _, w := range words(strings.ToLower(s)) {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

// shuffled returns the distinct sentences of all texts in an order that only
// the seed and the sentences themselves decide.
func (m *maker) shuffled() []Unit {
	type ranked struct {
		Unit
		rank uint64
	}
	var list []ranked
	for _, t := range m.Texts {
		if t.Missing != "" {
			m.corpus.Notes = append(m.corpus.Notes, t.Name+" is missing: "+t.Missing)
		}
		for _, p := range t.Pairs {
			list = append(list, ranked{Unit{p, t.Name}, scatter(fingerprint(p.Source), m.Seed)})
		}
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.Target, a.Target), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Origin, b.Origin))
	})
	list = slices.CompactFunc(list, func(a, b ranked) bool { return a.rank == b.rank })
	units := make([]Unit, len(list))
	for i, r := range list {
		units[i] = r.Unit
	}
	return units
}

// scatter is a hash of two numbers, the finaliser of SplitMix64.
func scatter(x, seed uint64) uint64 {
	x += seed * 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

func byCount(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}
