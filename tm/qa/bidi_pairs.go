package qa

import "strings"

// pairsOf returns the brackets and quotation marks of the line that belong
// together, the opening and the closing glyph of each.
func (s *shown) pairsOf() []span {
	var list []span
	var open []int
	for i := s.from; i < s.to; i++ {
		r := s.at(i)
		switch {
		case s.kept(i):
		case r == '"' && !s.opened(open, '"'), strings.ContainsRune("«“([{", r):
			open = append(open, i)
		case len(open) > 0 && s.at(open[len(open)-1]) == partnerOf[r]:
			list = append(list, span{open[len(open)-1], i})
			open = open[:len(open)-1]
		}
	}
	return list
}

// partnerOf gives the opening mark of a closing one.
var partnerOf = map[rune]rune{'»': '«', '”': '“', ')': '(', ']': '[', '}': '{', '"': '"'}

func (s *shown) opened(open []int, r rune) bool {
	return len(open) > 0 && s.at(open[len(open)-1]) == r
}

// turnedPairs reports pairs that do not look like pairs: in «Reuters»، AFP the
// closing mark goes with the Latin words and the opening one does not.
func (s *shown) turnedPairs(pairs []span) {
	for _, p := range pairs {
		if s.turned(p.from) == s.turned(p.to) || s.kept(p.from+1) {
			continue // a placeholder will hold who knows what
		}
		at := p.from
		if s.turned(p.to) {
			at = p.to
		}
		s.wrong(at, at+1, s.seen(s.clip(p, at)))
	}
}

// clip returns the part of a pair that is shown: all of it, or what stands near
// glyph at when it is long.
func (s *shown) clip(p span, at int) (from, to int) {
	const near = 24
	if p.to-p.from <= 2*near {
		return p.from, p.to + 1
	}
	return max(p.from, at-near), min(p.to+1, at+near)
}

// marksInside reports the final mark of a foreign sentence in brackets or quotes:
// the one of "I am here." shows before its first word.
func (s *shown) marksInside(pairs []span) {
	for _, p := range pairs {
		i := p.to - 1
		for i > p.from && strings.ContainsRune(".!?…", s.at(i)) {
			i--
		}
		mark := i + 1
		if mark == p.to || i <= p.from || !s.turned(i) || s.turned(mark) || s.kept(mark) || !s.foreign(p.from+1, mark) {
			continue
		}
		s.wrong(mark, p.to, s.seen(s.clip(p, mark)))
	}
}

// foreign reports whether glyphs from..to hold letters and all of them run
// against the line.
func (s *shown) foreign(from, to int) bool {
	found := false
	for i := from; i < to; i++ {
		if letter := latin(s.at(i)) || persian(s.at(i)); letter && !s.turned(i) {
			return false
		} else if letter {
			found = true
		}
	}
	return found
}

// lastMark reports the final mark of the line when an invisible mark of direction
// draws it to the wrong end.
func (s *shown) lastMark() {
	i := s.to - 1
	for i > s.from && (directionMark(s.at(i)) || space(s.at(i))) {
		i--
	}
	if strings.ContainsRune(".!؟?…", s.at(i)) && s.turned(i) {
		from := i
		for from > s.from && from > i-sight && !space(s.at(from-1)) {
			from--
		}
		s.wrong(i, i+1, s.seen(from, i+1))
	}
}
