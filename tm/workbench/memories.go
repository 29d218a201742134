package workbench

import (
	"context"
	"io"
	"iter"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/exchange"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// Memories lists the memories a project uses.
func (w *Workbench) Memories(ctx context.Context, a Actor, p tm.ProjectID) ([]Memory, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return nil, err
	}
	return w.db.Memories(ctx, p)
}

// Memory returns a memory the project uses.
func (w *Workbench) Memory(ctx context.Context, a Actor, p tm.ProjectID, m tm.MemoryID) (Memory, error) {
	if _, err := access(ctx, w.db, a, p, See); err != nil {
		return Memory{}, err
	}
	return liveMemory(ctx, w.db, p, m)
}

// memoryReader is what *store.DB and *store.Tx offer to find a memory.
type memoryReader interface {
	Memory(context.Context, tm.ProjectID, tm.MemoryID) (store.Memory, error)
}

// liveMemory returns a memory of the project that is not in the trash.
func liveMemory(ctx context.Context, r memoryReader, p tm.ProjectID, id tm.MemoryID) (Memory, error) {
	m, err := r.Memory(ctx, p, id)
	if err == nil && !m.Deleted.IsZero() {
		err = store.NotFound
	}
	return m, err
}

// LinkableMemories lists memories of other projects the actor manages that this
// one could read.
func (w *Workbench) LinkableMemories(ctx context.Context, a Actor, p tm.ProjectID) ([]Memory, error) {
	if _, err := access(ctx, w.db, a, p, ManageMemories); err != nil {
		return nil, err
	}
	return w.db.LinkableMemories(ctx, p, a.Account)
}

// DeletedMemories lists the memories of a project in the trash.
func (w *Workbench) DeletedMemories(ctx context.Context, a Actor, p tm.ProjectID) ([]Memory, error) {
	if _, err := access(ctx, w.db, a, p, ManageMemories); err != nil {
		return nil, err
	}
	return w.db.DeletedMemories(ctx, p)
}

// CreateMemory adds an empty memory to a project.
func (w *Workbench) CreateMemory(ctx context.Context, a Actor, p tm.ProjectID, name string) (Memory, error) {
	name, err := cleanName(name)
	if err != nil {
		return Memory{}, err
	}
	var made Memory
	err = w.manageMemories(ctx, a, p, "memory.create", func(tx *store.Tx) (string, error) {
		id, err := tx.AddMemory(ctx, p, name, w.now())
		if err != nil {
			return "", err
		}
		made, err = tx.Memory(ctx, p, id)
		return name, err
	})
	return made, err
}

// manageMemories runs change for a manager of the project and notes it; change
// returns the name of what it changed.
func (w *Workbench) manageMemories(ctx context.Context, a Actor, p tm.ProjectID, action string, change func(*store.Tx) (string, error)) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := access(ctx, tx, a, p, ManageMemories); err != nil {
			return err
		}
		name, err := change(tx)
		if err != nil {
			return err
		}
		return w.audit(ctx, tx, a, p, action, name, "")
	})
}

// RenameMemory gives a memory of the project another name.
func (w *Workbench) RenameMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, name string) error {
	name, err := cleanName(name)
	if err != nil {
		return err
	}
	return w.manageMemories(ctx, a, p, "memory.rename", func(tx *store.Tx) (string, error) {
		m, err := ownMemory(ctx, tx, p, id)
		if err != nil {
			return "", err
		}
		m.Name = name
		return name, tx.SetMemory(ctx, m)
	})
}

// ownMemory returns a memory that belongs to the project, in the trash or not.
func ownMemory(ctx context.Context, tx *store.Tx, p tm.ProjectID, id tm.MemoryID) (Memory, error) {
	m, err := tx.Memory(ctx, p, id)
	if err == nil && !m.Own {
		err = tm.NewError(tm.Forbidden, "memory.linked")
	}
	return m, err
}

// LinkMemory lets a project read a memory of another one; the actor manages
// both.
func (w *Workbench) LinkMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID) error {
	return w.manageMemories(ctx, a, p, "memory.link", func(tx *store.Tx) (string, error) {
		linkable, err := tx.LinkableMemories(ctx, p, a.Account)
		if err != nil {
			return "", err
		}
		for _, m := range linkable {
			if m.ID == id {
				return m.Name, tx.LinkMemory(ctx, p, id)
			}
		}
		return "", store.NotFound
	})
}

// SetMemory changes how a project uses a memory. Only its own memories can be
// written, and one of them at a time.
func (w *Workbench) SetMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, read, write bool, penalty int) error {
	if err := checkPenalty(penalty); err != nil {
		return err
	}
	return w.manageMemories(ctx, a, p, "memory.settings", func(tx *store.Tx) (string, error) {
		m, err := liveMemory(ctx, tx, p, id)
		if err != nil {
			return "", err
		}
		if write && !m.Own {
			return "", tm.NewError(tm.Forbidden, "memory.linked")
		}
		m.Read, m.Write, m.Penalty = read, write, penalty
		return m.Name, tx.SetMemoryLink(ctx, p, m)
	})
}

// checkPenalty refuses points that matches cannot lose.
func checkPenalty(points int) error {
	if points < 0 || points > tm.MaxPenalty {
		return tm.NewError(tm.Invalid, "memory.penalty")
	}
	return nil
}

// UnlinkMemory ends the use of another project's memory.
func (w *Workbench) UnlinkMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID) error {
	return w.manageMemories(ctx, a, p, "memory.unlink", func(tx *store.Tx) (string, error) {
		m, err := tx.Memory(ctx, p, id)
		if err != nil {
			return "", err
		}
		if m.Own {
			return "", tm.NewError(tm.Invalid, "memory.own")
		}
		return m.Name, tx.UnlinkMemory(ctx, p, id)
	})
}

// DeleteMemory puts a memory of the project into the trash.
func (w *Workbench) DeleteMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID) error {
	return w.trashMemory(ctx, a, p, id, w.now(), "memory.delete")
}

// RestoreMemory takes a memory out of the trash.
func (w *Workbench) RestoreMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID) error {
	return w.trashMemory(ctx, a, p, id, time.Time{}, "memory.restore")
}

func (w *Workbench) trashMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, at time.Time, action string) error {
	return w.manageMemories(ctx, a, p, action, func(tx *store.Tx) (string, error) {
		m, err := ownMemory(ctx, tx, p, id)
		if err != nil {
			return "", err
		}
		m.Deleted = at
		return m.Name, tx.SetMemory(ctx, m)
	})
}

// ExportMemory writes the units of a memory as "tmx" or as "tsv" (the language
// pair of the project only).
func (w *Workbench) ExportMemory(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, kind string, out io.Writer) error {
	project, err := access(ctx, w.db, a, p, ExportUnits)
	if err != nil {
		return err
	}
	m, err := liveMemory(ctx, w.db, p, id)
	if err != nil {
		return err
	}
	err = w.db.Update(ctx, func(tx *store.Tx) error { return w.audit(ctx, tx, a, p, "memory.export", m.Name, kind) })
	if err != nil {
		return err
	}
	units := w.eachUnit(ctx, id)
	if kind == "tsv" {
		return exchange.WriteUnitsTSV(out, project.Source, project.Target, units)
	}
	return exchange.WriteTMX(out, exchange.Header{Source: project.Source}, units)
}

// eachUnit is the units of a memory as a sequence. It reads them in steps, so
// that a slow client holds no read transaction.
func (w *Workbench) eachUnit(ctx context.Context, id tm.MemoryID) iter.Seq2[*tm.Unit, error] {
	return inSteps(func(after tm.UnitID) ([]*tm.Unit, error) { return w.db.UnitsAfter(ctx, id, after, unitStep) })
}

// Concordance searches every memory the project reads for words of one side.
func (w *Workbench) Concordance(ctx context.Context, a Actor, p tm.ProjectID, query string, side tm.Side, offset, limit int) (Hits, error) {
	project, err := access(ctx, w.db, a, p, See)
	if err != nil {
		return Hits{}, err
	}
	use, names, err := w.reads(ctx, w.db, p)
	if err != nil {
		return Hits{}, err
	}
	table, err := w.memories(ctx)
	if err != nil {
		return Hits{}, err
	}
	ids := make([]tm.MemoryID, len(use))
	for i, u := range use {
		ids[i] = u.Memory
	}
	r, err := table.Concordance(ctx, memory.ConcordanceQuery{
		From: project.Source, To: project.Target, Text: query, Side: side,
		Memories: ids, Offset: offset, Limit: limit,
	})
	if err != nil {
		return Hits{}, err
	}
	found := Hits{Total: r.Total, More: r.More, List: make([]Hit, len(r.Hits))}
	for i, h := range r.Hits {
		found.List[i] = Hit{Source: h.Source, Target: h.Target, Marks: h.InSource, Memory: names[h.Unit.Memory], Origin: h.Unit.Origin}
		if side == tm.TargetSide {
			found.List[i].Marks = h.InTarget
		}
	}
	return found, nil
}

// memoriesReader is what *store.DB and *store.Tx offer to list memories.
type memoriesReader interface {
	UsedMemories(context.Context, tm.ProjectID) ([]store.Memory, error)
}

// reads returns the memories a project takes matches from, with their names.
func (w *Workbench) reads(ctx context.Context, r memoriesReader, p tm.ProjectID) ([]memory.Use, map[tm.MemoryID]string, error) {
	list, err := r.UsedMemories(ctx, p)
	use := make([]memory.Use, 0, len(list))
	names := map[tm.MemoryID]string{}
	for _, m := range list {
		if m.Read {
			use = append(use, memory.Use{Memory: m.ID, Penalty: m.Penalty})
			names[m.ID] = m.Name
		}
	}
	return use, names, err
}
