package memory

import (
	"fmt"
	"testing"
)

// TestVocabulary_Copies: a copy finds the words there were when it was made, and
// slots that grew meanwhile keep all numbers.
func TestVocabulary_Copies(t *testing.T) {
	v := vocabulary{seed: 1}
	word := func(i int) string { return fmt.Sprint("کلمه", i) }
	for i := range 1000 {
		v.add(word(i))
	}
	old := v
	grown := v.grown(5000)
	for i := 1000; i < 1020; i++ {
		v.add(word(i))
	}
	if before := len(v.slots); len(grown.slots) <= before {
		t.Fatalf("%d slots of %d", len(grown.slots), before)
	}
	v.adopt(grown)
	for i := range 1020 {
		wanted := uint32(i + 1)
		if got := v.find(word(i)); got != wanted {
			t.Errorf("word %d is %d", wanted, got)
		}
		if got := v.add(word(i)); got != wanted {
			t.Errorf("word %d is added as %d", wanted, got)
		}
		if i >= 1000 {
			wanted = 0
		}
		if got := old.find(word(i)); got != wanted {
			t.Errorf("in the copy word %d is %d, want %d", i+1, got, wanted)
		}
	}
	if rest := v.grown(1); len(rest.slots) > 0 {
		t.Errorf("grew to %d slots without need", len(rest.slots))
	}
}
