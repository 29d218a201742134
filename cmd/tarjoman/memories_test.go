package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCountCells writes large counts out: scripts read them.
func TestCountCells(t *testing.T) {
	got := countCells(map[string]any{"memory": 3.0, "units": 1_234_567.0, "skipped": 1e6})
	if diff := cmp.Diff([]any{"skipped=1000000", "units=1234567"}, got); diff != "" {
		t.Error(diff)
	}
}
