//go:build linux

package peers

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pattern is a query made ready to be compared with many texts: the bit-parallel
// Levenshtein distance of Myers and Hyyrö, in blocks of 64 tokens.
type pattern struct {
	n      int
	whole  bool       // never stop early
	slots  []uint32   // by token: its place in masks; 0 is the place of all others
	masks  [][]uint64 // by place and block: where the token stands in the query
	pv, mv []uint64
}

// set takes tokens below vocabulary; 0 is a token that no text has.
func (p *pattern) set(query []uint32, vocabulary int) {
	if len(p.slots) < vocabulary {
		p.slots = make([]uint32, vocabulary)
	}
	clear(p.slots)
	p.n = len(query)
	blocks := (p.n + 63) / 64
	p.pv, p.mv = make([]uint64, blocks), make([]uint64, blocks)
	p.masks = [][]uint64{make([]uint64, blocks)}
	for i, t := range query {
		if t == 0 {
			continue
		}
		if p.slots[t] == 0 {
			p.slots[t] = uint32(len(p.masks))
			p.masks = append(p.masks, make([]uint64, blocks))
		}
		p.masks[p.slots[t]][i/64] |= 1 << (i % 64)
	}
}

// distance returns the distance to text, or some number above most.
func (p *pattern) distance(text []uint32, most int) int {
	if p.n <= 64 {
		return p.short(text, most)
	}
	for b := range p.pv {
		p.pv[b], p.mv[b] = ^uint64(0), 0
	}
	d := p.n
	for i, t := range text {
		d += p.column(p.masks[p.slots[t]])
		if d-(len(text)-i-1) > most && !p.whole {
			return d
		}
	}
	return d
}

// short is distance for one block.
func (p *pattern) short(text []uint32, most int) int {
	d, last := p.n, uint64(1)<<(p.n-1)
	pv, mv := ^uint64(0), uint64(0)
	for i, t := range text {
		eq := p.masks[p.slots[t]][0]
		xv := eq | mv
		xh := (((eq & pv) + pv) ^ pv) | eq
		ph, mh := mv|^(xh|pv), pv&xh
		if ph&last != 0 {
			d++
		} else if mh&last != 0 {
			d--
		}
		if d-(len(text)-i-1) > most && !p.whole { // each further token takes off one at best
			return d
		}
		ph = ph<<1 | 1
		pv, mv = mh<<1|^(xv|ph), ph&xv
	}
	return d
}

// column goes on by one token of the text and returns by how much the last row
// changes.
func (p *pattern) column(eqs []uint64) int {
	change := 1
	for b, eq := range eqs {
		last := uint64(1) << 63
		if b == len(eqs)-1 {
			last = 1 << ((p.n - 1) % 64)
		}
		pv, xv := p.pv[b], eq|p.mv[b]
		if change < 0 {
			eq |= 1
		}
		xh := (((eq & pv) + pv) ^ pv) | eq
		ph, mh := p.mv[b]|^(xh|pv), pv&xh
		before := change
		change = 0
		if ph&last != 0 {
			change = 1
		} else if mh&last != 0 {
			change = -1
		}
		ph, mh = ph<<1, mh<<1
		if before < 0 {
			mh |= 1
		} else if before > 0 {
			ph |= 1
		}
		p.pv[b], p.mv[b] = mh|^(xv|ph), ph&xv
	}
	return change
}

// TestDistance compares with the definition.
func TestDistance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var p pattern
	for range 5_000 {
		a, b := randomTokens(random), randomTokens(random)
		p.set(a, 8)
		if got, want := p.distance(b, 1_000), levenshtein(a, b); got != want {
			t.Fatalf("%v and %v: distance %d, want %d", a, b, got, want)
		}
	}
}

func randomTokens(random *rand.Rand) []uint32 {
	list := make([]uint32, 1+random.IntN(200))
	for i := range list {
		list[i] = 1 + uint32(random.IntN(7))
	}
	return list
}

func levenshtein(a, b []uint32) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1], diagonal = min(row[j+1]+1, row[j]+1, diagonal+cost), row[j+1]
		}
	}
	return row[len(b)]
}

func TestTokens(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"case and marks", "The end, isn't it?", []string{"the", "end", ",", "isn", "'", "t", "it", "?"}},
		{"mixed scripts", "如何Linux內", []string{"如", "何", "linux", "內"}},
		{"digits", "At 10.5 km", []string{"at", "10", ".", "5", "km"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, tokens(test.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
