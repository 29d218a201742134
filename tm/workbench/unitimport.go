package workbench

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/store"
)

// ImportMemory reads units from a TMX, TSV or CSV file into a memory, as a
// job. Units the memory already has are skipped. The units show once all of
// them are stored; a job that fails or is cancelled leaves none. The workbench
// closes r.
func (w *Workbench) ImportMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, name string, size int64, r io.ReadCloser) (Job, error) {
	project, err := access(ctx, w.db, a, p, ManageMemories)
	if err == nil {
		var m Memory
		if m, err = liveMemory(ctx, w.db, p, id); err == nil && !m.Own {
			err = tm.NewError(tm.Forbidden, "memory.linked")
		}
	}
	if err != nil {
		return Job{}, errors.Join(err, r.Close())
	}
	im := &unitImport{w: w, project: project, memory: id, name: name, size: size}
	return w.start(ctx, a, Job{Project: p, Kind: "memory_import", Name: name, Total: size},
		func(ctx context.Context, j *Job) (map[string]any, error) {
			defer r.Close()
			return im.run(ctx, j, r)
		})
}

// unitImport is one import of units on its way.
type unitImport struct {
	w       *Workbench
	project Project
	memory  tm.MemoryID
	name    string
	size    int64
	read    atomic.Int64 // bytes so far
	batch   int64
	waiting []*tm.Unit
	stored  []*tm.Unit
	seen    map[uint64]struct{}
	skipped int
}

// importStep is how many units share a transaction: small enough that saves in
// between do not notice.
const importStep = 500

func (im *unitImport) run(ctx context.Context, j *Job, r io.Reader) (map[string]any, error) {
	if _, err := im.w.memories(ctx); err != nil {
		return nil, err
	}
	err := im.load(ctx, j, r)
	if err != nil {
		return nil, errors.Join(err, im.undo())
	}
	for _, u := range im.stored {
		im.w.index.table.Load().Put(u)
	}
	return map[string]any{"units": len(im.stored), "skipped": im.skipped}, nil
}

// undo removes what was stored, also when the job was cancelled.
func (im *unitImport) undo() error {
	if im.batch == 0 {
		return nil
	}
	return im.w.dropBatch(context.WithoutCancel(im.w.ctx), im.batch)
}

func (im *unitImport) load(ctx context.Context, j *Job, r io.Reader) error {
	if err := im.knownUnits(ctx); err != nil {
		return err
	}
	err := im.w.db.Update(ctx, func(tx *store.Tx) (err error) {
		im.batch, err = tx.AddBatch(ctx, im.memory)
		return err
	})
	if err != nil {
		return err
	}
	err = readUnits(counting{r, &im.read}, im.name, im.project, func(u *tm.Unit) error {
		return im.add(ctx, j, u)
	})
	if err != nil {
		return err
	}
	if err := im.flush(ctx, j); err != nil {
		return err
	}
	return im.w.db.Update(ctx, func(tx *store.Tx) error { return tx.FinishBatch(ctx, im.batch) })
}

// counting counts the bytes that pass.
type counting struct {
	io.Reader
	n *atomic.Int64
}

func (c counting) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n.Add(int64(n))
	return n, err
}

// readUnits reads a file of units by its extension.
func readUnits(r io.Reader, name string, p Project, yield func(*tm.Unit) error) error {
	switch strings.ToLower(path.Ext(name)) {
	case ".tmx":
		_, err := exchange.ReadTMX(r, yield)
		return err
	case ".tsv", ".txt", ".tab":
		return exchange.ReadUnitsTSV(r, p.Source, p.Target, yield)
	case ".csv":
		return exchange.ReadUnitsCSV(r, p.Source, p.Target, yield)
	}
	return tm.NewError(tm.Unsupported, "memory.format", "name", name)
}

// knownUnits fills seen with what the memory already holds.
func (im *unitImport) knownUnits(ctx context.Context) error {
	im.seen = map[uint64]struct{}{}
	return im.w.db.EachUnit(ctx, im.memory, func(u *tm.Unit) error {
		im.seen[unitHash(u)] = struct{}{}
		return ctx.Err()
	})
}

var hashSeed = maphash.MakeSeed()

// unitHash is equal for units with the same texts, codes and neighbours.
func unitHash(u *tm.Unit) uint64 {
	variants := slices.Clone(u.Variants)
	slices.SortFunc(variants, func(a, b tm.Variant) int { return strings.Compare(a.Lang.String(), b.Lang.String()) })
	var h maphash.Hash
	h.SetSeed(hashSeed)
	text := func(s string) {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.WriteString(s)
	}
	text(u.Previous)
	text(u.Next)
	for _, v := range variants {
		text(v.Lang.String())
		text(v.Content.Text)
		for _, c := range v.Content.Codes {
			maphash.WriteComparable(&h, c)
		}
	}
	return h.Sum64()
}

func (im *unitImport) add(ctx context.Context, j *Job, u *tm.Unit) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	hash := unitHash(u)
	if _, known := im.seen[hash]; known {
		im.skipped++
		return nil
	}
	im.seen[hash] = struct{}{}
	u.Memory = im.memory
	im.waiting = append(im.waiting, u)
	if len(im.waiting) < importStep {
		return nil
	}
	return im.flush(ctx, j)
}

// flush stores the waiting units and the progress of the job.
func (im *unitImport) flush(ctx context.Context, j *Job) error {
	j.Done = min(im.read.Load(), max(im.size, 1))
	err := im.w.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.AddUnits(ctx, im.batch, im.waiting); err != nil {
			return err
		}
		return tx.SetJob(ctx, *j)
	})
	im.stored = append(im.stored, im.waiting...)
	im.waiting = nil
	return err
}
