package main

import (
	"runtime"
	"runtime/debug"

	"tarjoman/tm/store"
)

// version is set when a release is built: -ldflags "-X main.version=1.0.0".
var version = "development"

// versionCmd tells what this program is made of.
type versionCmd struct{}

func (c *versionCmd) Run(a *app) error {
	a.printRow("tarjoman", version)
	a.printRow("commit", commit())
	a.printRow("go", runtime.Version())
	a.printRow("sqlite", store.SQLite)
	return nil
}

// commit is the revision the program was built from, with a + when the tree had
// changes.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, changed := "unknown", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+"
		}
	}
	return revision + changed
}
