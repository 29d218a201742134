package glossary

import (
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strings"
	"testing"
)

// A nameTable is testdata/names.txt: groups of spellings and near misses of one
// script.
type nameTable struct {
	groups, apart [][]string
}

// nameTables reads the tables by script. Rules were written with the first part
// in view; the held-out part, a third of the lines, shows how they generalise.
func nameTables(t *testing.T, heldOut bool) map[NameScript]*nameTable {
	t.Helper()
	data, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	tables := map[NameScript]*nameTable{LatinNames: {}, PersianNames: {}, CrossNames: {}}
	for line := range strings.Lines(withoutComments(string(data))) {
		head, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(line))
		if !ok || (hash.Sum32()%3 == 0) != heldOut {
			continue
		}
		kind, script, _ := strings.Cut(head, " ")
		table := tables[NameScript(script)]
		if names := strings.Split(list, ", "); kind == "group" {
			table.groups = append(table.groups, names)
		} else {
			table.apart = append(table.apart, names)
		}
	}
	return tables
}

// pool returns every spelling of the table once.
func (n nameTable) pool() []string {
	var pool []string
	for _, list := range slices.Concat(n.groups, n.apart) {
		for _, name := range list {
			if !slices.Contains(pool, name) {
				pool = append(pool, name)
			}
		}
	}
	return pool
}

// wrongGroups groups the whole pool at once and returns the groups that are not
// exactly right and the near misses that were joined.
func (n nameTable) wrong(script NameScript) (groups, joined []string) {
	pool := n.pool()
	at := map[string]int{}
	var found [][]string
	for g, places := range GroupNames(script, pool) {
		found = append(found, nil)
		for _, i := range places {
			at[pool[i]] = g
			found[g] = append(found[g], pool[i])
		}
	}
	for _, want := range n.groups {
		got := slices.Clone(found[at[want[0]]])
		slices.Sort(got)
		if want := slices.Sorted(slices.Values(want)); !slices.Equal(got, want) {
			groups = append(groups, fmt.Sprintf("%q, want %q", got, want))
		}
	}
	for _, pair := range n.apart {
		if at[pair[0]] == at[pair[1]] {
			joined = append(joined, strings.Join(pair, " and "))
		}
	}
	return groups, joined
}

func TestGroupNames_Table(t *testing.T) {
	for _, part := range []string{"in view", "held out"} {
		for script, table := range nameTables(t, part == "held out") {
			t.Run(part+"/"+string(script), func(t *testing.T) {
				groups, joined := table.wrong(script)
				t.Logf("%d of %d groups exactly right, %d of %d near misses apart", len(table.groups)-len(groups), len(table.groups), len(table.apart)-len(joined), len(table.apart))
				for _, g := range groups {
					t.Errorf("group %s", g)
				}
				for _, j := range joined {
					t.Errorf("joined: %s", j)
				}
			})
		}
	}
}

// TestGroupNames_WithoutList shows what the rules do alone, for names nobody
// listed: nearly all groups right, and few names joined that differ in a vowel
// Latin letters do not tell (Hamed, Hamid).
func TestGroupNames_WithoutList(t *testing.T) {
	saved := names
	names = readNames("")
	defer func() { names = saved }()
	for script, table := range nameTables(t, true) {
		groups, joined := table.wrong(script)
		t.Logf("%s: %d of %d groups wrong, %d of %d near misses joined: %q", script, len(groups), len(table.groups), len(joined), len(table.apart), joined)
		if 50*len(groups) > len(table.groups) {
			t.Errorf("%s: more than 2 %% of the groups are wrong: %s", script, strings.Join(groups, "; "))
		}
		if 20*len(joined) > len(table.apart) {
			t.Errorf("%s: more than 5 %% of the near misses are joined", script)
		}
	}
}
