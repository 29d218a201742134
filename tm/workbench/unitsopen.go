package workbench

import (
	"context"

	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// OpenTable returns the index of a database without a workbench, beside one or
// not: from its file brought up to date, or built anew when there is none.
func OpenTable(ctx context.Context, db *store.DB, path string) (*memory.Table, error) {
	t, seq, err := openSnapshot(ctx, db, path)
	if err == nil && t == nil {
		t, seq, err = build(ctx, db)
	}
	if err == nil {
		_, err = replay(ctx, db, t, seq)
	}
	return t, err
}
