package glossary

import "strings"

// tail is what an ending says besides number: the key by which the ending of a
// wrong term is given to the right one (C12).
type tail uint8

const (
	bare tail = iota
	indefinite
	ezafe
	my
	your
	his
	our
	yours
	their
	weAre
	youAre
	theyAre
	isIt
	comparative
	superlative
	possessive
)

// An ending is one thing that may stand after the last letter of a word. Text
// is written with the marks below.
type ending struct {
	text   string
	plural bool
	tail   tail
	object bool // the attached «‌را»
}

// Marks in the text of endings, the ways to write what joins it to the word.
const (
	anyway = '_' // ZWNJ, space or nothing
	apart  = '~' // ZWNJ or space
)

// endings is the set of endings one kind of word takes, as a trie over cells.
type endings struct {
	root node
	list []ending
}

type node struct {
	next map[rune]*node
	ends []int // indexes of endings that are complete here
}

func (n *node) child(r rune) *node {
	if n.next == nil {
		n.next = map[rune]*node{}
	}
	c := n.next[r]
	if c == nil {
		c = &node{}
		n.next[r] = c
	}
	return c
}

func newEndings(list []ending) *endings {
	e := &endings{list: list}
	for i, end := range list {
		for _, spelling := range spellings(end.text) {
			n := &e.root
			for _, r := range spelling {
				n = n.child(r)
			}
			n.ends = append(n.ends, i)
		}
	}
	return e
}

// spellings expands the marks of an ending.
func spellings(text string) []string {
	at := strings.IndexAny(text, string([]rune{anyway, apart}))
	if at < 0 {
		return []string{text}
	}
	joins := []string{string(zwnj), " "}
	if text[at] == anyway {
		joins = append(joins, "")
	}
	var all []string
	for _, rest := range spellings(text[at+1:]) {
		for _, join := range joins {
			all = append(all, text[:at]+join+rest)
		}
	}
	return all
}

// at returns the longest ending at cell i that ends where accept allows, with
// the cell after it; ok is false when there is none. The empty ending is not
// among them. A ZWNJ after a letter that does not join says nothing: «کتاب‌ها‌ی».
func (e *endings) at(list []cell, i int, accept func(end int, what ending) bool) (what ending, to int, ok bool) {
	if e == nil {
		return ending{}, i, false
	}
	return e.from(&e.root, list, i, i, accept)
}

// from goes on at cell k of an ending that began at cell i.
func (e *endings) from(n *node, list []cell, i, k int, accept func(end int, what ending) bool) (what ending, to int, ok bool) {
	to = i
	for ; k < len(list); k++ {
		if k > i && list[k].r == zwnj && separate(list[k-1].r) {
			if what, to, ok := e.from(n, list, i, k+1, accept); ok {
				return what, to, ok
			}
		}
		if n = n.next[list[k].r]; n == nil {
			break
		}
		for _, index := range n.ends {
			if accept(k+1, e.list[index]) {
				what, to, ok = e.list[index], k+1, true
				break
			}
		}
	}
	return what, to, ok
}
