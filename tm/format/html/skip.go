package html

import "golang.org/x/net/html"

// skipped is a protected element while its end is looked for.
type skipped struct {
	name   string
	from   int
	inside map[string]int // elements opened inside and not closed
}

// beginSkip starts to keep an element. A block element ends the run; what the
// author protects inside a sentence becomes one code of it.
func (r *rewriter) beginSkip(t token) error {
	if blockElements[t.name] {
		if err := r.flush(); err != nil {
			return err
		}
	}
	r.skip = &skipped{name: t.name, from: t.from, inside: map[string]int{}}
	return nil
}

// skipping takes a token into the protected element and reports whether it
// belongs there. Without an end tag the element ends where HTML ends it: before
// a start tag that implies its end, or the end tag of what it stands in.
func (r *rewriter) skipping(t token) bool {
	s := r.skip
	switch t.kind {
	case html.StartTagToken:
		if len(s.inside) == 0 && blockElements[t.name] && blockElements[s.name] && endsBefore(t.name)[s.name] {
			r.endSkip(t.from)
			return false
		}
		if !voidElements[t.name] {
			s.inside[t.name]++
		}
	case html.EndTagToken:
		return r.skipEnd(t)
	}
	return true
}

func (r *rewriter) skipEnd(t token) bool {
	s := r.skip
	switch {
	case s.inside[t.name] > 0:
		if s.inside[t.name]--; s.inside[t.name] == 0 {
			delete(s.inside, t.name)
		}
		return true
	case t.name == s.name:
		r.endSkip(t.to)
		return true
	case blockElements[t.name] && !protectedElements[s.name]:
		r.endSkip(t.from)
		return false
	}
	return true
}

func (r *rewriter) endSkip(to int) {
	s := r.skip
	r.skip = nil
	if !blockElements[s.name] {
		r.run.pieces = append(r.run.pieces, piece{kind: alone, name: s.name, from: s.from, to: to, whole: true})
		r.run.whole = true
		return
	}
	raw := r.src[s.from:to]
	if !r.local.turns {
		r.out.Write(raw)
		return
	}
	end := len(raw) - len(raw[tagEnd(raw):])
	r.out.Write(r.local.leaf(raw[:end:end], r.local.source, r.top().marks))
	r.out.Write(raw[end:])
}

// tagEnd returns the end of the start tag raw begins with.
func tagEnd(raw []byte) int {
	end := nameEnd(raw)
	for _, a := range attributes(raw) {
		end = a.to
		if a.quote != 0 {
			end++
		}
	}
	for end < len(raw) && raw[end] != '>' {
		end++
	}
	return min(end+1, len(raw))
}
