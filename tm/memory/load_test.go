package memory

import (
	"context"
	"strings"
	"testing"

	"tarjoman/tm"
)

// TestLoad_HoldsFewGiants looks how many units Load takes before it has read
// those before: units of a megabyte must not wait by the thousand.
func TestLoad_HoldsFewGiants(t *testing.T) {
	var table Table
	list := make([]*tm.Unit, 40)
	for i := range list {
		list[i] = unit(tm.UnitID(i+1), strings.Repeat("stone ", 1<<20/6), "سنگ")
	}
	l := &load{Table: &table, touched: map[tm.UnitID]bool{}}
	table.init()
	most := 0
	err := l.cut(context.Background(), func(yield func(*tm.Unit, error) bool) {
		for _, u := range list {
			if !yield(u, nil) {
				return
			}
		}
	}, func(batch []*tm.Unit) { most = max(most, len(batch)) })
	if err != nil || most == 0 || most > 5 {
		t.Errorf("%d units of a megabyte in one batch, %v", most, err)
	}
}
