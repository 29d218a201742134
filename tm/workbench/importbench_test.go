//go:build unix

package workbench_test

import (
	"bufio"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/format/all"
	"tarjoman/tm/store"
	"tarjoman/tm/workbench"
)

// benchUnits is how many units the benchmarks take: TARJOMAN_BENCH_UNITS, or
// 100,000.
func benchUnits() int {
	if n, err := strconv.Atoi(os.Getenv("TARJOMAN_BENCH_UNITS")); err == nil {
		return n
	}
	return 100_000
}

// cpuTime is the processor time of this process, the engine's included.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func benchPair(i int) (source, target string) {
	return fmt.Sprintf("The council of district %d met on day %d to speak about the water of the river.", i%97, i),
		fmt.Sprintf("شورای منطقهٔ %d در روز %d گرد آمد تا دربارهٔ آب رودخانه سخن بگوید.", i%97, i)
}

// writeTMX writes a file of n units.
func writeTMX(tb testing.TB, n int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "units.tmx")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>`)
	for i := range n {
		source, target := benchPair(i)
		fmt.Fprintf(w, "<tu creationdate=\"20260320T120000Z\" creationid=\"Sara\"><tuv xml:lang=\"en\"><seg>%s</seg></tuv><tuv xml:lang=\"fa\"><seg>%s</seg></tuv></tu>\n", source, target)
	}
	fmt.Fprint(w, `</body></tmx>`)
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

// BenchmarkImport imports a TMX file, while somebody saves a segment now and
// then, and tells the processor time of a unit, the ratio to a bare loop of
// inserts of the same texts, and the times that saves took.
func BenchmarkImport(b *testing.B) {
	n := benchUnits()
	path := writeTMX(b, n)
	for b.Loop() {
		bare := bareInserts(b, n)
		w, a, d := benchOpen(b, 50)
		p, err := w.Projects(b.Context(), a)
		if err != nil {
			b.Fatal(err)
		}
		m, err := w.Memories(b.Context(), a, p[0].ID)
		if err != nil {
			b.Fatal(err)
		}
		stop := saveOften(b, w, a, d)
		start := cpuTime()
		importFile(b, w, a, p[0].ID, m[0].ID, path, n)
		spent := cpuTime() - start
		saves := stop()
		b.ReportMetric(float64(spent.Nanoseconds())/float64(n), "cpu-ns/unit")
		b.ReportMetric(float64(spent)/float64(bare), "x-bare-inserts")
		b.ReportMetric(saves[(len(saves)-1)*99/100].Seconds()*1e3, "p99-save-ms")
		b.ReportMetric(saves[len(saves)-1].Seconds()*1e3, "slowest-save-ms")
		b.ReportMetric(peakMB(), "peak-rss-MB")
	}
}

func importFile(b *testing.B, w *workbench.Workbench, a workbench.Actor, p tm.ProjectID, m tm.MemoryID, path string, n int) {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	job, err := w.ImportMemory(b.Context(), a, p, m, "units.tmx", info.Size(), f)
	if err == nil {
		job, err = w.WaitJob(b.Context(), a, p, job.ID)
	}
	if err != nil || job.State != workbench.JobDone || int(job.Result["units"].(float64)) != n {
		b.Fatalf("import: %+v, %v", job, err)
	}
}

// saveOften saves a segment fifty times a second until stopped. It returns how
// long that took, ascending.
func saveOften(b *testing.B, w *workbench.Workbench, a workbench.Actor, d tm.DocumentID) (stop func() []time.Duration) {
	b.Helper()
	rows, _, err := w.Segments(b.Context(), a, d, -1)
	if err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	quit, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		row := rows[0]
		for i := 0; ; i++ {
			select {
			case <-quit:
				return
			case <-time.After(20 * time.Millisecond):
			}
			start := time.Now()
			saved, err := w.Save(b.Context(), a, d, workbench.Edit{
				Segment: row.ID, Revision: row.Revision, Target: tm.Plain(fmt.Sprint("شورا ", i)), State: tm.Draft})
			if err != nil {
				b.Error(err)
				return
			}
			took = append(took, time.Since(start))
			row = saved.Row
		}
	}()
	return func() []time.Duration {
		close(quit)
		<-done
		slices.Sort(took)
		return took
	}
}

// bareInserts stores the texts of n units with nothing around it.
func bareInserts(b *testing.B, n int) time.Duration {
	b.Helper()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	must(err)
	defer db.Close()
	_, err = db.Exec(`CREATE TABLE bare (id INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL)`)
	must(err)
	start := cpuTime()
	tx, err := db.Begin()
	must(err)
	insert, err := tx.Prepare(`INSERT INTO bare (source, target) VALUES ($1, $2)`)
	must(err)
	for i := range n {
		source, target := benchPair(i)
		_, err := insert.Exec(source, target)
		must(err)
	}
	must(tx.Commit())
	return cpuTime() - start
}

// peakMB is the most memory the process ever had.
func peakMB() float64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil || runtime.GOOS != "linux" {
		return 0
	}
	return float64(r.Maxrss) / 1024
}

// BenchmarkOpen starts a workbench on a memory, with the file of its index and
// without, and tells how long it takes until look-ups come from the index.
func BenchmarkOpen(b *testing.B) {
	n := benchUnits()
	dir := b.TempDir()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	open := func(index string) (*store.DB, *workbench.Workbench) {
		db, err := store.Open(b.Context(), filepath.Join(dir, "bench.db"))
		must(err)
		w, err := workbench.Open(b.Context(), workbench.Config{DB: db, Formats: all.Formats(), Index: index})
		must(err)
		return db, w
	}
	index := filepath.Join(dir, "index-1.bin")
	db, w := open(index)
	acc, err := w.AddAccountFromConsole(b.Context(), workbench.Actor{}, workbench.NewAccount{Login: "mina", Password: "forty winks at noon"})
	must(err)
	a := workbench.Actor{Account: acc.ID, Name: acc.Name}
	p, err := w.CreateProject(b.Context(), a, "Bench", language.English, language.Persian)
	must(err)
	m, err := w.Memories(b.Context(), a, p.ID)
	must(err)
	importFile(b, w, a, p.ID, m[0].ID, writeTMX(b, n), n)
	w.Close()
	must(db.Close())
	for _, test := range []struct{ name, index string }{{"saved", index}, {"built", ""}} {
		b.Run(test.name, func(b *testing.B) {
			start := cpuTime()
			for b.Loop() {
				db, w := open(test.index)
				for w.Ready(b.Context()) != nil {
					time.Sleep(time.Millisecond)
				}
				b.StopTimer()
				w.Close()
				must(db.Close())
				b.StartTimer()
			}
			b.ReportMetric(float64((cpuTime()-start).Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
}
