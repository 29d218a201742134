package segment

import "unicode"

// masks answers, for a character, a set of up to 64 bits; pages of 256
// characters with the same bits are shared.
type masks struct {
	pages [(unicode.MaxRune + 1) / 256]*[256]uint64
}

func (m *masks) of(r rune) uint64 { return m.pages[r>>8][r&0xFF] }

type maskBuilder struct {
	sets []runeSet
	bits []uint64
}

func (b *maskBuilder) add(set runeSet, bit uint64) {
	b.sets = append(b.sets, set)
	b.bits = append(b.bits, bit)
}

func (b *maskBuilder) masks() *masks {
	m := &masks{}
	shared := map[[256]uint64]*[256]uint64{}
	next := make([]int, len(b.sets)) // the range of each set we have come to
	for i := range m.pages {
		page := b.page(rune(i)<<8, next)
		if shared[page] == nil {
			shared[page] = &page
		}
		m.pages[i] = shared[page]
	}
	return m
}

// page returns the bits of 256 characters from lo.
func (b *maskBuilder) page(lo rune, next []int) (page [256]uint64) {
	hi := lo + 255
	for i, set := range b.sets {
		for next[i] < len(set) && set[next[i]].hi < lo {
			next[i]++
		}
		for _, span := range set[next[i]:] {
			if span.lo > hi {
				break
			}
			for r := max(span.lo, lo); r <= min(span.hi, hi); r++ {
				page[r-lo] |= b.bits[i]
			}
		}
	}
	return page
}
