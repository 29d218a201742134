package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// crashRounds is how often the writing process is killed; set the variable for
// more: TARJOMAN_CRASH_ROUNDS=1000 go test -run Crash ./tm/store
const crashRounds = 20

// crashWriters save at once, each a segment of its own.
const crashWriters = 8

// TestMain turns the test binary into the process that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("TARJOMAN_CRASH_DATABASE"); path != "" {
		fmt.Fprintln(os.Stderr, saveForEver(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// TestCrash kills a process that saves as fast as it can and checks that every
// save it acknowledged is there: current text, history and nothing torn.
func TestCrash(t *testing.T) {
	rounds := crashRounds
	if n, err := strconv.Atoi(os.Getenv("TARJOMAN_CRASH_ROUNDS")); err == nil {
		rounds = n
	}
	path := filepath.Join(t.TempDir(), "tarjoman.db")
	prepareCrash(t, path)
	acknowledged := make([]int64, crashWriters)
	for round := range rounds {
		runAndKill(t, path, acknowledged)
		if !t.Run(fmt.Sprint("after kill ", round+1), func(t *testing.T) { checkCrash(t, path, acknowledged) }) {
			return
		}
	}
	total := int64(0)
	for _, n := range acknowledged {
		total += n
	}
	if total == 0 {
		t.Fatal("nothing was ever acknowledged: the test proves nothing")
	}
	t.Logf("%d saves acknowledged in %d rounds, none lost", total, rounds)
}

// prepareCrash makes a document with a segment for each writer; their ids are
// 1, 2, 3 …, as those of a new database are.
func prepareCrash(t *testing.T, path string) {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(t.Context(), func(tx *store.Tx) error { return addCrashDocument(t.Context(), tx) })
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func addCrashDocument(ctx context.Context, tx *store.Tx) error {
	account, err := tx.AddAccount(ctx, store.Account{Login: "m", Name: "M"}, "")
	if err != nil {
		return err
	}
	p := store.Project{Name: "P", Source: language.English, Target: language.Persian}
	project, err := tx.AddProject(ctx, p, account)
	if err != nil {
		return err
	}
	document, err := tx.AddDocument(ctx, store.Document{Project: project, Name: "a.txt", Format: "txt"}, 0, time.Now())
	if err != nil {
		return err
	}
	if err := tx.AddOriginal(ctx, document, []byte("original"), 0, time.Now()); err != nil {
		return err
	}
	block, err := tx.PutBlock(ctx, document, store.Block{Key: "p", Live: true})
	if err != nil {
		return err
	}
	for i := range crashWriters {
		var row store.Row
		row.Document, row.Block, row.Index, row.Source = document, block, i, tm.Plain("Source.")
		if _, err := tx.AddSegment(ctx, row, 0); err != nil {
			return err
		}
	}
	return nil
}

// crashText is long enough to span pages and tells its revision, so that a torn
// or mixed text would show.
func crashText(segment tm.SegmentID, revision int64) string {
	return strings.Repeat(fmt.Sprintf("بخش %d، ویرایش %d؛ ", segment, revision), 40)
}

// saveForEver is the child: every writer saves on top of its last revision and
// prints "segment revision" once the save was answered.
func saveForEver(path string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	var printing sync.Mutex
	failed := make(chan error)
	for i := range crashWriters {
		go func() { failed <- saveOne(ctx, db, tm.SegmentID(i+1), &printing) }()
	}
	return <-failed
}

func saveOne(ctx context.Context, db *store.DB, id tm.SegmentID, printing *sync.Mutex) error {
	row, err := db.Row(ctx, 1, id)
	for err == nil {
		row.Target, row.State = tm.Plain(crashText(id, row.Revision+1)), tm.Draft
		err = db.Update(ctx, func(tx *store.Tx) error {
			seq, err := tx.NextSeq(ctx, 1)
			if err != nil {
				return err
			}
			return tx.SetTarget(ctx, &row, store.Step{Action: "save", At: time.Now()}, seq)
		})
		if err == nil {
			printing.Lock()
			_, err = fmt.Println(id, row.Revision)
			printing.Unlock()
		}
	}
	return err
}

// runAndKill lets the child write for a moment, kills it, and notes what it had
// acknowledged by then.
func runAndKill(t *testing.T, path string, acknowledged []int64) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "TARJOMAN_CRASH_DATABASE="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	kill := time.AfterFunc(time.Minute, func() { _ = child.Process.Kill() })
	for begun := false; lines.Scan(); begun = true {
		if !begun { // from the first answer on, so that every round has some
			kill.Reset(time.Duration(rand.IntN(150)) * time.Millisecond)
		}
		var id, revision int64
		if n, _ := fmt.Sscan(lines.Text(), &id, &revision); n == 2 {
			acknowledged[id-1] = revision
		}
	}
	kill.Stop()
	if err := child.Wait(); child.ProcessState.Exited() {
		t.Fatalf("the child ended by itself: %v", err)
	}
}

func checkCrash(t *testing.T, path string, acknowledged []int64) {
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if faults, err := db.Check(t.Context()); err != nil || len(faults) > 0 {
		t.Fatalf("faults %v, %v", faults, err)
	}
	for i := range acknowledged {
		id := tm.SegmentID(i + 1)
		row, err := db.Row(t.Context(), 1, id)
		if err != nil {
			t.Fatal(err)
		}
		if row.Revision < acknowledged[i] {
			t.Errorf("segment %d has revision %d, %d was acknowledged", id, row.Revision, acknowledged[i])
		}
		checkVersions(t, db, row)
	}
}

// checkVersions finds every revision in the history, whole and in order.
func checkVersions(t *testing.T, db *store.DB, row store.Row) {
	t.Helper()
	history, err := db.History(t.Context(), row.ID)
	if err != nil || int64(len(history)) != row.Revision {
		t.Errorf("segment %d: %d versions of %d, %v", row.ID, len(history), row.Revision, err)
		return
	}
	for i, v := range history {
		if want := row.Revision - int64(i); v.Revision != want || v.Target.Text != crashText(row.ID, want) {
			t.Errorf("segment %d: version %d is torn or misplaced", row.ID, want)
		}
	}
	if row.Revision > 0 && row.Target.Text != crashText(row.ID, row.Revision) {
		t.Errorf("segment %d: the current text is not that of revision %d", row.ID, row.Revision)
	}
}
