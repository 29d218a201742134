package tm_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// below lists for every room of the project the rooms it may import. A room is
// the folder below tm, or at the top; cmd and web stand above everything.
var below = map[string][]string{
	"tm":         {},
	"lang":       {"tm"},
	"segment":    {"tm", "lang"},
	"memory":     {"tm", "lang"},
	"glossary":   {"tm", "lang"},
	"qa":         {"tm", "lang"},
	"align":      {"tm", "lang"},
	"format":     {"tm", "lang"},
	"exchange":   {"tm", "lang"},
	"store":      append([]string{"migrations"}, domain...),
	"workbench":  append([]string{"store"}, domain...),
	"web":        append([]string{"workbench", "locales"}, domain...), // never store: writes pass through workbench
	"cmd":        append([]string{"workbench", "locales", "store", "web"}, domain...),
	"tmtest":     {}, // helps tests only
	"locales":    {},
	"migrations": {},
}

// domain are the rooms that know languages and files and nothing of storing or
// showing.
var domain = []string{"tm", "lang", "segment", "memory", "glossary", "qa", "align", "format", "exchange"}

// only lists packages of others that have one place in the project.
var only = map[string][]string{
	"database/sql":             {"store"},
	"net/http":                 {"web", "cmd"},
	"html/template":            {"web", "cmd"},
	"github.com/gin-gonic/gin": {"web", "cmd"},
	"os/exec":                  {"cmd", "format", "tmtest"},
	"log":                      {"web", "cmd"},
	"log/slog":                 {"web", "cmd"},
}

// withinFormat are the imports between document formats, which otherwise know
// nothing of each other.
var withinFormat = map[string]string{
	"tarjoman/tm/format/markdown": "tarjoman/tm/format/html", // Markdown holds HTML
}

type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// TestLayers fails on every import the design does not allow.
func TestLayers(t *testing.T) {
	for _, p := range packages(t) {
		from := room(p.ImportPath)
		allowed, known := below[from]
		if !known {
			t.Errorf("%s stands in no room; add it to the table", p.ImportPath)
		}
		for _, path := range p.Imports {
			switch to := room(path); {
			case to == "":
				if rooms, ok := only[path]; ok && !slices.Contains(rooms, from) {
					t.Errorf("%s imports %s, which is only for %v", p.ImportPath, path, rooms)
				}
			case to == from:
				checkFormats(t, p.ImportPath, path)
			case !slices.Contains(allowed, to):
				t.Errorf("%s imports %s; %s may import %v", p.ImportPath, path, from, allowed)
			}
			if strings.HasSuffix(path, "test") && strings.HasPrefix(path, "tarjoman/") {
				t.Errorf("%s imports %s, which is for tests", p.ImportPath, path)
			}
		}
	}
}

// checkFormats keeps the document formats apart.
func checkFormats(t *testing.T, from, to string) {
	t.Helper()
	const root = "tarjoman/tm/format/"
	if !strings.HasPrefix(from, root) || !strings.HasPrefix(to, root) || from == root+"all" {
		return
	}
	if !strings.HasPrefix(to, root+"internal/") && withinFormat[from] != to {
		t.Errorf("%s imports %s; formats share only what is in internal", from, to)
	}
}

// room returns the room of a package of ours, "" for one of others.
func room(path string) string {
	inside, ours := strings.CutPrefix(path+"/", "tarjoman/")
	if !ours {
		return ""
	}
	if inside == "tm/" {
		return "tm"
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(inside, "tm/"), "/")
	return name
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "tarjoman/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []goPackage
	for in := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 15 {
		t.Fatalf("go list shows only %d packages", len(list))
	}
	return list
}

// TestLayers_OfTests keeps tests from reaching upwards, which would make the
// rooms hard to take apart.
func TestLayers_OfTests(t *testing.T) {
	above := []string{"store", "workbench", "web", "cmd"}
	for _, p := range packages(t) {
		if !slices.Contains(domain, room(p.ImportPath)) {
			continue
		}
		for _, path := range slices.Concat(p.TestImports, p.XTestImports) {
			if slices.Contains(above, room(path)) {
				t.Errorf("tests of %s import %s", p.ImportPath, path)
			}
		}
	}
}
