package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"tarjoman/locales"
	"tarjoman/tm"
	"tarjoman/tm/workbench"
)

// unitsChangePage asks how to change many units, and shows what that would do
// before it is done.
type unitsChangePage struct {
	page
	Memory  workbench.Memory
	Change  workbench.UnitChange
	Filter  string // the filter of the list, as a query
	Ticked  []tm.UnitID
	Shown   int // units that the list shows, when none is ticked
	Least   bool
	Others  []workbench.Memory // to move to
	Tags    []workbench.UnitTag
	Preview *workbench.UnitPreview // nil until it was asked for
	Problem string
}

func (unitsChangePage) view() string { return "units_change" }

// unitActions are the actions that may be chosen for many units, and whether they
// need to be told more.
var unitActions = map[workbench.UnitAction]bool{
	workbench.ReplaceUnits: true, workbench.TagUnits: true, workbench.UntagUnits: true, workbench.StateUnits: true,
	workbench.PenaliseUnits: true,
	workbench.MoveUnits:     true, workbench.DeleteUnits: false, workbench.DoubleUnits: false,
}

func (s *Server) previewUnits(v *visit) error {
	memory, err := v.memory()
	if err != nil {
		return err
	}
	p, err := v.unitsChange(memory)
	if err != nil {
		return v.excuse(err, v.memoryPath(memory.ID))
	}
	if asksMore := unitActions[p.Change.Action]; asksMore && v.text("step") == "" {
		p.Change.Mode, p.Change.Side, p.Change.Penalty = workbench.FindPlain, tm.TargetSide, workbench.OldTermPoints
		return v.render(http.StatusOK, p)
	}
	preview, err := s.work.PreviewUnits(v.ctx(), v.actor(), v.project.ID, memory.ID, p.Change)
	if known, ok := actionable(err); ok {
		p.Problem = v.Problem(known)
		return v.render(statusOf(known), p)
	}
	if err != nil {
		return err
	}
	p.Preview = &preview
	return v.render(http.StatusOK, p)
}

// unitsChange reads the form: what to do, and to which units.
func (v *visit) unitsChange(memory workbench.Memory) (unitsChangePage, error) {
	p := unitsChangePage{page: v.section("memories", memory.Name), Memory: memory, Filter: v.text("filter")}
	p.Path = v.memoryPath(memory.ID)
	action := workbench.UnitAction(v.text("action"))
	if _, ok := unitActions[action]; !ok {
		return p, tm.NewError(tm.Invalid, "units.action")
	}
	values, err := url.ParseQuery(p.Filter)
	if err != nil || !readableValues(values) {
		return p, errUnreadable
	}
	filter, _ := unitFilter(values)
	for _, text := range v.r.PostForm["unit"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return p, errUnreadable
		}
		p.Ticked = append(p.Ticked, tm.UnitID(id))
	}
	into, err := idOf(v.text("into"))
	if err != nil {
		return p, err
	}
	penalty := 0
	if action == workbench.PenaliseUnits && v.text("penalty") != "" {
		if penalty, err = v.number("penalty"); err != nil {
			return p, err
		}
	}
	p.Change = workbench.UnitChange{
		Action: action, Filter: filter, Units: p.Ticked, State: tm.State(v.text("state")), Penalty: penalty, Tag: v.text("tag"), Into: tm.MemoryID(into),
		Replacement: workbench.Replacement{
			Side: tm.Side(v.text("side")), Mode: workbench.FindMode(v.text("mode")),
			Find: v.r.PostFormValue("find"), Replace: v.r.PostFormValue("replace"), Case: v.checked("case"), Words: v.checked("words"),
		},
	}
	return p, v.fillUnitsChange(&p)
}

// fillUnitsChange adds what the form offers.
func (v *visit) fillUnitsChange(p *unitsChangePage) error {
	shown, err := v.s.work.Units(v.ctx(), v.actor(), v.project.ID, p.Memory.ID, p.Change.Filter, 0, listStep)
	if err != nil {
		return err
	}
	p.Shown, p.Least = shown.Total, shown.More
	if p.Tags, err = v.s.work.UnitTags(v.ctx(), v.actor(), v.project.ID, p.Memory.ID); err != nil {
		return err
	}
	memories, err := v.s.work.Memories(v.ctx(), v.actor(), v.project.ID)
	p.Others = slices.DeleteFunc(memories, func(m workbench.Memory) bool { return !m.Own || m.ID == p.Memory.ID })
	return err
}

// Own is the path of the memory.
func (p unitsChangePage) Own() string { return fmt.Sprintf("%s/memories/%d", p.Base(), p.Memory.ID) }

// Back is the list the units were chosen from.
func (p unitsChangePage) Back() string {
	if p.Filter == "" {
		return p.Own()
	}
	return p.Own() + "?" + p.Filter
}

// Asks reports whether the action needs to be told more than the units.
func (p unitsChangePage) Asks() bool { return unitActions[p.Change.Action] }

// Name is the action in words.
func (p unitsChangePage) Name() string { return p.T("units.action." + string(p.Change.Action)) }

// Chosen says which units are meant.
func (p unitsChangePage) Chosen() string {
	switch {
	case len(p.Ticked) > 0:
		return p.N("units.chosen_ticked", len(p.Ticked))
	case !p.Change.Filter.Narrows():
		return p.N("units.chosen_all", p.Shown)
	case p.Least:
		return p.N("units.chosen_least", p.Shown)
	}
	return p.N("units.chosen_shown", p.Shown)
}

// Outcome says what would be done.
func (p unitsChangePage) Outcome() string {
	return p.N("units.outcome."+string(p.Change.Action), p.Preview.Changed, "into", p.Preview.IntoName, "tag", p.Change.Tag, "penalty", p.Change.Penalty,
		"state", locales.Verbatim(p.StateName(p.Change.State)))
}

// StateName is a state in words.
func (p page) StateName(state tm.State) string { return p.word("state.", string(state)) }

// More is how many examples are not shown.
func (p unitsChangePage) More() int { return p.Preview.Changed - len(p.Preview.Examples) }

// Modes are the ways to find.
func (unitsChangePage) Modes() []workbench.FindMode { return workbench.FindModes }

// patience is how long a page waits for a job before it shows the job instead.
const jobPatience = 3 * time.Second

func (s *Server) changeUnits(v *visit) error {
	memory, err := v.memory()
	if err != nil {
		return err
	}
	p, err := v.unitsChange(memory)
	if err != nil {
		return v.excuse(err, v.memoryPath(memory.ID))
	}
	job, err := s.work.ChangeUnits(v.ctx(), v.actor(), v.project.ID, memory.ID, p.Change)
	if known, ok := actionable(err); ok {
		p.Problem = v.Problem(known)
		return v.render(statusOf(known), p)
	}
	if err != nil {
		return err
	}
	return v.awaitUnits(job, p.Back(), func(job workbench.Job) string {
		return v.N("units.done."+string(p.Change.Action), countOf(job, "units"))
	})
}

// awaitUnits waits a moment for a change of units; one that takes longer is shown
// as a job.
func (v *visit) awaitUnits(job workbench.Job, back string, done func(workbench.Job) string) error {
	job, err := v.s.work.AwaitJob(v.ctx(), v.actor(), v.project.ID, job.ID, jobPatience)
	if err != nil {
		return err
	}
	if job.State != workbench.JobDone {
		return v.follow(job)
	}
	f := flash{Kind: "ok", Text: done(job)}
	if change := countOf(job, "change"); change > 0 {
		f.Undo = fmt.Sprintf("%s/changes/%d/undo", v.memoryPath(tm.MemoryID(countOf(job, "memory"))), change)
	}
	v.flash(f)
	return v.redirect(back)
}

// countOf is a number of a job's result.
func countOf(job workbench.Job, name string) int {
	switch n := job.Result[name].(type) {
	case float64:
		return int(n)
	case int:
		return n
	case int64:
		return int(n)
	}
	return 0
}

// unitChangesPage lists the past changes of many units.
type unitChangesPage struct {
	page
	Memory  workbench.Memory
	Changes []workbench.UnitChanged
}

func (unitChangesPage) view() string { return "unit_changes" }

func (s *Server) listUnitChanges(v *visit) error {
	memory, err := v.memory()
	if err != nil {
		return err
	}
	changes, err := s.work.UnitChanges(v.ctx(), v.actor(), v.project.ID, memory.ID)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, unitChangesPage{v.section("memories", v.T("units.changes")), memory, changes})
}

// Own is the path of the memory.
func (p unitChangesPage) Own() string { return fmt.Sprintf("%s/memories/%d", p.Base(), p.Memory.ID) }

// May reports whether the person may take a change back.
func (p unitChangesPage) MayUndo(c workbench.UnitChanged) bool {
	needs := workbench.EditUnits
	if c.Other != 0 {
		needs = workbench.ManageMemories
	}
	return p.Memory.Own && !c.Undone && p.May(needs)
}

// What says what a change did.
func (p unitChangesPage) What(c workbench.UnitChanged) string {
	args := []any{"state", locales.Verbatim(p.StateName(tm.State(fmt.Sprint(c.Facts["state"]))))}
	for _, name := range []string{"find", "replace", "tag", "penalty", "from", "into"} {
		args = append(args, name, fmt.Sprint(c.Facts[name]))
	}
	key := "units.change." + c.Kind
	if !p.Has(key) {
		key = "units.change.something"
	}
	return p.T(key, args...)
}

func (s *Server) undoUnits(v *visit) error {
	memory, err := v.memory()
	if err != nil {
		return err
	}
	change, err := v.id("change")
	if err != nil {
		return err
	}
	back := localPath(v.text("back"), v.memoryPath(memory.ID)+"/changes")
	job, err := s.work.UndoUnits(v.ctx(), v.actor(), v.project.ID, memory.ID, change)
	if err != nil {
		return v.excuse(err, back)
	}
	return v.awaitUnits(job, back, func(job workbench.Job) string { return v.N("units.done.undo", countOf(job, "units")) })
}
