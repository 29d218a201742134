package memory

// A pattern is a query made ready to be compared with many texts. Tokens are
// numbers from 1; 0 is a token that no text has. It is not safe for concurrent
// use.
type pattern struct {
	tokens []uint32
	mask   []uint64 // by token: where it stands in the query, when that has at most 64 tokens
	row    []int    // scratch of the slow way
}

// newPattern prepares tokens that are all smaller than vocabulary.
func newPattern(tokens []uint32, vocabulary int) *pattern {
	p := &pattern{tokens: tokens}
	if len(tokens) > 64 {
		return p
	}
	p.mask = make([]uint64, vocabulary)
	for i, t := range tokens {
		if t != 0 {
			p.mask[t] |= 1 << i
		}
	}
	return p
}

// distance returns the Levenshtein distance to text, or some number greater
// than most when the distance is.
func (p *pattern) distance(text []uint32, most int) int {
	switch {
	case len(p.tokens) == 0:
		return len(text)
	case p.mask != nil:
		return p.fast(text, most)
	}
	return p.slow(text, most)
}

// fast is the bit-parallel algorithm of Myers in Hyyrö's form: pv and mv hold
// where the column of the matrix grows and shrinks by one.
func (p *pattern) fast(text []uint32, most int) int {
	d := len(p.tokens)
	last := uint64(1) << (d - 1)
	pv, mv := ^uint64(0), uint64(0)
	for i, t := range text {
		eq := p.mask[t]
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

// slow fills the matrix row by row within the diagonals that most allows.
func (p *pattern) slow(text []uint32, most int) int {
	n := len(p.tokens)
	p.row = p.row[:0]
	for j := range n + 1 {
		p.row = append(p.row, j)
	}
	for i, t := range text {
		from, to := max(1, i+1-most), min(n, i+1+most)
		if from > to {
			return most + 1
		}
		if p.step(i+1, t, from, to, most) > most {
			return most + 1
		}
	}
	return p.row[n]
}

// step replaces row i-1 by row i of the matrix, between the columns from and
// to, and returns its smallest cell.
func (p *pattern) step(i int, t uint32, from, to, most int) int {
	diagonal := p.row[from-1]
	p.row[from-1] = i
	if from > 1 {
		p.row[from-1] = most + 1
	}
	least := p.row[from-1]
	for j := from; j <= to; j++ {
		cost := 1
		if p.tokens[j-1] == t && t != 0 {
			cost = 0
		}
		above := p.row[j]
		if j == i+most {
			above = most + 1 // outside the band of the row before
		}
		p.row[j], diagonal = min(diagonal+cost, above+1, p.row[j-1]+1), p.row[j]
		least = min(least, p.row[j])
	}
	return least
}

// most returns the greatest distance that still is a hit for two texts of
// which the longer has n tokens.
func mostEdits(n, threshold int) int { return n * (100 - threshold) / 100 }

// percent returns the raw score of a distance that is no exact match.
func percent(n, distance int) int { return min(99, 100*(n-distance)/n) }
