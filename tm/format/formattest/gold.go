package formattest

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	"tarjoman/tm/format"
)

// Gold compares the texts of the blocks of real documents below dir of
// shared/data with what another tool found in them, as "<name>.gold.json"
// beside each says. The test fails when less than floor percent of those texts
// are found; tools differ in what they offer, so all of them never are.
func Gold(t *testing.T, f format.Format, dir string, floor int) {
	t.Helper()
	samples := os.DirFS(SharedData(t, dir))
	found, all := 0, 0
	each(t, f, samples, func(t *testing.T, name string, src []byte) {
		want := goldUnits(t, samples, name+".gold.json")
		missing := missingFrom(want, Extract(t, f, src))
		found, all = found+len(want)-len(missing), all+len(want)
		for _, m := range missing {
			t.Logf("not found: %q", m)
		}
	})
	if all == 0 {
		t.Fatalf("no units in %s", dir)
	}
	t.Logf("%d of %d texts found, %d %%", found, all, found*100/all)
	if found*100 < floor*all {
		t.Errorf("%d of %d texts found, want %d %%", found, all, floor)
	}
}

// goldUnits returns the texts with words, white space folded.
func goldUnits(t *testing.T, samples fs.FS, name string) (texts []string) {
	t.Helper()
	data, err := fs.ReadFile(samples, name)
	if err != nil {
		t.Skipf("SKIPPED: no %s", name)
	}
	var gold struct {
		Units []struct{ Text string }
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	for _, u := range gold.Units {
		if format.Translatable(u.Text) {
			texts = append(texts, fold(u.Text))
		}
	}
	return texts
}

func missingFrom(want []string, blocks []format.Block) (missing []string) {
	have := map[string]int{}
	for _, b := range blocks {
		have[fold(b.Content.Text)]++
	}
	for _, text := range want {
		if have[text]--; have[text] < 0 {
			missing = append(missing, text)
		}
	}
	return missing
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }
