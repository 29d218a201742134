package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// killedImportUnits is how many units each import has.
const killedImportUnits = 20_000

// TestKilledImportLeavesNothingOrAll kills imports with SIGKILL at random
// moments and looks afterwards: none of a file's units are there, or all. Four
// rounds, or as many as TARJOMAN_KILL_ROUNDS says.
func TestKilledImportLeavesNothingOrAll(t *testing.T) {
	rounds := 4
	if n, err := strconv.Atoi(os.Getenv("TARJOMAN_KILL_ROUNDS")); err == nil {
		rounds = n
	}
	data := filepath.Join(t.TempDir(), "data")
	startProcess(t, data).kill() // makes the demo
	limit := 2 * time.Second     // about how long an import takes
	present := map[int]bool{}
	killed := 0
	for round := range rounds {
		begun := time.Now()
		done := importAndKill(t, data, roundFile(t, round), time.Duration(rand.Int64N(int64(limit))))
		if done {
			limit = time.Since(begun)
		} else {
			killed++
		}
		counts := exportedRounds(t, data)
		for r := range round + 1 {
			switch n := counts[r]; {
			case n != 0 && n != killedImportUnits:
				t.Fatalf("after kill %d, %d units of import %d are there, of %d", round, n, r, killedImportUnits)
			case n == 0 && (present[r] || r == round && done):
				t.Fatalf("import %d is gone", r)
			}
			present[r] = counts[r] > 0
		}
	}
	if !importAndKill(t, data, roundFile(t, rounds), time.Hour) || exportedRounds(t, data)[rounds] != killedImportUnits {
		t.Error("no import comes to its end after the kills")
	}
	for _, name := range []string{"index-1.bin.part", "tarjoman.db.part"} {
		if _, err := os.Stat(filepath.Join(data, name)); err == nil {
			t.Errorf("%s was left behind", name)
		}
	}
	t.Logf("%d of %d imports were killed", killed, rounds)
}

func roundFile(t *testing.T, round int) string {
	t.Helper()
	var s strings.Builder
	for i := range killedImportUnits {
		fmt.Fprintf(&s, "Round %d, the road to village %d is open.\tدور %d، راه روستای %d باز است.\n", round, i, round, i)
	}
	name := filepath.Join(t.TempDir(), "units.tsv")
	if err := os.WriteFile(name, []byte(s.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// command is this test binary under the name of the program.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "tarjoman")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	return exec.Command(name, args...)
}

// importAndKill reports whether the import came to its end before.
func importAndKill(t *testing.T, data, file string, after time.Duration) bool {
	t.Helper()
	c := command(t, "memory", "import", "--locale=en", "--data="+data, file)
	var said strings.Builder
	c.Stderr = &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(after, func() { c.Process.Kill() })
	defer kill.Stop()
	err := c.Wait()
	if err != nil && c.ProcessState.Exited() {
		t.Fatalf("the import failed: %v %s", err, said.String())
	}
	return err == nil
}

// exportedRounds counts the units of each round in the memory.
func exportedRounds(t *testing.T, data string) map[int]int {
	t.Helper()
	name := filepath.Join(t.TempDir(), "out.tsv")
	if out, err := command(t, "memory", "export", "--locale=en", "--data="+data, "--output="+name).CombinedOutput(); err != nil {
		t.Fatalf("export: %v %s", err, out)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	counts := map[int]int{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var round int
		if n, _ := fmt.Sscanf(lines.Text(), "Round %d, the road", &round); n == 1 {
			counts[round]++
		}
	}
	return counts
}
