package memory

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
)

// A trial counts how often the translations of fragments of two words and more
// stand in those of the sentences in which they were found.
type trial struct{ sentences, answered, fragments, words, first, any, single, alone int }

func (r *trial) String() string {
	return fmt.Sprintf("%d of %d sentences have fragments; %d of %.1f words, precision@1 %.1f %%, @3 %.1f %%; %d words, precision@1 %.1f %%",
		r.answered, r.sentences, r.fragments, float64(r.words)/float64(max(1, r.fragments)), percentOf(r.first, r.fragments), percentOf(r.any, r.fragments),
		r.single, percentOf(r.alone, r.single))
}

func percentOf(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }

// heldOut divides real pairs: of those with a source of their own, one in 150
// is not in the table.
func heldOut(t testing.TB, most int) (table *Table, held []*tm.Unit) {
	t.Helper()
	table = &Table{}
	seen := map[string]int{}
	var units []*tm.Unit
	parallel(t, most, func(i int, source, target string) {
		units = append(units, unit(tm.UnitID(i), source, target))
		seen[strings.ToLower(source)]++
	})
	for i, u := range units {
		if i%150 == 7 && seen[strings.ToLower(u.Variants[0].Content.Text)] == 1 {
			held = append(held, u)
		} else {
			table.Put(u)
		}
	}
	table.settle()
	return table, held
}

// TestFragments_RealText asks for the fragments of held-out sentences and looks
// whether their translations stand in the reference. One that is right but not
// what the reference says counts as wrong. With few units, where time is short,
// only that there are any is asked.
func TestFragments_RealText(t *testing.T) {
	most := 96_000
	if testing.Short() || raceDetector {
		most = 8_000
	}
	table, held := heldOut(t, most)
	for side, name := range []string{"from English", "from Persian"} {
		var all trial
		var confident, doubtful trial
		for _, u := range held {
			all.ask(t, table, u, side, &confident, &doubtful)
		}
		t.Logf("%s: %v", name, &all)
		t.Logf("  confidence 0.6 and more: %v", &confident)
		t.Logf("  confidence less than 0.6: %v", &doubtful)
		if all.fragments == 0 || most == 96_000 && all.first*2 < all.fragments {
			t.Errorf("%s: of %d fragments only %d are translated as the reference has it", name, all.fragments, all.first)
		}
		if most == 96_000 && percentOf(confident.first, confident.fragments) < percentOf(doubtful.first, doubtful.fragments)+5 {
			t.Errorf("%s: confidence tells little", name)
		}
	}
}

func (r *trial) ask(t *testing.T, table *Table, u *tm.Unit, side int, confident, doubtful *trial) {
	tags := []language.Tag{en, fa}
	q := FragmentQuery{From: tags[side], To: tags[1-side], Source: u.Variants[side].Content}
	reference := lang.For(q.To).FoldString(u.Variants[1-side].Content.Text)
	r.sentences++
	before := r.fragments
	for _, f := range fragments(t, table, q) {
		right := -1
		for i := len(f.Translations) - 1; i >= 0; i-- {
			p := newPhrase(lang.For(q.To), f.Translations[i].Text)
			if p.class(reference) <= rejoinedPhrase {
				right = i
			}
		}
		part := doubtful
		if f.Translations[0].Confidence >= 0.6 {
			part = confident
		}
		r.count(f, right)
		part.count(f, right)
	}
	if r.fragments > before {
		r.answered++
	}
}

// count notes a fragment of which the translation with this index stands in the
// reference; -1 for none.
func (r *trial) count(f Fragment, right int) {
	words := len(strings.Fields(f.Source))
	if words < 2 {
		r.single++
		if right == 0 {
			r.alone++
		}
		return
	}
	r.fragments++
	r.words += words
	if right == 0 {
		r.first++
	}
	if right >= 0 {
		r.any++
	}
}
