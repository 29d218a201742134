package memory

import (
	"bytes"
	"context"
	"testing"

	"tarjoman/tm"
)

// BenchmarkLoad loads units that are made on the way, as from a database.
func BenchmarkLoad(b *testing.B) {
	x := prepare(b, false)
	for b.Loop() {
		table := NewTable(&library{}) // which is never asked
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

// BenchmarkOpen saves a table and opens it again.
func BenchmarkOpen(b *testing.B) {
	table := prepare(b, false).table
	var file bytes.Buffer
	began := processTime()
	if err := table.Save(&file, 1); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric((processTime() - began).Seconds(), "save-cpu-s")
	for b.Loop() {
		began = processTime()
		if _, _, err := OpenTable(nil, bytes.NewReader(file.Bytes())); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric((processTime() - began).Seconds(), "open-cpu-s")
	}
	b.ReportMetric(float64(file.Len())/float64(table.Len()), "file-bytes/unit")
}
