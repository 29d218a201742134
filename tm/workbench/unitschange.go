package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"tarjoman/tm"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// UnitAction is something to do to many units at once.
type UnitAction string

const (
	ReplaceUnits UnitAction = "replace"
	DeleteUnits  UnitAction = "delete"
	StateUnits   UnitAction = "state" // a draft counts less than other matches
	TagUnits     UnitAction = "tag"
	UntagUnits   UnitAction = "untag"
	MoveUnits    UnitAction = "move"        // into another memory of the project
	DoubleUnits  UnitAction = "deduplicate" // of units that say exactly the same one stays
)

// UnitChange is one change of many units: what to do, and to which. One undo
// takes it back.
type UnitChange struct {
	Action      UnitAction
	Filter      UnitFilter
	Units       []tm.UnitID // the ticked ones; nil for all the filter shows
	Replacement             // of ReplaceUnits
	State       tm.State    // of StateUnits
	Tag         string      // of TagUnits and UntagUnits
	Into        tm.MemoryID // of MoveUnits
}

// UnitPreview tells what a change of units would do.
type UnitPreview struct {
	Selected int // units it looks at
	Changed  int // units it changes, moves or deletes
	Left     int // units it leaves alone although they are meant: a replacement would break them
	Dropped  int // of a move: units the other memory has already, word for word; they are deleted
	Examples []UnitExample
	IntoName string
}

// UnitExample is a unit as it is, with what would become of it.
type UnitExample struct {
	UnitRow
	Side    tm.Side   // of Diff
	Diff    []tm.Diff // of ReplaceUnits
	Stays   tm.UnitID // of DoubleUnits: the unit that says the same and stays
	Dropped bool      // of MoveUnits: the other memory has it
}

// shownExamples is how many examples a preview shows.
const shownExamples = 20

// A unitTask is a change of units on its way. What it would do is decided by one
// pass over the units; carrying it out decides again for each unit as it is then.
type unitTask struct {
	w        *Workbench
	actor    Actor
	project  Project
	memory   Memory
	c        UnitChange
	replacer *replacer
	tag      int64
	into     hashSet // what the memory to move to has
	preview  UnitPreview
	targets  []target
}

// A target is a unit to change. stays is the unit that makes it superfluous.
type target struct {
	id, stays tm.UnitID
	drop      bool
}

// needs is the right that a change of units takes.
func (c UnitChange) needs() Action {
	if c.Action == MoveUnits {
		return ManageMemories
	}
	return EditUnits
}

func (w *Workbench) newUnitTask(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, c UnitChange) (*unitTask, error) {
	t := &unitTask{w: w, actor: a, c: c}
	var err error
	if t.project, t.memory, err = editableMemory(ctx, w.db, a, p, id, c.needs()); err != nil {
		return nil, err
	}
	return t, t.check(ctx)
}

// check refuses what makes no sense.
func (t *unitTask) check(ctx context.Context) (err error) {
	switch t.c.Action {
	case ReplaceUnits:
		t.replacer, err = newReplacer(t.c.Replacement, t.project)
	case StateUnits:
		if !slices.Contains(UnitStates, t.c.State) {
			err = tm.NewError(tm.Invalid, "segment.state")
		}
	case TagUnits, UntagUnits:
		if t.c.Tag, err = cleanTag(t.c.Tag); err == nil && t.c.Tag == "" {
			err = tm.NewError(tm.Invalid, "tag.empty")
		}
	case MoveUnits:
		err = t.checkInto(ctx, t.w.db)
	case DeleteUnits, DoubleUnits:
	default:
		err = tm.NewError(tm.Invalid, "units.action")
	}
	return err
}

func (t *unitTask) checkInto(ctx context.Context, r memoryReader) error {
	into, err := liveMemory(ctx, r, t.project.ID, t.c.Into)
	switch {
	case err != nil:
		return err
	case into.ID == t.memory.ID:
		return tm.NewError(tm.Invalid, "units.into_itself")
	case !into.Own:
		return tm.NewError(tm.Forbidden, "memory.linked")
	}
	t.preview.IntoName = into.Name
	return nil
}

// PreviewUnits tells what a change of many units would do, and does nothing.
func (w *Workbench) PreviewUnits(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, c UnitChange) (UnitPreview, error) {
	t, err := w.newUnitTask(ctx, a, p, id, c)
	if err != nil {
		return UnitPreview{}, err
	}
	err = t.plan(ctx, nil)
	return t.preview, err
}

// ChangeUnits changes many units, as a job in portions that nobody's save waits
// for. The change is all or nothing: what fails or is cancelled is taken back,
// and after a crash at the next start.
func (w *Workbench) ChangeUnits(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, c UnitChange) (Job, error) {
	t, err := w.newUnitTask(ctx, a, p, id, c)
	if err != nil {
		return Job{}, err
	}
	return w.start(ctx, a, Job{Project: p, Kind: "units_" + string(c.Action), Name: t.memory.Name}, t.run)
}

// planStep is how many units are read at a time.
const planStep = 1000

// plan finds the units to change and examples of them. seen is told how many
// units were looked at; nil for nobody.
func (t *unitTask) plan(ctx context.Context, seen func(n, of int)) error {
	ids := idSet(slices.Clone(t.c.Units))
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if t.c.Units == nil {
		var err error
		if ids, err = t.w.foundUnits(ctx, t.project, t.memory.ID, t.c.Filter); err != nil {
			return err
		}
	}
	if err := t.prepare(ctx); err != nil {
		return err
	}
	var doubles doubleFinder
	for at := 0; at < len(ids); at += planStep {
		units, err := t.w.db.Units(ctx, ids[at:min(at+planStep, len(ids))])
		if err != nil {
			return err
		}
		for _, u := range units {
			if u == nil || u.Memory != t.memory.ID {
				continue
			}
			t.preview.Selected++
			if t.c.Action == DoubleUnits {
				doubles.add(u)
			} else if err := t.look(ctx, u); err != nil {
				return err
			}
		}
		if seen != nil {
			seen(at, len(ids))
		}
	}
	for _, d := range doubles.superfluous() {
		t.preview.Changed++
		t.targets = append(t.targets, d)
	}
	return t.examples(ctx)
}

// prepare reads what the decision about each unit needs.
func (t *unitTask) prepare(ctx context.Context) error {
	switch t.c.Action {
	case MoveUnits:
		for u, err := range t.w.eachUnit(ctx, t.c.Into) {
			if err != nil {
				return err
			}
			t.into.add(unitHash(u))
		}
	case TagUnits, UntagUnits:
		tags, err := t.w.db.Tags(ctx, t.memory.ID)
		if err != nil {
			return err
		}
		for _, tag := range tags {
			if tag.Name == t.c.Tag {
				t.tag = tag.ID
			}
		}
	}
	return nil
}

// look decides about one unit.
func (t *unitTask) look(ctx context.Context, u *tm.Unit) error {
	d := target{id: u.ID}
	switch t.c.Action {
	case ReplaceUnits:
		changed, left := t.replace(u)
		if left {
			t.preview.Left++
		}
		if !changed {
			return nil
		}
	case StateUnits:
		if u.Origin.State == t.c.State {
			return nil
		}
	case TagUnits, UntagUnits:
		tagged, err := t.tagged(ctx, u.ID)
		if err != nil || tagged == (t.c.Action == TagUnits) {
			return err
		}
	case MoveUnits:
		if d.drop = !t.into.add(unitHash(u)); d.drop {
			t.preview.Dropped++
		}
	}
	t.preview.Changed++
	t.targets = append(t.targets, d)
	return nil
}

func (t *unitTask) tagged(ctx context.Context, id tm.UnitID) (bool, error) {
	if t.tag == 0 {
		return false, nil
	}
	found, err := t.w.db.TaggedUnits(ctx, t.tag, id-1, 1)
	return len(found) > 0 && found[0] == id, err
}

// replace changes u as the replacement says.
func (t *unitTask) replace(u *tm.Unit) (changed, left bool) {
	tag := t.project.Target
	if t.c.Side == tm.SourceSide {
		tag = t.project.Source
	}
	old, ok := u.In(tag)
	if !ok {
		return false, false
	}
	c, changed, left := t.replacer.apply(old)
	if changed {
		setText(u, tag, c)
	}
	return changed, left
}

// examples spells out the first units to change.
func (t *unitTask) examples(ctx context.Context) error {
	list := t.targets[:min(len(t.targets), shownExamples)]
	ids := make([]tm.UnitID, len(list))
	for i, d := range list {
		ids[i] = d.id
	}
	units, err := t.w.db.Units(ctx, ids)
	if err != nil {
		return err
	}
	for i, u := range units {
		if u == nil {
			continue
		}
		e := UnitExample{UnitRow: unitRow(u, t.project), Stays: list[i].stays, Dropped: list[i].drop, Side: t.c.Side}
		if t.c.Action == ReplaceUnits {
			before := e.Target.Text
			if t.c.Side == tm.SourceSide {
				before = e.Source.Text
			}
			t.replace(u)
			after := unitRow(u, t.project)
			text := after.Target.Text
			if t.c.Side == tm.SourceSide {
				text = after.Source.Text
			}
			e.Diff = memory.Diff(t.replacer.profile, before, text)
		}
		t.preview.Examples = append(t.preview.Examples, e)
	}
	return nil
}

// detail is what the change was about, for the list of changes.
func (t *unitTask) detail() string {
	d := map[string]string{}
	switch t.c.Action {
	case ReplaceUnits:
		d["find"], d["replace"] = t.c.Find, t.c.Replace
	case StateUnits:
		d["state"] = string(t.c.State)
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

// AwaitJob waits for a job for a while and returns it as it is then.
func (w *Workbench) AwaitJob(ctx context.Context, a Actor, p tm.ProjectID, id int64, limit time.Duration) (Job, error) {
	w.jobs.wait(ctx, id, limit)
	return w.Job(ctx, a, p, id)
}
