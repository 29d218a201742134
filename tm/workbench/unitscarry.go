package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/store"
)

// detail is what the change was about, for the list of changes.
func (t *unitTask) detail() string {
	d := map[string]string{}
	switch t.c.Action {
	case ReplaceUnits:
		d["find"], d["replace"] = t.c.Find, t.c.Replace
	case StateUnits:
		d["state"] = string(t.c.State)
	case PenaliseUnits:
		d["penalty"] = strconv.Itoa(t.c.Penalty)
	case TagUnits, UntagUnits:
		d["tag"] = t.c.Tag
	case MoveUnits:
		d["from"], d["into"] = t.memory.Name, t.preview.IntoName
	}
	data, err := json.Marshal(d)
	if err != nil {
		panic(err) // strings are always valid JSON
	}
	return string(data)
}

// changeStep is how many units are changed in one transaction.
const changeStep = 100

// run plans the change and carries it out.
func (t *unitTask) run(ctx context.Context, j *Job) (map[string]any, error) {
	if err := t.plan(ctx, nil); err != nil {
		return nil, err
	}
	if len(t.targets) == 0 {
		return map[string]any{"units": 0, "dropped": 0}, nil
	}
	change := store.MemoryChange{
		Memory: t.memory.ID, Kind: string(t.c.Action), Account: t.actor.Account, At: t.w.now(), Detail: t.detail(), Other: t.c.Into,
	}
	err := t.update(ctx, func(tx *store.Tx) (err error) {
		if t.c.Action == TagUnits || t.c.Action == UntagUnits {
			if t.tag, err = tagNamed(ctx, tx, t.memory.ID, t.c.Tag); err != nil {
				return err
			}
		}
		change.ID, err = tx.AddMemoryChange(ctx, change)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := t.carryOut(ctx, j, &change); err != nil {
		return nil, errors.Join(err, t.w.undoMemoryChange(context.WithoutCancel(ctx), change))
	}
	t.w.index.saveSoon()
	return map[string]any{"units": change.Units, "dropped": t.preview.Dropped, "change": change.ID, "memory": int64(t.memory.ID)}, nil
}

func (t *unitTask) carryOut(ctx context.Context, j *Job, change *store.MemoryChange) error {
	var shown time.Time
	j.Total = int64(len(t.targets))
	for list := range slices.Chunk(t.targets, changeStep) {
		err := t.update(ctx, func(tx *store.Tx) error {
			n, err := t.some(ctx, tx, list, change.ID)
			if err == nil && time.Since(shown) > 100*time.Millisecond {
				shown = time.Now()
				err = tx.SetJob(ctx, *j)
			}
			tx.AfterCommit(func() { change.Units += n })
			return err
		})
		if err != nil {
			return err
		}
		if j.Done += int64(len(list)); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return t.update(ctx, func(tx *store.Tx) error {
		return errors.Join(
			tx.NoteMemoryChange(ctx, *change), tx.FinishMemoryChange(ctx, change.ID),
			t.w.audit(ctx, tx, t.actor, t.project.ID, "units."+string(t.c.Action), t.memory.Name, t.detail()))
	})
}

// update runs a portion for an actor who may still change the memory.
func (t *unitTask) update(ctx context.Context, portion func(*store.Tx) error) error {
	return t.w.db.Update(ctx, func(tx *store.Tx) error {
		_, _, err := editableMemory(ctx, tx, t.actor, t.project.ID, t.memory.ID, t.c.needs())
		if err == nil && t.c.Action == MoveUnits {
			err = t.checkInto(ctx, tx)
		}
		if err != nil {
			return err
		}
		return portion(tx)
	})
}

// some changes the units of one portion as they are now, and returns how many
// changed.
func (t *unitTask) some(ctx context.Context, tx *store.Tx, list []target, change int64) (int, error) {
	step := t.w.unitStep(t.actor, string(t.c.Action))
	step.Change = change
	n := 0
	for _, d := range list {
		u, err := t.there(ctx, tx, d.id)
		if err != nil {
			return n, err
		}
		if u == nil {
			continue
		}
		changed, err := t.one(ctx, tx, u, d, step)
		if err != nil {
			return n, err
		}
		if changed {
			n++
		}
	}
	return n, nil
}

// there returns a unit that is still in the memory and not in the trash, else
// nil.
func (t *unitTask) there(ctx context.Context, tx *store.Tx, id tm.UnitID) (*tm.Unit, error) {
	deleted, err := tx.UnitTrash(ctx, t.memory.ID, id)
	if errors.Is(err, store.NotFound) || err == nil && !deleted.IsZero() {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return tx.Unit(ctx, t.memory.ID, id)
}

func (t *unitTask) one(ctx context.Context, tx *store.Tx, u *tm.Unit, d target, step store.UnitStep) (bool, error) {
	switch t.c.Action {
	case ReplaceUnits:
		changed, _ := t.replace(u)
		if !changed {
			return false, nil
		}
		u.Origin.Changed, u.Origin.Author = step.At, t.actor.Name
		return true, tx.SetUnit(ctx, u, step)
	case StateUnits:
		u.Origin.State = t.c.State
		return true, tx.SetUnit(ctx, u, step)
	case PenaliseUnits:
		u.Penalty = t.c.Penalty
		return true, tx.SetUnit(ctx, u, step)
	case TagUnits, UntagUnits:
		n, err := tx.TagUnitsIn(ctx, step.Change, t.tag, []tm.UnitID{u.ID}, t.c.Action == TagUnits)
		return n > 0, err
	case MoveUnits:
		if !d.drop {
			return true, tx.MoveUnit(ctx, u.ID, t.c.Into, step)
		}
	case DoubleUnits:
		stays, err := t.there(ctx, tx, d.stays)
		if err != nil || stays == nil || unitHash(stays) != unitHash(u) {
			return false, err // one of them has changed since
		}
	}
	return true, tx.DeleteUnit(ctx, t.memory.ID, u.ID, step)
}
