package docx

import (
	"cmp"
	"slices"
	"strings"

	"tarjoman/tm/format/internal/xmlspan"
)

// link finds the neighbours of every atom, passing over codes and anchors.
func (b *builder) link() {
	n := len(b.atoms)
	b.before, b.after = make([]int, n), make([]int, n)
	last := -1
	for i, a := range b.atoms {
		b.before[i] = last
		if a.kind <= closeAtom && a.kind != aloneAtom {
			last = i
		}
	}
	next := n
	for i := n - 1; i >= 0; i-- {
		b.after[i] = next
		if k := b.atoms[i].kind; k <= closeAtom && k != aloneAtom {
			next = i
		}
	}
}

// readLooks gives every text atom its look. White space between two pieces of
// one look has that look too, unless it can be seen.
func (b *builder) readLooks() {
	b.of = make([]*look, len(b.atoms))
	for i, a := range b.atoms {
		if a.kind == textAtom {
			b.of[i] = b.lookOf(a.run)
		}
	}
	for i, a := range b.atoms {
		if a.kind != textAtom || !blank(a.text) ||
			b.of[i].has("u", "strike", "dstrike", "highlight", "shd", "bdr") {
			continue
		}
		before, after := b.lookAt(b.before[i]), b.lookAt(b.after[i])
		if before != nil && after != nil && before.key == after.key {
			b.of[i] = before
		}
	}
}

// blank reports whether a text is only spaces; those of fixed width count as
// something, forms are filled with them.
func blank(text string) bool { return strings.Trim(text, " ") == "" }

// lookAt returns the look of a text atom, nil where there is none.
func (b *builder) lookAt(i int) *look {
	if i < 0 || i >= len(b.of) {
		return nil
	}
	return b.of[i]
}

func (b *builder) lookOf(run *xmlspan.Node) *look {
	if l := b.looks[run]; l != nil {
		return l
	}
	l := b.styles.look(b.pStyle, child(run, "rPr"), b.complex)
	b.looks[run] = l
	return l
}

// bases returns the formatting that needs no codes, in every pair and, under
// nil, outside of pairs: without emphasis if there is such text, then what comes
// most often, the plainest, the first. The length of the text counts for
// nothing, so that a translation of any length has the same base.
func (b *builder) bases() map[*pair]*look {
	counts := map[*pair]*tally{nil: {}}
	stack := []*pair{nil}
	last := "" // look of the piece of text just counted
	for i, a := range b.atoms {
		inner := stack[len(stack)-1]
		switch a.kind {
		case textAtom:
			if !blank(a.text) {
				last = counts[inner].add(b.of[i], last)
			} else if "="+b.of[i].key != last {
				last = ""
			}
			continue
		case aloneAtom, anchorAtom:
			continue
		case openAtom:
			stack = append(stack, a.pair)
			counts[a.pair] = &tally{}
		case closeAtom:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		}
		last = ""
	}
	bases := map[*pair]*look{}
	for p, c := range counts {
		if bases[p] = c.best(); bases[p] == nil {
			bases[p] = b.styles.look(b.pStyle, nil, b.complex)
		}
	}
	return bases
}

// A tally counts the pieces of text of every look.
type tally struct {
	looks  []*look
	pieces map[string]int
}

// add counts a piece unless it goes on with the look of the one before, and
// returns a mark of its own look.
func (t *tally) add(l *look, last string) string {
	if t.pieces == nil {
		t.pieces = map[string]int{}
	}
	mark := "=" + l.key
	if t.pieces[l.key] == 0 {
		t.looks = append(t.looks, l)
	}
	if mark != last {
		t.pieces[l.key]++
	}
	return mark
}

func (t *tally) best() *look {
	if len(t.looks) == 0 {
		return nil
	}
	return slices.MinFunc(t.looks, func(a, b *look) int {
		emphasisA, allA := a.count()
		emphasisB, allB := b.count()
		return cmp.Or(
			cmp.Compare(emphasisA, emphasisB),
			cmp.Compare(t.pieces[b.key], t.pieces[a.key]),
			cmp.Compare(allA, allB))
	})
}
