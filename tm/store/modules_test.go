package store_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestLibcIsTheDriversOwn guards a silent mismatch: modernc.org/sqlite is
// generated against one version of modernc.org/libc and breaks with others,
// and upgrading either alone does not tell.
func TestLibcIsTheDriversOwn(t *testing.T) {
	var driver struct{ GoMod string }
	goList(t, &driver, "modernc.org/sqlite")
	var libc struct{ Version string }
	goList(t, &libc, "modernc.org/libc")
	file, err := os.ReadFile(driver.GoMod)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^\s*(?:require\s+)?modernc\.org/libc\s+(v\S+)`).FindSubmatch(file)
	if found == nil {
		t.Fatalf("%s does not name modernc.org/libc", driver.GoMod)
	}
	if want := string(found[1]); libc.Version != want {
		t.Errorf("go.mod has modernc.org/libc %s, the driver needs %s", libc.Version, want)
	}
}

func goList(t *testing.T, into any, module string) {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-json", module).Output()
	if err != nil {
		t.Fatalf("go list -m %s: %v", module, err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatal(err)
	}
}

// TestPprofIsExcluded keeps go.mod tidy where the module proxy lacks a version
// that only the tests of modernc.org/sqlite ask for.
func TestPprofIsExcluded(t *testing.T) {
	file, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	const line = "exclude github.com/google/pprof v0.0.0-20261016150608-1facf8f91b50"
	if !strings.Contains(string(file), line) {
		t.Errorf("go.mod lacks %q; without it go mod tidy fails", line)
	}
}
