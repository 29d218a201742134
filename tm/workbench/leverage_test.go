package workbench

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/glossary"
	"tarjoman/tm/memory"
	"tarjoman/tm/tmtest/corpus"
)

// bare is a leverage without a database.
func bare(lookup func(context.Context, memory.Query) ([]tm.Match, error)) *leverage {
	p := Project{Source: language.English, Target: language.Persian}
	terms := &compiled{Glossary: glossary.Compile(nil, p.Source, p.Target), dates: glossary.Calendar(p.Source, p.Target)}
	return &leverage{repairing: &repairing{lookup, terms}, project: p, threshold: memory.MinThreshold}
}

func rowsOf(texts []string) []Row {
	rows := make([]Row, len(texts))
	for i, text := range texts {
		rows[i].ID, rows[i].Source = tm.SegmentID(i+1), tm.Plain(text)
	}
	return rows
}

func everyRow(Row) bool { return true }

func TestLeverage_AsksOnceForEachQuestion(t *testing.T) {
	asked := make(chan string, 10)
	l := bare(func(_ context.Context, q memory.Query) ([]tm.Match, error) {
		asked <- q.Source.Text
		return []tm.Match{{Score: 100, Target: tm.Plain(q.Source.Text)}}, nil
	})
	rows := rowsOf([]string{"One.", "Two.", "One.", "Two.", "One."})
	found, err := l.best(t.Context(), rows, func(r Row) bool { return r.Source.Text == "One." })
	if err != nil || len(found) != 3 || found[3].Target.Text != "One." {
		t.Errorf("%v, %v", found, err)
	}
	// The first and the last have other neighbours than the one between.
	if n := len(asked); n != 3 {
		t.Errorf("%d look-ups, want 3", n)
	}
}

func TestLeverage_SurvivesAPanic(t *testing.T) {
	l := bare(func(context.Context, memory.Query) ([]tm.Match, error) { panic("broken") })
	if _, err := l.best(t.Context(), rowsOf([]string{"One.", "Two."}), everyRow); err == nil {
		t.Error("no error")
	}
}

func TestLeverage_EndsWithTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	l := bare(func(context.Context, memory.Query) ([]tm.Match, error) { return nil, broken })
	if _, err := l.best(t.Context(), rowsOf([]string{"One."}), everyRow); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

// BenchmarkLeverage looks a document of 5,000 segments up at threshold 50, as
// an analysis does, in TARJOMAN_BENCH_UNITS units (100,000 if not set).
func BenchmarkLeverage(b *testing.B) {
	recipe, err := corpus.Standard(corpus.Gather(io.Discard))
	if err != nil {
		b.Fatal(err)
	}
	recipe.Queries = 5000
	c := recipe.Make()
	table := &memory.Table{}
	err = table.Load(b.Context(), func(yield func(*tm.Unit, error) bool) {
		for i, u := range c.Units {
			unit := &tm.Unit{ID: tm.UnitID(i + 1), Variants: []tm.Variant{
				{Lang: language.English, Content: tm.Plain(u.Source)}, {Lang: language.Persian, Content: tm.Plain(u.Target)},
			}}
			if !yield(unit, nil) {
				return
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	texts := make([]string, len(c.Queries))
	for i, q := range c.Queries {
		texts[i] = q.Text
	}
	rows := rowsOf(texts)
	began, rounds := time.Now(), 0
	for b.Loop() {
		if _, err := bare(table.Lookup).best(b.Context(), rows, everyRow); err != nil {
			b.Fatal(err)
		}
		rounds++
	}
	b.ReportMetric(time.Since(began).Seconds()/float64(rounds)/float64(len(rows))*5000, "s/5000-segments")
}
