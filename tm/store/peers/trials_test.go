//go:build linux

package peers

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"testing"

	"tarjoman/tm/tmtest/corpus"
)

// trials run the product alone: at other thresholds, and on a memory with much
// boilerplate, where a query has hits by the thousand.
func trials(b *testing.B, all *bed, p *product, recipe corpus.Recipe) []*entrant {
	var list []*entrant
	for _, least := range []int{60, 85} {
		other := *all
		other.findTruth(least)
		list = append(list, try(b, &other, &product{fmt.Sprintf(" at %d %%", least), p.table, least}))
	}
	recipe.Templates, recipe.Queries = true, 50
	fmt.Fprintln(os.Stderr, "Making a memory of templates.")
	boilerplate := newBed(recipe.Make(), all.dir)
	boilerplate.findTruth(threshold)
	templates := &product{title: ", 30 % of the units from 10 templates", threshold: threshold}
	if _, err := templates.build(boilerplate); err != nil {
		b.Fatal(err)
	}
	return append(list, try(b, boilerplate, templates))
}

// try takes recall and times.
func try(b *testing.B, on *bed, p *product) *entrant {
	e := &entrant{peer: p, queries: len(on.Queries), best: make(times, len(on.Queries))}
	if err := judgeProduct(on, e, p); err != nil {
		b.Fatal(err)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	for range rounds {
		runtime.GC()
		e.round(on)
	}
	return e
}

func reportTrials(w io.Writer, list []*entrant) {
	fmt.Fprintf(w, "Other look-ups of the product. Aims at 1,000,000 units: p95 1 ms at 60 %%; p99 6 ms with templates, better 2.\n\n")
	fmt.Fprintln(w, "| what | queries | mean | p50 | p95 | p99 | recall pairs | top 5 | pairs |")
	fmt.Fprintln(w, "|---|---:|---:|---:|---:|---:|---:|---:|---:|")
	for _, e := range list {
		fmt.Fprintf(w, "| %s | %d | %s | %s | %s | %s | %v | %v | %d |\n", e.name(), e.queries,
			short(e.best.mean()), short(e.best.percentile(50)), short(e.best.percentile(95)), short(e.best.percentile(99)),
			e.pairs, e.top, e.pairs.whole)
	}
	fmt.Fprintln(w)
}
