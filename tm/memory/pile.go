package memory

// A pile is a list that grows without being copied, until it is taken.
type pile[T any] struct {
	full [][]T
	open []T
	n    int
}

// pileRoom is the length of the parts of a large pile.
const pileRoom = 1 << 14

func (p *pile[T]) len() int { return p.n }

func (p *pile[T]) add(list ...T) {
	p.n += len(list)
	for len(list) > 0 {
		if len(p.open) == cap(p.open) {
			p.grow()
		}
		from := len(p.open)
		p.open = p.open[:min(cap(p.open), from+len(list))]
		list = list[copy(p.open[from:], list):]
	}
}

func (p *pile[T]) grow() {
	if n := cap(p.open); n < pileRoom {
		p.open = append(make([]T, 0, max(16, 4*n)), p.open...)
		return
	}
	p.full = append(p.full, p.open)
	p.open = make([]T, 0, pileRoom)
}

// moveTo appends the pile to a list and leaves it empty.
func (p *pile[T]) moveTo(list []T) []T {
	for i, part := range p.full {
		list = append(list, part...)
		p.full[i] = nil
	}
	list = append(list, p.open...)
	*p = pile[T]{}
	return list
}

// take returns the list and leaves the pile empty; nil for nothing.
func (p *pile[T]) take() []T {
	if p.n == 0 {
		return nil
	}
	return p.moveTo(make([]T, 0, p.n))
}
