package xmlspan

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"sort"
)

// A Piece is a part of a replacement: new text, or a span of the source that is
// moved there together with the edits inside it.
type Piece struct {
	Text     string
	From, To int32
}

// Raw returns a piece of new markup.
func Raw(markup string) Piece { return Piece{Text: markup} }

// Span returns a piece that repeats the source.
func Span(from, to int32) Piece { return Piece{From: from, To: to} }

// Edits collects replacements of spans of one source. An edit may lie inside
// another: it then takes effect where a [Span] of the outer one repeats it. The
// zero value is ready; order of adding matters only for insertions at one place.
type Edits struct{ list []edit }

type edit struct {
	from, to int32
	with     []Piece
}

// Replace puts pieces in place of the bytes from..to; from == to inserts.
func (e *Edits) Replace(from, to int32, with ...Piece) {
	e.list = append(e.list, edit{from, to, with})
}

// Len returns the number of edits collected.
func (e *Edits) Len() int { return len(e.list) }

// Apply returns src with the edits made. Edits that cross each other are a
// mistake of the format and give an error.
func (e *Edits) Apply(src []byte) ([]byte, error) {
	list := slices.Clone(e.list)
	slices.SortStableFunc(list, func(a, b edit) int {
		if c := cmp.Compare(a.from, b.from); c != 0 {
			return c
		}
		if a.from == a.to || b.from == b.to { // insertions first
			return cmp.Compare(a.to, b.to)
		}
		return cmp.Compare(b.to, a.to) // then the outer before the inner
	})
	w := splicer{src: src, list: list}
	w.copy(0, int32(len(src)), 0)
	for _, l := range list {
		if l.from == l.to && int(l.from) == len(src) {
			w.write(l, len(list))
		}
	}
	if w.crossed {
		return nil, errors.New("xmlspan: edits cross each other")
	}
	return w.out.Bytes(), nil
}

type splicer struct {
	src     []byte
	list    []edit
	out     bytes.Buffer
	crossed bool
}

// copy writes the source from..to with the edits of list[first:] in it.
func (w *splicer) copy(from, to int32, first int) {
	i := first + sort.Search(len(w.list)-first, func(i int) bool { return w.list[first+i].from >= from })
	for ; i < len(w.list) && w.list[i].from < to; i++ {
		e := w.list[i]
		if e.to > to || e.from < from && e.to > from {
			w.crossed = true
			return
		}
		if e.from < from { // inside the edit just made
			continue
		}
		w.out.Write(w.src[from:e.from])
		w.write(e, i+1)
		from = e.to
	}
	w.out.Write(w.src[from:to])
}

func (w *splicer) write(e edit, next int) {
	for _, p := range e.with {
		w.out.WriteString(p.Text)
		if p.To > p.From {
			w.copy(p.From, p.To, next)
		}
	}
}
