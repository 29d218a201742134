package workbench

import (
	"math/rand/v2"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
)

func TestHashSet(t *testing.T) {
	var s hashSet
	known := map[uint64]bool{}
	r := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		// Half of them twice, and many that share their low bits.
		hash := r.Uint64N(25_000) << (r.Uint64N(2) * 40)
		if got := s.add(hash); got == known[hash] && hash > 1 {
			t.Fatalf("%x is new: %v", hash, got)
		}
		known[hash] = true
	}
}

func TestUnitHash(t *testing.T) {
	unit := func(change func(*tm.Unit)) *tm.Unit {
		u := &tm.Unit{Variants: []tm.Variant{
			{Lang: language.English, Content: tm.Content{Text: "The vote", Codes: []tm.Code{{Pos: 4, Kind: tm.Alone, ID: 1, Type: "break"}}}},
			{Lang: language.Persian, Content: tm.Plain("رأی‌گیری")},
		}}
		change(u)
		return u
	}
	base := unitHash(unit(func(*tm.Unit) {}))
	tests := []struct {
		name   string
		change func(*tm.Unit)
		same   bool
	}{
		{"order of the languages", func(u *tm.Unit) { u.Variants[0], u.Variants[1] = u.Variants[1], u.Variants[0] }, true},
		{"author and date", func(u *tm.Unit) { u.Origin.Author = "Sara" }, true},
		{"target", func(u *tm.Unit) { u.Variants[1].Content.Text = "رای‌گیری" }, false},
		{"codes", func(u *tm.Unit) { u.Variants[0].Content.Codes[0].Pos = 3 }, false},
		{"language", func(u *tm.Unit) { u.Variants[1].Lang = language.Arabic }, false},
		{"neighbour", func(u *tm.Unit) { u.Previous = "Before." }, false},
		{"neighbour on the other side", func(u *tm.Unit) { u.Next = "Before." }, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := unitHash(unit(test.change)) == base; got != test.same {
				t.Errorf("equal: %v", got)
			}
		})
	}
}
