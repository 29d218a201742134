package corpus

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// texts are sentences of two places, some of them in both.
func texts() []Text {
	v := newVocabulary(newMaker(7).random("test"))
	random := newMaker(8).random("test")
	a, b := Text{Name: "a"}, Text{Name: "b"}
	for range 1_500 {
		a.Pairs = append(a.Pairs, Pair{Source: v.sentence(random)})
	}
	for i := range 500 {
		b.Pairs = append(b.Pairs, Pair{v.sentence(random), "یک جملهٔ واقعی"}, Pair{a.Pairs[i].Source, "یک ترجمهٔ واقعی"})
	}
	return []Text{a, b, {Name: "c", Missing: "not here"}}
}

func newMaker(seed uint64) *maker { return &maker{Recipe: Recipe{Seed: seed}} }

func TestMake_Deterministic(t *testing.T) {
	a := Recipe{Units: 3_000, Queries: 200, Seed: 1, Texts: texts()}.Make()
	turned := texts()
	turned[0], turned[1] = turned[1], turned[0]
	b := Recipe{Units: 3_000, Queries: 200, Seed: 1, Texts: turned}.Make()
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
	c := Recipe{Units: 3_000, Queries: 200, Seed: 2, Texts: texts()}.Make()
	if cmp.Equal(a.Units[:50], c.Units[:50]) {
		t.Error("another seed made the same corpus")
	}
}

func TestMake_Units(t *testing.T) {
	c := Recipe{Units: 4_000, Queries: 200, Seed: 1, Texts: texts()}.Make()
	if len(c.Units) != 4_000 {
		t.Fatalf("%d units", len(c.Units))
	}
	seen := map[string]bool{}
	real := 0
	counts := map[string]int{}
	for _, u := range c.Units {
		key := strings.Join(words(strings.ToLower(u.Source)), " ")
		if seen[key] {
			t.Errorf("twice: %q", u.Source)
		}
		if u.Target == "" {
			t.Errorf("no target: %q", u.Source)
		}
		seen[key] = true
		counts[u.Origin]++
		if strings.Contains(u.Target, "واقعی") {
			real++
		}
	}
	if n := counts["variants"]; n != 240 {
		t.Errorf("%d variants, want 6 percent", n)
	}
	if n := counts["a"] + counts["b"]; n < 1_800 || n+counts["made up"] != 3_760 {
		t.Errorf("%d real sentences of 2,000, %v", n, counts)
	}
	if real < 900 {
		t.Errorf("%d real targets of 1,000: a real target is to win over none", real)
	}
	if diff := cmp.Diff([]string{"c is missing: not here"}, c.Notes); diff != "" {
		t.Error(diff)
	}
}

func TestMake_Queries(t *testing.T) {
	c := Recipe{Units: 4_000, Queries: 1_000, Seed: 1, Texts: texts()}.Make()
	sources := map[string]bool{}
	for _, u := range c.Units {
		sources[u.Source] = true
	}
	counts := map[Kind]int{}
	for _, q := range c.Queries {
		counts[q.Kind]++
		if q.Text == "" || q.Kind == Exact && !sources[q.Text] || q.Kind == HeldOut && sources[q.Text] {
			t.Errorf("%s: %q", q.Kind, q.Text)
		}
		if n := len(strings.Fields(q.Text)); q.Kind == Short && n > 3 || q.Kind == Long && n < 24 {
			t.Errorf("%s of %d words: %q", q.Kind, n, q.Text)
		}
	}
	want := map[Kind]int{Exact: 150, Edited: 425, Misspelt: 50, HeldOut: 200, Salad: 50, Long: 75, Short: 50}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
}

func TestMake_Templates(t *testing.T) {
	c := Recipe{Units: 2_000, Queries: 100, Seed: 1, Templates: true}.Make()
	n := 0
	for _, u := range c.Units {
		if u.Origin == "templates" {
			n++
		}
	}
	if n != 600 || len(c.Units) != 2_000 || len(c.Queries) != 100 {
		t.Errorf("%d of %d units from templates, %d queries", n, len(c.Units), len(c.Queries))
	}
}

func TestSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"two", "The first  one\nis here. The second one too.", []string{"The first one is here.", "The second one too."}},
		{"abbreviation", "It runs e.g. Perl scripts and others.", []string{"It runs e.g. Perl scripts and others."}},
		{"an initial", "The poems of J. Smith were lost.", []string{"The poems of J. Smith were lost."}},
		{"a word alone", "Synopsis", nil},
		{"code", "x = {a[1]: (b->c), d} + [0x12];", nil},
		{"control character", "The first \x07 one is here.", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			sentences(test.text, func(s string) { got = append(got, s) })
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReaders(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             []string
	}{
		{"html", "a.html", "<h1>Our own title</h1><pre>no prose in here</pre><p>Tea &amp; <b>milk</b> are here.", []string{"Our own title", "Tea & milk are here."}},
		{"wordnet", "usr/share/wordnet/data.noun", "12 n 01 tea 0 | a hot drink; \"she made the tea\"  \n", []string{"a hot drink", "she made the tea"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			if err := reader(test.file)(strings.NewReader(test.text), func(s string) { got = append(got, s) }); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadDescriptions(t *testing.T) {
	const list = `Package: kettle
Description-md5: 00
Description-en: boils water for tea
 Kettle boils water. It stops
 when the water is hot.
 .
 Features of the kettle:
  * quick and quiet
  * made of steel

`
	want := []string{"boils water for tea", "Kettle boils water.", "It stops when the water is hot.", "Features of the kettle:", "quick and quiet", "made of steel"}
	var got []string
	if err := readDescriptions(strings.NewReader(list), func(s string) { got = append(got, s) }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDebian_Cached reads what an earlier run kept, and fetches nothing.
func TestDebian_Cached(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/wordnet-base.1.txt", []byte("a hot drink\nshe made the tea\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	d := debian{dir: dir, log: t.Output()}
	got := d.text("wordnet-base", nil)
	want := Text{Name: "wordnet-base", Pairs: []Pair{{Source: "a hot drink"}, {Source: "she made the tea"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStandard(t *testing.T) {
	t.Setenv("TARJOMAN_BENCH_UNITS", "2,000")
	if r, err := Standard(nil); err != nil || r.Units != 2_000 {
		t.Errorf("%d units, %v", r.Units, err)
	}
	t.Setenv("TARJOMAN_BENCH_UNITS", "many")
	if _, err := Standard(nil); err == nil {
		t.Error("no error for a number that is none")
	}
}
