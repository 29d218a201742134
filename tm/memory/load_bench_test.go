package memory

import (
	"context"
	"testing"

	"tarjoman/tm"
)

// BenchmarkLoad loads units that are made on the way, as from a database.
func BenchmarkLoad(b *testing.B) {
	x := prepare(b, false)
	for b.Loop() {
		table := NewTable(nil)
		began := processTime()
		err := table.Load(context.Background(), func(yield func(*tm.Unit, error) bool) {
			for i, u := range x.units {
				if !yield(unit(tm.UnitID(i+1), u.Variants[0].Content.Text, u.Variants[1].Content.Text), nil) {
					return
				}
			}
		})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric((processTime()-began).Seconds()/float64(len(x.units))*1e6, "cpu-s/million")
	}
}
