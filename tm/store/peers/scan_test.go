//go:build linux

package peers

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm/lang"
	"tarjoman/tm/tmtest/corpus"
)

const threshold = 70

// tokens are those that package memory compares, written anew from its comment.
func tokens(text string) []string {
	var list []string
	run := func(r rune) bool {
		return (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)) && !unicode.In(r, ideographs...)
	}
	for _, field := range strings.Fields(strings.ToLower(lang.For(language.English).Keys(text)[0])) {
		for field != "" {
			n := strings.IndexFunc(field, func(r rune) bool { return !run(r) })
			if n == 0 {
				_, n = utf8.DecodeRuneInString(field)
			} else if n < 0 {
				n = len(field)
			}
			list = append(list, field[:n])
			field = field[n:]
		}
	}
	return list
}

// ideographs are the scripts that write no spaces: each character is a token.
var ideographs = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}

// scan holds the tokens of all units as numbers, in order of length, and
// compares a query with each whose length allows a hit. It is the truth, and
// the peer that all others have to beat.
type scan struct {
	ids    map[string]uint32 // from 1
	flat   []uint32
	starts []uint32 // of flat, by place; one more at the end
	units  []int32  // by place
	places []int32  // by unit
	length []int    // first place by number of tokens
}

func newScan(units []corpus.Unit) *scan {
	s := &scan{ids: map[string]uint32{}}
	lists := make([][]uint32, len(units))
	places := make([]int32, len(units))
	for i, u := range units {
		places[i] = int32(i)
		for _, w := range tokens(u.Source) {
			lists[i] = append(lists[i], s.number(w))
		}
	}
	slices.SortStableFunc(places, func(a, b int32) int { return len(lists[a]) - len(lists[b]) })
	for place, unit := range places {
		for len(s.length) <= len(lists[unit]) {
			s.length = append(s.length, place)
		}
		s.starts = append(s.starts, uint32(len(s.flat)))
		s.flat = append(s.flat, lists[unit]...)
	}
	s.units, s.starts = places, append(s.starts, uint32(len(s.flat)))
	s.places = make([]int32, len(units))
	for place, unit := range places {
		s.places[unit] = int32(place)
	}
	return s
}

func (s *scan) number(w string) uint32 {
	n, ok := s.ids[w]
	if !ok {
		n = uint32(len(s.ids)) + 1
		s.ids[strings.Clone(w)] = n
	}
	return n
}

func (s *scan) bytes() int64 { return int64(len(s.flat)+len(s.starts)+len(s.units)) * 4 }

// A hit is a unit by its place in the corpus, with its similarity in percent.
type hit struct {
	unit  int32
	score int
}

// prepare makes the scratch ready to be compared with texts.
func (s *scan) prepare(query string, p *pattern) {
	words := tokens(query)
	numbers := make([]uint32, len(words))
	for i, w := range words {
		numbers[i] = s.ids[w]
	}
	p.set(numbers, len(s.ids)+1)
}

// find returns all hits of at least so many percent, best first. The scratch
// belongs to the caller, so that several may search at once.
func (s *scan) find(query string, least int, p *pattern) []hit {
	s.prepare(query, p)
	var hits []hit
	from, to := s.place((p.n*least+99)/100), s.place(p.n*100/least+1)
	for i := from; i < to && p.n > 0; i++ {
		if score, ok := p.score(s.at(i), least); ok {
			hits = append(hits, hit{s.units[i], score})
		}
	}
	sortHits(hits)
	return hits
}

// score returns the similarity in percent; ok tells whether it is at least so
// much.
func (p *pattern) score(text []uint32, least int) (percent int, ok bool) {
	x := max(p.n, len(text))
	d := p.distance(text, x*(100-least)/100)
	return 100 * (x - d) / x, 100*(x-d) >= least*x
}

// similar reports whether a unit is a hit. It serves peers that fetch texts
// only to score them: they need not divide them again.
func (s *scan) similar(unit int32, p *pattern) bool {
	text := s.at(int(s.places[unit]))
	if p.n == 0 || len(text)*100 < p.n*threshold || p.n*100 < len(text)*threshold {
		return false
	}
	_, ok := p.score(text, threshold)
	return ok
}

func (s *scan) at(place int) []uint32 { return s.flat[s.starts[place]:s.starts[place+1]] }

func sortHits(hits []hit) {
	slices.SortFunc(hits, func(a, b hit) int {
		if a.score != b.score {
			return b.score - a.score
		}
		return int(a.unit - b.unit)
	})
}

// place returns where the texts of n tokens begin.
func (s *scan) place(n int) int {
	if n >= len(s.length) {
		return len(s.units)
	}
	return s.length[max(n, 0)]
}
