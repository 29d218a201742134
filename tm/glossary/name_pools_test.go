package glossary

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/name_pools.txt
var namePools string

// TestGroupNames_Pools groups every pool of testdata/name_pools.txt by itself.
func TestGroupNames_Pools(t *testing.T) {
	for line := range strings.Lines(withoutComments(namePools)) {
		script, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		if NameScript(script) != LatinNames {
			list = halfSpaces.Replace(list)
		}
		one, others, _ := strings.Cut(list, " | ")
		same, different := strings.Split(one, ", "), strings.Split(others, ", ")
		pool := slices.Concat(same, different)
		for _, places := range GroupNames(NameScript(script), pool) {
			if !slices.Contains(places, 0) {
				continue
			}
			for i, name := range pool {
				if in := slices.Contains(places, i); in != (i < len(same)) {
					t.Errorf("%s and %s (%s): one group is %v", pool[0], name, script, in)
				}
			}
		}
	}
}

// halfSpaces writes the Z after a Persian letter as ZWNJ; Zarif keeps his.
var halfSpaces = func() *strings.Replacer {
	var pairs []string
	for r := 'ء'; r <= 'ی'; r++ {
		pairs = append(pairs, string(r)+"Z", string(r)+"\u200c")
	}
	return strings.NewReplacer(pairs...)
}()
