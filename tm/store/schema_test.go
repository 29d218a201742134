package store_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite migrations/schema.golden.sql")

// TestSchema shows what the migrations add up to, so that a change of the
// schema can be reviewed in one place.
func TestSchema(t *testing.T) {
	const golden = "../../migrations/schema.golden.sql"
	path := filepath.Join(t.TempDir(), "tarjoman.db")
	openAt(t, path)
	rows, err := raw(t, path, "").Query(`
		SELECT sql FROM sqlite_master
		WHERE sql IS NOT NULL AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%'
		ORDER BY type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var schema strings.Builder
	for rows.Next() {
		var statement string
		if err := rows.Scan(&statement); err != nil {
			t.Fatal(err)
		}
		schema.WriteString(statement + ";\n\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(schema.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), schema.String()); diff != "" {
		t.Errorf("the schema differs from %s; run the test with -update and review:\n%s", golden, diff)
	}
}
