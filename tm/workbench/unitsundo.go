package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// UnitChanged is a past change of many units.
type UnitChanged struct {
	store.MemoryChange
	Facts map[string]any // what it was about, by name
}

// shownChanges is how many past changes are listed.
const shownChanges = 100

// UnitChanges lists the last changes of many units of a memory, newest first.
func (w *Workbench) UnitChanges(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID) ([]UnitChanged, error) {
	if _, _, err := w.seeMemory(ctx, a, p, id); err != nil {
		return nil, err
	}
	stored, err := w.db.MemoryChanges(ctx, id, shownChanges)
	list := make([]UnitChanged, len(stored))
	for i, c := range stored {
		list[i] = UnitChanged{c, map[string]any{"find": "", "replace": "", "state": "", "tag": "", "from": "", "into": "", "kind": ""}}
		if strings.HasPrefix(c.Detail, "{") {
			if err := json.Unmarshal([]byte(c.Detail), &list[i].Facts); err != nil {
				return nil, err
			}
		}
	}
	return list, err
}

// UndoUnits takes a change of many units back, as a job: each unit that is still
// as the change left it becomes what it was before. That is a change itself and
// can be taken back too.
func (w *Workbench) UndoUnits(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, change int64) (Job, error) {
	check := func(r unitReader, c store.MemoryChange) error {
		needs := EditUnits
		if c.Other != 0 {
			needs = ManageMemories
		}
		_, _, err := editableMemory(ctx, r, a, p, id, needs)
		return err
	}
	if _, _, err := editableMemory(ctx, w.db, a, p, id, EditUnits); err != nil {
		return Job{}, err
	}
	c, err := w.db.MemoryChange(ctx, id, change)
	if err == nil {
		err = check(w.db, c)
	}
	switch {
	case err != nil:
		return Job{}, err
	case !c.Ready:
		return Job{}, tm.NewError(tm.Busy, "units.change_running")
	case c.Undone:
		return Job{}, tm.NewError(tm.Conflict, "units.undone")
	}
	undo := &unitUndo{w: w, actor: a, project: p, memory: id, change: c, check: func(tx *store.Tx) error { return check(tx, c) }}
	return w.start(ctx, a, Job{Project: p, Kind: "units_undo", Name: "", Total: int64(c.Units)}, undo.run)
}

type unitUndo struct {
	w       *Workbench
	actor   Actor
	project tm.ProjectID
	memory  tm.MemoryID
	change  store.MemoryChange
	check   func(*store.Tx) error
}

func (x *unitUndo) run(ctx context.Context, j *Job) (map[string]any, error) {
	undo := store.MemoryChange{
		Memory: x.change.Memory, Kind: "undo", Account: x.actor.Account, At: x.w.now(),
		Units: x.change.Units, Other: x.change.Other, Detail: x.change.Detail,
	}
	err := x.w.db.Update(ctx, func(tx *store.Tx) (err error) {
		if err = x.check(tx); err == nil {
			undo.ID, err = tx.AddMemoryChange(ctx, undo)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	step := x.w.unitStep(x.actor, "undo")
	step.Change = undo.ID
	if err := x.w.takeUnitsBack(ctx, x.change, step); err != nil {
		return nil, errors.Join(err, x.w.undoMemoryChange(context.WithoutCancel(ctx), undo))
	}
	err = x.w.db.Update(ctx, func(tx *store.Tx) error {
		m, err := tx.Memory(ctx, x.project, x.memory)
		if err != nil {
			return err
		}
		return errors.Join(tx.NoteMemoryChange(ctx, undo), tx.FinishMemoryChange(ctx, undo.ID),
			x.w.audit(ctx, tx, x.actor, x.project, "units.undo", m.Name, x.change.Kind))
	})
	x.w.index.saveSoon()
	return map[string]any{"units": x.change.Units, "memory": int64(x.memory), "change": undo.ID}, err
}
