package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"tarjoman/web"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tarjoman": main})
}

// TestScripts runs the files in testdata: commands as people type them, with
// the files they read and what comes out.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", Condition: condition, Setup: setup})
}

// setup adds doubt.txt, «سلام دنیا» in windows-1256, which a script cannot hold.
func setup(env *testscript.Env) error {
	text := []byte("\xd3\xe1\xc7\xe3 \xcf\xe4\xed\xc7\n")
	return os.WriteFile(filepath.Join(env.WorkDir, "doubt.txt"), text, 0o600)
}

// condition knows [built]: the program has the code for the browser in it.
func condition(name string) (bool, error) {
	if name != "built" {
		return false, fmt.Errorf("unknown condition %s", name)
	}
	return len(web.Missing()) == 0, nil
}
