package workbench

import (
	"context"
	"slices"

	"tarjoman/tm"
	"tarjoman/tm/memory"
)

// UnitAction is something to do to many units at once.
type UnitAction string

const (
	ReplaceUnits  UnitAction = "replace"
	DeleteUnits   UnitAction = "delete"
	StateUnits    UnitAction = "state"    // a draft counts less than other matches
	PenaliseUnits UnitAction = "penalise" // their matches lose points
	TagUnits      UnitAction = "tag"
	UntagUnits    UnitAction = "untag"
	MoveUnits     UnitAction = "move"        // into another memory of the project
	DoubleUnits   UnitAction = "deduplicate" // of units that say exactly the same one stays
)

// UnitChange is one change of many units: what to do, and to which. One undo
// takes it back.
type UnitChange struct {
	Action      UnitAction
	Filter      UnitFilter
	Units       []tm.UnitID // the ticked ones; nil for all the filter shows
	Replacement             // of ReplaceUnits
	State       tm.State    // of StateUnits
	Penalty     int         // of PenaliseUnits, in points; 0 takes what they have off
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
	case PenaliseUnits:
		err = checkPenalty(t.c.Penalty)
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
	case PenaliseUnits:
		if u.Penalty == t.c.Penalty {
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
