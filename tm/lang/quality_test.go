package lang

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// shared opens a shared set, or skips the test when it is not there.
func shared(t *testing.T, name string) io.Reader {
	t.Helper()
	dir, _ := os.Getwd()
	for ; dir != "/"; dir = filepath.Dir(dir) {
		f, err := os.Open(filepath.Join(dir, "shared", "data", name))
		if err != nil {
			continue
		}
		t.Cleanup(func() { f.Close() })
		if !strings.HasSuffix(name, ".gz") {
			return f
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		return z
	}
	t.Skipf("NOT MEASURED: shared/data/%s is not there", name)
	return nil
}

// cases reads JSON lines into values of T.
func cases[T any](t *testing.T, name string) []T {
	t.Helper()
	var list []T
	d := json.NewDecoder(shared(t, name))
	for {
		var c T
		err := d.Decode(&c)
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, c)
	}
}

func profile(tag string) *Profile { return For(language.Make(tag)) }

func TestQuality_Normalize(t *testing.T) {
	type sample struct {
		ID, Lang, A, B string
		Equal          bool
	}
	for _, c := range cases[sample](t, "persian/normalize.jsonl") {
		if got, _ := profile(c.Lang).Equal(c.A, c.B); got != c.Equal {
			t.Errorf("%s: Equal(%q, %q) = %v", c.ID, c.A, c.B, got)
		}
	}
}

func TestQuality_WordCount(t *testing.T) {
	type sample struct {
		ID, Text string
		Words    int
	}
	for _, c := range cases[sample](t, "persian/wordcount.jsonl") {
		if got := Count(c.Text).Words; got != c.Words {
			t.Errorf("%s: %d words in %q, want %d", c.ID, got, c.Text, c.Words)
		}
	}
}

func TestQuality_Numbers(t *testing.T) {
	type sample struct {
		ID, Source, Target string
		SourceLang         string `json:"source_lang"`
		TargetLang         string `json:"target_lang"`
		ExpectOK           bool   `json:"expect_ok"`
	}
	for _, c := range cases[sample](t, "persian/numbers.jsonl") {
		missing, extra := CompareNumbers(profile(c.SourceLang), c.Source, profile(c.TargetLang), c.Target)
		if ok := len(missing)+len(extra) == 0; ok != c.ExpectOK {
			t.Errorf("%s: %q → %q: missing %v, extra %v", c.ID, c.Source, c.Target, show(missing), show(extra))
		}
	}
}

func show(list []Number) string {
	var b strings.Builder
	for _, n := range list {
		b.WriteString(n.Text + "=" + n.Value)
		if n.Percent {
			b.WriteString("%")
		}
		b.WriteString(" ")
	}
	return b.String()
}

// TestQuality_FalseAlarms counts reports on published translations, almost all
// of them right.
func TestQuality_FalseAlarms(t *testing.T) {
	for _, name := range []string{"health-tico19", "wiki-flores-sib200"} {
		t.Run(name, func(t *testing.T) {
			alarms, pairs := falseAlarms(t, "parallel/"+name+".dev.tsv.gz")
			share := float64(alarms) / float64(pairs)
			t.Logf("%d of %d pairs reported, %.2f %%", alarms, pairs, 100*share)
			if share > .04 {
				t.Errorf("%.3f of the pairs are reported", share)
			}
		})
	}
}

func falseAlarms(t *testing.T, name string) (alarms, pairs int) {
	en, fa := profile("en"), profile("fa")
	sc := bufio.NewScanner(shared(t, name))
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		source, target, _ := strings.Cut(sc.Text(), "\t")
		pairs++
		missing, extra := CompareNumbers(en, source, fa, target)
		if len(missing)+len(extra) > 0 {
			alarms++
			t.Logf("missing %s extra %s\n%s\n%s", show(missing), show(extra), source, target)
		}
	}
	return alarms, pairs
}
