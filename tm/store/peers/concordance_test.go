//go:build linux

package peers

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/memory"
)

const (
	phraseCount = 400
	page        = 50 // hits that are fetched
	checked     = 60 // phrases whose hits are compared one by one, in checking at most
	checking    = 20 * time.Second
)

// A concordance is one way to find the units that hold a phrase.
type concordance struct {
	name  string
	find  func(phrase string) (units []int32, err error)
	cost  cost
	best  times
	found share // hits of the first page
	all   int   // phrases whose hits were compared one by one
}

// phrases are runs of one to four words of the corpus, one in ten of them a
// single word of two letters.
func phrases(b *bed) []string {
	random := rand.New(rand.NewPCG(1, 1))
	var list []string
	for len(list) < phraseCount {
		fields := strings.Fields(strings.ToLower(b.Units[random.IntN(len(b.Units))].Source))
		n := min(1+random.IntN(4), len(fields))
		from := random.IntN(len(fields) - n + 1)
		p := strings.Trim(strings.Join(fields[from:from+n], " "), `.,;:!?()[]{}<>"'`)
		short := len(list)%10 == 0
		if isPlain(p) && (short == (utf8.RuneCountInString(p) == 2)) {
			list = append(list, p)
		}
	}
	return list
}

// isPlain keeps to phrases that all peers can be asked: LIKE knows the case of
// ASCII only, and has wildcards.
func isPlain(p string) bool {
	return len(p) >= 2 && strings.Trim(p, "abcdefghijklmnopqrstuvwxyz ") == ""
}

// concordances runs all; the product is the first.
func concordances(b *testing.B, bed *bed, p *product) []*concordance {
	conn, err := database(bed)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	trigram, err := bed.index(conn, "trigram")
	if err != nil {
		b.Fatal(err)
	}
	lower := make([]string, len(bed.Units))
	for i, u := range bed.Units {
		lower[i] = strings.ToLower(u.Source)
	}
	list := []*concordance{
		{name: "Tarjoman, ranked and highlighted", find: func(s string) ([]int32, error) { return p.concordance(s, page) }},
		{name: "SQLite FTS5 trigram", cost: trigram, find: rowsOf(conn, `select tm.id, tm.source from trigram f join tm on tm.id = f.rowid where trigram match $1 limit 50`, func(s string) string { return `"` + s + `"` })},
		{name: "SQLite LIKE '%q%'", find: rowsOf(conn, `select id, source from tm where source like $1 limit 50`, func(s string) string { return "%" + s + "%" })},
		{name: "Go strings.Index over lower-cased texts", find: func(s string) ([]int32, error) { return containing(lower, s, page), nil }},
	}
	asked := phrases(bed)
	hits := make([]int, len(asked))
	for i, s := range asked {
		hits[i] = len(containing(lower, s, page))
	}
	raceConcordances(b, list, asked, hits)
	list[0].all = checkConcordance(b, p, lower, asked)
	return list
}

// rowsOf returns how to ask SQLite.
func rowsOf(conn *sql.Conn, query string, argument func(string) string) func(string) ([]int32, error) {
	statement, err := conn.PrepareContext(context.Background(), query)
	return func(phrase string) ([]int32, error) {
		if err != nil {
			return nil, err
		}
		rows, err := statement.QueryContext(context.Background(), argument(phrase))
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var units []int32
		for rows.Next() {
			var id int32
			var source string
			if err := rows.Scan(&id, &source); err != nil {
				return nil, err
			}
			units = append(units, id)
		}
		return units, rows.Err()
	}
}

// containing returns the first texts, at most limit, that hold the phrase.
func containing(texts []string, phrase string, limit int) []int32 {
	var list []int32
	for i, s := range texts {
		if strings.Contains(s, phrase) {
			if list = append(list, int32(i)); len(list) == limit {
				break
			}
		}
	}
	return list
}

func (p *product) concordance(phrase string, limit int) ([]int32, error) {
	result, err := p.table.Concordance(context.Background(), memory.ConcordanceQuery{
		From: language.English, To: language.Persian, Text: phrase, Side: tm.SourceSide, Limit: limit,
	})
	var units []int32
	for _, h := range result.Hits {
		units = append(units, placeOf(h.Unit))
	}
	return units, err
}

// raceConcordances lets all find all phrases in turns, after one warm-up that
// takes the recall. A slow one is asked part of them.
func raceConcordances(b *testing.B, list []*concordance, asked []string, hits []int) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	for n := range rounds {
		for _, c := range list {
			runtime.GC()
			c.round(b, n, asked, hits)
		}
	}
}

func (c *concordance) round(b *testing.B, n int, asked []string, hits []int) {
	spent := time.Duration(0)
	for i, phrase := range asked {
		if n == 0 && i >= 10 && spent > 3*perRound || n > 0 && i >= len(c.best) {
			return
		}
		var units []int32
		var err error
		d := timed(func() { units, err = c.find(phrase) })
		if err != nil {
			b.Fatalf("%s: %q: %v", c.name, phrase, err)
		}
		spent += d
		if n == 0 {
			c.best = append(c.best, d)
			c.found.part += min(len(units), hits[i])
			c.found.whole += hits[i]
		}
		c.best[i] = min(c.best[i], d)
	}
}

// checkConcordance compares all hits of some phrases with a scan, and returns of
// how many. The product folds more than case, so it may find more.
func checkConcordance(b *testing.B, p *product, lower []string, asked []string) int {
	start := threadTime()
	for i, phrase := range asked[:checked] {
		if threadTime()-start > checking {
			return i
		}
		units, err := p.concordance(phrase, len(lower)+1)
		if err != nil {
			b.Fatal(err)
		}
		slices.Sort(units)
		for _, want := range containing(lower, phrase, len(lower)+1) {
			if _, ok := slices.BinarySearch(units, want); !ok {
				b.Errorf("concordance of %q misses %q", phrase, lower[want])
				break
			}
		}
	}
	return checked
}

func reportConcordance(w io.Writer, b *bed, list []*concordance) {
	fmt.Fprintf(w, "\nConcordance: phrases of one to four words, one in ten a word of two letters, %d hits fetched of %d units; aims of ratios for 1,000,000 units in brackets.\n\n", page, len(b.Units))
	fmt.Fprintln(w, "| what | phrases | mean | p50 | p95 | p99 | hits found | build CPU | index | mean ratio | p95 ratio |")
	fmt.Fprintln(w, "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	for i, c := range list {
		aimMean, aim95 := "", ""
		if strings.HasSuffix(c.name, "trigram") {
			aimMean, aim95 = "6", "5 to 20"
		}
		built := "none | none"
		switch {
		case i == 0:
			built = "as above | as above"
		case c.cost.bytes > 0:
			built = fmt.Sprintf("%.1f s | %s", c.cost.cpu.Seconds(), size(c.cost))
		}
		ours := list[0].best[:min(len(c.best), len(list[0].best))]
		theirs := c.best[:len(ours)]
		fmt.Fprintf(w, "| %s | %d | %s | %s | %s | %s | %v | %s | %s | %s |\n", c.name, len(c.best),
			short(c.best.mean()), short(c.best.percentile(50)), short(c.best.percentile(95)), short(c.best.percentile(99)), c.found, built,
			ratio(theirs.mean(), ours.mean(), aimMean), ratio(theirs.percentile(95), ours.percentile(95), aim95))
	}
	fmt.Fprintf(w, "\nAll hits of the product for %d phrases were compared with those of the last. Its aim at 1,000,000 units: p95 8 ms, better 2.\n\n", list[0].all)
}
