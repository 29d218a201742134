package workbench

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tarjoman/tm"
	"tarjoman/tm/lang"
	"tarjoman/tm/memory"
	"tarjoman/tm/store"
)

// UnitPage is all there is to know of one unit.
type UnitPage struct {
	UnitRow
	Deleted        bool
	Previous, Next string // source texts of the neighbours
	Props          map[string]string
	Others         []tm.Variant // languages that are not the project's
	History        []UnitVersion
}

// UnitVersion is a unit as it was, with what the change that ended it did to its
// texts.
type UnitVersion struct {
	store.UnitVersion
	Source, Target tm.Content
	InSource       []tm.Diff // to the version after; nil when the text stayed
	InTarget       []tm.Diff
	State          tm.State // after it
	Points         int      // its penalty after it
	Gone, Back     bool     // it was put into the trash, or taken out
}

// Unit returns one unit of a memory with its history, newest first, in the trash
// or not.
func (w *Workbench) Unit(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, unit tm.UnitID) (UnitPage, error) {
	project, _, err := w.seeMemory(ctx, a, p, id)
	if err != nil {
		return UnitPage{}, err
	}
	u, err := w.db.Unit(ctx, id, unit)
	if err != nil {
		return UnitPage{}, err
	}
	page := UnitPage{UnitRow: unitRow(u, project), Previous: u.Previous, Next: u.Next, Props: u.Props}
	page.Others = slices.DeleteFunc(slices.Clone(u.Variants), func(v tm.Variant) bool {
		return speaks(v, project.Source) || speaks(v, project.Target)
	})
	deleted, err := w.db.UnitTrash(ctx, id, unit)
	if err != nil {
		return page, err
	}
	page.Deleted = !deleted.IsZero()
	if page.Facts, err = w.db.UnitFacts(ctx, unit); err != nil {
		return page, err
	}
	versions, err := w.db.UnitVersions(ctx, id, unit)
	page.History = unitHistory(project, u, page.Deleted, versions)
	return page, err
}

func unitHistory(p Project, now *tm.Unit, deleted bool, versions []store.UnitVersion) []UnitVersion {
	list := make([]UnitVersion, len(versions))
	source, target := lang.For(p.Source), lang.For(p.Target)
	for i, v := range versions {
		row, after := unitRow(v.Unit, p), unitRow(now, p)
		list[i] = UnitVersion{
			UnitVersion: v, Source: row.Source, Target: row.Target, State: after.Origin.State, Points: now.Penalty,
			InSource: changedText(source, row.Source.Text, after.Source.Text), InTarget: changedText(target, row.Target.Text, after.Target.Text),
			Gone: deleted && !v.Deleted, Back: v.Deleted && !deleted,
		}
		now, deleted = v.Unit, v.Deleted
	}
	return list
}

func changedText(p *lang.Profile, old, new string) []tm.Diff {
	if old == new {
		return nil
	}
	return memory.Diff(p, old, new)
}

// speaks reports whether a variant is in a language.
func speaks(v tm.Variant, tag language.Tag) bool {
	_, ok := (&tm.Unit{Variants: []tm.Variant{v}}).In(tag)
	return ok
}

// setText replaces the content of a unit in a language.
func setText(u *tm.Unit, tag language.Tag, c tm.Content) {
	for i, v := range u.Variants {
		if speaks(v, tag) {
			u.Variants[i].Content = c
			return
		}
	}
}

// UnitEdit is a change of one unit. Versions is how many former versions it had
// when the edit began.
type UnitEdit struct {
	Versions int
	Target   tm.Content
	State    tm.State // "" keeps it
	Penalty  int      // points its matches lose
}

// EditUnit replaces the target of a unit, its state and its penalty. Its inline codes may be
// moved, but none added or lost.
func (w *Workbench) EditUnit(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, unit tm.UnitID, e UnitEdit) error {
	if err := checkUnitText(e.Target); err != nil {
		return err
	}
	if e.State != "" && !slices.Contains(UnitStates, e.State) {
		return tm.NewError(tm.Invalid, "segment.state")
	}
	if err := checkPenalty(e.Penalty); err != nil {
		return err
	}
	return w.changeUnit(ctx, a, p, id, unit, "unit.edit", func(tx *store.Tx, project Project, u *tm.Unit) error {
		facts, err := tx.UnitFacts(ctx, unit)
		if err != nil {
			return err
		}
		if facts.Versions != e.Versions {
			return tm.NewError(tm.Conflict, "unit.stale")
		}
		old, _ := u.In(project.Target)
		if err := sameCodes(old, e.Target); err != nil {
			return err
		}
		setText(u, project.Target, e.Target)
		if e.State != "" {
			u.Origin.State = e.State
		}
		u.Penalty = e.Penalty
		u.Origin.Changed, u.Origin.Author = w.now(), a.Name
		return tx.SetUnit(ctx, u, w.unitStep(a, "edit"))
	})
}

// UnitStates are the states of a unit, the best first.
var UnitStates = []tm.State{tm.Approved, tm.Translated, tm.Draft}

func checkUnitText(c tm.Content) error {
	switch {
	case len(c.Text) > maxTarget || len(c.Codes) > maxCodes:
		return tm.NewError(tm.TooLarge, "segment.too_long", "limit_kb", maxTarget>>10)
	case !utf8.ValidString(c.Text) || strings.ContainsRune(c.Text, 0):
		return tm.NewError(tm.Invalid, "segment.malformed")
	case strings.TrimSpace(c.Text) == "" && len(c.Codes) == 0:
		return tm.NewError(tm.Invalid, "unit.empty")
	}
	return nil
}

// sameCodes refuses a text that has not the codes of the old one, or closes one
// before it is opened.
func sameCodes(old, new tm.Content) error {
	type mark struct {
		kind tm.CodeKind
		id   int
	}
	left := map[mark]int{}
	for _, c := range old.Codes {
		left[mark{c.Kind, c.ID}]++
	}
	opened := map[int]bool{}
	for _, c := range new.Codes {
		m := mark{c.Kind, c.ID}
		if left[m]--; left[m] < 0 {
			return tm.NewError(tm.Invalid, "unit.code_added", "number", c.ID)
		}
		opened[c.ID] = opened[c.ID] || c.Kind == tm.Open
		if c.Kind == tm.Close && !opened[c.ID] && slices.ContainsFunc(old.Codes, func(o tm.Code) bool { return o.ID == c.ID && o.Kind == tm.Open }) {
			return tm.NewError(tm.Invalid, "unit.code_order", "number", c.ID)
		}
	}
	for _, c := range old.Codes {
		if left[mark{c.Kind, c.ID}] > 0 {
			return tm.NewError(tm.Invalid, "unit.code_lost", "number", c.ID)
		}
	}
	return nil
}

// DeleteUnit puts a unit into the trash.
func (w *Workbench) DeleteUnit(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, unit tm.UnitID) error {
	return w.changeUnit(ctx, a, p, id, unit, "unit.delete", func(tx *store.Tx, _ Project, u *tm.Unit) error {
		return tx.DeleteUnit(ctx, id, unit, w.unitStep(a, "delete"))
	})
}

// RestoreUnit takes a unit out of the trash.
func (w *Workbench) RestoreUnit(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, unit tm.UnitID) error {
	return w.changeUnit(ctx, a, p, id, unit, "unit.restore", func(tx *store.Tx, _ Project, u *tm.Unit) error {
		return tx.RestoreUnit(ctx, id, unit, w.unitStep(a, "restore"))
	})
}

// RevertUnit makes a unit what it was in a former version.
func (w *Workbench) RevertUnit(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, unit tm.UnitID, version int64) error {
	return w.changeUnit(ctx, a, p, id, unit, "unit.revert", func(tx *store.Tx, _ Project, u *tm.Unit) error {
		_, err := tx.RestoreUnitVersion(ctx, id, unit, version, w.unitStep(a, "restore"))
		return err
	})
}

// maxUnitTags is how many tags a unit may have, and maxTag the length of one in
// runes.
const (
	maxUnitTags = 20
	maxTag      = 60
)

// TagUnit gives a unit exactly the tags with the names; new ones are made.
func (w *Workbench) TagUnit(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, unit tm.UnitID, names []string) error {
	names, err := cleanTags(names)
	if err != nil {
		return err
	}
	return w.changeUnit(ctx, a, p, id, unit, "unit.tag", func(tx *store.Tx, _ Project, u *tm.Unit) error {
		tags := make([]int64, len(names))
		for i, name := range names {
			var err error
			if tags[i], err = tagNamed(ctx, tx, id, name); err != nil {
				return err
			}
		}
		return tx.SetUnitTags(ctx, unit, tags)
	})
}

func cleanTags(names []string) ([]string, error) {
	var list []string
	for _, name := range names {
		name, err := cleanTag(name)
		if err != nil {
			return nil, err
		}
		if name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	if len(list) > maxUnitTags {
		return nil, tm.NewError(tm.Invalid, "tag.too_many", "limit", maxUnitTags)
	}
	return list, nil
}

func cleanTag(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if utf8.RuneCountInString(name) > maxTag {
		return "", tm.NewError(tm.Invalid, "tag.too_long", "limit", maxTag)
	}
	if !utf8.ValidString(name) || strings.ContainsFunc(name, isControl) || strings.ContainsAny(name, ",،") {
		return "", tm.NewError(tm.Invalid, "tag.control")
	}
	return name, nil
}

// tagNamed returns the tag of a memory with a name, and makes it when there is
// none.
func tagNamed(ctx context.Context, tx *store.Tx, id tm.MemoryID, name string) (int64, error) {
	tags, err := tx.Tags(ctx, id)
	if err != nil {
		return 0, err
	}
	for _, t := range tags {
		if t.Name == name {
			return t.ID, nil
		}
	}
	return tx.PutTag(ctx, store.Tag{Memory: id, Name: name})
}

// unitStep is how a change of a unit enters its history.
func (w *Workbench) unitStep(a Actor, action string) store.UnitStep {
	return store.UnitStep{Action: action, By: a.Account, At: w.now()}
}

func (w *Workbench) changeUnit(ctx context.Context, a Actor, p tm.ProjectID, id tm.MemoryID, unit tm.UnitID, action string, change func(*store.Tx, Project, *tm.Unit) error) error {
	return w.db.Update(ctx, func(tx *store.Tx) error {
		project, m, err := editableMemory(ctx, tx, a, p, id, EditUnits)
		if err != nil {
			return err
		}
		u, err := tx.Unit(ctx, id, unit)
		if err != nil {
			return err
		}
		return errors.Join(change(tx, project, u), w.audit(ctx, tx, a, p, action, m.Name, ""))
	})
}

// unitReader is what *store.DB and *store.Tx offer to decide about a memory.
type unitReader interface {
	projectReader
	memoryReader
}

// editableMemory returns a memory of the project itself that the actor may
// change.
func editableMemory(ctx context.Context, r unitReader, a Actor, p tm.ProjectID, id tm.MemoryID, action Action) (Project, Memory, error) {
	project, err := access(ctx, r, a, p, action)
	if err != nil {
		return project, Memory{}, err
	}
	m, err := liveMemory(ctx, r, p, id)
	if err == nil && !m.Own {
		err = tm.NewError(tm.Forbidden, "memory.linked")
	}
	return project, m, err
}
