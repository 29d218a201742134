package workbench

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// The file of the index begins with a line that names it and the mark of the row
// of the journal it stands for; what follows is memory's own. A file whose mark
// the database does not know is of another database, or of another time of this
// one, and is not used.
const snapshotMagic = "tarjoman index\n\x00"

const (
	// manyChanges is how many changes of units make it worth to save the index
	// at once; fewer wait for saveEvery.
	manyChanges = 20_000
	saveEvery   = 15 * time.Minute
)

// openSnapshot reads the file of the index. It returns a nil table when there is
// none that this database can use.
func openSnapshot(ctx context.Context, db *store.DB, path string) (*memory.Table, int64, error) {
	if path == "" {
		return nil, 0, nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("open index: %w", err)
	}
	defer f.Close()
	seq, err := snapshotSeq(ctx, db, f)
	if err != nil || seq == 0 {
		return nil, 0, err
	}
	t, _, err := memory.OpenTable(db, bufio.NewReaderSize(f, 1<<20))
	if err != nil { // damaged, or of another version: it is built anew
		return nil, 0, nil
	}
	return t, seq, nil
}

// snapshotSeq reads the head of the file and returns the row of the journal it
// stands for, 0 when the database cannot use the file.
func snapshotSeq(ctx context.Context, db *store.DB, f io.Reader) (int64, error) {
	head := make([]byte, len(snapshotMagic)+8)
	if _, err := io.ReadFull(f, head); err != nil || string(head[:len(snapshotMagic)]) != snapshotMagic {
		return 0, nil
	}
	seq, err := db.JournalAt(ctx, int64(binary.LittleEndian.Uint64(head[len(snapshotMagic):])))
	if errors.Is(err, store.NotFound) {
		return 0, nil
	}
	return seq, err
}

// saveSoon has the index saved in the background.
func (ix *unitIndex) saveSoon() {
	select {
	case ix.wake <- struct{}{}:
	default:
	}
}

// saveNowAndThen saves the index when asked to, and every saveEvery.
func (ix *unitIndex) saveNowAndThen(ctx context.Context) {
	tick := time.NewTicker(saveEvery)
	defer tick.Stop()
	for {
		select {
		case <-ix.wake:
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		if err := ix.save(ctx); err != nil && ctx.Err() == nil {
			ix.report(err)
		}
	}
}

// save writes the index into its file, unless the file is up to date. Look-ups
// and changes go on meanwhile.
func (ix *unitIndex) save(ctx context.Context) error {
	t := ix.table.Load()
	if ix.path == "" || ix.beside || t == nil {
		return nil
	}
	ix.saving.Lock()
	defer ix.saving.Unlock()
	// The row is read first: the table has at least what came up to it.
	seq := ix.seq.Load()
	if seq == ix.saved.Load() {
		return nil
	}
	mark, err := ix.db.JournalMark(ctx, seq)
	if err != nil {
		return err
	}
	if err := writeSnapshot(ix.path, t, mark); err != nil {
		return fmt.Errorf("save index: %w", err)
	}
	ix.saved.Store(seq)
	return ix.db.Update(ctx, func(tx *store.Tx) error { return tx.TrimJournal(ctx, seq) })
}

// writeSnapshot puts a whole file on disk under its name, or leaves the old one.
func writeSnapshot(path string, t *memory.Table, mark int64) error {
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	_, err = w.Write(binary.LittleEndian.AppendUint64([]byte(snapshotMagic), uint64(mark)))
	if err == nil {
		err = t.Save(w, mark)
	}
	if err == nil {
		err = errors.Join(w.Flush(), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return syncDir(filepath.Dir(path))
}

// syncDir waits until the names of a folder are on disk.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// IndexState says how the file of an index stands to its database.
type IndexState string

const (
	IndexCurrent IndexState = "current"
	IndexBehind  IndexState = "behind"  // some changes are taken over at the start
	IndexMissing IndexState = "missing" // it is built at the next start
	IndexUseless IndexState = "useless" // of another database, time or version: likewise
)

// LookAtIndex tells the state of an index file and its size in bytes, without
// reading all of it.
func LookAtIndex(ctx context.Context, db *store.DB, path string) (IndexState, int64, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return IndexMissing, 0, nil
	}
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", 0, err
	}
	seq, err := snapshotSeq(ctx, db, f)
	if err != nil || seq == 0 {
		return IndexUseless, info.Size(), err
	}
	end, err := db.JournalEnd(ctx)
	if end > seq {
		return IndexBehind, info.Size(), err
	}
	return IndexCurrent, info.Size(), err
}

// Lookup is a way to ask the memories of a database.
type Lookup func(context.Context, memory.Query) ([]tm.Match, error)

// OpenLookup answers for a database without a workbench, beside one or not: from
// the file of its index brought up to date, or by reading the units of the
// query's memories when there is no file that can be used.
func OpenLookup(ctx context.Context, db *store.DB, path string) (Lookup, error) {
	t, seq, err := openSnapshot(ctx, db, path)
	if err != nil {
		return nil, err
	}
	if t == nil {
		return func(ctx context.Context, q memory.Query) ([]tm.Match, error) { return scan(ctx, db, q) }, nil
	}
	if _, err := replay(ctx, db, t, seq); err != nil {
		return nil, err
	}
	return t.Lookup, nil
}
