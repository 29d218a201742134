// Package migrations holds the schema of the database as numbered SQL files,
// applied in order and never changed once released. The file
// schema.golden.sql shows the whole schema after the last of them; a test of
// tm/store keeps it true.
package migrations

import "embed"

// SQLite holds the migrations of the embedded engine.
//
//go:embed [0-9]*.sql
var SQLite embed.FS
