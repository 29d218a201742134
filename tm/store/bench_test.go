//go:build unix

package store_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// benchUnits is how many units the benchmarks take: TARJOMAN_BENCH_UNITS, or
// 100,000.
func benchUnits() int {
	if n, err := strconv.Atoi(os.Getenv("TARJOMAN_BENCH_UNITS")); err == nil {
		return n
	}
	return 100_000
}

func benchUnit(i int) *tm.Unit {
	at := time.UnixMicro(1_700_000_000_000_000 + int64(i))
	return &tm.Unit{
		Memory: 1,
		Variants: []tm.Variant{
			{Lang: language.English, Content: tm.Plain(fmt.Sprintf("The council of district %d met on day %d to speak about the water.", i%97, i))},
			{Lang: language.Persian, Content: tm.Plain(fmt.Sprintf("شورای منطقهٔ %d در روز %d گرد آمد تا دربارهٔ آب سخن بگوید.", i%97, i))},
		},
		Origin: tm.Origin{Author: "Sara", Created: at, Changed: at, State: tm.Translated, Kind: tm.Human},
	}
}

// fillBench stores n units as an import does, 500 in a transaction.
func fillBench(b *testing.B, db *store.DB, n int) {
	b.Helper()
	ctx := b.Context()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	var batch int64
	must(db.Update(ctx, func(tx *store.Tx) error {
		account, err := tx.AddAccount(ctx, store.Account{Login: "m", Name: "M"}, "")
		if err != nil {
			return err
		}
		project, err := tx.AddProject(ctx, store.Project{Name: "P", Source: language.English, Target: language.Persian}, account)
		if err != nil {
			return err
		}
		if _, err := tx.AddMemory(ctx, project, "M", time.Now()); err != nil {
			return err
		}
		batch, err = tx.AddBatch(ctx, 1)
		return err
	}))
	for from := 0; from < n; from += 500 {
		units := make([]*tm.Unit, min(500, n-from))
		for i := range units {
			units[i] = benchUnit(from + i)
		}
		must(db.Update(ctx, func(tx *store.Tx) error { return tx.AddUnits(ctx, batch, units) }))
	}
	must(db.Update(ctx, func(tx *store.Tx) error { return tx.FinishBatch(ctx, batch) }))
}

func BenchmarkInsertUnits(b *testing.B) {
	n := benchUnits()
	start := cpuTime()
	for b.Loop() {
		fillBench(b, openNew(b), n)
	}
	b.ReportMetric(float64((cpuTime()-start).Nanoseconds())/float64(b.N*n), "cpu-ns/unit")
}

func BenchmarkStreamUnits(b *testing.B) {
	n := benchUnits()
	db := openNew(b)
	fillBench(b, db, n)
	b.ResetTimer()
	start := cpuTime()
	for b.Loop() {
		got := 0
		if err := db.EachUnit(b.Context(), 1, func(*tm.Unit) error { got++; return nil }); err != nil || got != n {
			b.Fatal(got, err)
		}
	}
	b.ReportMetric(float64((cpuTime()-start).Nanoseconds())/float64(b.N*n), "cpu-ns/unit")
}

func BenchmarkFetchUnits(b *testing.B) {
	n := benchUnits()
	db := openNew(b)
	fillBench(b, db, n)
	for _, size := range []int{1, 5, 9, 50} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			ids := make([]tm.UnitID, size)
			start := cpuTime()
			for i := 0; b.Loop(); i++ {
				for k := range ids {
					ids[k] = tm.UnitID(1 + (i*7919+k*104729)%n)
				}
				units, err := db.Units(context.Background(), ids)
				if err != nil || units[0] == nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((cpuTime()-start).Nanoseconds())/float64(b.N), "cpu-ns/op")
		})
	}
}
