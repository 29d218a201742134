package memory

// A pattern is a query made ready to be compared with many texts. Tokens are
// numbers from 1; 0 is a token that no text has. It is not safe for concurrent
// use, and is meant to be used again for other queries.
type pattern struct {
	tokens []uint32
	class  []uint16 // by token: from 1 for those of the query, 0 for all others
	blocks int      // of 64 tokens of the query
	mask   []uint64 // by class and block: where the token stands in the query
	pv, mv []uint64 // scratch of long queries
}

// set prepares tokens that are all smaller than vocabulary; there are at most
// [MaxTokens].
func (p *pattern) set(tokens []uint32, vocabulary int) {
	for _, t := range p.tokens {
		p.class[t] = 0
	}
	if len(p.class) < vocabulary {
		p.class = make([]uint16, vocabulary+vocabulary/8)
	}
	p.tokens = append(p.tokens[:0], tokens...)
	p.blocks = (len(tokens) + 63) / 64
	p.mask = append(p.mask[:0], make([]uint64, p.blocks)...)
	classes := 0
	for i, t := range tokens {
		if t == 0 {
			continue
		}
		if p.class[t] == 0 {
			classes++
			p.class[t] = uint16(classes)
			p.mask = append(p.mask, make([]uint64, p.blocks)...)
		}
		p.mask[int(p.class[t])*p.blocks+i/64] |= 1 << (i % 64)
	}
}

// distance returns the Levenshtein distance to text, or some number greater
// than most when the distance is.
func (p *pattern) distance(text []uint32, most int) int {
	switch p.blocks {
	case 0:
		return len(text)
	case 1:
		return p.short(text, most)
	}
	return p.long(text, most)
}

// short is the bit-parallel algorithm of Myers in Hyyrö's form: pv and mv hold
// where the column of the matrix grows and shrinks by one.
func (p *pattern) short(text []uint32, most int) int {
	d := len(p.tokens)
	last := uint64(1) << (d - 1)
	pv, mv := ^uint64(0), uint64(0)
	for i, t := range text {
		eq := p.mask[p.class[t]]
		xv := eq | mv
		xh := (((eq & pv) + pv) ^ pv) | eq
		ph := mv | ^(xh | pv)
		mh := pv & xh
		if ph&last != 0 {
			d++
		} else if mh&last != 0 {
			d--
		}
		if d-(len(text)-i-1) > most { // each further token takes off one at best
			return d
		}
		ph = ph<<1 | 1
		pv = mh<<1 | ^(xv | ph)
		mv = ph & xv
	}
	return d
}

// long is the same for several blocks: what a block's last row grows or shrinks
// by goes into the next one.
func (p *pattern) long(text []uint32, most int) int {
	d := len(p.tokens)
	p.pv, p.mv = p.pv[:0], p.mv[:0]
	for range p.blocks {
		p.pv, p.mv = append(p.pv, ^uint64(0)), append(p.mv, 0)
	}
	for i, t := range text {
		masks := p.mask[int(p.class[t])*p.blocks:][:p.blocks]
		grows, shrinks := uint64(1), uint64(0)
		for b, eq := range masks {
			pv, mv := p.pv[b], p.mv[b]
			xv := eq | mv
			eq |= shrinks
			xh := (((eq & pv) + pv) ^ pv) | eq
			ph := mv | ^(xh | pv)
			mh := pv & xh
			last := uint(63)
			if b == p.blocks-1 {
				last = uint(len(p.tokens)-1) % 64
			}
			out, in := ph>>last&1, mh>>last&1
			ph, mh = ph<<1|grows, mh<<1|shrinks
			p.pv[b], p.mv[b] = mh|^(xv|ph), ph&xv
			grows, shrinks = out, in
		}
		d += int(grows) - int(shrinks)
		if d-(len(text)-i-1) > most {
			return d
		}
	}
	return d
}

// mostEdits returns the greatest distance that still is a hit for two texts of
// which the longer has n tokens.
func mostEdits(n, threshold int) int { return n * (100 - threshold) / 100 }

// percent returns the raw score of a distance that is no exact match.
func percent(n, distance int) int { return min(99, 100*(n-distance)/n) }
