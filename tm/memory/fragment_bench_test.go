package memory

import (
	"context"
	"testing"

	"tarjoman/tm"
)

// BenchmarkFragments asks for the fragments of every query of the corpus, with
// and without a match.
func BenchmarkFragments(b *testing.B) {
	x := prepare(b, false)
	x.time(b, x.queries, func(text string) {
		x.table.Fragments(context.Background(), FragmentQuery{From: en, To: fa, Source: tm.Plain(text)})
	})
}
