package memory

import (
	"math/bits"
	"slices"
)

// What follows is asked of a file whose checksum is right, so that even one
// made on purpose cannot lead outside of a list.

func (v *vocabulary) valid() bool {
	end := uint32(0)
	for _, e := range v.ends {
		if e < end {
			return false
		}
		end = e
	}
	return int(end) == len(v.text)
}

func (t *traits) valid(columnOf map[group]uint32) bool {
	for _, tag := range t.tags {
		if column, ok := columnOf[groupOf(tag.tag)]; !ok || column != tag.column {
			return false
		}
	}
	for i := range t.list {
		if t.list[i].key == "" || slices.ContainsFunc(t.list[i].variants, func(v traitVariant) bool { return int(v.tag) >= len(t.tags) }) {
			return false
		}
	}
	return true
}

func (s *segment) valid(t *traits, words []int) bool {
	if !s.ledger.valid(t) || !s.exact.valid(len(s.senses)) || !s.bare.valid(len(s.bares)) {
		return false
	}
	owned := make([]bool, len(s.senses))
	for column, l := range s.lanes {
		if int(column) >= len(words) || !l.valid(uint32(words[column]), owned) {
			return false
		}
	}
	return !slices.Contains(owned, false)
}

func (l *ledger) valid(t *traits) bool {
	n := len(l.ids)
	if len(l.times) != n || len(l.traits) != n || l.nears != nil && len(l.nears) != n || len(l.senses) != len(l.spellings) || len(l.gone) > n/64+1 {
		return false
	}
	if l.stride > 0 && uint64(l.stride)*uint64(n) != uint64(len(l.senses)) ||
		l.stride == 0 && (len(l.first) != n+1 || l.first[0] != 0 || int(l.first[n]) != len(l.senses)) {
		return false
	}
	for u := range n {
		if u > 0 && l.ids[u] <= l.ids[u-1] || int(l.traits[u]) >= len(t.list) {
			return false
		}
		if from, to := l.variants(uint32(u)); to < from || int(to-from) != len(t.list[l.traits[u]].variants) {
			return false
		}
	}
	return l.validBares() && l.countDead()
}

func (l *ledger) validBares() bool {
	for i, b := range l.bares {
		if int(b.variant) >= len(l.senses) || int(b.values) > len(l.values) ||
			i > 0 && (b.variant <= l.bares[i-1].variant || b.values < l.bares[i-1].values) {
			return false
		}
	}
	return true
}

func (l *ledger) countDead() bool {
	l.dead = 0
	for _, w := range l.gone {
		l.dead += bits.OnesCount64(w)
	}
	if len(l.gone) == len(l.ids)/64+1 && l.gone[len(l.gone)-1]>>(len(l.ids)%64) != 0 {
		return false
	}
	return true
}

func (b *buckets) valid(n int) bool {
	if len(b.refs) != n || len(b.starts) != 1<<widthOf(n)+1 || int(b.starts[len(b.starts)-1]) != n {
		return false
	}
	return slices.IsSorted(b.starts) && below(b.refs, uint32(n))
}

func below(list []uint32, n uint32) bool {
	most := uint32(0)
	for _, v := range list {
		most = max(most, v)
	}
	return len(list) == 0 || most < n
}

// valid marks the variants of the lane as owned; none may be already.
func (l *lane) valid(words uint32, owned []bool) bool {
	for _, v := range l.owner {
		if int(v) >= len(owned) || owned[v] {
			return false
		}
		owned[v] = true
	}
	return len(l.owner) < maxEntries && l.validChunks() && l.validRows(words) && l.validFeatures(words) && l.validLists()
}

func (l *lane) validChunks() bool {
	next, most := uint32(0), uint32(0)
	for _, c := range l.chunks {
		if c.base != next || c.n == 0 || c.n > maxChunk || c.least < min(most, MaxTokens+1) || c.most < c.least {
			return false
		}
		next, most = c.base+c.n, c.most
	}
	return int(next) == len(l.owner)
}

func (l *lane) validRows(words uint32) bool {
	if len(l.rowAt) != (len(l.owner)+3)/4 {
		return false
	}
	at := uint64(0)
	for _, c := range l.chunks {
		for e := c.base; e < c.base+c.n; e++ {
			if e%4 == 0 && uint64(l.rowAt[e/4]) != at || at >= uint64(len(l.rows)) {
				return false
			}
			n, size := length(l.rows[at:])
			if size == 0 || n > uint64(len(l.rows))-at-size {
				return false
			}
			tokens, ok := validRow(l.rows[at+size:at+size+n], words)
			if !ok || tokens < c.least || tokens > c.most {
				return false
			}
			at += size + n
		}
	}
	return at == uint64(len(l.rows))
}

// length reads a varint as [varint] does, but of anything; size is 0 when there
// is none.
func length(b []byte) (n, size uint64) {
	for i := 0; i < min(len(b), 5); i++ {
		n |= uint64(b[i]&0x7F) << (7 * i)
		if b[i] < 0x80 {
			return n, uint64(i + 1)
		}
	}
	return 0, 0
}

// validRow counts the tokens of a row, as many at a time as are in eight bytes.
func validRow(row []byte, words uint32) (tokens uint32, ok bool) {
	if words >= 1<<14 && words < 1<<21 { // tokens have three bytes at most, and all of two are known
		for len(row) >= 8 {
			n, size := validTokens(eight(row), words)
			if size == 0 {
				return 0, false
			}
			tokens += n
			row = row[size:]
		}
	}
	for ; len(row) > 0; tokens++ {
		n, size := length(row)
		if size == 0 || n == 0 || n > uint64(words) {
			return 0, false
		}
		row = row[size:]
	}
	return tokens, true
}

// validTokens returns how many tokens end in eight bytes, and where the last one
// does; 0 for bytes that are no tokens.
func validTokens(x uint64, words uint32) (n uint32, size int) {
	ends := ^x & tops
	if ends == 0 || (x-ones)&ends != 0 { // no token ends, or one ends in 0
		return 0, 0
	}
	size = (64 - bits.LeadingZeros64(ends)) / 8
	goesOn := x & tops & (1<<(8*size) - 1)
	for third := goesOn << 8 & (goesOn << 16); third != 0; third &= third - 1 {
		b := x >> (bits.TrailingZeros64(third) - 23)
		if b&0x80_0000 != 0 || uint32(b&0x7F|b>>1&0x3F80|b>>2&0x1F_C000) > words {
			return 0, 0
		}
	}
	return uint32(bits.OnesCount64(ends)), size
}

func (l *lane) validFeatures(words uint32) bool {
	if len(l.ranks) != len(l.occurs) || len(l.occurs) > int(words/64)+1 {
		return false
	}
	n := 0
	for w, word := range l.occurs {
		if int(l.ranks[w]) != n {
			return false
		}
		n += bits.OnesCount64(word)
	}
	for i := 1; i < len(l.repeats); i++ {
		if l.repeats[i] <= l.repeats[i-1] {
			return false
		}
	}
	return n+len(l.repeats) == len(l.lists)
}

func (l *lane) validLists() bool {
	width := len(l.chunks) + 1
	if len(l.parts) != len(l.sizes)*width {
		return false
	}
	for _, code := range l.lists {
		at := int(code &^ kindOf)
		switch code & kindOf {
		case oneEntry:
			if at >= len(l.owner) {
				return false
			}
		case shortList:
			if at >= len(l.short) || int(l.short[at]) > len(l.short)-at-1 || !l.ascending(l.short[at+1:at+1+int(l.short[at])]) {
				return false
			}
		case longList:
			if at >= len(l.sizes) || !l.validParts(l.parts[at*width:(at+1)*width]) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func (l *lane) ascending(list []uint32) bool {
	for i := 1; i < len(list); i++ {
		if list[i] <= list[i-1] {
			return false
		}
	}
	return len(list) == 0 || int(list[len(list)-1]) < len(l.owner)
}

func (l *lane) validParts(parts []uint32) bool {
	for i, c := range l.chunks {
		from, to := parts[i]&^dense, parts[i+1]&^dense
		if from > to || int(to) > len(l.long) {
			return false
		}
		part := l.long[from:to]
		if parts[i]&dense == 0 {
			if !slices.IsSorted(part) || len(part) > 0 && uint32(part[len(part)-1]) >= c.n {
				return false
			}
			continue
		}
		if len(part) != int(c.n+15)/16 || c.n%16 != 0 && part[len(part)-1]>>(c.n%16) != 0 {
			return false
		}
	}
	return true
}
