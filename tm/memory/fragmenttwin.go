package memory

import "sort"

// A twins finds the rows of variants in a lane. A lane knows the variant of a
// row but not the way back; the rows of one length are in the order of their
// variants, however.
type twins struct {
	*lane
	lengths []twinRange // ascending
}

// A twinRange is the entries from..to, of one number of tokens.
type twinRange struct{ tokens, from, to uint32 }

func newTwins(l *lane) *twins {
	t := &twins{lane: l}
	for i := range l.chunks {
		c := &l.chunks[i]
		if c.least > MaxTokens {
			break // not in the order of their lengths
		}
		for at := c.base; at < c.base+c.n; {
			n := l.length(at, c)
			from := at
			at += uint32(sort.Search(int(c.base+c.n-at), func(i int) bool { return l.length(from+uint32(i), c) > n }))
			t.add(twinRange{n, from, at})
		}
	}
	return t
}

func (t *twins) add(r twinRange) {
	if n := len(t.lengths); n > 0 && t.lengths[n-1].tokens == r.tokens {
		t.lengths[n-1].to = r.to
		return
	}
	t.lengths = append(t.lengths, r)
}

// find returns the entry of a variant, which has probably about so many tokens;
// ok is false for one of more than [MaxTokens].
func (t *twins) find(v, tokens uint32) (entry uint32, ok bool) {
	up := sort.Search(len(t.lengths), func(i int) bool { return t.lengths[i].tokens >= tokens })
	for down := up - 1; down >= 0 || up < len(t.lengths); down, up = down-1, up+1 {
		if up < len(t.lengths) {
			if entry, ok = t.in(t.lengths[up], v); ok {
				return entry, true
			}
		}
		if down >= 0 {
			if entry, ok = t.in(t.lengths[down], v); ok {
				return entry, true
			}
		}
	}
	return 0, false
}

func (t *twins) in(r twinRange, v uint32) (uint32, bool) {
	owner := t.owner[r.from:r.to]
	if len(owner) == 0 || owner[0] > v || owner[len(owner)-1] < v {
		return 0, false
	}
	lo, hi := 0, len(owner)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if owner[mid] < v {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return r.from + uint32(lo), owner[lo] == v
}
