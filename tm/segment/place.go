package segment

import (
	"unicode/utf8"
)

// A place is an offset in a text where rules are tried.
type place struct {
	text string
	at   int

	runs map[*runeSet]span // the last run of each set that was skipped

	runes    []rune // around at, for regexp2
	middle   int    // at in runes
	hasRunes bool
	slow     map[*side]int // how often a pattern ran out of time in this text
}

// mostSlow is how often a pattern may run out of time before it is given up for
// the rest of the text.
const mostSlow = 3

func (p *place) move(at int) {
	p.at, p.hasRunes = at, false
}

// before reports whether the side matches up to the place.
func (p *place) before(s *side) bool {
	if s.net != nil {
		return p.matchSlow(s)
	}
	return s.run().backward(p.text[:p.at], window)
}

// after reports whether the side matches from the place on.
func (p *place) after(s *side) bool {
	if s.net != nil {
		return p.matchSlow(s)
	}
	from := p.at
	if s.skip != nil {
		if from = p.past(s.skip); from == p.at {
			return false
		}
	}
	return s.run().forward(p.text[from:], window)
}

// past returns where the run of the set's characters after the place ends. A
// run is looked at once, however many places are inside it.
func (p *place) past(set *runeSet) int {
	if last, ok := p.runs[set]; ok && last.from <= p.at && p.at <= last.to {
		return last.to
	}
	end := p.at
	for end < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[end:])
		if !set.has(r) {
			break
		}
		end += size
	}
	if p.runs == nil {
		p.runs = map[*runeSet]span{}
	}
	p.runs[set] = span{p.at, end}
	return end
}

// matchSlow runs a side by regexp2, on the text around the place so that it can
// look both ways.
func (p *place) matchSlow(s *side) bool {
	if p.slow[s] >= mostSlow {
		return false
	}
	if !p.hasRunes {
		p.around()
	}
	m, err := s.net.FindRunesMatchStartingAt(p.runes, p.middle)
	if err != nil { // only a timeout
		if p.slow == nil {
			p.slow = map[*side]int{}
		}
		p.slow[s]++
	}
	return m != nil
}

// around decodes the text around the place. Where it is cut, a noncharacter
// keeps ^ and $ from taking the cut for the text's edge.
func (p *place) around() {
	from, to := max(0, p.at-window), min(len(p.text), p.at+window)
	p.runes = p.runes[:0]
	if from > 0 {
		p.runes = append(p.runes, 0xFFFF)
	}
	p.runes = append(p.runes, []rune(p.text[from:p.at])...)
	p.middle = len(p.runes)
	p.runes = append(p.runes, []rune(p.text[p.at:to])...)
	if to < len(p.text) {
		p.runes = append(p.runes, 0xFFFF)
	}
	p.hasRunes = true
}
