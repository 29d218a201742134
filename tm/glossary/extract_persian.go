package glossary

import (
	"strings"

	"tarjoman/tm"
)

// persianNames notes what a Persian text shows as names: what follows a title or
// the head of an organization or a place.
func (x *extraction) persianNames(i int) {
	line := x.lines[i]
	for k := range line {
		if persianTitles[line[k].key] {
			x.afterTitle(i, k)
		}
		if (persianOrgs[line[k].key] || persianPlaces[line[k].key]) && k+1 < len(line) {
			x.headed(i, k)
		}
	}
}

// afterTitle notes the one to three words after a title: a person.
func (x *extraction) afterTitle(i, title int) {
	line := x.lines[i]
	last := title
	for last+1 < len(line) && last < title+3 && line[last+1].before == "" && !x.stop(line[last+1]) && !x.general(line[last+1]) {
		last++
	}
	first := title + 1
	for first <= last && persianTitles[line[first].key] {
		first++
	}
	if first > last || line[first].capital {
		return
	}
	last = min(last, first+1)
	c := x.add(x.keyOf(i, first, last), x.place(i, first, last))
	c.votes[tm.Person] += 2
	c.name = true
}

// headed notes a kind of organization or place with the words after it, as far
// as they come back elsewhere.
func (x *extraction) headed(i, first int) {
	line := x.lines[i]
	kind := tm.Place
	if persianOrgs[line[first].key] {
		kind = tm.Organization
	}
	for last := first + 1; last < len(line) && last < first+longestPhrase; last++ {
		if line[last].before != "" || x.stop(line[last]) {
			return
		}
		x.add(x.keyOf(i, first, last), x.place(i, first, last)).votes[kind] += 2
	}
}

// persianEnds are the endings that extraction takes off when the rest is a word
// of the texts itself.
var persianEnds = []string{"هایشان", "هایی", "های", "ها", "یان", "ان", "ات"}

// persianLemma is a folded word without its ending, when the texts have it
// without.
func (x *extraction) persianLemma(word string) string {
	for _, end := range persianEnds {
		stem, ok := strings.CutSuffix(word, end)
		if ok && len(stem) >= len("گرو") && x.small[stem] > 0 && !persian.other[word] {
			return stem
		}
	}
	return word
}
